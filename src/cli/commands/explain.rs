//! `ach explain`: the case for and against each hypothesis.

use clap::Args;

use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::ExplainReport;

/// Weigh what speaks against and for each hypothesis, item by item
///
/// For each hypothesis, or for the one named, the answer lists the items that count against it and for it, the
/// heaviest first, with how each is rated. Then follows what sets it apart from the leader: above 0 the item speaks
/// for the leader, below 0 for the hypothesis. Where several lead, that is the first of them in the file.
///
/// The figures are the parts of the score: they add up to it under the additive methods, of which only net counts
/// anything in favour. Under bayes they are weights of evidence in bans, powers of ten of the odds; those of two
/// hypotheses differ by as much as their posteriors do, but for the priors. CSV has one row for each hypothesis and
/// item, without those that count for nothing.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach explain scenario.toml
  ach explain scenario.toml iskp --method bayes
  ach explain scenario.toml --format csv")]
pub(in crate::cli) struct ExplainArgs {
    /// A scenario, or - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The id of one hypothesis; without it all are weighed
    #[arg(value_name = "HYPOTHESIS")]
    hypothesis: Option<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ExplainArgs, output: &Output) -> Result<Outcome, Failure> {
    for file in load::scenarios(std::slice::from_ref(&args.file))? {
        let request = args.scoring.request(&file.name);
        let report = ExplainReport::new(&file.scenario, args.hypothesis.as_deref(), request)?;
        output.reports(args.format.format(), &[&report])?;
    }
    Ok(Outcome::Done)
}
