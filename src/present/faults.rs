//! What is wrong or doubtful in a file, at which places.

use serde::Serialize;

use super::words::count;
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
    pub highlights: Vec<Highlight>,
}

/// A place to show, and what is said beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The bytes marked.
    pub span: Span,
    /// The line its first byte is on, from 1.
    pub line: usize,
    /// The column of its first byte, from 1, in characters.
    pub column: usize,
    /// What is said beside it; may be empty.
    pub text: String,
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
