//! The TOML file.

pub(crate) mod syntax;
