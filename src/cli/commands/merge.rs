//! `ach merge`: two versions of a scenario in one.

use clap::Args;

use super::{check_stdin, diff};
use crate::change::{self, Merge, Refused};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::diagnostic::Severity;
use crate::document::{self, Document, Lines, LostComment, Reading};
use crate::git::{Git, Three, merge_file};
use crate::present::Merging;
use crate::scenario::Scenario;
use crate::store::{self, Expected};
use crate::text::single_line;

/// Comments told of one by one; of more, the rest is counted.
const MOST_LOST: usize = 10;

/// Merge two versions of a scenario, judgement by judgement
///
/// BASE is the version that both sides started from; an empty file says that there was none. What only one side
/// changed is taken, and what both changed alike is agreed: ratings, confidences and notes of every cell, fields of
/// every item, items that came, went or moved, new ids. What both changed otherwise is a conflict: the value of ours
/// stays, and a `conflict` record beside it holds the base and theirs until `ach resolve` settles it. The result is
/// always a scenario that can be read.
///
/// The result goes to standard output, or to the file named by -o, which may be one of the three. What was done, and
/// which comments found no place in the result, is told on standard error. Exits with 1 if conflicts are left.
///
/// Files that are no scenarios are merged by lines, as git does it, and so are scenarios that cannot be read.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach merge base.toml mine.toml yours.toml -o mine.toml
  ach merge main~3:case.toml case.toml main:case.toml --dry-run
  ach merge -o %A --marker-size %L --path %P %O %A %B     as git's merge driver")]
pub(in crate::cli) struct MergeArgs {
    /// The version that both sides started from
    #[arg(value_name = "BASE")]
    base: String,
    /// The version merged into
    #[arg(value_name = "OURS")]
    ours: String,
    /// The version merged from
    #[arg(value_name = "THEIRS")]
    theirs: String,
    /// Where the result goes
    #[arg(short, long, value_name = "OUT")]
    output: Option<String>,
    /// Show what would change in OURS and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What messages call the file
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    path: Option<String>,
    /// Length of the markers where lines are merged
    #[arg(long, value_name = "N")]
    marker_size: Option<u32>,
    /// What the markers call ours, the base and theirs, in this order
    #[arg(short = 'L', long = "label", value_name = "LABEL", allow_hyphen_values = true)]
    labels: Vec<String>,
}

/// One of the three versions, and what messages call it.
struct Version {
    name: String,
    bytes: Vec<u8>,
}

/// Why three versions are not merged by value.
enum Unmerged {
    /// None of them is a scenario.
    NoScenario,
    /// It cannot be done, for this reason in words.
    Impossible(String),
}

pub(super) fn run(args: &MergeArgs, output: &Output) -> Result<Outcome, Failure> {
    check_stdin("merge", &[&args.base, &args.ours, &args.theirs].map(String::clone))?;
    let open = |name: &String, side: &str| {
        let input = store::open(name).map_err(Failure::unopened);
        // The names of git's temporary files say nothing.
        let name = if args.path.is_some() { side } else { name };
        input.map(|input| Version { name: name.to_owned(), bytes: input.bytes })
    };
    let three = Three {
        base: open(&args.base, "base")?,
        ours: open(&args.ours, "ours")?,
        theirs: open(&args.theirs, "theirs")?,
    };
    match by_value(&three) {
        Ok(merged) => args.finish(&merged, output),
        Err(Unmerged::NoScenario) => args.by_lines(&three, output),
        Err(Unmerged::Impossible(why)) => {
            let message = format!("{}: {why}; merged by lines instead", args.file());
            output.aside(|out, _| writeln!(out, "warning: {}", single_line(&message)));
            args.by_lines(&three, output)?;
            Ok(Outcome::No)
        }
    }
}

/// A merge, and the file that it gives.
struct Merged {
    ours: Scenario,
    merge: Merge,
    document: Document,
    lost: Vec<LostComment>,
}

fn by_value(three: &Three<Version>) -> Result<Merged, Unmerged> {
    let base = (!three.base.bytes.trim_ascii().is_empty()).then(|| read(&three.base));
    let (ours, theirs) = (read(&three.ours), read(&three.theirs));
    match (base.transpose(), ours, theirs) {
        (Ok(base), Ok(ours), Ok(theirs)) => {
            let (text, base) =
                base.map(|(document, scenario)| (document.text().to_owned(), scenario)).unzip();
            let merge = change::merge(base.as_ref(), &ours.1, &theirs.1)
                .map_err(|refused| Unmerged::Impossible(too_many(&refused)))?;
            let before = ours.1.clone();
            let (mine, yours) = (ours.0.text().to_owned(), theirs.0.text().to_owned());
            let document = document::merged(text.as_deref(), ours, theirs, &merge)
                .map_err(|_| Unmerged::Impossible("the result cannot be written as one file".to_owned()))?;
            let lost =
                document::lost_comments(text.as_deref().unwrap_or_default(), &mine, &yours, document.text());
            Ok(Merged { ours: before, merge, document, lost })
        }
        (base, ours, theirs) => {
            let faults: Vec<Fault> = [base.err(), ours.err(), theirs.err()].into_iter().flatten().collect();
            let is_scenario = |version: &Version| document::is_scenario(&version.bytes);
            if ![&three.base, &three.ours, &three.theirs].into_iter().any(is_scenario) {
                return Err(Unmerged::NoScenario);
            }
            let told: Vec<String> = faults.into_iter().map(|Fault(told)| told).collect();
            Err(Unmerged::Impossible(told.join("; ")))
        }
    }
}

/// Why a version cannot be read, in words.
struct Fault(String);

fn read(version: &Version) -> Result<(Document, Scenario), Fault> {
    let Reading { document, scenario, diagnostics } = document::read(version.bytes.clone());
    match scenario {
        Some(scenario) => Ok((document, scenario)),
        None => {
            let lines = Lines::new(document.text());
            let error = diagnostics.iter().find(|found| found.severity() == Severity::Error);
            let place = error.and_then(|error| document.places().of(&error.labels.first()?.place));
            let line = place.map_or(1, |span| lines.position(span.start).0);
            let message = error.map_or("it is no scenario", |error| error.message.as_str());
            Err(Fault(format!("{} cannot be read ({message}, line {line})", version.name)))
        }
    }
}

fn too_many(refused: &Refused) -> String {
    match refused {
        Refused::Full(kind) => {
            format!("both sides together have more items of the kind {kind} than there can be")
        }
        Refused::Unknown(..)
        | Refused::Taken(..)
        | Refused::Stale
        | Refused::Value(_)
        | Refused::Beside(_)
        | Refused::Cited(_)
        | Refused::Malformed => "the versions do not fit together".to_owned(),
    }
}

/// Tells of the comments for which the result has no line.
fn lost_lines(file: &str, lost: &[LostComment]) -> Vec<String> {
    let told = lost.iter().take(MOST_LOST).map(|LostComment { side, line, text }| {
        let side = side.as_str();
        format!("warning: {file}: the result lacks a comment of {side} (line {line} of {side}): {text}")
    });
    let more = lost.len().saturating_sub(MOST_LOST);
    let more = (more > 0).then(|| format!("warning: {file}: and {more} more comments"));
    told.chain(more).collect()
}

impl MergeArgs {
    /// The file that the result goes to; standard output where there is none.
    fn out_file(&self) -> Option<&str> {
        self.output.as_deref().filter(|name| *name != "-")
    }

    /// The file as a command line would name it.
    fn file(&self) -> &str {
        self.path.as_deref().or(self.out_file()).unwrap_or(&self.ours)
    }

    /// What one of the three is called; `None` where git was asked and, too old to know, left the question standing.
    fn label(&self, at: usize) -> Option<&str> {
        let label = self.labels.get(at).map(String::as_str);
        label.filter(|label| !label.is_empty() && !matches!(*label, "%X" | "%S" | "%Y"))
    }

    fn finish(&self, merged: &Merged, output: &Output) -> Result<Outcome, Failure> {
        let Merged { ours, merge, document, lost } = merged;
        // What went to standard output has no name by which it could be settled.
        let kept = (self.out_file().is_some() && !self.dry_run).then(|| self.file());
        let sides = self.label(0).zip(self.label(2)).map(|(ours, theirs)| [ours, theirs]);
        let merging = Merging::new(merge, kept, sides);
        if self.dry_run {
            diff::print(self.file(), ours, &merge.scenario, output)?;
        } else {
            self.write(document.text().as_bytes(), output)?;
        }
        output.aside(|out, options| {
            let told = if options.quiet && !merging.has_conflicts() { Vec::new() } else { merging.lines() };
            let lost = lost_lines(self.file(), lost);
            told.iter().chain(&lost).try_for_each(|line| writeln!(out, "{}", single_line(line)))
        });
        Ok(if merging.has_conflicts() { Outcome::No } else { Outcome::Done })
    }

    /// Merges by lines, as git does it.
    fn by_lines(&self, three: &Three<Version>, output: &Output) -> Result<Outcome, Failure> {
        let Three { base, ours, theirs } = three;
        let versions = Three { base: &*base.bytes, ours: &*ours.bytes, theirs: &*theirs.bytes };
        // Where git, too, sees no lines.
        if let Some(version) = [base, ours, theirs].into_iter().find(|v| v.bytes.contains(&0)) {
            let message = format!("{} is no text: it holds bytes that are zero", version.name);
            return Err(Failure::refused(message, "choose one of the versions"));
        }
        let labels = Three {
            base: self.label(1).unwrap_or(&base.name),
            ours: self.label(0).unwrap_or(&ours.name),
            theirs: self.label(2).unwrap_or(&theirs.name),
        };
        let merged = merge_file(&Git::default(), versions, labels, self.marker_size)
            .map_err(|error| Failure::refused(error.to_string(), error.help().unwrap_or_default()))?;
        if !self.dry_run {
            self.write(&merged.bytes, output)?;
        }
        Ok(if merged.conflicts { Outcome::No } else { Outcome::Done })
    }

    fn write(&self, bytes: &[u8], output: &Output) -> Result<(), Failure> {
        let Some(name) = self.out_file() else { return output.result(|out| out.write_all(bytes)) };
        let known = store::exists(name).then(|| store::open(name)).transpose().map_err(Failure::unopened)?;
        let expected = known.as_ref().map_or(Expected::Absent, |input| Expected::Bytes(&input.bytes));
        crate::cli::save(name, bytes, expected, output)
    }
}
