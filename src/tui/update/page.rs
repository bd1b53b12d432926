//! Pages: keeping them current, and the keys that go through their entries.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::rate::{self, Deed};
use super::{find, form, panel};
use crate::change::{Change, Refused, apply_all};
use crate::scenario::{Evidence, Hypothesis, Item, ItemKind, Scenario};
use crate::tui::effect::Effect;
use crate::tui::fragility::AT_ONCE;
use crate::tui::keymap::{self, Action};
use crate::tui::page::{Goal, Lead};
use crate::tui::state::{MadeOf, Mode, State, Tone};
use crate::tui::view::{PANELS, is_first_in_view, page_area, page_height};

/// Makes the page anew that is shown, if what it tells of has changed. Beside the matrix that waits until no key is
/// pressed for a moment, where there is much to look through: what it said before stands until then.
pub(super) fn refresh(state: &mut State) -> Option<Effect> {
    let (cells, shown) = (state.scenario().evidence.len() * state.scenario().hypotheses.len(), state.panel);
    let is_there = state.page.as_ref().is_some_and(|(made_of, _)| made_of.panel == shown);
    if cells > AT_ONCE && is_there && matches!(state.mode, Mode::Matrix) && !state.blind {
        return (!is_current(state) && is_shown(state)).then_some(Effect::Page);
    }
    make(state);
    None
}

/// What the page that is shown is made of, as things are.
fn made_of(state: &State) -> MadeOf {
    MadeOf {
        panel: state.panel,
        version: state.history.version(),
        read: state.read,
        method: state.method,
        blind: state.blind,
    }
}

fn is_current(state: &State) -> bool {
    let has_page = PANELS.get(state.panel).is_some_and(|panel| panel.page.is_some());
    !has_page || state.page.as_ref().is_some_and(|(known, _)| *known == made_of(state))
}

/// Makes the page that is shown, if it is another now.
pub(super) fn make(state: &mut State) {
    let Some(make) = PANELS.get(state.panel).and_then(|panel| panel.page) else { return };
    if !is_current(state) && is_shown(state) {
        let made_of = made_of(state);
        let page = make(state);
        if let Mode::Page(at) = &mut state.mode {
            *at = at.and_then(|at| Some(at.min(page.entries.len().checked_sub(1)?)));
        }
        state.page = Some((made_of, page));
    }
}

/// Whether there is a place for a panel.
fn is_shown(state: &State) -> bool {
    let has_place = crate::tui::layout::layout(state).is_some_and(|layout| layout.panel.is_some());
    has_place || matches!(state.mode, Mode::Page(_) | Mode::Panel(_))
}

/// Goes into the panel that is shown.
pub(super) fn enter(state: &mut State) {
    if PANELS.get(state.panel).is_some_and(|panel| panel.page.is_some()) {
        state.mode = Mode::Page(None);
        make(state);
        go_by(state, None, 0);
    } else {
        state.mode = Mode::Panel(0);
    }
}

/// Takes a key while the entries of a page are gone through.
pub(super) fn pressed(state: &mut State, at: Option<usize>, event: KeyEvent) -> Vec<Effect> {
    let leap = i16::try_from(page_area(state).height / 2).unwrap_or(i16::MAX).max(1);
    match (event.code, keymap::action(event, &state.bound)) {
        (_, Some(Action::Down)) => go_by(state, at, 1),
        (_, Some(Action::Up)) => go_by(state, at, -1),
        (_, Some(Action::PageDown)) | (KeyCode::Char(' '), _) => go_by(state, at, leap),
        (_, Some(Action::PageUp)) => go_by(state, at, -leap),
        (_, Some(Action::FirstRow)) => go_by(state, None, 0),
        (_, Some(Action::LastRow)) => go_by(state, at, i16::MAX),
        (KeyCode::Enter, _) => go(state, at),
        (_, Some(Action::Undo)) => rate::undo(state),
        (_, Some(Action::Redo)) => rate::redo(state),
        (_, Some(Action::Panel)) => panel::turn_over(state),
        _ if keymap::answer(event) == KeyCode::Char('r') => revert(state, at),
        _ => state.mode = Mode::Matrix,
    }
    Vec::new()
}

/// Chooses the entry so many further on. Before the first is the top of the page, if that is out of view otherwise.
pub(super) fn go_by(state: &mut State, at: Option<usize>, by: i16) {
    let entries = state.page.as_ref().map_or(0, |(_, page)| page.entries.len());
    let next = match at {
        None if by > 0 => Some(usize::from(by.unsigned_abs()) - 1),
        None => None,
        Some(at) => at.checked_add_signed(by.into()),
    };
    let first = (entries > 0 && is_first_in_view(state)).then_some(0);
    state.mode = Mode::Page(next.and_then(|next| Some(next.min(entries.checked_sub(1)?))).or(first));
}

/// Whether the page has more lines than its place.
pub(super) fn is_cut(state: &State, width: u16, height: u16) -> bool {
    page_height(state, width, height.saturating_add(1)) > height
}

fn lead(state: &State, at: Option<usize>) -> Option<Lead> {
    state.page.as_ref()?.1.entries.get(at?).cloned()
}

/// Goes where the entry leads.
fn go(state: &mut State, at: Option<usize>) {
    let Some(lead) = lead(state, at) else {
        state.mode = Mode::Matrix;
        return;
    };
    let Some(goal) = lead.goal else {
        return state
            .say(Tone::Refused, "it has no place in the matrix; `:set` changes the scenario's own fields");
    };
    let found = match &goal {
        Goal::Cell(evidence, hypothesis) => {
            is_found::<Evidence>(state, evidence) && is_found::<Hypothesis>(state, hypothesis)
        }
        Goal::Item(kind, id) => crate::present::target::ids(state.scenario(), *kind).contains(&id.as_str()),
    };
    if !found {
        return state.say(Tone::Refused, "it is there no longer: r brings it back");
    }
    state.mode = Mode::Matrix;
    go_to(state, &goal);
}

fn is_found<T: Item>(state: &State, id: &T::Id) -> bool {
    state.scenario().position::<T>(id).is_some()
}

/// Puts the cursor where something is; what has no place in the matrix opens.
pub(super) fn go_to(state: &mut State, goal: &Goal) {
    match goal {
        Goal::Cell(evidence, hypothesis) => {
            let row = state.scenario().position::<Evidence>(evidence);
            let column = state.scenario().position::<Hypothesis>(hypothesis);
            if let (Some(row), Some(column)) = (row, column) {
                to_row(state, row);
                to_column(state, column);
            }
        }
        Goal::Item(ItemKind::Evidence, id) => {
            if let Some(row) = state.scenario().evidence.iter().position(|item| item.id.as_str() == id) {
                to_row(state, row);
            }
        }
        Goal::Item(ItemKind::Hypothesis, id) => {
            if let Some(column) = state.scenario().hypotheses.iter().position(|h| h.id.as_str() == id) {
                to_column(state, column);
            }
        }
        Goal::Item(kind @ (ItemKind::Source | ItemKind::Indicator), id) => {
            form::open_item(state, *kind, Some(id));
        }
    }
}

/// Puts the cursor on the row of an item, however rows are listed.
fn to_row(state: &mut State, item: usize) {
    match state.rows.iter().position(|row| *row == item) {
        Some(row) => state.cursor.row = row,
        None => find::reveal(state, item),
    }
}

fn to_column(state: &mut State, hypothesis: usize) {
    let column = state.columns.iter().position(|column| *column == hypothesis);
    state.cursor.column = column.unwrap_or(state.cursor.column);
}

/// Takes one change back, by an edit of its own.
fn revert(state: &mut State, at: Option<usize>) {
    let Some(lead) = lead(state, at).filter(|lead| !lead.changes.is_empty()) else {
        return state.say(Tone::Refused, "there is nothing to take back here");
    };
    match reverting(state.scenario(), &lead.changes) {
        Ok(changes) => rate::apply_as(state, Deed::Revert, &changes),
        Err(refused) => {
            let why = crate::present::Objection::to_change(state.scenario(), &refused);
            state.say(Tone::Refused, format!("it cannot be taken back alone: {why}"));
        }
    }
}

/// The changes that take others back, in whatever has become of the scenario since.
fn reverting(now: &Scenario, changes: &[Change]) -> Result<Vec<Change>, Refused> {
    let inverses = crate::change::inverse_all(changes);
    let mut scenario = now.clone();
    if apply_all(&mut scenario, &inverses).is_ok() {
        return Ok(inverses);
    }
    let mut scenario = now.clone();
    let mut made = Vec::new();
    for inverse in &inverses {
        for change in inverse.insist(&scenario)? {
            crate::change::apply(&mut scenario, &change)?;
            made.push(change);
        }
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::diff;
    use crate::document::read;

    const TEXT: &str = r#"ach = 1
title = "t"
hypothesis = [{ id = "h", name = "H" }, { id = "k", name = "K" }, { id = "m", name = "M" }]
indicator = [{ id = "i", text = "I", hypothesis = "k" }]
source = [{ id = "s", name = "S", controlled_by = ["k"] }]
evidence = [
  { id = "a", text = "A", source = "s", ratings = { h = "C", k = { rating = "II", note = "n" } } },
  { id = "b", text = "B", ratings = { h = "I", k = "N", m = "CC" } },
  { id = "c", text = "C" },
]
"#;

    /// What is left of the changes from `TEXT` to another text when those of a kind are taken back one by one, how
    /// many of them could not be, and whether that is what was meant.
    fn left(text: &str, kind: &str) -> (Vec<&'static str>, usize) {
        let scenario = |text: &str| read(text.into()).scenario.unwrap();
        let (before, mut now) = (scenario(TEXT), scenario(text));
        let mut refused = 0;
        for change in diff(&before, &now).iter().filter(|change| change.kind() == kind) {
            match reverting(&now, std::slice::from_ref(change)) {
                Ok(changes) => apply_all(&mut now, &changes).unwrap(),
                Err(_) => refused += 1,
            }
        }
        (diff(&before, &now).iter().map(Change::kind).collect(), refused)
    }

    #[test]
    fn a_change_is_taken_back_whatever_else_changed() {
        let renamed = TEXT.replace("\"k\"", "\"x\"").replace(" k = ", " x = ");
        assert_eq!(left(&renamed, "hypothesis-renamed"), (vec![], 0));
        let rated = renamed.replace("h = \"C\"", "h = \"II\"");
        assert_eq!(left(&rated, "hypothesis-renamed"), (vec!["rating-set"], 0));
        assert_eq!(left(&rated, "rating-set"), (vec!["hypothesis-renamed"], 0));
        let moved = TEXT.replace("  { id = \"c\", text = \"C\" },\n", "");
        let moved = moved.replace("  { id = \"a\"", "  { id = \"c\", text = \"D\" },\n  { id = \"a\"");
        assert_eq!(left(&moved, "evidence-moved"), (vec!["evidence-field-set"], 0));
        assert_eq!(left(&moved, "evidence-field-set"), (vec!["evidence-moved"], 0));
    }

    #[test]
    fn what_went_comes_back_with_all_that_went_along() {
        let gone = TEXT.replace("{ id = \"k\", name = \"K\" }, ", "");
        let gone = gone.replace("indicator = [{ id = \"i\", text = \"I\", hypothesis = \"k\" }]\n", "");
        let gone = gone
            .replace(", controlled_by = [\"k\"]", "")
            .replace("k = { rating = \"II\", note = \"n\" }", "");
        let gone = gone.replace("h = \"C\", }", "h = \"C\" }").replace("k = \"N\", ", "");
        assert_eq!(left(&gone, "hypothesis-removed"), (vec![], 0));
        let also = gone.replace("{ id = \"c\", text = \"C\" },", "{ id = \"d\", text = \"new\" },");
        let (kinds, refused) = left(&also, "hypothesis-removed");
        assert_eq!((kinds, refused), (vec!["evidence-removed", "evidence-added"], 0));
    }
}
