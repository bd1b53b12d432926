//! `ach merge`: merges two versions of a scenario.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use clap::Args;

use super::check_stdin;
use crate::change::{self, Merge, Refused};
use crate::cli::load;
use crate::cli::preview;
use crate::cli::{Failure, Outcome, Output};
use crate::document::{self, LostComment, MAX_FILE};
use crate::git::{self, Git, LineMerge, Three, merge_file};
use crate::present::Merging;
use crate::scenario::Scenario;
use crate::store::{self, Expected, MAX_BYTES};
use crate::text::single_line;

/// Lost comments listed one by one; the rest is counted.
const MOST_LOST: usize = 10;

/// Merge two versions of a scenario, judgement by judgement
///
/// BASE is the version that both sides started from; an empty file stands for none. A change that one side made, or
/// both made alike, is taken: to ratings, confidences, notes, fields and ids, and new, deleted and moved items. Where
/// both sides made different changes there is a conflict: the value of OURS stays, and a `conflict` record beside it
/// holds those of BASE and THEIRS until `ach resolve` settles it. The result can always be read as a scenario.
///
/// It goes to standard output, or to the file named by -o, which may be one of the three; a summary goes to standard
/// error. Exits with 1 if conflicts are left.
///
/// Files that are not scenarios, or cannot be read, are merged by lines, as git does it. With --path, as git's merge
/// driver, the command also exits with 1 if it cannot do its work, and OURS is kept.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach merge base.toml mine.toml yours.toml -o mine.toml
  ach merge main~3:case.toml case.toml main:case.toml --dry-run
  ach merge -o %A --marker-size %L --path %P %O %A %B     as git's merge driver")]
pub(in crate::cli) struct MergeArgs {
    /// The version that both sides started from
    #[arg(value_name = "BASE")]
    base: OsString,
    /// The version merged into
    #[arg(value_name = "OURS")]
    ours: OsString,
    /// The version merged from
    #[arg(value_name = "THEIRS")]
    theirs: OsString,
    /// The file to write the result to
    #[arg(short, long, value_name = "OUT")]
    output: Option<OsString>,
    /// Show what would change in OURS and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The name of the file in messages
    #[arg(long, value_name = "PATH", allow_hyphen_values = true)]
    path: Option<OsString>,
    /// Length of the conflict markers in a merge by lines
    #[arg(long, value_name = "N")]
    marker_size: Option<u32>,
    /// Label in conflict markers; given three times, for ours, the base and theirs
    #[arg(short = 'L', long = "label", value_name = "LABEL", allow_hyphen_values = true)]
    labels: Vec<OsString>,
}

/// One of the three versions, with its name in messages.
struct MergeSide {
    name: String,
    bytes: Vec<u8>,
}

/// Three versions that are not merged by value.
struct Unmerged {
    three: Three<MergeSide>,
    /// The reason in words; `None` if none of them is a scenario.
    why: Option<String>,
}

/// Merges. Git gives up the merge of all files if a merge driver fails, so as a driver the command leaves ours, as a
/// conflict, where it cannot do its work.
pub(super) fn run(args: &MergeArgs, output: &Output) -> Result<Outcome, Failure> {
    match merge(args, output) {
        Err(failure) if args.path.is_some() => {
            output.tell(&failure);
            let kept = format!("{}: ours is kept, as a conflict", args.file().display());
            output.say(&kept);
            Ok(Outcome::No)
        }
        merged => merged,
    }
}

fn merge(args: &MergeArgs, output: &Output) -> Result<Outcome, Failure> {
    check_stdin("merge", &[&args.base, &args.ours, &args.theirs])?;
    let open = |name: &OsString, side: &str| {
        let input = store::open(name)?;
        // Git passes temporary files, whose names mean nothing.
        let name = if args.path.is_some() { side.to_owned() } else { name.display().to_string() };
        Ok::<_, Failure>(MergeSide { name, bytes: input.bytes })
    };
    let three = Three {
        base: open(&args.base, "base")?,
        ours: open(&args.ours, "ours")?,
        theirs: open(&args.theirs, "theirs")?,
    };
    let (three, is_filtered) = args.checked_out(three);
    match by_value(three, args.dry_run) {
        Ok(merged) => args.finish(&merged, is_filtered, output),
        Err(unmerged) => {
            let Unmerged { three, why } = *unmerged;
            let merged = args.by_lines(&three, is_filtered, output)?;
            let Some(why) = why else { return Ok(merged) };
            output.say(&format!("warning: {}: {why}; merged by lines instead", args.file().display()));
            Ok(Outcome::No)
        }
    }
}

/// A merge, and the resulting file.
struct Merged {
    /// Ours, if it is to be compared with the result.
    ours: Option<Scenario>,
    merge: Merge,
    text: String,
    lost: Vec<LostComment>,
}

/// A version that could be read, without its syntax tree.
struct ReadSide {
    name: String,
    text: String,
}

fn by_value(three: Three<MergeSide>, with_ours: bool) -> Result<Merged, Box<Unmerged>> {
    let (base, ours, theirs) = (read_base(three.base), read(three.ours), read(three.theirs));
    match (base, ours, theirs) {
        (Ok((base, before)), Ok((ours, here)), Ok((theirs, there))) => {
            let merge = change::merge(before.as_ref(), &here, &there);
            // What these say is in the merge: they need not be kept beside it.
            drop((before, there));
            let kept = with_ours.then_some(here);
            let three = Three { base, ours, theirs };
            match merge.map_err(|refused| too_many(&refused)).and_then(|merge| written(&three, merge)) {
                Ok((merge, text, lost)) => Ok(Merged { ours: kept, merge, text, lost }),
                Err(why) => Err(Unmerged { why: Some(why), three: three.map(Into::into) }.into()),
            }
        }
        (base, ours, theirs) => {
            let mut faults = Vec::new();
            let mut unread = |(side, why)| {
                faults.push(why);
                side
            };
            let three = Three {
                base: base.map_or_else(&mut unread, |(side, _)| side.into()),
                ours: ours.map_or_else(&mut unread, |(side, _)| side.into()),
                theirs: theirs.map_or_else(&mut unread, |(side, _)| side.into()),
            };
            let is_scenario = |version: &MergeSide| document::is_scenario(&version.bytes);
            let is_any = [&three.base, &three.ours, &three.theirs].into_iter().any(is_scenario);
            Err(Unmerged { why: is_any.then(|| faults.join("; ")), three }.into())
        }
    }
}

/// Returns the merge with the text of its file and the comments that the text lacks. An error is in words.
fn written(three: &Three<ReadSide>, merge: Merge) -> Result<(Merge, String, Vec<LostComment>), String> {
    let Three { base, ours, theirs } = three;
    let ancestor = (!is_empty(base.text.as_bytes())).then_some(&*base.text);
    let text = document::merged(ancestor, &ours.text, &theirs.text, &merge)
        .map_err(|_| "the result cannot be written as one file".to_owned())?;
    let lost = document::lost_comments(&base.text, &ours.text, &theirs.text, &text);
    let text = text.into_owned();
    Ok((merge, text, lost))
}

impl From<ReadSide> for MergeSide {
    fn from(side: ReadSide) -> Self {
        Self { name: side.name, bytes: side.text.into_bytes() }
    }
}

fn is_empty(base: &[u8]) -> bool {
    base.trim_ascii().is_empty()
}

/// Reads the common ancestor; an empty file stands for none.
fn read_base(version: MergeSide) -> Result<(ReadSide, Option<Scenario>), (MergeSide, String)> {
    if is_empty(&version.bytes) {
        let text = String::from_utf8_lossy(&version.bytes).into_owned();
        return Ok((ReadSide { name: version.name, text }, None));
    }
    read(version).map(|(side, scenario)| (side, Some(scenario)))
}

/// Reads a version, of which only the text and the scenario are kept. An error is the version and the reason in words.
fn read(version: MergeSide) -> Result<(ReadSide, Scenario), (MergeSide, String)> {
    let MergeSide { name, bytes } = version;
    // A document has neither bytes that are not text nor those of a file over the limit.
    let is_text = bytes.len() <= MAX_FILE && std::str::from_utf8(&bytes).is_ok();
    let bytes_kept = (!is_text).then(|| bytes.clone());
    let reading = document::read(bytes);
    let fault = load::first_fault(&reading);
    let text = reading.document.into_text();
    if let Some(scenario) = reading.scenario {
        return Ok((ReadSide { name, text }, scenario));
    }
    let (line, message) = fault.unwrap_or((1, "it is not a scenario".to_owned()));
    let why = format!("{name} cannot be read ({message}, line {line})");
    Err((MergeSide { name, bytes: bytes_kept.unwrap_or_else(|| text.into_bytes()) }, why))
}

fn too_many(refused: &Refused) -> String {
    if let Refused::Full(kind) = refused {
        return format!("both sides together have more items of the kind {kind} than a scenario may have");
    }
    "the versions do not fit together".to_owned()
}

/// Returns a warning for each comment that the result lacks.
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
    /// The file for the result; `None` for standard output.
    fn out_file(&self) -> Option<&OsStr> {
        self.output.as_deref().filter(|name| *name != "-")
    }

    /// The name of the file on a command line.
    fn file(&self) -> &OsStr {
        self.path.as_deref().or(self.out_file()).unwrap_or(&self.ours)
    }

    /// The label of one of the three; `None` if there is none, or if git is too old to fill in the placeholder.
    fn label(&self, at: usize) -> Option<Cow<'_, str>> {
        // The name of a branch need not be UTF-8.
        let label = self.labels.get(at).map(|label| label.to_string_lossy());
        label.filter(|label| !label.is_empty() && !matches!(&**label, "%X" | "%S" | "%Y"))
    }

    fn finish(&self, merged: &Merged, is_filtered: bool, output: &Output) -> Result<Outcome, Failure> {
        let Merged { ours, merge, text, lost } = merged;
        // Conflicts on standard output have no file in which they could be settled.
        let kept = (self.out_file().is_some() && !self.dry_run).then(|| self.file());
        let sides =
            self.label(0).zip(self.label(2)).map(|(ours, theirs)| [ours, theirs].map(Cow::into_owned));
        let merging = Merging::new(merge, kept, sides);
        if self.dry_run {
            preview::file(self.file(), ours.as_ref(), &merge.scenario, output)?;
        } else {
            self.write(text.as_bytes(), is_filtered, output)?;
        }
        output.aside(|out, options| {
            let told = if options.quiet && !merging.has_conflicts() { Vec::new() } else { merging.lines() };
            let lost = lost_lines(&self.file().to_string_lossy(), lost);
            told.iter().chain(&lost).try_for_each(|line| writeln!(out, "{}", single_line(line)))
        });
        Ok(Outcome::answer(merging.has_conflicts()))
    }

    /// Returns the three versions as git checks them out, and whether a filter keeps any of them in another form. Git
    /// passes a merge driver what it stores; only where that is not a scenario are the filters of the file run.
    fn checked_out(&self, three: Three<MergeSide>) -> (Three<MergeSide>, bool) {
        let Some(path) = &self.path else { return (three, false) };
        let mut is_filtered = false;
        let convert = |version: MergeSide| {
            if version.bytes.is_empty() || document::is_scenario(&version.bytes) {
                return version;
            }
            match git::checked_out(&Git::default(), path, &version.bytes, MAX_BYTES) {
                Ok(Some(bytes)) if bytes != version.bytes => {
                    is_filtered = true;
                    MergeSide { bytes, ..version }
                }
                Ok(_) | Err(_) => version,
            }
        };
        (three.map(convert), is_filtered)
    }

    /// Merges by lines, as git does.
    fn by_lines(
        &self,
        three: &Three<MergeSide>,
        is_filtered: bool,
        output: &Output,
    ) -> Result<Outcome, Failure> {
        let merged = self.merge_lines(three)?;
        if !self.dry_run {
            self.write(&merged.bytes, is_filtered, output)?;
        }
        Ok(Outcome::answer(merged.conflicts))
    }

    fn merge_lines(&self, three: &Three<MergeSide>) -> Result<LineMerge, Failure> {
        let Three { base, ours, theirs } = three;
        let versions = Three { base: &*base.bytes, ours: &*ours.bytes, theirs: &*theirs.bytes };
        // Git takes these for binary too.
        if let Some(version) = [base, ours, theirs].into_iter().find(|v| v.bytes.contains(&0)) {
            let message = format!("{} is not a text file: it contains NUL bytes", version.name);
            return Err(Failure::refused(message, "choose one of the versions"));
        }
        let labels = Three {
            base: self.label(1).unwrap_or(Cow::Borrowed(&base.name)),
            ours: self.label(0).unwrap_or(Cow::Borrowed(&ours.name)),
            theirs: self.label(2).unwrap_or(Cow::Borrowed(&theirs.name)),
        };
        let labels = Three { base: &*labels.base, ours: &*labels.ours, theirs: &*labels.theirs };
        Ok(merge_file(&Git::default(), versions, labels, self.marker_size)?)
    }

    /// Writes the result; a filtered one goes back to the form that git stores.
    fn write(&self, bytes: &[u8], is_filtered: bool, output: &Output) -> Result<(), Failure> {
        let stored = match &self.path {
            Some(path) if is_filtered => Some(git::stored(&Git::default(), path, bytes)?),
            Some(_) | None => None,
        };
        let bytes = stored.as_deref().unwrap_or(bytes);
        let Some(name) = self.out_file() else { return output.result(|out| out.write_all(bytes)) };
        let known = store::exists(name).then(|| store::open(name)).transpose()?;
        let is_side = [&self.base, &self.ours, &self.theirs].into_iter().any(|side| side == name);
        if let Some(known) = &known
            && !is_side
            && !known.bytes.is_empty()
            && !document::is_scenario(&known.bytes)
        {
            let message = format!("{} already exists and is not a scenario", name.display());
            return Err(Failure::refused(message, "choose another name for the result"));
        }
        let expected = known.as_ref().map_or(Expected::Absent, |input| Expected::Bytes(&input.bytes));
        crate::cli::save::save_for(self.file(), name, bytes, expected, output)
    }
}
