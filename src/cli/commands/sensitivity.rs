//! `ach sensitivity`: the evidence on which the conclusion rests.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::present::SensitivityReport;

/// Show the evidence on which the conclusion rests, and what would change it
///
/// The answer says how few items the lead rests on, and who would lead without them. Then follow the fewest items you
/// would have to reject to put each other hypothesis ahead; the single judgements that would change who leads, with the
/// number of steps on the scale; and who would lead without the items that one source alone reports, and without those
/// that an actor behind a hypothesis could have planted through the sources under its control.
///
/// A conclusion that rests on one item deserves a second look at that item and at its source. Under bayes the items of
/// a group count as one in the search for sets of items. CSV has one row for each of these questions.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach sensitivity scenario.toml
  ach sensitivity scenario.toml --method bayes
  ach sensitivity scenario.toml --format json")]
pub(in crate::cli) struct SensitivityArgs {
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &SensitivityArgs, output: &Output) -> Result<Outcome, Failure> {
    report_each("sensitivity", &args.report, output, |scenario, request| {
        Box::new(SensitivityReport::new(scenario, request))
    })
}
