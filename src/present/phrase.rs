//! Sentences for people, with emphasis.

use std::borrow::Cow;

use super::table::{Cell, Tone};

/// A part of a sentence with its tone.
pub type Phrase<'a> = Cell<'a>;

/// Returns a plain phrase.
pub(super) fn plain<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Plain)
}

/// Returns an emphasised phrase.
pub(super) fn strong<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Strong)
}

/// Returns a phrase in the background.
pub(super) fn dim<'a>(text: impl Into<Cow<'a, str>>) -> Phrase<'a> {
    Cell::new(text, Tone::Dim)
}

/// Puts added and removed words between marks, so that they stand out without colour.
#[must_use]
pub fn marked<'a>(words: &[Phrase<'a>]) -> Vec<Phrase<'a>> {
    let mark = |phrase: &Phrase<'a>| match phrase.tone {
        Tone::Added => Phrase::new(format!("{{+{}+}}", phrase.text), phrase.tone),
        Tone::Removed => Phrase::new(format!("[-{}-]", phrase.text), phrase.tone),
        Tone::Plain | Tone::Strong | Tone::Dim | Tone::Struck | Tone::Rating(_) => phrase.clone(),
    };
    words.iter().map(mark).collect()
}
