//! `ach team`: how far several raters agree, and what they say together.

use clap::Args;

use super::{check_stdin, usage};
use crate::change;
use crate::cli::load::{self, Loaded};
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::document::Document;
use crate::present::{Rater, TeamReport};
use crate::store::Expected;
use crate::text::single_line;

/// Compare what several raters say, and merge it into a consensus
///
/// Each version of a scenario is a rater: a file, or the same file in several revisions or branches. Rows and columns
/// are those of all versions, by id; what a version does not have is blank there. Told are how far the raters agree
/// (Krippendorff's alpha for ordinal data: 1 is perfect, 0 is chance, from 0.8 on reliable, from 0.667 on good for
/// tentative conclusions), who leads by each, how far each lies from the others, and the cells on which they differ
/// most.
///
/// The consensus of a cell is the mean of its ratings, rounded to a step of the scale, a half towards N; NA where more
/// raters say that than rate. --consensus-out writes it as a scenario: the first version, comments and all, with its
/// cells replaced. A rating that it replaces loses its confidence, notes stay, and what only other versions have is not
/// in it. It never overwrites a file.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach team ann.toml bob.toml cem.toml
  ach team main:case.toml ann:case.toml bob:case.toml
  ach team ann.toml bob.toml --format json
  ach team ann.toml bob.toml cem.toml --consensus-out team.toml")]
pub(in crate::cli) struct TeamArgs {
    /// Versions of a scenario: files, REV:path, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Write the consensus to a new file
    #[arg(long, value_name = "FILE")]
    consensus_out: Option<String>,
    /// Show how the consensus differs from the first version and write nothing
    #[arg(long, requires = "consensus_out")]
    dry_run: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &TeamArgs, output: &Output) -> Result<Outcome, Failure> {
    check_stdin("team", &args.files)?;
    if args.consensus_out.as_deref() == Some("-") {
        return Err(usage(
            "team",
            "the consensus needs a file: standard output has the comparison".to_owned(),
        ));
    }
    let (document, loaded) = load::with_first_document(&args.files)?;
    let raters: Vec<Rater<'_>> =
        loaded.iter().map(|Loaded { name, scenario }| Rater { name, scenario }).collect();
    let report = TeamReport::new(&raters, args.scoring.request("-"));
    if let Some((file, first)) = args.consensus_out.as_deref().zip(loaded.first()) {
        if args.dry_run {
            let (before, after) = ((first.name.as_str(), &first.scenario), (file, report.consensus()));
            return super::diff::print_between(before, after, output);
        }
        write_consensus(file, document, first, &report, output)?;
    }
    output.reports(args.format.format(), &[&report])
}

/// Writes the first version with its cells replaced, every other byte as it is.
fn write_consensus(
    file: &str,
    document: Document,
    Loaded { name, scenario: first }: &Loaded,
    report: &TeamReport<'_>,
    output: &Output,
) -> Result<(), Failure> {
    let changes = change::diff(first, report.consensus());
    let text = crate::cli::edit::changed(file, document, first.clone(), &changes)?;
    crate::cli::save(file, &text, Expected::Absent, output)?;
    output.aside(|out, options| {
        if options.quiet {
            return Ok(());
        }
        writeln!(out, "wrote {}", single_line(file))?;
        match report.left_out_of_consensus() {
            Some(what) => {
                writeln!(out, "note: not in it is what {} does not have: {what}", single_line(name))
            }
            None => Ok(()),
        }
    });
    Ok(())
}
