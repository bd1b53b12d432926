//! Changes that a command made, for programs.

use serde::Serialize;

use super::diff::ChangeDocument;
use super::phrase::plain;
use super::record::Records;
use super::{Heading, Report, Section, sentence};
use crate::change::Change;

/// The changes that a command made.
#[derive(Debug, Serialize)]
pub struct ChangesReport<'a> {
    #[serde(serialize_with = "super::diff::changes")]
    changes: &'a [Change],
}

impl<'a> ChangesReport<'a> {
    /// Reports on changes.
    #[must_use]
    pub const fn new(changes: &'a [Change]) -> Self {
        Self { changes }
    }
}

impl Report for ChangesReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::unmarked("Changes")
    }

    fn sections(&self) -> Vec<Section<'_>> {
        vec![Section::Prose(self.changes.iter().map(|change| vec![plain(sentence(change))]).collect())]
    }

    fn records(&self) -> Records<'_> {
        let columns =
            &["kind", "evidence", "hypothesis", "indicator", "estimate", "field", "before", "after"];
        Records::of(columns, self.changes.iter().map(ChangeDocument).collect())
    }
}
