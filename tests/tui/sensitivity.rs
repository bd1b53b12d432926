//! The sensitivity of the lead: marks, the line under the matrix, the panel.

use insta::assert_snapshot;

use crate::{SMALL, Screen, conclusion, speech};

/// The storm is out, and the owner leads.
fn screen() -> Screen {
    Screen::open(&SMALL.replace("kind = \"absence\"", "kind = \"assumption\"")).keys("5")
}

#[test]
fn what_the_lead_rests_on_is_marked_and_told() {
    assert_snapshot!(screen().size(110, 40).keys(":panel sensitivity<Enter>").text(), @"
    | Who took the boat                                               1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                          Wt Thief Owner Storm  │ sensitivity
    |▎ rope-cut   The mooring rope was cut, not torn   1.41  [ II]    C    II  │ The lead rests on 1 item
    |  insured    The boat was insured a week before   1.00     N    CC     ·  │ (rope-cut). Without it A thief
    |  calm-night The night was calm                   1.00     ·     ·    II  │ from the harbour and The owner,
    |  no-oars    The oars were left in the shed       1.00     I     I     N  │ for the insurance share the lead.
    | ────────────────────────────────────────────────────────── 1 of 4 ────── │ Without the one assumption nothing
    |  Weighted inconsistency                               -3.83 -1.00 -4.83  │ changes at the top.
    |  Rank                                                     2     1     3  │ By the 2 items that compare all
    |                                                                          │ hypotheses nothing changes at the
    |                                                                          │ top.
    |                                                                          │
    |                                                                          │ To put another ahead it would be
    |                                                                          │ enough to reject
    |                                                                          │   Storm: 2 items
    |                                                                          │     rope-cut and calm-night
    |                                                                          │   Thief
    |                                                                          │     cannot be put ahead by
    |                                                                          │       leaving items out, only
    |                                                                          │       level: without rope-cut
    |                                                                          │
    |                                                                          │ Single judgements that would
    |                                                                          │ change who leads
    |                                                                          │   rope-cut / Thief: II -> N
    |                                                                          │     2 steps: Thief and Owner
    |                                                                          │       share the lead
    |                                                                          │   rope-cut / Owner: C -> II
    |                                                                          │     3 steps: Thief and Owner
    |                                                                          │       share the lead
    |                                                                          │
    |                                                                          │ Without what one source alone
    |                                                                          │ reports
    |                                                                          │   Harbour watch
    |                                                                          │     without rope-cut and
    |                                                                          │       calm-night: Storm leads
    |                                                                          │
    |                                                                          │ F6 choose
    | Last change: The leaders changed: Thief and Owner -> Owner, by rope-cut / thief: CC -> II        u undoes it
    | Owner leads by 2.83, least contradicted; rests on rope-cut; provisional: 1 cell unrated
    | Tab next blank  1-5 rate  Space blank  u undo  Enter cell  e item  a add  / search  ? help  w save  q quit
    ");
    assert_snapshot!(screen().size(80, 24).keys(":panel sensitivity<Enter>").text(), @"
    | Who took the boat                 1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |▎ rope-cut   The mooring rope was cut, not torn         1.41  [ II]    C    II
    |  insured    The boat was insured a week before         1.00     N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00     I     I     N
    | ──────────────────────────────────────────────────────────────── 1 of 4 ──────
    |  Weighted inconsistency                                     -3.83 -1.00 -4.83
    |  Rank                                                           2     1     3
    | ─ sensitivity ────────────────────────────────────────────────────────────────
    | The lead rests on 1 item (rope-cut). Without it A thief from the harbour and ┃
    | The owner, for the insurance share the lead.                                 ┃
    | Without the one assumption nothing changes at the top.                       ┃
    | By the 2 items that compare all hypotheses nothing changes at the top.       ┃
    |                                                                              ┃
    | To put another ahead it would be enough to reject
    |   Storm: 2 items
    |     rope-cut and calm-night
    |   Thief
    |     cannot be put ahead by leaving items out, only level: without rope-cut
    | F6 choose                                                        1 to 10 of 20
    | The leaders changed: Thief and Owner -> Owner, by rope-cut / thief: CC -> II
    | Owner leads by 2.83, least contradicted; rests on rope-cut; provisional
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
    assert_snapshot!(screen().size(60, 16).keys(":panel sensitivity<Enter><F6>").text(), @"
    | Who took the boat                     1 unsaved   weighted
    | sensitivity
    | The lead rests on 1 item (rope-cut). Without it A thief  ┃
    | from the harbour and The owner, for the insurance share  ┃
    | the lead.                                                ┃
    | Without the one assumption nothing changes at the top.   ┃
    | By the 2 items that compare all hypotheses nothing       ┃
    | changes at the top.                                      ┃
    |
    | To put another ahead it would be enough to reject
    | ▸ Storm: 2 items
    |     rope-cut and calm-night
    |   Thief
    |     cannot be put ahead by leaving items out, only
    |                                                     1 of 5
    | ↑ ↓ choose  Enter go there  Esc back  e edit  u undo
    ");
    assert_snapshot!(screen().size(40, 10).keys("j").text(), @"
    | Who took the boat            1 unsaved
    |  Evidence        Wt Thief Owner Storm
    |▎ rope-cut      1.41    II     C    II
    |  insured       1.00  [  N]   CC     ·
    |  calm-night    1.00     ·     ·    II
    |  no-oars       1.00     I     I     N
    |  Weighted           -3.83 -1.00 -4.83
    |  Rank                   2     1     3
    | The leaders changed: Thief and Owner
    | -> Owner, by rope-cut / thief: CC ->…
    ");
    assert_snapshot!(screen().size(40, 10).keys(":panel sensitivity<Enter>").text(), @"
    | Who took the boat            1 unsaved
    | sensitivity
    | The lead rests on 1 item (rope-cut). ┃
    | Without it A thief from the harbour
    | and The owner, for the insurance
    | share the lead.
    | Without the one assumption nothing
    | changes at the top.
    |                           1 to 6 of 33
    | ↑ ↓ choose  Esc back  u undo  v next
    ");
}

#[test]
fn marks_of_a_lead_are_no_matter_of_colour() {
    assert_snapshot!(screen().size(60, 12).styles(), @"
    |.aaaaaaaaaaaaaaaaa.................................bbbbbbbb
    |..bbbbbbbb............................bb.ccccc.aaaaa
    |deddddddddeeeeeeeeeeeeeeeeeeeeeeeeeeffffeegggggeeeeheeeiiii
    |....................................bbbb.........jjjj....b
    |....................................bbbb.....b.....b...iiii
    |....................................bbbb.....k.....k
    |..bbbbbbbbbbbbbbbbbbbbbb.......................aaaaa
    |..bbbb.............................................a
    |.aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb................b
    |
    |.llllllllllllllllllllllllllllllllllllllllllllllllllllllllll
    |.lllllllllllllllll
    a bold
    b fg 249
    c fg 80
    d fg 80, bg 236
    e fg 188, bg 236
    f fg 249, bg 236
    g bold, reversed, fg 16, bg 208
    h fg 75, bg 236
    i bold, fg 16, bg 208
    j bold, fg 231, bg 26
    k fg 222
    l bold, fg 80
    ");
    assert_snapshot!(screen().size(60, 12).theme("plain").keys("jjj").styles(), @"
    |.aaaaaaaaaaaaaaaaa
    |.........................................bbbbb.aaaaa
    |............................................aa..........aa
    |..................................................aa
    |........................................................aa
    |..bbbbbbb.................................ccccc
    |...............................................aaaaa
    |...................................................a
    |.aaaaaaa
    |
    |.dddddddddddddddddddddddddddddddddddddddddddddddddddddddddd
    |.ddddddddddddddddd
    a bold
    b underlined
    c bold, reversed
    d bold, underlined
    ");
}

#[test]
fn it_follows_every_rating() {
    let told = |keys: &str| conclusion(&screen().size(110, 20).keys(keys).keys("j"));
    assert_snapshot!(told(""), @"| Owner leads by 2.83, least contradicted; rests on rope-cut; provisional: 1 cell unrated");
    assert_snapshot!(told("jjj1"), @"| Owner leads by 1.83, least contradicted; rests on rope-cut; provisional: 1 cell unrated");
    assert_snapshot!(told("m"), @"| The owner, for the insurance leads by 6.24, best supported; rests on 2 items; provisional: 1 cell unrated");
    assert_snapshot!(told("u"), @"| Thief and Owner are level, least contradicted; provisional: 2 cells unrated");
    assert_snapshot!(told("b"), @"| blind mode: rate by the evidence alone");
}

#[test]
fn blind_mode_hides_it() {
    let blind = screen().size(110, 20).keys(":panel sensitivity<Enter>b").text();
    assert!(!blind.contains('▎') && !blind.contains("; rests on"), "{blind}");
    assert!(blind.contains("What the lead rests on is hidden"), "{blind}");
}

#[test]
fn entries_lead_to_cells_and_items() {
    let at = |keys: &str| {
        let text = screen().size(110, 40).keys(":panel sensitivity<Enter><F6>").keys(keys).text();
        let lines = text.lines().filter(|line| line.contains('['));
        let lines = lines.map(|line| line.split('│').next().unwrap_or_default().trim_end());
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(at("<Enter>"), @"|▎ rope-cut   The mooring rope was cut, not torn   1.41    II     C  [ II]");
    assert_snapshot!(at("jj<Enter>"), @"|▎ rope-cut   The mooring rope was cut, not torn   1.41  [ II]    C    II");
    assert_snapshot!(at("jjj<Enter>"), @"|▎ rope-cut   The mooring rope was cut, not torn   1.41    II  [  C]   II");
}

#[test]
fn a_large_case_is_looked_through_beside_the_loop_and_says_the_same() {
    let items: String = (0..700)
        .map(|at| {
            format!(
                "\n[[evidence]]\nid = \"item-{at}\"\ntext = \"Item\"\n[evidence.ratings]\nthief = \"N\"\n"
            )
        })
        .collect();
    let text = format!("{SMALL}{items}");
    assert_snapshot!(conclusion(&Screen::open(&text).size(110, 20).keys("5jG")), @"| Owner leads by 2.83, least contradicted; rests on rope-cut; provisional: 701 cells unrated");
    assert!(Screen::open(&text).keys("5").text().contains('▎'));
}

#[test]
fn next_goes_to_the_cell_that_would_tell_most() {
    assert_snapshot!(Screen::open(SMALL).size(80, 12).keys(":next<Enter>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·  [  ·]   II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | calm-night, absence, medium / medium                                         ┃
    | The night was calm
    | this cell would tell most
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    let rated = SMALL.replace("owner = { rating", "storm = \"N\"\nowner = { rating");
    let rated =
        rated.replace("[evidence.ratings]\nstorm", "[evidence.ratings]\nthief = \"N\"\nowner = \"N\"\nstorm");
    assert_snapshot!(speech(&Screen::open(&rated).keys(":next<Enter>")), @"| no cell is blank, and none is rated with low confidence");
}

#[test]
fn where_several_items_decide_alone_the_lead_rests_on_each_of_them() {
    let rows = [("cut", "C", "I"), ("calm", "C", "I"), ("seen", "I", "C")];
    let item = |(id, thief, storm)| {
        format!(
            "[[evidence]]\nid = \"{id}\"\ntext = \"x\"\nratings = {{ thief = \"{thief}\", storm = \"{storm}\" }}\n"
        )
    };
    let items: String = rows.map(item).concat();
    let text = format!(
        "ach = 1\ntitle = \"t\"\nhypothesis = [{{ id = \"thief\", name = \"Thief\" }}, {{ id = \"storm\", name = \"Storm\" }}]\n{items}"
    );
    assert_snapshot!(speech(&Screen::open(&text)), @"| Thief leads by 1.00, least contradicted; rests on each of cut and calm");
}
