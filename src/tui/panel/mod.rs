//! The panels beside the matrix: each is a name and a page that is made from the state.
//!
//! A panel knows what it says, never where or how wide it is drawn.

mod changes;
mod detail;
mod explain;
mod findings;
mod names;
mod next;
mod outcome;
mod robustness;
mod scores;
mod sensitivity;
mod timeline;

pub(crate) use detail::{outcomes as outcomes_page, page as detail_page};
pub(crate) use findings::reason;
pub(crate) use names::{leaders as leader_names, rank, score};

use super::layout::layout;
use super::page::{Page, dim};
use super::state::State;

/// A panel beside the matrix.
#[derive(Debug)]
pub(crate) struct Panel {
    /// Its name, as `:panel` takes it.
    pub(crate) name: &'static str,
    /// The letter that chooses it.
    pub(crate) letter: char,
    /// Makes its page.
    page: fn(&State) -> Page,
    /// Says that blind mode hides the page; `None` where it does not.
    hidden: Option<&'static str>,
    /// Whether the page is a list that the whole scenario is searched for. Its entries are gone through in the panel's
    /// own place, other pages are read over the matrix; in a large scenario it is made anew only between keystrokes.
    pub(crate) is_list: bool,
    /// Whether the page is about the hypothesis under the cursor, which left and right then change.
    pub(crate) is_of_column: bool,
    /// Whether a list takes so long that it is made anew only between keystrokes, also in a small scenario.
    pub(crate) is_slow: bool,
}

const FIRST: Panel = Panel { is_list: false, ..list("detail", 'd', detail::page) };

/// Every panel, in the order in which they follow each other.
pub(crate) const PANELS: &[Panel] = &[
    // `DETAIL` is its position.
    FIRST,
    Panel {
        is_list: false,
        hidden: Some("Scores are hidden in blind mode."),
        ..list("scores", 's', scores::page)
    },
    list("findings", 'f', findings::page),
    Panel { is_of_column: true, hidden: HIDDEN, ..list("explain", 'e', explain::page) },
    // `UNDER_DETAIL` is its position.
    Panel {
        hidden: Some("What the lead rests on is hidden in blind mode."),
        ..list("sensitivity", 'x', sensitivity::page)
    },
    Panel { is_slow: true, hidden: HIDDEN, ..list("robustness", 'r', robustness::page) },
    list("next", 'n', next::page),
    Panel { hidden: HIDDEN, ..list("timeline", 't', timeline::page) },
    list("changes", 'c', changes::page),
];

const HIDDEN: Option<&str> = Some("Hidden in blind mode.");

const DETAIL: usize = 0;

/// Position of the panel that stands under the detail where no other one was chosen.
const UNDER_DETAIL: usize = 4;

const fn list(name: &'static str, letter: char, page: fn(&State) -> Page) -> Panel {
    Panel { name, letter, page, hidden: None, is_list: true, is_of_column: false, is_slow: false }
}

impl Panel {
    /// Makes its page.
    pub(crate) fn page(&self, state: &State) -> Page {
        match self.hidden.filter(|_| state.window.blind) {
            Some(hidden) => Page::default().with(dim(hidden)),
            None => (self.page)(state),
        }
    }
}

/// Returns the position of the panel that is shown: as chosen, but under the detail another one.
pub(crate) fn shown(state: &State) -> usize {
    let has_detail = || layout(state).is_some_and(|layout| layout.detail.is_some());
    if state.window.panel == DETAIL && has_detail() { UNDER_DETAIL } else { state.window.panel }
}

/// Returns the panel that is shown.
pub(crate) fn shown_panel(state: &State) -> &'static Panel {
    PANELS.get(shown(state)).unwrap_or(&FIRST)
}

/// Returns its page, once that is made.
pub(crate) fn page(state: &State) -> Option<&Page> {
    state.derived.page.as_ref().filter(|(key, _)| key.panel == shown(state)).map(|(_, page)| page)
}

/// Whether the panel that is shown is a list.
pub(crate) fn is_list(state: &State) -> bool {
    shown_panel(state).is_list
}
