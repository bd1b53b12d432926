//! JSON: the keys of the scenario file and nothing else, so that `ach schema` describes it.

use std::io::Write;

use super::{ExportCase, ExportError, ExportFormat, ExportOptions, Part};
use crate::report::write_json;

/// The values of the file.
#[derive(Debug)]
pub(super) struct Json;

impl ExportFormat for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn ending(&self) -> &'static str {
        "json"
    }

    fn lacks(&self, _: ExportOptions<'_>) -> &'static [Part] {
        &[Part::Comment]
    }

    fn write(&self, case: &ExportCase<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
        Ok(write_json(&case.document.values(case.positions), out)?)
    }
}
