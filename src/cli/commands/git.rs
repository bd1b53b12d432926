//! `ach git`: has git compare and merge scenarios with `ach`, or no longer.

use std::ffi::OsString;

use clap::{Args, Subcommand};

use crate::cli::git::installation::{Installation, TrackedScenario};
use crate::cli::{Failure, Outcome, Output};
use crate::git::{self, ATTRIBUTES, OverridingLine, SETTINGS, SettingState};
use crate::present::{InstallationReport, InstalledScenario, InstalledSetting, SettingStatus};
use crate::report::DEFAULT_FORMAT;
use crate::text::single_line;

/// Have git compare and merge scenarios with ach
///
/// Once installed, `git diff` shows what changed in the conclusion, the judgements and the texts, and so do `git
/// show` and `git log -p` with --ext-diff. `git merge`, rebase, cherry-pick and stash merge cell by cell. `git diff
/// --no-ext-diff` shows the changed lines as before.
#[derive(Args, Debug)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  ach git install                     for every scenario of this repository
  ach git install 'cases/*.toml'      for the files that match this pattern, now and later
  ach git status                      the settings, and what is missing"
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
/// Sets the diff, merge and difftool drivers in the settings of this repository, and lists their paths in
/// .gitattributes: each scenario of the work tree, and *.ach.toml. Commit that file to share it with the team;
/// settings are not shared, so everyone runs this command once in each clone. It can be run again, for instance after
/// the program has moved.
#[derive(Args, Debug)]
struct InstallArgs {
    /// Files, or patterns as in .gitattributes
    #[arg(value_name = "PATTERN")]
    patterns: Vec<OsString>,
    /// Install for all repositories of the user: *.ach.toml, or the patterns given
    #[arg(long)]
    global: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Stop git from using ach
///
/// Removes the settings and lines that `ach git install` wrote, and nothing else.
#[derive(Args, Debug)]
struct UninstallArgs {
    /// Remove it from the user's settings instead of this repository's
    #[arg(long)]
    global: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Show whether git uses ach, and what is missing
#[derive(Args, Debug)]
struct StatusArgs {
    /// Show the user's settings instead of this repository's
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

/// Reports each change as it is made.
struct ChangeLog<'a> {
    output: &'a Output,
    dry_run: bool,
    told: bool,
}

impl ChangeLog<'_> {
    /// Makes a change and reports it, or only says what it would do.
    fn change(&mut self, said: &str, change: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        self.told = true;
        let said = single_line(said);
        if self.dry_run {
            // This is the answer to --dry-run, so --quiet does not silence it.
            return self.output.result(|out| writeln!(out, "would {said}"));
        }
        change()?;
        self.output.note(|out| writeln!(out, "{said}"))
    }
}

fn install(args: &InstallArgs, output: &Output) -> Result<Outcome, Failure> {
    let place = Installation::find(args.global)?;
    let asked = place.patterns(&args.patterns)?;
    let program =
        git::this_program().ok_or_else(|| Failure::refused("the path of this program is unknown", ""))?;
    // Before anything is set, since a file that must not be written stops all of it.
    let patterns = if asked.is_empty() { place.usual_patterns()? } else { asked };
    let attributes = place.with(&patterns)?;
    let mut log = ChangeLog { output, dry_run: args.dry_run, told: false };
    for setting in &SETTINGS {
        let present = place.present(setting)?;
        let wanted = setting.wanted(present.as_deref(), &program);
        if present.as_deref() == Some(wanted.as_str()) {
            continue;
        }
        let was = present.map(|present| format!("  (was {present})")).unwrap_or_default();
        log.change(&format!("set {} = {wanted}{was}", setting.key), || Ok(place.set(setting, &wanted)?))?;
    }
    let (filters, are_allowed) = place.filters()?;
    if !are_allowed {
        if !args.dry_run {
            place.allow(&filters)?;
        }
        for filter in &filters {
            log.change(&format!("allow {filter}, to read versions that it keeps"), || Ok(()))?;
        }
    }
    let mut shared = false;
    if let Some((edited, missing)) = attributes {
        if !args.dry_run {
            edited.save()?;
        }
        let file = place.attributes_name();
        for pattern in &missing {
            let line = format!("add {pattern} {} to {file}", ATTRIBUTES.join(" "));
            log.change(&line, || Ok(()))?;
        }
        shared = !args.global;
    }
    let told = log.told;
    let mut is_overridden = false;
    if !args.dry_run {
        for found in place.scenarios()?.iter().filter(|found| !found.is_ours()) {
            let Some(line) = place.overriding(found)? else { continue };
            is_overridden = true;
            output.say(&format!("warning: git does not give {} to ach: {}", found.path, overridden(line)));
        }
    }
    output.note(|out| {
        if !told && !is_overridden {
            return writeln!(out, "everything is set already");
        }
        if shared && !args.dry_run {
            writeln!(
                out,
                "\nCommit {} to share it with the team. The settings are personal: everyone runs `ach git install` once in each clone.",
                single_line(&place.attributes_name())
            )?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

/// Names the line that keeps a scenario from ach, and what to write below it.
fn overridden(line: OverridingLine) -> String {
    let OverridingLine { file, number, text, remedy } = line;
    format!("line {number} of {file} says `{text}`; write `{remedy}` below it")
}

fn uninstall(args: &UninstallArgs, output: &Output) -> Result<Outcome, Failure> {
    let place = Installation::find(args.global)?;
    let mut log = ChangeLog { output, dry_run: args.dry_run, told: false };
    for setting in &SETTINGS {
        match setting.state(place.own(setting)?) {
            SettingState::Missing => {}
            SettingState::Other(value) => {
                let said = format!("kept {} = {value}, which ach did not set", setting.key);
                output.note(|out| writeln!(out, "{}", single_line(&said)))?;
            }
            SettingState::Set(value) | SettingState::Namesake(value) | SettingState::Gone(value) => {
                log.change(&format!("unset {} = {value}", setting.key), || Ok(place.unset(setting)?))?;
            }
        }
    }
    if !args.dry_run {
        place.allow(&[])?;
    }
    if let Some((edited, gone)) = place.without()? {
        if !args.dry_run {
            edited.save()?;
        }
        let file = place.attributes_name();
        for pattern in &gone {
            let line = format!("remove {pattern} {} from {file}", ATTRIBUTES.join(" "));
            log.change(&line, || Ok(()))?;
        }
    }
    let (told, still) = (log.told, !args.global && !args.dry_run);
    let [command, ..] = &SETTINGS;
    let still = still && command.is_installed(place.present(command)?);
    output.note(|out| {
        if !told {
            writeln!(out, "ach has set nothing")?;
        }
        if still {
            writeln!(
                out,
                "git still uses ach through your own settings: `ach git uninstall --global` removes those"
            )?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

fn status(args: &StatusArgs, output: &Output) -> Result<Outcome, Failure> {
    let place = Installation::find(args.global)?;
    let mut settings = Vec::with_capacity(SETTINGS.len());
    for setting in &SETTINGS {
        let (status, value) = match setting.state(place.present(setting)?) {
            SettingState::Set(value) => (SettingStatus::Set, Some(value)),
            SettingState::Namesake(value) => (SettingStatus::Namesake, Some(value)),
            SettingState::Other(value) => (SettingStatus::Other, Some(value)),
            SettingState::Gone(value) => (SettingStatus::Gone, Some(value)),
            SettingState::Missing => (SettingStatus::Missing, None),
        };
        settings.push(InstalledSetting { key: setting.key, status, value });
    }
    let installed = |found: &TrackedScenario| {
        Ok(InstalledScenario {
            path: found.path.to_string(),
            installed: found.is_ours(),
            overridden: place.overriding(found)?.map(overridden),
            conflicts: place.conflicts(&found.path)?,
        })
    };
    let scenarios = place.scenarios()?.iter().map(installed).collect::<Result<_, Failure>>()?;
    let attributes = place.attributes_name();
    let report = InstallationReport { settings, scenarios, global: args.global, attributes };
    output.reports(DEFAULT_FORMAT, &[&report])
}
