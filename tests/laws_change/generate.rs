//! Scenarios by chance: small, with few different ids and texts, so that likeness between their parts is common.

use ach_matrix::scenario::{
    Cell, CellConflict, Conflict, Contested, Date, Day, Estimate, Evidence, FieldConflict, FieldSpec,
    Hypothesis, Indicator, Item, ItemKind, Judgement, Level, Probability, Rating, Row, Scenario, Shape, Side,
    Source, Value,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

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

fn text() -> impl Strategy<Value = String> {
    select(vec!["", "one", "two", "Кто?", "a\n\"b\"\t\u{202e}"]).prop_map(str::to_owned)
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

/// Conflicts left in an item; rare, as in practice.
pub(crate) fn conflict() -> impl Strategy<Value = Option<Conflict>> {
    // A text fits each of these in whatever has it. What must be there cannot be absent on a side.
    let value = || text().prop_map(|text| Some(Value::Text(text)));
    let of =
        |field: &'static str, base: BoxedStrategy<Option<Value>>, theirs: BoxedStrategy<Option<Value>>| {
            (base, theirs).prop_map(move |(base, theirs)| FieldConflict { field: field.into(), base, theirs })
        };
    let note = || option::of(text().prop_map(Value::Text)).boxed();
    let field = prop_oneof![
        of("text", value().boxed(), value().boxed()),
        of("name", value().boxed(), value().boxed()),
        of("note", note(), note()),
    ];
    let conflict = (word(Side::ALL), vec(field, 0..3));
    option::weighted(0.1, conflict.prop_map(|(deleted, fields)| Conflict { deleted, fields }))
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
fn field_value(spec: &'static FieldSpec) -> BoxedStrategy<Option<Value>> {
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
fn filled<T: Contested + std::fmt::Debug>(owner: T) -> impl Strategy<Value = T> {
    let values: Vec<_> = T::FIELDS.iter().map(|field| field_value(T::spec(*field))).collect();
    (values, conflict()).prop_map(move |(values, conflict)| {
        let mut owner = owner.clone();
        for (field, value) in T::FIELDS.iter().zip(values) {
            owner.set_field(*field, value).unwrap();
        }
        owner.set_conflict(conflict);
        owner
    })
}

/// An item with this id.
fn item<T: Item>(id: &'static str) -> impl Strategy<Value = T> {
    filled(T::named(T::parse_id(id).unwrap(), String::new()))
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

/// A scenario with up to six hypotheses, eight items, four sources, four indicators and four estimates. It need not be consistent:
/// references may lead nowhere.
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
        (filled(Scenario::default()), Just(hypotheses), sources, evidence, indicators, estimates).prop_map(
            |(frame, hypotheses, sources, evidence, indicators, estimates)| Scenario {
                hypotheses,
                sources,
                evidence,
                indicators,
                estimates,
                ..frame
            },
        )
    })
}
