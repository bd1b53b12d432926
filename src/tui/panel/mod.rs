//! The panels beside the matrix: each is a name and a page that is made from the state.
//!
//! A panel knows what it says, never where or how wide it is drawn.

mod changes;
mod detail;
mod outcome;
mod scores;
mod sensitivity;

use super::page::Page;
use super::state::State;

/// A panel beside the matrix.
#[derive(Debug)]
pub(crate) struct Panel {
    /// Its name, as `:panel` takes it.
    pub(crate) name: &'static str,
    /// The letter that chooses it.
    pub(crate) letter: char,
    /// Makes its page.
    pub(crate) page: fn(&State) -> Page,
    /// Whether the page is a list that the whole scenario is searched for. Its entries are gone through in the panel's
    /// own place, other pages are read over the matrix; in a large scenario it is made anew only between keystrokes.
    pub(crate) is_list: bool,
}

/// Every panel, in the order in which they follow each other.
pub(crate) const PANELS: &[Panel] = &[
    Panel { name: "detail", letter: 'd', page: detail::page, is_list: false },
    Panel { name: "scores", letter: 's', page: scores::page, is_list: false },
    Panel { name: "sensitivity", letter: 'x', page: sensitivity::page, is_list: true },
    Panel { name: "changes", letter: 'c', page: changes::page, is_list: true },
];

/// Whether the panel that is shown is a list.
pub(crate) fn is_list(state: &State) -> bool {
    PANELS.get(state.window.panel).is_some_and(|panel| panel.is_list)
}
