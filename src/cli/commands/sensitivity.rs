//! `ach sensitivity`: what the conclusion rests on.

use clap::Args;

use super::{check_format, check_stdin};
use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::{Report, SensitivityReport};

/// Tell what the conclusion rests on and what would change it
///
/// The answer says how few items the lead rests on, and who would lead without them. Then follow, for each other
/// hypothesis, the fewest items you would have to reject to put it ahead; the single judgements that would change who
/// leads, with how many steps of the scale; and who would lead without what one source alone reports, and without
/// what an actor behind a hypothesis could have made the sources in its hand report.
///
/// A conclusion that hangs on one item deserves a second look at that item, and at who says it. Under bayes the items
/// of a group count as one where a set of items is sought. CSV has one row for each of these questions.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach sensitivity scenario.toml
  ach sensitivity scenario.toml --method bayes
  ach sensitivity scenario.toml --format json")]
pub(in crate::cli) struct SensitivityArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &SensitivityArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format();
    check_format("sensitivity", args.files.len(), format)?;
    check_stdin("sensitivity", &args.files)?;
    let loaded = load::scenarios(&args.files)?;
    let reports: Vec<SensitivityReport<'_>> = loaded
        .iter()
        .map(|file| SensitivityReport::new(&file.scenario, args.scoring.request(&file.name)))
        .collect();
    output.reports(format, &reports.iter().map(|report| report as &dyn Report).collect::<Vec<_>>())
}
