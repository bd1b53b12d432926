//! `ach next`: what to settle next.

use clap::Args;

use super::{check_format, check_stdin};
use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::engine::Candidates;
use crate::present::{NextReport, Report};

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
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Weigh every cell but those rated NA, whatever its confidence
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &NextArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format();
    check_format("next", args.files.len(), format)?;
    check_stdin("next", &args.files)?;
    let loaded = load::scenarios(&args.files)?;
    let candidates = if args.all { Candidates::All } else { Candidates::Open };
    let reports: Vec<NextReport<'_>> = loaded
        .iter()
        .map(|file| NextReport::new(&file.scenario, args.scoring.request(&file.name), candidates))
        .collect();
    output.reports(format, &reports.iter().map(|report| report as &dyn Report).collect::<Vec<_>>())
}
