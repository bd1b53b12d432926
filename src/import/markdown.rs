//! Markdown: each pipe table is a grid; headings and the lines of text around are kept beside it.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::ImportFault;
use super::grid::{CellBudget, Cursor, Grid, GridCell, GridRow};
use crate::text::without_apart;

/// Largest page, in bytes: its reader holds up to 60 bytes for each.
const MAX_PAGE: usize = 4 * 1024 * 1024;

/// Whether a text has a pipe table: a line of dashes, colons and pipes below a line with pipes.
pub(super) fn has_table(text: &str) -> bool {
    let is_rule = |line: &str| {
        let line = line.trim();
        line.contains('|')
            && line.contains("--")
            && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
    };
    text.lines().zip(text.lines().skip(1)).any(|(head, rule)| head.contains('|') && is_rule(rule))
}

/// Reads the tables of a page.
///
/// # Errors
/// A fault if the page is too large.
pub(super) fn grids(text: &str) -> Result<Vec<Grid>, ImportFault> {
    if text.len() > MAX_PAGE {
        let message = format!("a page of Markdown may have {} MiB", MAX_PAGE / 1024 / 1024);
        return Err(ImportFault::whole(message, "export the table as CSV"));
    }
    let mut page = Page {
        cursor: Cursor::new(text),
        grids: Vec::new(),
        beside: Vec::new(),
        title: None,
        table: None,
        line: None,
    };
    let mut budget = CellBudget::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if matches!(event, Event::Start(Tag::TableCell)) {
            budget.take(range.len())?;
        }
        page.take(&event, range.start);
    }
    let (title, beside) = (page.title, page.beside);
    let finish = |grid: Grid| Grid { title: title.clone(), beside: beside.clone(), ..grid };
    Ok(page.grids.into_iter().map(finish).collect())
}

struct Page<'t> {
    cursor: Cursor<'t>,
    grids: Vec<Grid>,
    beside: Vec<GridCell>,
    title: Option<String>,
    /// The table that is being read, and the column of its next cell.
    table: Option<(Grid, usize)>,
    /// The cell or line of text that is being read.
    line: Option<GridCell>,
}

impl Page<'_> {
    fn take(&mut self, event: &Event<'_>, offset: usize) {
        match event {
            Event::Start(Tag::Table(_)) => self.table = Some((Grid::default(), 0)),
            Event::End(TagEnd::Table) => self.grids.extend(self.table.take().map(|(grid, _)| grid)),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                let (number, _) = self.cursor.position(offset);
                if let Some((grid, column)) = &mut self.table {
                    *column = 0;
                    grid.rows.push(GridRow { number, ..GridRow::default() });
                }
            }
            Event::Start(Tag::TableCell | Tag::Paragraph | Tag::Item | Tag::Heading { .. }) => {
                self.begin(offset)
            }
            Event::End(TagEnd::TableCell) => {
                let cell = self.line.take();
                if let Some((grid, column)) = &mut self.table {
                    let cell = cell.filter(|cell| !cell.text.is_empty());
                    let cell = cell.map(|cell| GridCell {
                        column: *column,
                        text: without_apart(&cell.text),
                        ..cell
                    });
                    *column += 1;
                    if let Some(row) = grid.rows.last_mut() {
                        row.cells.extend(cell);
                    }
                }
            }
            Event::End(TagEnd::Heading(level)) => {
                let heading = self.line.take().map(|line| without_apart(line.text.trim()));
                if *level == HeadingLevel::H1 && self.title.is_none() {
                    self.title = heading.filter(|text| !text.is_empty());
                }
            }
            Event::Start(Tag::List(_)) | Event::End(TagEnd::Paragraph | TagEnd::Item) => self.end_line(),
            Event::Text(text) | Event::Code(text) => self.push(text, offset),
            Event::SoftBreak | Event::HardBreak => {
                if self.table.is_some() {
                    self.push(" ", offset);
                } else {
                    self.end_line();
                    self.begin(offset);
                }
            }
            Event::InlineHtml(html) if html.to_lowercase().starts_with("<br") => self.push("\n", offset),
            _ => {}
        }
    }

    fn begin(&mut self, offset: usize) {
        self.end_line();
        let (line, at) = self.cursor.position(offset);
        self.line = Some(GridCell { line, at, ..GridCell::default() });
    }

    fn push(&mut self, text: &str, offset: usize) {
        if let Some(line) = &mut self.line {
            // The place is that of the text, past spaces and emphasis.
            if line.text.is_empty() {
                (line.line, line.at) = self.cursor.position(offset);
            }
            line.text.push_str(text);
        }
    }

    fn end_line(&mut self) {
        let line = self.line.take().filter(|line| self.table.is_none() && !line.text.trim().is_empty());
        self.beside.extend(line.map(|line| GridCell { text: without_apart(&line.text), ..line }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_with_the_text_around_them() {
        let page = "# Who?\n\nLegend: S = supports\n\n| a | *b* `x` |\n|---|---|\n| c<br>d | e \\| f |\n|| g |\n\n* H1: one\n  * more\n";
        assert!(has_table(page) && !has_table("a | b\nc | d\n"));
        let grids = grids(page).expect("tables");
        let [grid] = grids.as_slice() else { panic!("{grids:?}") };
        assert_eq!(grid.title.as_deref(), Some("Who?"));
        let rows: Vec<Vec<(usize, &str, usize, usize)>> = grid
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|c| (c.column, c.text.as_str(), c.line, c.at)).collect())
            .collect();
        assert_eq!(rows[0], [(0, "a", 5, 3), (1, "b x", 5, 8)]);
        assert_eq!(rows[1], [(0, "c\nd", 7, 3), (1, "e | f", 7, 12)]);
        assert_eq!(rows[2], [(1, "g", 8, 4)]);
        let beside: Vec<&str> = grid.beside.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(beside, ["Legend: S = supports", "H1: one", "more"]);
    }
}
