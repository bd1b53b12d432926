//! Habits: keys that do something in other programs and nothing here, with what does it here.
//!
//! Knows keys and actions by their names. Must never know what an action does.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::key::{Key, ctrl, key, letter};
use super::keymap::{Action, BINDINGS, Motion, key_for};

/// Keys that do something in other programs and nothing here, with the actions that hands may expect of them.
const ELSEWHERE: &[(Key, &str, &[Action])] = &[
    (letter('6'), RATES, &[]),
    (letter('7'), RATES, &[]),
    (letter('8'), RATES, &[]),
    (letter('9'), RATES, &[]),
    (key(KeyCode::Backspace), "", &[Action::Blank, Action::Move(Motion::Left)]),
    (letter('p'), "the terminal's own key pastes", &[]),
    (letter('r'), "", &[Action::EditCell, Action::Redo]),
    (letter('X'), "", &[Action::Blank, Action::DeleteItem]),
    (letter('O'), "", &[Action::AddItem]),
    (letter('S'), "", &[Action::Sort, Action::Save]),
    (ctrl('q'), "", &[Action::Quit]),
    (ctrl('n'), "", &[Action::AddItem]),
    (ctrl('p'), "", &[Action::Command]),
    (ctrl('o'), "", &[Action::Command]),
    (ctrl('g'), "", &[Action::Help]),
];

/// The ratings of the digits.
const RATES: &str = "1 to 5 rate from CC to II";

/// Returns a sentence for a key without an action: the keys for what it does in other programs. `None` for a key that
/// means nothing anywhere.
pub(crate) fn instead(event: KeyEvent, bound: &[(Key, Action)]) -> Option<String> {
    let pressed = Key::of(event);
    let (_, words, actions) = ELSEWHERE.iter().find(|(key, ..)| *key == pressed)?;
    let does = |action: &Action| {
        let help = BINDINGS.iter().find(|binding| binding.action == *action)?.help;
        Some(format!("{} is {}", key_for(*action, bound)?, help.split([':', ';', ',']).next()?))
    };
    let told: Vec<String> = actions.iter().filter_map(does).collect();
    let told = if told.is_empty() { (*words).to_owned() } else { told.join(", ") };
    Some(format!("{pressed} does nothing here: {told}"))
}
