//! Keys that change more than a rating: what they write, what they say, and that each is one step.

use insta::assert_snapshot;

use crate::{SMALL, Screen, changed, speech};

fn said(keys: &str) -> String {
    speech(&Screen::open(SMALL).keys(keys))
}

/// That a single `u` takes back all that the last key did.
fn is_one_step(keys: &str) {
    assert_ne!(changed(keys), "", "{keys}");
    assert_eq!(changed(&format!("{keys}u")), "", "{keys}");
}

#[test]
fn confidence_goes_round() {
    assert_snapshot!(changed("o"), @r#"
    -thief = "CC"
    +thief = { rating = "CC", confidence = "low" }
    "#);
    assert_snapshot!(said("o"), @"| rope-cut / thief confidence: · -> low");
    assert_snapshot!(changed("jlo"), @r#"
    -owner = { rating = "CC", confidence = "high", note = "Twice its worth." }
    +owner = { rating = "CC", note = "Twice its worth." }
    "#);
    assert!(!changed("oooo").contains("confidence"));
    assert_snapshot!(said("jllo"), @"| a blank cell has no confidence: rate it first");
    is_one_step("o");
}

#[test]
fn weights_go_up_and_down_and_stop() {
    assert_snapshot!(changed("["), @r#"
    -credibility = "high"
    +credibility = "medium"
    "#);
    assert_snapshot!(changed("j]"), @r#"+credibility = "high""#);
    assert_snapshot!(changed("{"), @r#"+relevance = "low""#);
    assert_snapshot!(changed("}"), @r#"+relevance = "high""#);
    assert_snapshot!(said("]"), @"| credibility is high already");
    assert_snapshot!(said("}}"), @"| relevance is high already");
    is_one_step("[");
    is_one_step("}");
}

#[test]
fn a_grade_decides() {
    let graded = SMALL.replace("credibility = \"high\"", "grade = \"B4\"");
    let screen = Screen::open(&graded).keys("]");
    assert_eq!(screen.file(), graded);
    assert_snapshot!(speech(&screen), @"| the grade B4 decides the credibility of rope-cut, low: e changes the grade");
}

#[test]
fn a_hypothesis_is_rejected_and_taken_up_again() {
    assert_snapshot!(changed("R"), @r#"+status = "rejected""#);
    assert_snapshot!(said("R"), @"| The leaders changed: Thief and Owner -> Owner, by thief status: · -> rejected");
    assert_eq!(changed("RR"), "");
    is_one_step("R");
}

#[test]
fn deleting_asks_and_says_what_goes_too() {
    assert_snapshot!(said("d"), @"| Delete item rope-cut with 3 ratings? y yes, n no");
    assert_eq!(changed("dn"), "");
    assert_eq!(changed("d<Esc>"), "");
    assert_snapshot!(said("dn"), @"| nothing was deleted");
    assert_snapshot!(changed("Gdy"), @r#"
    -
    -[[evidence]]
    -id = "no-oars"
    -text = "The oars were left in the shed"
    -kind = "fact"
    -[evidence.ratings]
    -thief = "I"
    -owner = "I"
    -storm = "N"
    "#);
    assert_snapshot!(said("Gdy"), @"| evidence no-oars removed, with 3 ratings");
    is_one_step("jdy");
    let watched = SMALL
        .replace("name = \"Harbour watch\"", "name = \"Harbour watch\"\ncontrolled_by = [\"thief\"]")
        + "\n[[indicator]]\nid = \"seen\"\ntext = \"The boat is seen\"\nhypothesis = \"thief\"\n";
    let screen = Screen::open(&watched).keys("D");
    assert_snapshot!(speech(&screen), @"| Delete hypothesis thief with 3 ratings, 1 indicator and 1 reference? y yes, n");
    let screen = screen.keys("y");
    assert!(!screen.file().contains("thief"));
    assert_eq!(screen.keys("u").file(), watched);
}

#[test]
fn rows_and_columns_move_in_the_file_with_the_cursor() {
    let order = |keys: &str, head: &str| -> Vec<String> {
        let screen = Screen::open(SMALL).keys(keys);
        let mut of_kind = false;
        let mut ids = Vec::new();
        for line in screen.file().lines() {
            if line.starts_with("[[") {
                of_kind = line == head;
            }
            if let Some(id) = line.strip_prefix("id = ").filter(|_| of_kind) {
                ids.push(id.trim_matches('"').to_owned());
            }
        }
        ids
    };
    let (rows, columns) = ("[[evidence]]", "[[hypothesis]]");
    assert_eq!(order("JJ", rows), ["insured", "calm-night", "rope-cut", "no-oars"]);
    assert_eq!(order("GK", rows), ["rope-cut", "insured", "no-oars", "calm-night"]);
    assert_eq!(order("L", columns), ["owner", "thief", "storm"]);
    assert_eq!(order("<End>HH", columns), ["storm", "thief", "owner"]);
    // The cursor stays on what moved.
    assert_eq!(order("JdyJ", rows), ["insured", "no-oars", "calm-night"]);
    is_one_step("J");
    is_one_step("L");
    assert_snapshot!(said("J"), @"| evidence rope-cut moved from place 1 to 2");
    assert_snapshot!(said("K"), @"| it is already first");
}

#[test]
fn what_is_not_in_the_order_of_the_file_does_not_move() {
    assert_eq!(changed("sJ") + &changed("bL") + &changed("fsource:watch<Enter>J"), "");
    assert_snapshot!(said("fsource:watch<Enter>J"), @"| rows are filtered: f shows all of them, then they can be moved");
    assert_snapshot!(said("sJ"), @"| rows are sorted by diagnosticity: s goes back to the order of the file, in");
    assert_snapshot!(said("bL"), @"| columns are shuffled in blind mode: b ends it");
}

#[test]
fn an_empty_scenario_says_what_is_missing() {
    for keys in ["o", "[", "}", "R", "d", "D", "J", "K", "H", "L", "e", "E", "<Enter>"] {
        let screen = Screen::open("ach = 1\ntitle = \"t\"\n").keys(keys);
        assert!(speech(&screen).contains("there is no "), "{keys}: {}", speech(&screen));
    }
}

#[test]
fn what_cannot_be_moved_further_is_said_to_stand_there() {
    assert_eq!(speech(&Screen::open(SMALL).keys("K")), "| it is already first");
    assert_eq!(speech(&Screen::open(SMALL).keys("GJ")), "| it is already last");
}

#[test]
fn advice_names_keys_as_they_are_bound() {
    let keys = "[keys]\nsort = [\"F5\"]\nfilter = [\"F6\"]\nadd-item = [\"F7\"]\n";
    let screen = |text| Screen::with(text, ach_matrix::tui::read_settings(keys).0).size(120, 24);
    let said = |screen: Screen, keys| speech(&screen.keys(keys));
    assert!(said(screen(SMALL), ":sort id<Enter>J").contains("F5 goes back to the order"));
    assert!(said(screen(SMALL), ":filter kind:absence<Enter>J").contains("F6 shows all of them"));
    assert_eq!(said(screen("ach = 1\ntitle = \"t\"\n"), "e"), "| there is no item here: F7 adds one");
}

#[test]
fn whoever_quits_sees_what_is_not_saved_and_who_leads_with_it() {
    let asked = Screen::open(SMALL).size(80, 16).keys("5jlIlVd3:set title A boat<Enter>q");
    assert_snapshot!(asked.text(), @r#"
    | A boat                            3 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |▎ rope-cut   The mooring rope was cut, not torn         1.41   ▎II     C    II
    |  insured    The boat was insured a week before         1.00     N    II  [  ·]
    |▎ calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 2 of 4 ──────
    |  Weighted inconsistency                                     -3.83 -3.00 -4.83
    |────────────────────────────────────────────────────────────────────────────────
    |  3 edits are not saved.
    |    title: "Who took the boat" -> "A boat"
    |    rope-cut / thief: CC -> II changes who leads: Thief and Owner, level ->
    |    Owner
    |    insured / owner: CC -> II
    |    Who leads with them: Owner; without: Thief and Owner, level.
    | s save and quit  d drop them and quit  Esc stay
    "#);
    // Neither of these is an answer.
    let asked = asked.keys("<Enter><Space>ynq");
    assert_eq!(asked.asked(), [] as [&str; 0]);
    let quit = |keys: &str| {
        Screen::open(SMALL).keys(keys).asked().iter().map(|asked| asked[..4].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(quit("5qs"), ["Save", "Quit"]);
    assert_eq!(quit("5qd"), ["Quit"]);
    assert_eq!(quit("5q<Esc>"), [""; 0]);
}
