//! JSON: the keys of the scenario file and nothing else, so that `ach schema` describes it.

use super::{ExportFormat, Part};
use crate::report::write_json;

/// The values of the file.
pub(super) const JSON: ExportFormat = ExportFormat {
    name: "json",
    ending: "json",
    is_text: true,
    lacks: |_| &[Part::Comment],
    write: |case, out| Ok(write_json(&case.document.values(case.positions), out)?),
};
