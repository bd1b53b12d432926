//! Listings for people: entries of one sort under a counted heading, each with names in line, what it was and is,
//! and as many words as it takes.
//!
//! Knows which parts must be read and which may go, never widths: a printer puts the parts of an entry beside each
//! other where there is room, and below each other where there is not.

use std::borrow::Cow;

use super::phrase::Phrase;
use super::table::{Cell, Lazy};
use crate::scenario::Subject;

/// What became of the thing that an entry is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// It is there before and after.
    #[default]
    None,
    /// It came.
    Added,
    /// It went.
    Removed,
}

impl Sign {
    /// The sign as a character; nothing for [`Self::None`].
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
    /// What became of it.
    pub sign: Sign,
    /// Names of what it is about, each in a column of its own.
    pub names: Vec<Cell<'a>>,
    /// What it was and what it is.
    pub change: Option<(Cell<'a>, Cell<'a>)>,
    /// What the names stand for, as a reminder: shortened, or left out where there is no room.
    pub about: Cow<'a, str>,
    /// What it is about, for readers that can go there.
    pub subject: Option<Subject>,
}

/// Entries of one sort.
#[derive(Debug)]
pub struct Listing<'a> {
    /// How many of what; empty for a listing that needs no heading.
    pub heading: String,
    /// What the names of an entry are, for a printer that heads columns.
    pub names: &'static [&'static str],
    /// Whether any entry has a change.
    pub compares: bool,
    /// The entries, short parts only: printers go over them twice.
    pub entries: Lazy<'a, ListingEntry<'a>>,
    /// What is to be read of each entry in full, a paragraph each. As many as there are entries.
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
