//! Findings in a file and their places.

use serde::Serialize;

use super::words::counts;
use crate::diagnostic::{Code, Severity, Span};

/// A finding at a known place of a file.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Its stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The message.
    pub message: String,
    /// Line, from 1; 1 if the finding is about the file as a whole.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// The advice.
    pub help: Option<String>,
    /// The places to show: its own first, then others that explain it. May be empty.
    #[serde(skip)]
    pub highlights: Vec<Highlight>,
}

/// A place to show, with a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The bytes marked.
    pub span: Span,
    /// The line its first byte is on, from 1.
    pub line: usize,
    /// The column of its first byte, from 1, in characters.
    pub column: usize,
    /// The label beside it; may be empty.
    pub text: String,
}

/// Findings of one file as people are shown them.
#[derive(Clone, Copy, Debug)]
pub struct Faults<'a> {
    /// The name of the file for people.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The findings.
    pub findings: &'a [Finding],
    /// Whether a line sums up the number of findings, even if there are none.
    pub summed_up: bool,
}

impl<'a> Faults<'a> {
    /// Returns the findings of a file named `path`; `-` is standard input.
    #[must_use]
    pub fn new(path: &'a str, text: &'a str, findings: &'a [Finding], summed_up: bool) -> Self {
        let path = if path == "-" { "<stdin>" } else { path };
        Self { path, text, findings, summed_up }
    }

    /// Counts the findings by severity, such as `2 errors, 1 warning`; `None` if there are none.
    #[must_use]
    pub fn tally(self) -> Option<String> {
        let number = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (number(Severity::Error), number(Severity::Warning));
        let parts = counts([(errors, "error", "errors"), (warnings, "warning", "warnings")]);
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
