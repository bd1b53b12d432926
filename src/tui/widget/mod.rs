//! Widgets: parts of the editor that know their own keys and nothing of scenarios.

mod input;

pub(crate) use input::Input;
