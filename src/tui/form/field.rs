//! Fields of a form: typed on one line or on several, or chosen.

use std::borrow::Cow;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::present::target;
use crate::scenario::{FieldSpec, HypothesisId, Nature, Shape, Value};
use crate::text::join_list;
use crate::tui::widget::{Area, Input};

/// The contents of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldContent {
    /// One line, which may be a chosen word.
    Line(Input),
    /// Several lines.
    Lines(Box<Area>),
}

/// The cell that a field is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldCell {
    pub(super) hypothesis: HypothesisId,
    /// The header of the hypothesis.
    pub(super) header: String,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormField {
    pub(crate) key: &'static str,
    /// The cell that it is about; `None` for a field of the item itself.
    pub(super) cell: Option<FieldCell>,
    pub(crate) shape: Shape,
    pub(crate) is_required: bool,
    nature: Nature,
    /// Its purpose, as a sentence.
    pub(super) help: &'static str,
    pub(crate) content: FieldContent,
    /// Whether its text was suggested, not typed.
    pub(crate) is_suggested: bool,
    /// The reason why its text cannot be accepted.
    pub(crate) objection: Option<String>,
    /// The letters of a word that is being chosen.
    letters: String,
    before: String,
}

impl FormField {
    pub(crate) fn new(spec: &FieldSpec, value: Option<&Value>) -> Self {
        let FieldSpec { key, shape, is_required, nature, help, .. } = *spec;
        let before = value.map(|value| spelled(shape, value)).unwrap_or_default();
        let content = match nature {
            Nature::Sentence | Nature::Prose => FieldContent::Lines(Box::new(Area::new(&before))),
            Nature::Fact | Nature::Weight | Nature::Phrase => FieldContent::Line(Input::new(before.clone())),
        };
        Self {
            key,
            cell: None,
            shape,
            is_required,
            nature,
            help,
            content,
            is_suggested: false,
            objection: None,
            letters: String::new(),
            before,
        }
    }

    /// Returns its text.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.content {
            FieldContent::Line(input) => Cow::Borrowed(input.text()),
            FieldContent::Lines(area) => Cow::Owned(area.text()),
        }
    }

    /// Whether its text is nothing but space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Whether its text differs from the one at first.
    pub(crate) fn is_changed(&self) -> bool {
        self.text() != self.before
    }

    pub(crate) const fn is_long(&self) -> bool {
        matches!(self.content, FieldContent::Lines(_))
    }

    /// Whether Enter begins a new line in it.
    pub(crate) fn breaks_lines(&self) -> bool {
        self.nature == Nature::Prose
    }

    /// Returns its name among the fields of the form.
    pub(super) fn name(&self) -> String {
        match &self.cell {
            Some(cell) => format!("{} of {}", self.key, cell.hypothesis),
            None => self.key.to_owned(),
        }
    }

    /// Returns its label: the header of a hypothesis, or the key without its table.
    pub(crate) fn label(&self) -> &str {
        if let Some(cell) = &self.cell {
            return &cell.header;
        }
        self.key.rsplit_once('.').map_or(self.key, |(_, key)| key)
    }

    /// Returns the value of its text; `None` if it is blank. The scenario refuses values that do not fit the field.
    pub(crate) fn value(&self) -> Option<Value> {
        if self.is_blank() {
            return None;
        }
        let text = self.text();
        Some(if self.is_long() {
            Value::Text(text.into_owned())
        } else {
            target::value(self.shape, text.trim())
        })
    }

    /// Replaces its text.
    pub(crate) fn set(&mut self, text: &str) {
        match &mut self.content {
            FieldContent::Line(input) => *input = Input::new(text),
            FieldContent::Lines(area) => **area = Area::new(text),
        }
    }

    /// Takes a key. Returns whether it is one of the field's.
    pub(crate) fn press(&mut self, event: KeyEvent) -> bool {
        let is_taken = match (&mut self.content, self.shape.words()) {
            (FieldContent::Line(_), Some(words)) => self.choose(words, event.code),
            (FieldContent::Line(input), _) => input.press(event),
            (FieldContent::Lines(area), _) => area.press(event),
        };
        if is_taken {
            self.touched();
        }
        is_taken
    }

    /// Chooses a word.
    pub(crate) fn choose_word(&mut self, word: &str) {
        self.set(word);
        self.touched();
    }

    /// Inserts a pasted text. Where a word is chosen, it replaces the word.
    pub(crate) fn paste(&mut self, text: &str) {
        match (&mut self.content, self.shape.words()) {
            (FieldContent::Line(input), Some(_)) => *input = Input::new(text.trim()),
            (FieldContent::Line(input), _) => input.insert(text),
            (FieldContent::Lines(area), _) => area.insert(text),
        }
        self.touched();
    }

    fn touched(&mut self) {
        self.is_suggested = false;
        self.objection = None;
    }

    /// Chooses the word that begins with the letters typed so far. Another first letter begins anew: repeated, it goes to
    /// the next word with it. Letters that fit no word are objected to.
    fn choose_by(&mut self, words: &[&str], letter: char) -> bool {
        self.letters.extend(letter.to_lowercase());
        let begins = |word: &&str, letters: &str| word.to_lowercase().starts_with(letters);
        let longer = words.iter().find(|word| begins(word, &self.letters)).copied();
        let found = longer.or_else(|| {
            self.letters = letter.to_lowercase().collect();
            let at = words.iter().position(|word| *word == self.text()).map_or(0, |at| at + 1);
            let round = words.iter().cycle().skip(at).take(words.len());
            round.copied().find(|word| begins(word, &self.letters))
        });
        match found {
            Some(word) => self.set(word),
            None => {
                self.objection = Some(format!("expected one of {}", words.join(", ")));
                self.letters.clear();
                return false;
            }
        }
        true
    }

    /// Goes through the words and the empty choice.
    fn choose(&mut self, words: &[&str], code: KeyCode) -> bool {
        if let KeyCode::Char(letter) = code
            && letter != ' '
        {
            return self.choose_by(words, letter);
        }
        self.letters.clear();
        let at = words.iter().position(|word| *word == self.text()).map_or(0, |at| at + 1);
        let count = words.len() + 1;
        let next = match code {
            KeyCode::Right | KeyCode::Char(' ') => (at + 1) % count,
            KeyCode::Left => (at + count - 1) % count,
            KeyCode::Backspace | KeyCode::Delete => 0,
            _ => return false,
        };
        let word = next.checked_sub(1).and_then(|at| words.get(at)).copied();
        self.set(word.unwrap_or_default());
        true
    }
}

/// Returns a value as it is typed: lists with commas.
fn spelled(shape: Shape, value: &Value) -> String {
    match value {
        Value::Text(text) if shape == Shape::TextOrList => join_list(std::slice::from_ref(text)),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => join_list(list),
    }
}
