//! `ach fmt`: formats a scenario file.

use std::ffi::OsString;

use clap::Args;

use super::check_stdin;
use crate::cli::load::{self, Opened};
use crate::cli::outcome::{Failure, Outcome, Unusable};
use crate::cli::output::Output;
use crate::store::Expected;
use crate::text::single_line;

/// Format a file: spacing, and the order of keys
///
/// Comments and values stay as they are; tables are neither moved nor converted. With -, the formatted text goes to
/// standard output.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach fmt scenarios/*.toml
  ach fmt --check case.toml
  ach fmt - < draft.toml > case.toml")]
pub(in crate::cli) struct FmtArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// Write nothing; exit with 1 and name the files that are not formatted
    #[arg(long)]
    check: bool,
    /// Name the files that would change and write nothing
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    /// Skip files that are not scenarios: those without a key `ach`
    #[arg(long)]
    skip_others: bool,
}

pub(super) fn run(args: &FmtArgs, output: &Output) -> Result<Outcome, Failure> {
    check_stdin("fmt", &args.files)?;
    let mut unusable = Vec::new();
    let mut unformatted = false;
    for name in &args.files {
        let opened = match load::open_unless_other(name, args.skip_others) {
            Ok(Some(opened)) => opened,
            Ok(None) => continue,
            Err(fault) => {
                unusable.push(Unusable::Unopened(fault));
                continue;
            }
        };
        if !args.check {
            load::check_writable(name, opened.origin)?;
        }
        load::tell_contradictions(name, &opened.reading, output);
        let Opened { name, reading, .. } = opened;
        let document = match load::readable(&name, reading) {
            Ok((document, _)) => document,
            Err(fault) => {
                unusable.push(fault);
                continue;
            }
        };
        let formatted = document.formatted();
        let differs = formatted != document.text();
        let shown = single_line(&name.to_string_lossy()).into_owned();
        if args.check || args.dry_run {
            unformatted |= differs;
            if differs {
                output.result(|out| writeln!(out, "{shown}"))?;
            }
        } else if name == "-" {
            output.result(|out| out.write_all(formatted.as_bytes()))?;
        } else if differs {
            crate::cli::save::save(&name, &formatted, Expected::Bytes(document.text().as_bytes()), output)?;
            output.note(|out| writeln!(out, "formatted {shown}"))?;
        }
    }
    Outcome::answer(args.check && unformatted).unless(unusable)
}
