//! The commands, one file each: the arguments, whose comments are the help, and what is done with them.

mod add;
mod blame;
mod check;
mod completions;
mod diff;
mod edit;
mod explain;
mod fmt;
mod git;
mod log;
mod man;
mod merge;
mod mv;
mod new;
mod next;
mod rank;
mod resolve;
mod rm;
mod robustness;
mod schema;
mod sensitivity;
mod set;
mod table;
mod team;
mod timeline;

use clap::Subcommand;
use clap::error::ErrorKind;

use super::load;
use super::options::ReportArgs;
use super::outcome::{Failure, Outcome};
use super::output::Output;
use crate::present::{Report, Request};
use crate::report::Format;
use crate::scenario::Scenario;

/// What can be asked.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Table(table::TableArgs),
    Rank(rank::RankArgs),
    Explain(explain::ExplainArgs),
    Sensitivity(sensitivity::SensitivityArgs),
    Robustness(robustness::RobustnessArgs),
    Next(next::NextArgs),
    Timeline(timeline::TimelineArgs),
    Team(Box<team::TeamArgs>),
    Check(check::CheckArgs),
    Edit(edit::EditArgs),
    Diff(Box<diff::DiffArgs>),
    Log(log::LogArgs),
    Blame(blame::BlameArgs),
    Merge(Box<merge::MergeArgs>),
    Resolve(Box<resolve::ResolveArgs>),
    New(new::NewArgs),
    Set(Box<set::SetArgs>),
    Add(Box<add::AddArgs>),
    Rm(rm::RmArgs),
    Mv(mv::MvArgs),
    Fmt(fmt::FmtArgs),
    Git(git::GitArgs),
    Schema(schema::SchemaArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    /// A file to open in the editor
    #[command(external_subcommand)]
    Open(Vec<String>),
}

impl Command {
    /// Does it.
    pub(super) fn run(self, output: &Output) -> Result<Outcome, Failure> {
        match self {
            Self::Table(args) => table::run(&args, output),
            Self::Rank(args) => rank::run(&args, output),
            Self::Explain(args) => explain::run(&args, output),
            Self::Sensitivity(args) => sensitivity::run(&args, output),
            Self::Robustness(args) => robustness::run(&args, output),
            Self::Next(args) => next::run(&args, output),
            Self::Timeline(args) => timeline::run(&args, output),
            Self::Team(args) => team::run(&args, output),
            Self::Check(args) => check::run(args, output),
            Self::Edit(args) => edit::run(&args, output),
            Self::Diff(args) => diff::run(&args, output),
            Self::Log(args) => log::run(&args, output),
            Self::Blame(args) => blame::run(&args, output),
            Self::Merge(args) => merge::run(&args, output),
            Self::Resolve(args) => resolve::run(&args, output),
            Self::New(args) => new::run(args, output),
            Self::Set(args) => set::run(&args, output),
            Self::Add(args) => add::run(&args, output),
            Self::Rm(args) => rm::run(&args, output),
            Self::Mv(args) => mv::run(&args, output),
            Self::Fmt(args) => fmt::run(&args, output),
            Self::Git(args) => git::run(&args, output),
            Self::Schema(args) => schema::run(args, output),
            Self::Completions(args) => completions::run(args, output),
            Self::Open(words) => edit::open(&words, output),
            Self::Man(args) => man::run(&args, output),
        }
    }
}

/// Wrong usage of the command of this name, said as clap says it.
fn usage(command: &str, message: String) -> Failure {
    let mut whole = super::command();
    whole.build();
    let error = match whole.find_subcommand_mut(command) {
        Some(command) => command.error(ErrorKind::ArgumentConflict, message),
        None => whole.error(ErrorKind::ArgumentConflict, message),
    };
    Failure::Usage(Box::new(error))
}

/// Writes a report on each scenario that the command of this name is asked about.
fn report_each(
    command: &str,
    args: &ReportArgs,
    output: &Output,
    report: impl for<'a> Fn(&'a Scenario, Request<'a>) -> Box<dyn Report + 'a>,
) -> Result<Outcome, Failure> {
    try_report_each(command, args, output, |scenario, request| Ok(report(scenario, request)))
}

/// The same of reports that may be refused.
fn try_report_each(
    command: &str,
    args: &ReportArgs,
    output: &Output,
    report: impl for<'a> Fn(&'a Scenario, Request<'a>) -> Result<Box<dyn Report + 'a>, Failure>,
) -> Result<Outcome, Failure> {
    let format = args.format.format();
    check_format(command, args.files.len(), format)?;
    check_stdin(command, &args.files)?;
    let loaded = load::scenarios(&args.files)?;
    let reports = loaded.iter().map(|file| report(&file.scenario, args.scoring.request(&file.name)));
    let reports = reports.collect::<Result<Vec<Box<dyn Report + '_>>, Failure>>()?;
    output.reports(format, &reports.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

/// Refuses what one output cannot hold: several reports in a format for one.
fn check_format(command: &str, files: usize, format: &dyn Format) -> Result<(), Failure> {
    if files > 1 && !format.holds_several() {
        let message = format!("{} holds one table: name one FILE, or take --format json", format.name());
        return Err(usage(command, message));
    }
    Ok(())
}

/// Refuses to read standard input twice.
fn check_stdin(command: &str, files: &[String]) -> Result<(), Failure> {
    if files.iter().filter(|file| *file == "-").count() > 1 {
        return Err(usage(command, "standard input can be read once: name - once".to_owned()));
    }
    Ok(())
}
