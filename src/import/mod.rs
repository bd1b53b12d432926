//! Matrices from other programs: spreadsheets, wiki pages and JSON files become scenarios.
//!
//! Reads bytes into grids (`grid`), finds the table of ratings in them (`table`), and makes a scenario of it
//! (`assemble`). Says what it assumed and what it left out, and refuses instead of guessing: every fault is an
//! [`ImportFault`] with its place, and all of them are found at once. Must never know the disk, scores or changes.

#[cfg(feature = "xlsx")]
mod archive;
mod assemble;
mod column;
mod csv;
mod decode;
mod fields;
mod grid;
mod heads;
mod into;
mod json;
mod legend;
mod markdown;
mod name;
pub mod notation;
#[cfg(feature = "xlsx")]
mod ods;
mod program;
mod shape;
mod table;
mod totals;
mod value;
#[cfg(feature = "xlsx")]
mod xlsx;

use serde::Serialize;

use crate::scenario::{Evidence, EvidenceField, Fielded, Scenario, keyword};
pub use into::{Rejoined, rejoin};
use notation::OwnMarks;
pub use totals::sentence as totals_sentence;

/// Largest file, in bytes; of a workbook, its parts when unpacked.
pub const MAX_IMPORT: usize = 64 * 1024 * 1024;

/// The most fields of a line, those of its texts that look like fields among them.
const MAX_FIELDS: usize = 1_000_000;

/// How a file is to be read, where it does not say so itself.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The number of the table among those that could be meant, from 1.
    pub table: Option<usize>,
    /// The things that the rows are.
    pub rows: Option<RowKind>,
    /// The purposes of columns, by head.
    pub columns: Vec<(String, Purpose)>,
    /// Spellings of ratings.
    pub marks: OwnMarks,
    /// The character between fields.
    pub delimiter: Option<char>,
    /// The title of the scenario.
    pub title: Option<String>,
    /// The content of a second file that names what the first only refers to.
    pub with: Option<Vec<u8>>,
}

keyword! {
    /// The things that the rows of a table are.
    pub enum RowKind {
        /// Items, the hypotheses being columns.
        Evidence = "evidence",
        /// Hypotheses, the items being columns.
        Hypotheses = "hypotheses",
    }
}

/// The purpose of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The id of the item.
    Id,
    /// A field of the item.
    Field(EvidenceField),
    /// The ratings of a hypothesis.
    Hypothesis,
    /// None.
    Ignored,
}

impl Purpose {
    /// The words of the command line for the purposes of columns.
    pub fn words() -> Vec<&'static str> {
        ["id", "hypothesis", "ignore"]
            .into_iter()
            .chain(Evidence::FIELDS.iter().map(|f| Evidence::key(*f)))
            .collect()
    }

    /// The purpose that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "id" => Some(Self::Id),
            "hypothesis" => Some(Self::Hypothesis),
            "ignore" => Some(Self::Ignored),
            _ => Evidence::parse_field(word).map(Self::Field),
        }
    }
}

/// A place in the file. What does not apply is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportPlace {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row of the sheet or the line of the text, from 1.
    pub row: Option<usize>,
    /// The column of the sheet, or the character of the line, from 1.
    pub column: Option<usize>,
    /// The name of the cell, such as `C7`.
    pub cell: Option<String>,
    /// The path in a JSON file, such as `$.evidence[3].ratings.h2`.
    pub path: Option<String>,
}

impl ImportPlace {
    /// A cell of a sheet; row and column from 1.
    fn cell(sheet: Option<String>, row: usize, column: usize) -> Self {
        Self { sheet, row: Some(row), column: Some(column), cell: Some(cell_name(row, column)), path: None }
    }

    /// A character of a text; line and column from 1.
    fn text(line: usize, column: usize) -> Self {
        Self { row: Some(line), column: Some(column), ..Self::default() }
    }

    /// The place as words in a sentence.
    fn in_words(&self) -> String {
        match (&self.sheet, &self.cell, self.row) {
            (Some(sheet), Some(cell), _) => format!("sheet \"{sheet}\" at {cell}"),
            (_, _, Some(line)) => format!("line {line}"),
            _ => self.path.clone().unwrap_or_else(|| "the file".to_owned()),
        }
    }

    /// Puts the place behind the name of the file, as messages do.
    pub fn in_file(&self, file: &str) -> String {
        match (&self.path, &self.sheet, &self.cell, self.row, self.column) {
            (Some(path), ..) => format!("{file}: {path}"),
            (None, Some(sheet), Some(cell), ..) => format!("{file}: sheet \"{sheet}\", {cell}"),
            (None, Some(sheet), None, ..) => format!("{file}: sheet \"{sheet}\""),
            (None, None, _, Some(line), Some(column)) => format!("{file}:{line}:{column}"),
            (None, None, _, Some(line), None) => format!("{file}:{line}"),
            _ => file.to_owned(),
        }
    }
}

/// The name of a cell in spreadsheets; row and column from 1.
fn cell_name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().chain(row.to_string().chars().collect::<Vec<_>>().iter()).collect()
}

/// Why a file, or a part of it, cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// Where.
    pub place: Box<ImportPlace>,
    /// The fault in one line without a full stop.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
}

impl ImportFault {
    /// A fault at a place.
    fn new(place: ImportPlace, message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = Some(help.into()).filter(|help: &String| !help.is_empty());
        Self { place: Box::new(place), message: message.into(), help }
    }

    /// A fault of the file as a whole.
    fn whole(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(ImportPlace::default(), message, help)
    }
}

/// Something that was read otherwise than it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assumption {
    /// The thing that was read.
    pub what: String,
    /// Where.
    pub place: ImportPlace,
    /// Its reading.
    #[serde(rename = "as")]
    pub reading: String,
}

/// Something that is in the file and not in the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The thing that was left out.
    pub what: String,
    /// Where.
    pub place: ImportPlace,
    /// Its text.
    pub text: String,
}

/// A score that the file states for a hypothesis, beside ours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedTotal {
    /// The id of the hypothesis.
    pub hypothesis: String,
    /// The name of the row or column of scores.
    pub row: String,
    /// The score as stated.
    pub stated: f64,
    /// The score by that count, or by weighted inconsistency if no count agrees for most hypotheses.
    pub ours: f64,
    /// The count under which the stated scores agree with ours.
    pub count: Option<&'static str>,
}

/// The part of the file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartRead {
    /// The kind of file, such as `csv`.
    pub kind: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The number of the table among those that could be meant, from 1.
    pub table: Option<usize>,
    /// First and last row, or line, of the items.
    pub rows: Option<(usize, usize)>,
    /// Whether the hypotheses were rows.
    pub turned: bool,
    /// The notation of the ratings.
    pub notation: Option<String>,
}

/// A scenario from a file, and all that must be said of its making.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The scenario.
    pub scenario: Scenario,
    /// The entries of the table `meta`, which are kept and never read.
    pub meta: serde_json::Map<String, serde_json::Value>,
    /// The part of the file that it came from.
    pub read: PartRead,
    /// The fields of items that the file can carry: what is absent there is absent, and not just left out.
    pub fields: Vec<EvidenceField>,
    /// The other parts of a scenario that the file carries.
    pub has: Carried,
    /// Things read otherwise than they are written.
    pub assumed: Vec<Assumption>,
    /// Things that did not come along.
    pub left_out: Vec<LeftOut>,
    /// Scores that the file states.
    pub totals: Vec<StatedTotal>,
}

/// The parts of a scenario that a file carries, besides the fields of items and the ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Ids of items are written, not made.
    pub item_ids: bool,
    /// Ids of hypotheses are.
    pub hypothesis_ids: bool,
    /// Names of hypotheses stand beside their ids.
    pub hypothesis_names: bool,
    /// Notes of cells.
    pub notes: Extent,
    /// Confidences of cells.
    pub confidences: bool,
    /// Sources, indicators, the other fields of hypotheses and those of the scenario itself.
    pub lists: Extent,
}

impl Carried {
    /// Everything.
    const ALL: Self = Self {
        item_ids: true,
        hypothesis_ids: true,
        hypothesis_names: true,
        notes: Extent::All,
        confidences: true,
        lists: Extent::All,
    };
}

/// How much of a sort of things a file carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// None: those of the scenario stay.
    #[default]
    None,
    /// Those that are there: an absent one says nothing.
    Some,
    /// All: an absent one is absent.
    All,
}

impl Imported {
    fn assume(&mut self, what: impl Into<String>, place: ImportPlace, reading: impl Into<String>) {
        self.assumed.push(Assumption { what: what.into(), place, reading: reading.into() });
    }

    fn leave_out(&mut self, what: impl Into<String>, place: ImportPlace, text: impl Into<String>) {
        self.left_out.push(LeftOut { what: what.into(), place, text: text.into() });
    }
}

/// Reads a file. `name` is its name: the ending decides where the content does not.
///
/// # Errors
/// All faults of the file, in its order; at least one.
pub fn import(bytes: &[u8], name: &str, options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if bytes.starts_with(b"PK") {
        return from_workbook(bytes, options);
    }
    let text = decode::text(bytes).map_err(|fault| vec![fault])?;
    let first = text.trim_start().chars().next();
    let is_delimited = matches!(ending.as_str(), "csv" | "tsv");
    if matches!(first, Some('{' | '[')) && !is_delimited && ending != "md" {
        return json::import(&text, options);
    }
    if options.delimiter.is_none() && !is_delimited && (ending == "md" || markdown::has_table(&text)) {
        let grids = markdown::grids(&text).map_err(|fault| vec![fault])?;
        return program::read(grids, "markdown", options);
    }
    if ending == "toml" {
        let help = "ach diff and ach merge work on scenarios; ach export writes them in other formats";
        return Err(vec![ImportFault::whole("this is a TOML file, not a table", help)]);
    }
    let is_delimiter = |byte: &u8| matches!(byte, b',' | b';' | b'\t' | b'|');
    if text.lines().any(|line| line.bytes().filter(is_delimiter).count() > MAX_FIELDS) {
        return Err(vec![ImportFault::whole(format!("a line has more than {MAX_FIELDS} fields"), "")]);
    }
    let delimiter = options.delimiter.or_else(|| (ending == "tsv").then_some('\t'));
    let (grid, delimiter) = csv::grid(&text, delimiter).map_err(|fault| vec![fault])?;
    program::read(vec![grid], if delimiter == '\t' { "tsv" } else { "csv" }, options)
}

#[cfg(feature = "xlsx")]
fn from_workbook(bytes: &[u8], options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let one = |fault| vec![fault];
    let mut archive = archive::open(bytes).map_err(one)?;
    let is_ods = archive.index_for_name(ods::CONTENT).is_some();
    let (grids, filled, kind) = if is_ods {
        let (grids, filled) = ods::grids(&mut archive, &options.marks).map_err(one)?;
        (grids, filled, "ods")
    } else {
        (xlsx::grids(bytes, &options.marks).map_err(one)?, 0, "xlsx")
    };
    program::read(grids, kind, options).map_err(|faults| {
        let has_none = faults.iter().any(|fault| fault.message.starts_with(table::NO_TABLE));
        match if has_none && !is_ods { xlsx::filled(bytes) } else { filled } {
            filled @ 4.. if has_none => {
                let message = format!("{}, but {filled} cells that have a fill and no text", table::NO_TABLE);
                vec![ImportFault::whole(message, "say what the colours mean, such as --rating '#FF0000=II'")]
            }
            _ => faults,
        }
    })
}

#[cfg(not(feature = "xlsx"))]
fn from_workbook(_: &[u8], _: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let help = "export the sheet as CSV, or install ach with its feature xlsx";
    Err(vec![ImportFault::whole("this ach was built without workbooks", help)])
}

/// Reads the one matrix of several tables.
fn matrix(grids: Vec<grid::Grid>, options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let found = table::find(grids, options)?;
    let mut imported = assemble::scenario(&found, options)?;
    totals::compare(&found, &mut imported);
    Ok(imported)
}
