//! `ach schema`: the JSON Schema of scenario files.

use clap::Args;

use crate::cli::{Failure, Outcome, Output};
use crate::document;
use crate::report::write_json;

/// Print the JSON Schema of scenario files
///
/// Editors that support TOML schemas use it to complete and check keys: put `#:schema PATH` on the first line of a
/// scenario.
#[derive(Args, Clone, Copy, Debug)]
#[command(after_help = "Example:
  ach schema > scenario.schema.json")]
pub(in crate::cli) struct SchemaArgs {}

pub(super) fn run(_: &SchemaArgs, output: &Output) -> Result<Outcome, Failure> {
    output.result(|out| write_json(&document::schema(), out))?;
    Ok(Outcome::Done)
}
