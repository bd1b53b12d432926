//! Tables for people: columns, rows, and how much each column matters.
//!
//! Knows roles and tones, never widths or colours: a printer that runs out of room decides by the roles what may go.

use std::borrow::Cow;

use crate::scenario::Rating;

/// Shown for a blank cell or an absent value.
pub(super) const BLANK: &str = "·";

/// The emphasis of a text. A printer finds a look for it; the text must make sense without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No emphasis.
    #[default]
    Plain,
    /// Emphasised.
    Strong,
    /// In the background.
    Dim,
    /// A judgement; `None` is a blank cell.
    Rating(Option<Rating>),
    /// Added text. In a sentence printers mark it, so that it stands out without colour too.
    Added,
    /// Removed text, marked likewise.
    Removed,
    /// Struck out: it is listed and does not count.
    Struck,
}

impl Tone {
    /// Returns the tone of what has a rank: the first stands out, what has none stands back.
    pub(super) const fn of_rank(rank: Option<usize>) -> Self {
        match rank {
            Some(1) => Self::Strong,
            Some(_) => Self::Plain,
            None => Self::Dim,
        }
    }
}

/// A piece of text with its tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The text as the scenario has it; printers escape it.
    pub text: Cow<'a, str>,
    /// Its emphasis.
    pub tone: Tone,
}

impl<'a> Cell<'a> {
    /// Returns a text with a tone.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// Returns a rating as it is shown everywhere; a blank is a middle dot.
    #[must_use]
    pub fn rating(rating: Option<Rating>) -> Cell<'static> {
        Cell::new(rating.map_or(BLANK, Rating::as_str), Tone::Rating(rating))
    }

    /// Returns a text without emphasis.
    #[must_use]
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// How much a column matters, which decides what becomes of it when room is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names the row; always shown, shortened if need be.
    Key,
    /// Describes the row in full; wrapped, and the first to go.
    Text,
    /// A figure about the row; goes before names become hard to read.
    Figure,
    /// One of the things compared; never left out, but spread over several blocks if need be.
    Value,
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left.
    Left,
    /// Right, for numbers.
    Right,
    /// Centred, for ratings.
    Centre,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The head; short.
    pub title: Cell<'a>,
    /// The full name, for a line of its own.
    pub name: Cow<'a, str>,
    /// How much it matters.
    pub role: Role,
    /// The alignment of its texts.
    pub align: Align,
}

impl<'a> Column<'a> {
    /// A column whose title is its full name.
    #[must_use]
    pub fn new(title: &'static str, role: Role, align: Align) -> Self {
        Self::named(Cell::plain(title), title, role, align)
    }

    /// A column with a title shorter than its name.
    #[must_use]
    pub fn named(title: Cell<'a>, name: impl Into<Cow<'a, str>>, role: Role, align: Align) -> Self {
        Self { title, name: name.into(), role, align }
    }
}

/// The layout of a table turned on its side: one block for each value column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sideways {
    /// A line for each row: its key and its cell.
    Lines,
    /// A line for each different cell, worst rating first: the cell and the keys of all rows that have it.
    Groups,
}

/// A row below the rule: a label in place of key, text and figures, and a cell for each value column.
#[derive(Clone, Debug)]
pub struct Total<'a> {
    /// The label.
    pub label: &'static str,
    /// A cell for each column of [`Role::Value`].
    pub cells: Vec<Cell<'a>>,
}

/// A sequence made one element at a time, so that printing a million rows takes the memory of one.
pub struct Lazy<'a, T> {
    len: usize,
    make: Box<dyn Fn(usize) -> T + 'a>,
}

impl<'a, T> Lazy<'a, T> {
    /// Returns the sequence of `make(0)` to `make(len - 1)`.
    #[must_use]
    pub fn new(len: usize, make: impl Fn(usize) -> T + 'a) -> Self {
        Self { len, make: Box::new(make) }
    }

    /// Returns the sequence of these elements.
    #[must_use]
    pub fn of(elements: Vec<T>) -> Self
    where
        T: Clone + Default + 'a,
    {
        Self::new(elements.len(), move |at| elements.get(at).cloned().unwrap_or_default())
    }

    /// Returns the number of elements.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the elements one by one.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        (0..self.len).map(&self.make)
    }
}

impl<T> std::fmt::Debug for Lazy<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lazy").field("len", &self.len).finish_non_exhaustive()
    }
}

/// A table for people.
#[derive(Debug)]
pub struct Table<'a> {
    /// The heads, in order.
    pub columns: Vec<Column<'a>>,
    /// The rows, a cell for each column.
    pub rows: Lazy<'a, Vec<Cell<'a>>>,
    /// The rows below the rule.
    pub totals: Vec<Total<'a>>,
    /// Its layout when turned on its side.
    pub sideways: Sideways,
    /// The meaning of the signs in its cells; printed above it. May be empty.
    pub signs: &'static str,
    /// The meaning of its columns of [`Role::Figure`]; printed below it where they are drawn. May be empty.
    pub figures: &'static str,
}

impl<'a> Table<'a> {
    /// Returns a table of these rows without totals, with a line for each row when turned on its side.
    pub(super) fn of(columns: Vec<Column<'a>>, rows: Vec<Vec<Cell<'a>>>) -> Self {
        let rows = Lazy::of(rows);
        Self { columns, rows, totals: Vec::new(), sideways: Sideways::Lines, signs: "", figures: "" }
    }

    /// Sets what the signs in its cells mean.
    pub(super) const fn explained(mut self, signs: &'static str) -> Self {
        self.signs = signs;
        self
    }
}
