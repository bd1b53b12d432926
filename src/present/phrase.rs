//! Sentences for people, with emphasis.

use std::borrow::Cow;

use super::table::{Cell, Tone};

/// A part of a sentence with its tone.
pub type Phrase<'a> = Cell<'a>;

/// What is said plainly.
#[must_use]
pub(super) fn plain<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Plain)
}

/// What the eye should find.
#[must_use]
pub(super) fn strong<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Strong)
}

/// What may be overlooked.
#[must_use]
pub(super) fn dim<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Dim)
}

/// Words that came and went between marks, so that they are told from the rest without colour.
#[must_use]
pub fn marked<'a>(words: &[Phrase<'a>]) -> Vec<Phrase<'a>> {
    let mark = |phrase: &Phrase<'a>| match phrase.tone {
        Tone::Added => Phrase::new(format!("{{+{}+}}", phrase.text), phrase.tone),
        Tone::Removed => Phrase::new(format!("[-{}-]", phrase.text), phrase.tone),
        Tone::Plain | Tone::Strong | Tone::Dim | Tone::Rating(_) => phrase.clone(),
    };
    words.iter().map(mark).collect()
}
