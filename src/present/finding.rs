//! Findings in files: what `ach check` answers, and what every command says about a file that it cannot use.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::json::List;
use super::record::{Field, Records};
use super::table::Lazy;
use super::words::count;
use super::{Heading, JSON_FORMAT, Report, Section};
use crate::diagnostic::{Code, Severity, Span};

/// Something wrong or doubtful at a known place of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Which finding it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Line, from 1; 1 where the finding is about the file as a whole.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What to do about it.
    pub help: Option<String>,
    /// The places to show: its own first, others that explain it after. Empty where it has none.
    #[serde(skip)]
    pub marks: Vec<Mark>,
}

/// A place to show, and what is said beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes marked.
    pub span: Span,
    /// The line its first byte is on, from 1.
    pub line: usize,
    /// The column of its first byte, from 1, in characters.
    pub column: usize,
    /// What is said beside it; may be empty.
    pub text: String,
}

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

/// Findings of one file as people are shown them.
#[derive(Clone, Copy, Debug)]
pub struct Faults<'a> {
    /// The file as people are told of it.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The findings.
    pub findings: &'a [Finding],
    /// Whether a line sums up how many there are, also where there are none.
    pub summed_up: bool,
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

impl Faults<'_> {
    /// How many findings there are by severity, such as `2 errors, 1 warning`; `None` where there are none.
    #[must_use]
    pub fn tally(self) -> Option<String> {
        let number = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let part = |number, one, many| (number > 0).then(|| count(number, one, many));
        match (
            part(number(Severity::Error), "error", "errors"),
            part(number(Severity::Warning), "warning", "warnings"),
        ) {
            (Some(errors), Some(warnings)) => Some(format!("{errors}, {warnings}")),
            (errors, warnings) => errors.or(warnings),
        }
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
                Field::text(file.path.as_str()),
                Field::Count(finding.line),
                Field::Count(finding.column),
                Field::text(finding.severity.as_str()),
                Field::text(finding.code.as_str()),
                Field::text(finding.message.as_str()),
                Field::maybe(finding.help.as_deref(), Field::text),
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
