//! `ach import`: a matrix of another program becomes a scenario.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::cli::{preview, save};
use crate::document;
use crate::import::notation::{Mark, OwnMarks, plain};
use crate::import::{
    Assumption, ImportFault, ImportOptions, Imported, LeftOut, PartRead, Purpose, RowKind, StatedTotal,
    import,
};
use crate::report::{write_error, write_json};
use crate::scenario::Rating;
use crate::store::{self, Expected};
use crate::text::{nearest, single_line};

/// Read a matrix from a spreadsheet, a wiki page or another program
///
/// Finds the table of ratings in a CSV or TSV file, knows the usual ways of writing ratings, weights and names, and says
/// what it read, assumed and left out. It refuses where it would have to guess, and names the option that settles it.
/// Totals and verdicts of the table are compared with ours, never taken over.
///
/// -o writes a new scenario; an existing file is never overwritten.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach import matrix.csv -o case.toml
  ach import matrix.csv -o case.toml --rating yes=C --rating no=I
  ach import matrix.csv -o case.toml --map Reporter=source --map Score=ignore
  ach import matrix.csv -o case.toml --dry-run --format json    what would be read")]
pub(in crate::cli) struct ImportArgs {
    /// The file to read, or - for standard input
    #[arg(value_name = "IN")]
    input: OsString,
    /// The scenario to write
    #[arg(short, long, value_name = "FILE")]
    output: OsString,
    /// The table to read, where there are several
    #[arg(long, value_name = "N")]
    table: Option<usize>,
    /// The things that the rows are, where the table does not say
    #[arg(long, value_name = "WHAT", value_parser = crate::cli::options::word::<RowKind>())]
    rows: Option<RowKind>,
    /// The field for a column, such as Reporter=source, or id, hypothesis or ignore; may be repeated
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = parse_column)]
    map: Vec<(String, Purpose)>,
    /// The rating for a word of the table, such as yes=C or maybe=blank; may be repeated
    #[arg(long, value_name = "WORD=RATING", value_parser = parse_mark, allow_hyphen_values = true)]
    rating: Vec<(String, Mark)>,
    /// The character between the fields of a line: a comma, a semicolon, a bar, or tab
    #[arg(long, value_name = "CHAR", value_parser = parse_delimiter)]
    delimiter: Option<char>,
    /// Title of the analysis
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// Write nothing and exit with 1 if anything was assumed or left out
    #[arg(long)]
    strict: bool,
    /// Show what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Format of what is said about the import; json goes to standard output
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
    let help = || format!("\"{rating}\" is no rating: expected one of {} or blank", Rating::WORDS.join(", "));
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
        sheet: None,
        table: args.table,
        rows: args.rows,
        columns: args.map.clone(),
        marks: args.rating.iter().cloned().collect::<OwnMarks>(),
        delimiter: args.delimiter,
        title: args.title.clone(),
        with: None,
    };
    let mut imported =
        import(&input.bytes, &name, &options).map_err(|faults| refuse(&name, &faults, output))?;
    if imported.scenario.title.is_empty() {
        let named = if args.output == "-" { &args.input } else { &args.output };
        imported.scenario.title = super::new::title_of(Path::new(named).with_extension("").as_os_str());
    }
    tell(&name, args.format == "json", &imported, output)?;
    let is_clean = imported.assumed.is_empty() && imported.left_out.is_empty();
    if args.strict && !is_clean {
        output.aside(|out, _| {
            writeln!(out, "nothing was written: something was assumed or left out, and --strict is given")
        });
        return Ok(Outcome::No);
    }
    create(args, &imported, output)
}

/// Writes a new scenario, or shows it.
fn create(args: &ImportArgs, imported: &Imported, output: &Output) -> Result<Outcome, Failure> {
    let is_json = args.format == "json";
    if args.dry_run {
        return if is_json {
            Ok(Outcome::Done)
        } else {
            preview::file(&args.output, None, &imported.scenario, output)
        };
    }
    let text = document::composed(&imported.scenario);
    if args.output == "-" {
        output.result(|out| out.write_all(text.as_bytes()))?;
        return Ok(Outcome::Done);
    }
    save::save(&args.output, &text, Expected::Absent, output)?;
    // With JSON on standard output nothing else may stand there.
    if !is_json {
        let file = single_line(&args.output.to_string_lossy()).into_owned();
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

/// Says what was read, assumed and left out.
fn tell(file: &str, is_json: bool, imported: &Imported, output: &Output) -> Result<(), Failure> {
    let scenario = &imported.scenario;
    let ratings = scenario
        .evidence
        .iter()
        .flat_map(|item| item.ratings.iter())
        .filter(|(_, cell)| cell.rating.is_some())
        .count();
    if is_json {
        let summary = ImportSummary {
            format: 1,
            read: Read { path: file, part: &imported.read },
            items: scenario.evidence.len(),
            hypotheses: scenario.hypotheses.len(),
            ratings,
            assumed: &imported.assumed,
            left_out: &imported.left_out,
            totals: &imported.totals,
        };
        return output.result(|out| write_json(&summary, out));
    }
    let mut lines = vec![format!("read {}", part(file, &imported.read))];
    lines.push(format!(
        "{}, {}, {}",
        count(scenario.evidence.len(), "item", "items"),
        count(scenario.hypotheses.len(), "hypothesis", "hypotheses"),
        count(ratings, "rating", "ratings")
    ));
    for assumed in &imported.assumed {
        lines.push(format!(
            "assumed: {}: {}, read as {}",
            assumed.place.in_file(file),
            assumed.what,
            assumed.reading
        ));
    }
    for left_out in &imported.left_out {
        lines.push(format!(
            "left out: {}: {}: {}",
            left_out.place.in_file(file),
            left_out.what,
            left_out.text
        ));
    }
    if !output.is_quiet() {
        output.aside(|out, _| lines.iter().try_for_each(|line| writeln!(out, "{}", single_line(line))));
    }
    Ok(())
}

fn part(file: &str, read: &PartRead) -> String {
    let mut said = format!("{file} as {}", read.kind);
    if let Some(sheet) = &read.sheet {
        said.push_str(&format!(", sheet \"{sheet}\""));
    }
    if let Some(number) = read.table {
        said.push_str(&format!(", table {number}"));
    }
    if let Some((first, last)) = read.rows {
        said.push_str(&format!(", rows {first} to {last}"));
    }
    if read.turned {
        said.push_str(", hypotheses as rows");
    }
    if let Some(notation) = &read.notation {
        said.push_str(&format!(", ratings as {notation}"));
    }
    said
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
