//! `ach export`: a scenario in the format of another program.

mod long;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::usage;
use crate::cli::load;
use crate::cli::options::{ScoringArgs, SortArgs, word};
use crate::cli::{Failure, Outcome, Output};
use crate::document;
use crate::export::{
    self, EXPORT_FORMATS, ExportCase, ExportFormat, ExportOptions, Heads, HypothesesAs, LongFormat, LongRows,
};
use crate::present::{RankingReport, words};
use crate::scenario::{Day, Scenario};
use crate::store;
use crate::text::single_line;

/// Write a scenario for another program
///
/// The ending of the output file names the format: .csv, .tsv, .xlsx, .md, .json or .stix.json. What the format does
/// not hold is counted on standard error. JSON has the keys of the scenario file; CSV, TSV, XLSX and Markdown have a
/// row for each item and a column for each hypothesis. The weighted scores of a workbook follow its ratings. STIX 2.1
/// has a campaign that is attributed to each hypothesis, an opinion on that for each rating, and a note for each
/// item.
///
/// With --long, many scenarios become one table, as CSV or JSON Lines, for databases and data frames. A folder stands
/// for the scenarios in it that git does not ignore. A word and a colon before a path name the rater. A scenario that
/// cannot be scored is reported and left out, and the command exits with 2.
///
/// An existing file is replaced, unless it is a scenario. A scenario whose parts contradict each other is exported
/// without its scores.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach export case.toml -o case.xlsx
  ach export case.toml -o case.csv --notes --bom        for Excel, with the notes of the cells
  ach export case.toml -o case.md --sort diagnosticity
  ach export main:case.toml --format json               on standard output
  ach export --long cells cases -o cells.csv            all scenarios of a folder
  ach export --long hypotheses case.toml --history -o course.jsonl
  ach export --long cells ann:ann/case.toml bob:bob/case.toml --format csv")]
pub(in crate::cli) struct ExportArgs {
    /// A scenario, or - for standard input; with --long any number of scenarios and folders of them
    #[arg(value_name = "FILE", required_unless_present = "files_from")]
    files: Vec<OsString>,
    /// File to write, or - for standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: String,
    /// Format, instead of the one that the ending names
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(format_names()))]
    format: Option<String>,
    /// Heads of the columns of hypotheses
    #[arg(long, value_name = "HEADS", default_value = Heads::Both.as_str(), value_parser = word::<Heads>())]
    heads: Heads,
    /// Put the note of a cell after its rating, in CSV and TSV
    #[arg(long)]
    notes: bool,
    /// Begin CSV or TSV with a byte order mark, which Excel needs to read UTF-8
    #[arg(long)]
    bom: bool,
    /// Write the scores of XLSX as values, not as formulas
    #[arg(long)]
    values: bool,
    /// Objects that hypotheses become in STIX; none for a question that is not about attribution
    #[arg(long, value_name = "TYPE", default_value = HypothesesAs::ThreatActor.as_str())]
    #[arg(value_parser = word::<HypothesesAs>())]
    hypotheses_as: HypothesesAs,
    /// Text that the identifiers of STIX objects are made of, instead of the title
    #[arg(long, value_name = "TEXT")]
    id_base: Option<String>,
    /// Day on which the STIX objects were made, instead of the date of the analysis
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    created: Option<Day>,
    /// Write one long table of many scenarios, with a row for each of these
    #[arg(long, value_name = "ROWS", value_parser = word::<LongRows>())]
    long: Option<LongRows>,
    /// Write all committed versions of each scenario, oldest first
    #[arg(long, requires = "long")]
    history: bool,
    /// Read names of scenarios and folders from a file, one on a line; - is standard input
    #[arg(long, value_name = "LIST", requires = "long")]
    files_from: Option<OsString>,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    scoring: ScoringArgs,
}

/// Returns the names of all formats, those of long tables last.
fn format_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = EXPORT_FORMATS.iter().map(|format| format.name).collect();
    names.extend(LongFormat::WORDS);
    names.sort_unstable();
    names.dedup();
    names
}

fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "expected a day such as 2025-12-04".to_owned())
}

pub(super) fn run(args: &ExportArgs, output: &Output) -> Result<Outcome, Failure> {
    if let Some(rows) = args.long {
        return long::run(args, rows, output);
    }
    let [file] = args.files.as_slice() else {
        return Err(usage("export", "name one FILE, or write one table of all with --long cells"));
    };
    let format = args.format()?;
    let opened = load::open(file)?;
    load::tell_contradictions(&opened.name, &opened.reading, output);
    let (document, whole) = load::readable(&opened.name, opened.reading)?;
    args.scoring.check(&[&whole])?;
    let request = args.scoring.request(file).ordered(args.sort.sort);
    let positions = request.positions(&whole);
    let counting = request.counts(&whole);
    let counts: Vec<bool> = positions.iter().map(|at| counting.get(*at).copied().unwrap_or(false)).collect();
    let items = positions.iter().filter_map(|at| whole.evidence.get(*at));
    let scenario = if positions.iter().copied().eq(0..whole.evidence.len()) {
        Cow::Borrowed(&whole)
    } else {
        Cow::Owned(Scenario { evidence: items.cloned().collect(), ..whole.clone() })
    };
    let is_consistent = load::contradictions(&whole).is_empty();
    let ranking = is_consistent.then(|| RankingReport::new(&whole, request));
    let extent = (positions.len() < whole.evidence.len()).then(|| {
        let all = words::count(whole.evidence.len(), "item", "items");
        request.limits(format!("{} of {all}", words::thousands(positions.len())))
    });
    let case = ExportCase {
        document: &document,
        scenario: &scenario,
        positions: &positions,
        counts: &counts,
        extent: extent.as_deref(),
        ranking: ranking.as_ref(),
        options: args.options(),
    };
    args.write(format.is_text, output, |out| Ok((format.write)(&case, out)?))?;
    let name = if args.output == "-" { format.name.into() } else { single_line(&args.output) };
    let left_out = export::left_out(format, &case).map(|parts| format!("leaves out: {parts}"));
    let told = extent.map(|extent| format!("holds {extent}")).into_iter().chain(left_out);
    output.aside(|out, options| {
        told.filter(|_| !options.quiet).try_for_each(|told| writeln!(out, "{name} {told}"))
    });
    Ok(Outcome::Done)
}

impl ExportArgs {
    fn options(&self) -> ExportOptions<'_> {
        ExportOptions {
            heads: self.heads,
            notes: self.notes,
            bom: self.bom,
            values: self.values,
            hypotheses_as: self.hypotheses_as,
            id_base: self.id_base.as_deref(),
            created: self.created,
        }
    }

    /// Returns the format asked for, or that of the output file.
    fn format(&self) -> Result<&'static ExportFormat, Failure> {
        let named = |name: &String| EXPORT_FORMATS.iter().find(|format| format.name == name);
        let found = match &self.format {
            Some(name) => named(name),
            None => export::format_of(&self.output).filter(|_| self.output != "-"),
        };
        found.ok_or_else(|| {
            let endings: Vec<String> =
                EXPORT_FORMATS.iter().map(|format| format!(".{}", format.ending)).collect();
            let message = format!(
                "name an output file with one of the endings {}, or a --format",
                words::list(&endings)
            );
            usage("export", message)
        })
    }

    /// Writes to the output file or to standard output.
    fn write(
        &self,
        is_text: bool,
        output: &Output,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if self.output == "-" {
            if !is_text && output.is_terminal() {
                return Err(usage("export", "a terminal cannot show this format: name a file with -o"));
            }
            return output.stream(write);
        }
        if store::exists(&self.output) && document::is_scenario(&store::open(&self.output)?.bytes) {
            let message =
                format!("{} is a scenario, and is not replaced by an export", single_line(&self.output));
            return Err(Failure::refused(message, "choose another name"));
        }
        store::save_written(Path::new(&self.output), write)
    }
}
