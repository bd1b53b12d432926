//! Widgets: parts of the editor that know their own keys and nothing of scenarios.

mod area;
mod input;

pub(crate) use area::Area;
pub(crate) use input::Input;
