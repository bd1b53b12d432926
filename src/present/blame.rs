//! Who last set each cell of a scenario, and when: the answer of `ach blame`.

use std::collections::HashMap;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::commit::CommitNote;
use super::listing::Listing;
use super::phrase::{Phrase, dim, plain, strong};
use super::record::Records;
use super::table::{Align, Cell, Column, Lazy, Role, Table, Tone};
use super::words::{self, count};
use super::{Heading, Report, Request, Section, next_command};
use crate::scenario::{Evidence, EvidenceField, Fielded, Rating, Scenario};
use crate::text::truncate;

/// The letter of what is not committed.
const OPEN: &str = "*";
/// Columns shown of a field's value.
const LONGEST: usize = 120;

/// Who set the cells of a scenario, or the cells and fields of one item.
#[derive(Debug, Serialize)]
pub struct BlameReport<'a> {
    marking: Option<&'a str>,
    /// Row by row.
    cells: Vec<CellBlame<'a>>,
    /// Those that the item has; empty where the whole scenario is asked about.
    fields: Vec<FieldBlame<'a>>,
    #[serde(skip)]
    scenario: &'a Scenario,
    #[serde(skip)]
    item: Option<&'a Evidence>,
    #[serde(skip)]
    commits: &'a [CommitNote],
    #[serde(skip)]
    request: Request<'a>,
}

#[derive(Debug, Serialize)]
struct CellBlame<'a> {
    evidence: &'a str,
    hypothesis: &'a str,
    rating: Option<Rating>,
    #[serde(flatten)]
    setter: Setter<'a>,
}

#[derive(Debug, Serialize)]
struct FieldBlame<'a> {
    field: &'static str,
    #[serde(flatten)]
    setter: Setter<'a>,
    #[serde(skip)]
    value: String,
}

/// The commit that set something, with its place among the report's commits; `None` where no commit has it as it is now.
#[derive(Clone, Copy, Debug, Default)]
struct Setter<'a>(Option<(usize, &'a CommitNote)>);

impl Serialize for Setter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let commit = self.0.map(|(_, commit)| commit);
        let mut record = serializer.serialize_struct("Setter", 4)?;
        record.serialize_field("commit", &commit.map(|commit| &commit.id))?;
        record.serialize_field("author", &commit.map(|commit| &commit.author))?;
        record.serialize_field("date", &commit.map(|commit| &commit.date))?;
        // Whether it may have been set earlier, since the version before is not known.
        record.serialize_field("boundary", &commit.is_some_and(|commit| commit.is_boundary))?;
        record.end()
    }
}

impl Setter<'_> {
    fn place(self) -> Option<usize> {
        self.0.map(|(place, _)| place)
    }

    /// Returns a letter for the commit, the newest first.
    fn letter(self) -> String {
        self.place().map_or_else(|| OPEN.to_owned(), letters)
    }
}

impl<'a> BlameReport<'a> {
    /// Reports who set the cells of `scenario`, or of the item at position `item`.
    ///
    /// `commits` are those that set anything, newest first; `cells`, row by row, and `fields` refer to them by
    /// position, `None` where no commit has a cell or a field as it is now.
    #[must_use]
    pub fn new(
        scenario: &'a Scenario,
        item: Option<usize>,
        commits: &'a [CommitNote],
        cells: &[Option<usize>],
        fields: &[(EvidenceField, Option<usize>)],
        request: Request<'a>,
    ) -> Self {
        let setter =
            |place: Option<usize>| Setter(place.and_then(|place| Some((place, commits.get(place)?))));
        let item = item.and_then(|at| scenario.evidence.get(at));
        let items = item.map_or(scenario.evidence.as_slice(), std::slice::from_ref);
        let pairs = items.iter().flat_map(|item| {
            scenario.hypotheses.iter().enumerate().map(move |(at, hypothesis)| (item, at, hypothesis))
        });
        let cells = pairs.zip(cells).map(|((item, at, hypothesis), place)| CellBlame {
            evidence: item.id.as_str(),
            hypothesis: hypothesis.id.as_str(),
            rating: item.ratings.rating(at),
            setter: setter(*place),
        });
        let fields = fields.iter().map(|(field, place)| FieldBlame {
            field: Evidence::key(*field),
            setter: setter(*place),
            value: item.and_then(|item| item.field(*field)).map(|v| words::value(&v)).unwrap_or_default(),
        });
        Self {
            marking: scenario.marking.as_deref(),
            cells: cells.collect(),
            fields: fields.collect(),
            scenario,
            item,
            commits,
            request,
        }
    }

    /// Counts the cells that no commit has as they are now.
    fn open(&self) -> usize {
        self.cells.iter().filter(|cell| cell.setter.place().is_none()).count()
    }

    fn extent(&self) -> String {
        let commits = count(self.commits.len(), "commit", "commits");
        format!("{} from {commits}", count(self.cells.len(), "cell", "cells"))
    }

    /// The matrix, with a rating and the letter of a commit in each cell.
    fn table(&self) -> Table<'_> {
        let mut columns = vec![
            Column::new("Evidence", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Text", Role::Text, Align::Left),
        ];
        columns.extend(self.scenario.hypotheses.iter().map(|hypothesis| {
            Column::named(Cell::plain(hypothesis.header()), &*hypothesis.name, Role::Value, Align::Left)
        }));
        let rows = Lazy::new(self.scenario.evidence.len(), |at| self.row(at));
        Table { rows, ..Table::of(columns, Vec::new()) }
    }

    fn row(&self, at: usize) -> Vec<Cell<'_>> {
        let width = self.scenario.hypotheses.len();
        let item = self.scenario.evidence.get(at);
        let mut cells: Vec<_> = item.map_or_else(Vec::new, |item| {
            vec![Cell::plain(item.id.as_str()), Cell::new(item.text.as_str(), Tone::Dim)]
        });
        cells.extend(self.cells.iter().skip(at * width).take(width).map(
            |CellBlame { rating, setter, .. }| {
                let shown = Cell::rating(*rating).text;
                Cell::new(format!("{shown:<2} {}", setter.letter()), Tone::Rating(*rating))
            },
        ));
        cells
    }

    /// The commit of each letter.
    fn legend(&self) -> Listing<'_> {
        let mut set: HashMap<Option<usize>, usize> = HashMap::new();
        for cell in &self.cells {
            *set.entry(cell.setter.place()).or_default() += 1;
        }
        let places = std::iter::once(None).chain((0..self.commits.len()).map(Some));
        let lines = places.filter_map(|place| {
            let cells = dim(format!(" ({})", count(*set.get(&place)?, "cell", "cells")));
            let mut said = self.who(place);
            said.push(cells);
            Some((vec![Cell::plain(place.map_or_else(|| OPEN.to_owned(), letters))], said))
        });
        Listing::lines("", &["Mark"], lines.collect())
    }

    /// The commit at a place in words.
    fn who(&self, place: Option<usize>) -> Vec<Phrase<'_>> {
        match place.and_then(|at| self.commits.get(at)) {
            None => vec![strong("not committed yet")],
            Some(commit) => vec![
                plain(format!("{} {} ", commit.short(), commit.day())),
                strong(commit.author.as_str()),
                plain(format!(": {}", commit.subject)),
            ],
        }
    }

    /// The cells and the fields of one item, a line each.
    fn details(&self, item: &Evidence) -> [Listing<'_>; 2] {
        let remark = |text: &str| dim(format!("; {}", truncate(text, LONGEST)));
        let judged = self.scenario.hypotheses.iter().zip(&self.cells).enumerate();
        let judgements = judged.map(|(at, (hypothesis, CellBlame { rating, setter, .. }))| {
            let mut words = self.who(setter.place());
            if let Some(cell) = item.ratings.get(at) {
                words.extend(cell.confidence.map(|confidence| dim(format!("; confidence {confidence}"))));
                words.extend(cell.note().map(remark));
            }
            (vec![Cell::plain(hypothesis.header()), Cell::rating(*rating)], words)
        });
        let fields = self.fields.iter().map(|FieldBlame { field, setter, value }| {
            let mut words = self.who(setter.place());
            words.push(remark(value));
            (vec![Cell::plain(*field)], words)
        });
        [
            Listing::lines("Judgements", &["Hypothesis", "Rating"], judgements.collect()),
            Listing::lines("Fields", &["Field"], fields.collect()),
        ]
    }
}

/// Returns a to z, then aa, ab and so on.
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

impl Report for BlameReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scenario)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let question = self.item.map(|item| item.text.as_str());
        let title = self.item.map_or(self.scenario.title.as_str(), |item| item.id.as_str());
        let mut sections = vec![Section::Title { title, question, extent: self.extent() }];
        if let Some(item) = self.item {
            sections.extend(self.details(item).map(Section::Listing));
        } else if self.cells.is_empty() {
            sections.push(Section::Prose(vec![vec![plain("There is no cell yet.")]]));
        } else {
            sections.push(Section::Table(self.table()));
            sections.push(Section::Listing(self.legend()));
        }
        let is_open = self.open() > 0 || self.fields.iter().any(|field| field.setter.place().is_none());
        let next = if is_open {
            next_command("diff", self.request, "shows what is not committed yet")
        } else {
            next_command("log", self.request, "shows what each commit changed")
        };
        sections.extend(next);
        sections
    }

    fn records(&self) -> Records<'_> {
        let columns = &["evidence", "hypothesis", "rating", "commit", "author", "date"];
        Records::of(columns, self.cells.iter().collect())
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
