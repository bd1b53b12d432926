//! The findings panel: what does not fit together, and the doubts of `ach check`, each with the place that it is about.

use crate::checks::{self, Options};
use crate::diagnostic::{Diagnostic, describe};
use crate::present::words::count;
use crate::present::{Phrase, Tone};
use crate::scenario::inconsistencies;
use crate::tui::page::{Goal, Lead, Page, dim};
use crate::tui::state::State;

/// The page about errors and doubts. Doubts tell who leads, so that blind mode hides them.
pub(super) fn page(state: &State) -> Page {
    let scenario = state.scenario();
    let errors: Vec<Diagnostic> =
        inconsistencies(scenario).iter().map(|fault| describe(scenario, fault)).collect();
    let doubts = if state.window.blind { Vec::new() } else { checks::run(scenario, Options::default()) };
    let facts = format!("{}, {} to consider", count(errors.len(), "error", "errors"), doubts.len());
    let mut page = Page { facts, ..Page::default() };
    for (finding, label) in
        errors.iter().map(|error| (error, "error: ")).chain(doubts.iter().map(|d| (d, "")))
    {
        let goal = finding.subject().and_then(|subject| Goal::of(scenario, subject));
        let said = vec![Phrase::new(label, Tone::Strong), Phrase::plain(finding.message.clone())];
        page.enter(said, Lead { goal, changes: Vec::new() });
        if let Some(help) = &finding.help {
            page.add(vec![dim(help.clone())]);
        }
    }
    if state.window.blind {
        page.say([dim("Doubts are hidden in blind mode.")]);
    }
    page
}
