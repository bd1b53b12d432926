//! `ach schema`: the JSON Schema of scenario files.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::{Failure, Outcome, Output};
use crate::document;
use crate::report::write_json;
use crate::store::{self, Links};

/// The name of the schema in a directory of scenarios.
const NAME: &str = "scenario.schema.json";

/// Print the JSON Schema of scenario files, or install it for editors
///
/// Editors that support TOML schemas use it to complete and check keys. --install writes it as scenario.schema.json
/// into a directory, such as the top of a repository. Scenarios that `ach new` starts there or below name it on their
/// first line, and others can with `#:schema PATH`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "Examples:
  ach schema --install
  ach schema > scenario.schema.json")]
pub(in crate::cli) struct SchemaArgs {
    /// Write the schema into this directory, by default the current one
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".")]
    install: Option<PathBuf>,
}

pub(super) fn run(args: &SchemaArgs, output: &Output) -> Result<Outcome, Failure> {
    let Some(directory) = &args.install else {
        output.result(|out| write_json(&document::schema(), out))?;
        return Ok(Outcome::Done);
    };
    let path = directory.join(NAME);
    let mut bytes = Vec::new();
    write_json(&document::schema(), &mut bytes)?;
    let old = store::read_other(&path, Links::Refused)?;
    store::replace_other(&path, Links::Refused, old.as_deref(), &bytes)?;
    let path = crate::text::single_line(&path.to_string_lossy()).into_owned();
    output
        .note(|out| writeln!(out, "wrote {path}; the first line of a scenario names it: #:schema {NAME}"))?;
    Ok(Outcome::Done)
}

/// Returns the path from a new scenario to the installed schema in its directory or the nearest one above in the same
/// repository; `None` if there is none.
pub(super) fn installed_above(scenario: &Path) -> Option<String> {
    let directory = std::path::absolute(scenario).ok()?;
    let mut up = String::new();
    for directory in directory.ancestors().skip(1) {
        if store::exists(directory.join(NAME)) {
            return Some(format!("{up}{NAME}"));
        }
        if store::exists(directory.join(".git")) {
            return None;
        }
        up.push_str("../");
    }
    None
}
