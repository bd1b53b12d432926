//! Rows of ratings: which hypothesis each cell is for, and what stands in it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{MAX_MARKS, Reader, at, clipped, quoted};
use crate::diagnostic::{Code, Diagnostic, Place, choices, suggestion};
use crate::document::items;
use crate::document::keys;
use crate::document::syntax::{Node, NodeKind};
use crate::scenario::{
    Cell, CellConflict, Fielded, ItemKind, Judgement, JudgementField, MAX_HYPOTHESES, Probability, Rating,
    Row, Shape, is_id,
};
use crate::text::look_alike;

/// The description of a cell in messages.
const A_CELL: &str = "a rating such as \"C\", or a table such as { rating = \"C\", note = \"...\" }";

/// The description of a probability in messages.
const A_PROBABILITY: &str = "a number from 0 to 1";

/// The columns of the matrix: the ids of hypotheses.
#[derive(Debug, Default)]
pub(super) struct Columns<'t> {
    ids: Vec<Cow<'t, str>>,
    positions: HashMap<Cow<'t, str>, usize>,
    /// Whether a hypothesis may be there that is not among them: one without a good id, one too many, one that a
    /// syntax error hides. Ratings for it are not mistakes, so no rating can be called one for an unknown hypothesis.
    incomplete: bool,
}

impl<'t> Columns<'t> {
    /// The columns of a scenario.
    pub(super) fn new(root: Node<'t>, incomplete: bool) -> Self {
        let mut columns = Self { incomplete, ..Self::default() };
        let name = ItemKind::Hypothesis.as_str();
        let Some(list) = root.get(name) else {
            return columns;
        };
        let all_tables = match list.kind() {
            NodeKind::ArrayOfTables => true,
            NodeKind::Array => list.children().all(|entry| matches!(entry.kind(), NodeKind::Table(_))),
            _no_list => false,
        };
        columns.incomplete |= !all_tables;
        for (at, hypothesis) in items(list).enumerate() {
            match hypothesis.get("id").and_then(Node::string) {
                Some(id) if at < MAX_HYPOTHESES && is_id(&id) => {
                    columns.positions.entry(id.clone()).or_insert(columns.ids.len());
                    columns.ids.push(id);
                }
                Some(_) | None => columns.incomplete = true,
            }
        }
        columns
    }

    /// Notes that there may be hypotheses besides these.
    pub(super) const fn more_may_be_there(&mut self) {
        self.incomplete = true;
    }

    /// The position of the hypothesis with this id. `near` is a guess: cells mostly stand in the order of columns.
    pub(super) fn find(&self, id: &str, near: usize) -> Option<usize> {
        match self.ids.get(near) {
            Some(guess) if guess == id => Some(near),
            Some(_) | None => self.positions.get(id).copied(),
        }
    }
}

impl<'t> Reader<'t> {
    /// The cells of one item of this kind.
    pub(super) fn row(&mut self, cells: Node<'t>, kind: ItemKind) -> Row {
        let name = keys::row(kind);
        if !self.is_table(cells, name, &format!("[{kind}.{name}]")) {
            return Row::default();
        }
        let mut row = Row::with_capacity(cells.children().count());
        let mut next = 0;
        for entry in cells.children() {
            let column = self.column(entry.key(), entry, next);
            let cell = match kind {
                ItemKind::Estimate => self.probability(entry).map(Cell::stated).unwrap_or_default(),
                ItemKind::Hypothesis | ItemKind::Source | ItemKind::Evidence | ItemKind::Indicator => {
                    self.cell(entry)
                }
            };
            if let Some(column) = column {
                row.set(column, cell);
                next = column + 1;
            }
        }
        row
    }

    /// The column of the hypothesis with this id, which an entry names.
    fn column(&mut self, id: Cow<'t, str>, entry: Node<'t>, near: usize) -> Option<usize> {
        let column = self.columns.find(&id, near);
        if column.is_none() && !self.columns.incomplete {
            self.strangers.entry(id).or_default().push(entry.key_span());
        }
        column
    }

    /// Reports the ratings for hypotheses that are not there, each such hypothesis once: whatever is wrong with it,
    /// it is one mistake however many items are rated.
    pub(super) fn unknown_hypotheses(&mut self) {
        for (id, places) in std::mem::take(&mut self.strangers) {
            let ids = || self.columns.ids.iter().map(AsRef::as_ref);
            let help = match self.names.nearest(&id, ids()) {
                Some(meant) => Some(suggestion(meant)),
                None => choices("hypotheses", ids()),
            };
            let mut places = places.into_iter().filter(|place| !self.suppression.is_at(place.start));
            let Some(first) = places.next() else { continue };
            let others: Vec<_> = places.collect();
            let more = match others.len() {
                0 => String::new(),
                1 => ", here and in 1 more place".to_owned(),
                more => format!(", here and in {more} more places"),
            };
            let message = format!("unknown hypothesis {}{more}", quoted(&id));
            let found = Diagnostic::new(Code::UNKNOWN_HYPOTHESIS, Place::Span(first), message)
                .expected("expected the id of a hypothesis")
                .maybe_help(help);
            let mark = |found: Diagnostic, place| found.also(Place::Span(place), "");
            self.report(others.into_iter().take(MAX_MARKS).fold(found, mark));
        }
    }

    fn cell(&mut self, node: Node<'t>) -> Cell {
        match node.kind() {
            NodeKind::String => self.rating(node).map(Cell::rated).unwrap_or_default(),
            NodeKind::Table(_) => {
                let mut cell = Cell::from(self.judgement(node, &keys::CELL, Blank::IsNoKey));
                if let Some(conflict) = node.get("conflict") {
                    cell.set_conflict(self.cell_conflict(conflict));
                }
                cell
            }
            NodeKind::Broken => Cell::default(),
            _other => {
                self.wrong_type(node, &node.key(), A_CELL, None);
                Cell::default()
            }
        }
    }

    /// Reads the table of a cell; its `conflict` is left to the caller.
    fn judgement(&mut self, node: Node<'t>, table: &keys::Table, blank: Blank) -> Judgement {
        let mut judgement = Judgement::default();
        for entry in node.children() {
            let key = entry.key();
            match Judgement::parse_field(&key) {
                Some(JudgementField::Rating) => judgement.rating = self.rating_or_blank(entry, blank),
                Some(field) => _ = self.field(&mut judgement, field, &key, entry),
                None if table.key(&key).is_some() => {}
                None => _ = self.unknown_key(entry, table.name, table.names()),
            }
        }
        judgement
    }

    fn rating_or_blank(&mut self, node: Node<'t>, blank: Blank) -> Option<Rating> {
        let is_blank = blank == Blank::IsEmptyText && node.string().is_some_and(|text| text.is_empty());
        if is_blank { None } else { self.rating(node) }
    }

    fn rating(&mut self, node: Node<'t>) -> Option<Rating> {
        let in_quotes = |raw: &'t str| raw.strip_prefix('"')?.strip_suffix('"');
        if let Some(rating) = in_quotes(node.raw()).and_then(Rating::parse) {
            return Some(rating);
        }
        let text = self.text_for(node, &node.key(), Shape::Word(Rating::WORDS))?;
        let rating = Rating::parse(&text);
        if rating.is_none() {
            let help = if text.trim().is_empty() {
                Some("a blank cell has no key: remove it".to_owned())
            } else {
                self.names.nearest(&text, Rating::WORDS.iter().copied()).map(suggestion)
            };
            let remark = look_alike(&text).map(|remark| format!(": {remark}")).unwrap_or_default();
            let message = format!("unknown rating {}{remark}", quoted(&text));
            let found = Diagnostic::new(Code::UNKNOWN_RATING, at(node), message);
            let expected = format!("expected one of {}", Rating::WORDS.join(", "));
            self.report(found.expected(expected).maybe_help(help));
        }
        rating
    }

    /// A number from 0 to 1; reports if it is none.
    fn probability(&mut self, node: Node<'t>) -> Option<Probability> {
        let (key, number) = (node.key(), node.integer().map(|number| number as f64).or_else(|| node.float()));
        let Some(number) = number else {
            if node.kind() != NodeKind::Broken {
                let share = node.string().and_then(|text| Probability::parse(&text)).map(Probability::get);
                let help = share.map(|share| format!("write it as a number without quotes: {key} = {share}"));
                self.wrong_type(node, &key, A_PROBABILITY, help);
            }
            return None;
        };
        let probability = Probability::new(number);
        if probability.is_none() {
            let share = (1.0..=100.0).contains(&number).then(|| number / 100.0);
            let help =
                share.map(|share| format!("a probability is a share of 1: write {share} for {number} %"));
            let message = format!("the probability of {} cannot be {}", quoted(&key), clipped(node.raw()));
            let found = Diagnostic::new(Code::BAD_NUMBER, at(node), message);
            self.report(found.expected(format!("expected {A_PROBABILITY}")).maybe_help(help));
        }
        probability
    }

    /// The conflicts of probabilities, which stand in that of their estimate: they go into the cells of its row.
    pub(super) fn probability_conflicts(&mut self, conflict: Node<'t>, row: &mut Row) {
        if !matches!(conflict.kind(), NodeKind::Table(_)) {
            return;
        }
        for entry in conflict.children() {
            let path = entry.key();
            let Some(id) = keys::probability_of(&path) else { continue };
            let Some(column) = self.column(Cow::Owned(id.to_owned()), entry, 0) else { continue };
            let sides = self.sides(entry, &path, |reader, side| {
                let is_blank = side.string().is_some_and(|text| text.is_empty());
                if is_blank { None } else { reader.probability(side) }
            });
            if let Some(sides) = sides {
                let side = |probability| Judgement { probability, ..Judgement::default() };
                let mut cell = row.get(column).cloned().unwrap_or_default();
                cell.set_conflict(Some(CellConflict { base: side(sides.base), theirs: side(sides.theirs) }));
                row.set(column, cell);
            }
        }
    }

    fn cell_conflict(&mut self, node: Node<'t>) -> Option<CellConflict> {
        let sides = self.sides(node, "conflict", |reader, side| match side.kind() {
            NodeKind::Table(_) => Some(reader.judgement(side, &keys::SIDE, Blank::IsEmptyText)),
            NodeKind::String => {
                let rating = reader.rating_or_blank(side, Blank::IsEmptyText);
                Some(Judgement { rating, ..Judgement::default() })
            }
            NodeKind::Broken => None,
            _other => {
                reader.wrong_type(side, &side.key(), A_CELL, None);
                None
            }
        })?;
        Some(CellConflict { base: sides.base.unwrap_or_default(), theirs: sides.theirs.unwrap_or_default() })
    }
}

/// How a blank is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    /// In the matrix: not at all.
    IsNoKey,
    /// In what a merge left: also as `""`.
    IsEmptyText,
}

#[cfg(test)]
mod tests {
    use crate::document::{read, told};
    use crate::scenario::{Judgement, Rating};

    /// Two hypotheses, the first as given, and an item that rates both.
    fn rated(first: &str) -> String {
        format!(
            "ach = 1\ntitle = \"t\"\n{first}\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\n[evidence.ratings]\nb = \"C\"\na = \"I\"\n"
        )
    }

    #[test]
    fn cells_find_their_columns_in_any_order() {
        let scenario = read(rated("[[hypothesis]]\nid = \"a\"\nname = \"A\"").into()).scenario.unwrap();
        let row = &scenario.evidence[0].ratings;
        assert_eq!((row.rating(0), row.rating(1)), (Some(Rating::Inconsistent), Some(Rating::Consistent)));
    }

    #[test]
    fn a_hypothesis_with_a_fault_is_one_mistake_and_not_one_more_at_each_rating() {
        assert_eq!(told(&rated("")), ["unknown-hypothesis 12:1"]);
        assert_eq!(
            told(&rated("[[hypothesis]]\nid = \"A\"\nname = \"A\"").replace("a =", "A =")),
            ["bad-id 4:6"]
        );
        assert_eq!(told(&rated("[[hypothesis]]\nname = \"A\"")), ["missing-key 3:1"]);
        assert_eq!(told(&rated("[[hypothesis]]\nId = \"a\"\nname = \"A\"")), ["unknown-key 4:1"]);
        assert_eq!(told(&rated("[[hypothesis]]\nid = 1\nname = \"A\"")), ["wrong-type 4:6"]);
        assert_eq!(told(&rated("[[hypothesis]]\nid = \"a\nname = \"A\"")), ["syntax 4:6"]);
        assert_eq!(told(&rated("[[hypo thesis]]\nid = \"a\"\nname = \"A\"")), ["syntax 3:1"]);
        assert_eq!(told(&rated("[[hypothesi]]\nid = \"a\"\nname = \"A\"")), ["unknown-key 3:3"]);
        assert_eq!(told(&rated("").replace("hypothesis", "hypotheses")), ["unknown-key 4:3"]);
    }

    #[test]
    fn a_blank_is_no_key_but_in_a_conflict() {
        let hypothesis = "[[hypothesis]]\nid = \"a\"\nname = \"A\"";
        let with = |cell: &str| rated(hypothesis).replace("\"I\"", cell);
        assert_eq!(told(&with("\"\"")), ["unknown-rating 14:5"]);
        assert_eq!(told(&with("{ rating = \"\" }")), ["unknown-rating 14:16"]);
        assert_eq!(told(&with("{}")), [""; 0]);
        let text = with("{ conflict = { base = \"\", theirs = { rating = \"\", note = \"n\" } } }");
        let scenario = read(text.into()).scenario.unwrap();
        let conflict = scenario.evidence[0].ratings.get(0).unwrap().conflict().unwrap().clone();
        assert_eq!(conflict.base, Judgement::default());
        assert_eq!(conflict.theirs, Judgement { note: Some("n".into()), ..Judgement::default() });
    }
}
