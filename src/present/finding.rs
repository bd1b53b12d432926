//! Findings in files: the answer of `ach check`, and what every command reports about a file that it cannot use.

use std::borrow::Cow;

use serde::Serialize;

use super::faults::{Faults, Finding};
use super::record::Records;
use super::{Heading, Report, Section};
use crate::diagnostic::Severity;

/// A file with its findings, in order of their places.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// The file as it was named.
    pub path: String,
    /// Its text.
    #[serde(skip)]
    pub text: String,
    /// The scenario's handling marking, where one could be read.
    #[serde(skip)]
    pub marking: Option<String>,
    /// The findings.
    #[serde(rename = "diagnostics")]
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Counts the findings of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Returns the findings as people are shown them.
    #[must_use]
    pub fn faults(&self, summed_up: bool) -> Faults<'_> {
        Faults::new(&self.path, &self.text, &self.findings, summed_up)
    }
}

/// Files and their findings.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// The files, as asked.
    pub files: Vec<Checked>,
}

/// A finding with the file that it is in.
#[derive(Serialize)]
struct FindingRow<'a> {
    path: &'a str,
    #[serde(flatten)]
    finding: &'a Finding,
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
        let rows = self.files.iter().flat_map(|Checked { path, findings, .. }| {
            findings.iter().map(move |finding| FindingRow { path, finding })
        });
        let columns = &["path", "line", "column", "severity", "code", "message", "help"];
        Records::of(columns, rows.collect())
    }
}
