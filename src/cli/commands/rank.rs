//! `ach rank`: the ranking under every method.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::present::RankingReport;

/// Rank the hypotheses under every method side by side
///
/// Each column has the rank and the score by one method: inconsistencies counted, inconsistencies weighted, the
/// weighted balance of consistent and inconsistent, and the posterior probability with its word. The list is in the
/// order of the scenario's own method, or of --method. Look twice at a conclusion that holds under one method only.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach rank scenario.toml
  ach rank scenario.toml --method bayes
  ach rank main.toml draft.toml --format json")]
pub(in crate::cli) struct RankArgs {
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &RankArgs, output: &Output) -> Result<Outcome, Failure> {
    report_each("rank", &args.report, output, |scenario, request| {
        Box::new(RankingReport::new(scenario, request))
    })
}
