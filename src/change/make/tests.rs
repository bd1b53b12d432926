//! Tests of the changes that intentions make.

use super::*;
use crate::change::{apply, apply_all};
use crate::scenario::{
    Credibility, Evidence, EvidenceField, EvidenceId, Grade, Indicator, IndicatorId, Refusal, Source,
    SourceField,
};

fn hypothesis_id(id: &str) -> HypothesisId {
    HypothesisId::parse(id).unwrap()
}

fn evidence_id(id: &str) -> EvidenceId {
    EvidenceId::parse(id).unwrap()
}

fn source_id(id: &str) -> SourceId {
    SourceId::parse(id).unwrap()
}

/// Hypotheses h, k; source s controlled by h; items e (cites s), f, g; indicators i, j (both for h).
fn small() -> Scenario {
    let mut s = Scenario::new("t");
    s.hypotheses.extend(["h", "k"].map(|id| Hypothesis::new(hypothesis_id(id), id)));
    s.sources.push(Source::new(source_id("s"), "s"));
    s.sources[0].controlled_by = Some(vec!["h".into()]);
    s.evidence.extend(["e", "f", "g"].map(|id| Evidence::new(evidence_id(id), id)));
    s.evidence[0].source = Some(vec!["s".into()]);
    s.evidence[0].ratings.set(0, Cell::rated(Rating::Consistent));
    for id in ["i", "j"] {
        let mut indicator = Indicator::new(IndicatorId::parse(id).unwrap(), id);
        indicator.hypothesis = Some("h".into());
        s.indicators.push(indicator);
    }
    s
}

fn after(changes: &[Change]) -> Scenario {
    let mut s = small();
    apply_all(&mut s, changes).unwrap();
    let made = s.clone();
    apply_all(&mut s, &crate::change::inverse_all(changes)).unwrap();
    assert_eq!(s, small(), "undone");
    made
}

#[test]
fn a_removed_hypothesis_takes_its_references_along() {
    let s = after(&[remove::<Hypothesis>(&small(), &hypothesis_id("h")).unwrap()]);
    assert_eq!(s.hypotheses.len(), 1);
    assert_eq!(s.evidence[0].ratings.iter().count(), 0);
    assert_eq!(s.sources[0].controlled_by, None);
    assert!(s.indicators.is_empty());
}

#[test]
fn references_follow_a_new_id() {
    let s = after(&[
        rename::<Hypothesis>(&small(), &hypothesis_id("h"), &hypothesis_id("new")).unwrap().unwrap(),
        rename::<Source>(&small(), &source_id("s"), &source_id("t")).unwrap().unwrap(),
    ]);
    assert_eq!(s.sources[0].controlled_by.as_deref(), Some(&["new".to_owned()][..]));
    assert_eq!(s.indicators[1].hypothesis.as_deref(), Some("new"));
    assert_eq!(s.evidence[0].sources(), ["t"]);
    assert_eq!(s.evidence[0].ratings.rating(0), Some(Rating::Consistent));
}

#[test]
fn a_cited_source_goes_with_its_citations_only_if_asked() {
    let cited = Refused::Cited(vec![evidence_id("e")]);
    assert_eq!(uncited(&small(), &source_id("s")), Err(cited));
    let s = after(&[remove::<Source>(&small(), &source_id("s")).unwrap()]);
    assert_eq!(s.evidence[0].source, None);
    assert_eq!(uncited(&s, &source_id("s")), Ok(()));
}

#[test]
fn an_item_moves_to_where_it_shall_stand() {
    for (id, index, order) in [("e", 1, "feg"), ("e", 9, "fge"), ("g", 0, "gef"), ("f", 2, "egf")] {
        let change = shift::<Evidence>(&small(), &evidence_id(id), index).unwrap();
        let ids: String = after(&[change.unwrap()]).evidence.iter().map(|item| item.id.to_string()).collect();
        assert_eq!(ids, order);
    }
    assert_eq!(shift::<Evidence>(&small(), &evidence_id("f"), 1), Ok(None));
}

#[test]
fn a_grade_replaces_a_level_and_the_reverse() {
    let mut s = small();
    let mut set = |field, value: &str| {
        let changes =
            set_field::<Evidence>(&s, &evidence_id("e"), field, Some(Value::Text(value.into()))).unwrap();
        apply_all(&mut s, &changes).unwrap();
        (changes.len(), s.evidence[0].credibility)
    };
    let level = Some(Credibility::Level(Level::High));
    assert_eq!(set(EvidenceField::Credibility, "high"), (1, level));
    assert_eq!(set(EvidenceField::Grade, "B2"), (2, Grade::parse("B2").map(Credibility::Grade)));
    assert_eq!(set(EvidenceField::Credibility, "high"), (2, level));
    assert_eq!(set(EvidenceField::Credibility, "high"), (0, level));
}

#[test]
fn several_fields_are_set_together() {
    let mut s = small();
    s.evidence[0].credibility = Some(Credibility::Level(Level::High));
    let mut wanted = s.evidence[0].clone();
    wanted.set_field(EvidenceField::Grade, Some(Value::Text("B2".into()))).unwrap();
    wanted.text = "other".into();
    let changes = set_fields(&s, &wanted).unwrap();
    assert_eq!(changes.len(), 3, "the level goes, text and grade come");
    apply_all(&mut s, &changes).unwrap();
    assert_eq!(s.evidence[0], wanted);
    assert_eq!(set_fields(&s, &wanted), Ok(Vec::new()));
    wanted.source = Some(vec!["nobody".into()]);
    assert_eq!(set_fields(&s, &wanted), Err(Refused::Unknown(ItemKind::Source, "nobody".into())));
}

#[test]
fn a_blanked_cell_keeps_its_note() {
    let (mut s, e, h) = (small(), evidence_id("e"), hypothesis_id("h"));
    for change in
        [set_note(&s, &e, &h, Some("why")).unwrap(), set_confidence(&s, &e, &h, Some(Level::Low)).unwrap()]
    {
        apply(&mut s, &change.unwrap()).unwrap();
    }
    assert_eq!(set_rating(&s, &e, &h, Some(Rating::Consistent)), Ok(None), "it is so rated already");
    let changes = blank(&s, &e, &h).unwrap();
    apply_all(&mut s, &changes).unwrap();
    let cell = s.evidence[0].ratings.get(0).unwrap();
    assert_eq!((cell.rating, cell.confidence, cell.note()), (None, None, Some("why")));
}

#[test]
fn many_cells_are_rated_as_each_of_them_would_be() {
    let mut s = small();
    let (e, h) = (evidence_id("e"), hypothesis_id("h"));
    let unsure = set_confidence(&s, &e, &h, Some(Level::Low)).unwrap().unwrap();
    apply(&mut s, &unsure).unwrap();
    let column = [(2, 0), (0, 0), (1, 0), (9, 0), (0, 9)];
    for rating in [Some(Rating::Neutral), Some(Rating::Consistent), None] {
        let each = ["g", "e", "f"].map(|id| match rating {
            Some(_) => set_rating(&s, evidence_id(id), &h, rating).unwrap().into_iter().collect(),
            None => blank(&s, evidence_id(id), &h).unwrap(),
        });
        assert_eq!(rate_all(&s, column, rating), each.concat(), "{rating:?}");
    }
}

#[test]
fn what_is_not_there_cannot_be_referred_to() {
    let refer = |value: Value| {
        set_field::<Source>(&small(), &source_id("s"), SourceField::ControlledBy, Some(value))
            .map(|c| c.len())
    };
    let list = |ids: &[&str]| Value::List(ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(refer(list(&["k", "h"])), Ok(1));
    assert_eq!(refer(list(&["h", "x"])), Err(Refused::Unknown(ItemKind::Hypothesis, "x".into())));
    let wrong = Refused::Value(Refusal::WrongType(crate::scenario::Shape::List));
    assert_eq!(refer(Value::Text("h".into())), Err(wrong));
    let mut free_words = small();
    free_words.sources.clear();
    let source = Some(Value::Text("a friend".into()));
    assert!(set_field::<Evidence>(&free_words, &evidence_id("e"), EvidenceField::Source, source).is_ok());
}

#[test]
fn a_value_is_held_as_its_field_holds_it() {
    let date = Some(Value::Text("2025-12".into()));
    let change = set_field::<Evidence>(&small(), &evidence_id("e"), EvidenceField::Date, date).unwrap();
    assert_eq!(after(&change).evidence[0].date.unwrap().to_string(), "2025-12");
}

#[test]
fn what_rests_on_an_item_follows_its_id_and_stands_alone_without_it() {
    let mut s = small();
    s.evidence[1].rests_on = Some(vec!["e".into(), "g".into()]);
    s.evidence[2].rests_on = Some(vec!["e".into()]);
    let premises = |changes: Vec<Change>| {
        let mut made = s.clone();
        apply_all(&mut made, &changes).unwrap();
        let premises = made.evidence.iter().map(|item| (item.id.to_string(), item.premises().join(" ")));
        let premises: Vec<_> = premises.collect();
        apply_all(&mut made, &crate::change::inverse_all(&changes)).unwrap();
        assert_eq!(made, s, "undone");
        premises
    };
    let named = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(id, premises)| ((*id).to_owned(), (*premises).to_owned())).collect()
    };
    let renamed = rename::<Evidence>(&s, &evidence_id("e"), &evidence_id("new")).unwrap();
    assert_eq!(premises(renamed.into_iter().collect()), named(&[("new", ""), ("f", "new g"), ("g", "new")]));
    let removed = remove::<Evidence>(&s, &evidence_id("e")).unwrap();
    assert_eq!(premises(vec![removed]), named(&[("f", "g"), ("g", "")]));
}

#[test]
fn an_item_that_rests_on_itself_can_be_renamed_and_removed() {
    let mut s = small();
    s.evidence[0].rests_on = Some(vec!["e".into()]);
    for change in [
        rename::<Evidence>(&s, &evidence_id("e"), &evidence_id("new")).unwrap().unwrap(),
        remove::<Evidence>(&s, &evidence_id("e")).unwrap(),
    ] {
        let mut made = s.clone();
        apply(&mut made, &change).unwrap();
        apply(&mut made, &change.inverse()).unwrap();
        assert_eq!(made, s);
    }
}
