//! The command line: what can be asked, and how the answer leaves the program.
//!
//! Knows every other part and joins them: it opens files, asks for a report, has it written. Must never decide what
//! a report says or how a format looks.

mod commands;
mod edit;
mod git;
mod item;
mod load;
mod options;
mod outcome;
mod output;
mod preview;
mod progress;
mod save;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use commands::Command;
use options::PageArgs;
use outcome::{Failure, Outcome};
use output::Output;

use crate::text;

/// Analysis of Competing Hypotheses on plain files.
///
/// An analysis is a TOML file: hypotheses that compete to answer a question, items of evidence, and a judgement in
/// each cell, "if this hypothesis were true, how expected would this item be?". ach scores, ranks and checks it, and
/// git keeps it.
#[derive(Debug, Parser)]
#[command(name = "ach", version, max_term_width = 100)]
#[command(
    after_help = "FILE may be - for standard input. `ach COMMAND --help` explains a command and gives examples."
)]
struct Cli {
    #[command(flatten)]
    page: PageArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Runs the program on the arguments it was started with.
///
/// # Returns
/// 0: done, or the answer is yes; 1: the answer is no; 2: the command could not do its work.
#[must_use]
pub fn main() -> ExitCode {
    let (page, result) = match parse(arguments()) {
        Ok(cli) => {
            let output = Output::new(&cli.page);
            let result = match cli.command {
                Some(command) => command.run(&output),
                None => {
                    output.result(|out| write!(out, "{}", command().render_help())).map(|()| Outcome::Done)
                }
            };
            (cli.page, result)
        }
        // Help and the version are errors to clap.
        Err(error) if error.exit_code() == 0 => {
            (PageArgs::default(), error.print().map(|()| Outcome::Done).map_err(Into::into))
        }
        Err(error) => (PageArgs::default(), Err(visible(error).into())),
    };
    if let Err(failure) = &result {
        Output::new(&page).tell(failure);
    }
    outcome::exit_code(result)
}

/// Parses the words of the command line.
fn parse(words: Vec<OsString>) -> Result<Cli, clap::Error> {
    match commands::parse_named(&words) {
        Some((page, command)) => Ok(Cli { page, command: Some(command) }),
        None => Cli::try_parse_from(words),
    }
}

/// Returns the words of the command line. A file that is given in place of a command follows the command `edit` if its
/// name is not UTF-8, since clap takes no other name for a command.
#[expect(clippy::disallowed_methods, reason = "the command line is read here")]
fn arguments() -> Vec<OsString> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    if words.get(1).is_some_and(|word| word.to_str().is_none()) {
        words.insert(1, "edit".into());
    }
    words
}

/// Returns the same error about arguments in which hidden characters are escaped, since clap repeats them as they are.
fn visible(error: clap::Error) -> clap::Error {
    let shown = arguments().into_iter().map(|word| text::sanitize(&word.to_string_lossy()).into_owned());
    Cli::try_parse_from(shown).err().filter(|again| again.kind() == error.kind()).unwrap_or(error)
}

/// Returns the whole command line, for help, completions and manual pages.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}
