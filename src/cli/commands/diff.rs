//! `ach diff`: the changes between two versions of a scenario.

use std::ffi::OsString;

use clap::Args;

use super::check_format;
use crate::cli::git::diff_driver;
use crate::cli::git::versions::{Comparison, NamedVersion, comparisons};
use crate::cli::load;
use crate::cli::options::{FormatArgs, ScoringArgs, word};
use crate::cli::outcome::{Failure, Outcome, Unusable};
use crate::cli::output::Output;
use crate::diagnostic::Code;
use crate::document::{self, Reading};
use crate::present::{Compared, DiffPart, DiffReport, DiffStat, Report};
use crate::scenario::Scenario;
use crate::store;

/// Show what changed between two versions of a scenario
///
/// The conclusion comes first, then judgements, items and their weights, texts with the changed words marked, and the
/// scenario's own fields. Comments, layout and the order of keys do not count as changes. Each version is scored by
/// its own method, or by --method.
///
/// Two files are compared with each other, and one file with its version in HEAD; without a file, every scenario of
/// the repository that changed since HEAD is. Revisions go before files: REV is compared with the work tree, REV REV
/// or REV..REV with each other, and REV...REV compares the second with the merge base of both. Put -- between
/// revisions and files where a name could be either.
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
    operands: Vec<OsString>,
    /// Files to compare in two versions
    #[arg(last = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// Print one line for each file
    #[arg(long)]
    stat: bool,
    /// Show only these parts; may be repeated or a list with commas
    #[arg(long, value_name = "PART", value_delimiter = ',', value_parser = word::<DiffPart>())]
    only: Vec<DiffPart>,
    /// Exit with 1 if there are changes in the parts shown
    #[arg(long)]
    exit_code: bool,
    /// Act as git's diff driver on the 1, 7 or 9 arguments that git passes; set up by `ach git install`
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

/// Files below this size are read faster than a thread starts.
const WORTH_A_THREAD: usize = 64 * 1024;

/// Two versions that could be read.
#[derive(Debug)]
struct LoadedComparison {
    path: Option<String>,
    labels: (String, String),
    before: Option<Scenario>,
    after: Option<Scenario>,
    /// The name of the version after on a command line.
    name: OsString,
    found: bool,
}

impl LoadedComparison {
    fn compared(&self) -> Compared<'_> {
        Compared { path: self.path.as_deref(), before: &self.labels.0, after: &self.labels.1 }
    }
}

pub(super) fn run(args: &DiffArgs, output: &Output) -> Result<Outcome, Failure> {
    if !args.git_driver.is_empty() {
        return diff_driver::run(&args.git_driver, &args.scoring, output);
    }
    let format = args.format.format;
    let (mut loaded, mut unusable) = (Vec::new(), Vec::new());
    for comparison in comparisons(&args.operands, &args.files)? {
        match comparison.map_err(|unopened| vec![unopened.into()]).and_then(|both| load(both, output)) {
            Ok(comparison) => loaded.extend(comparison),
            Err(faults) => unusable.extend(faults),
        }
    }
    let versions = loaded.iter().flat_map(|file| [&file.before, &file.after]).flatten();
    args.scoring.check(&versions.collect::<Vec<_>>())?;
    let alone = loaded.len() == 1;
    let mut reports: Vec<DiffReport<'_>> = Vec::with_capacity(loaded.len());
    for file in &loaded {
        let mut request = args.scoring.request(&file.name);
        // Paths that git found start at the root of the repository, not here.
        let reachable = !file.found || store::exists(&file.name);
        request.file = request.file.filter(|_| alone && reachable && file.after.is_some());
        let (before, after) = (file.before.as_ref(), file.after.as_ref());
        let report = DiffReport::new(before, after, file.compared(), &args.only, request);
        // A file that was not named is shown only if it changed.
        if !file.found || report.has_changes() {
            reports.push(report);
        }
    }
    let changed = reports.iter().any(DiffReport::has_changes);
    if args.stat {
        if !reports.is_empty() {
            output.reports(format, &[&DiffStat::new(&reports)])?;
        }
    } else if unusable.is_empty() || !reports.is_empty() {
        let reports: Vec<&dyn Report> = reports.iter().map(|report| report as &dyn Report).collect();
        check_format("diff", reports.len(), format)?;
        output.reports(format, &reports)?;
    }
    Outcome::answer(changed && args.exit_code).unless(unusable)
}

/// Reads both versions; `None` if git found the file and neither version is a scenario.
fn load(comparison: Comparison, output: &Output) -> Result<Option<LoadedComparison>, Vec<Unusable>> {
    let Comparison { path, labels, before, after, found } = comparison;
    let name = after.name.clone();
    let (before, after) = both(before, after);
    let (before, after) = match (scenario(before, found, output), scenario(after, found, output)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => return Err([before.err(), after.err()].into_iter().flatten().collect()),
    };
    let absent = before.is_none() && after.is_none();
    Ok((!absent).then_some(LoadedComparison { path, labels, before, after, name, found }))
}

/// A version as far as it could be read.
#[derive(Debug)]
enum ReadVersion {
    /// There is no such file.
    Absent,
    /// A scenario about which there is nothing to tell. Its text and syntax tree are freed.
    Fit(Scenario),
    /// Any other file.
    Doubtful(OsString, Reading),
}

fn read(version: NamedVersion) -> ReadVersion {
    match version.bytes.map(document::read) {
        None => ReadVersion::Absent,
        Some(Reading { scenario: Some(scenario), .. }) if load::contradictions(&scenario).is_empty() => {
            ReadVersion::Fit(scenario)
        }
        Some(reading) => ReadVersion::Doubtful(version.name, reading),
    }
}

/// Reads two versions, large ones in parallel.
fn both(before: NamedVersion, after: NamedVersion) -> (ReadVersion, ReadVersion) {
    let is_large =
        |version: &NamedVersion| version.bytes.as_ref().is_some_and(|bytes| bytes.len() > WORTH_A_THREAD);
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

/// Returns the scenario of one version; `None` if there is no such file, or if git found one that is not a scenario.
fn scenario(read: ReadVersion, found: bool, output: &Output) -> Result<Option<Scenario>, Unusable> {
    let (name, reading) = match read {
        ReadVersion::Absent => return Ok(None),
        ReadVersion::Fit(scenario) => return Ok(Some(scenario)),
        ReadVersion::Doubtful(name, reading) => (name, reading),
    };
    load::tell_contradictions(&name, &reading, output);
    // A file that was not read for its size may be a scenario.
    let is_unknown = reading.diagnostics.iter().any(|fault| fault.code == Code::TOO_LARGE);
    if found && !is_unknown && !document::is_scenario(reading.document.text().as_bytes()) {
        return Ok(reading.scenario);
    }
    load::readable(&name, reading).map(|(_, scenario)| Some(scenario))
}
