//! Conflicts that merges left: marked in the matrix, and settled one after the other.

use ach_matrix::tui::testing::Screen;
use insta::assert_snapshot;

use crate::{SMALL, difference, speech};

/// A cell, a text, a deleted item and a name that both sides changed.
fn merged() -> String {
    SMALL
        .replace(
            "owner = \"C\"",
            "owner = { rating = \"C\", conflict = { base = \"N\", theirs = { rating = \"I\", note = \"Why cut it?\" } } }",
        )
        .replace(
            "text = \"The night was calm\"",
            "text = \"The night was calm\"\nconflict = { text = { base = \"A calm night\", theirs = \"No wind all night\" } }",
        )
        .replace("kind = \"fact\"", "kind = \"fact\"\nconflict = { deleted = \"theirs\" }")
        .replace(
            "short = \"Storm\"",
            "short = \"Storm\"\nconflict = { name = { base = \"Nobody\", theirs = \"The storm\" } }",
        )
}

fn screen() -> Screen {
    Screen::open(&merged())
}

#[test]
fn what_is_to_be_settled_is_marked() {
    assert_snapshot!(screen().size(100, 12).text(), @"
    | Who took the boat                                   4 to settle   weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm! │ rope-cut                         ┃
    |  rope-cut                              1.41  [ CC]    C!   II  │ The mooring rope was cut, not    ┃
    |  insured                               1.00   ▎ N    CC     ·  │ torn                             ┃
    | !calm-night                            1.00     ·     ·    II  │
    | !no-oars                               1.00   ▎ I   ▎ I     N  │ fact, 2025-03-01
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │ credibility high, relevance
    |  Rank                                           1     1     3  │ medium
    |                                                                │ Harbour watch
    |                                                                │ F6 more               1 to 8 of 17
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  ! next error  ? help  q quit
    ");
    assert_snapshot!(screen().size(60, 12).text(), @"
    | Who took the boat                   4 to settle   weighted
    |  Evidence                            Wt Thief Owner Storm!
    |  rope-cut                          1.41  [ CC]    C!   II
    |  insured                           1.00   ▎ N    CC     ·
    | !calm-night                        1.00     ·     ·    II
    | !no-oars                           1.00   ▎ I   ▎ I     N
    |  Weighted inconsistency                 -1.00 -1.00 -4.83
    |  Rank                                       1     1     3
    | rope-cut, fact, 2025-03-01, high / medium                ┃
    | The mooring rope was cut, not torn
    | Thief and Owner are level, least contradicted; provisional
    | Tab next blank  1-5 rate  Enter cell  ? help  q quit
    ");
    assert_snapshot!(screen().size(40, 10).keys("l").text(), @"
    | Who took the boat          4 to settle
    |  Evidence        Wt Thief Owner Storm!
    |  rope-cut      1.41    CC  [  C!]  II
    |  insured       1.00   ▎ N    CC     ·
    | !calm-night    1.00     ·     ·    II
    | !no-oars       1.00   ▎ I   ▎ I     N
    |  Weighted           -1.00 -1.00 -4.83
    |  Rank                   1     1     3
    | Thief and Owner are level; provisional
    | 1-5 rate  ? help  q quit
    ");
    // A conflict counts for more than a change since the last commit.
    assert_eq!(
        screen().committed(Some(SMALL)).size(60, 12).text().matches('!').count(),
        screen().size(60, 12).text().matches('!').count()
    );
}

#[test]
fn the_findings_count_what_is_to_be_settled_as_the_title_does() {
    let text = screen().size(140, 30).keys(":panel findings<Enter>").text();
    let (title, rest) = text.split_once('\n').unwrap();
    assert!(title.contains(" 4 to settle ") && rest.contains(" 4 to settle, "), "{text}");
    assert!(!text.contains("errors"), "{text}");
}

#[test]
fn the_sides_stand_beside_each_other() {
    assert_snapshot!(screen().size(100, 16).keys("!").text(), @"
    | Who took the boat                                   4 to settle   weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm! │ rope-cut                         ┃
    |  rope-cut                              1.41    CC  [  C!]  II  │ The mooring rope was cut, not    ┃
    |    The mooring rope was cut, not to…                           │ torn                             ┃
    |  insured                               1.00   ▎ N    CC     ·  │                                  ┃
    |────────────────────────────────────────────────────────────────────────────────────────────────────
    |  4 to settle, the 2nd: rope-cut / owner
    |  The mooring rope was cut, not torn
    |             rating  confidence  note                                       who leads
    |     base    N                                                              Thief and Owner, level
    |  o  ours    C                                                              Thief and Owner, level
    |  t  theirs  I                   “Why cut it?”                              Thief, by 1.41
    |  1-5  neither: rate it anew
    |  All 4 to theirs: Thief, by 1.41.   All 4 to ours: Thief and Owner, level.
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | o ours  t theirs  ! next  u undo  Esc later  O T all that are left
    ");
    assert_snapshot!(screen().size(80, 16).keys("!!").text(), @r#"
    | Who took the boat               4 to settle   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm!
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C!   II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    | !calm-night The night was calm                         1.00     ·  [  ·]   II
    | !no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 3 of 4 ──────
    |────────────────────────────────────────────────────────────────────────────────
    |  4 to settle, the 3rd: calm-night text
    |                                                        who leads
    |     base    "A calm night"
    |  o  ours    "The night was calm"                       Thief and Owner, level
    |  t  theirs  "No wind all night"                        Thief and Owner, level
    |  All 4 to theirs: Thief, by 1.41.   All 4 to ours: Thief and Owner, level.
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | o ours  t theirs  ! next  u undo  Esc later  O T all that are left
    "#);
    assert_snapshot!(screen().size(60, 16).keys("!").text(), @r#"
    | Who took the boat                   4 to settle   weighted
    |  Evidence                            Wt Thief Owner Storm!
    |────────────────────────────────────────────────────────────
    |  4 to settle, the 2nd: rope-cut / owner
    |  The mooring rope was cut, not torn
    |     base    N and no note
    |             leads: Thief and Owner, level
    |  o  ours    C and no note
    |             leads: Thief and Owner, level
    |  t  theirs  I and the note "Why cut it?"
    |             leads: Thief, by 1.41
    |  1-5  neither: rate it anew
    |  All 4 to theirs: Thief, by 1.41.
    |  All 4 to ours: Thief and Owner, level.
    | Thief and Owner are level, least contradicted; provisional
    | o ours  t theirs  ! next  u undo  Esc later
    "#);
    assert_snapshot!(screen().size(40, 10).keys("!").text(), @r#"
    | Who took the boat          4 to settle
    |  Evidence        Wt Thief Owner Storm!
    |────────────────────────────────────────
    |  4 to settle, the 2nd: rope-cut / own…
    |  The mooring rope was cut, not torn
    |     base    N and no note
    |  o  ours    C and no note
    |  t  theirs  I and the note "Why cut i…
    | Thief and Owner are level; provisional
    | o ours  t theirs  ! next  u undo
    "#);
    assert_snapshot!(screen().size(80, 16).theme("plain").keys("!").styles(), @"
    |.aaaaaaaaaaaaaaaaa...............aaaaaaaaaaa
    |.............................................................aaaaa.bbbbb
    |..bbbbbbbb......................................................aa..cccccc..aa
    |......................................................................aa
    |............................................................................aa
    |
    |..aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    |
    |
    |
    |..b
    |..b
    |
    |
    |
    |
    a bold
    b underlined
    c bold, reversed
    ");
}

#[test]
fn a_key_settles_one_and_goes_on_to_the_next() {
    assert_snapshot!(screen().size(80, 18).keys("!o").text(), @r#"
    | Who took the boat   3 to settle   1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm!
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    | !calm-night The night was calm                         1.00     ·  [  ·]   II
    | !no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 3 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |────────────────────────────────────────────────────────────────────────────────
    |  3 to settle, the 2nd: calm-night text
    |                                                        who leads
    |     base    "A calm night"
    |  o  ours    "The night was calm"                       Thief and Owner, level
    |  t  theirs  "No wind all night"                        Thief and Owner, level
    |  All 3 to theirs: Thief and Owner, level.
    |  All 3 to ours: Thief and Owner, level.
    | rope-cut / owner: ours stands; 3 left to settle
    | o ours  t theirs  ! next  u undo  Esc later  O T all that are left
    "#);
    let lines = |keys: &str| difference(&merged(), screen().keys(keys).file());
    assert_snapshot!(lines("!o"), @r#"
    -owner = { rating = "C", conflict = { base = "N", theirs = { rating = "I", note = "Why cut it?" } } }
    +owner = "C"
    "#);
    assert_snapshot!(lines("!t"), @r#"
    -owner = { rating = "C", conflict = { base = "N", theirs = { rating = "I", note = "Why cut it?" } } }
    +owner = { rating = "I", note = "Why cut it?" }
    "#);
    assert_snapshot!(lines("!!t"), @r#"
    -text = "The night was calm"
    -conflict = { text = { base = "A calm night", theirs = "No wind all night" } }
    +text = "No wind all night"
    "#);
    assert_snapshot!(lines("!!!t"), @r#"
    -
    -[[evidence]]
    -id = "no-oars"
    -text = "The oars were left in the shed"
    -kind = "fact"
    -conflict = { deleted = "theirs" }
    -[evidence.ratings]
    -thief = "I"
    -owner = "I"
    -storm = "N"
    "#);
    assert_snapshot!(lines("!!!!o"), @r#"-conflict = { name = { base = "Nobody", theirs = "The storm" } }"#);
    assert_eq!(lines("!tu"), "", "settled is an edit, and can be undone");
    assert_snapshot!(speech(&screen().keys("!oooo")), @"| storm name: ours stands; nothing is left to settle");
    assert_snapshot!(screen().size(80, 18).keys("!tttt").text(), @"
    | Who took the boat                 8 unsaved   weighted   3 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |▎ rope-cut   The mooring rope was cut, not torn         1.41    CC   ▎ I    II
    |  insured    The boat was insured a week before         1.00     N    CC     ·
    |  calm-night No wind all night                          1.00     ·     ·  [ II]
    | ──────────────────────────────────────────────────────────────── 3 of 3 ──────
    |  Weighted inconsistency                                      0.00 -1.41 -4.83
    |  Rank                                                           1     2     3
    | ──────────────────────────────────────────────────────────────────────────────
    | calm-night, absence, medium / medium
    | No wind all night
    | However it is rated: Thief, by 1.41
    | Harbour watch
    |
    | The storm: II
    | Last change: hypothesis storm: conflict settled and 1 more         u undoes it
    | storm name: theirs stands; nothing is left to settle
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
    assert_snapshot!(speech(&screen().keys("!oooo!")), @"| there are no errors");
    assert_snapshot!(speech(&Screen::open(SMALL).keys("!")), @"| there are no errors");
}

#[test]
fn a_cell_is_rated_anew_and_all_that_are_left_go_to_one_side_after_a_question() {
    let lines = |keys: &str| difference(&merged(), screen().keys(keys).file());
    assert_snapshot!(lines("!5"), @r#"
    -owner = { rating = "C", conflict = { base = "N", theirs = { rating = "I", note = "Why cut it?" } } }
    +owner = "II"
    "#);
    assert_snapshot!(speech(&screen().keys("!5")), @"| rope-cut / owner: II; 3 left to settle");
    assert_eq!(lines("!5u"), "");
    assert_snapshot!(speech(&screen().keys("!T")), @"| Settle the 4 conflicts that are left: theirs stands everywhere? y yes, n no");
    assert_eq!(lines("!Tn"), "");
    assert_eq!(lines("!Ty"), lines("!tttt"));
    assert_eq!(lines("!Oy"), lines("!oooo"));
    assert_eq!(lines("!Oyu"), "", "it is one step");
    // In blind mode nothing is told of who would lead.
    assert!(!screen().size(100, 20).keys("b!").text().contains("who leads"));
}

#[test]
fn the_heading_over_who_leads_is_never_cut() {
    let text = include_str!("../corpus/valid/conflicts.toml");
    let screen = Screen::open(text).size(80, 24).keys("!").text();
    assert!(screen.contains("who leads"), "{screen}");
}
