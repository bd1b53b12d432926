//! `ach diff`: what happened between two versions of a scenario.

use std::ffi::OsString;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::check_format;
use crate::cli::options::{FormatArgs, ScoringArgs};
use crate::cli::outcome::{Failure, Outcome, Unusable};
use crate::cli::output::Output;
use crate::cli::versions::{Comparison, Version, comparisons};
use crate::cli::{driver, load};
use crate::diagnostic::{Code, Severity};
use crate::document::{self, Reading};
use crate::present::{Compared, DiffPart, DiffParts, DiffReport, DiffStat, Report, Request};
use crate::report::DEFAULT_FORMAT;
use crate::scenario::Scenario;
use crate::store;

/// Tell what changed between two versions of a scenario
///
/// First what became of the conclusion, then judgements, items and their weights, texts with the changed words marked,
/// and the scenario's own fields. Comments, spelling and order of keys are no changes. Both versions are scored by
/// the method of the one after, or by --method.
///
/// With two files, the one is compared with the other. With one, it is compared with its version in HEAD; with none,
/// every scenario of the repository that changed since HEAD is. Revisions go before files: REV compares with the work
/// tree, REV REV or REV..REV with each other, REV...REV with where the two parted. Put -- between revisions and files
/// where they could be mistaken for each other.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach diff case.toml                       what changed since the last commit
  ach diff main -- case.toml               since main
  ach diff v1..v2 --stat                   in all scenarios, a line each
  ach diff HEAD~3:case.toml other.toml     any two files
  ach diff --only conclusion --exit-code   exits with 1 if any conclusion changed")]
pub(in crate::cli) struct DiffArgs {
    /// Files, REV:path, or - for standard input; or revisions
    #[arg(value_name = "REV|FILE")]
    operands: Vec<String>,
    /// Files to compare in two versions
    #[arg(last = true, value_name = "FILE")]
    files: Vec<String>,
    /// Tell a line for each file
    #[arg(long)]
    stat: bool,
    /// Tell only these parts; may be repeated or a list with commas
    #[arg(long, value_name = "PART", value_delimiter = ',', value_parser = part_parser())]
    only: Vec<DiffPart>,
    /// Exit with 1 if there are changes in the parts told
    #[arg(long)]
    exit_code: bool,
    /// Answer git, which gives 1, 7 or 9 arguments; `ach git install` has it do so
    #[arg(
        long,
        value_name = "ARG",
        num_args = 1..=9,
        allow_hyphen_values = true,
        conflicts_with_all = ["operands", "files", "stat", "only", "exit_code", "format"]
    )]
    git_driver: Vec<OsString>,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

fn part_parser() -> impl TypedValueParser<Value = DiffPart> {
    PossibleValuesParser::new(DiffPart::ALL.map(DiffPart::as_str))
        .try_map(|word| DiffPart::ALL.into_iter().find(|part| part.as_str() == word).ok_or("no such part"))
}

/// Reading fewer bytes takes less time than starting a thread is worth.
const WORTH_A_THREAD: usize = 64 * 1024;

/// Two versions that could be read.
#[derive(Debug)]
struct Loaded {
    path: Option<String>,
    labels: (String, String),
    before: Option<Scenario>,
    after: Option<Scenario>,
    /// What the version after is called on a command line.
    name: String,
    found: bool,
}

impl Loaded {
    fn compared(&self) -> Compared<'_> {
        Compared { path: self.path.as_deref(), before: &self.labels.0, after: &self.labels.1 }
    }
}

pub(super) fn run(args: &DiffArgs, output: &Output) -> Result<Outcome, Failure> {
    if !args.git_driver.is_empty() {
        return driver::run(&args.git_driver, args.scoring, output);
    }
    let format = args.format.format();
    let (mut loaded, mut unusable) = (Vec::new(), Vec::new());
    for comparison in comparisons(&args.operands, &args.files)? {
        match load(comparison, output) {
            Ok(comparison) => loaded.extend(comparison),
            Err(faults) => unusable.extend(faults),
        }
    }
    let alone = loaded.len() == 1;
    let mut reports: Vec<DiffReport<'_>> = Vec::with_capacity(loaded.len());
    for file in &loaded {
        let mut request = args.scoring.request(&file.name);
        // Paths that git found start at the root, where we may not be.
        let reachable = !file.found || store::exists(&file.name);
        request.file = request.file.filter(|_| alone && reachable && file.after.is_some());
        let (before, after) = (file.before.as_ref(), file.after.as_ref());
        let report = DiffReport::new(before, after, file.compared(), DiffParts::of(&args.only), request);
        // Of what was not named, only what changed is worth a word.
        if !file.found || report.has_changes() {
            reports.push(report);
        }
    }
    let changed = reports.iter().any(DiffReport::has_changes);
    if args.stat {
        if !reports.is_empty() {
            output.reports(format, &[&DiffStat { reports: &reports }])?;
        }
    } else if unusable.is_empty() || !reports.is_empty() {
        let reports: Vec<&dyn Report> = reports.iter().map(|report| report as &dyn Report).collect();
        check_format("diff", reports.len(), format)?;
        output.reports(format, &reports)?;
    }
    match (unusable.is_empty(), changed && args.exit_code) {
        (false, _) => Err(Failure::Unusable(unusable)),
        (true, true) => Ok(Outcome::No),
        (true, false) => Ok(Outcome::Done),
    }
}

/// Prints what a command would change in a file.
pub(in crate::cli) fn print(
    name: &str,
    before: &Scenario,
    after: &Scenario,
    output: &Output,
) -> Result<Outcome, Failure> {
    would_be(name, Some(before), after, output)
}

/// Prints what a new file would hold.
pub(in crate::cli) fn print_new(name: &str, after: &Scenario, output: &Output) -> Result<Outcome, Failure> {
    would_be(name, None, after, output)
}

/// Prints what sets one version apart from another that is not there yet; each with its name.
pub(in crate::cli) fn print_between(
    (before_name, before): (&str, &Scenario),
    (after_name, after): (&str, &Scenario),
    output: &Output,
) -> Result<Outcome, Failure> {
    let compared = Compared { path: None, before: before_name, after: after_name };
    let report = DiffReport::new(Some(before), Some(after), compared, DiffParts::ALL, Request::default());
    output.reports(DEFAULT_FORMAT, &[&report])
}

fn would_be(
    name: &str,
    before: Option<&Scenario>,
    after: &Scenario,
    output: &Output,
) -> Result<Outcome, Failure> {
    let compared = Compared { path: Some(name), before: "as it is", after: "as it would be" };
    let report = DiffReport::new(before, Some(after), compared, DiffParts::ALL, Request::default());
    output.reports(DEFAULT_FORMAT, &[&report])
}

/// Reads both versions; `None` if neither is a scenario and nobody said that it is.
fn load(comparison: Comparison, output: &Output) -> Result<Option<Loaded>, Vec<Unusable>> {
    let Comparison { path, labels, before, after, found } = comparison;
    let name = after.name.clone();
    let (before, after) = both(before, after);
    let (before, after) = match (scenario(before, found, output), scenario(after, found, output)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => return Err([before.err(), after.err()].into_iter().flatten().collect()),
    };
    let absent = before.is_none() && after.is_none();
    Ok((!absent).then_some(Loaded { path, labels, before, after, name, found }))
}

/// A version as far as it could be read.
#[derive(Debug)]
struct Read {
    name: String,
    /// `None` where the version is not there.
    reading: Option<Reading>,
}

/// Reads two versions, large ones at the same time.
fn both(before: Version, after: Version) -> (Read, Read) {
    let read = |version: Version| Read { name: version.name, reading: version.bytes.map(document::read) };
    let is_large =
        |version: &Version| version.bytes.as_ref().is_some_and(|bytes| bytes.len() > WORTH_A_THREAD);
    if !is_large(&before) || !is_large(&after) {
        return (read(before), read(after));
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(|| read(after));
        let before = read(before);
        match other.join() {
            Ok(after) => (before, after),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The scenario of one version; `None` if the version is not there or, where it was only found, is no scenario.
fn scenario(read: Read, found: bool, output: &Output) -> Result<Option<Scenario>, Unusable> {
    let Read { name, reading: Some(reading) } = read else { return Ok(None) };
    load::tell_contradictions(&name, &reading, output);
    let Reading { document, scenario, mut diagnostics } = reading;
    // What was not read for its size may be one.
    let is_unknown = diagnostics.iter().any(|fault| fault.code == Code::TOO_LARGE);
    let is_other = || !is_unknown && !document::is_scenario(document.text().as_bytes());
    if scenario.is_some() || (found && is_other()) {
        return Ok(scenario);
    }
    diagnostics.retain(|found| found.severity() == Severity::Error);
    Err(Unusable::Faulty(load::checked(name, &document, None, &diagnostics)))
}
