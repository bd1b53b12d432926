//! JSON files of known programs, one module each: a program is a line in [`PROGRAMS`].

mod arkham_mirror;
mod evidence_tree;
mod intel_workbench;
mod matrix;
mod radarist;
mod reader;
mod researchtoolspy;
mod scenario;
mod table;

use serde_json::Value;

use super::{ImportFault, ImportOptions, ImportPlace, Imported};

/// A program whose files are known by their keys.
struct JsonProgram {
    /// The name of the format.
    name: &'static str,
    /// Whether a file is one of the program.
    is_it: fn(&Value) -> bool,
    /// Reads the file.
    read: fn(&Value, &ImportOptions) -> Result<Imported, Vec<ImportFault>>,
}

/// Every known program.
const PROGRAMS: &[JsonProgram] = &[
    scenario::PROGRAM,
    table::PROGRAM,
    arkham_mirror::PROGRAM,
    intel_workbench::PROGRAM,
    radarist::PROGRAM,
    researchtoolspy::PROGRAM,
    evidence_tree::PROGRAM,
];

/// The most values of a file. Each takes some 70 bytes of memory.
const MAX_VALUES: usize = 4_000_000;

/// Reads a JSON file of a known program.
pub(super) fn import(text: &str, options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let whole = |message: String, help: &str| vec![ImportFault::whole(message, help)];
    let values = text.bytes().filter(|byte| matches!(byte, b',' | b':' | b'[' | b'{')).count();
    if values > MAX_VALUES {
        return Err(whole(format!("the file has more than {MAX_VALUES} values"), ""));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        vec![ImportFault::new(
            ImportPlace::text(error.line(), error.column().max(1)),
            format!("not JSON: {message}"),
            "",
        )]
    })?;
    let Some(program) = PROGRAMS.iter().find(|program| (program.is_it)(&value)) else {
        let names: Vec<&str> = PROGRAMS.iter().map(|program| program.name).collect();
        let message = "this JSON is not of a known program";
        return Err(whole(
            message.to_owned(),
            &format!("known programs are {}; a table as CSV always works", names.join(", ")),
        ));
    };
    let mut imported = (program.read)(&value, options)?;
    program.name.clone_into(&mut imported.read.kind);
    if let Some(title) = &options.title {
        imported.scenario.title.clone_from(title);
    }
    Ok(imported)
}
