//! The commands' side of git: versions to compare, histories, the settings that have git run `ach`, and its diff driver.

pub(super) mod diff_driver;
pub(super) mod history;
pub(super) mod installation;
pub(super) mod versions;
