//! `ach team`: the agreement of several raters, and their consensus.

use std::ffi::{OsStr, OsString};

use clap::Args;

use super::{check_stdin, usage};
use crate::change;
use crate::cli::load::{self, Loaded};
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::preview;
use crate::cli::{Failure, Outcome, Output};
use crate::document::Document;
use crate::present::{Rater, TeamReport};
use crate::store::Expected;
use crate::text::single_line;

/// Compare the ratings of several raters, and merge them into a consensus
///
/// Each version of a scenario is a rater: a file, or the same file in several revisions or branches. The answer gives
/// the agreement of the raters (Krippendorff's alpha for ordinal data: 1 is perfect, 0 is chance, from 0.8 on
/// reliable, from 0.667 on good for tentative conclusions), who leads according to each, how far each is from the
/// others, and the cells on which they differ most.
///
/// The consensus of a cell is the mean of its ratings, rounded to a step of the scale, halves towards N; it is NA
/// where more raters say NA than give a rating, and blank where ratings lie on both sides of N. --consensus-out
/// writes the first version with its cells replaced. A replaced rating loses its confidence; notes stay; items and
/// hypotheses that only other versions have are left out.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach team ann.toml bob.toml cem.toml
  ach team main:case.toml ann:case.toml bob:case.toml
  ach team ann.toml bob.toml --format json
  ach team ann.toml bob.toml cem.toml --consensus-out team.toml")]
pub(in crate::cli) struct TeamArgs {
    /// Versions of a scenario: files, REV:path, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// Write the consensus to a new file
    #[arg(long, value_name = "FILE")]
    consensus_out: Option<OsString>,
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
    if args.consensus_out.as_ref().is_some_and(|file| file == "-") {
        return Err(usage("team", "the consensus needs a file: standard output has the comparison"));
    }
    // Texts are kept only where one of them is to be changed.
    let (loaded, documents): (Vec<Loaded>, Vec<Document>) = match &args.consensus_out {
        Some(_) => load::documents(&args.files)?.into_iter().unzip(),
        None => (load::scenarios(&args.files)?, Vec::new()),
    };
    let names: Vec<_> = loaded.iter().map(|file| file.name.to_string_lossy()).collect();
    let raters: Vec<Rater<'_>> = std::iter::zip(&names, &loaded)
        .map(|(name, file)| Rater { name, scenario: &file.scenario })
        .collect();
    args.scoring.check(&raters.iter().map(|rater| rater.scenario).collect::<Vec<_>>())?;
    let report = TeamReport::new(&raters, args.scoring.request("-"));
    let first = loaded.first().zip(documents.into_iter().next());
    if let Some((file, (first, document))) = args.consensus_out.as_deref().zip(first) {
        if args.dry_run {
            let (before, after) = (first.name.to_string_lossy(), file.to_string_lossy());
            let versions = ((&*before, &first.scenario), (&*after, report.consensus()));
            return preview::versions(versions.0, versions.1, output);
        }
        write_consensus(file, document, first, &report, output)?;
    }
    output.reports(args.format.format, &[&report])
}

/// Writes the first version with its cells replaced and every other byte unchanged.
fn write_consensus(
    file: &OsStr,
    document: Document,
    Loaded { name, scenario: first }: &Loaded,
    report: &TeamReport<'_>,
    output: &Output,
) -> Result<(), Failure> {
    let changes = change::diff(first, report.consensus());
    let text = crate::cli::edit::changed(file, document, first.clone(), &changes)?;
    crate::cli::save::save(file, &text, Expected::Absent, output)?;
    output.aside(|out, options| {
        if options.quiet {
            return Ok(());
        }
        writeln!(out, "wrote {}", single_line(&file.to_string_lossy()))?;
        match report.left_out_of_consensus() {
            Some(what) => {
                writeln!(
                    out,
                    "note: it lacks what {} does not have: {what}",
                    single_line(&name.to_string_lossy())
                )
            }
            None => Ok(()),
        }
    });
    Ok(())
}
