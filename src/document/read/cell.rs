//! Rows of ratings: which hypothesis each cell is for, and what stands in it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Reader, at, quoted};
use crate::diagnostic::{Code, Diagnostic, Place, choices, did_you_mean};
use crate::document::items;
use crate::document::keys;
use crate::document::syntax::{Node, NodeKind};
use crate::scenario::{
    Cell, CellConflict, ItemKind, Judgement, Level, MAX_HYPOTHESES, Rating, Refusal, Row, Shape, Value,
};

/// What stands for a rating in words.
const A_CELL: &str = "a rating such as \"C\", or a table such as { rating = \"C\", note = \"...\" }";

/// The columns of the matrix: ids of hypotheses as the file has them, well formed or not. So a bad id is one mistake,
/// and not one more at every rating.
#[derive(Debug, Default)]
pub(super) struct Columns<'t> {
    ids: Vec<Cow<'t, str>>,
    positions: HashMap<Cow<'t, str>, usize>,
    /// Whether a hypothesis may be there that is not among them: one without a readable id, one too many, one that a
    /// syntax error hides. No rating can be called one for an unknown hypothesis then.
    incomplete: bool,
}

impl<'t> Columns<'t> {
    /// The columns of a scenario.
    pub(super) fn new(root: Node<'t>, lost_a_table: bool) -> Self {
        let mut columns = Self { incomplete: lost_a_table, ..Self::default() };
        let name = ItemKind::Hypothesis.as_str();
        let Some(list) = root.get(name) else {
            // A misspelt header is reported as such.
            columns.incomplete |= root.children().any(|entry| {
                matches!(entry.kind(), NodeKind::ArrayOfTables | NodeKind::Broken)
                    && crate::text::nearest(&entry.key(), keys::SCENARIO.names()) == Some(name)
            });
            return columns;
        };
        let all_tables = match list.kind() {
            NodeKind::ArrayOfTables => true,
            NodeKind::Array => list.children().all(|entry| matches!(entry.kind(), NodeKind::Table(_))),
            NodeKind::Table(_)
            | NodeKind::String
            | NodeKind::Integer
            | NodeKind::Float
            | NodeKind::Boolean
            | NodeKind::Datetime(_)
            | NodeKind::Broken => false,
        };
        columns.incomplete |= !all_tables;
        for (at, hypothesis) in items(list).enumerate() {
            match hypothesis.get("id").and_then(Node::string) {
                Some(id) if at < MAX_HYPOTHESES => {
                    columns.positions.entry(id.clone()).or_insert(columns.ids.len());
                    columns.ids.push(id);
                }
                Some(_) | None => columns.incomplete = true,
            }
        }
        columns
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
    /// The cells of one item.
    pub(super) fn row(&mut self, ratings: Node<'t>) -> Row {
        if !self.is_table(ratings, "ratings", "[evidence.ratings]") {
            return Row::default();
        }
        let mut next = 0;
        Row::from_cells(ratings.children().filter_map(|entry| {
            let column = self.column(entry, next);
            next = column.map_or(next, |column| column + 1);
            let cell = self.cell(entry);
            column.map(|column| (column, cell))
        }))
    }

    fn column(&mut self, entry: Node<'t>, near: usize) -> Option<usize> {
        let id = entry.key();
        let column = self.columns.find(&id, near);
        if column.is_none() && !self.columns.incomplete {
            let ids = || self.columns.ids.iter().map(AsRef::as_ref);
            let help = match self.names.nearest(&id, ids()) {
                Some(meant) => Some(did_you_mean(meant)),
                None => choices("hypotheses", ids()),
            };
            let message = format!("unknown hypothesis {}", quoted(&id));
            let found = Diagnostic::new(Code::UNKNOWN_HYPOTHESIS, Place::Span(entry.key_span()), message);
            self.report(found.expected("expected the id of a hypothesis").maybe_help(help));
        }
        column
    }

    fn cell(&mut self, node: Node<'t>) -> Cell {
        match node.kind() {
            NodeKind::String => self.rating(node).map(Cell::rated).unwrap_or_default(),
            NodeKind::Table(_) => {
                let Judgement { rating, confidence, note } = self.judgement(node, &keys::CELL, Blank::IsNoKey);
                let mut cell = Cell { rating, confidence, ..Cell::default() };
                cell.set_note(note);
                if let Some(conflict) = node.get("conflict") {
                    cell.set_conflict(self.cell_conflict(conflict));
                }
                cell
            }
            NodeKind::Broken => Cell::default(),
            NodeKind::ArrayOfTables
            | NodeKind::Array
            | NodeKind::Integer
            | NodeKind::Float
            | NodeKind::Boolean
            | NodeKind::Datetime(_) => {
                self.wrong_type(node, &node.key(), A_CELL, None);
                Cell::default()
            }
        }
    }

    /// What a table says about one cell; its `conflict` is left to the caller.
    fn judgement(&mut self, node: Node<'t>, table: &keys::Table, blank: Blank) -> Judgement {
        let mut judgement = Judgement::default();
        for entry in node.children() {
            match entry.key().as_ref() {
                "rating" => judgement.rating = self.rating_or_blank(entry, blank),
                "confidence" => judgement.confidence = self.confidence(entry),
                "note" => judgement.note = self.note(entry),
                key if table.key(key).is_some() => {}
                _ => {
                    self.unknown_key(entry, table.name, table.names());
                }
            }
        }
        judgement
    }

    fn rating_or_blank(&mut self, node: Node<'t>, blank: Blank) -> Option<Rating> {
        let is_blank = blank == Blank::IsEmptyText && node.string().is_some_and(|text| text.is_empty());
        if is_blank { None } else { self.rating(node) }
    }

    fn rating(&mut self, node: Node<'t>) -> Option<Rating> {
        let Some(text) = node.string() else {
            if !matches!(node.kind(), NodeKind::Broken) {
                self.refused(node, &node.key(), Refusal::WrongType(Shape::Word(Rating::WORDS)));
            }
            return None;
        };
        let rating = Rating::parse(&text);
        if rating.is_none() {
            let help = if text.trim().is_empty() {
                Some("a blank cell has no key: take it out".to_owned())
            } else {
                self.names.nearest(&text, Rating::WORDS.iter().copied()).map(did_you_mean)
            };
            let message = format!("unknown rating {}", quoted(&text));
            let found = Diagnostic::new(Code::UNKNOWN_RATING, at(node), message);
            let expected = format!("expected one of {}", Rating::WORDS.join(", "));
            self.report(found.expected(expected).maybe_help(help));
        }
        rating
    }

    fn confidence(&mut self, node: Node<'t>) -> Option<Level> {
        let shape = Shape::Word(Level::WORDS);
        let text = self.value(node, "confidence", shape)?;
        let level = text.as_text().and_then(Level::parse);
        if level.is_none() {
            let is_text = text.as_text().is_some();
            let refusal =
                if is_text { Refusal::NotOneOf(Level::WORDS) } else { Refusal::WrongType(shape) };
            self.refused(node, "confidence", refusal);
        }
        level
    }

    fn note(&mut self, node: Node<'t>) -> Option<String> {
        match self.value(node, "note", Shape::Text)? {
            Value::Text(text) => Some(text),
            Value::Number(_) | Value::Date(_) | Value::List(_) => {
                self.refused(node, "note", Refusal::WrongType(Shape::Text));
                None
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
            NodeKind::ArrayOfTables
            | NodeKind::Array
            | NodeKind::Integer
            | NodeKind::Float
            | NodeKind::Boolean
            | NodeKind::Datetime(_) => {
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
