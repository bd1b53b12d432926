//! Answers in the survey. The change is made as by a key of the matrix, and nothing is said of what follows from it.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{apply, rate, save};
use crate::change::make;
use crate::scenario::Rating;
use crate::tui::effect::Effect;
use crate::tui::keymap::{self, Action};
use crate::tui::prompt::Prompt;
use crate::tui::state::{Mode, State};
use crate::tui::survey::{SurveyAnswer, scale};
use crate::tui::widget::Input;

/// Takes a key while a cell is asked.
pub(super) fn pressed(state: &mut State, event: KeyEvent) {
    let key = keymap::answer(event);
    match (key, keymap::action(event, &state.bound)) {
        (KeyCode::Enter, _) => {
            close(state);
        }
        (KeyCode::Char(letter), _) if let Some(answer) = SurveyAnswer::of(letter) => give(state, answer),
        (_, Some(Action::Quit)) => give(state, SurveyAnswer::Stop),
        (_, Some(Action::Suspend)) => state.request(Effect::Suspend),
        _ => {}
    }
}

/// Shows the matrix after the last answer. Returns whether it does.
fn close(state: &mut State) -> bool {
    let is_over = state.survey.as_ref().is_some_and(|survey| survey.cell(state.scenario()).is_none());
    if is_over {
        state.survey = None;
    }
    is_over
}

fn give(state: &mut State, answer: SurveyAnswer) {
    match answer {
        SurveyAnswer::Rate(rating) => answered(state, rating),
        SurveyAnswer::Note => {
            let survey = state.survey.as_ref();
            let asked = survey.and_then(|survey| survey.asked(state.scenario()));
            if let Some((item, _, (_, column))) = asked {
                let note = item.ratings.get(column).and_then(|cell| cell.note()).unwrap_or_default();
                state.mode = Mode::Prompt(Prompt::Note(Input::new(note)));
            }
        }
        SurveyAnswer::Later => {
            let scenario = state.session.scenario();
            if !state.survey.as_mut().is_some_and(|survey| survey.put_off(scenario)) {
                state.refuse("no other cell is left to ask");
            }
        }
        SurveyAnswer::Undo => apply::undo(state),
        SurveyAnswer::Stop => save::save(state, true),
    }
}

fn answered(state: &mut State, rating: Rating) {
    let scenario = state.session.scenario();
    let Some((item, hypothesis, _)) = state.survey.as_ref().and_then(|survey| survey.asked(scenario)) else {
        return state.refuse("every cell has its answer");
    };
    let changes = rate::changes(scenario, &item.id, &hypothesis.id, Some(rating));
    apply::make(state, changes);
}

/// Takes a key while a note is typed.
pub(super) fn note(state: &mut State, mut input: Input, event: KeyEvent) {
    state.mode = match event.code {
        KeyCode::Esc => Mode::Matrix,
        KeyCode::Enter => {
            state.mode = Mode::Matrix;
            return noted(state, input.text());
        }
        _ => {
            input.press(event);
            Mode::Prompt(Prompt::Note(input))
        }
    };
}

/// Writes a note on the cell that is asked; an empty one takes it away.
fn noted(state: &mut State, text: &str) {
    let scenario = state.session.scenario();
    let asked = state.survey.as_ref().and_then(|survey| survey.asked(scenario));
    let Some((item, hypothesis, _)) = asked else { return };
    let note = Some(text.trim()).filter(|text| !text.is_empty());
    let changes = make::set_note(scenario, &item.id, &hypothesis.id, note);
    apply::make(state, changes);
}

/// Takes a line while a cell is asked: the letter of a key, a rating in letters, or a note after `n`.
pub(super) fn line(state: &mut State, line: &str) -> Vec<String> {
    let mut letters = line.chars();
    let letter = letters.next().filter(|_| letters.as_str().is_empty());
    let answer = letter.and_then(SurveyAnswer::of);
    let answer = answer.or_else(|| Rating::parse(&line.to_uppercase()).map(SurveyAnswer::Rate));
    match answer {
        Some(SurveyAnswer::Note) => return vec!["Write the note after the n: n TEXT.".to_owned()],
        Some(answer) => give(state, answer),
        None if let Some(text) = line.strip_prefix("n ") => noted(state, text),
        None if line.is_empty() && close(state) => {}
        None => return help(state),
    }
    Vec::new()
}

/// Returns the keys of the survey, a line each.
pub(super) fn help(state: &State) -> Vec<String> {
    let keys = state.survey.as_ref().map(|survey| survey.keys(state.scenario()).to_owned());
    scale(usize::MAX).into_iter().chain(keys).collect()
}
