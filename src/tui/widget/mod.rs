//! Widgets: parts of the editor with keys of their own, which know nothing of scenarios.

mod area;
mod input;

pub(crate) use area::Area;
pub(crate) use input::Input;
