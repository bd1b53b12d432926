//! The actions of the matrix, each passed to the module that carries it out.

use super::{apply, conflict, edit, find, form, navigate, panel, rate, save, select, table};
use crate::scenario::ItemKind;
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::prompt::Commanding;
use crate::tui::prompt::Prompt;
use crate::tui::state::{HelpSearch, Mode, Question, State};

/// Carries out an action of the matrix: on all selected cells, else at the cursor.
pub(super) fn run(state: &mut State, action: Action) -> Vec<Effect> {
    select::act(state, action).unwrap_or_else(|| act(state, action))
}

/// Carries out an action at the cursor.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Up
        | Action::Down
        | Action::Left
        | Action::Right
        | Action::PageUp
        | Action::PageDown
        | Action::HalfPageUp
        | Action::HalfPageDown
        | Action::FirstRow
        | Action::LastRow
        | Action::FirstColumn
        | Action::LastColumn
        | Action::NextBlank
        | Action::PreviousBlank => navigate::go(state, action),
        Action::Select => select::select(state),
        Action::SelectUp => select::extend(state, Action::Up),
        Action::SelectDown => select::extend(state, Action::Down),
        Action::SelectLeft => select::extend(state, Action::Left),
        Action::SelectRight => select::extend(state, Action::Right),
        Action::Rate(rating) => rate::rate(state, Some(rating)),
        Action::Blank => rate::rate(state, None),
        Action::StepUp => rate::step(state, 1),
        Action::StepDown => rate::step(state, -1),
        Action::Repeat => rate::repeat(state),
        Action::Undo => apply::undo(state),
        Action::Redo => apply::redo(state),
        Action::Confidence => edit::confidence(state),
        Action::LessCredible => edit::credibility(state, false),
        Action::MoreCredible => edit::credibility(state, true),
        Action::LessRelevant => edit::relevance(state, false),
        Action::MoreRelevant => edit::relevance(state, true),
        Action::EditCell => form::open_cell(state),
        Action::EditItem => form::open_row(state),
        Action::EditHypothesis => form::open_column(state),
        Action::EditScenario => form::open_whole(state, None),
        Action::AddItem => form::open_item(state, ItemKind::Evidence, None),
        Action::AddHypothesis => form::open_item(state, ItemKind::Hypothesis, None),
        Action::DeleteItem => edit::ask_row(state),
        Action::DeleteHypothesis => edit::ask_column(state),
        Action::Reject => edit::reject(state),
        Action::MoveDown => edit::move_row(state, true),
        Action::MoveUp => edit::move_row(state, false),
        Action::MoveLeft => edit::move_column(state, false),
        Action::MoveRight => edit::move_column(state, true),
        Action::Sort => table::sort(state),
        Action::Search => find::start_search(state),
        Action::PreviousMatch => return find::go_on(state, false),
        Action::Filter => find::start_filter(state),
        Action::Narrower => table::resize(state, -1),
        Action::Wider => table::resize(state, 1),
        Action::Copy => state.mode = Mode::Question(Question::Copy),
        Action::Command => state.mode = Mode::Prompt(Prompt::Command(Commanding::default())),
        Action::Method => table::method(state),
        Action::Blind => table::blind(state),
        Action::Panel => state.mode = Mode::Question(Question::Panel),
        Action::EnterPanel => panel::enter(state),
        Action::HidePanel => table::hide_panel(state),
        Action::SmallerPanel => table::resize_panel(state, -1),
        Action::LargerPanel => table::resize_panel(state, 1),
        Action::Outcomes => table::ask_outcomes(state),
        Action::NextCritical => navigate::critical(state),
        Action::Taller => table::grow_rows(state, 1),
        Action::Shorter => table::grow_rows(state, -1),
        Action::NextConflict => conflict::ask(state),
        Action::Help => state.mode = Mode::Help(HelpSearch::default()),
        Action::Save => return save::save(state, false),
        Action::Quit if state.session.unsaved() == 0 || state.session.read_only.is_some() => {
            return vec![Effect::Quit];
        }
        Action::Quit => state.mode = Mode::Question(Question::Leave(save::unsaved_in_words(state))),
        Action::Suspend => return vec![Effect::Suspend],
        // It only counts for the key after it.
        Action::Digit(_) => {}
    }
    Vec::new()
}
