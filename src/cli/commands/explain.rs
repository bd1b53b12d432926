//! `ach explain`: the case for and against each hypothesis.

use std::ffi::OsString;

use clap::Args;

use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::{Failure, Outcome, Output};
use crate::present::ExplainReport;

/// Weigh the evidence for and against each hypothesis, item by item
///
/// For each hypothesis, or for the one named, lists the items that count against it and for it, the heaviest first.
/// Then come the items that separate it from the leader: those above 0 speak for the leader, those below 0 for the
/// hypothesis. If several lead, the first of them in the file is meant.
///
/// The figures add up to the score under the additive methods, of which only net counts anything in favour. Under
/// bayes they are weights of evidence in bans, powers of ten of the odds.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach explain scenario.toml
  ach explain scenario.toml iskp --method bayes
  ach explain scenario.toml --format csv")]
pub(in crate::cli) struct ExplainArgs {
    /// The scenario, or - for standard input
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The id of one hypothesis; by default all are weighed
    #[arg(value_name = "HYPOTHESIS")]
    hypothesis: Option<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ExplainArgs, output: &Output) -> Result<Outcome, Failure> {
    for file in load::scenarios(std::slice::from_ref(&args.file))? {
        args.scoring.check(&[&file.scenario])?;
        let request = args.scoring.request(&file.name);
        let report = ExplainReport::new(&file.scenario, args.hypothesis.as_deref(), request)?;
        output.reports(args.format.format, &[&report])?;
    }
    Ok(Outcome::Done)
}
