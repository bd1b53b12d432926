//! `ach git`: git compares and merges scenarios with us, and stops doing so.

use std::ffi::OsString;

use clap::{Args, Subcommand};

use crate::cli::installation::Place;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::git::{self, ATTRIBUTES, JOURNALS, SETTINGS, State};
use crate::present::{InstallationReport, SettingStatus};
use crate::report::DEFAULT_FORMAT;
use crate::text::single_line;

/// Have git compare and merge scenarios with ach
///
/// Once installed, `git diff` tells what happened to the conclusion, the judgements and the texts, and `git merge`,
/// rebase, cherry-pick and stash merge cell by cell. `git log -p` and `git show` do so with --ext-diff.
/// `git diff --no-ext-diff` shows the lines as before.
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  ach git install                     for every scenario of this repository
  ach git install 'cases/*.toml'      for the files that this pattern is about, now and later
  ach git status                      what is set, and what is missing"
)]
pub(in crate::cli) struct GitArgs {
    #[command(subcommand)]
    command: GitCommand,
}

#[derive(Debug, Subcommand)]
enum GitCommand {
    Install(InstallArgs),
    Uninstall(UninstallArgs),
    Status(StatusArgs),
}

/// Have git use ach for scenarios
///
/// Sets the diff, merge and difftool drivers in the settings of this repository, and writes the paths that they are
/// for into .gitattributes: each scenario of the work tree, and *.ach.toml. Commit that file, since it is the team's;
/// settings are each one's own, so everyone runs this once in a clone. What is set already stays, other settings and
/// lines are left alone, and a program that has moved is found again. Files that are no scenarios are compared by
/// lines as ever. The journals of the editor are excluded from `git status`.
#[derive(Args, Debug)]
struct InstallArgs {
    /// Files, or patterns as .gitattributes has them
    #[arg(value_name = "PATTERN")]
    patterns: Vec<OsString>,
    /// For all repositories of the user: *.ach.toml or the patterns given
    #[arg(long)]
    global: bool,
    /// Tell what would be changed and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Have git no longer use ach
///
/// Takes away what `ach git install` has set and written, and nothing else.
#[derive(Args, Debug)]
struct UninstallArgs {
    /// From the user's own settings instead of this repository's
    #[arg(long)]
    global: bool,
    /// Tell what would be changed and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Tell whether git uses ach, and what is missing
#[derive(Args, Debug)]
struct StatusArgs {
    /// Look at the user's own settings instead of this repository's
    #[arg(long)]
    global: bool,
}

pub(super) fn run(args: &GitArgs, output: &Output) -> Result<Outcome, Failure> {
    match &args.command {
        GitCommand::Install(args) => install(args, output),
        GitCommand::Uninstall(args) => uninstall(args, output),
        GitCommand::Status(args) => status(args, output),
    }
}

/// Tells what is done as it is done.
struct Teller<'a> {
    output: &'a Output,
    dry_run: bool,
    told: bool,
}

impl Teller<'_> {
    /// Says it, then does it unless nothing is to be done.
    fn change(&mut self, said: &str, change: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        self.told = true;
        let said = single_line(said);
        if self.dry_run {
            // It is what was asked for, also by who wants nothing but answers.
            return self.output.result(|out| writeln!(out, "would {said}"));
        }
        change()?;
        self.output.note(|out| writeln!(out, "{said}"))
    }
}

fn install(args: &InstallArgs, output: &Output) -> Result<Outcome, Failure> {
    let place = Place::find(args.global)?;
    let asked = place.patterns(&args.patterns)?;
    let program = git::this_program()
        .ok_or_else(|| Failure::refused("the system does not tell where this program is", ""))?;
    let mut teller = Teller { output, dry_run: args.dry_run, told: false };
    for setting in &SETTINGS {
        let present = place.present(setting)?;
        let wanted = setting.wanted(present.as_deref(), &program);
        if present.as_deref() == Some(wanted.as_str()) {
            continue;
        }
        let was = present.map(|present| format!("  (was {present})")).unwrap_or_default();
        teller.change(&format!("set {} = {wanted}{was}", setting.key), || place.set(setting, &wanted))?;
    }
    let patterns = if asked.is_empty() { place.usual_patterns()? } else { asked };
    let mut shared = false;
    if let Some((edited, missing)) = place.with(&patterns)? {
        if !args.dry_run {
            edited.save()?;
        }
        let file = place.attributes_name();
        for pattern in &missing {
            let line = format!("add {pattern} {} to {file}", ATTRIBUTES.join(" "));
            teller.change(&line, || Ok(()))?;
        }
        shared = !args.global;
    }
    if let Some(edited) = place.journals(true)? {
        let file = place.excludes_name();
        teller.change(&format!("add {JOURNALS} to {file}"), || edited.save())?;
    }
    let told = teller.told;
    output.note(|out| {
        if !told {
            return writeln!(out, "all is set already");
        }
        if shared && !args.dry_run {
            writeln!(
                out,
                "\nCommit {}: it is the team's. The settings are yours: everyone runs `ach git install` in a clone once.",
                single_line(&place.attributes_name())
            )?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

fn uninstall(args: &UninstallArgs, output: &Output) -> Result<Outcome, Failure> {
    let place = Place::find(args.global)?;
    let mut teller = Teller { output, dry_run: args.dry_run, told: false };
    for setting in &SETTINGS {
        match setting.state(place.own(setting)?) {
            State::Missing => {}
            State::Other(value) => {
                let said = format!("kept {} = {value}, which is not ours", setting.key);
                output.note(|out| writeln!(out, "{}", single_line(&said)))?;
            }
            State::Set(value) | State::Gone(value) => {
                teller.change(&format!("unset {} = {value}", setting.key), || place.unset(setting))?;
            }
        }
    }
    if let Some((edited, gone)) = place.without()? {
        if !args.dry_run {
            edited.save()?;
        }
        let file = place.attributes_name();
        for pattern in &gone {
            let line = format!("remove {pattern} {} from {file}", ATTRIBUTES.join(" "));
            teller.change(&line, || Ok(()))?;
        }
    }
    if let Some(edited) = place.journals(false)? {
        let file = place.excludes_name();
        teller.change(&format!("remove {JOURNALS} from {file}"), || edited.save())?;
    }
    let (told, still) = (teller.told, !args.global && !args.dry_run);
    let [command, ..] = &SETTINGS;
    let still = still && matches!(command.state(place.present(command)?), State::Set(_) | State::Gone(_));
    output.note(|out| {
        if !told {
            writeln!(out, "nothing of ours is set")?;
        }
        if still {
            writeln!(out, "git still uses ach by your own settings: `ach git uninstall --global` ends that")?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

fn status(args: &StatusArgs, output: &Output) -> Result<Outcome, Failure> {
    let place = Place::find(args.global)?;
    let mut settings = Vec::with_capacity(SETTINGS.len());
    for setting in &SETTINGS {
        let (state, value) = match setting.state(place.present(setting)?) {
            State::Set(value) => (SettingStatus::Set, Some(value)),
            State::Other(value) => (SettingStatus::Other, Some(value)),
            State::Gone(value) => (SettingStatus::Gone, Some(value)),
            State::Missing => (SettingStatus::Missing, None),
        };
        settings.push((setting.key, state, value));
    }
    let scenarios: Vec<(String, bool)> =
        place.scenarios()?.iter().map(|found| (found.path.to_string(), found.is_ours())).collect();
    let attributes = place.attributes_name();
    let report = InstallationReport { global: args.global, settings, scenarios, attributes };
    output.reports(DEFAULT_FORMAT, &[&report])
}
