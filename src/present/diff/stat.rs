//! Several comparisons, a line each: the answer of `ach diff --stat`.

use serde::Serialize;

use super::DiffReport;
use super::group::{Happening, Sort};
use crate::present::listing::Listing;
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::record::Records;
use crate::present::words::count;
use crate::present::{Cell, Heading, Report, Section};

/// How much changed in each of several scenarios, and whether the leader did.
#[derive(Debug, Serialize)]
pub struct DiffStat<'a> {
    files: Vec<FileStat<'a>>,
    #[serde(skip)]
    reports: &'a [DiffReport<'a>],
}

#[derive(Debug, Serialize)]
struct FileStat<'a> {
    path: &'a str,
    #[serde(flatten)]
    counts: ChangeCounts,
    leader_changed: bool,
}

impl<'a> DiffStat<'a> {
    /// Sums up these comparisons.
    #[must_use]
    pub fn new(reports: &'a [DiffReport<'a>]) -> Self {
        let file = |report: &'a DiffReport<'a>| FileStat {
            path: &report.title,
            counts: ChangeCounts::of(report),
            leader_changed: report.standing.leader_changed(),
        };
        Self { files: reports.iter().map(file).collect(), reports }
    }
}

/// Changes counted by sort.
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
                Sort::Judgements | Sort::Probabilities => &mut tally.judgements,
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

impl FileStat<'_> {
    fn line(&self, report: &DiffReport<'_>) -> Vec<Phrase<'static>> {
        let news = match (report.before, report.after) {
            (None, _) => "new: ",
            (_, None) => "gone: ",
            (Some(_), Some(_)) => "",
        };
        let mut said = vec![plain(format!("{news}{}", self.counts.said()))];
        if news.is_empty() && report.shows_conclusion() && self.leader_changed {
            said.push(plain("; "));
            said.push(strong(format!("the leader changed: {}", report.standing.change_of_leaders())));
            said.push(plain(report.provisional()));
        }
        said
    }
}

impl Report for DiffStat<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::over("Changes", self.reports.iter().filter_map(|report| report.heading().marking))
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let lines = self.files.iter().zip(self.reports);
        let lines = lines.map(|(file, report)| (vec![Cell::plain(file.path)], file.line(report)));
        vec![Section::Listing(Listing::lines("", &["File"], lines.collect()))]
    }

    fn records(&self) -> Records<'_> {
        let columns = &[
            "path",
            "judgements",
            "added",
            "removed",
            "renamed",
            "moved",
            "fields",
            "texts",
            "leader_changed",
        ];
        Records::of(columns, self.files.iter().collect())
    }
}
