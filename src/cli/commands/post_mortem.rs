//! `ach post-mortem`: what came of an analysis, and the record over many.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;

use crate::cli::load::{self, Loaded};
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::Unusable;
use crate::cli::{Failure, Outcome, Output};
use crate::diagnostic::Code;
use crate::present::{PostMortemReport, TrackRecordReport};
use crate::scenario::Scenario;
use crate::store;

/// Compare analyses with what turned out to be true
///
/// `[outcome]` in the file says what was true and when it became known. Only what was known the day before counts:
/// where the matrix had the truth, the probability that everybody gave it, the Brier score of each (0 is perfect, 2
/// the worst) beside that of even odds, and the items that spoke for the wrong hypothesis and for the right one.
///
/// Several files or a folder give the record: how good each person's last estimates, their mean and the posteriors
/// were, how often the truth was in the lead by each method, and how often what was said came true.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach post-mortem case.toml
  ach post-mortem cases/
  ach post-mortem 2024.toml 2025.toml --format json")]
pub(in crate::cli) struct PostMortemArgs {
    /// A scenario, several, or folders with scenarios
    #[arg(required = true, value_name = "FILE|FOLDER")]
    files: Vec<OsString>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &PostMortemArgs, output: &Output) -> Result<Outcome, Failure> {
    super::check_stdin("post-mortem", &args.files)?;
    let is_folder = |name: &&OsString| store::is_directory(Path::new(name));
    if let ([name], None) = (args.files.as_slice(), args.files.iter().find(is_folder)) {
        let loaded = load::scenarios(std::slice::from_ref(name))?;
        let Some(Loaded { name, scenario }) = loaded.first() else { return Ok(Outcome::Done) };
        args.scoring.check(&[scenario])?;
        return output
            .reports(args.format.format, &[&PostMortemReport::new(scenario, args.scoring.request(name))]);
    }
    let (cases, unusable) = cases(&args.files)?;
    let scenarios: Vec<&Scenario> = cases.iter().map(|(_, scenario)| scenario).collect();
    args.scoring.check(&scenarios)?;
    let report = TrackRecordReport::new(&cases, args.scoring.request("-"));
    output.reports(args.format.format, &[&report])?.unless(unusable)
}

/// Returns the scenarios that are named or stand in the folders named, by path, and those that cannot be used.
#[expect(clippy::type_complexity, reason = "cases, and what is none")]
fn cases(names: &[OsString]) -> Result<(Vec<(String, Scenario)>, Vec<Unusable>), Failure> {
    let (mut cases, mut unusable) = (Vec::new(), Vec::new());
    let mut add = |name: &OsString, is_named: bool| {
        let opened = match load::open(name) {
            Ok(opened) => opened,
            Err(fault) => return unusable.push(Unusable::Unopened(fault)),
        };
        let is_other = |reading: &crate::document::Reading| {
            reading.diagnostics.iter().any(|found| found.code == Code::NOT_A_SCENARIO)
        };
        if !is_named && is_other(&opened.reading) {
            return;
        }
        match load::usable(opened) {
            Ok(Loaded { name, scenario }) => cases.push((name.to_string_lossy().into_owned(), scenario)),
            Err(fault) => unusable.push(fault),
        }
    };
    for name in names {
        if store::is_directory(Path::new(name)) {
            let found = store::toml_files(Path::new(name))?;
            found.iter().for_each(|file| add(&file.clone().into_os_string(), false));
        } else {
            add(name, true);
        }
    }
    Ok((cases, unusable))
}
