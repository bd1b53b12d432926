//! Text for people: how wide it is, how it is shortened, what in it is not shown raw, which name was meant.
//!
//! A leaf: knows nothing of scenarios, and must never print.

mod list;
mod nearest;
mod sanitize;
mod width;
mod wrap;

pub(crate) use list::{join_list, split_list};
pub(crate) use nearest::nearest;
pub(crate) use sanitize::{escape_char, is_unsafe, sanitize, single_line};
pub(crate) use width::{pad_left, pad_right, split_at_width, truncate, width};
pub(crate) use wrap::{wrap, wrap_plain};
