//! `ach robustness`: how often each hypothesis keeps its rank.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::try_report_each;
use crate::cli::options::{ReportArgs, number};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::engine::{RobustnessOptions, Unrated};
use crate::present::RobustnessReport;

/// More draws than this would take hours and tell nothing new.
const MOST_DRAWS: u32 = 1_000_000_000;

/// Show how often each hypothesis would take each rank if ratings were a little off
///
/// Each rating may be a step off, the more readily the lower its confidence, and a blank cell may turn out as anything.
/// Told are the shares of cases in which a hypothesis takes each rank, and how often it is ahead of each other one. Ties
/// share their ranks.
///
/// The figures are exact where scores are sums of ratings and the matrix is not too large. For bayes, for large
/// matrices and with --draws they are counted over random draws, which are the same every time for the same seed, and
/// come with a standard error. Draws that would take more than ten minutes or so of a processor are refused at once.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach robustness scenario.toml
  ach robustness scenario.toml --unrated neutral
  ach robustness scenario.toml --method bayes --draws 1000000 --seed 7")]
pub(in crate::cli) struct RobustnessArgs {
    /// Count over so many random draws; 100,000 where figures cannot be exact
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = number(1..=MOST_DRAWS, "a whole number from 1 to 1,000,000,000"))]
    draws: Option<u32>,
    /// Which random numbers to draw
    #[arg(long, value_name = "S", default_value_t = RobustnessOptions::SEED, allow_negative_numbers = true)]
    #[arg(value_parser = number(0_u64.., "a whole number, 0 or more"))]
    seed: u64,
    /// What a blank cell turns out as: any rating, or what it scores now
    #[arg(long, value_name = "HOW", default_value = Unrated::Uniform.as_str(), value_parser = unrated_parser())]
    unrated: Unrated,
    #[command(flatten)]
    report: ReportArgs,
}

fn unrated_parser() -> impl TypedValueParser<Value = Unrated> {
    PossibleValuesParser::new(Unrated::ALL.map(Unrated::as_str)).try_map(|word| {
        Unrated::ALL.into_iter().find(|unrated| unrated.as_str() == word).ok_or("no such way")
    })
}

pub(super) fn run(args: &RobustnessArgs, output: &Output) -> Result<Outcome, Failure> {
    let options = RobustnessOptions { unrated: args.unrated, draws: args.draws, seed: args.seed };
    try_report_each("robustness", &args.report, output, |scenario, request| {
        let progress = output.progress();
        let tell = |done, all| progress.tell(done, all, "draws");
        Ok(Box::new(RobustnessReport::new(scenario, request, options, &tell)?))
    })
}
