//! Scenarios by chance: small, with few different ids and texts, so that likeness between their parts is common.

use ach_matrix::scenario::{
    Cell, CellConflict, Conflict, Credibility, Date, Day, Evidence, FieldConflict, Grade, Hypothesis,
    Indicator, IndicatorStatus, Item, Judgement, Kind, Level, Method, Rating, Reliability, Row, Scenario,
    Scoring, Side, Source, Status, Value, Yardstick,
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

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::Text),
        number().prop_map(Value::Number),
        date().prop_map(Value::Date),
        ids(&SOURCES).prop_map(Value::List),
    ]
}

/// What a merge left in an item; rare, as in life.
pub(crate) fn conflict() -> impl Strategy<Value = Option<Conflict>> {
    let field = (select(vec!["text", "name", "note"]), option::of(value()), option::of(value()))
        .prop_map(|(field, base, theirs)| FieldConflict { field: field.into(), base, theirs });
    let conflict = (word(Side::ALL), vec(field, 0..3));
    option::weighted(0.1, conflict.prop_map(|(deleted, fields)| Conflict { deleted, fields }))
}

fn judgement() -> impl Strategy<Value = Judgement> {
    (word(Rating::ALL), word(Level::ALL), option::of(text()))
        .prop_map(|(rating, confidence, note)| Judgement { rating, confidence, note })
}

/// A cell, empty or with any of its parts.
pub(crate) fn cell() -> impl Strategy<Value = Cell> {
    let plain = word(Rating::ALL).prop_map(|rating| rating.map_or_else(Cell::default, Cell::rated));
    let conflict = (judgement(), judgement()).prop_map(|(base, theirs)| CellConflict { base, theirs });
    let full = (judgement(), option::weighted(0.2, conflict)).prop_map(|(judgement, conflict)| {
        let mut cell = judgement.rating.map_or_else(Cell::default, Cell::rated);
        cell.confidence = judgement.confidence;
        cell.set_note(judgement.note);
        cell.set_conflict(conflict);
        cell
    });
    prop_oneof![3 => plain, 1 => full]
}

/// A hypothesis with this id.
fn hypothesis(id: &'static str) -> impl Strategy<Value = Hypothesis> {
    let fields = (
        text(),
        option::of(text()),
        option::of(text()),
        option::of(number()),
        word(Status::ALL),
        option::of(text()),
        conflict(),
    );
    fields.prop_map(move |(name, short, description, prior, status, note, conflict)| Hypothesis {
        id: Hypothesis::parse_id(id).unwrap(),
        name,
        short,
        description,
        prior,
        status,
        note,
        conflict,
    })
}

/// A source with this id.
fn source(id: &'static str) -> impl Strategy<Value = Source> {
    let fields = (
        text(),
        option::of(text()),
        word(Reliability::ALL),
        option::of(ids(&HYPOTHESES)),
        option::of(text()),
        conflict(),
    );
    fields.prop_map(move |(name, url, reliability, controlled_by, note, conflict)| Source {
        id: Source::parse_id(id).unwrap(),
        name,
        url,
        reliability,
        controlled_by,
        note,
        conflict,
    })
}

fn credibility() -> impl Strategy<Value = Credibility> {
    prop_oneof![
        select(Level::ALL).prop_map(Credibility::Level),
        select(vec!["A1", "B2", "F6"]).prop_map(|text| Credibility::Grade(Grade::parse(text).unwrap())),
    ]
}

/// An item with this id and a cell for each of so many hypotheses.
fn evidence(id: &'static str, hypotheses: usize) -> impl Strategy<Value = Evidence> {
    let said = (text(), word(Kind::ALL), option::of(date()), option::of(ids(&SOURCES)), option::of(text()));
    let judged = (option::of(text()), option::of(credibility()), word(Level::ALL), option::of(text()));
    let rest =
        (option::of(vec(text(), 0..3)), option::of(text()), vec(cell(), hypotheses..=hypotheses), conflict());
    (said, judged, rest).prop_map(
        move |(
            (text, kind, date, source, url),
            (quote, credibility, relevance, group),
            (tags, note, cells, conflict),
        )| {
            Evidence {
                id: Evidence::parse_id(id).unwrap(),
                text,
                kind,
                date,
                source,
                url,
                quote,
                credibility,
                relevance,
                group,
                tags,
                note,
                ratings: Row::from_cells(cells.into_iter().enumerate()),
                conflict: conflict.map(Box::new),
            }
        },
    )
}

/// An indicator with this id.
fn indicator(id: &'static str) -> impl Strategy<Value = Indicator> {
    let hypothesis = option::of(select(&HYPOTHESES[..]).prop_map(str::to_owned));
    let fields =
        (text(), hypothesis, word(IndicatorStatus::ALL), option::of(day()), option::of(text()), conflict());
    fields.prop_map(move |(text, hypothesis, status, due, note, conflict)| Indicator {
        id: Indicator::parse_id(id).unwrap(),
        text,
        hypothesis,
        status,
        due,
        note,
        conflict,
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

/// The scenario's own fields, without items.
fn frame() -> impl Strategy<Value = Scenario> {
    let scoring = (word(Method::ALL), option::of(positive()), word(Yardstick::ALL))
        .prop_map(|(method, bans_per_step, yardstick)| Scoring { method, bans_per_step, yardstick });
    let fields = (
        text(),
        option::of(text()),
        option::of(day()),
        option::of(vec(text(), 0..3)),
        option::of(text()),
        option::of(text()),
        scoring,
        conflict(),
    );
    fields.prop_map(|(title, question, as_of, authors, marking, conclusion, scoring, conflict)| Scenario {
        title,
        question,
        as_of,
        authors,
        marking,
        conclusion,
        scoring,
        conflict,
        ..Scenario::default()
    })
}

/// A scenario with up to six hypotheses, eight items, four sources and four indicators. It need not be consistent:
/// references may lead nowhere.
pub(crate) fn scenario() -> impl Strategy<Value = Scenario> {
    each(&HYPOTHESES, 6, hypothesis).prop_flat_map(|hypotheses| {
        let count = hypotheses.len();
        let evidence = each(&EVIDENCE, 8, move |id| evidence(id, count));
        let sources = each(&SOURCES, 4, source);
        let indicators = each(&INDICATORS, 4, indicator);
        (frame(), Just(hypotheses), sources, evidence, indicators).prop_map(
            |(frame, hypotheses, sources, evidence, indicators)| Scenario {
                hypotheses,
                sources,
                evidence,
                indicators,
                ..frame
            },
        )
    })
}
