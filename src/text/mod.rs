//! Text for people: how wide it is, how it is shortened, what in it is not shown raw, which name was meant.
//!
//! A leaf: knows nothing of scenarios, and must never print.

mod apart;
mod formula;
mod known;
mod list;
mod look_alike;
mod nearest;
mod sanitize;
mod width;
mod wrap;

pub(crate) use apart::{APART, acts_on_forges, without_apart};
pub(crate) use formula::{is_like_formula, quote_formula, unquote_formula};
pub(crate) use known::KnownText;
pub(crate) use list::{join_list, split_list};
pub(crate) use look_alike::{is_odd_space, look_alike};
pub(crate) use nearest::nearest;
pub(crate) use sanitize::{
    escape, escape_char, hidden_chars, is_unsafe, sanitize, sanitize_lines, single_line,
};
pub(crate) use width::{pad_left, pad_right, split_at_width, truncate, width};
pub(crate) use wrap::{wrap, wrap_plain};
