//! Findings in files: what `ach check` answers, and what every command says about a file that it cannot use.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::faults::{Faults, Finding};
use super::json::List;
use super::record::{RecordField, Records};
use super::table::Lazy;
use super::{Heading, JSON_FORMAT, Report, Section};
use crate::diagnostic::Severity;

/// A file with its findings, in order of their places.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The file as it was named.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The scenario's handling marking, where one could be read.
    pub marking: Option<String>,
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// How many findings of this severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Its findings for people.
    #[must_use]
    pub fn faults(&self, summed_up: bool) -> Faults<'_> {
        let path = if self.path == "-" { "<stdin>" } else { &self.path };
        Faults { path, text: &self.text, findings: &self.findings, summed_up }
    }
}

/// Files and their findings.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// The files, as asked.
    pub files: Vec<Checked>,
}

impl Report for CheckReport {
    fn heading(&self) -> Heading<'_> {
        let markings = self.files.iter().filter_map(|file| file.marking.as_deref());
        Heading::over("Findings", markings.map(Cow::Borrowed))
    }

    fn sections(&self) -> Vec<Section<'_>> {
        self.files.iter().map(|file| Section::Faults(file.faults(true))).collect()
    }

    fn records(&self) -> Records<'_> {
        let columns = ["path", "line", "column", "severity", "code", "message", "help"];
        let findings: Vec<(&Checked, &Finding)> = self
            .files
            .iter()
            .flat_map(|file| file.findings.iter().map(move |finding| (file, finding)))
            .collect();
        let rows = Lazy::new(findings.len(), move |row| {
            let Some((file, finding)) = findings.get(row) else { return Vec::new() };
            vec![
                RecordField::text(file.path.as_str()),
                RecordField::Count(finding.line),
                RecordField::Count(finding.column),
                RecordField::text(finding.severity.as_str()),
                RecordField::text(finding.code.as_str()),
                RecordField::text(finding.message.as_str()),
                RecordField::maybe(finding.help.as_deref(), RecordField::text),
            ]
        });
        Records { columns: columns.into_iter().map(Cow::Borrowed).collect(), rows }
    }
}

#[derive(Serialize)]
struct Document<F> {
    format: u32,
    files: F,
}

#[derive(Serialize)]
struct FileEntry<'a> {
    path: &'a str,
    diagnostics: &'a [Finding],
}

impl Serialize for CheckReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let files =
            || self.files.iter().map(|file| FileEntry { path: &file.path, diagnostics: &file.findings });
        Document { format: JSON_FORMAT, files: List(files) }.serialize(serializer)
    }
}
