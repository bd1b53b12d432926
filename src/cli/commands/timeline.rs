//! `ach timeline`: how the ranking moved as evidence came in.

use clap::Args;

use super::{check_format, check_stdin};
use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::{Report, TimelineReport};

/// Tell how the ranking moved as evidence came in
///
/// For each day that an item is dated, the ranking over all items known by then; a month or year counts from its last
/// day, and items without a date count from the start. Ratings are those of today: it is the case as it would have
/// looked, not what was thought at the time (for that, see `ach diff`).
///
/// First stands who leads and since when, then each change of the lead with the items that came in that day. One of
/// them did it if, without it alone, the lead would be another and all former leaders would still be in it. Then a
/// line of blocks for each hypothesis shows its score over the days, all on one scale.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach timeline scenario.toml
  ach timeline scenario.toml --method bayes
  ach timeline scenario.toml --as-of 2025-11-30 --format csv")]
pub(in crate::cli) struct TimelineArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &TimelineArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format();
    check_format("timeline", args.files.len(), format)?;
    check_stdin("timeline", &args.files)?;
    let loaded = load::scenarios(&args.files)?;
    let reports: Vec<TimelineReport<'_>> = loaded
        .iter()
        .map(|file| TimelineReport::new(&file.scenario, args.scoring.request(&file.name)))
        .collect();
    output.reports(format, &reports.iter().map(|report| report as &dyn Report).collect::<Vec<_>>())
}
