//! The findings panel: what does not fit together, and the doubts of `ach check`, each with the place that it is about.

use crate::checks::{self, Options};
use crate::diagnostic::{Code, Diagnostic, describe};
use crate::present::Phrase;
use crate::scenario::{Inconsistency, ItemKind, inconsistencies};
use crate::tui::keymap::Action;
use crate::tui::page::{EntryAction, Goal, Lead, Page, dim, strong};
use crate::tui::state::State;

/// The page about errors and doubts. Doubts tell who leads, so that blind mode hides them.
pub(super) fn page(state: &State) -> Page {
    let scenario = state.scenario();
    let errors = inconsistencies(scenario);
    let options = Options { as_of: state.window.as_of, ..Options::default() };
    let doubts = if state.window.blind { Vec::new() } else { checks::run(scenario, options) };
    let mut facts = state.derived.faults();
    if facts.is_empty() {
        facts.push("0 errors".to_owned());
    }
    facts.push(format!("{} to consider", doubts.len()));
    let mut page = Page { facts: facts.join(", "), ..Page::default() };
    for error in &errors {
        let found = describe(scenario, error);
        let lead = enter(state, &mut page, "error: ", &found, declaration(state, error));
        if let (Some(action), Some(Goal::Item(_, id))) = (lead.on_enter, lead.goal) {
            let (words, edit) = (action.words(), state.key(Action::EditItem));
            page.add(vec![dim(format!("{id} cites it; Enter {words}, {edit} edits the item"))]);
        }
    }
    for doubt in &doubts {
        enter(state, &mut page, "", doubt, None);
    }
    if state.window.blind {
        page.say([dim("Doubts are hidden in blind mode.")]);
    }
    page
}

/// Adds the entry of a finding, and its remedy. Returns the target of the entry.
fn enter(
    state: &State,
    page: &mut Page,
    label: &'static str,
    finding: &Diagnostic,
    on_enter: Option<EntryAction>,
) -> Lead {
    let goal = finding.subject().and_then(|subject| Goal::of(state.scenario(), subject));
    let lead = Lead { on_enter, code: Some(finding.code), ..Lead::to(goal) };
    let said = vec![strong(label), Phrase::plain(finding.message.clone())];
    page.enter(said, lead.clone());
    if let Some(help) = &finding.help {
        page.add(vec![dim(help.clone())]);
    }
    lead
}

/// Returns the action that declares a source that an item cites; `None` for other errors, and where nothing can be saved.
fn declaration(state: &State, error: &Inconsistency) -> Option<EntryAction> {
    let Inconsistency::Unknown { kind: ItemKind::Source, id, .. } = error else { return None };
    state.session.read_only.is_none().then(|| EntryAction::Declare(id.clone()))
}

/// Returns the paragraph that explains a code in the documentation, with its source in the literature.
pub(crate) fn reason(code: Code) -> Vec<Phrase<'static>> {
    let Some(doc) = checks::doc(code.as_str()) else { return Vec::new() };
    let source = doc.source.map(|source| dim(format!(" ({source})")));
    std::iter::once(Phrase::plain(doc.text)).chain(source).collect()
}
