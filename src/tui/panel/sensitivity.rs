//! The sensitivity panel: the items that the lead rests on, and what would change who leads.

use crate::tui::page::{Page, dim};
use crate::tui::state::State;

/// The page about the lead under the method that is shown.
pub(super) fn page(state: &State) -> Page {
    let known = state.derived.fragility.as_ref().filter(|known| known.key.method == state.window.method);
    match known {
        None => Page::default().with(dim("Still being computed ...")),
        Some(known) if known.page == Page::default() => {
            Page::default().with(dim("Nothing is ranked, so nothing can change."))
        }
        Some(known) => known.page.clone(),
    }
}
