//! Fields of a form: a line each, typed or chosen.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::scenario::{Shape, Value};
use crate::tui::widget::Input;

/// A field that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) is_required: bool,
    pub(crate) input: Input,
    /// Whether what stands in it was proposed, not typed.
    pub(crate) is_suggested: bool,
    /// Why what stands in it cannot be accepted.
    pub(crate) objection: Option<String>,
    before: String,
}

impl Field {
    pub(crate) fn new(key: &'static str, shape: Shape, is_required: bool, value: Option<&Value>) -> Self {
        let before = value.map(spelled).unwrap_or_default();
        let input = Input::new(before.clone());
        Self { key, shape, is_required, input, is_suggested: false, objection: None, before }
    }

    /// Whether it holds something else than at first.
    pub(crate) fn is_changed(&self) -> bool {
        self.input.text() != self.before
    }

    pub(crate) fn set(&mut self, text: impl Into<String>) {
        self.input = Input::new(text);
    }

    /// Takes a key; whether it was one of the field's.
    pub(crate) fn press(&mut self, event: KeyEvent) -> bool {
        let is_taken = match self.shape {
            Shape::Word(words) => self.choose(words, event.code),
            Shape::Text
            | Shape::Number
            | Shape::PositiveNumber
            | Shape::Day
            | Shape::Date
            | Shape::Grade
            | Shape::List
            | Shape::TextOrList => self.input.press(event),
        };
        if is_taken {
            self.is_suggested = false;
            self.objection = None;
        }
        is_taken
    }

    /// Takes a text; of words only one that may stand here does not meet with an objection.
    pub(crate) fn paste(&mut self, text: &str) {
        self.is_suggested = false;
        self.objection = None;
        if matches!(self.shape, Shape::Word(_)) {
            self.set(text.trim());
        } else {
            self.input.insert(text);
        }
    }

    /// Goes through the words and the absence of one, or to the next word with a letter.
    fn choose(&mut self, words: &[&str], code: KeyCode) -> bool {
        let at = words.iter().position(|word| *word == self.input.text()).map_or(0, |at| at + 1);
        let count = words.len() + 1;
        let next = match code {
            KeyCode::Right | KeyCode::Char(' ') => (at + 1) % count,
            KeyCode::Left => (at + count - 1) % count,
            KeyCode::Backspace | KeyCode::Delete => 0,
            KeyCode::Char(letter) => {
                let begins = |at: &usize| {
                    let word = at.checked_sub(1).and_then(|at| words.get(at));
                    word.and_then(|word| word.chars().next())
                        .is_some_and(|first| first.eq_ignore_ascii_case(&letter))
                };
                match (1..=count).map(|step| (at + step) % count).find(begins) {
                    Some(next) => next,
                    None => return false,
                }
            }
            _ => return false,
        };
        let word = next.checked_sub(1).and_then(|at| words.get(at)).copied();
        self.set(word.unwrap_or_default());
        true
    }
}

/// A value as it is typed: lists with commas.
fn spelled(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => list.join(", "),
    }
}
