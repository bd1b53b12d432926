//! Fields of a form: typed on one line or on several, or chosen.

use std::borrow::Cow;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::list;
use crate::present::target;
use crate::scenario::{FieldSpec, Nature, Shape, Value};
use crate::tui::widget::{Area, Input};

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// One line, a chosen word too.
    Line(Input),
    /// Several lines.
    Lines(Box<Area>),
}

/// A field that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) is_required: bool,
    nature: Nature,
    /// What it is for: a sentence.
    pub(super) help: &'static str,
    pub(crate) content: Content,
    /// Whether what stands in it was proposed, not typed.
    pub(crate) is_suggested: bool,
    /// Why what stands in it cannot be accepted.
    pub(crate) objection: Option<String>,
    before: String,
}

impl Field {
    pub(crate) fn new(spec: &FieldSpec, value: Option<&Value>) -> Self {
        let FieldSpec { key, shape, is_required, nature, help, .. } = *spec;
        let before = value.map(|value| spelled(shape, value)).unwrap_or_default();
        let content = match nature {
            Nature::Sentence | Nature::Prose => Content::Lines(Box::new(Area::new(&before))),
            Nature::Fact | Nature::Weight | Nature::Phrase => Content::Line(Input::new(before.clone())),
        };
        Self { key, shape, is_required, nature, help, content, is_suggested: false, objection: None, before }
    }

    /// What stands in it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.content {
            Content::Line(input) => Cow::Borrowed(input.text()),
            Content::Lines(area) => Cow::Owned(area.text()),
        }
    }

    /// Whether nothing stands in it but space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Whether it holds something else than at first.
    pub(crate) fn is_changed(&self) -> bool {
        self.text() != self.before
    }

    pub(crate) const fn is_long(&self) -> bool {
        matches!(self.content, Content::Lines(_))
    }

    /// Whether Enter begins a new line in it.
    pub(crate) fn breaks_lines(&self) -> bool {
        self.nature == Nature::Prose
    }

    /// What stands before it: its key, without the table that it is in.
    pub(crate) fn label(&self) -> &'static str {
        self.key.rsplit_once('.').map_or(self.key, |(_, key)| key)
    }

    /// What its text says; `None` where there is none. What does not fit the field is refused by the scenario.
    pub(crate) fn value(&self) -> Option<Value> {
        if self.is_blank() {
            return None;
        }
        let text = self.text();
        Some(match self.shape {
            Shape::List | Shape::TextOrList => Value::List(list::split(&text)),
            Shape::Text if self.is_long() => Value::Text(text.into_owned()),
            Shape::Text
            | Shape::Word(_)
            | Shape::Number
            | Shape::PositiveNumber
            | Shape::Day
            | Shape::Date
            | Shape::Grade => target::value(self.shape, text.trim()),
        })
    }

    /// Puts another text in it.
    pub(crate) fn set(&mut self, text: &str) {
        match &mut self.content {
            Content::Line(input) => *input = Input::new(text),
            Content::Lines(area) => **area = Area::new(text),
        }
    }

    /// Takes a key; whether it was one of the field's.
    pub(crate) fn press(&mut self, event: KeyEvent) -> bool {
        let is_taken = match (&mut self.content, self.shape) {
            (Content::Line(_), Shape::Word(words)) => self.choose(words, event.code),
            (Content::Line(input), _) => input.press(event),
            (Content::Lines(area), _) => area.press(event),
        };
        if is_taken {
            self.touched();
        }
        is_taken
    }

    /// Puts a word in it.
    pub(crate) fn choose_word(&mut self, word: &str) {
        self.set(word);
        self.touched();
    }

    /// Takes a text; of words only one that may stand here does not meet with an objection.
    pub(crate) fn paste(&mut self, text: &str) {
        match (&mut self.content, self.shape) {
            (Content::Line(input), Shape::Word(_)) => *input = Input::new(text.trim()),
            (Content::Line(input), _) => input.insert(text),
            (Content::Lines(area), _) => area.insert(text),
        }
        self.touched();
    }

    fn touched(&mut self) {
        self.is_suggested = false;
        self.objection = None;
    }

    /// Goes through the words and the absence of one, or to the next word with a letter.
    fn choose(&mut self, words: &[&str], code: KeyCode) -> bool {
        let at = words.iter().position(|word| *word == self.text()).map_or(0, |at| at + 1);
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
fn spelled(shape: Shape, value: &Value) -> String {
    match value {
        Value::Text(text) if shape == Shape::TextOrList => list::joined(std::slice::from_ref(text)),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => list::joined(list),
    }
}
