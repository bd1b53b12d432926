//! The guide: one line that names the next step, and what an empty scenario looks like.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

const EMPTY: &str = "ach = 1\ntitle = \"Who took the boat\"\n";

/// The line of the guide.
fn advice(screen: &Screen) -> String {
    let text = screen.text();
    text.lines().find(|line| line.starts_with("| Step ")).unwrap_or_default().to_owned()
}

#[test]
fn an_empty_scenario_invites() {
    assert_snapshot!(Screen::open(EMPTY).size(80, 16).text(), @"
    | Who took the boat                                                     weighted
    |  Evidence
    |  Evidence goes down, hypotheses go across.
    |  t  writes the question down: what do you want to find out?
    |  A  adds a hypothesis: a possible answer, even an unlikely one
    |  a  adds an item of evidence: fact, assumption, argument, absence
    |
    |
    |
    | No question yet.
    |
    |
    |
    | Step 1 of 8. What do you want to find out? t writes the question down.
    | nothing to conclude yet
    | t question  a add  A hypothesis  v panels  : command  ? help  q quit
    ");
    assert_snapshot!(Screen::open(EMPTY).size(40, 10).text(), @"
    | Who took the boat             weighted
    |  Evidence
    |  Evidence goes down, hypotheses go ac…
    |  A  adds a hypothesis
    |  a  adds an item of evidence
    |
    |
    | Step 1 of 8: t writes the question.
    | nothing to conclude yet
    | t question  a add  ? help  q quit
    ");
    assert_snapshot!(Screen::open(EMPTY).size(100, 16).keys(":set question Who?<Enter>AThief<Enter>").text(), @"
    | Who?                                                  2 unsaved   weighted   0 items, 1 hypothesis
    |  Evidence                                               thief  │ Who?
    |  No evidence yet.                                              │
    |  a  adds an item of evidence                                   │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    | Step 1 of 8. One hypothesis has nothing to compete with: A adds another.
    | Last change: hypothesis thief added                                                    u undoes it
    | nothing to conclude yet
    | u undo  a add  A hypothesis  v panels  : command  ? help  w save  q quit
    ");
}

#[test]
fn a_whole_analysis_is_led_through_eight_steps() {
    let mut told = Vec::new();
    let mut screen = Screen::open(EMPTY).size(120, 30);
    told.push(advice(&screen));
    for keys in [
        "tWho took it?<Enter>",
        "AThief<Enter>",
        "AOwner<Enter>",
        "aRope cut<F2>",
        "<Home>1<End>4",
        "aInsured<F2><Home>3<End>1",
        "aCalm night<F2><Home>3<End>3",
        ":set calm-night.note kept for the record<Enter>",
        "gj<Home>4",
        "g<End>5",
        "g]",
        ":set insured.credibility medium<Enter>",
        ":set calm-night.credibility medium<Enter>",
        "tThe owner, perhaps.<F2>",
        ":indicator-add for-sale The boat is for sale<Enter>",
    ] {
        screen = screen.keys(keys);
        told.push(advice(&screen));
    }
    assert_snapshot!(told.join("\n"), @"
    | Step 1 of 8. What do you want to find out? t writes the question down.
    | Step 1 of 8. Name every hypothesis, even an unlikely one: A adds one.
    | Step 1 of 8. One hypothesis has nothing to compete with: A adds another.
    | Step 2 of 8. List what bears on any of them, absences too: a adds an item.
    | Step 3 of 8. Is the row expected if the column is true? 1 yes (CC), 5 no (II).
    | Step 2 of 8. What else is known, or missing though expected? a adds it.
    | Step 2 of 8. What else is known, or missing though expected? a adds it.
    | Step 4 of 8. calm-night separates nothing: d deletes it, e notes why it stays.
    | Step 5 of 8. Nothing speaks against thief: try to disprove it; a adds an item.
    | Step 5 of 8. 2 are level: what would tell them apart? a adds it.
    | Step 6 of 8. The lead rests on rope-cut: [ and ] say how far to trust it.
    | Step 7 of 8. Say what follows, and how sure you are: t opens the conclusion.
    | Step 7 of 8. Say what follows, and how sure you are: t opens the conclusion.
    | Step 7 of 8. Say what follows, and how sure you are: t opens the conclusion.
    | Step 8 of 8. What would change your mind? :indicator adds a sign to watch for.
    ");
}

#[test]
fn the_other_items_that_the_lead_rests_on_are_named_where_there_is_room() {
    let hypotheses = "hypothesis = [{ id = \"h\", name = \"H\" }, { id = \"k\", name = \"K\" }]\n";
    let item = |(id, ratings): (char, [&str; 2])| {
        let [h, k] = ratings;
        format!("[[evidence]]\nid = \"{id}\"\ntext = \"T\"\nratings = {{ h = \"{h}\", k = \"{k}\" }}\n")
    };
    let rows = "abcde".chars().zip([["C", "I"], ["C", "I"], ["C", "I"], ["I", "C"], ["I", "C"]]);
    let case = format!("{EMPTY}question = \"Who?\"\n{hypotheses}{}", rows.map(item).collect::<String>());
    let screen = Screen::open(&case).size(120, 30);
    assert_snapshot!(screen.text().lines().rev().skip(2).take(2).collect::<Vec<_>>().join("\n"), @"
    |   Also critical: b and 1 more.   * goes to the next of them   :hints hides the guide
    | Step 6 of 8. The lead rests on a: [ and ] say how far to trust it.
    ");
    assert!(screen.keys("**").text().contains("3 of 5"), "each comes in its turn");
    assert!(!Screen::open(&case).text().contains("Also critical"), "the matrix needs the line");
    assert!(!Screen::open(&case).size(120, 30).keys("b").text().contains("Also critical"));
}

#[test]
fn hints_can_be_switched_off() {
    let off = Screen::open(EMPTY).keys(":hints<Enter>j");
    assert_eq!(advice(&off), "");
    assert!(!off.text().contains("? help"), "{}", off.text());
    let on = off.keys(":hints on<Enter>j");
    assert!(advice(&on).contains("Step 1 of 8") && on.text().contains("? help"));
    let settings = ach_matrix::tui::read_settings("hints = false").0;
    assert_eq!(advice(&Screen::with(EMPTY, settings)), "");
}

#[test]
fn an_analysis_that_is_past_it_is_left_alone() {
    assert_eq!(advice(&Screen::open(SMALL)), "");
    let case = include_str!("../../scenarios/tajik-border.toml");
    assert_eq!(advice(&Screen::open(case).size(120, 36)), "");
}
