//! The sensitivity panel: the items that the lead rests on, and what would change who leads.

use crate::tui::fragility::FragilityKey;
use crate::tui::page::{Page, dim};
use crate::tui::state::State;

/// The page about the lead under the method that is shown.
pub(super) fn page(state: &State) -> Page {
    let wanted = state.fragility_key();
    let is_wanted = |key: FragilityKey| FragilityKey { version: wanted.version, ..key } == wanted;
    let known = state.derived.fragility.as_ref().filter(|known| is_wanted(known.key));
    match known {
        None => Page::default().with(dim("Still being computed ...")),
        Some(known) if known.page == Page::default() => {
            Page::default().with(dim("Nothing is ranked, so nothing can change."))
        }
        Some(known) => known.page.clone(),
    }
}
