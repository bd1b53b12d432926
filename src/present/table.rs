//! Tables for people: what stands in the columns and rows, and how much each column matters.
//!
//! Knows roles and tones, never widths or colours: a printer that runs out of room reads from the roles what may go.

use std::borrow::Cow;

use crate::scenario::Rating;

/// What a blank cell and an absent value show.
pub(super) const BLANK: &str = "·";

/// What a text is meant to convey; a printer finds a look for it, and the text must make sense without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// What the eye should find first.
    Strong,
    /// What may be overlooked.
    Dim,
    /// A judgement; `None` is a blank cell.
    Rating(Option<Rating>),
    /// What is new. In a sentence printers mark it, so that it is told from its surroundings without colour too.
    Added,
    /// What is gone. Marked likewise.
    Removed,
}

/// A piece of text with its tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The text, as the scenario has it: printers escape it.
    pub text: Cow<'a, str>,
    /// What it conveys.
    pub tone: Tone,
}

impl<'a> Cell<'a> {
    /// A text with a tone.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// A rating as it is shown everywhere; a blank is a middle dot.
    #[must_use]
    pub fn rating(rating: Option<Rating>) -> Cell<'static> {
        Cell::new(rating.map_or(BLANK, Rating::as_str), Tone::Rating(rating))
    }

    /// A text with nothing in particular to convey.
    #[must_use]
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// How much a column matters, and so what may become of it where room is short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Names the row: always shown, shortened at need.
    Key,
    /// Says in full what the row is: wrapped, and the first to go.
    Text,
    /// A figure about the row: goes before names become hard to read.
    Figure,
    /// One of the things compared: never left out, but columns of this role may be spread over several blocks.
    Value,
}

/// Where the texts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// At the right: numbers.
    Right,
    /// In the middle: ratings.
    Centre,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// The head; short.
    pub title: Cell<'a>,
    /// The same in full, for where there is a whole line.
    pub name: Cow<'a, str>,
    /// How much it matters.
    pub role: Role,
    /// Where its texts stand.
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

/// How a table reads when it is turned on its side: one block a value column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sideways {
    /// A line a row: its key and its cell.
    Lines,
    /// A line for each different cell, worst rating first: the cell and the keys of all rows that have it.
    Groups,
}

/// A row under the rule: a label in place of the key, text and figures, and a cell for each value column.
#[derive(Clone, Debug)]
pub struct Total<'a> {
    /// What it totals.
    pub label: &'static str,
    /// A cell for each column of [`Role::Value`].
    pub cells: Vec<Cell<'a>>,
}

/// A sequence that is made one element at a time, so that printing a million rows needs the memory of one.
pub struct Lazy<'a, T> {
    len: usize,
    make: Box<dyn Fn(usize) -> T + 'a>,
}

impl<'a, T> Lazy<'a, T> {
    /// The sequence of what `make` makes of 0 to `len` - 1.
    #[must_use]
    pub fn new(len: usize, make: impl Fn(usize) -> T + 'a) -> Self {
        Self { len, make: Box::new(make) }
    }

    /// The sequence of these elements, for what is made already.
    #[must_use]
    pub fn of(elements: Vec<T>) -> Self
    where
        T: Clone + Default + 'a,
    {
        Self::new(elements.len(), move |at| elements.get(at).cloned().unwrap_or_default())
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Makes them one by one.
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
    /// What stands under the rule.
    pub totals: Vec<Total<'a>>,
    /// How it reads when turned on its side.
    pub sideways: Sideways,
}

impl<'a> Table<'a> {
    /// A table of these rows without totals, a line a row when it is turned on its side.
    #[must_use]
    pub(super) fn of(columns: Vec<Column<'a>>, rows: Vec<Vec<Cell<'a>>>) -> Self {
        Self { columns, rows: Lazy::of(rows), totals: Vec::new(), sideways: Sideways::Lines }
    }
}
