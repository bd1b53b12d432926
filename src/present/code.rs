//! What a code means: what `ach check --explain` answers.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::phrase::{dim, plain};
use super::record::{RecordField, Records};
use super::table::Lazy;
use super::{Heading, JSON_FORMAT, Report, Section};
use crate::diagnostic::{Code, Doc, Severity};

/// One code with its explanation.
#[derive(Clone, Copy, Debug)]
pub struct CodeReport<'a> {
    /// The code and what is known about it.
    pub doc: &'a Doc,
}

impl Report for CodeReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::unmarked(self.doc.code.as_str())
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let mut sections = vec![
            Section::Title {
                title: self.doc.code.as_str(),
                question: None,
                extent: self.doc.code.severity().as_str().to_owned(),
            },
            Section::Prose(vec![vec![plain(self.doc.text)]]),
        ];
        let source = self.doc.source.map(|source| vec![dim("Source: "), plain(source)]);
        sections.extend(source.map(|source| Section::Prose(vec![source])));
        sections
    }

    fn records(&self) -> Records<'_> {
        let Doc { code, text, source } = *self.doc;
        Records {
            columns: ["code", "severity", "text", "source"].into_iter().map(Cow::Borrowed).collect(),
            rows: Lazy::new(1, move |_| {
                vec![
                    RecordField::text(code.as_str()),
                    RecordField::text(code.severity().as_str()),
                    RecordField::text(text),
                    RecordField::maybe(source, RecordField::text),
                ]
            }),
        }
    }
}

/// The JSON document; the order of its keys is that of docs/json.md.
#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    code: Code,
    severity: Severity,
    text: &'a str,
    source: Option<&'a str>,
}

impl Serialize for CodeReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Doc { code, text, source } = *self.doc;
        Document { format: JSON_FORMAT, code, severity: code.severity(), text, source }.serialize(serializer)
    }
}
