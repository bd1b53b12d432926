//! `ach edit`: the terminal editor.
#![expect(clippy::disallowed_methods, reason = "the editor needs to know the terminal and the settings file")]

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, stdin, stdout};
use std::path::{Path, PathBuf};

use clap::Args;
use etcetera::BaseStrategy;

use crate::change::unsettled;
use crate::cli::edit;
use crate::cli::options::random_seed;
use crate::cli::outcome::Unusable;
use crate::cli::today::today;
use crate::cli::{Failure, Outcome, Output};
use crate::diagnostic::did_you_mean;
use crate::present::words::count;
use crate::present::{Objection, shell_word};
use crate::store::journal::{self, FoundJournal, JournalPlace};
use crate::store::{self, Origin, Unopened};
use crate::text::single_line;
use crate::tui::{self, Background, Depth, Ending, Host, Look, OpenedFile, Opening, Settings, Target};

/// Edit a scenario in the terminal
///
/// Shows the matrix with evidence down and hypotheses across; scores and ranks change with every rating. `?` shows
/// the keys.
///
/// --survey asks for the blank cells one at a time, for somebody who rates alone; `ach new --like` makes a file for
/// that. `q` saves and stops, and --seed with the number on the screen continues in the same order.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach edit scenario.toml
  ach scenario.toml
  ach edit first.toml second.toml
  ach edit --plain scenario.toml
  ach edit --survey --seed 4711 mine.toml")]
pub(in crate::cli) struct EditArgs {
    /// The scenario; a committed version (REV:path) can be viewed. Of several, the first is in view, and `:e` shows
    /// another
    #[arg(value_name = "FILE", required = true)]
    pub(in crate::cli) files: Vec<OsString>,

    /// Edit by typed lines that are answered with sentences, without escape codes; the default where TERM is dumb
    #[arg(long)]
    pub(in crate::cli) plain: bool,

    /// Ask for the blank cells one at a time in random order, with no score, rank or other cell in sight until the last
    #[arg(long)]
    pub(in crate::cli) survey: bool,

    /// Seed of the order of the survey: the same number continues one; by default random
    #[arg(long, value_name = "N", requires = "survey")]
    pub(in crate::cli) seed: Option<u64>,
}

pub(super) fn run(args: &EditArgs, output: &Output) -> Result<Outcome, Failure> {
    let mut files = Vec::new();
    for name in &args.files {
        let parts = edit::look_at(name, output).map_err(|failure| with_leftover(failure, name))?;
        files.push(opened(parts));
    }
    let mut others = files.into_iter();
    let Some((mut opening, target)) = others.next() else { return Ok(Outcome::Done) };
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let is_plain = args.plain || is_dumb;
    if is_plain && others.len() > 0 {
        return Err(Failure::refused("plain mode edits one file at a time", "name one file"));
    }
    if !is_plain && (!stdin().is_terminal() || !stdout().is_terminal()) {
        let help = "`ach edit --plain` takes lines, `ach table` prints the matrix, `ach set` changes a cell from scripts";
        return Err(Failure::refused("the editor needs a terminal", help));
    }
    let (settings, notice) = settings(output);
    opening.notice = notice;
    if args.survey {
        check_survey(&opening)?;
        opening.survey = Some(args.seed.unwrap_or_else(random_seed));
    }
    let ended = if is_plain {
        tui::run_plain(opening, settings, target, today())
    } else {
        let look = look(&settings);
        let host = Host { open: open_another, settings: settings_file, today };
        tui::run((opening, target), others.collect(), host, settings, &look)
    };
    match ended? {
        Ending::Left => Ok(Outcome::Done),
        Ending::Signal(number) => Ok(Outcome::Ended(number)),
    }
}

/// Returns a file as the editor takes it, with the place where it is saved.
fn opened((name, origin, document, scenario): edit::FileParts) -> OpenedFile {
    let path = PathBuf::from(&name);
    let (target, read_only) = match origin {
        Origin::Revision | Origin::StandardInput => {
            (None, Some("this is a version that git keeps; open the file to edit it".to_owned()))
        }
        Origin::File => {
            let read_only = (!store::is_writable(&path)).then(|| "the file is read-only".to_owned());
            (Some(Target { path, state_directory: state_directory() }), read_only)
        }
    };
    let name = name.to_string_lossy().into_owned();
    (Opening { name, document, scenario, read_only, notice: None, survey: None }, target)
}

/// Opens a file that is asked for in the editor.
fn open_another(name: &OsStr) -> Result<OpenedFile, String> {
    let failed = match edit::read(name).map_err(|failure| with_leftover(failure, name)) {
        Ok(parts) => return Ok(opened(parts)),
        Err(failure) => failure,
    };
    Err(match failed {
        Failure::Refused(objection) => objection.to_string(),
        Failure::Usage(error) => error.to_string(),
        Failure::Write(error) => error.to_string(),
        Failure::Unusable(files) => match files.first() {
            Some(Unusable::Unopened(Unopened { name, reason, help })) => {
                Objection { message: format!("{name}: {reason}"), help: help.clone() }.to_string()
            }
            Some(Unusable::Faulty(checked)) => {
                let faults = count(checked.findings.len(), "error", "errors");
                let name = shell_word(&checked.path);
                format!("{} has {faults}: `ach check {name}` shows them", checked.path)
            }
            None => "it cannot be opened".to_owned(),
        },
    })
}

/// Refuses a survey whose answers could not be kept, or of cells on which two sides of a merge differ.
fn check_survey(opening: &Opening) -> Result<(), Failure> {
    if let Some(reason) = &opening.read_only {
        return Err(Failure::refused(
            format!("answers could not be saved: {reason}"),
            "open a file of your own: `ach new mine.toml --like FILE` makes one",
        ));
    }
    if unsettled(&opening.scenario).is_empty() {
        return Ok(());
    }
    let name = &opening.name;
    Err(Failure::refused(
        format!("{} has conflicts that a merge left", single_line(name)),
        format!("settle them first: `ach resolve {}`", shell_word(name)),
    ))
}

/// The user's directory for what programs remember.
fn state_directory() -> Option<PathBuf> {
    directories()?.state_dir()
}

/// The user's directories; `None` without a home. On Unix that is `HOME` alone: the user database may ask libraries of
/// the system, which a statically linked program cannot load.
fn directories() -> Option<impl BaseStrategy> {
    let has_home = !cfg!(unix) || std::env::var_os("HOME").is_some();
    has_home.then(etcetera::choose_base_strategy)?.ok()
}

/// Adds to the failure to open a file that is gone where its unsaved edits are.
fn with_leftover(failure: Failure, file: &OsStr) -> Failure {
    let place = JournalPlace::of(Path::new(file), state_directory().as_deref());
    if store::exists(file) || store::is_kept(file) {
        return failure;
    }
    match journal::find(&place, "").0 {
        FoundJournal::Edits(leftover) => Failure::refused(
            format!("there is no such file: {}", file.display()),
            format!(
                "unsaved edits in it are in {}; they are offered when the file is there again, also under another name",
                leftover.path().display()
            ),
        ),
        FoundJournal::Nothing | FoundJournal::Elsewhere => match failure {
            Failure::Unusable(mut files) => {
                for unusable in &mut files {
                    if let Unusable::Unopened(unopened) = unusable {
                        let new = format!("`ach new {}` starts it", shell_word(&unopened.name));
                        let near =
                            unopened.help.take().map(|help| format!("{help} Or: ")).unwrap_or_default();
                        unopened.help = Some(near + &new);
                    }
                }
                Failure::Unusable(files)
            }
            failure => failure,
        },
    }
}

/// Opens a file that is given in place of a command.
pub(super) fn open(words: &[OsString], output: &Output) -> Result<Outcome, Failure> {
    match words {
        [file] if store::exists(file) || file.to_string_lossy().contains(['.', '/', ':']) => {
            run(&EditArgs { files: vec![file.clone()], plain: false, survey: false, seed: None }, output)
        }
        _ => {
            let word = words.first().map(|word| word.to_string_lossy()).unwrap_or_default();
            let whole = crate::cli::command();
            let commands: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
            let help =
                did_you_mean(&word, commands).unwrap_or_else(|| "`ach --help` lists the commands".into());
            Err(Failure::refused(format!("there is no command and no file \"{word}\""), help))
        }
    }
}

/// The user's settings file.
fn settings_file() -> Option<PathBuf> {
    directories().map(|base| base.config_dir().join("ach/config.toml"))
}

/// Returns the user's settings, and the editor's notice if they have faults. All faults are printed here, so that they
/// can be read after the editor is left.
fn settings(output: &Output) -> (Settings, Option<String>) {
    let Some(path) = settings_file() else { return (Settings::default(), None) };
    let Ok(text) = std::fs::read_to_string(&path) else { return (Settings::default(), None) };
    let (settings, warnings) = tui::read_settings(&text);
    let notice = warnings.first().map(|first| {
        let more = warnings.len() - 1;
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        format!("settings, {}{more}", single_line(&first.0))
    });
    for warning in warnings {
        output.say(&format!("warning: {}:{}", path.display(), warning.0));
    }
    (settings, notice)
}

/// Chooses the theme for this terminal, and its number of colours. Where the background is not known, a theme is taken
/// that reads on any, until the terminal tells its background.
fn look(settings: &Settings) -> Look {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let depth = Depth::of(&variable("COLORTERM"), &variable("TERM"));
    let (theme, asks) = match settings.theme.as_str() {
        "auto" if !variable("NO_COLOR").is_empty() => ("plain", false),
        "auto" => {
            (Background::reported(&variable("COLORFGBG")).map_or("colour-blind", Background::theme), true)
        }
        chosen => (chosen, false),
    };
    Look { theme: theme.to_owned(), asks, depth }
}
