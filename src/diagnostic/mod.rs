//! One value for everything that is wrong or doubtful, whoever found it.
//!
//! Knows codes, severities, messages and where a finding stands: a span of the file (found by `document`) or a
//! subject of the scenario (found by `scenario` and `checks`). Must never know the text of the file: whoever prints
//! turns subjects into spans and spans into lines.

mod code;
mod inconsistency;

use std::ops::Range;

use crate::scenario::Subject;

pub use code::{Code, Doc, FILE_CODES};
pub use inconsistency::{CONFLICT_HELP, choices, describe};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used for what was asked.
    Error,
    /// The method asks for attention; nothing is blocked.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl serde::Serialize for Severity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Bytes of a file, on character boundaries, the end excluded.
pub type Span = Range<usize>;

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// These bytes of the file.
    Span(Span),
    /// Something in the scenario.
    Subject(Subject),
    /// One entry of a list that a subject's field holds.
    Entry(Subject, usize),
}

/// A place and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// The text beside the mark; may be empty.
    pub text: String,
}

/// Something wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which finding it is; decides the severity.
    pub code: Code,
    /// The error or doubt in one line without a full stop. May quote the file: printers escape it.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
    /// Where: the place itself first, others that explain it after.
    pub labels: Vec<Label>,
}

impl Diagnostic {
    /// A finding at one place, nothing said beside the mark.
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, labels: vec![Label { place, text: String::new() }] }
    }

    /// Adds a text beside the mark of its own place.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds advice if there is any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Adds another place that explains it.
    #[must_use]
    pub fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Returns the subject that it is about; `None` for a place in the text of the file.
    #[must_use]
    pub fn subject(&self) -> Option<Subject> {
        self.labels.first().and_then(|label| match label.place {
            Place::Subject(subject) | Place::Entry(subject, _) => Some(subject),
            Place::Span(_) => None,
        })
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Help that suggests the valid choice nearest to what was written.
#[must_use]
pub fn did_you_mean<'a>(name: &str, choices: impl IntoIterator<Item = &'a str>) -> Option<String> {
    crate::text::nearest(name, choices).map(suggestion)
}

/// Help that suggests this choice.
#[must_use]
pub fn suggestion(choice: &str) -> String {
    format!("did you mean \"{choice}\"?")
}
