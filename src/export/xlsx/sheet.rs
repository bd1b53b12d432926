//! A sheet: cells with texts that are never formulas, widths, and what it looks like on paper.

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::{ColNum, DataValidation, Format, Formula, RowNum, Worksheet, XlsxError};

use super::style::Styles;
use crate::export::column::field_text;
use crate::scenario::Fielded;
use crate::text::{is_like_formula, sanitize, sanitize_lines, width, wrap_plain};

/// The size of A4 paper in the format.
const A4: u8 = 9;
/// The height of a line, in points.
const LINE_HEIGHT: u32 = 15;
/// Lines after which a row grows no higher.
const MOST_LINES: usize = 12;

/// A sheet with the formats of its workbook.
pub(super) struct Sheet<'s> {
    pub(super) inner: Worksheet,
    pub(super) styles: &'s Styles,
    /// Widths of the columns, in characters.
    widths: HashMap<ColNum, u16>,
    /// Lines that the texts of a row take, where it is more than one.
    lines: BTreeMap<RowNum, usize>,
}

impl<'s> Sheet<'s> {
    /// An empty sheet. The marking stands on every page of paper.
    pub(super) fn new(name: &str, styles: &'s Styles, marking: Option<&str>) -> Result<Self, XlsxError> {
        let mut inner = Worksheet::new();
        inner.set_name(name)?.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        // The code for one & is two of them.
        let marking: String =
            sanitize(marking.unwrap_or_default()).replace('&', "&&").chars().take(100).collect();
        if !marking.is_empty() {
            inner.set_header(format!("&C{marking}"));
        }
        inner.set_footer(format!("&L{name}&C{marking}&R&P / &N"));
        Ok(Self { inner, styles, widths: HashMap::new(), lines: BTreeMap::new() })
    }

    /// Makes the rows as high as their texts, and returns the sheet. Spreadsheets do so for themselves only when a text is
    /// edited.
    pub(super) fn finish(mut self) -> Result<Worksheet, XlsxError> {
        for (row, lines) in self.lines {
            let lines = u32::try_from(lines.min(MOST_LINES)).unwrap_or(1);
            self.inner.set_row_height(row, f64::from(lines * LINE_HEIGHT))?;
        }
        Ok(self.inner)
    }

    /// Sets the width of a column, in characters, before it is filled.
    pub(super) fn set_width(&mut self, column: ColNum, characters: u16) -> Result<(), XlsxError> {
        self.widths.insert(column, characters);
        self.inner.set_column_width(column, f64::from(characters)).map(drop)
    }

    /// Lets the texts of a column be cut off rather than make their rows higher.
    pub(super) fn cut_off(&mut self, column: ColNum) {
        self.widths.remove(&column);
    }

    /// Counts the lines of a text in a cell so many characters wide.
    fn measure(&mut self, row: RowNum, text: &str, characters: u16) {
        let room = usize::from(characters.saturating_sub(1));
        let lines: usize = text.lines().map(|line| wrap_plain(line, room).len().max(1)).sum();
        if lines > 1 {
            let most = self.lines.entry(row).or_default();
            *most = lines.max(*most);
        }
    }

    /// Writes a sentence across several columns of known widths, from the first.
    pub(super) fn sentence(
        &mut self,
        row: RowNum,
        last: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let safe = sanitize_lines(text);
        let characters = (0..=last).filter_map(|column| self.widths.get(&column)).sum();
        self.measure(row, &safe, characters);
        self.inner.merge_range(row, 0, row, last, &safe, format).map(drop)
    }

    /// Writes a text. One that begins like a formula is marked as a text, so that editing it does not make it one.
    pub(super) fn text(
        &mut self,
        at: (RowNum, ColNum),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let safe = sanitize_lines(text);
        if let Some(characters) = self.widths.get(&at.1) {
            self.measure(at.0, &safe, *characters);
        }
        if is_like_formula(&safe) {
            self.inner.write_string_with_format(at.0, at.1, safe, &format.clone().set_quote_prefix())?;
        } else if safe.is_empty() {
            self.inner.write_blank(at.0, at.1, format)?;
        } else {
            self.inner.write_string_with_format(at.0, at.1, safe, format)?;
        }
        Ok(())
    }

    /// Writes a number.
    pub(super) fn number(
        &mut self,
        at: (RowNum, ColNum),
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.inner.write_number_with_format(at.0, at.1, number + 0.0, format).map(drop)
    }

    /// Writes a formula with its value.
    pub(super) fn formula(
        &mut self,
        at: (RowNum, ColNum),
        formula: &str,
        value: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result((value + 0.0).to_string());
        self.inner.write_formula_with_format(at.0, at.1, formula, format).map(drop)
    }

    /// Writes a head in the first row, and keeps that row in view and on every page.
    pub(super) fn heads<T: AsRef<str>>(&mut self, heads: &[T]) -> Result<(), XlsxError> {
        let styles = self.styles;
        for (column, head) in (0..).zip(heads) {
            self.text((0, column), head.as_ref(), &styles.head)?;
        }
        self.inner.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0).map(drop)
    }

    /// Offers a list of words in a column, from the second row on.
    pub(super) fn offer(
        &mut self,
        columns: (ColNum, ColNum),
        rows: usize,
        words: &[&str],
        message: &str,
    ) -> Result<(), XlsxError> {
        let Some(last) = last_row(rows) else { return Ok(()) };
        let list = DataValidation::new().allow_list_strings(words)?.set_error_message(message)?;
        self.inner.add_data_validation(1, columns.0, last, columns.1, &list).map(drop)
    }

    /// Fits a column to the texts of a field and to its key, and offers the words that the field accepts.
    pub(super) fn fit_field<T: Fielded>(
        &mut self,
        column: ColNum,
        items: &[T],
        field: T::Field,
        limits: (usize, usize),
    ) -> Result<(), XlsxError> {
        let texts: Vec<String> = items.iter().filter_map(|item| field_text(item, field)).collect();
        self.fit(column, texts.iter().map(String::as_str).chain([T::key(field)]), limits)?;
        let Some(words) = T::shape(field).words() else { return Ok(()) };
        let message = format!("{}: {}", T::key(field), words.join(", "));
        self.offer((column, column), items.len(), words, &message)
    }

    /// Makes a column as wide as its texts need, within limits, in characters, before it is filled.
    pub(super) fn fit<'t>(
        &mut self,
        column: ColNum,
        texts: impl Iterator<Item = &'t str>,
        (least, most): (usize, usize),
    ) -> Result<(), XlsxError> {
        let widest = texts.flat_map(str::lines).map(|line| width(line) + 2).max().unwrap_or_default();
        let characters = u16::try_from(widest.clamp(least, most)).unwrap_or(u16::MAX);
        self.set_width(column, characters)
    }
}

/// Returns the last of so many rows below the head; `None` if there are none.
pub(super) fn last_row(rows: usize) -> Option<RowNum> {
    RowNum::try_from(rows).ok().filter(|rows| *rows > 0)
}

/// Returns the number of a row or column, all of which were checked to fit.
pub(super) fn number<T: TryFrom<usize> + Default>(at: usize) -> T {
    T::try_from(at).unwrap_or_default()
}
