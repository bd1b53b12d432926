//! Spreadsheets of LibreOffice's kind: each table is a grid, read cell by cell. Cells that are repeated take room only if
//! something is in them; formulas count by the value that is kept with them; notes, drawings and macros are passed over.

use std::collections::HashMap;
use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ImportFault;
use super::archive::{Archive, unreadable};
use super::grid::{CellBudget, Grid, GridCell, GridRow};
use super::notation::OwnMarks;

/// The part with all tables.
pub(super) const CONTENT: &str = "content.xml";

/// Most rows and columns of a sheet.
const MAX_SIZE: (usize, usize) = (1_048_576, 16_384);

/// Reads the tables of a spreadsheet. The fill of a cell without content counts as its text where `marks` name it.
/// Returns them with the number of cells that have a fill and no content.
pub(super) fn grids(archive: &mut Archive<'_>, marks: &OwnMarks) -> Result<(Vec<Grid>, usize), ImportFault> {
    let part = archive.by_name(CONTENT).map_err(|error| unreadable(&error))?;
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    let mut tables = OdsTables::new(marks);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| unreadable(&error))? {
            Event::Start(element) => tables.start(&element)?,
            Event::End(element) => tables.end(element.name().as_ref())?,
            Event::Text(text) => tables.push(&text.xml10_content()),
            Event::CData(text) => tables.push(&text),
            Event::GeneralRef(reference) => {
                let entity = quick_xml::escape::resolve_predefined_entity(&reference);
                match (reference.resolve_char_ref().map_err(|error| unreadable(&error))?, entity) {
                    (Some(c), _) => tables.push(c.encode_utf8(&mut [0; 4])),
                    (None, Some(entity)) => tables.push(entity),
                    (None, None) => {
                        return Err(unreadable(&format!("the entity {} is unknown", &*reference)));
                    }
                }
            }
            Event::Eof => return Ok((tables.grids, tables.filled)),
            _ => {}
        }
    }
}

struct OdsTables<'m> {
    marks: &'m OwnMarks,
    grids: Vec<Grid>,
    filled: usize,
    budget: CellBudget,
    /// The fills of styles, by their names, and the style that is being read.
    fills: HashMap<String, String>,
    style: String,
    /// The row that is being read, from 0, and how often it is repeated.
    row: usize,
    row_repeats: usize,
    /// The cells of that row, and the column after them.
    cells: Vec<(usize, String)>,
    column: usize,
    cell: Option<OdsCell>,
    /// How deep the reader is in something that is passed over.
    passed_over: usize,
}

/// The cell that is being read.
#[derive(Default)]
struct OdsCell {
    repeats: usize,
    /// A value that is no text.
    value: Option<String>,
    text: String,
    paragraphs: usize,
    formula: Option<String>,
    style: Option<String>,
}

impl<'m> OdsTables<'m> {
    fn new(marks: &'m OwnMarks) -> Self {
        Self {
            marks,
            grids: Vec::new(),
            filled: 0,
            budget: CellBudget::default(),
            fills: HashMap::new(),
            style: String::new(),
            row: 0,
            row_repeats: 1,
            cells: Vec::new(),
            column: 0,
            cell: None,
            passed_over: 0,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), ImportFault> {
        let name = element.name();
        let name: &str = name.as_ref();
        if self.passed_over > 0 || matches!(name, "office:annotation" | "table:shapes" | "draw:frame") {
            self.passed_over += 1;
            return Ok(());
        }
        let attribute = |name: &str| attribute(element, name);
        let count = |name: &str| Ok(attribute(name)?.and_then(|count| count.parse().ok()).unwrap_or(1));
        match name {
            "style:style" => self.style = attribute("style:name")?.unwrap_or_default(),
            "style:table-cell-properties" => {
                let fill = attribute("fo:background-color")?.filter(|fill| fill.starts_with('#'));
                if let Some(fill) = fill {
                    self.fills.insert(self.style.clone(), fill.to_lowercase());
                }
            }
            "table:table" => {
                self.grids.push(Grid {
                    sheet: Some(attribute("table:name")?.unwrap_or_default()),
                    ..Grid::default()
                });
                self.row = 0;
            }
            "table:table-row" => {
                self.row_repeats = count("table:number-rows-repeated")?;
                (self.column, self.cells) = (0, Vec::new());
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let value =
                    ["office:value", "office:date-value", "office:boolean-value", "office:string-value"];
                let value = value.into_iter().find_map(|name| attribute(name).transpose()).transpose()?;
                self.cell = Some(OdsCell {
                    repeats: count("table:number-columns-repeated")?,
                    value,
                    formula: attribute("table:formula")?,
                    style: attribute("table:style-name")?,
                    ..OdsCell::default()
                });
            }
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        cell.text.push('\n');
                    }
                }
            }
            "text:s" => {
                let spaces = count("text:c")?;
                self.budget.take(spaces)?;
                self.push(&" ".repeat(spaces));
            }
            "text:tab" => self.push("\t"),
            "text:line-break" => self.push("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ImportFault> {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return Ok(());
        }
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => self.end_row(),
            _ => Ok(()),
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| self.passed_over == 0 && cell.paragraphs > 0) {
            cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self) -> Result<(), ImportFault> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let fill = cell.style.and_then(|style| self.fills.get(&style));
        let mut text = cell.value.filter(|value| !value.is_empty()).unwrap_or(cell.text);
        if text.is_empty() {
            text = cell.formula.map(|formula| format!("={formula}")).unwrap_or_default();
        }
        if text.is_empty() {
            self.filled += usize::from(fill.is_some());
            text = fill.filter(|fill| self.marks.contains_key(*fill)).cloned().unwrap_or_default();
        }
        let first = self.column;
        self.column = self.column.saturating_add(cell.repeats).min(MAX_SIZE.1);
        if !text.is_empty() {
            for column in first..self.column {
                self.budget.take(text.len())?;
                self.cells.push((column, text.clone()));
            }
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ImportFault> {
        let first = self.row;
        self.row = self.row.saturating_add(self.row_repeats).min(MAX_SIZE.0);
        let (Some(grid), false) = (self.grids.last_mut(), self.cells.is_empty()) else { return Ok(()) };
        for row in first..self.row {
            let number = row + 1;
            let cell = |(column, text): &(usize, String)| GridCell {
                column: *column,
                text: text.clone(),
                line: number,
                at: column + 1,
            };
            if row > first {
                self.cells.iter().try_for_each(|(_, text)| self.budget.take(text.len()))?;
            }
            let is_after_gap = grid.rows.last().is_none_or(|last| row > last.number);
            grid.rows.push(GridRow { number, is_after_gap, cells: self.cells.iter().map(cell).collect() });
        }
        Ok(())
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, ImportFault> {
    let found = element.try_get_attribute(name).map_err(|error| unreadable(&error))?;
    let value = found.map(|attribute| attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0));
    Ok(value.transpose().map_err(|error| unreadable(&error))?.map(std::borrow::Cow::into_owned))
}
