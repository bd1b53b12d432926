//! `ach rank`: the ranking under every method.

use clap::Args;

use super::{check_format, check_stdin};
use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::{RankingReport, Report};

/// Rank the hypotheses under every method side by side
///
/// Each column has the rank and the score by one method: the count of inconsistencies, the same by weight, the
/// weighted balance of consistent and inconsistent, and the posterior probability with its word. The list is in the
/// order of the scenario's own method or the one asked for. A conclusion that holds under one method only deserves a
/// second look.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach rank scenario.toml
  ach rank scenario.toml --method bayes
  ach rank main.toml draft.toml --format json")]
pub(in crate::cli) struct RankArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &RankArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format();
    check_format("rank", args.files.len(), format)?;
    check_stdin("rank", &args.files)?;
    let loaded = load::scenarios(&args.files)?;
    let reports: Vec<RankingReport<'_>> = loaded
        .iter()
        .map(|file| RankingReport::new(&file.scenario, args.scoring.request(&file.name)))
        .collect();
    output.reports(format, &reports.iter().map(|report| report as &dyn Report).collect::<Vec<_>>())
}
