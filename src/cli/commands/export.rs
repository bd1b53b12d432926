//! `ach export`: a scenario in the format of another program.

use std::io::{IsTerminal, Write};
use std::path::Path;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::usage;
use crate::cli::load;
use crate::cli::options::{ScoringArgs, SortArgs, choice};
use crate::cli::{Failure, Outcome, Output};
use crate::document;
use crate::export::{self, EXPORT_FORMATS, ExportCase, ExportFormat, ExportOptions, Heads};
use crate::present::{RankingReport, words};
use crate::scenario::Evidence;
use crate::store;
use crate::text::single_line;

/// Write a scenario for another program
///
/// The ending of the output file names the format: .csv, .tsv, .xlsx, .md or .json. The parts of the scenario that the
/// format does not hold are counted on standard error. JSON has the keys of the scenario file, and `ach schema`
/// describes it; the other formats have a row for each item, a column for each hypothesis, and the fields that any item
/// has. In a workbook the ratings are chosen from a list and coloured by rule, and the weighted scores follow them.
///
/// An existing file is replaced, unless it is a scenario. A scenario whose parts contradict each other is exported
/// without its scores.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach export case.toml -o case.xlsx
  ach export case.toml -o case.csv --notes --bom        for Excel, with the notes of the cells
  ach export case.toml -o case.md --sort diagnosticity
  ach export main:case.toml --format json               on standard output")]
pub(in crate::cli) struct ExportArgs {
    /// A scenario, or - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// File to write, or - for standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: String,
    /// Format, instead of the one that the ending names
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    format: Option<&'static dyn ExportFormat>,
    /// Heads of the columns of hypotheses: id, name or both
    #[arg(long, value_name = "HEADS", default_value = Heads::Both.as_str(), value_parser = choice(&Heads::ALL, Heads::as_str))]
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
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    scoring: ScoringArgs,
}

fn format_parser() -> impl TypedValueParser<Value = &'static dyn ExportFormat> {
    let names = PossibleValuesParser::new(EXPORT_FORMATS.iter().map(|format| format.name()));
    let find = |name: &str| EXPORT_FORMATS.iter().copied().find(|format| format.name() == name);
    names.try_map(move |name| find(&name).ok_or("no such format"))
}

pub(super) fn run(args: &ExportArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format()?;
    let opened = load::open(&args.file)?;
    load::tell_contradictions(&opened.name, &opened.reading, output);
    let (document, whole) = load::readable(&opened.name, opened.reading)?;
    args.scoring.check(&[&whole])?;
    let request = args.scoring.request(&args.file).ordered(args.sort.sort);
    let positions = request.positions(&whole);
    let counting = request.counts(&whole);
    let counts: Vec<bool> = positions.iter().map(|at| counting.get(*at).copied().unwrap_or(false)).collect();
    let items = positions.iter().filter_map(|at| whole.evidence.get(*at));
    let scenario =
        crate::scenario::Scenario { evidence: items.map(Evidence::clone).collect(), ..whole.clone() };
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
        options: ExportOptions { heads: args.heads, notes: args.notes, bom: args.bom, values: args.values },
    };
    args.write(format.is_text(), output, |out| Ok(format.write(&case, out)?))?;
    let name = if args.output == "-" { format.name().into() } else { single_line(&args.output) };
    if let Some(extent) = &extent {
        output.aside(|out, _| writeln!(out, "{name} holds {extent}"));
    }
    if let Some(told) = export::left_out(format, &case) {
        output.aside(|out, _| writeln!(out, "{name} leaves out: {told}"));
    }
    Ok(Outcome::Done)
}

impl ExportArgs {
    /// Returns the format asked for, or that of the output file.
    fn format(&self) -> Result<&'static dyn ExportFormat, Failure> {
        let of_ending = || export::format_of(&self.output).filter(|_| self.output != "-");
        self.format.or_else(of_ending).ok_or_else(|| {
            let endings: Vec<String> =
                EXPORT_FORMATS.iter().map(|format| format!(".{}", format.ending())).collect();
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
            if !is_text && std::io::stdout().is_terminal() {
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
