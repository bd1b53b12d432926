//! `ach man`: manual pages.
#![expect(clippy::disallowed_methods, reason = "this command writes the pages")]

use std::io;
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::{Args, Command};
use clap_mangen::Man;

use crate::cli::{Failure, Outcome, Output, manual};
use crate::store::{self, Links};

/// Write manual pages into a directory
///
/// Writes a page for ach and one for each command (ach.1, ach-table.1 and so on), and pages of the format, the keys
/// and the numbers: ach-format.5, ach-keys.7 and ach-numbers.7, which go to man5 and man7 beside a directory man1.
/// Directories are created as needed.
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
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", directory.display())))?;
    let mut whole = crate::cli::command().disable_help_subcommand(true);
    whole.build();
    write_pages(&whole, directory)?;
    for (name, section, subject, text) in manual::PAGES {
        let page = manual::page(name, section, subject, text);
        // Beside man1, each section has its directory; elsewhere all pages stand together.
        let is_first = directory.file_name().is_some_and(|last| last == "man1");
        let own =
            if is_first { directory.with_file_name(format!("man{section}")) } else { directory.clone() };
        std::fs::create_dir_all(&own)?;
        write_page(&own.join(format!("{name}.{section}")), page.as_bytes())?;
    }
    Ok(Outcome::Done)
}

/// Writes the page of a command and those of its subcommands.
fn write_pages(command: &Command, directory: &Path) -> Result<(), Failure> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write_pages(below, directory)?;
    }
    let examples = manual::examples(command);
    let command = command.clone();
    let page = Man::new(if examples.is_empty() { command } else { command.after_help(Resettable::Reset) });
    let path = directory.join(page.get_filename());
    let mut bytes = Vec::new();
    page.render(&mut bytes)?;
    bytes.extend_from_slice(examples.as_bytes());
    bytes.extend_from_slice(manual::COMMON.as_bytes());
    write_page(&path, &bytes)
}

fn write_page(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // Its name was not typed, so a link there was made by somebody who chose where it leads.
    let old = store::read_other(path, Links::Refused)?;
    store::replace_other(path, Links::Refused, old.as_deref(), bytes)?;
    Ok(())
}
