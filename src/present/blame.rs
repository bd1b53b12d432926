//! Who last set each cell of a scenario, and when: what `ach blame` answers.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;
use serde::ser::Serializer;

use super::commit::CommitNote;
use super::json::List;
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::{RecordField, Records};
use super::table::{Align, Cell, Column, Lazy, Role, Sideways, Table, Tone};
use super::words::count;
use super::{Heading, JSON_FORMAT, Report, Request, Section, next_command};
use crate::scenario::{Evidence, EvidenceField, Fielded, Hypothesis, Rating, Scenario, Value};
use crate::text::truncate;

/// The mark of what no commit has.
const OPEN: &str = "*";
/// Of a value of a field, columns shown.
const LONGEST: usize = 120;

/// Who set the cells of a scenario.
#[derive(Debug)]
pub struct BlameReport<'a> {
    /// The version that is asked about.
    pub scenario: &'a Scenario,
    /// The one item that is asked about in detail, by its position.
    pub item: Option<usize>,
    /// The commits that set anything, newest first.
    pub commits: Vec<CommitNote>,
    /// For each cell, row by row, the place of its commit; `None` where no commit has it as it is.
    pub cells: Vec<Option<usize>>,
    /// The fields that the item has, and the commit of each likewise.
    pub fields: Vec<(EvidenceField, Option<usize>)>,
    /// How it is spoken about.
    pub request: Request<'a>,
}

impl<'a> BlameReport<'a> {
    fn items(&self) -> impl Iterator<Item = &'a Evidence> {
        let evidence = self.scenario.evidence.as_slice();
        let range = self.item.map_or(0..evidence.len(), |at| at..at + 1);
        evidence.get(range).unwrap_or_default().iter()
    }

    /// Every cell with what is in it and its commit.
    fn each(
        &self,
    ) -> impl Iterator<Item = (&'a Evidence, &'a Hypothesis, Option<Rating>, Option<&CommitNote>)> {
        let hypotheses = self.scenario.hypotheses.as_slice();
        let cells = self.items().flat_map(move |item| {
            hypotheses
                .iter()
                .enumerate()
                .map(move |(at, hypothesis)| (item, hypothesis, item.ratings.rating(at)))
        });
        cells.zip(&self.cells).map(|((item, hypothesis, rating), commit)| {
            (item, hypothesis, rating, commit.and_then(|at| self.commits.get(at)))
        })
    }

    /// How many cells each commit set.
    fn tally(&self) -> HashMap<usize, usize> {
        let mut tally = HashMap::new();
        for at in self.cells.iter().flatten() {
            *tally.entry(*at).or_default() += 1;
        }
        tally
    }

    fn open(&self) -> usize {
        self.cells.iter().filter(|commit| commit.is_none()).count()
    }

    fn extent(&self) -> String {
        let commits = count(self.commits.len(), "commit", "commits");
        format!("{} from {commits}", count(self.cells.len(), "cell", "cells"))
    }

    /// The matrix: in each cell the rating and the mark of its commit.
    fn table(&self) -> Table<'_> {
        let mut columns = vec![
            Column::new("Evidence", Role::Key, Align::Left),
            Column { name: "Text".into(), ..Column::new("", Role::Text, Align::Left) },
        ];
        columns.extend(self.scenario.hypotheses.iter().map(|hypothesis| Column {
            title: Cell::plain(hypothesis.header()),
            name: hypothesis.name.as_str().into(),
            role: Role::Value,
            align: Align::Left,
        }));
        let items: Vec<&Evidence> = self.items().collect();
        let width = self.scenario.hypotheses.len();
        let rows = Lazy::new(items.len(), move |row| {
            let Some(item) = items.get(row) else { return Vec::new() };
            let mut cells = vec![Cell::plain(item.id.as_str()), Cell::new(item.text.as_str(), Tone::Dim)];
            cells.extend((0..width).map(|at| {
                let rating = item.ratings.rating(at);
                let commit = self.cells.get(row * width + at).copied().flatten();
                let shown = rating.map_or("·", Rating::as_str);
                Cell::new(format!("{shown:<2} {}", self.mark(commit)), Tone::Rating(rating))
            }));
            cells
        });
        Table { columns, rows, totals: Vec::new(), sideways: Sideways::Lines }
    }

    /// A letter for each commit, the newest first.
    fn mark(&self, commit: Option<usize>) -> String {
        commit.map_or_else(|| OPEN.to_owned(), letters)
    }

    /// What the marks stand for.
    fn legend(&self) -> Listing<'_> {
        let tally = self.tally();
        let mut lines: Vec<(Vec<Cell<'_>>, Vec<Phrase<'_>>)> = Vec::new();
        if self.open() > 0 {
            let cells = count(self.open(), "cell", "cells");
            lines.push((
                vec![Cell::plain(OPEN)],
                vec![strong("not committed yet"), dim(format!(" ({cells})"))],
            ));
        }
        for (at, commit) in self.commits.iter().enumerate() {
            let Some(cells) = tally.get(&at) else { continue };
            lines.push((
                vec![Cell::plain(letters(at))],
                vec![
                    plain(format!("{} {} ", commit.short(), commit.day())),
                    strong(commit.author.as_str()),
                    plain(format!(": {}", commit.subject)),
                    dim(format!(" ({})", count(*cells, "cell", "cells"))),
                ],
            ));
        }
        listing("", &["Mark"], lines)
    }

    /// The cells or fields of one item, a line each.
    fn details(&self) -> Vec<Listing<'_>> {
        let who = |commit: Option<usize>| -> Vec<Phrase<'_>> {
            match commit.and_then(|at| self.commits.get(at)) {
                None => vec![strong("not committed yet")],
                Some(commit) => vec![
                    plain(format!("{} {} ", commit.short(), commit.day())),
                    strong(commit.author.as_str()),
                    plain(format!(": {}", commit.subject)),
                ],
            }
        };
        let Some(item) = self.items().next() else { return Vec::new() };
        let judged = self.scenario.hypotheses.iter().zip(&self.cells).enumerate();
        let judgements = judged.map(|(at, (hypothesis, commit))| {
            let rating = item.ratings.rating(at);
            let mut words = who(*commit);
            if let Some(cell) = item.ratings.get(at) {
                words.extend(cell.confidence.map(|confidence| dim(format!("; confidence {confidence}"))));
                words.extend(cell.note().map(|note| dim(format!("; {}", truncate(note, LONGEST)))));
            }
            let shown = Cell::new(rating.map_or("·", Rating::as_str), Tone::Rating(rating));
            (vec![Cell::plain(hypothesis.header()), shown], words)
        });
        let judgements = listing("Judgements", &["Hypothesis", "Rating"], judgements.collect());
        let fields = self.fields.iter().map(|(field, commit)| {
            let mut words = who(*commit);
            let value = item.field(*field).map(|value| said(&value)).unwrap_or_default();
            words.push(dim(format!("; {}", truncate(&value, LONGEST))));
            (vec![Cell::plain(Evidence::key(*field))], words)
        });
        vec![judgements, listing("Fields", &["Field"], fields.collect())]
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => list.join(", "),
    }
}

/// a to z, then aa, ab and so on.
fn letters(number: usize) -> String {
    let mut text = String::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        text.insert(0, char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    text
}

fn listing<'a>(
    heading: &str,
    names: &'static [&'static str],
    lines: Vec<(Vec<Cell<'a>>, Vec<Phrase<'a>>)>,
) -> Listing<'a> {
    let (heads, words): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
    let number = heads.len();
    Listing {
        heading: heading.to_owned(),
        names,
        compares: false,
        entries: Lazy::new(number, move |at| ListingEntry {
            names: heads.get(at).cloned().unwrap_or_default(),
            ..ListingEntry::default()
        }),
        words: Lazy::new(number, move |at| {
            words.get(at).map(|words| vec![words.clone()]).unwrap_or_default()
        }),
    }
}

impl Report for BlameReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let item = self.item.and_then(|at| self.scenario.evidence.get(at));
        let question = item.map(|item| item.text.as_str());
        let title = item.map_or(self.scenario.title.as_str(), |item| item.id.as_str());
        let mut sections = vec![Section::Title { title, question, extent: self.extent() }];
        if item.is_some() {
            sections.extend(self.details().into_iter().map(Section::Listing));
        } else if self.cells.is_empty() {
            sections.push(Section::Prose(vec![vec![plain("There is no cell yet.")]]));
        } else {
            sections.push(Section::Table(self.table()));
            sections.push(Section::Listing(self.legend()));
        }
        let is_open = self.open() > 0 || self.fields.iter().any(|(_, commit)| commit.is_none());
        let next = if is_open {
            next_command("diff", self.request, "tells what is not committed yet")
        } else {
            next_command("log", self.request, "tells what each commit changed")
        };
        sections.extend(next);
        sections
    }

    fn records(&self) -> Records<'_> {
        let columns = ["evidence", "hypothesis", "rating", "commit", "author", "date"];
        let cells: Vec<_> = self.each().collect();
        let rows = Lazy::new(cells.len(), move |at| {
            let Some((item, hypothesis, rating, commit)) = cells.get(at) else { return Vec::new() };
            vec![
                RecordField::text(item.id.as_str()),
                RecordField::text(hypothesis.id.as_str()),
                RecordField::maybe(*rating, |rating| RecordField::text(rating.as_str())),
                RecordField::maybe(*commit, |commit| RecordField::text(&commit.id)),
                RecordField::maybe(*commit, |commit| RecordField::text(&commit.author)),
                RecordField::maybe(*commit, |commit| RecordField::text(&commit.date)),
            ]
        });
        Records { columns: columns.into_iter().map(Cow::Borrowed).collect(), rows }
    }
}

#[derive(Serialize)]
struct Document<'a, C, F> {
    format: u32,
    marking: Option<&'a str>,
    cells: C,
    fields: F,
}

#[derive(Serialize)]
struct CellDocument<'a> {
    evidence: &'a str,
    hypothesis: &'a str,
    rating: Option<Rating>,
    commit: Option<&'a str>,
    author: Option<&'a str>,
    date: Option<&'a str>,
}

#[derive(Serialize)]
struct FieldDocument<'a> {
    field: &'static str,
    commit: Option<&'a str>,
    author: Option<&'a str>,
    date: Option<&'a str>,
}

impl Serialize for BlameReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = || {
            self.each().map(|(item, hypothesis, rating, commit)| CellDocument {
                evidence: item.id.as_str(),
                hypothesis: hypothesis.id.as_str(),
                rating,
                commit: commit.map(|commit| commit.id.as_str()),
                author: commit.map(|commit| commit.author.as_str()),
                date: commit.map(|commit| commit.date.as_str()),
            })
        };
        let fields = || {
            self.fields.iter().map(|(field, commit)| {
                let commit = commit.and_then(|at| self.commits.get(at));
                FieldDocument {
                    field: Evidence::key(*field),
                    commit: commit.map(|commit| commit.id.as_str()),
                    author: commit.map(|commit| commit.author.as_str()),
                    date: commit.map(|commit| commit.date.as_str()),
                }
            })
        };
        let marking = self.scenario.marking.as_deref();
        Document { format: JSON_FORMAT, marking, cells: List(cells), fields: List(fields) }
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn commits_are_lettered_without_end() {
        assert_eq!(
            [0, 1, 25, 26, 51, 52, 701, 702].map(letters),
            ["a", "b", "z", "aa", "az", "ba", "zz", "aaa"]
        );
    }
}
