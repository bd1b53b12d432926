//! `ach import`: a matrix of another program becomes a scenario.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::change::{self, Change};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::cli::{edit, preview, save};
use crate::document;
use crate::import::notation::{Mark, OwnMarks, plain};
use crate::import::{
    Assumption, ImportFault, ImportOptions, Imported, LeftOut, PartRead, Purpose, Rejoined, RowKind,
    StatedTotal, import, rejoin, totals_sentence,
};
use crate::present::ListedChanges;
use crate::report::{write_error, write_json};
use crate::scenario::Rating;
use crate::store::{self, Expected};
use crate::text::{nearest, single_line};

/// Read a matrix from a spreadsheet, a wiki page or another program
///
/// Finds the table of ratings in a workbook, a CSV or TSV file or a Markdown page, or reads the file of a known
/// program. It says what it read, assumed and left out, refuses where it would have to guess, and names the option
/// that settles it.
///
/// -o writes a new scenario and never overwrites a file. --into brings back a matrix that was exported from FILE and
/// edited since: items and hypotheses are matched by id, or by text and name; what differs is changed, and every
/// other byte of FILE stays. What the matrix no longer has is named, and removed only with --remove.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach import matrix.csv -o case.toml
  ach import matrix.csv -o case.toml --rating yes=C --rating no=I
  ach import matrix.csv -o case.toml --map Reporter=source --map Score=ignore
  ach import book.xlsx --sheet Matrix -o case.toml
  ach import matrix.csv -o case.toml --dry-run --format json    what would be read
  ach import edited.xlsx --into case.toml --dry-run              what a colleague changed")]
pub(in crate::cli) struct ImportArgs {
    /// The file to read, or - for standard input
    #[arg(value_name = "IN")]
    input: OsString,
    /// The scenario to write
    #[arg(short, long, value_name = "FILE", required_unless_present = "into")]
    output: Option<OsString>,
    /// The scenario to bring the matrix back into
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "title"])]
    into: Option<OsString>,
    /// With --into: remove the items and hypotheses that the matrix no longer has
    #[arg(long, requires = "into")]
    remove: bool,
    /// The sheet of a workbook to read
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    sheet: Option<String>,
    /// The table to read, where there are several
    #[arg(long, value_name = "N")]
    table: Option<usize>,
    /// The kind of the rows, if the table does not say
    #[arg(long, value_name = "WHAT", value_parser = crate::cli::options::word::<RowKind>())]
    rows: Option<RowKind>,
    /// The field for a column, such as Reporter=source, or id, hypothesis or ignore; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = parse_column)]
    map: Vec<(String, Purpose)>,
    /// The rating for a word of the table, such as yes=C or maybe=blank; may be repeated
    #[arg(long, value_name = "WORD=RATING", value_parser = parse_mark, allow_hyphen_values = true)]
    rating: Vec<(String, Mark)>,
    /// A second file that names what the first only refers to, such as the hypotheses of an evidence tree
    #[arg(long, value_name = "FILE")]
    with: Option<OsString>,
    /// The character between the fields of a line: a comma, a semicolon, a bar, or tab
    #[arg(long, value_name = "CHAR", value_parser = parse_delimiter)]
    delimiter: Option<char>,
    /// Title of the analysis
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// Write nothing and exit with 1 if anything was assumed or left out
    #[arg(long)]
    strict: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Format of the summary; json goes to standard output
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

fn parse_column(text: &str) -> Result<(String, Purpose), String> {
    let (column, field) = text.rsplit_once('=').ok_or("expected COLUMN=FIELD, such as Reporter=source")?;
    let words = Purpose::words();
    let help = || match nearest(field, words.iter().copied()) {
        Some(near) => format!("there is no field \"{field}\"; did you mean \"{near}\"?"),
        None => format!("there is no field \"{field}\"; the fields are {}", words.join(", ")),
    };
    Ok((column.to_owned(), Purpose::parse(field).ok_or_else(help)?))
}

fn parse_mark(text: &str) -> Result<(String, Mark), String> {
    let (word, rating) = text.rsplit_once('=').ok_or("expected WORD=RATING, such as yes=C")?;
    let help =
        || format!("\"{rating}\" is not a rating: expected one of {} or blank", Rating::WORDS.join(", "));
    Ok((plain(word), Mark::parse(rating).ok_or_else(help)?))
}

fn parse_delimiter(text: &str) -> Result<char, String> {
    match text {
        "tab" | "\\t" | "\t" => Ok('\t'),
        _ => text
            .parse()
            .ok()
            .filter(char::is_ascii)
            .ok_or_else(|| "expected one character, or tab".to_owned()),
    }
}

/// The result of an import, for programs.
#[derive(Serialize)]
struct ImportSummary<'i> {
    format: u8,
    read: Read<'i>,
    items: usize,
    hypotheses: usize,
    ratings: usize,
    assumed: &'i [Assumption],
    left_out: &'i [LeftOut],
    totals: &'i [StatedTotal],
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<ListedChanges<'i>>,
}

#[derive(Serialize)]
struct Read<'i> {
    path: &'i str,
    #[serde(flatten)]
    part: &'i PartRead,
}

pub(super) fn run(args: &ImportArgs, output: &Output) -> Result<Outcome, Failure> {
    let input = store::open(&args.input)?;
    let name = args.input.to_string_lossy();
    let options = ImportOptions {
        sheet: args.sheet.clone(),
        table: args.table,
        rows: args.rows,
        columns: args.map.clone(),
        marks: args.rating.iter().cloned().collect::<OwnMarks>(),
        delimiter: args.delimiter,
        title: args.title.clone(),
        with: args.with.as_ref().map(store::open).transpose()?.map(|input| input.bytes),
    };
    let mut imported =
        import(&input.bytes, &name, &options).map_err(|faults| refuse(&name, &faults, output))?;
    match (&args.into, &args.output) {
        (Some(file), _) => bring_back(args, &name, file, imported, output),
        (None, file) => {
            let file = file.as_deref().unwrap_or_else(|| OsStr::new("-"));
            if imported.scenario.title.is_empty() {
                let named = if file == "-" { &args.input } else { file };
                imported.scenario.title =
                    super::new::title_of(Path::new(named).with_extension("").as_os_str());
            }
            if tell(args, &name, &imported, None, output)? {
                return Ok(Outcome::No);
            }
            create(args, file, &imported, output)
        }
    }
}

/// Brings a matrix back into the scenario that it came from.
fn bring_back(
    args: &ImportArgs,
    name: &str,
    file: &OsStr,
    mut imported: Imported,
    output: &Output,
) -> Result<Outcome, Failure> {
    let editing = edit::open(file)?;
    let Rejoined { wanted, missing, assumed } = rejoin(editing.scenario(), &imported, args.remove);
    imported.assumed.extend(assumed);
    let changes = change::diff(editing.scenario(), &wanted);
    if tell(args, name, &imported, Some(&changes), output)? {
        return Ok(Outcome::No);
    }
    if !args.remove && !missing.is_empty() {
        let ids: Vec<String> = missing.iter().map(|(kind, id)| format!("{kind} {id}")).collect();
        output.say(&format!("not in {name}, and kept (--remove takes them out): {}", ids.join(", ")));
    }
    if args.format == "json" {
        return editing.finish_silently(&changes, args.dry_run, output);
    }
    editing.finish(&changes, args.dry_run, output)
}

/// Writes a new scenario, or shows it.
fn create(args: &ImportArgs, file: &OsStr, imported: &Imported, output: &Output) -> Result<Outcome, Failure> {
    let is_json = args.format == "json";
    if args.dry_run {
        return if is_json {
            Ok(Outcome::Done)
        } else {
            preview::file(file, None, &imported.scenario, output)
        };
    }
    let text = document::composed(&imported.scenario) + &document::composed_meta(&imported.meta);
    if file == "-" {
        output.result(|out| out.write_all(text.as_bytes()))?;
        return Ok(Outcome::Done);
    }
    save::save(file, &text, Expected::Absent, output)?;
    // With JSON on standard output nothing else may stand there.
    if !is_json {
        let file = single_line(&file.to_string_lossy()).into_owned();
        output.note(|out| writeln!(out, "wrote {file}"))?;
    }
    Ok(Outcome::Done)
}

/// The most faults that are shown.
const MOST_FAULTS: usize = 20;

/// Shows the faults of a file, the last of them as the failure.
fn refuse(file: &str, faults: &[ImportFault], output: &Output) -> Failure {
    let said = |fault: &ImportFault| format!("{}: {}", fault.place.in_file(file), fault.message);
    if let [fault] = faults {
        return Failure::refused(said(fault), fault.help.clone().unwrap_or_default());
    }
    for fault in faults.iter().take(MOST_FAULTS) {
        output.aside(|out, options| write_error(&said(fault), fault.help.as_deref(), options, out));
    }
    let more = faults.len().saturating_sub(MOST_FAULTS);
    let count = count(faults.len(), "fault", "faults");
    let message = if more > 0 {
        format!("{file}: {count}, {more} of them not shown")
    } else {
        format!("{file}: {count}")
    };
    Failure::refused(message, "nothing was written")
}

/// Says what was read, assumed and left out. Returns whether that is why nothing is to be written.
fn tell(
    args: &ImportArgs,
    file: &str,
    imported: &Imported,
    changes: Option<&[Change]>,
    output: &Output,
) -> Result<bool, Failure> {
    let scenario = &imported.scenario;
    let cells = scenario.evidence.iter().flat_map(|item| item.ratings.iter());
    let ratings = cells.filter(|(_, cell)| cell.rating.is_some()).count();
    let Imported { assumed, left_out, totals, .. } = imported;
    let is_refused = args.strict && !(assumed.is_empty() && left_out.is_empty());
    if args.format == "json" {
        let (items, hypotheses) = (scenario.evidence.len(), scenario.hypotheses.len());
        let read = Read { path: file, part: &imported.read };
        let changes = changes.map(ListedChanges);
        let summary =
            ImportSummary { format: 1, read, items, hypotheses, ratings, assumed, left_out, totals, changes };
        output.result(|out| write_json(&summary, out))?;
        return Ok(is_refused);
    }
    let mut lines = vec![format!("read {}", part(file, &imported.read))];
    lines.push(format!(
        "{}, {}, {}",
        count(scenario.evidence.len(), "item", "items"),
        count(scenario.hypotheses.len(), "hypothesis", "hypotheses"),
        count(ratings, "rating", "ratings")
    ));
    lines.extend(assumed.iter().map(|assumed| {
        format!("assumed: {}: {}, read as {}", assumed.place.in_file(file), assumed.what, assumed.reading)
    }));
    lines.extend(left_out.iter().map(|left_out| {
        format!("left out: {}: {}: {}", left_out.place.in_file(file), left_out.what, left_out.text)
    }));
    let rows = totals.chunk_by(|before, next| before.row == next.row);
    lines.extend(rows.map(|row| format!("totals: {}", totals_sentence(row))));
    if is_refused {
        lines
            .push("nothing was written: something was assumed or left out, and --strict is given".to_owned());
    }
    if is_refused || !output.is_quiet() {
        lines.iter().for_each(|line| output.say(line));
    }
    Ok(is_refused)
}

fn part(file: &str, read: &PartRead) -> String {
    let mut said = format!("{file} as {}", read.kind);
    said.extend(read.sheet.iter().map(|sheet| format!(", sheet \"{sheet}\"")));
    said.extend(read.table.map(|number| format!(", table {number}")));
    said.extend(read.rows.map(|(first, last)| format!(", rows {first} to {last}")));
    said.extend(read.turned.then_some(", hypotheses as rows"));
    said.extend(read.notation.iter().map(|notation| format!(", ratings as {notation}")));
    said
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
