//! The history of a scenario: the answer of `ach log`.
//!
//! For each commit, its changes and what they did to the conclusion; or, with `--graph`, one table of the ranking
//! over all commits.

mod about;
mod graph;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;
use serde::ser::Serializer;

use super::commit::CommitNote;
use super::diff::{Brief, ChangeDocument, NOBODY, Shift, changes};
use super::listing::Listing;
use super::phrase::{Phrase, dim, plain, strong};
use super::record::Records;
use super::section::prose;
use super::table::Cell;
use super::words::{count, list, times};
use super::{Heading, Report, Request, Section, next_command};
use crate::change::Change;

pub use about::About;

/// Changes listed of one commit; the rest is counted.
const MOST: usize = 12;

/// A commit and what it did.
#[derive(Debug, Serialize)]
pub struct LogEntry {
    /// The commit.
    #[serde(flatten)]
    pub commit: CommitNote,
    /// The path of the file before, where the commit renamed it.
    #[serde(skip)]
    pub renamed_from: Option<String>,
    /// Whether it merges versions; it is then compared with its first parent.
    #[serde(skip)]
    pub merge: bool,
    /// Whether the file has the same bytes as before, so that only its mode changed.
    #[serde(skip)]
    pub mode_only: bool,
    /// The changes that it made; or why its version cannot be read.
    #[serde(flatten, serialize_with = "done")]
    pub told: Result<Brief, String>,
}

/// Serializes the changes of a commit, or why its version cannot be read.
fn done<S: Serializer>(told: &Result<Brief, String>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Done<'a> {
        #[serde(serialize_with = "changes")]
        changes: &'a [Change],
        conclusion: Option<&'a Shift>,
        unreadable: Option<&'a str>,
    }
    let done = match told {
        Ok(Brief { changes, conclusion, .. }) => {
            Done { changes, conclusion: Some(conclusion), unreadable: None }
        }
        Err(reason) => Done { changes: &[], conclusion: None, unreadable: Some(reason) },
    };
    done.serialize(serializer)
}

/// A change with its commit, or a commit without changes.
#[derive(Serialize)]
struct LogRow<'a> {
    #[serde(flatten)]
    commit: &'a CommitNote,
    #[serde(flatten)]
    change: Option<ChangeDocument<'a>>,
}

/// The history of a scenario.
#[derive(Debug, Serialize)]
pub struct LogReport<'a> {
    /// The marking of the newest version that can be read.
    pub marking: Option<String>,
    /// The commits, newest first.
    #[serde(rename = "commits")]
    pub entries: Vec<LogEntry>,
    /// The file as it was named.
    #[serde(skip)]
    pub title: &'a str,
    /// How it is scored and printed.
    #[serde(skip)]
    pub request: Request<'a>,
    /// Whether the ranking is drawn instead of the changes listed.
    #[serde(skip)]
    pub graph: bool,
    /// Whether it is of one thing only: all changes of a commit are then listed, and there is no verdict.
    #[serde(skip)]
    pub whole: bool,
}

impl LogReport<'_> {
    fn extent(&self) -> String {
        let authors: BTreeSet<&str> = self.entries.iter().map(|entry| entry.commit.author.as_str()).collect();
        let commits = count(self.entries.len(), "commit", "commits");
        let days: Vec<&str> = self.entries.iter().map(|entry| entry.commit.day()).collect();
        let (first, last) = (days.iter().min().copied().unwrap_or_default(), days.iter().max().copied());
        let span = match last {
            Some(last) if last != first => format!(", {first} to {last}"),
            Some(day) => format!(", {day}"),
            None => String::new(),
        };
        let by: Vec<&str> = authors.into_iter().collect();
        let by = match by.as_slice() {
            [] => String::new(),
            few @ ([_] | [_, _] | [_, _, _]) => format!(" by {}", list(few)),
            many => format!(" by {} people", many.len()),
        };
        format!("{commits}{by}{span}")
    }

    fn briefs(&self) -> impl Iterator<Item = (&CommitNote, &Brief)> {
        self.entries.iter().filter_map(|entry| Some((&entry.commit, entry.told.as_ref().ok()?)))
    }

    /// Whether versions are missing from the history.
    fn has_gaps(&self) -> bool {
        self.entries.iter().any(|entry| entry.commit.is_boundary || entry.told.is_err())
    }

    /// Says in one sentence how often the leader changed.
    fn verdict(&self) -> Vec<Phrase<'_>> {
        if self.entries.is_empty() {
            return vec![plain("No commit has it yet.")];
        }
        let changes: Vec<_> = self.briefs().filter(|(_, brief)| brief.leader_changed()).collect();
        // Of a scenario that is gone, the last that was there counts.
        let newest = self.briefs().find(|(_, brief)| !brief.is_gone());
        let newest = newest.map(|(_, brief)| (names(&brief.conclusion), brief.provisional));
        match (changes.first(), newest) {
            (Some((commit, brief)), _) => {
                let times = times(changes.len());
                let [before, after] = names(&brief.conclusion);
                vec![
                    strong(format!("The leader changed {times}")),
                    plain(format!(", last on {} ({}): {before} -> ", commit.day(), commit.short())),
                    strong(after),
                    plain(format!("{}.", brief.provisional)),
                ]
            }
            (None, Some(([_, leader], _))) if leader == NOBODY => {
                vec![plain("No hypothesis leads in any version that could be read.")]
            }
            (None, Some(([_, leader], provisional))) => {
                let same = if self.has_gaps() {
                    "The leader is the same in all versions that could be read"
                } else {
                    "The leader stayed the same"
                };
                vec![strong(same), plain(format!(": {leader}{provisional}."))]
            }
            (None, None) => Vec::new(),
        }
    }

    fn listing(&self, at: usize) -> Option<Listing<'_>> {
        let entry = self.entries.get(at)?;
        let commit = &entry.commit;
        let mut lines: Vec<(String, Vec<Phrase<'_>>)> = Vec::new();
        let renamed = entry.renamed_from.as_ref();
        lines.extend(renamed.map(|from| ("file".to_owned(), vec![plain(format!("renamed from {from}"))])));
        if entry.merge {
            lines.push(("merge".to_owned(), vec![dim("compared with its first parent")]));
        }
        match &entry.told {
            Err(reason) => lines.push(("unreadable".to_owned(), vec![strong(reason.as_str())])),
            Ok(brief) => {
                let told = |line: &super::diff::BriefLine| (line.subject.clone(), line.words.clone());
                lines.extend(brief.verdict.iter().map(told));
                let most = if self.whole { brief.lines.len() } else { MOST };
                lines.extend(brief.lines.iter().take(most).map(told));
                let more = brief.lines.len().saturating_sub(most);
                if more > 0 {
                    let more = count(more, "more change", "more changes");
                    lines.push(("...".to_owned(), vec![dim(format!("and {more}"))]));
                }
                if lines.is_empty() {
                    let said = if entry.mode_only {
                        "only the mode of the file"
                    } else {
                        "only comments, [meta] or ways of writing"
                    };
                    lines.push(("no change".to_owned(), vec![dim(said)]));
                }
            }
        }
        let heading = format!("{} {} {}: {}", commit.short(), commit.day(), commit.author, commit.subject);
        let lines = lines.into_iter().map(|(name, words)| (vec![Cell::plain(name)], words));
        Some(Listing::lines(heading, &["What"], lines.collect()))
    }
}

/// Returns the names of the leaders before and after.
fn names(conclusion: &Shift) -> [String; 2] {
    [&conclusion.before, &conclusion.after].map(super::diff::leaders)
}

impl Report for LogReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading { marking: self.marking.as_deref().map(Cow::Borrowed), title: self.title.into() }
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let title = Section::Title { title: self.title, question: None, extent: self.extent() };
        let verdict = if self.whole { Vec::new() } else { self.verdict() };
        let by_bayes = self.briefs().any(|(_, brief)| !brief.conclusion.method.is_additive());
        let priors = by_bayes.then(|| vec![dim("Posteriors stand on the priors of each version.")]);
        let mut sections = vec![title, prose(std::iter::once(verdict).chain(priors))];
        if self.graph {
            sections.extend(self.scores_over_time().map(Section::Chart));
            sections.extend(self.ranking_over_time().map(Section::Table));
        } else {
            let listings = (0..self.entries.len()).filter_map(|at| self.listing(at));
            sections.extend(listings.map(Section::Listing));
        }
        let next = if self.graph {
            ("log", "shows what moved it")
        } else {
            ("blame", "shows who last set each cell")
        };
        let request =
            Request { file: self.request.file.filter(|_| !self.entries.is_empty()), ..self.request };
        sections.extend(next_command(next.0, request, next.1));
        sections
    }

    fn records(&self) -> Records<'_> {
        let rows = self.entries.iter().flat_map(|LogEntry { commit, told, .. }| {
            let changes = told.as_ref().map_or(&[][..], |brief| &brief.changes);
            let whole = changes.is_empty().then_some(None);
            let changes = changes.iter().map(|change| Some(ChangeDocument(change)));
            changes.chain(whole).map(move |change| LogRow { commit, change })
        });
        let columns = &[
            "commit",
            "author",
            "date",
            "subject",
            "path",
            "kind",
            "evidence",
            "hypothesis",
            "source",
            "indicator",
            "field",
            "before",
            "after",
        ];
        Records::of(columns, rows.collect())
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
