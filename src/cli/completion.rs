//! Completion in shells: commands and options from the command line itself, files from the disk, ids from the scenario
//! that the line names, codes from the list of findings.
#![expect(
    clippy::disallowed_methods,
    reason = "shells ask through the environment, with the line as arguments"
)]

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::{Arg, Command, ValueHint};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::load;
use crate::checks::CHECKS;
use crate::diagnostic::FILE_CODES;
use crate::present::target::ids;
use crate::scenario::{ItemKind, Scenario};
use crate::store;

/// The variable by which a shell asks.
pub(super) const VARIABLE: &str = "ACH_COMPLETE";

/// Answers a shell that asks for completions. Returns whether one did.
pub(super) fn answer(words: &[OsString]) -> Result<bool, clap::Error> {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(false);
    }
    let directory = std::env::current_dir().ok();
    CompleteEnv::with_factory(super::command).var(VARIABLE).try_complete(words, directory.as_deref())
}

/// Returns a command whose values can be completed.
pub(super) fn completed(command: Command) -> Command {
    let adds = command.get_name() == "add";
    let command = command.mut_args(|arg| if adds && arg.get_id() == "id" { arg } else { value(arg) });
    command.mut_subcommands(completed)
}

/// Returns an argument that completes what its value stands for.
fn value(arg: Arg) -> Arg {
    const ALL: [ItemKind; 4] =
        [ItemKind::Evidence, ItemKind::Hypothesis, ItemKind::Source, ItemKind::Indicator];
    if !arg.get_action().takes_values() {
        return arg;
    }
    let stands_for = arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
    let items = |arg: Arg, kinds: &'static [ItemKind]| {
        arg.add(ArgValueCompleter::new(move |typed: &OsStr| items(typed, kinds)))
    };
    match (stands_for.as_deref().unwrap_or_default(), arg.get_id().as_str()) {
        ("FILE" | "REV|FILE" | "BASE" | "OURS" | "THEIRS" | "OUT" | "PATH", _) => {
            arg.value_hint(ValueHint::FilePath)
        }
        ("DIR", _) => arg.value_hint(ValueHint::DirPath),
        ("CODE", _) => arg.add(ArgValueCompleter::new(codes)),
        ("HYPOTHESIS", _) | ("ID", "hypothesis") => items(arg, &[ItemKind::Hypothesis]),
        ("EVIDENCE", _) | ("ID", "evidence") => items(arg, &[ItemKind::Evidence]),
        ("ID" | "WHAT", _) => items(arg, &ALL),
        _ => arg,
    }
}

/// Completes the last code of a list with commas.
fn codes(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let (before, last) = typed.rfind(',').map_or(("", &*typed), |comma| typed.split_at(comma + 1));
    let all = FILE_CODES.iter().chain(CHECKS.iter().map(|check| &check.doc));
    let begun = all.map(|doc| doc.code.as_str()).filter(|code| code.starts_with(last));
    begun.map(|code| CompletionCandidate::new(format!("{before}{code}"))).collect()
}

/// Completes the id of an item of the scenario that the line names.
fn items(typed: &OsStr, kinds: &[ItemKind]) -> Vec<CompletionCandidate> {
    let Some(scenario) = named_scenario() else { return Vec::new() };
    let typed = typed.to_string_lossy();
    let all = kinds.iter().flat_map(|kind| ids(&scenario, *kind));
    all.filter(|id| id.starts_with(&*typed)).map(CompletionCandidate::new).collect()
}

/// Reads the first word of the line that is a file and a scenario.
fn named_scenario() -> Option<Scenario> {
    let files = std::env::args_os().skip(1).filter(|word| store::exists(word) && !store::is_directory(word));
    files.filter_map(|file| load::open(Path::new(&file)).ok()).find_map(|opened| opened.reading.scenario)
}
