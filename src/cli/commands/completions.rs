//! `ach completions`: completion scripts for shells.

use clap::Args;
use clap_complete::Shell;

use crate::cli::{Failure, Outcome, Output};

/// Print a completion script for a shell
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
    // The generator panics if it cannot write, for instance into a closed pipe. So it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::cli::command(), "ach", &mut script);
    output.result(|out| out.write_all(&script))?;
    Ok(Outcome::Done)
}
