//! Listings for people: entries of one sort under a heading, each with aligned names, the values before and after,
//! and paragraphs of text.
//!
//! Knows which parts may go, never widths: a printer puts the parts of an entry beside each other where there is room,
//! and below each other where there is not.

use std::borrow::Cow;

use super::phrase::Phrase;
use super::table::{Cell, Lazy};
use crate::scenario::Subject;

/// Whether an entry is about something added or removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// Present before and after.
    #[default]
    None,
    /// Added.
    Added,
    /// Removed.
    Removed,
}

impl Sign {
    /// Returns the sign as a character; empty for [`Self::None`].
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Added => "+",
            Self::Removed => "-",
        }
    }
}

/// One entry of a listing, without its words.
#[derive(Clone, Debug, Default)]
pub struct ListingEntry<'a> {
    /// Whether it was added or removed.
    pub sign: Sign,
    /// Names of its subject, each in a column of its own.
    pub names: Vec<Cell<'a>>,
    /// The values before and after.
    pub change: Option<(Cell<'a>, Cell<'a>)>,
    /// A reminder of what the names stand for; shortened, or left out where there is no room.
    pub about: Cow<'a, str>,
    /// Its subject, for readers that can go there.
    pub subject: Option<Subject>,
}

/// Entries of one sort.
#[derive(Debug)]
pub struct Listing<'a> {
    /// The heading; empty for none.
    pub heading: String,
    /// The headers of the columns of names.
    pub names: &'static [&'static str],
    /// Whether any entry has a change.
    pub compares: bool,
    /// The entries without their paragraphs; printers read them twice.
    pub entries: Lazy<'a, ListingEntry<'a>>,
    /// The paragraphs of each entry. As many as there are entries.
    pub words: Lazy<'a, Vec<Vec<Phrase<'a>>>>,
}

impl<'a> ListingEntry<'a> {
    /// An entry that has names only.
    pub(super) fn named(names: Vec<Cell<'a>>) -> Self {
        Self { names, ..Self::default() }
    }
}

impl<'a> Listing<'a> {
    /// A listing of these entries, each with its paragraphs of words.
    pub(super) fn of(
        heading: impl Into<String>,
        names: &'static [&'static str],
        entries: Vec<(ListingEntry<'a>, Vec<Vec<Phrase<'a>>>)>,
    ) -> Self {
        let compares = entries.iter().any(|(entry, _)| entry.change.is_some());
        let (entries, words): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        Self { heading: heading.into(), names, compares, entries: Lazy::of(entries), words: Lazy::of(words) }
    }

    /// A listing of names with one paragraph of words each.
    pub(super) fn lines(
        heading: impl Into<String>,
        names: &'static [&'static str],
        lines: Vec<(Vec<Cell<'a>>, Vec<Phrase<'a>>)>,
    ) -> Self {
        let entry = |(names, words)| (ListingEntry::named(names), vec![words]);
        Self::of(heading, names, lines.into_iter().map(entry).collect())
    }
}
