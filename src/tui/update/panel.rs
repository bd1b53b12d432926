//! Panels: making their pages when the state changes, and the keys of a page that is read.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::apply::{self, refusal};
use super::{find, form, navigate, table};
use crate::change::{Change, Refused, apply_all, make};
use crate::scenario::{Evidence, Hypothesis, Item, ItemKind, Scenario};
use crate::tui::effect::Effect;
use crate::tui::fragility::AT_ONCE;
use crate::tui::keymap::{self, Action, Motion};
use crate::tui::layout::layout;
use crate::tui::mode::Focus;
use crate::tui::page::{EntryAction, Goal, Lead};
use crate::tui::panel::{PANELS, detail_page, is_list, page, reason, shown, shown_panel};
use crate::tui::state::{Mode, PageKey, State};
use crate::tui::view::{is_first_in_view, is_page_cut, last_of_page, page_area};

/// Makes the page that is shown anew if its contents may have changed. A list of a large scenario waits beside the
/// matrix until no key is pressed for a moment, and stays as it is until then.
pub(super) fn refresh(state: &mut State) {
    let has_detail = layout(state).is_some_and(|layout| layout.detail.is_some());
    state.derived.detail = has_detail.then(|| detail_page(state));
    let cells = state.scenario().evidence.len() * state.scenario().hypotheses.len();
    if (cells > AT_ONCE || shown_panel(state).is_slow)
        && is_list(state)
        && page(state).is_some()
        && matches!(state.mode, Mode::Matrix)
        && !state.window.blind
    {
        if !is_current(state) && is_shown(state) {
            state.request(Effect::Page);
        }
        return;
    }
    make(state);
}

/// Returns the key of the page in the present state.
fn key(state: &State) -> PageKey {
    PageKey {
        panel: shown(state),
        version: state.session.version(),
        findings: state.derived.findings,
        method: state.window.method,
        as_of: state.window.as_of,
        blind: state.window.blind,
        column: state.hypothesis().map(|(at, _)| at),
    }
}

/// Whether the list that is shown is made of the present state.
fn is_current(state: &State) -> bool {
    state.derived.page.as_ref().is_some_and(|(known, _)| *known == key(state))
}

/// Makes the page that is shown. A list is kept if nothing changed.
pub(super) fn make(state: &mut State) {
    let panel = shown_panel(state);
    if !is_shown(state) || panel.is_list && is_current(state) {
        return;
    }
    let page = panel.page(state);
    if let Mode::Page(focus @ Focus::Entry(_)) = &mut state.mode
        && page.entries.is_empty()
    {
        *focus = Focus::Line(0);
    }
    if let Mode::Page(Focus::Entry(at)) = &mut state.mode {
        *at = (*at).min(page.entries.len() - 1);
    }
    state.derived.page = Some((key(state), page));
}

/// Whether the panel is drawn somewhere.
fn is_shown(state: &State) -> bool {
    height_of_place(state) > 0 || matches!(state.mode, Mode::Page(_))
}

/// Whether the panel has a place in which more than its name can be seen.
fn has_place(state: &State) -> bool {
    height_of_place(state) > 1
}

fn height_of_place(state: &State) -> u16 {
    layout(state).and_then(|layout| layout.panel).map_or(0, |area| area.height)
}

/// Answers which panel to show: one by its letter, the next one, or the present one to be read.
pub(super) fn choose(state: &mut State, event: KeyEvent) {
    state.mode = Mode::Matrix;
    let letter = match keymap::answer(event) {
        KeyCode::Enter => return enter(state),
        KeyCode::Char(letter) => letter,
        _ => return,
    };
    if keymap::action(event, &state.bound) == Some(Action::Panel) {
        turn(state);
    } else if let Some(at) = PANELS.iter().position(|panel| panel.letter == letter) {
        state.window.panel = at;
    } else {
        return;
    }
    state.window.is_panel_hidden = false;
    if !has_place(state) {
        enter(state);
    }
}

/// Shows the panel that was chosen by its name. A text that does not fit in its place is shown over the matrix.
pub(super) fn show(state: &mut State) {
    make(state);
    if !has_place(state) || !is_list(state) && is_page_cut(state) {
        enter(state);
    }
}

/// Reads the page of the panel, from its top.
pub(super) fn enter(state: &mut State) {
    state.mode = Mode::Page(Focus::Line(0));
    make(state);
    go_by(state, Focus::Line(0), 0);
}

fn turn(state: &mut State) {
    state.window.panel = (shown(state) + 1) % PANELS.len();
}

/// Goes on to the next panel from one that is read.
fn turn_over(state: &mut State) {
    turn(state);
    state.mode = Mode::Matrix;
    // Where panels have no place, the next one is read too, until all were.
    if !has_place(state) && state.window.panel > 0 {
        enter(state);
    }
}

/// Takes a key while a page is read.
pub(super) fn pressed(state: &mut State, focus: Focus, event: KeyEvent) {
    let height = page_area(state).height;
    let leap = if is_list(state) { height / 2 } else { height };
    let leap = i16::try_from(leap).unwrap_or(i16::MAX).max(1);
    match (event.code, keymap::action(event, &state.bound)) {
        (_, Some(Action::Move(Motion::Down))) => go_by(state, focus, 1),
        (_, Some(Action::Move(Motion::Up))) => go_by(state, focus, -1),
        (_, Some(Action::Move(Motion::PageDown))) | (KeyCode::Char(' '), _) => go_by(state, focus, leap),
        (_, Some(Action::Move(Motion::PageUp))) => go_by(state, focus, -leap),
        (_, Some(Action::Move(Motion::FirstRow))) => go_by(state, Focus::Line(0), 0),
        (_, Some(Action::Move(Motion::LastRow))) => go_by(state, focus, i16::MAX),
        (_, Some(Action::Panel)) => turn_over(state),
        (_, Some(Action::Move(motion @ (Motion::Left | Motion::Right))))
            if shown_panel(state).is_of_column =>
        {
            navigate::go(state, motion);
            enter(state);
        }
        _ if !is_list(state) => state.mode = Mode::Matrix,
        (KeyCode::Enter, _) => enter_entry(state, focus),
        (_, Some(Action::Help)) if lead(state, focus).is_some_and(|lead| lead.code.is_some()) => {
            explain(state, focus);
        }
        (_, Some(Action::EditItem)) => edit(state, focus),
        (_, Some(Action::Undo)) => apply::undo(state),
        (_, Some(Action::Redo)) => apply::redo(state),
        _ if keymap::answer(event) == KeyCode::Char('r') => revert(state, focus),
        _ => state.mode = Mode::Matrix,
    }
}

/// Chooses the entry so many further on, or scrolls a page without entries by so many lines. Before the first entry
/// comes the top of the page, unless the entry is in view from there.
pub(super) fn go_by(state: &mut State, focus: Focus, by: i16) {
    let entries = page(state).map_or(0, |page| page.entries.len());
    let Some(last) = entries.checked_sub(1) else {
        let top = if let Focus::Line(top) = focus { top } else { 0 };
        state.mode = Mode::Page(Focus::Line(top.saturating_add_signed(by).min(last_of_page(state))));
        return;
    };
    let next = match focus {
        Focus::Line(_) => usize::from(by.max(0).unsigned_abs()).checked_sub(1),
        Focus::Entry(at) => at.checked_add_signed(by.into()),
    };
    let next = next.map(|next| next.min(last)).or_else(|| is_first_in_view(state).then_some(0));
    state.mode = Mode::Page(next.map_or(Focus::Line(0), Focus::Entry));
}

fn lead(state: &State, focus: Focus) -> Option<Lead> {
    let Focus::Entry(at) = focus else { return None };
    page(state)?.entries.get(at).cloned()
}

/// Does what the entry is for: declares a source, shows an earlier day, or goes to its place.
fn enter_entry(state: &mut State, focus: Focus) {
    match lead(state, focus).and_then(|lead| lead.on_enter) {
        Some(EntryAction::Declare(cited)) => {
            let changes = make::declare(state.scenario(), &cited);
            apply::make(state, changes);
        }
        Some(EntryAction::AsOf(day)) => {
            state.mode = Mode::Matrix;
            // Again, it goes back to the present.
            table::show_as_of(state, (state.window.as_of != Some(day)).then_some(day));
        }
        None => go(state, focus),
    }
}

/// Tells below the chosen finding why it matters, or hides that again.
fn explain(state: &mut State, focus: Focus) {
    let code = lead(state, focus).and_then(|lead| lead.code);
    if let (Focus::Entry(at), Some(code), Some((_, page))) = (focus, code, &mut state.derived.page) {
        page.toggle_below(at, reason(code));
    }
}

/// Goes to the place of the entry.
fn go(state: &mut State, focus: Focus) {
    let Some(lead) = lead(state, focus) else {
        state.mode = Mode::Matrix;
        return;
    };
    let Some(goal) = lead.goal else {
        return state.refuse("it has no place in the matrix; `:set` changes the scenario's own fields");
    };
    let found = match &goal {
        Goal::Cell(evidence, hypothesis) => {
            is_found::<Evidence>(state, evidence) && is_found::<Hypothesis>(state, hypothesis)
        }
        Goal::Item(kind, id) => crate::present::target::ids(state.scenario(), *kind).contains(&id.as_str()),
    };
    if !found {
        return state.refuse("it no longer exists: r restores it");
    }
    state.mode = Mode::Matrix;
    go_to(state, &goal);
}

/// Goes to the place of the entry, and opens the form of the item there.
fn edit(state: &mut State, focus: Focus) {
    let goal = lead(state, focus).and_then(|lead| lead.goal);
    go(state, focus);
    if state.mode != Mode::Matrix {
        return;
    }
    match goal {
        Some(Goal::Cell(id, _)) => form::open_item(state, ItemKind::Evidence, Some(id.as_str())),
        Some(Goal::Item(kind, id)) => form::open_item(state, kind, Some(&id)),
        None => {}
    }
}

fn is_found<T: Item>(state: &State, id: &T::Id) -> bool {
    state.scenario().position::<T>(id).is_some()
}

/// Puts the cursor on a place in the matrix; opens the form of anything else.
pub(super) fn go_to(state: &mut State, goal: &Goal) {
    match goal {
        Goal::Item(kind @ (ItemKind::Source | ItemKind::Indicator | ItemKind::Estimate), id) => {
            form::open_item(state, *kind, Some(id));
        }
        Goal::Cell(..) | Goal::Item(ItemKind::Evidence | ItemKind::Hypothesis, _) => {
            find::go_to(state, goal);
        }
    }
}

/// Takes the changes of the entry back, as a step of its own.
fn revert(state: &mut State, focus: Focus) {
    let Some(lead) = lead(state, focus).filter(|lead| !lead.changes.is_empty()) else {
        return state.refuse("there is nothing to take back here");
    };
    match reverting(state.scenario(), &lead.changes) {
        Ok(changes) => apply::revert(state, &changes),
        Err(refused) => {
            let why = refusal(state, &refused);
            state.refuse(format!("it cannot be taken back alone: {why}"));
        }
    }
}

/// Returns the changes that take others back, whatever else has changed since.
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

    /// Takes the changes of a kind from `TEXT` to another text back one by one. Returns the kinds of the changes that
    /// are left, and how many could not be taken back.
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
