//! `ach timeline`: how the ranking moved as evidence came in.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::present::TimelineReport;

/// Show how the ranking moved as evidence came in
///
/// For each day that an item is dated, ranks the hypotheses by all items known by then; a month or year counts from
/// its last day, and items without a date count from the start. Ratings are those of today; `ach log` shows what was
/// thought at the time.
///
/// The answer begins with who leads and since when, then lists each change of the lead with the items that came in
/// that day. An item is named as the cause if, without it alone, the lead would be another and all former leaders
/// would still be in it. A line of blocks for each hypothesis shows its score over the days, all on one scale.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach timeline scenario.toml
  ach timeline scenario.toml --method bayes
  ach timeline scenario.toml --as-of 2025-11-30 --format csv")]
pub(in crate::cli) struct TimelineArgs {
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &TimelineArgs, output: &Output) -> Result<Outcome, Failure> {
    report_each("timeline", &args.report, output, |scenario, request| {
        Box::new(TimelineReport::new(scenario, request))
    })
}
