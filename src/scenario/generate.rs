//! Test support: random scenarios, small and with few different ids and texts, so that likeness between their parts is
//! common. Every one can be written to a file, but references may lead nowhere.
//!
//! Tests outside the crate include this file beside `use ach_matrix::scenario`.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::scenario::{
    Cell, CellConflict, Conflict, Contested, Date, Day, Estimate, Evidence, FieldConflict, FieldSpec,
    Fielded, Hypothesis, Indicator, Item, ItemKind, Judgement, Level, Probability, Rating, Row, Scenario,
    Shape, Side, Source, Value,
};

/// Ids of hypotheses, taken or not. One is an id of a source and an item too.
pub(crate) const HYPOTHESES: [&str; 8] = ["h1", "h2", "h3", "h4", "h5", "h6", "h7", "same"];
/// Ids of sources, taken or not.
pub(crate) const SOURCES: [&str; 5] = ["s1", "s2", "s3", "s4", "same"];
/// Ids of items, taken or not.
pub(crate) const EVIDENCE: [&str; 10] = ["e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "same"];
/// Ids of estimates, taken or not.
pub(crate) const ESTIMATES: [&str; 5] = ["p1", "p2", "p3", "p4", "same"];
/// Ids of indicators, taken or not.
pub(crate) const INDICATORS: [&str; 5] = ["i1", "i2", "i3", "i4", "same"];

/// A short text, of a few that are often alike or of those that are awkward to write.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let common = select(vec!["", "one", "two words", "Кто?", "a\n\"b\"\t\u{202e}"]);
    let awkward = select(vec![
        "with \"quotes\" and 'more'",
        "a # b = [c]",
        "line\nbreak",
        "日本 é",
        "''' and \"\"\"",
        "ends in \\",
        "[[evidence]]",
        "comma, brace }",
    ]);
    prop_oneof![2 => common, 1 => awkward].prop_map(str::to_owned)
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> BoxedStrategy<Option<T>> {
    option::of(select(all)).boxed()
}

fn number() -> impl Strategy<Value = f64> {
    select(vec![-1.0, -0.0, 0.0, 0.25, 0.5, 1e300])
}

fn positive() -> impl Strategy<Value = f64> {
    select(vec![0.5, 1.0, 3.25])
}

fn day() -> impl Strategy<Value = Day> {
    select(vec!["2025-12-02", "2024-01-31", "0001-01-01"]).prop_map(|text| Day::parse(text).unwrap())
}

/// 2024-01 and 2024-01-31 count from one day, but are two dates.
fn date() -> impl Strategy<Value = Date> {
    select(vec!["2025-12-02", "2024-01-31", "2024-01", "2021"]).prop_map(|text| Date::parse(text).unwrap())
}

fn ids(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    vec(select(pool).prop_map(str::to_owned), 0..4)
}

/// The conflict left in an item of a kind; rare, as in practice.
pub(crate) fn conflict_of(kind: ItemKind) -> BoxedStrategy<Option<Conflict>> {
    let deleted = word(Side::ALL);
    match kind {
        ItemKind::Hypothesis => conflict::<Hypothesis>(deleted),
        ItemKind::Source => conflict::<Source>(deleted),
        ItemKind::Evidence => conflict::<Evidence>(deleted),
        ItemKind::Indicator => conflict::<Indicator>(deleted),
        ItemKind::Estimate => conflict::<Estimate>(deleted),
    }
}

/// The conflict left in the scenario's own fields.
pub(crate) fn own_conflict() -> BoxedStrategy<Option<Conflict>> {
    conflict::<Scenario>(Just(None).boxed())
}

fn conflict<T: Fielded>(deleted: BoxedStrategy<Option<Side>>) -> BoxedStrategy<Option<Conflict>> {
    let is_text = |spec: &&FieldSpec| spec.shape == Shape::Text && spec.refers_to.is_none();
    let specs: Vec<_> = T::FIELDS.iter().map(|field| T::spec(*field)).filter(is_text).collect();
    let record = |spec: &'static FieldSpec| {
        let sides = (field_value(spec), field_value(spec));
        sides.prop_map(|(base, theirs)| FieldConflict { field: spec.key.to_owned(), base, theirs })
    };
    let fields = subsequence(specs.clone(), 1..=specs.len().min(2));
    let fields = fields.prop_flat_map(move |specs| specs.into_iter().map(record).collect::<Vec<_>>());
    let conflict = (deleted, fields).prop_map(|(deleted, fields)| Conflict { deleted, fields });
    option::weighted(0.1, conflict).boxed()
}

fn judgement() -> impl Strategy<Value = Judgement> {
    (word(Rating::ALL), word(Level::ALL), option::of(text()))
        .prop_map(|(rating, confidence, note)| Judgement { rating, confidence, note, ..Judgement::default() })
}

/// A cell, empty or with any of its parts.
pub(crate) fn cell() -> impl Strategy<Value = Cell> {
    let plain = word(Rating::ALL).prop_map(|rating| rating.map_or_else(Cell::default, Cell::rated));
    let conflict = (judgement(), judgement()).prop_map(|(base, theirs)| CellConflict { base, theirs });
    let full = (judgement(), option::weighted(0.2, conflict)).prop_map(|(judgement, conflict)| {
        let mut cell = Cell::from(judgement);
        cell.set_conflict(conflict);
        cell
    });
    prop_oneof![3 => plain, 1 => full]
}

/// A cell of an estimate, empty or with a probability, and now and then a conflict.
pub(crate) fn stated() -> impl Strategy<Value = Cell> {
    let side = || {
        option::of(select(vec![0.0, 0.35, 1.0])).prop_map(|value| Judgement {
            probability: value.and_then(Probability::new),
            ..Judgement::default()
        })
    };
    let conflict = (side(), side()).prop_map(|(base, theirs)| CellConflict { base, theirs });
    (side(), option::weighted(0.1, conflict)).prop_map(|(side, conflict)| {
        let mut cell = Cell::from(side);
        cell.set_conflict(conflict);
        cell
    })
}

/// A cell for a row of this kind.
pub(crate) fn cell_of(kind: ItemKind) -> BoxedStrategy<Cell> {
    if kind == ItemKind::Estimate { stated().boxed() } else { cell().boxed() }
}

/// Ids of a kind, taken or not.
const fn pool(kind: ItemKind) -> &'static [&'static str] {
    match kind {
        ItemKind::Hypothesis => &HYPOTHESES,
        ItemKind::Source => &SOURCES,
        ItemKind::Evidence => &EVIDENCE,
        ItemKind::Indicator => &INDICATORS,
        ItemKind::Estimate => &ESTIMATES,
    }
}

/// A value that a field accepts; none now and then, where the field may be absent.
pub(crate) fn field_value(spec: &'static FieldSpec) -> BoxedStrategy<Option<Value>> {
    let value = match (spec.shape, spec.refers_to) {
        (Shape::Text, None) => text().prop_map(Value::Text).boxed(),
        (Shape::Text, Some(kind)) => select(pool(kind)).prop_map(|id| Value::Text(id.to_owned())).boxed(),
        (Shape::List | Shape::TextOrList, None) => vec(text(), 0..3).prop_map(Value::List).boxed(),
        (Shape::List | Shape::TextOrList, Some(kind)) => ids(pool(kind)).prop_map(Value::List).boxed(),
        (Shape::Word(words), _) => select(words).prop_map(|word| Value::Text(word.to_owned())).boxed(),
        (Shape::Flag, _) => any::<bool>().prop_map(Value::Flag).boxed(),
        (Shape::Number, _) => number().prop_map(Value::Number).boxed(),
        (Shape::PositiveNumber, _) => positive().prop_map(Value::Number).boxed(),
        (Shape::Day, _) => day().prop_map(|day| Value::Date(Date::Day(day))).boxed(),
        (Shape::Date, _) => date().prop_map(Value::Date).boxed(),
        (Shape::Name, _) => {
            select(vec!["A", "B", "Кто"]).prop_map(|name| Value::Text(name.to_owned())).boxed()
        }
        (Shape::Grade, _) => {
            select(vec!["A1", "B2", "F6"]).prop_map(|grade| Value::Text(grade.to_owned())).boxed()
        }
    };
    if spec.is_required { value.prop_map(Some).boxed() } else { option::of(value).boxed() }
}

/// Gives every field of `owner` a value.
fn filled<T: Contested + std::fmt::Debug>(
    owner: T,
    conflict: BoxedStrategy<Option<Conflict>>,
) -> impl Strategy<Value = T> {
    let values: Vec<_> = T::FIELDS.iter().map(|field| field_value(T::spec(*field))).collect();
    (values, conflict).prop_map(move |(values, conflict)| {
        let mut owner = owner.clone();
        for (field, value) in T::FIELDS.iter().zip(values) {
            owner.set_field(*field, value).unwrap();
        }
        owner.set_conflict(conflict);
        owner
    })
}

/// An item with this id.
pub(crate) fn item<T: Item>(id: &str) -> impl Strategy<Value = T> + use<T> {
    filled(T::named(T::parse_id(id).unwrap(), String::new()), conflict_of(T::KIND))
}

/// An item with this id and a cell for each of so many hypotheses.
fn with_row<T: Item>(id: &'static str, hypotheses: usize) -> impl Strategy<Value = T> {
    (item::<T>(id), vec(cell_of(T::KIND), hypotheses..=hypotheses)).prop_map(|(mut item, cells)| {
        if let Some(row) = item.row_mut() {
            *row = Row::from_cells(cells.into_iter().enumerate());
        }
        item
    })
}

/// One of the ids each, none twice, in any order.
fn each<T: std::fmt::Debug + 'static, S: Strategy<Value = T> + 'static>(
    pool: &'static [&'static str],
    most: usize,
    item: impl Fn(&'static str) -> S + Clone + 'static,
) -> BoxedStrategy<Vec<T>> {
    let chosen = subsequence(pool, 0..=most).prop_shuffle();
    chosen.prop_flat_map(move |ids| ids.into_iter().map(item.clone()).collect::<Vec<_>>()).boxed()
}

/// A scenario with up to six hypotheses, eight items, four sources, four indicators and four estimates.
pub(crate) fn scenario() -> impl Strategy<Value = Scenario> {
    each(&HYPOTHESES, 6, item::<Hypothesis>).prop_flat_map(|hypotheses| {
        let count = hypotheses.len();
        let evidence = each(&EVIDENCE, 8, move |id| with_row::<Evidence>(id, count));
        let sources = each(&SOURCES, 4, item::<Source>);
        // Most scenarios rate no indicator and hold no estimate.
        let (rated, bare) = (
            each(&INDICATORS, 4, move |id| with_row::<Indicator>(id, count)),
            each(&INDICATORS, 4, item::<Indicator>),
        );
        let indicators = prop_oneof![rated, bare];
        let estimates = each(&ESTIMATES, 4, move |id| with_row::<Estimate>(id, count));
        (
            filled(Scenario::default(), own_conflict()),
            Just(hypotheses),
            sources,
            evidence,
            indicators,
            estimates,
        )
            .prop_map(|(frame, hypotheses, sources, evidence, indicators, estimates)| Scenario {
                hypotheses,
                sources,
                evidence,
                indicators,
                estimates,
                ..frame
            })
    })
}
