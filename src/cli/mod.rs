//! The command line: what can be asked, and how the answer leaves the program.
//!
//! Knows every other part and joins them: it opens files, asks for a report, has it written. Must never decide what
//! a report says or how a format looks.

mod commands;
mod driver;
mod edit;
mod history;
mod installation;
mod item;
mod load;
mod options;
mod outcome;
mod output;
mod progress;
mod versions;

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use commands::Command;
use options::PageArgs;
use outcome::{Failure, Outcome};
use output::Output;

use crate::store::{self, Expected};
use crate::text::single_line;

/// Analysis of Competing Hypotheses on plain files.
///
/// An analysis is a TOML file: hypotheses that compete to answer a question, items of evidence, and a judgement in
/// each cell, "if this hypothesis were true, how expected would this item be?". ach scores, ranks and checks it, and
/// git keeps it.
#[derive(Debug, Parser)]
#[command(name = "ach", version, max_term_width = 100)]
#[command(
    after_help = "FILE may be - for standard input. `ach COMMAND --help` tells more and gives examples."
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
/// 0: done; 1: the answer is no; 2: it could not be asked.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => {
            let result = outcome::told_by_clap(&told);
            if let Err(failure) = &result {
                Output::new(&PageArgs::default()).tell(failure);
            }
            return outcome::exit_code(result);
        }
    };
    let output = Output::new(&cli.page);
    let result = match cli.command {
        Some(command) => command.run(&output),
        None => output.result(|out| write!(out, "{}", command().render_help())).map(|()| Outcome::Done),
    };
    if let Err(failure) = &result {
        output.tell(failure);
    }
    outcome::exit_code(result)
}

/// Saves a file, and tells what could not be kept as it was.
fn save(name: &str, text: impl AsRef<[u8]>, expected: Expected<'_>, output: &Output) -> Result<(), Failure> {
    let saved =
        store::save(Path::new(name), text.as_ref(), expected).map_err(|error| Failure::unsaved(&error))?;
    for note in saved.notes {
        output.aside(|out, _| writeln!(out, "note: {}: {note}", single_line(name)));
    }
    Ok(())
}

/// The whole command line, as help, completions and manual pages describe it.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}
