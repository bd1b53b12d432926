//! The terminal's truth: the real editor in a real pseudo-terminal. What cannot be seen without one is tested here:
//! that the terminal is always given back, and that no edit is ever lost.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests run the real program on real files"
)]

mod command;
mod commit;
mod crash;
mod disk;
mod files;
mod form;
mod guide;
mod keys;
mod mouse;
mod resolve;
mod session;
mod survey;
mod terminal;

use std::path::PathBuf;

use tempfile::TempDir;
use terminal::Session;

/// Two hypotheses, two items, one blank.
pub(crate) const CASE: &str = r#"ach = 1
title = "Who took the cake?"

[[hypothesis]]
id = "dog"
name = "The dog"

[[hypothesis]]
id = "children"
name = "The children"

[[evidence]]
id = "crumbs"
text = "Crumbs lead to the basket"
[evidence.ratings]
dog = "CC" # fresh ones
children = "I"

[[evidence]]
id = "plate"
text = "The plate is washed"
[evidence.ratings]
dog = "II"
"#;

/// A directory with the case in it.
pub(crate) struct Desk {
    directory: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self { directory: tempfile::tempdir().expect("a temporary directory can be made") };
        desk.write(CASE);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self, text: &str) {
        std::fs::write(self.path("case.toml"), text).expect("the case can be written");
    }

    pub(crate) fn read(&self) -> String {
        std::fs::read_to_string(self.path("case.toml")).expect("the case can be read")
    }

    /// The editor on the case.
    pub(crate) fn open(&self) -> Session {
        Session::open(self.directory.path(), &["case.toml"])
    }

    /// The editor on the case, not yet drawn.
    pub(crate) fn start(&self, arguments: &[&str]) -> Session {
        Session::start(self.directory.path(), arguments)
    }

    /// The editor with more variables in its environment.
    pub(crate) fn start_with(&self, arguments: &[&str], more: &[(&str, &std::path::Path)]) -> Session {
        Session::start_with(self.directory.path(), arguments, more)
    }

    /// Names of the files beside the case.
    pub(crate) fn beside(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.directory.path()).expect("the directory can be read");
        let names = entries.map(|entry| entry.expect("it can").file_name().into_string().expect("UTF-8"));
        let mut names: Vec<String> =
            names.filter(|name| !["case.toml", "home", ".git"].contains(&name.as_str())).collect();
        names.sort();
        names
    }

    /// Names of the journals of this user, without the steps of past sessions.
    pub(crate) fn journals(&self) -> Vec<String> {
        let directory = self.path("home/.local/state/ach");
        let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
        let names = entries.map(|entry| entry.expect("it can").file_name().into_string().expect("UTF-8"));
        names.filter(|name| !name.ends_with(".ach-undo")).collect()
    }

    /// The lines of the case that are not in the original.
    pub(crate) fn new_lines(&self) -> Vec<String> {
        let is_new = |line: &&str| !CASE.lines().any(|old| old == *line);
        self.read().lines().filter(is_new).map(str::to_owned).collect()
    }
}
