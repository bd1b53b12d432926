//! `ach man`: manual pages.
#![expect(clippy::disallowed_methods, reason = "this command writes the pages")]

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::cli::{Failure, Outcome, Output};

/// Write manual pages into a directory
///
/// Writes one page for ach and one for each command: ach.1, ach-table.1 and so on. The directory is created if it does
/// not exist.
#[derive(Args, Debug)]
#[command(after_help = "Example:
  ach man ~/.local/share/man/man1")]
pub(in crate::cli) struct ManArgs {
    /// The directory
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

pub(super) fn run(args: &ManArgs, _: &Output) -> Result<Outcome, Failure> {
    let directory = &args.directory;
    std::fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(crate::cli::command(), directory))
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", directory.display())))?;
    Ok(Outcome::Done)
}
