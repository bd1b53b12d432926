//! Several comparisons in a line each: what `ach diff --stat` answers.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::DiffReport;
use super::group::{DiffPart, Happening, Sort};
use crate::present::json::List;
use crate::present::listing::{Listing, ListingEntry};
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::record::{RecordField, Records};
use crate::present::words::count;
use crate::present::{Cell, Heading, JSON_FORMAT, Lazy, Report, Section};

/// How much changed in each of several scenarios, and whether the leader did.
#[derive(Debug)]
pub struct DiffStat<'a> {
    /// The comparisons.
    pub reports: &'a [DiffReport<'a>],
}

/// Changes counted; what docs/json.md calls them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct ChangeCounts {
    judgements: usize,
    added: usize,
    removed: usize,
    renamed: usize,
    moved: usize,
    fields: usize,
    texts: usize,
}

impl ChangeCounts {
    fn of(report: &DiffReport<'_>) -> Self {
        let mut tally = Self::default();
        for group in report.groups() {
            let counted = match group.sort {
                Sort::Judgements => &mut tally.judgements,
                Sort::Items(Happening::Added, _) => &mut tally.added,
                Sort::Items(Happening::Removed, _) => &mut tally.removed,
                Sort::Items(Happening::Renamed, _) => &mut tally.renamed,
                Sort::Items(Happening::Moved, _) => &mut tally.moved,
                Sort::Weights | Sort::Fields(_) | Sort::Scenario => &mut tally.fields,
                Sort::Texts => &mut tally.texts,
            };
            *counted += group.entries.len();
        }
        tally
    }

    fn numbers(self) -> [(&'static str, usize); 7] {
        [
            ("judgements", self.judgements),
            ("added", self.added),
            ("removed", self.removed),
            ("renamed", self.renamed),
            ("moved", self.moved),
            ("fields", self.fields),
            ("texts", self.texts),
        ]
    }

    fn said(self) -> String {
        let part = |number: usize, said: String| (number > 0).then_some(said);
        let parts: Vec<String> = [
            part(self.judgements, count(self.judgements, "judgement", "judgements")),
            part(self.added, format!("{} added", self.added)),
            part(self.removed, format!("{} removed", self.removed)),
            part(self.renamed, format!("{} renamed", self.renamed)),
            part(self.moved, format!("{} moved", self.moved)),
            part(self.fields, count(self.fields, "field", "fields")),
            part(self.texts, count(self.texts, "text", "texts")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { "no changes".to_owned() } else { parts.join(", ") }
    }
}

impl DiffReport<'_> {
    fn line(&self) -> Vec<Phrase<'_>> {
        let news = match (self.before, self.after) {
            (None, _) => "new: ",
            (_, None) => "gone: ",
            (Some(_), Some(_)) => "",
        };
        let mut said = vec![plain(format!("{news}{}", ChangeCounts::of(self).said()))];
        if news.is_empty() && self.parts.has(DiffPart::Conclusion) && self.standing.leader_changed() {
            said.push(plain("; "));
            said.push(strong(format!("the leader changed: {}", self.standing.change_of_leaders())));
        }
        said
    }
}

impl Report for DiffStat<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::over("Changes", self.reports.iter().filter_map(|report| report.heading().marking))
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let number = self.reports.len();
        let entry = |at: usize| {
            let names = self.reports.get(at).map(|report| vec![Cell::plain(report.heading().title)]);
            ListingEntry { names: names.unwrap_or_default(), ..ListingEntry::default() }
        };
        let words = |at: usize| self.reports.get(at).map(|report| vec![report.line()]).unwrap_or_default();
        vec![Section::Listing(Listing {
            heading: String::new(),
            names: &["File"],
            compares: false,
            entries: Lazy::new(number, entry),
            words: Lazy::new(number, words),
        })]
    }

    fn records(&self) -> Records<'_> {
        let counts = ChangeCounts::default().numbers();
        let columns = std::iter::once("path").chain(counts.map(|(name, _)| name)).chain(["leader_changed"]);
        let rows = Lazy::new(self.reports.len(), |at| {
            let Some(report) = self.reports.get(at) else { return Vec::new() };
            let mut fields = vec![RecordField::text(report.heading().title)];
            fields.extend(ChangeCounts::of(report).numbers().map(|(_, number)| RecordField::Count(number)));
            fields.push(RecordField::text(if report.standing.leader_changed() { "true" } else { "false" }));
            fields
        });
        Records { columns: columns.map(Cow::Borrowed).collect(), rows }
    }
}

#[derive(Serialize)]
struct Document<F> {
    format: u32,
    files: F,
}

#[derive(Serialize)]
struct File<'a> {
    path: Cow<'a, str>,
    #[serde(flatten)]
    tally: ChangeCounts,
    leader_changed: bool,
}

impl Serialize for DiffStat<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let file = |report| {
            let report: &DiffReport<'_> = report;
            File {
                path: report.heading().title,
                tally: ChangeCounts::of(report),
                leader_changed: report.standing.leader_changed(),
            }
        };
        Document { format: JSON_FORMAT, files: List(|| self.reports.iter().map(file)) }.serialize(serializer)
    }
}
