//! Selections: one key acts on cells, rows or columns as one step.

use insta::assert_snapshot;

use crate::{SMALL, Screen, speech};

#[test]
fn a_rating_of_selected_cells_is_one_step_told_in_words() {
    let screen = Screen::open(SMALL).keys("Vjl");
    assert_snapshot!(screen.text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41  [ CC     C]   II
    |  insured    The boat was insured a week before         1.00  [▎ N  [ CC]    ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 2 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | ──────────────────────────────────────────────────────────────────────────────
    | insured, fact, medium / medium
    | The boat was insured a week before
    | If rated ▸CC C N NA: Thief and Owner, level; I: Thief, by 1.00; II: Thief, by
    | 2.00
    |
    | The owner, for the insurance: CC, high confidence
    | “Twice its worth.”
    |
    | tags money, papers
    |
    |
    |
    | 2 items x 2 hypotheses: 2 CC, 1 C, 1 N.  CC C N I: as now   II: Storm leads
    | 1-5 x Space all  o confidence  [ ] { } weight  y copy  d delete
    ");
    let screen = screen.keys("4");
    assert_eq!(speech(&screen), "| 4 cells -> I (were 2 CC, 1 C, 1 N)");
    assert_eq!(screen.keys("u").file(), SMALL);
}

#[test]
fn rows_and_columns_are_selected_by_the_same_key() {
    let rated = |keys: &str, word: &str| Screen::open(SMALL).keys(keys).file().matches(word).count();
    assert_eq!(rated("VVx", "\"NA\""), 3, "a row");
    assert_eq!(rated("VVVx", "\"NA\""), 4, "a column");
}

#[test]
fn arrows_with_shift_select_until_a_plain_move() {
    let screen = Screen::open(SMALL).keys("<S-Down><S-Right>3");
    assert_eq!(screen.file().matches("\"N\"").count(), SMALL.matches("\"N\"").count() + 3);
    let after = screen.keys("<Down>1");
    assert!(speech(&after).contains("calm-night / owner"), "{}", speech(&after));
}

#[test]
fn every_key_for_a_cell_or_a_row_acts_on_all_of_them() {
    let says = |keys: &str| speech(&Screen::open(SMALL).keys(keys));
    assert_eq!(says("Vjjo"), "| 2 cells, confidence -> low");
    assert_eq!(says("Vj]"), "| insured credibility: · -> high");
    assert_eq!(says("Vjj{"), "| 3 items, relevance -> low");
    assert_eq!(says("Vjd"), "| Delete 2 items with their ratings? y yes, n no");
    assert_eq!(says("Vjdy"), "| 2 items deleted");
    assert_eq!(says("Vj:tag boat<Enter>"), "| 2 items, tags changed");
    assert_eq!(says("Vj:group sea<Enter>"), "| 2 items, group -> sea");
    assert_eq!(says("Ve"), "| e means one cell, row or column: Esc drops the selection");
    assert_eq!(says("V<Esc>e"), says("e"));
    let copied = Screen::open(SMALL).keys("Vjly");
    assert_eq!(copied.asked(), ["Copy(\"CC\\tC\\nN\\tCC\")"]);
}

#[test]
fn of_blank_cells_it_is_not_told_who_would_lead() {
    let line = |keys: &str| {
        let text = Screen::open(SMALL).size(120, 24).keys(keys).text();
        text.lines().rev().nth(1).unwrap_or_default().to_owned()
    };
    assert_snapshot!(line("Vjl"), @"| 2 items x 2 hypotheses: 2 CC, 1 C, 1 N.  CC C N I: as now   II: Storm leads");
    assert_snapshot!(line("Vjll"), @"| 2 items x 3 hypotheses: 2 CC, 1 C, 1 N, 1 II, 1 blank");
    assert_snapshot!(line("bVjl"), @"| 2 items x 2 hypotheses: 1 CC, 1 N, 1 II, 1 blank");
}

#[test]
fn selected_cells_have_one_background_without_gaps() {
    let styles = Screen::open(SMALL).keys("jVjll").styles();
    let rows: Vec<&str> = styles.lines().skip(3).take(2).map(|line| &line[55..]).collect();
    assert_snapshot!(rows.join("\n"), @"
    ..bbbb..ghgggggdddigggghh
    gghhhhgghgghggggghggkkkkk
    ");
}
