//! The actions of the matrix, each passed to the module that carries it out.

use super::{apply, conflict, edit, find, form, navigate, panel, rate, save, select, table};
use crate::scenario::{EvidenceField, ItemKind};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::prompt::Commanding;
use crate::tui::prompt::Prompt;
use crate::tui::state::{HelpSearch, Mode, Question, State};

/// Carries out an action of the matrix: on all selected cells, else at the cursor.
pub(super) fn run(state: &mut State, action: Action) {
    if !select::act(state, action) {
        act(state, action);
    }
}

/// Carries out an action at the cursor.
pub(super) fn act(state: &mut State, action: Action) {
    match action {
        Action::Move(motion) => navigate::go(state, motion),
        Action::Select => select::select(state),
        Action::Extend(motion) => select::extend(state, motion),
        Action::Rate(rating) => rate::rate(state, Some(rating)),
        Action::Blank => rate::rate(state, None),
        Action::Step(by) => rate::step(state, by),
        Action::Repeat => rate::repeat(state),
        Action::Undo => apply::undo(state),
        Action::Redo => apply::redo(state),
        Action::Confidence => edit::confidence(state, edit::next_confidence),
        Action::Credibility { is_up } => edit::weigh(state, EvidenceField::Credibility, is_up),
        Action::Relevance { is_up } => edit::weigh(state, EvidenceField::Relevance, is_up),
        Action::EditCell => form::open_cell(state),
        Action::EditItem => form::open_row(state),
        Action::EditHypothesis => form::open_column(state),
        Action::EditScenario => form::open_whole(state, None),
        Action::AddItem => form::open_item(state, ItemKind::Evidence, None),
        Action::AddHypothesis => form::open_item(state, ItemKind::Hypothesis, None),
        Action::DeleteItem => edit::ask_rows(state),
        Action::DeleteHypothesis => edit::ask_columns(state),
        Action::Reject => edit::reject(state),
        Action::ShiftRow(by) => edit::shift_row(state, by),
        Action::ShiftColumn(by) => edit::shift_column(state, by),
        Action::Sort => table::sort(state),
        Action::Search => find::start_search(state),
        Action::PreviousMatch => find::go_on(state, false),
        Action::Filter => find::start_filter(state),
        Action::ColumnWidth(by) => table::resize(state, by),
        Action::Copy => state.mode = Mode::Question(Question::Copy),
        Action::Command => state.mode = Mode::Prompt(Prompt::Command(Commanding::default())),
        Action::Method => table::method(state),
        Action::Blind => table::blind(state),
        Action::Panel => state.mode = Mode::Question(Question::Panel),
        Action::EnterPanel => panel::enter(state),
        Action::HidePanel => table::hide_panel(state),
        Action::PanelSize(by) => table::resize_panel(state, by),
        Action::Outcomes => table::ask_outcomes(state),
        Action::OpenAddress => table::open_address(state),
        Action::NextCritical => navigate::critical(state),
        Action::RowHeight(by) => table::grow_rows(state, by),
        Action::NextConflict => conflict::ask(state),
        Action::Help => state.mode = Mode::Help(HelpSearch::default()),
        Action::Save => save::save(state, false),
        Action::Quit if state.session.unsaved() == 0 || state.session.read_only.is_some() => {
            state.request(Effect::Quit);
        }
        Action::Quit => state.mode = Mode::Question(Question::Leave(save::unsaved_in_words(state))),
        Action::Suspend => state.request(Effect::Suspend),
        // It only counts for the key after it.
        Action::Digit(_) => {}
    }
}
