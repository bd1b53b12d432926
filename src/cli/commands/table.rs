//! `ach table`: the matrix with scores and ranks.

use clap::Args;

use super::{check_format, check_stdin};
use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs, SortArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::{MatrixReport, Report};

/// Show the matrix with scores and ranks
///
/// Evidence stands in rows, hypotheses in columns, and in each cell how expected the item would be if the hypothesis
/// were true: CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent, NA not applicable, a
/// dot not rated yet. Below stand the score and the rank of each hypothesis, and who leads in words. Higher scores
/// are better; under the default method 0 is the best there is.
///
/// On a narrow page the texts go first, then the table is turned on its side. JSON is one document for each file, in
/// an array where there are several; CSV takes one file at a time.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach table scenario.toml
  ach table scenario.toml --sort diagnosticity --method bayes
  ach table scenario.toml --as-of 2025-11-30 --format csv")]
pub(in crate::cli) struct TableArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    sort: SortArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &TableArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format();
    check_format("table", args.files.len(), format)?;
    check_stdin("table", &args.files)?;
    let loaded = load::scenarios(&args.files)?;
    let reports: Vec<MatrixReport<'_>> = loaded
        .iter()
        .map(|file| {
            let request = args.scoring.request(&file.name);
            MatrixReport::new(&file.scenario, request.ordered(args.sort.order()))
        })
        .collect();
    output.reports(format, &reports.iter().map(|report| report as &dyn Report).collect::<Vec<_>>())
}
