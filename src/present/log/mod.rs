//! The history of a scenario: what `ach log` answers.
//!
//! Each commit has what it changed and what that did to the conclusion; or, with `--graph`, the ranking over all of
//! them is one table.

mod about;
mod graph;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;
use serde::ser::Serializer;

use super::commit::CommitNote;
use super::diff::{Brief, Shift};
use super::json::List;
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::{RecordField, Records};
use super::table::{Cell, Lazy};
use super::words::{count, list};
use super::{Heading, JSON_FORMAT, Report, Request, Section, next_command};

pub use about::About;

/// Of the changes of one commit, so many are told; the rest is counted.
const MOST: usize = 12;

/// A commit and what it did.
#[derive(Debug)]
pub struct LogEntry {
    /// The commit.
    pub commit: CommitNote,
    /// The path of the file before, where the commit renamed it.
    pub renamed_from: Option<String>,
    /// Whether it merges versions; it is then compared with its first parent.
    pub merge: bool,
    /// What it did to the scenario; or why its version cannot be read.
    pub told: Result<Brief, String>,
}

/// The history of a scenario.
#[derive(Debug)]
pub struct LogReport<'a> {
    /// The file as it was named.
    pub title: &'a str,
    /// The commits, newest first.
    pub entries: Vec<LogEntry>,
    /// The marking of the newest version that can be read.
    pub marking: Option<String>,
    /// How it is spoken about.
    pub request: Request<'a>,
    /// Whether the ranking is drawn instead of the changes told.
    pub graph: bool,
    /// Whether it is of one thing only: all changes of a commit are then told, and nothing is said of the whole.
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

    /// What became of the leader, in a sentence.
    fn verdict(&self) -> Vec<Phrase<'_>> {
        if self.entries.is_empty() {
            return vec![plain("No commit has it yet.")];
        }
        let changes: Vec<_> = self.briefs().filter(|(_, brief)| brief.leader_changed()).collect();
        // Of a scenario that is gone, the last that was there counts.
        let newest =
            self.briefs().find(|(_, brief)| !brief.is_gone()).map(|(_, brief)| names(&brief.conclusion));
        match (changes.first(), newest) {
            (Some((commit, brief)), _) => {
                let times = match changes.len() {
                    1 => "once".to_owned(),
                    2 => "twice".to_owned(),
                    many => format!("{many} times"),
                };
                let [before, after] = names(&brief.conclusion);
                vec![
                    strong(format!("The leader changed {times}")),
                    plain(format!(", last on {} ({}): {before} -> ", commit.day(), commit.short())),
                    strong(after),
                    plain("."),
                ]
            }
            (None, Some([_, leader])) if !leader.is_empty() => {
                vec![strong("The leader stayed the same"), plain(format!(": {leader}."))]
            }
            (None, _) => Vec::new(),
        }
    }

    fn listing(&self, at: usize) -> Option<Listing<'_>> {
        let entry = self.entries.get(at)?;
        let commit = &entry.commit;
        let mut lines: Vec<(String, Vec<Phrase<'_>>)> = Vec::new();
        if let Some(from) = &entry.renamed_from {
            lines.push(("file".to_owned(), vec![plain(format!("renamed from {from}"))]));
        }
        if entry.merge {
            lines.push(("merge".to_owned(), vec![dim("compared with its first parent")]));
        }
        match &entry.told {
            Err(reason) => {
                lines.push(("unreadable".to_owned(), vec![strong(reason.as_str())]));
            }
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
                    let said = "only comments, [meta] or ways of writing";
                    lines.push(("no change".to_owned(), vec![dim(said)]));
                }
            }
        }
        let (names, words): (Vec<String>, Vec<_>) = lines.into_iter().unzip();
        let number = names.len();
        Some(Listing {
            heading: format!("{} {} {}: {}", commit.short(), commit.day(), commit.author, commit.subject),
            names: &["What"],
            compares: false,
            entries: Lazy::new(number, move |at| {
                let name = names.get(at).map(|name| vec![Cell::plain(name.clone())]);
                ListingEntry { names: name.unwrap_or_default(), ..ListingEntry::default() }
            }),
            words: Lazy::new(number, move |at| {
                words.get(at).map(|words| vec![words.clone()]).unwrap_or_default()
            }),
        })
    }
}

/// The names of the leaders before and after.
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
        let mut sections = vec![title, Section::Prose(vec![verdict])];
        if self.graph {
            sections.extend(self.scores_over_time().map(Section::Chart));
            sections.extend(self.ranking_over_time().map(Section::Table));
        } else {
            let listings = (0..self.entries.len()).filter_map(|at| self.listing(at));
            sections.extend(listings.map(Section::Listing));
        }
        let next = if self.graph {
            ("log", "tells what moved it")
        } else {
            ("blame", "tells who last set each cell")
        };
        let request =
            Request { file: self.request.file.filter(|_| !self.entries.is_empty()), ..self.request };
        sections.extend(next_command(next.0, request, next.1));
        sections
    }

    fn records(&self) -> Records<'_> {
        let mut rows: Vec<(usize, Option<usize>)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let changes = entry.told.as_ref().map_or(0, |brief| brief.changes.len());
            rows.extend((0..changes).map(|change| (at, Some(change))));
            rows.extend((changes == 0).then_some((at, None)));
        }
        let columns = ["commit", "author", "date", "subject", "path"];
        let columns = columns.into_iter().chain(super::diff::COLUMNS).map(Cow::Borrowed).collect();
        let row = move |at: usize| {
            let Some((entry, change)) =
                rows.get(at).and_then(|(at, change)| Some((self.entries.get(*at)?, change)))
            else {
                return Vec::new();
            };
            let commit = &entry.commit;
            let facts = [&commit.id, &commit.author, &commit.date, &commit.subject, &commit.path];
            let mut fields: Vec<RecordField<'_>> = facts.into_iter().map(RecordField::text).collect();
            let change = change.and_then(|change| entry.told.as_ref().ok()?.changes.get(change));
            fields.extend(super::diff::fields(change));
            fields
        };
        let number = self.entries.iter().map(|e| e.told.as_ref().map_or(1, |b| b.changes.len().max(1))).sum();
        Records { columns, rows: Lazy::new(number, row) }
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}

#[derive(Serialize)]
struct Document<'a, C> {
    format: u32,
    marking: Option<&'a str>,
    commits: C,
}

#[derive(Serialize)]
struct CommitDocument<'a, C> {
    commit: &'a str,
    author: &'a str,
    date: &'a str,
    subject: &'a str,
    path: &'a str,
    changes: C,
    conclusion: Option<&'a Shift>,
    unreadable: Option<&'a str>,
}

impl Serialize for LogReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let commit = |entry| {
            let LogEntry { commit, told, .. }: &LogEntry = entry;
            CommitDocument {
                commit: &commit.id,
                author: &commit.author,
                date: &commit.date,
                subject: &commit.subject,
                path: &commit.path,
                changes: super::diff::documents(told.as_ref().map_or(&[], |brief| brief.changes.as_slice())),
                conclusion: told.as_ref().ok().map(|brief| &brief.conclusion),
                unreadable: told.as_ref().err().map(String::as_str),
            }
        };
        Document {
            format: JSON_FORMAT,
            marking: self.marking.as_deref(),
            commits: List(|| self.entries.iter().map(commit)),
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests;
