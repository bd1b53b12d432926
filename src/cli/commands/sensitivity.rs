//! `ach sensitivity`: what the conclusion rests on.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::SensitivityReport;

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
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &SensitivityArgs, output: &Output) -> Result<Outcome, Failure> {
    report_each("sensitivity", &args.report, output, |scenario, request| {
        Box::new(SensitivityReport::new(scenario, request))
    })
}
