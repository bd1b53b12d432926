//! A line of a terminal, put together from texts in columns.

use std::io::{self, Write};
use std::iter::repeat_n;

use super::palette::push_styled;
use crate::present::{Align, Tone};
use crate::report::Colour;
use crate::text::width;

/// A line in the making.
#[derive(Debug, Default)]
pub(super) struct LineBuilder {
    text: String,
    /// Columns taken so far.
    used: usize,
}

impl LineBuilder {
    /// Adds this many spaces.
    pub(super) fn space(&mut self, columns: usize) {
        self.text.extend(repeat_n(' ', columns));
        self.used += columns;
    }

    /// Adds spaces up to a column.
    pub(super) fn space_to(&mut self, column: usize) {
        self.space(column.saturating_sub(self.used));
    }

    /// Adds a text in this many columns; a wider one takes more.
    pub(super) fn slot(&mut self, text: &str, tone: Tone, (columns, align): (usize, Align), colour: Colour) {
        let taken = width(text);
        let spare = columns.saturating_sub(taken);
        let before = match align {
            Align::Left => 0,
            Align::Right => spare,
            Align::Centre => spare.div_ceil(2),
        };
        self.space(before);
        if !text.is_empty() {
            push_styled(&mut self.text, text, tone, colour);
        }
        self.used += taken;
        self.space(spare - before);
    }

    /// Adds a styled text that ends the line.
    pub(super) fn end(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes the line without spaces at its end, and begins the next.
    pub(super) fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        let written = out.write_all(self.text.as_bytes());
        self.text.clear();
        self.used = 0;
        written
    }
}
