//! `ach robustness`: how safe each rank is against errors in the ratings.

use clap::Args;

use super::try_report_each;
use crate::cli::options::{ReportArgs, number, word};
use crate::cli::{Failure, Outcome, Output};
use crate::engine::{RobustnessOptions, Unrated};
use crate::present::RobustnessReport;

/// More draws would take hours and add nothing.
const MOST_DRAWS: u32 = 1_000_000_000;

/// Show how often each hypothesis would take each rank if ratings were a little off
///
/// Each rating may be off by a step, more likely so the lower its confidence, and a blank cell may take any rating.
/// The answer is the share of cases in which each hypothesis takes each rank, and in which it is ahead of each other
/// one. Ties share their ranks.
///
/// The figures are exact for sums of ratings in a matrix that is not too large. For bayes, for large matrices and
/// with --draws they are estimated from random draws, which are the same every time for the same seed, and have a
/// standard error. Draws that would take more than about ten minutes of processor time are refused at once.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach robustness scenario.toml
  ach robustness scenario.toml --unrated neutral
  ach robustness scenario.toml --method bayes --draws 1000000 --seed 7")]
pub(in crate::cli) struct RobustnessArgs {
    /// Number of random draws; 100,000 if the figures cannot be exact
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = number(1..=MOST_DRAWS, "a whole number from 1 to 1,000,000,000"))]
    draws: Option<u32>,
    /// Seed of the random draws
    #[arg(long, value_name = "S", default_value_t = RobustnessOptions::SEED, allow_negative_numbers = true)]
    #[arg(value_parser = number(0_u64.., "a whole number, 0 or more"))]
    seed: u64,
    /// Treatment of a blank cell: it takes any rating, or keeps its present score
    #[arg(long, value_name = "HOW", default_value = Unrated::Uniform.as_str(), value_parser = word::<Unrated>())]
    unrated: Unrated,
    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &RobustnessArgs, output: &Output) -> Result<Outcome, Failure> {
    let options = RobustnessOptions { unrated: args.unrated, draws: args.draws, seed: args.seed };
    try_report_each("robustness", &args.report, output, |scenario, request| {
        let progress = output.progress();
        let tell = |done, all| progress.tell(done, all, "draws");
        Ok(Box::new(RobustnessReport::new(scenario, request, options, &tell)?))
    })
}
