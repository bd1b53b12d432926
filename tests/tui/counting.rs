//! Hypotheses that are not rated yet do not count, nor do cells that a stronger one of their group covers.

use insta::assert_snapshot;

use crate::Screen;

const GROUPED: &str = r#"ach = 1
title = "Who took the boat"
hypothesis = [
  { id = "thief", name = "A thief", short = "Thief" },
  { id = "owner", name = "The owner", short = "Owner" },
  { id = "storm", name = "The storm", short = "Storm" },
]
evidence = [
  { id = "rope-cut", text = "The rope was cut", group = "rope", ratings = { thief = "I", owner = "C" } },
  { id = "rope-sold", text = "The rope was sold", group = "rope", ratings = { thief = "II", owner = "C" } },
  { id = "no-oars", text = "The oars were left", ratings = { thief = "I", owner = "I" } },
]
"#;

#[test]
fn a_cell_that_a_stronger_one_covers_stands_in_parentheses() {
    assert_snapshot!(Screen::open(GROUPED).size(60, 14).keys("G").text(), @"
    | Who took the boat         weighted   3 items, 3 hypotheses
    |  Evidence                            Wt Thief Owner Storm
    |▎ rope-cut                          1.00   ( I)    C     ·
    |▎   The rope was cut
    |▎ rope-sold                         1.00    II     C     ·
    |▎   The rope was sold
    |  no-oars                           1.00  [  I]    I     ·
    |    The oars were left
    |  Weighted inconsistency                 -3.00 -1.00     -
    |  Rank                                       2     1     -
    | no-oars / A thief: I  CC C N NA: Owner, by 1.00; ▸I: Owne…
    | Step 3 of 8: Tab: next, 1-5: rate.
    | The owner leads by 2.00; rests on group rope; provisional
    | Tab next blank  1-5 rate  Enter cell  ? help  q quit
    ");
    let net = Screen::open(GROUPED).size(60, 14).keys("G:method net<Enter>");
    assert_snapshot!(net.text(), @"
    | Who took the boat              net   3 items, 3 hypotheses
    |  Evidence                            Wt Thief Owner Storm
    |▎ rope-cut                          1.00   ( I)    C     ·
    |▎   The rope was cut
    |▎ rope-sold                         1.00    II   ( C)    ·
    |▎   The rope was sold
    |  no-oars                           1.00  [  I]    I     ·
    |    The oars were left
    |  Net score                              -3.00  0.00     -
    |  Rank                                       2     1     -
    | no-oars / A thief: I  CC: Thief and Owner, level; C: Owne…
    | Step 3 of 8: Tab: next, 1-5: rate.
    | scored by net; the file keeps its method
    | Tab next blank  1-5 rate  Enter cell  ? help  q quit
    ");
    assert!(!net.keys("b").text().contains("(I)"), "in blind mode nothing is told of what counts");
}

#[test]
fn a_hypothesis_that_is_not_rated_has_no_rank_and_cannot_lead() {
    let screen = Screen::open(GROUPED).size(100, 20).keys(":panel scores<Enter>");
    assert_snapshot!(screen.text(), @"
    | Who took the boat                                                 weighted   3 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ Weighted inconsistency
    |▎ rope-cut                              1.00  [( I)]   C     ·  │  1  -1.00  Owner
    |▎   The rope was cut                                            │     The owner
    |▎ rope-sold                             1.00    II     C     ·  │  2  -3.00  Thief
    |▎   The rope was sold                                           │     A thief
    |  no-oars                               1.00     I     I     ·  │  -      -  Storm, not rated yet
    |    The oars were left                                          │     The storm
    | ──────────────────────────────────────────────── 1 of 3 ────── │
    |  Weighted inconsistency                     -3.00 -1.00     -  │ Provisional: nothing is rated yet
    |  Rank                                           2     1     -  │ for The storm. In all, 3 of 9
    |                                                                │ cells are not rated.
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    | Step 3 of 8. Is the row expected if the column is true? 1 yes (CC), 5 no (II).
    | Owner leads by 2.00, least contradicted; rests on group rope; provisional: Storm is not rated yet
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    let rated = screen.keys("GlllC");
    assert!(rated.text().contains("The leader changed: Owner -> Storm"), "{}", rated.text());
}

/// The evidence of `GROUPED` with these keys added to its first item.
fn with(keys: &str) -> String {
    GROUPED.replace("text = \"The rope was cut\",", &format!("text = \"The rope was cut\", {keys},"))
}

#[test]
fn an_item_that_does_not_count_is_struck_out_where_it_stands() {
    let withdrawn = with("status = \"withdrawn\"")
        .replace("id = \"no-oars\",", "id = \"no-oars\", rests_on = [\"rope-cut\"],");
    let screen = Screen::open(&withdrawn).size(100, 14);
    assert_snapshot!(screen.text(), @"
    | Who took the boat                                                 weighted   3 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ rope-cut                         ┃
    |× rope-cut                                 -  [  I]    C     ·  │ withdrawn, so it does not count  ┃
    |×   The rope was cut                                            │ The rope was cut                 ┃
    |▎ rope-sold                             1.00    II     C     ·  │                                  ┃
    |▎   The rope was sold                                           │ fact                             ┃
    |× no-oars                                  -     I     I     ·  │ credibility medium, relevance    ┃
    |×   The oars were left                                          │ medium                           ┃
    |  Weighted inconsistency                     -2.00  0.00     -  │
    |  Rank                                           2     1     -  │ A thief: I
    |                                                                │ F6 more               1 to 9 of 11
    | Step 3 of 8. Is the row expected if the column is true? 1 yes (CC), 5 no (II).
    | Owner leads by 2.00, least contradicted; rests on rope-sold; provisional: Storm is not rated yet
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(screen.styles(), @"
    |.aaaaaaaaaaaaaaaaa.................................................bbbbbbbb...bbbbbbbbbbbbbbbbbbbbb
    |..bbbbbbbb................................bb.ccccc.aaaaa.bbbbb..b.aaaaaaaa.........................b
    |deffffffffeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeegeehhhhheeeegeeeeege.b.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb..b
    |deeeffffffffffffffffeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee.b..................................b
    |c.......................................bbbb...iiii....j.....b..b..................................b
    |c...bbbbbbbbbbbbbbbbb...........................................b.bbbb.............................b
    |c.kkkkkkk..................................b.....b.....b.....b..b.bbbbbbbbbbbbbbbbbbbbbbbbbbbbb....b
    |c...kkkkkkkkkkkkkkkkkk..........................................b.bbbbbb...........................b
    |..bbbbbbbbbbbbbbbbbbbbbb............................aaaa........b
    |..bbbb.................................................a........b.aaaaaaaaaa
    |................................................................b.bbbbbbb...............bbbbbbbbbbbb
    |.cccccccccccc
    |
    |.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
    a bold
    b fg 249
    c fg 80
    d fg 80, bg 236
    e fg 188, bg 236
    f crossed_out, fg 249, bg 236
    g fg 249, bg 236
    h bold, reversed, fg 249, bg 236
    i bold, fg 16, bg 208
    j fg 75
    k crossed_out, fg 249
    ");
    let told = screen.keys("G").text();
    assert!(told.contains("does not count, since"), "{told}");
}

#[test]
fn what_nobody_searched_for_counts_as_na() {
    let unsearched = with("kind = \"absence\", searched = \"none\"");
    assert_snapshot!(Screen::open(&unsearched).size(100, 14).text(), @"
    | Who took the boat                                                 weighted   3 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ rope-cut                         ┃
    |  rope-cut                              1.00  [  I]    C     ·  │ nobody searched, so it counts as ┃
    |    The rope was cut                                            │ NA                               ┃
    |▎ rope-sold                             1.00    II     C     ·  │ The rope was cut                 ┃
    |▎   The rope was sold                                           │                                  ┃
    |  no-oars                               1.00     I     I     ·  │ absence                          ┃
    |    The oars were left                                          │ credibility medium, relevance
    |  Weighted inconsistency                     -3.00 -1.00     -  │ medium
    |  Rank                                           2     1     -  │
    |                                                                │ F6 more               1 to 9 of 13
    | Step 3 of 8. Is the row expected if the column is true? 1 yes (CC), 5 no (II).
    | Owner leads by 2.00, least contradicted; rests on rope-sold; provisional: Storm is not rated yet
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
}
