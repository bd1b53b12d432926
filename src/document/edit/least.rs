//! Tests: the smallest splices, by example.

use crate::change::make;
use crate::document::{History, read};
use crate::scenario::*;

const CASE: &str = r#"# The case.
ach = 1
title = "t" # the title

[[hypothesis]]
id = "a"
name = "A"

# About b.
# Two lines.
[[hypothesis]]
id = "b"
name = "B"

[[hypothesis]]
id = "c"
name = "C"

[[evidence]]
id = "e1"
text = "one"
source = ["x", "y"] # both

[evidence.ratings]
a = "CC" # sure
c = { rating = "I", note = "why" }

# belongs to nobody

# belongs to e2
[[evidence]]
id = "e2"
text = "two"
ratings.a = "C"
ratings.c = "N"

[meta]
kept = true
"#;

fn open(text: &str) -> History {
    let reading = read(text.as_bytes().to_vec());
    History::new(reading.document, reading.scenario.unwrap())
}

fn e(id: &str) -> EvidenceId {
    EvidenceId::parse(id).unwrap()
}

fn h(id: &str) -> HypothesisId {
    HypothesisId::parse(id).unwrap()
}

/// Returns the lines that an edit removes (`-`) and inserts (`+`).
fn lines(before: &str, after: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let gone = old[start..old.len() - end].iter().map(|l| format!("-{l}\n"));
    let come = new[start..new.len() - end].iter().map(|l| format!("+{l}\n"));
    gone.chain(come).collect()
}

/// Returns the effect of an edit on the lines of the case, after checking that undo restores every byte.
fn edit(make: impl FnOnce(&Scenario) -> Vec<crate::change::Change>) -> String {
    let mut history = open(CASE);
    let changes = make(history.scenario());
    history.apply(&changes).unwrap();
    let told = lines(CASE, history.document().text());
    history.undo().unwrap();
    assert_eq!(history.document().text(), CASE);
    history.redo().unwrap();
    assert_eq!(lines(CASE, history.document().text()), told);
    told
}

fn rate(evidence: &str, hypothesis: &str, rating: Option<Rating>) -> String {
    edit(|s| make::set_rating(s, e(evidence), &h(hypothesis), rating).unwrap().into_iter().collect())
}

#[test]
fn a_rating_replaces_its_literal() {
    assert_eq!(rate("e1", "a", Some(Rating::VeryInconsistent)), "-a = \"CC\" # sure\n+a = \"II\" # sure\n");
    assert_eq!(
        rate("e1", "c", Some(Rating::Neutral)),
        "-c = { rating = \"I\", note = \"why\" }\n+c = { rating = \"N\", note = \"why\" }\n"
    );
}

#[test]
fn a_blank_cell_gains_one_line_in_the_order_of_hypotheses() {
    assert_eq!(rate("e1", "b", Some(Rating::Neutral)), "+b = \"N\"\n");
    assert_eq!(rate("e2", "b", Some(Rating::Neutral)), "+ratings.b = \"N\"\n");
    let mut history = open(CASE);
    let change =
        make::set_rating(history.scenario(), e("e1"), &h("b"), Some(Rating::Neutral)).unwrap().unwrap();
    history.apply(&[change]).unwrap();
    assert!(history.document().text().contains("a = \"CC\" # sure\nb = \"N\"\nc = {"));
}

#[test]
fn blanking_takes_the_line_unless_there_is_more_in_the_cell() {
    assert_eq!(rate("e1", "a", None), "-a = \"CC\" # sure\n");
    assert_eq!(rate("e1", "c", None), "-c = { rating = \"I\", note = \"why\" }\n+c = { note = \"why\" }\n");
}

#[test]
fn a_note_makes_a_table_of_a_string() {
    let told = edit(|s| make::set_note(s, e("e2"), &h("a"), Some("so")).unwrap().into_iter().collect());
    assert_eq!(told, "-ratings.a = \"C\"\n+ratings.a = { rating = \"C\", note = \"so\" }\n");
}

#[test]
fn a_list_changes_where_it_differs() {
    let sources = |list: &[&str]| Some(Value::List(list.iter().map(|s| (*s).to_owned()).collect()));
    let set = |list: &[&str]| {
        edit(|s| make::set_field::<Evidence>(s, &e("e1"), EvidenceField::Source, sources(list)).unwrap())
    };
    assert_eq!(
        set(&["x", "y", "z"]),
        "-source = [\"x\", \"y\"] # both\n+source = [\"x\", \"y\", \"z\"] # both\n"
    );
    assert_eq!(set(&["w", "y"]), "-source = [\"x\", \"y\"] # both\n+source = [\"w\", \"y\"] # both\n");
}

#[test]
fn an_item_goes_with_the_comments_that_belong_to_it() {
    let told = edit(|s| vec![make::remove::<Evidence>(s, &e("e2")).unwrap()]);
    assert_eq!(
        told,
        "-# belongs to e2\n-[[evidence]]\n-id = \"e2\"\n-text = \"two\"\n-ratings.a = \"C\"\n-ratings.c = \"N\"\n-\n"
    );
    let told = edit(|s| vec![make::remove::<Hypothesis>(s, &h("b")).unwrap()]);
    assert_eq!(told, "-# About b.\n-# Two lines.\n-[[hypothesis]]\n-id = \"b\"\n-name = \"B\"\n-\n");
}

#[test]
fn a_new_item_is_written_as_the_format_shows_it() {
    let told = edit(|s| {
        let mut item = Evidence::new(e("e3"), "three");
        item.date = Date::parse("2025-11-26");
        let cells = vec![(h("a"), Cell::rated(Rating::Consistent))];
        vec![make::add(s, &item, cells, 9).unwrap()]
    });
    assert_eq!(
        told,
        "+[[evidence]]\n+id = \"e3\"\n+text = \"three\"\n+date = 2025-11-26\n+\n+[evidence.ratings]\n+a = \"C\"\n+\n"
    );
}

#[test]
fn an_item_moves_as_it_stands() {
    let mut history = open(CASE);
    let change = make::shift::<Hypothesis>(history.scenario(), &h("b"), 0).unwrap().unwrap();
    history.apply(&[change]).unwrap();
    let text = history.document().text();
    assert!(
        text.contains("# the title\n\n# About b.\n# Two lines.\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n\n[[hypothesis]]\nid = \"a\"\n"),
        "{text}"
    );
}

#[test]
fn a_renamed_hypothesis_keeps_its_column() {
    let told = edit(|s| make::rename::<Hypothesis>(s, &h("c"), &h("see")).unwrap().into_iter().collect());
    assert!(told.contains("-id = \"c\"\n") && told.contains("+ratings.see = \"N\"\n"), "{told}");
}

#[test]
fn the_scenarios_own_fields_go_to_the_top() {
    let method = Some(Value::Text("net".into()));
    let told = edit(|s| make::set_own(s, ScenarioField::Method, method).unwrap().into_iter().collect());
    assert_eq!(told, "+[scoring]\n+method = \"net\"\n+\n");
    let question = Some(Value::Text("who?".into()));
    let told = edit(|s| make::set_own(s, ScenarioField::Question, question).unwrap().into_iter().collect());
    assert_eq!(told, "+question = \"who?\"\n");
}
