//! Tests of the report on small scenarios.

use serde_json::{Value as Json, json};

use super::*;
use crate::present::RecordField;
use crate::present::sample;
use crate::scenario::{
    Cell, Credibility, Evidence, EvidenceId, Hypothesis, HypothesisId, Indicator, IndicatorId, Level, Method,
    Rating, Row,
};

const COMPARED: Compared<'_> = Compared { path: Some("case.toml"), before: "HEAD", after: "work tree" };

fn base() -> Scenario {
    sample::scenario(&[("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")], &["C I II", "N I ."])
}

fn edited(edit: impl FnOnce(&mut Scenario)) -> Scenario {
    let mut scenario = base();
    edit(&mut scenario);
    scenario
}

fn report<'a>(before: Option<&'a Scenario>, after: Option<&'a Scenario>) -> DiffReport<'a> {
    DiffReport::new(before, after, COMPARED, &[], Request::default())
}

fn json(before: Option<&Scenario>, after: Option<&Scenario>) -> Json {
    serde_json::to_value(report(before, after)).unwrap()
}

fn changes(after: &Scenario) -> Json {
    json(Some(&base()), Some(after))["changes"].clone()
}

fn named<T>(text: &str, parse: fn(&str) -> Option<T>) -> T {
    parse(text).unwrap()
}

/// Headings with the names under them.
fn told(report: &DiffReport<'_>) -> Vec<String> {
    let mut told = Vec::new();
    for section in report.sections() {
        if let Section::Listing(listing) = section {
            told.push(listing.heading);
            for entry in listing.entries.iter() {
                let names: Vec<_> = entry.names.iter().map(|name| name.text.as_ref()).collect();
                told.push(format!("{}{}", entry.sign.as_str(), names.join(" ")));
            }
        }
    }
    told
}

#[test]
fn nothing_changed_is_said_in_every_key() {
    let scenario = base();
    let side = json!({
        "leaders": ["a"], "ranks": { "a": 1, "b": 2, "c": 2 }, "scores": { "a": 0.0, "b": -2.0, "c": -2.0 }
    });
    assert_eq!(
        json(Some(&scenario), Some(&scenario)),
        json!({ "marking": null, "identical": true,
            "conclusion": { "method": "weighted", "method_before": "weighted", "before": side, "after": side },
            "changes": []
        })
    );
}

#[test]
fn parts_of_a_cell_are_changes_of_their_own() {
    let after = edited(|scenario| {
        let mut cell = Cell::rated(Rating::VeryInconsistent);
        cell.confidence = Some(Level::Low);
        cell.set_note(Some("why".into()));
        scenario.evidence[0].ratings.set(0, cell);
    });
    assert_eq!(
        changes(&after),
        json!([
            { "kind": "rating-set", "evidence": "e1", "hypothesis": "a", "before": "C", "after": "II" },
            { "kind": "confidence-set", "evidence": "e1", "hypothesis": "a", "before": null, "after": "low" },
            { "kind": "note-set", "evidence": "e1", "hypothesis": "a", "before": null, "after": "why" }
        ])
    );
    let before = base();
    assert_eq!(told(&report(Some(&before), Some(&after))), ["1 judgement", "e1 a"]);
}

#[test]
fn whole_items_have_the_keys_of_the_file_and_their_cells() {
    let after = edited(|scenario| {
        let mut item = Evidence::new(named("new", EvidenceId::parse), "New");
        item.credibility = Some(Credibility::Level(Level::High));
        item.source = Some(vec!["x".into()]);
        let mut cell = Cell::default();
        cell.set_note(Some("open".into()));
        item.ratings = Row::from_cells([(0, Cell::rated(Rating::Neutral)), (1, cell)]);
        scenario.evidence.push(item);
        scenario.insert(3, Hypothesis::new(named("d", HypothesisId::parse), "Delta"));
        scenario.evidence[1].ratings.set(3, Cell::rated(Rating::Consistent));
    });
    let hypothesis = json!({ "id": "d", "name": "Delta", "ratings": { "e2": "C" } });
    let evidence = json!({
        "id": "new", "text": "New", "source": "x", "credibility": "high",
        "ratings": { "a": "N", "b": { "note": "open" } }
    });
    assert_eq!(
        changes(&after),
        json!([
            { "kind": "hypothesis-added", "hypothesis": "d", "before": null, "after": hypothesis },
            { "kind": "evidence-added", "evidence": "new", "before": null, "after": evidence }
        ])
    );
}

#[test]
fn what_goes_along_is_told_once() {
    let mut before = base();
    let mut indicator = Indicator::new(named("i", IndicatorId::parse), "Watch");
    indicator.hypothesis = Some("c".into());
    before.indicators.push(indicator);
    let after = base();
    let mut after = after;
    after.remove::<Hypothesis>(2);
    let changes = json(Some(&before), Some(&after))["changes"].clone();
    let kinds: Vec<_> =
        changes.as_array().unwrap().iter().map(|change| change["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["hypothesis-removed", "indicator-removed"]);
    assert_eq!(changes[0]["before"], json!({ "id": "c", "name": "Gamma", "ratings": { "e1": "II" } }));
    assert_eq!(changes[1]["before"], json!({ "id": "i", "text": "Watch", "hypothesis": "c" }));
}

#[test]
fn moves_count_from_0_and_renames_tell_ids() {
    let after = edited(|scenario| {
        scenario.relocate::<Hypothesis>(2, 0);
        scenario.evidence[1].id = named("other", EvidenceId::parse);
    });
    assert_eq!(
        changes(&after),
        json!([
            { "kind": "evidence-renamed", "evidence": "other", "before": "e2", "after": "other" },
            { "kind": "hypothesis-moved", "hypothesis": "c", "before": 2, "after": 0 }
        ])
    );
}

#[test]
fn a_file_that_is_not_there_is_empty_and_has_no_title() {
    let scenario = base();
    let added = json(None, Some(&scenario));
    assert_eq!(added["conclusion"]["before"], json!({ "leaders": [], "ranks": {}, "scores": {} }));
    let title =
        json!({ "kind": "scenario-field-set", "field": "title", "before": null, "after": "A sample" });
    assert!(added["changes"].as_array().unwrap().contains(&title));
    let removed = json(Some(&scenario), None);
    assert_eq!(removed["conclusion"]["after"], json!({ "leaders": [], "ranks": {}, "scores": {} }));
    assert_eq!(removed["identical"], false);
    let title =
        json!({ "kind": "scenario-field-set", "field": "title", "before": "A sample", "after": null });
    assert!(removed["changes"].as_array().unwrap().contains(&title));
}

#[test]
fn each_version_is_scored_by_its_own_method() {
    let after = edited(|scenario| scenario.scoring.method = Some(Method::Net));
    let conclusion = json(Some(&base()), Some(&after))["conclusion"].clone();
    assert_eq!((&conclusion["method_before"], &conclusion["method"]), (&json!("weighted"), &json!("net")));
    assert_eq!(conclusion["before"]["scores"]["a"], 0.0);
    assert_ne!(conclusion["before"]["scores"], conclusion["after"]["scores"]);
    let compared = Compared { path: None, before: "", after: "" };
    let before = base();
    let report = DiffReport::new(Some(&before), Some(&after), compared, &[], Request::default());
    let said: Vec<String> = report
        .sections()
        .iter()
        .filter_map(|section| match section {
            Section::Prose(said) => Some(said.iter().flatten().map(|phrase| phrase.text.as_ref()).collect()),
            _ => None,
        })
        .collect();
    assert!(said.concat().contains("their scores do not compare"), "{said:?}");
}

#[test]
fn bayes_does_not_score_what_contradicts_itself() {
    let after = edited(|scenario| {
        scenario.scoring.method = Some(Method::Bayes);
        scenario.hypotheses[0].prior = Some(0.5);
    });
    let conclusion = json(Some(&base()), Some(&after))["conclusion"].clone();
    let nothing = json!({ "a": null, "b": null, "c": null });
    assert_eq!(conclusion["after"], json!({ "leaders": [], "ranks": nothing, "scores": nothing }));
    assert_eq!(conclusion["before"]["leaders"], json!(["a"]));
    // Sums know nothing of priors.
    let after = edited(|scenario| scenario.hypotheses[0].prior = Some(0.5));
    assert_eq!(json(Some(&base()), Some(&after))["conclusion"]["after"]["leaders"], json!(["a"]));
}

#[test]
fn parts_can_be_asked_for() {
    let after = edited(|scenario| {
        scenario.evidence[0].ratings.set(0, Cell::rated(Rating::Inconsistent));
        scenario.evidence[1].text = "Another text".into();
        scenario.evidence[1].relevance = Some(Level::High);
        scenario.question = Some("Why?".into());
    });
    let before = base();
    let kinds = |parts: &[DiffPart]| {
        let report = DiffReport::new(Some(&before), Some(&after), COMPARED, parts, Request::default());
        assert!(!report.is_identical());
        report.changes.iter().map(Change::kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&[DiffPart::Ratings]), ["rating-set"]);
    assert_eq!(kinds(&[DiffPart::Evidence]), ["evidence-field-set"]);
    assert_eq!(kinds(&[DiffPart::Texts]), ["evidence-field-set"]);
    assert_eq!(kinds(&[DiffPart::Scenario]), ["scenario-field-set"]);
    assert_eq!(kinds(&[DiffPart::Conclusion]), [""; 0]);
    assert_eq!(kinds(&[]).len(), 4);
}

#[test]
fn headings_count_entries() {
    let after = edited(|scenario| {
        scenario.hypotheses[0].prior = Some(0.2);
        scenario.hypotheses[1].prior = Some(0.3);
        scenario.evidence[0].credibility = Some(Credibility::Level(Level::Low));
        scenario.evidence[0].note = Some("A note".into());
        scenario.evidence[1].ratings.set(2, Cell::rated(Rating::Neutral));
        scenario.authors = Some(vec!["Ann".into()]);
    });
    let before = base();
    assert_eq!(
        told(&report(Some(&before), Some(&after))),
        [
            "1 judgement",
            "e2 c",
            "1 weight changed",
            "e1 credibility",
            "2 hypothesis fields changed",
            "a prior",
            "b prior",
            "1 text edited",
            "e1 note",
            "1 scenario field changed",
            "authors"
        ]
    );
}

#[test]
fn records_hold_every_change() {
    let after = edited(|scenario| {
        scenario.evidence.pop();
        scenario.question = Some("Why?".into());
    });
    let before = base();
    let report = report(Some(&before), Some(&after));
    let rows: Vec<_> = report.records().rows.iter().collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][0], RecordField::from("evidence-removed"));
    assert_eq!(rows[0][6], RecordField::from(r#"{"id":"e2","text":"Item 2","ratings":{"a":"N","b":"I"}}"#));
    assert_eq!(rows[0][7], RecordField::Empty);
    assert_eq!(rows[1][7], RecordField::from("Why?"));
}
