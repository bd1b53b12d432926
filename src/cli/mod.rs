//! The command line: what can be asked, and how the answer leaves the program.
//!
//! Knows every other part and joins them: it opens files, asks for a report, has it written. Must never decide what
//! a report says or how a format looks.

mod commands;
mod completion;
mod edit;
mod git;
mod item;
mod load;
mod manual;
mod options;
mod outcome;
mod output;
mod preview;
mod progress;
mod save;
mod today;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

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

/// The answer to a command line without a command: what to do first.
const GREETING: &str = "\
ach weighs evidence for and against competing hypotheses, in plain files.

See a worked case:       ach new --example tajik-border
                         ach table tajik-border.toml     then: ach tajik-border.toml, the editor
Begin a case of yours:   ach new case.toml
                         ach case.toml
See what else there is:  ach --help
";

/// Runs the program on the arguments it was started with.
///
/// # Returns
/// 0: done, or the answer is yes; 1: the answer is no; 2: the command could not do its work.
pub fn main() -> ExitCode {
    match completion::answer(&arguments()) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => return outcome::exit_code(Err(error.into())),
    }
    let (page, result) = match parse(arguments()) {
        Ok(cli) => {
            let output = Output::new(&cli.page);
            let result = match cli.command {
                Some(command) => command.run(&output),
                None => output.result(|out| out.write_all(GREETING.as_bytes())).map(|()| Outcome::Done),
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
        None => parse_all(words),
    }
}

fn parse_all(words: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command().try_get_matches_from(words)?)
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
    parse_all(shown).err().filter(|again| again.kind() == error.kind()).unwrap_or(error)
}

/// Returns the whole command line, for help, completions and manual pages.
pub fn command() -> clap::Command {
    let command = completion::completed(Cli::command());
    let template = template(&command);
    command.help_template(template)
}

/// Returns the template of the help of the program, which lists the commands by their purpose.
fn template(command: &clap::Command) -> String {
    let heading = anstyle::Style::new().bold().underline();
    let mut template = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
    let widest = command.get_subcommands().map(|below| below.get_name().len()).max().unwrap_or_default();
    let find =
        |module: &&str| command.get_subcommands().find(|below| commands::is_named(module, below.get_name()));
    for (group, modules) in commands::GROUPS {
        template += &format!("\n{heading}{group}:{heading:#}\n");
        for below in modules.iter().filter_map(find) {
            let about = below.get_about().map(ToString::to_string).unwrap_or_default();
            template += &format!("  {:widest$}  {about}\n", below.get_name());
        }
    }
    template + &format!("\n{heading}Options:{heading:#}\n{{options}}{{after-help}}")
}
