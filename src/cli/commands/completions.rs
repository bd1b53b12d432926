//! `ach completions`: completion scripts for shells.

use clap::Args;
use clap_complete::Shell;
use clap_complete::env::Shells;

use crate::cli::{Failure, Outcome, Output, completion};

/// Print a completion script for a shell
///
/// The script completes commands, options, files, the ids of the scenario on the line, and the codes of findings.
#[derive(Args, Clone, Copy, Debug)]
#[command(after_help = "Examples:
  ach completions bash > ~/.local/share/bash-completion/completions/ach
  ach completions fish > ~/.config/fish/completions/ach.fish")]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs, output: &Output) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    if let Some(shell) = Shells::builtins().completer(&args.shell.to_string()) {
        shell.write_registration(completion::VARIABLE, "ach", "ach", "ach", &mut script)?;
    }
    output.result(|out| out.write_all(&script))?;
    Ok(Outcome::Done)
}
