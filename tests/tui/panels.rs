//! The panels that answer questions beside the matrix: findings, explain, robustness, next, timeline.

use insta::assert_snapshot;

use crate::{SMALL, Screen, difference, speech};

/// The text of the panel beside the matrix.
fn panel(screen: &Screen) -> String {
    let text = screen.text();
    let lines = text.lines().filter_map(|line| line.split_once('│'));
    lines.map(|(_, told)| told.trim_end()).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn beside(keys: &str) -> Screen {
    Screen::open(SMALL).size(130, 30).keys(keys)
}

#[test]
fn findings_are_live_and_lead_to_their_places() {
    assert_snapshot!(panel(&beside("vf")), @"
    findings     0 errors, 11 to consider
      insured has 1 blank cell: storm   ┃
        rate them, NA where the item    ┃
          cannot bear on the hypothesis ┃
      calm-night has 2 blank cells:     ┃
        thief and owner                 ┃
        rate them, NA where the item    ┃
          cannot bear on the hypothesis ┃
      thief shares the lead             ┃
        provisionally, with 1 of its 4  ┃
        cells unrated                   ┃
        rate thief in calm-night        ┃
      owner shares the lead             ┃
        provisionally, with 1 of its 4  ┃
        cells unrated
        rate owner in calm-night
      calm-night is rated CC to II
        for storm alone
        rate it for the other
          hypotheses too: how expected
          would it be under each of
          them?
      calm-night is an absence and
        does not say how well anybody
        looked
        set searched to full, partial
    F6 choose               1 to 25 of 46
    ");
    let broken = SMALL.replacen("source = \"watch\"", "source = \"guard\"", 1);
    let screen = Screen::open(&broken).size(130, 30).keys("Gvf");
    assert_snapshot!(panel(&screen).lines().take(6).collect::<Vec<_>>().join("\n"), @r#"
    findings      1 error, 11 to consider
      error: unknown source "guard"     ┃
        the sources are watch           ┃
        rope-cut cites it; Enter        ┃
          declares it, e edits the item ┃
      insured has 1 blank cell: storm   ┃
    "#);
    let went = screen.keys("<F6><Down><Enter>");
    assert!(went.text().contains("2 of 4"), "{}", went.text());
    assert_snapshot!(speech(&Screen::open(&broken).keys("G!")), @r#"| unknown source "guard"; the sources are watch"#);
}

#[test]
fn what_an_entry_is_about_is_edited_from_it() {
    let screen = beside("vf<F6>e");
    assert!(screen.text().contains("│ Item insured"), "{}", screen.text());
    assert!(screen.keys("<Esc>").text().contains("2 of 4"), "the cursor went there");
}

#[test]
fn why_a_finding_matters_is_told_below_it() {
    let screen = beside("vf<F6>");
    assert!(screen.text().contains("? why it matters"), "{}", screen.text());
    let (before, told) = (panel(&screen), screen.keys("?"));
    let reason = ach_matrix::checks::doc("unrated-cells").expect("it is a check").text;
    let words: Vec<&str> = reason.split(' ').collect();
    let text = panel(&told).replace(['┃', '▸'], " ");
    let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(&words[..6].join(" ")), "{shown}");
    assert_eq!(panel(&told.keys("?")), before, "the same key hides it");
}

#[test]
fn a_source_that_is_not_declared_is_declared_from_its_finding() {
    let broken = SMALL.replacen("source = \"watch\"", "source = [\"Coast guard\", \"watch\"]", 1);
    let screen = Screen::open(&broken).size(130, 30).keys("vf<F6>");
    assert!(screen.text().contains("Enter declares it"), "{}", screen.text());
    let declared = screen.keys("<Enter>");
    assert!(panel(&declared).contains("0 errors"), "{}", declared.text());
    assert_snapshot!(difference(&broken, declared.file()), @r#"
    -[[indicator]]
    -id = "for-sale"
    -text = "The boat is offered for sale"
    -
    -[[evidence]]
    -id = "rope-cut"
    -text = "The mooring rope was cut, not torn"
    -source = ["Coast guard", "watch"]
    +[[source]]
    +id = "coast-guard"
    +name = "Coast guard"
    +
    +[[indicator]]
    +id = "for-sale"
    +text = "The boat is offered for sale"
    +
    +[[evidence]]
    +id = "rope-cut"
    +text = "The mooring rope was cut, not torn"
    +source = ["coast-guard", "watch"]
    "#);
    assert_eq!(declared.keys("u").file(), broken, "it is one step");
    let edited = Screen::open(&broken).size(130, 30).keys("vf<F6>e");
    assert!(edited.text().contains("Item rope-cut"), "{}", edited.text());
}

#[test]
fn explain_goes_to_another_hypothesis() {
    let screen = beside("ve<F6>");
    assert!(screen.text().contains("explain      A thief from the harbour"), "{}", screen.text());
    let other = screen.keys("<Right>");
    assert!(other.text().contains("explain  The owner, for the insurance"), "{}", other.text());
    assert!(other.text().contains("← → another hypothesis"), "{}", other.text());
}

#[test]
fn explain_tells_of_the_hypothesis_under_the_cursor() {
    assert_snapshot!(panel(&beside("5ve")), @"
    explain      A thief from the harbour
    Thief: rank 2, -3.83. Against it, 2
    items
      rope-cut                  -2.83  II
      no-oars                   -1.00   I

    Behind Owner, -1.00. 1 item tells the
    two apart
                             Thief  Owner
      rope-cut        -2.83     II      C















    F6 choose
    ");
    assert_snapshot!(panel(&beside("5lve")), @"
    explain  The owner, for the insurance
    Owner leads, -1.00. Against it, 1
    item
      no-oars                   -1.00   I

    Ahead of Thief, -3.83. 1 item tells
    the two apart
                             Owner  Thief
      rope-cut        +2.83      C     II
















    F6 choose
    ");
}

#[test]
fn robustness_tells_how_often_each_would_lead() {
    assert_snapshot!(panel(&beside("5vr")), @"
    robustness           exact, 9 ratings
    If ratings were a step off, Owner
    would lead alone in 93%, level in
    <1%.

                 alone level ranks
    Owner          93%   <1% 111111111112
    Thief           5%   <1% 122222223333
    Storm           1%   <1% 222233333333

    A digit is a twelfth of all cases. On
    average 2.5 of 9 ratings move; 90, 70
    and 50% are conventions. Cells move
    independently, even in a group, so
    these shares are too sure.
    ");
}

#[test]
fn next_tells_which_cells_decide_and_what_to_watch() {
    assert_snapshot!(panel(&beside("5vn")), @"
    next             3 blanks, 0 doubtful
    No rating of a blank can change who
    leads.
      calm-night / Owner                ·
      calm-night / Thief                ·
      insured / Storm                   ·

    Indicators to watch, 1
                  for-sale
















    F6 choose
    ");
}

#[test]
fn the_timeline_tells_when_the_lead_changed() {
    let dated = SMALL
        .replace("id = \"calm-night\"", "id = \"calm-night\"\ndate = 2025-03-04")
        .replace("id = \"no-oars\"", "id = \"no-oars\"\ndate = 2025-03-09");
    assert_snapshot!(panel(&Screen::open(&dated).size(130, 30).keys("5vt")), @"
    timeline           3 dates, 1 undated
    Owner has led since 2025-03-01; the
    lead never changed
      2025-03-01: Owner
        1 item came

    2025-03-01 to 2025-03-09
    ██▇    -1.00  Owner
    ▄▄▂    -3.83  Thief
    ▄▁▁    -4.83  Storm















    F6 choose
    ");
}

#[test]
fn the_matrix_is_shown_as_of_a_day_of_the_timeline() {
    let dated = SMALL
        .replace("id = \"insured\"", "id = \"insured\"\ndate = 2025-03-04")
        .replace("id = \"no-oars\"", "id = \"no-oars\"\ndate = 2025-03-09");
    let screen = Screen::open(&dated).size(130, 30);
    let now = screen.text();
    let back = screen.keys("vt<F6>");
    assert!(back.text().contains("Enter the matrix as of that day"), "{}", back.text());
    let back = back.keys("<Enter>");
    let text = back.text();
    assert!(text.contains("as of 2025-03-01, 2 of 4 items"), "{text}");
    assert!(!text.contains("no-oars") && text.contains("calm-night"), "items without a date count: {text}");
    assert!(text.contains("Esc the present"), "{text}");
    assert!(panel(&back).contains("2025-03-09"), "later days can be gone to: {text}");
    // Nothing can be changed there, whatever the key.
    for keys in ["5", "u", "]", "V2", ":set title x<Enter>", "dy", "aNew<F2>", "J", "<Enter>n<F2>", "R"] {
        let refused = Screen::open(&dated).size(130, 30).keys(":as-of 2025-03-01<Enter>").keys(keys);
        assert_eq!(refused.file(), dated, "{keys}");
    }
    assert!(
        speech(&back.keys("5")).contains("this is the matrix as of 2025-03-01: Esc goes back to the present")
    );
    let back = Screen::open(&dated).size(130, 30).keys(":as-of 2025-03-01<Enter>");
    assert_eq!(back.keys("<Esc>g").text(), now);
    let again = Screen::open(&dated).size(130, 30).keys(":as-of 2025-03<Enter>");
    assert!(again.text().contains("as of 2025-03-31, 4 of 4 items"), "{}", again.text());
    assert_eq!(again.keys(":as-of<Enter>g").text(), now);
}

#[test]
fn blind_mode_hides_what_would_tell_who_leads() {
    for letter in ["e", "r", "t"] {
        assert!(panel(&beside(&format!("bv{letter}"))).contains("Hidden in blind mode."), "{letter}");
    }
    assert!(!panel(&beside("5bvn")).contains(": Owner"), "{}", panel(&beside("5bvn")));
}
