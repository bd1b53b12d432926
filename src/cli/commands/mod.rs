//! The commands, one file each: the arguments, whose comments are the help, and the work.

mod add;
mod blame;
mod check;
mod completions;
mod diff;
mod edit;
mod estimate;
mod explain;
mod export;
mod fmt;
mod git;
mod import;
mod log;
mod man;
mod merge;
mod mv;
mod new;
mod next;
mod observe;
mod post_mortem;
mod rank;
mod report;
mod resolve;
mod rm;
mod robustness;
mod schema;
mod sensitivity;
mod set;
mod table;
mod team;
mod timeline;

use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::mem::ManuallyDrop;

use clap::error::ErrorKind;
use clap::{Args, FromArgMatches, Subcommand};

use super::load;
use super::options::{PageArgs, ReportArgs};
use super::outcome::{Failure, Outcome};
use super::output::Output;
use crate::present::{Report, Request};
use crate::report::Format;
use crate::scenario::Scenario;
use crate::text::sanitize_lines;

/// Makes the commands from rows: the name, the module and the arguments, in groups. The order is that of the help.
macro_rules! commands {
    ($($group:literal { $($name:ident: $module:ident::$args:ident,)+ })+) => {
        /// The groups of commands by their purpose, with the modules of the commands.
        pub(super) const GROUPS: &[(&str, &[&str])] = &[$(($group, &[$(stringify!($module),)+]),)+];

        /// A command of the program.
        #[derive(Debug, Subcommand)]
        pub(super) enum Command {
            $($($name(Box<$module::$args>),)+)+
            /// A file to open in the editor
            #[command(external_subcommand)]
            Open(Vec<OsString>),
        }

        impl Command {
            /// Runs the command.
            pub(super) fn run(self, output: &Output) -> Result<Outcome, Failure> {
                match self {
                    $($(Self::$name(args) => $module::run(&args, output),)+)+
                    Self::Open(words) => edit::open(&words, output),
                }
            }

            /// Returns the arguments of the command with this name; `None` if there is no such command.
            fn declaration(name: &str) -> Option<clap::Command> {
                $($(if is_named(stringify!($module), name) {
                    return Some($module::$args::augment_args(clap::Command::new(name.to_owned())));
                })+)+
                None
            }

            /// Reads the command with this name from what clap found of its arguments.
            fn of(name: &str, found: &clap::ArgMatches) -> Option<Self> {
                $($(if is_named(stringify!($module), name) {
                    return $module::$args::from_arg_matches(found).ok().map(|args| Self::$name(Box::new(args)));
                })+)+
                None
            }
        }
    };
}

commands! {
    "Look" {
        Table: table::TableArgs,
        Rank: rank::RankArgs,
        Explain: explain::ExplainArgs,
        Timeline: timeline::TimelineArgs,
    }
    "Question" {
        Check: check::CheckArgs,
        Sensitivity: sensitivity::SensitivityArgs,
        Robustness: robustness::RobustnessArgs,
        Next: next::NextArgs,
        Estimate: estimate::EstimateArgs,
        PostMortem: post_mortem::PostMortemArgs,
    }
    "Change" {
        New: new::NewArgs,
        Edit: edit::EditArgs,
        Add: add::AddArgs,
        Set: set::SetArgs,
        Observe: observe::ObserveArgs,
        Rm: rm::RmArgs,
        Mv: mv::MvArgs,
    }
    "Versions" {
        Diff: diff::DiffArgs,
        Log: log::LogArgs,
        Blame: blame::BlameArgs,
        Merge: merge::MergeArgs,
        Resolve: resolve::ResolveArgs,
        Git: git::GitArgs,
    }
    "Share" {
        Report: report::ReportPageArgs,
        Team: team::TeamArgs,
        Export: export::ExportArgs,
        Import: import::ImportArgs,
    }
    "Seldom needed" {
        Fmt: fmt::FmtArgs,
        Schema: schema::SchemaArgs,
        Completions: completions::CompletionsArgs,
        Man: man::ManArgs,
    }
}

/// Whether a command has this name: that of its module, with hyphens.
pub(super) fn is_named(module: &str, name: &str) -> bool {
    name.split('-').eq(module.split('_'))
}

/// Parses a command line that names a command first, as clap would, but builds the arguments of that command alone:
/// building those of all takes a seventh of the instructions of `ach rank`. `None` if there is anything to say about the words: an error,
/// or help.
pub(super) fn parse_named(words: &[OsString]) -> Option<(PageArgs, Command)> {
    let name = words.get(1)?.to_str()?;
    let whole = PageArgs::augment_args(clap::Command::new("ach")).subcommand(Command::declaration(name)?);
    let found = whole.try_get_matches_from(words).ok()?;
    let (name, below) = found.subcommand()?;
    Some((PageArgs::from_arg_matches(&found).ok()?, Command::of(name, below)?))
}

/// Reports wrong usage of a command in the style of clap.
fn usage(command: &str, message: impl Display) -> Failure {
    let message = sanitize_lines(&message.to_string()).into_owned();
    let mut whole = super::command();
    whole.build();
    match whole.find_subcommand_mut(command) {
        Some(command) => command.error(ErrorKind::ArgumentConflict, message).into(),
        None => whole.error(ErrorKind::ArgumentConflict, message).into(),
    }
}

/// Prints a report on each scenario named on the command line.
fn report_each(
    command: &str,
    args: &ReportArgs,
    output: &Output,
    report: impl for<'a> Fn(&'a Scenario, Request<'a>) -> Box<dyn Report + 'a>,
) -> Result<Outcome, Failure> {
    try_report_each(command, args, output, |scenario, request| Ok(report(scenario, request)))
}

/// Like [`report_each`], for reports that can fail.
fn try_report_each(
    command: &str,
    args: &ReportArgs,
    output: &Output,
    report: impl for<'a> Fn(&'a Scenario, Request<'a>) -> Result<Box<dyn Report + 'a>, Failure>,
) -> Result<Outcome, Failure> {
    let format = args.format.format;
    check_format(command, args.files.len(), format)?;
    check_stdin(command, &args.files)?;
    // The program ends after the reports, so what was read is not freed.
    let loaded = ManuallyDrop::new(load::scenarios(&args.files)?);
    for file in loaded.iter() {
        args.scoring.check(&[&file.scenario])?;
    }
    let reports = loaded.iter().map(|file| report(&file.scenario, args.scoring.request(&file.name)));
    let reports = reports.collect::<Result<Vec<Box<dyn Report + '_>>, Failure>>()?;
    output.reports(format, &reports.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

/// Refuses several reports in a format that holds only one.
fn check_format(command: &str, files: usize, format: &dyn Format) -> Result<(), Failure> {
    if files > 1 && !format.holds_several() {
        let message = format!("{} holds one table: name one FILE, or use --format json", format.name());
        return Err(usage(command, message));
    }
    Ok(())
}

/// Refuses to read standard input twice.
fn check_stdin(command: &str, files: &[impl AsRef<OsStr>]) -> Result<(), Failure> {
    if files.iter().filter(|file| file.as_ref() == "-").count() > 1 {
        return Err(usage(command, "standard input can be read once: name - once"));
    }
    Ok(())
}
