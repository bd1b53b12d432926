//! How a history is told, and what of it.

use super::*;
use crate::change::{CellChange, Change, Edit, ItemChange};
use crate::present::{Compared, DiffReport, sample};
use crate::scenario::{EvidenceId, HypothesisId, Rating, Scenario};

fn brief(before: Option<&Scenario>, after: &Scenario) -> Brief {
    let compared = Compared { path: None, before: "", after: "" };
    DiffReport::new(before, Some(after), compared, &[], Request::default()).brief()
}

fn entry(id: &str, told: Result<Brief, String>) -> LogEntry {
    let commit = CommitNote {
        is_boundary: false,
        id: id.repeat(40),
        author: "Ann".into(),
        date: format!("2025-03-0{id}T12:00:00Z"),
        subject: format!("commit {id}"),
        path: "case.toml".into(),
    };
    LogEntry { commit, renamed_from: None, merge: false, mode_only: false, told }
}

fn version(rows: &[&str]) -> Scenario {
    sample::scenario(&[("dog", "The dog"), ("cat", "The cat")], rows)
}

#[test]
fn a_hypothesis_is_one_column_under_all_its_ids() {
    let (first, second) = (version(&["C I"]), version(&["II I"]));
    let mut third = second.clone();
    third.hypotheses[1].id = HypothesisId::parse("kitten").unwrap();
    let entries = vec![
        entry("4", Ok(brief(Some(&third), &third))),
        entry("3", Ok(brief(Some(&second), &third))),
        entry("2", Ok(brief(Some(&first), &second))),
        entry("1", Ok(brief(None, &first))),
    ];
    let report = LogReport {
        title: "case.toml",
        entries,
        marking: None,
        request: Request::default(),
        graph: true,
        whole: false,
    };
    let table = report.ranking_over_time().unwrap();
    let heads: Vec<_> = table.columns.iter().map(|column| column.title.text.to_string()).collect();
    assert_eq!(heads, ["Commit", "Why", "Date", "dog", "kitten"]);
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.text.to_string()).collect::<Vec<_>>().join("|"))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    4444444|commit 4|2025-03-04|2|1
    3333333|commit 3|2025-03-03|2|1
    2222222|commit 2|2025-03-02|2 ▼1|1 ▲1
    1111111|commit 1|2025-03-01|1|2
    ");
    let said: String = report.verdict().iter().map(|phrase| phrase.text.to_string()).collect();
    insta::assert_snapshot!(said, @"The leader changed once, last on 2025-03-02 (2222222): The dog -> The cat.");
}

#[test]
fn what_is_asked_about_is_told_by_the_ids_it_has() {
    let id = |id: &str| EvidenceId::parse(id).unwrap();
    let cell = |evidence: &str, hypothesis: &str| Change::Cell {
        row: id(evidence).into(),
        hypothesis: HypothesisId::parse(hypothesis).unwrap(),
        change: CellChange::Rating(Edit::new(None, Some(Rating::Consistent))),
    };
    let dog = HypothesisId::parse("dog").into_iter().collect();
    let about = About { evidence: Some([id("new"), id("newer")].into()), hypothesis: Some(dog) };
    assert!(about.concerns(&cell("new", "dog")) && about.concerns(&cell("newer", "dog")));
    assert!(!about.concerns(&cell("new", "cat")) && !about.concerns(&cell("old", "dog")));
    let renamed = Change::Evidence(ItemChange::Renamed { from: id("old"), to: id("new"), along: vec![] });
    assert!(about.concerns(&renamed));
    let nowhere = About { evidence: Some([].into()), hypothesis: None };
    assert!(!nowhere.concerns(&cell("new", "dog")) && !nowhere.is_all());
    assert!(About::default().concerns(&cell("any", "cat")) && About::default().is_all());
}
