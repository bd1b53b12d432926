//! The sensitivity panel: what the lead rests on, and what would change it.

use super::{Panel, page};
use crate::present::{Phrase, Tone};
use crate::tui::fragility::Fragility;
use crate::tui::page::Page;
use crate::tui::state::State;

pub(super) const PANEL: Panel = Panel { name: "sensitivity", draw: page::draw, page: Some(told) };

fn told(state: &State) -> Page {
    let mut page = Page::default();
    let known: Option<&Fragility> = state.fragility.as_ref().filter(|known| known.of.method == state.method);
    match known {
        _ if state.blind => page.say([dim("What the lead rests on is hidden in blind mode.")]),
        None => page.say([dim("It is being found out ...")]),
        Some(known) if known.page == Page::default() => {
            page.say([dim("Nothing is ranked, so nothing can change.")])
        }
        Some(known) => return known.page.clone(),
    }
    page
}

fn dim(text: &'static str) -> Phrase<'static> {
    Phrase::new(text, Tone::Dim)
}
