//! `ach sensitivity`: the evidence on which the conclusion rests.

use clap::Args;

use super::report_each;
use crate::cli::options::ReportArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::present::SensitivityReport;

/// Show the evidence on which the conclusion rests, and what would change it
///
/// First comes what the lead rests on, and who would lead without that, without the assumptions, without the items of
/// low credibility, and by the items that compare all hypotheses. Then follow the fewest items to reject to put each
/// other hypothesis ahead; the single judgements that would change who leads, and by how many steps; who would lead
/// without what one source alone reports, and if an actor behind a hypothesis had staged what only its own sources
/// report; and, under bayes, the prior odds at which another hypothesis would be level.
///
/// The items of a group count as one.
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
