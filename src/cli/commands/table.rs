//! `ach table`: the matrix with scores and ranks.

use clap::Args;

use super::report_each;
use crate::cli::options::{ReportArgs, SortArgs};
use crate::cli::{Failure, Outcome, Output};
use crate::present::MatrixReport;

/// Show the matrix with scores and ranks
///
/// Each row is an item of evidence, each column a hypothesis. A cell says how expected the item would be if the
/// hypothesis were true: CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent, NA not
/// applicable, a dot not rated yet. Below are the score and the rank of each hypothesis; higher scores are better,
/// and under the default method 0 is best.
///
/// On a narrow page the texts are left out first, then the table is turned on its side.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach table scenario.toml
  ach table scenario.toml --sort diagnosticity --method bayes
  ach table scenario.toml --as-of 2025-11-30 --format csv")]
pub(in crate::cli) struct TableArgs {
    #[command(flatten)]
    report: ReportArgs,
    #[command(flatten)]
    sort: SortArgs,
}

pub(super) fn run(args: &TableArgs, output: &Output) -> Result<Outcome, Failure> {
    report_each("table", &args.report, output, |scenario, request| {
        Box::new(MatrixReport::new(scenario, request.ordered(args.sort.sort)))
    })
}
