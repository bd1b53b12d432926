//! One type for every error and warning, whichever module found it.
//!
//! Knows codes, severities, messages and places: a span of the file (found by `document`) or a subject of the
//! scenario (found by `scenario` and `checks`). Must never know the text of the file: the printer turns
//! subjects into spans and spans into lines.

mod code;
mod inconsistency;

use std::ops::Range;

use crate::scenario::Subject;

pub use code::{Code, Doc, FILE_CODES};
pub use inconsistency::{CONFLICT_HELP, choices, describe};

/// The severity of a finding.
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

/// A range of bytes of a file, on character boundaries.
pub type Span = Range<usize>;

/// The place of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// These bytes of the file.
    Span(Span),
    /// Something in the scenario.
    Subject(Subject),
    /// One entry of the list in a subject's field.
    Entry(Subject, usize),
}

impl From<Subject> for Place {
    fn from(subject: Subject) -> Self {
        Self::Subject(subject)
    }
}

/// A place with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// The text beside the mark; may be empty.
    pub text: String,
}

/// An error or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code, which decides the severity.
    pub code: Code,
    /// The message, one line without a full stop. May quote the file: printers escape it.
    pub message: String,
    /// The remedy.
    pub help: Option<String>,
    /// The places: its own first, then others that explain it.
    pub labels: Vec<Label>,
}

impl Diagnostic {
    /// Returns a finding at one place, without a text beside the mark.
    #[must_use]
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Self {
        let label = Label { place: place.into(), text: String::new() };
        Self { code, message: message.into(), help: None, labels: vec![label] }
    }

    /// Adds a text beside the mark of its own place.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Adds help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds help, if there is any.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Adds another place that explains it.
    #[must_use]
    pub fn also(mut self, place: impl Into<Place>, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: place.into(), text: text.into() });
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

    /// Returns its severity.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Returns help that suggests the valid choice closest to `name`.
#[must_use]
pub fn did_you_mean<'a>(name: &str, choices: impl IntoIterator<Item = &'a str>) -> Option<String> {
    crate::text::nearest(name, choices).map(suggestion)
}

/// Returns help that suggests this choice.
#[must_use]
pub fn suggestion(choice: &str) -> String {
    format!("did you mean \"{choice}\"?")
}
