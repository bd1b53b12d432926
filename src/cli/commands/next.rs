//! `ach next`: the cells and indicators to settle next.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::engine::Candidates;
use crate::present::NextReport;

/// Show what to settle next, and whether more ratings can still change who leads
///
/// Blank cells and those of low confidence are ranked by how often their rating would change who leads, then by the
/// information about the hypotheses that it would give, in bits. If no rating of a blank cell can change who leads,
/// the answer says so. Below are the pending indicators, by what seeing them would tell; one that was due before
/// --as-of, or else before the scenario's own as_of, is overdue.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach next scenario.toml
  ach next scenario.toml --all --method net
  ach next scenario.toml --format json | jq '.cells[0]'")]
pub(in crate::cli) struct NextArgs {
    /// Include every cell but those rated NA, whatever its confidence
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &NextArgs, output: &Output) -> Result<Outcome, Failure> {
    let candidates = if args.all { Candidates::All } else { Candidates::Open };
    report_each("next", &args.report, output, |scenario, request| {
        Box::new(NextReport::new(scenario, request, candidates))
    })
}
