//! The meaning of a finding's code: the answer of `ach check --explain`.

use serde::Serialize;

use super::phrase::{dim, plain};
use super::record::Records;
use super::{Heading, Report, Section};
use crate::diagnostic::{Code, Doc, Severity};

/// One code with its explanation.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CodeReport {
    code: Code,
    severity: Severity,
    text: &'static str,
    source: Option<&'static str>,
}

impl CodeReport {
    /// Reports what is documented about a code.
    #[must_use]
    pub const fn new(doc: &Doc) -> Self {
        let Doc { code, text, source } = *doc;
        Self { code, severity: code.severity(), text, source }
    }
}

impl Report for CodeReport {
    fn heading(&self) -> Heading<'_> {
        Heading::unmarked(self.code.as_str())
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let (title, extent) = (self.code.as_str(), self.severity.as_str().to_owned());
        let title = Section::Title { title, question: None, extent };
        let source = self.source.map(|source| Section::Prose(vec![vec![dim("Source: "), plain(source)]]));
        [title, Section::Prose(vec![vec![plain(self.text)]])].into_iter().chain(source).collect()
    }

    fn records(&self) -> Records<'_> {
        Records::of(&["code", "severity", "text", "source"], vec![self])
    }
}
