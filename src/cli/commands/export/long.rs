//! `ach export --long`: many scenarios and their versions in one table, one of them in memory at a time.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::ExportArgs;
use crate::cli::commands::usage;
use crate::cli::git::history::{CommitVersion, FileHistory};
use crate::cli::load;
use crate::cli::{Failure, Outcome, Output};
use crate::document;
use crate::export::{LongFormat, LongRows, LongWriter};
use crate::git::Address;
use crate::present::{LongOrigin, LongTable};
use crate::scenario::{Scenario, inconsistencies};
use crate::store;

/// A scenario to be read.
#[derive(Debug)]
struct LongInput {
    /// The name by which it is opened.
    name: OsString,
    /// Its path in the table.
    path: String,
    rater: Option<String>,
    /// Whether it was found in a folder, so that it may be something else than a scenario.
    is_found: bool,
}

pub(super) fn run(args: &ExportArgs, rows: LongRows, output: &Output) -> Result<Outcome, Failure> {
    let format = format(args)?;
    let (inputs, mut is_whole) = inputs(args, output)?;
    args.write(true, output, |out| {
        let mut writer = LongWriter::new(rows, format, out)?;
        for input in &inputs {
            let written = match args.history {
                true => add_history(args, input, &mut writer, output)?,
                false => add(args, input, &mut writer)?,
            };
            if let Err(unusable) = written {
                output.tell(&unusable);
                is_whole = false;
            }
        }
        Ok(writer.finish()?)
    })?;
    // Everything that is wrong has been told.
    if is_whole { Ok(Outcome::Done) } else { Err(Failure::Unusable(Vec::new())) }
}

fn format(args: &ExportArgs) -> Result<LongFormat, Failure> {
    let ending = Path::new(&args.output).extension().and_then(OsStr::to_str).unwrap_or_default();
    let name = args.format.as_deref().unwrap_or(ending);
    LongFormat::parse(name)
        .ok_or_else(|| usage("export", "a long table is csv or jsonl: name an output file so, or a --format"))
}

/// Returns the scenarios that are named, folders as what is in them, and whether all of them could be found.
fn inputs(args: &ExportArgs, output: &Output) -> Result<(Vec<LongInput>, bool), Failure> {
    let mut names = args.files.clone();
    if let Some(list) = &args.files_from {
        let listed = store::open(list)?.bytes;
        let listed = String::from_utf8_lossy(&listed);
        names.extend(listed.lines().filter(|line| !line.is_empty()).map(OsString::from));
    }
    let (mut inputs, mut is_whole) = (Vec::new(), true);
    for name in names {
        if store::is_directory(&name) {
            match store::files_in(Path::new(&name)) {
                Ok(files) => inputs.extend(files.into_iter().map(|file| {
                    let path = file.display().to_string();
                    LongInput { name: file.into_os_string(), path, rater: None, is_found: true }
                })),
                Err(unopened) => {
                    output.tell(&unopened.into());
                    is_whole = false;
                }
            }
        } else {
            inputs.push(named(name));
        }
    }
    Ok((inputs, is_whole))
}

/// Returns a scenario that is named as a path, as `REV:path`, or as a path behind the name of a rater.
fn named(name: OsString) -> LongInput {
    let whole = |name: OsString| {
        let path = name.display().to_string();
        LongInput { name, path, rater: None, is_found: false }
    };
    if store::exists(&name) || Address::parse(&name).is_none() {
        return whole(name);
    }
    let text = name.to_string_lossy().into_owned();
    let Some((rater, path)) = text.split_once(':') else { return whole(name) };
    let (rater, path) = (Some(rater.to_owned()), path.to_owned());
    // A revision of that name comes before a rater.
    let is_revision = !store::exists(&path) || store::open(&name).is_ok();
    let name = if is_revision { name } else { OsString::from(&path) };
    LongInput { name, path, rater, is_found: false }
}

/// Writes a scenario as it is. The inner result says why it cannot be scored.
fn add(
    args: &ExportArgs,
    input: &LongInput,
    writer: &mut LongWriter<'_>,
) -> Result<Result<(), Failure>, Failure> {
    let opened = match load::open_unless_other(&input.name, input.is_found) {
        Ok(Some(opened)) => opened,
        Ok(None) => return Ok(Ok(())),
        Err(unopened) => return Ok(Err(unopened.into())),
    };
    let loaded = match load::usable(opened) {
        Ok(loaded) => loaded,
        Err(faulty) => return Ok(Err(faulty.into())),
    };
    let origin = LongOrigin { scenario: &input.path, rater: input.rater.as_deref(), ..LongOrigin::default() };
    write(args, &loaded.scenario, origin, writer)?;
    Ok(Ok(()))
}

/// Writes the committed versions of a scenario, oldest first. Those that cannot be scored are told and left out.
fn add_history(
    args: &ExportArgs,
    input: &LongInput,
    writer: &mut LongWriter<'_>,
    output: &Output,
) -> Result<Result<(), Failure>, Failure> {
    if input.is_found && !store::open(&input.name).is_ok_and(|opened| document::is_scenario(&opened.bytes)) {
        return Ok(Ok(()));
    }
    let mut history = match FileHistory::open(&input.name) {
        Ok(history) => history,
        Err(failure) => return Ok(Err(failure)),
    };
    history.warn_of_gaps(output);
    let mut told = Ok(());
    for at in (0..history.commits.len()).rev() {
        let version = history.version(at);
        let Some(commit) = history.commits.get(at) else { continue };
        let reason = match version {
            CommitVersion::Absent => continue,
            CommitVersion::Unreadable(reason) | CommitVersion::Lost(reason) => reason,
            CommitVersion::Scenario(scenario) if !inconsistencies(&scenario).is_empty() => {
                "its parts contradict each other".to_owned()
            }
            CommitVersion::Scenario(scenario) => {
                let revised = in_utc(&commit.committed);
                let origin = LongOrigin {
                    scenario: &input.path,
                    revision: Some(&commit.id),
                    revised: Some(&revised),
                    author: Some(&commit.author),
                    rater: input.rater.as_deref(),
                };
                write(args, &scenario, origin, writer)?;
                continue;
            }
        };
        let short = commit.id.get(..12).unwrap_or(&commit.id);
        output.say(&format!("error: {short}:{}: {reason}", commit.path));
        told = Err(Failure::Unusable(Vec::new()));
    }
    Ok(told)
}

fn write(
    args: &ExportArgs,
    scenario: &Scenario,
    origin: LongOrigin<'_>,
    writer: &mut LongWriter<'_>,
) -> Result<(), Failure> {
    Ok(writer.write(&LongTable::new(scenario, args.scoring.request("-"), origin))?)
}

/// Returns a time with an offset as one in UTC.
fn in_utc(time: &str) -> String {
    time.parse::<jiff::Timestamp>().map_or_else(|_| time.to_owned(), |time| time.to_string())
}
