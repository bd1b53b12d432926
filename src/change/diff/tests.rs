//! Named situations, each told as a list of lines.

use super::*;
use crate::change::{Content, ItemRef, apply_all, inverse_all};
use crate::scenario::{
    Cell, CellConflict, Credibility, Evidence, EvidenceId, Grade, Hypothesis, HypothesisId, Indicator,
    IndicatorId, ItemKind, Level, Rating, Source, SourceId, Value,
};

fn hypothesis(id: &str) -> Hypothesis {
    Hypothesis::new(HypothesisId::parse(id).unwrap(), format!("Hypothesis {id}"))
}

fn source(id: &str, controlled_by: &[&str]) -> Source {
    let mut source = Source::new(SourceId::parse(id).unwrap(), format!("Source {id}"));
    source.controlled_by = Some(controlled_by.iter().map(ToString::to_string).collect());
    source
}

fn item(id: &str, ratings: &[Rating]) -> Evidence {
    let mut item = Evidence::new(EvidenceId::parse(id).unwrap(), format!("Item {id}"));
    for (at, rating) in ratings.iter().enumerate() {
        item.ratings.set(at, Cell::rated(*rating));
    }
    item
}

fn indicator(id: &str, hypothesis: &str) -> Indicator {
    let mut indicator = Indicator::new(IndicatorId::parse(id).unwrap(), format!("Indicator {id}"));
    indicator.hypothesis = Some(hypothesis.into());
    indicator
}

/// Hypotheses h, k; source s, steered by h; items e (cites s), f, g; indicators i (for h), j (for k).
fn small() -> Scenario {
    use Rating::{Consistent as C, Inconsistent as I, Neutral as N};
    let mut scenario = Scenario::new("Small");
    scenario.hypotheses = vec![hypothesis("h"), hypothesis("k")];
    scenario.sources = vec![source("s", &["h"])];
    scenario.evidence = vec![item("e", &[C, I]), item("f", &[N, N]), item("g", &[I])];
    scenario.evidence[0].source = Some(vec!["s".into()]);
    scenario.indicators = vec![indicator("i", "h"), indicator("j", "k")];
    scenario
}

/// Returns the comparison of the small scenario with an edited one; both laws are checked on the way.
fn told(edit: impl FnOnce(&mut Scenario)) -> Vec<String> {
    let before = small();
    let mut after = before.clone();
    edit(&mut after);
    told_between(&before, &after)
}

fn told_between(before: &Scenario, after: &Scenario) -> Vec<String> {
    let changes = diff(before, after);
    let mut scenario = before.clone();
    apply_all(&mut scenario, &changes).unwrap();
    assert_eq!(&scenario, after, "applied");
    apply_all(&mut scenario, &inverse_all(&changes)).unwrap();
    assert_eq!(&scenario, before, "undone");
    changes.iter().map(line).collect()
}

/// `kind ids field: before -> after`
fn line(change: &Change) -> String {
    let of = |kind| change.subject().filter(|(is, _)| *is == kind).map(|(_, id)| id.to_owned());
    let ids = [
        change.evidence().map(ToString::to_string),
        change.hypothesis().map(ToString::to_string),
        of(ItemKind::Source),
        of(ItemKind::Indicator),
        change.field().map(ToString::to_string),
    ];
    let mut line = change.kind().to_owned();
    for id in ids.iter().flatten() {
        line = format!("{line} {id}");
    }
    format!("{line}: {} -> {}", content(change.before()), content(change.after()))
}

fn content(content: Option<Content<'_>>) -> String {
    match content {
        None => "-".into(),
        Some(Content::Text(text) | Content::Id(text)) => text.into(),
        Some(Content::Position(at)) => at.to_string(),
        Some(Content::Value(Value::Text(text))) => text.clone(),
        Some(Content::Value(Value::Number(number))) => number.to_string(),
        Some(Content::Value(Value::Flag(flag))) => flag.to_string(),
        Some(Content::Value(Value::Date(date))) => date.to_string(),
        Some(Content::Value(Value::List(list))) => format!("[{}]", list.join(" ")),
        Some(Content::Item(ItemRef::Hypothesis(entry))) => cells(&entry.cells),
        Some(Content::Item(ItemRef::Evidence(entry))) => cells(&entry.cells),
        Some(Content::Item(ItemRef::Source(_) | ItemRef::Indicator(_) | ItemRef::Estimate(_))) => {
            "whole".into()
        }
        Some(Content::Probability(probability)) => probability.get().to_string(),
        Some(Content::CellConflict(_) | Content::Conflict(_)) => "to settle".into(),
    }
}

fn cells<I: ToString>(cells: &[(I, Cell)]) -> String {
    let cell = |(id, cell): &(I, Cell)| {
        format!("{}={}", id.to_string(), cell.rating.map_or("blank", Rating::as_str))
    };
    format!("({})", cells.iter().map(cell).collect::<Vec<_>>().join(" "))
}

fn rename_hypothesis(scenario: &mut Scenario, to: &str) {
    scenario.hypotheses[0].id = HypothesisId::parse(to).unwrap();
    scenario.sources[0].controlled_by = Some(vec![to.into()]);
    scenario.indicators[0].hypothesis = Some(to.into());
}

#[test]
fn equal_versions_differ_in_nothing() {
    assert_eq!(told(|_| ()), [""; 0]);
}

#[test]
fn a_new_id_is_a_renaming_and_references_follow() {
    assert_eq!(told(|s| rename_hypothesis(s, "new")), ["hypothesis-renamed new: h -> new"]);
    let renamed = told(|s| {
        s.sources[0].id = SourceId::parse("t").unwrap();
        s.evidence[0].source = Some(vec!["t".into()]);
    });
    assert_eq!(renamed, ["source-renamed t: s -> t"]);
    let renamed = told(|s| s.evidence[1].id = EvidenceId::parse("new").unwrap());
    assert_eq!(renamed, ["evidence-renamed new: f -> new"]);
    let renamed = told(|s| s.indicators[1].id = IndicatorId::parse("new").unwrap());
    assert_eq!(renamed, ["indicator-renamed new: j -> new"]);
}

#[test]
fn renamings_of_all_kinds_are_recognised_at_once() {
    let renamed = told(|s| {
        rename_hypothesis(s, "new");
        s.sources[0].id = SourceId::parse("t").unwrap();
        s.evidence[0].source = Some(vec!["t".into()]);
        s.evidence[0].id = EvidenceId::parse("first").unwrap();
        s.indicators[0].id = IndicatorId::parse("watch").unwrap();
    });
    assert_eq!(
        renamed,
        [
            "hypothesis-renamed new: h -> new",
            "source-renamed t: s -> t",
            "evidence-renamed first: e -> first",
            "indicator-renamed watch: i -> watch",
        ]
    );
}

#[test]
fn items_renamed_at_once_are_recognised_though_one_rests_on_the_other() {
    let mut before = small();
    before.evidence[0].rests_on = Some(vec!["f".into()]);
    before.evidence[1].rests_on = Some(vec!["g".into()]);
    let mut after = before.clone();
    for (at, id, premise) in [(0, "first", Some("second")), (1, "second", Some("third")), (2, "third", None)]
    {
        after.evidence[at].id = EvidenceId::parse(id).unwrap();
        after.evidence[at].rests_on = premise.map(|id| vec![id.into()]);
    }
    assert_eq!(
        told_between(&before, &after),
        [
            "evidence-renamed first: e -> first",
            "evidence-renamed second: f -> second",
            "evidence-renamed third: g -> third",
        ]
    );
}

#[test]
fn a_reference_left_behind_by_a_renaming_is_no_change() {
    let renamed = told(|s| {
        rename_hypothesis(s, "new");
        s.indicators[0].hypothesis = Some("h".into());
    });
    assert_eq!(renamed, ["hypothesis-renamed new: h -> new"]);
}

#[test]
fn a_new_id_and_another_field_are_a_removal_and_an_addition() {
    let replaced = told(|s| {
        s.evidence[1].id = EvidenceId::parse("new").unwrap();
        s.evidence[1].relevance = Some(Level::Medium);
    });
    assert_eq!(replaced, ["evidence-removed f: (h=N k=N) -> -", "evidence-added new: - -> (h=N k=N)"]);
}

#[test]
fn a_new_id_and_another_rating_are_a_removal_and_an_addition() {
    let replaced = told(|s| {
        s.evidence[1].id = EvidenceId::parse("new").unwrap();
        s.evidence[1].ratings.set(0, Cell::default());
    });
    assert_eq!(replaced, ["evidence-removed f: (h=N k=N) -> -", "evidence-added new: - -> (k=N)"]);
    let replaced = told(|s| {
        rename_hypothesis(s, "new");
        s.evidence[2].ratings.set(0, Cell::rated(Rating::Neutral));
    });
    assert_eq!(
        replaced,
        [
            "hypothesis-removed h: (e=C f=N g=I) -> -",
            "hypothesis-added new: - -> (e=C f=N g=N)",
            "source-field-set s controlled_by: [h] -> [new]",
            "indicator-field-set i hypothesis: h -> new",
        ]
    );
}

#[test]
fn of_several_equal_ones_none_is_renamed() {
    let twins = |ids: [&str; 2]| {
        let mut scenario = small();
        for (at, id) in ids.iter().enumerate() {
            let mut twin = item("e", &[Rating::Neutral]);
            twin.id = EvidenceId::parse(id).unwrap();
            scenario.evidence.insert(at, twin);
        }
        scenario
    };
    let one = {
        let mut scenario = twins(["c", "d"]);
        scenario.evidence.remove(1);
        scenario
    };
    let kinds: Vec<_> = diff(&twins(["a", "b"]), &one).iter().map(Change::kind).collect();
    assert_eq!(kinds, ["evidence-removed", "evidence-removed", "evidence-added"]);
    let kept = twins(["a", "c"]);
    assert_eq!(told_between(&twins(["a", "b"]), &kept), ["evidence-renamed c: b -> c"]);
}

#[test]
fn the_fewest_moves_are_told_by_positions_before_and_after() {
    assert_eq!(told(|s| s.evidence.rotate_left(1)), ["evidence-moved e: 0 -> 2"]);
    assert_eq!(told(|s| s.evidence.rotate_right(1)), ["evidence-moved g: 2 -> 0"]);
    let removed_and_moved = told(|s| {
        s.evidence.remove(0);
        s.evidence.push(item("last", &[]));
        s.evidence.rotate_right(2);
    });
    assert_eq!(
        removed_and_moved,
        ["evidence-removed e: (h=C k=I) -> -", "evidence-moved g: 2 -> 0", "evidence-added last: - -> ()",]
    );
}

#[test]
fn a_moved_hypothesis_takes_its_column_along() {
    assert_eq!(told(|s| s.relocate::<Hypothesis>(0, 1)), ["hypothesis-moved k: 1 -> 0"]);
    let moved_and_rated = told(|s| {
        s.relocate::<Hypothesis>(0, 1);
        s.evidence[0].ratings.set(1, Cell::rated(Rating::VeryConsistent));
    });
    assert_eq!(moved_and_rated, ["hypothesis-moved k: 1 -> 0", "rating-set e h: C -> CC"]);
}

#[test]
fn a_removed_hypothesis_takes_its_column_indicators_and_references_along() {
    let gone = |s: &mut Scenario| {
        s.remove::<Hypothesis>(0);
        s.indicators.remove(0);
        s.sources[0].controlled_by = None;
    };
    assert_eq!(told(gone), ["hypothesis-removed h: (e=C f=N g=I) -> -"]);
    let removed_with_a_crossing_item = told(|s| {
        gone(s);
        s.evidence.remove(0);
    });
    assert_eq!(
        removed_with_a_crossing_item,
        ["evidence-removed e: (h=C k=I) -> -", "hypothesis-removed h: (f=N g=I) -> -"]
    );
}

#[test]
fn what_does_not_go_with_a_removed_hypothesis_is_told() {
    let pointed_elsewhere = told(|s| {
        s.remove::<Hypothesis>(0);
        s.indicators[0].hypothesis = Some("k".into());
        s.sources[0].controlled_by = Some(vec!["k".into()]);
    });
    assert_eq!(
        pointed_elsewhere,
        [
            "hypothesis-removed h: (e=C f=N g=I) -> -",
            "source-field-set s controlled_by: [h] -> [k]",
            "indicator-field-set i hypothesis: h -> k",
        ]
    );
    assert_eq!(told(|s| drop(s.remove::<Hypothesis>(0))), ["hypothesis-removed h: (e=C f=N g=I) -> -"]);
}

#[test]
fn a_removed_source_takes_its_citations_along() {
    let removed = told(|s| {
        s.sources.clear();
        s.evidence[0].source = None;
    });
    assert_eq!(removed, ["source-removed s: whole -> -"]);
    assert_eq!(told(|s| s.sources.clear()), ["source-removed s: whole -> -"]);
}

#[test]
fn an_added_hypothesis_brings_its_column_and_an_added_item_its_row() {
    let added = told(|s| {
        s.insert(1, hypothesis("new"));
        s.evidence[0].ratings.set(1, Cell::rated(Rating::NotApplicable));
        s.evidence.insert(1, item("z", &[Rating::Consistent, Rating::Inconsistent]));
        s.indicators.push(indicator("n", "new"));
    });
    assert_eq!(
        added,
        [
            "hypothesis-added new: - -> (e=NA)",
            "evidence-added z: - -> (h=C new=I)",
            "indicator-added n: - -> whole",
        ]
    );
}

#[test]
fn each_part_of_a_cell_is_a_change_of_its_own() {
    let told = told(|s| {
        let mut cell = Cell::rated(Rating::Inconsistent);
        cell.confidence = Some(Level::Medium);
        cell.set_note(Some("why".into()));
        s.evidence[0].ratings.set(0, cell);
        let mut blank = Cell::default();
        blank.set_note(Some("ask again".into()));
        blank.set_conflict(Some(CellConflict::default()));
        s.evidence[2].ratings.set(1, blank);
        s.evidence[2].ratings.set(0, Cell::default());
    });
    assert_eq!(
        told,
        [
            "rating-set e h: C -> I",
            "confidence-set e h: - -> medium",
            "note-set e h: - -> why",
            "rating-set g h: I -> -",
            "note-set g k: - -> ask again",
            "conflict-set g k: - -> to settle",
        ]
    );
}

#[test]
fn a_grade_in_place_of_a_level_is_two_changes_and_the_reverse() {
    let mut level = small();
    level.evidence[0].credibility = Some(Credibility::Level(Level::High));
    let mut grade = small();
    grade.evidence[0].credibility = Grade::parse("B2").map(Credibility::Grade);
    assert_eq!(
        told_between(&level, &grade),
        ["evidence-field-set e credibility: high -> -", "evidence-field-set e grade: - -> B2"]
    );
    assert_eq!(
        told_between(&grade, &level),
        ["evidence-field-set e grade: B2 -> -", "evidence-field-set e credibility: - -> high"]
    );
}

#[test]
fn an_explicit_default_is_a_change_and_fields_come_in_the_order_of_the_file() {
    let told = told(|s| {
        s.scoring.method = Some(crate::scenario::Method::DEFAULT);
        s.question = Some("Who?".into());
        s.hypotheses[0].status = Some(crate::scenario::Status::Active);
        s.hypotheses[0].prior = Some(0.5);
        s.conflict = Some(Box::default());
    });
    assert_eq!(
        told,
        [
            "scenario-field-set question: - -> Who?",
            "scenario-field-set scoring.method: - -> weighted",
            "conflict-set: - -> to settle",
            "hypothesis-field-set h prior: - -> 0.5",
            "hypothesis-field-set h status: - -> active",
        ]
    );
}
