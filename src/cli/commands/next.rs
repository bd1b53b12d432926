//! `ach next`: what to settle next.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::engine::Candidates;
use crate::present::NextReport;

/// Show what to settle next, and whether rating on can still change who leads
///
/// Weighed are the blank cells and those of low confidence: by the information about the hypotheses that knowing the
/// rating would give, in bits, and by how often that rating would change who leads. Where no rating of a blank cell can
/// change who leads any more, it says so. Below stand the pending indicators, the ones due first at the top; one that
/// was due before --as-of, or else before the scenario's own as_of, is overdue.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach next scenario.toml
  ach next scenario.toml --all --method net
  ach next scenario.toml --format json | jq '.cells[0]'")]
pub(in crate::cli) struct NextArgs {
    /// Weigh every cell but those rated NA, whatever its confidence
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
