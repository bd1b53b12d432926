//! Changes since the last commit: marks in the matrix, and the panel that lists them.

use ach_matrix::tui::testing::Screen;
use insta::assert_snapshot;

use crate::{SMALL, difference, speech};

/// Rated otherwise in two cells, one item new, one gone, a hypothesis with another name.
fn edited() -> Screen {
    Screen::open(SMALL).committed(Some(&committed()))
}

fn committed() -> String {
    SMALL
        .replace("owner = \"C\"", "owner = \"II\"")
        .replace("thief = \"N\"", "thief = \"CC\"")
        .replace("storm took it", "storm did it")
        .replace("id = \"no-oars\"", "id = \"oars\"")
        .replace("thief = \"I\"", "thief = \"C\"")
}

#[test]
fn changed_cells_rows_and_columns_are_marked() {
    assert_snapshot!(edited().size(100, 30).keys(":panel changes<Enter>").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm● │ changes      since the last commit
    | ●rope-cut                              1.41  [ CC]    C●   II  │ The leaders changed: A thief     ┃
    |    The mooring rope was cut, not                               │ from the harbour -> A thief from ┃
    |    torn                                                        │ the harbour and The owner, for   ┃
    | ●insured                               1.00   ▎ N●   CC     ·  │ the insurance                    ┃
    |    The boat was insured a week                                 │    Thief  0.00 -> -1.00          ┃
    |    before                                                      │ ▲1 Owner -3.83 -> -1.00          ┃
    |  calm-night                            1.00     ·     ·    II  │                                  ┃
    |    The night was calm                                          │ 2 judgements                     ┃
    |                                                                │   rope-cut / Owner: II -> C      ┃
    | +no-oars                               1.00   ▎ I   ▎ I     N  │     The mooring rope was cut, n… ┃
    |    The oars were left in the shed                              │   insured / Thief: CC -> N       ┃
    |                                                                │     The boat was insured a week… ┃
    | ──────────────────────────────────────────────── 1 of 4 ────── │                                  ┃
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │ 1 item added                     ┃
    |  Rank                                           1     1     3  │   + no-oars                      ┃
    |                                                                │     The oars were left in the    ┃
    |                                                                │       shed                       ┃
    |                                                                │     Thief I, Owner I, Storm N    ┃
    |                                                                │                                  ┃
    |                                                                │ 1 item removed                   ┃
    |                                                                │   - oars                         ┃
    |                                                                │     The oars were left in the
    |                                                                │       shed
    |                                                                │     Thief C, Owner I, Storm N
    |                                                                │
    |                                                                │ F6 choose            1 to 25 of 29
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(edited().size(80, 24).keys(":panel changes<Enter>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm●
    | ●rope-cut   The mooring rope was cut, not torn         1.41  [ CC]    C●   II
    | ●insured    The boat was insured a week before         1.00   ▎ N●   CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    | +no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 1 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | ─ changes ───────────────────────────────────────────── since the last commit
    | The leaders changed: A thief from the harbour -> A thief from the harbour    ┃
    | and The owner, for the insurance                                             ┃
    |    Thief  0.00 -> -1.00                                                      ┃
    | ▲1 Owner -3.83 -> -1.00                                                      ┃
    |                                                                              ┃
    | 2 judgements
    |   rope-cut / Owner: II -> C
    |     The mooring rope was cut, not torn
    |   insured / Thief: CC -> N
    |     The boat was insured a week before
    |
    | F6 choose                                                        1 to 11 of 24
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(edited().size(60, 16).keys(":panel changes<Enter>").text(), @"
    | Who took the boat         weighted   4 items, 3 hypotheses
    | changes                              since the last commit
    | The leaders changed: A thief from the harbour -> A thief ┃
    | from the harbour and The owner, for the insurance        ┃
    |    Thief  0.00 -> -1.00                                  ┃
    | ▲1 Owner -3.83 -> -1.00                                  ┃
    |                                                          ┃
    | 2 judgements                                             ┃
    | ▸ rope-cut / Owner: II -> C
    |     The mooring rope was cut, not torn
    |   insured / Thief: CC -> N
    |     The boat was insured a week before
    |
    | 1 item added
    |                                                     1 of 5
    | ↑ ↓ choose  Enter go there  Esc back  r take back  e edit
    ");
    assert_snapshot!(edited().size(40, 10).keys("jl").text(), @"
    | Who took the boat             weighted
    |  Evidence        Wt Thief Owner Storm●
    | ●rope-cut      1.41    CC     C●   II
    | ●insured       1.00   ▎ N● [ CC]    ·
    |  calm-night    1.00     ·     ·    II
    | +no-oars       1.00   ▎ I   ▎ I     N
    |  Weighted           -1.00 -1.00 -4.83
    |  Rank                   1     1     3
    | Thief and Owner are level; provisional
    | 1-5 rate  ? help  q quit
    ");
}

#[test]
fn marks_are_told_from_ratings_in_every_theme() {
    let styles = |theme: &str| {
        let styles = edited().size(40, 10).theme(theme).styles();
        let marked = styles.lines().filter(|line| !line.starts_with('|') || line.starts_with("|.c"));
        marked.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(styles("dark"), @"
    |.c..............bbbb...b..c..jjjj....b
    |.c..............bbbb...b.k...b.k
    a bold
    b fg 249
    c fg 80
    d fg 188, bg 236
    e fg 80, bg 236
    f fg 249, bg 236
    g bold, reversed, fg 231, bg 26
    h fg 75, bg 236
    i bold, fg 16, bg 208
    j bold, fg 231, bg 26
    k fg 222
    ");
    assert_snapshot!(styles("sixteen"), @"
    a bold
    b underlined
    c bold, reversed, fg White, bg Blue
    d bold, fg White, bg Red
    e bold, fg White, bg Blue
    ");
    // Without colour it is their form that tells them, which a line under them would change.
    assert!(!styles("plain").contains("|.c"), "{}", styles("plain"));
}

#[test]
fn marks_stand_beside_wide_characters_and_in_narrow_columns() {
    let text = SMALL
        .replace("short = \"Owner\"", "short = \"日本語日本語日\"")
        .replace("The night was", "夜は穏やか");
    let screen = Screen::open(&text).committed(Some(&committed())).size(40, 10);
    assert_snapshot!(screen.keys("l<lt><lt><lt><lt><lt><lt><lt><lt><lt>j").text(), @"
    | Who took the boat             weighted
    |  Evidence       Wt Thief 日本…● Storm●
    | ●rope-cut     1.41    CC     C●    II
    | ●insured      1.00   ▎ N● [ CC]     ·
    | ●calm-night   1.00     ·     ·     II
    | +no-oars      1.00   ▎ I   ▎ I      N
    |  Weighted          -1.00 -1.00  -4.83
    |  Rank                  1     1      3
    | Thief and 日本語日本語日 are level; p…
    | 1-5 rate  ? help  q quit
    ");
}

#[test]
fn entries_are_gone_through() {
    let screen = || edited().size(100, 20).keys(":panel changes<Enter><F6>");
    assert_snapshot!(screen().text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm● │ changes      since the last commit
    | ●rope-cut                              1.41  [ CC]    C●   II  │ The leaders changed: A thief     ┃
    |    The mooring rope was cut, not                               │ from the harbour -> A thief from ┃
    |    torn                                                        │ the harbour and The owner, for   ┃
    | ●insured                               1.00   ▎ N●   CC     ·  │ the insurance                    ┃
    |    The boat was insured a week                                 │    Thief  0.00 -> -1.00          ┃
    |    before                                                      │ ▲1 Owner -3.83 -> -1.00          ┃
    |  calm-night                            1.00     ·     ·    II  │                                  ┃
    |    The night was calm                                          │ 2 judgements
    |                                                                │ ▸ rope-cut / Owner: II -> C
    | +no-oars                               1.00   ▎ I   ▎ I     N  │     The mooring rope was cut, n…
    |    The oars were left in the shed                              │   insured / Thief: CC -> N
    |                                                                │     The boat was insured a week…
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │ 1 item added
    |  Rank                                           1     1     3  │   + no-oars
    |                                                                │                             1 of 5
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | ↑ ↓ choose  Enter go there  Esc back  r take back  e edit  v next
    ");
    assert_snapshot!(screen().keys("jj").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm● │ changes      since the last commit
    | ●rope-cut                              1.41  [ CC]    C●   II  │ 2 judgements
    |    The mooring rope was cut, not                               │   rope-cut / Owner: II -> C
    |    torn                                                        │     The mooring rope was cut, n…
    | ●insured                               1.00   ▎ N●   CC     ·  │   insured / Thief: CC -> N
    |    The boat was insured a week                                 │     The boat was insured a week… ┃
    |    before                                                      │                                  ┃
    |  calm-night                            1.00     ·     ·    II  │ 1 item added                     ┃
    |    The night was calm                                          │ ▸ + no-oars                      ┃
    |                                                                │     The oars were left in the    ┃
    | +no-oars                               1.00   ▎ I   ▎ I     N  │       shed                       ┃
    |    The oars were left in the shed                              │     Thief I, Owner I, Storm N    ┃
    |                                                                │
    | ──────────────────────────────────────────────── 1 of 4 ────── │ 1 item removed
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │   - oars
    |  Rank                                           1     1     3  │     The oars were left in the
    |                                                                │                             3 of 5
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | ↑ ↓ choose  Enter go there  Esc back  r take back  e edit  v next
    ");
    assert_snapshot!(edited().size(40, 10).keys(":panel changes<Enter>jj").text(), @"
    | Who took the boat             weighted
    | changes          since the last commit
    | 2 judgements
    |   rope-cut / Owner: II -> C          ┃
    |     The mooring rope was cut, not t…
    | ▸ insured / Thief: CC -> N
    |     The boat was insured a week bef…
    |
    |                                 2 of 5
    | ↑ ↓ choose  Enter go there  Esc back
    ");
    assert_eq!(screen().keys("<Esc>").text(), edited().size(100, 20).keys(":panel changes<Enter>").text());
}

#[test]
fn enter_goes_where_the_change_is() {
    let cell = |keys: &str| {
        let text = edited().size(100, 20).keys(":panel changes<Enter><F6>").keys(keys).text();
        let lines = text.lines().filter(|line| line.contains('['));
        let lines = lines.map(|line| line.split('│').next().unwrap_or_default().trim_end());
        (
            lines.collect::<Vec<_>>().join("\n"),
            speech(&edited().size(100, 20).keys(":panel changes<Enter><F6>").keys(keys)),
        )
    };
    assert_snapshot!(cell("<Enter>").0, @"| ●rope-cut                              1.41    CC  [  C●]  II");
    assert_snapshot!(cell("j<Enter>").0, @"| ●insured                               1.00  [▎ N●]  CC     ·");
    assert_snapshot!(cell("jj<Enter>").0, @"| +no-oars                               1.00  [▎ I]  ▎ I     N");
    assert_snapshot!(cell("jjj<Enter>").1, @"| it no longer exists: r restores it");
    assert_snapshot!(cell("G<Enter>").0, @"| ●rope-cut                              1.41    CC     C● [ II]");
    // A filter that hides the row goes.
    assert_snapshot!(speech(&edited().size(100, 20).keys("fcalm<Enter>:panel changes<Enter><F6><Enter>")), @"| the filter was cleared, since it hid the item");
}

#[test]
fn one_change_is_taken_back_and_that_can_be_undone() {
    let screen = |keys: &str| edited().size(100, 24).keys(":panel changes<Enter><F6>").keys(keys);
    let lines = |keys: &str| difference(SMALL, screen(keys).file());
    assert_snapshot!(speech(&screen("r")), @"| The leaders changed: Thief and Owner -> Thief, by taking back: rope-cut / owner: C -> II");
    assert_snapshot!(lines("r"), @r#"
    -owner = "C"
    +owner = "II"
    "#);
    assert_snapshot!(lines("jr"), @r#"
    -thief = "N"
    +thief = "CC"
    "#);
    assert_snapshot!(lines("jjr"), @r#"
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
    assert_snapshot!(lines("jjjr"), @r#"
    +
    +[[evidence]]
    +id = "oars"
    +text = "The oars were left in the shed"
    +kind = "fact"
    +
    +[evidence.ratings]
    +thief = "C"
    +owner = "I"
    +storm = "N"
    "#);
    assert_snapshot!(lines("jjjjr"), @r#"
    -name = "Nobody: the storm took it"
    +name = "Nobody: the storm did it"
    "#);
    assert_eq!(lines("ru"), "", "taken back is an edit, and can be undone");
    assert_snapshot!(speech(&screen("ru")), @"| The leaders changed: Thief -> Thief and Owner, by undo: rope-cut / owner: C -> II");
    // One after the other, until nothing is left but the place of an item in its list.
    assert_snapshot!(screen("rrrrr").text(), @r#"
    | Who took the boat                                     5 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ changes      since the last commit
    |▎ rope-cut                              1.41  [ CC]   II    II  │ There are no changes.
    |▎   The mooring rope was cut, not                               │
    |▎   torn                                                        │
    |  insured                               1.00    CC    CC     ·  │
    |    The boat was insured a week                                 │
    |    before                                                      │
    |  calm-night                            1.00     ·     ·    II  │
    |    The night was calm                                          │
    |                                                                │
    |▎ oars                                  1.00     C     I     N  │
    |▎   The oars were left in the shed                              │
    |▎                                                               │
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                      0.00 -3.83 -4.83  │
    |  Rank                                           1     2     3  │
    |                                                                │
    |                                                                │
    |                                                                │
    |                                                                │
    | Last change: taken back: storm name: "Nobody: the storm took it" -> "Nobody: the storm did it"
    | Thief leads by 3.83, least contradicted; rests on 2 items; provisional: 1 cell unrated
    | Esc back  u undo  v next
    "#);
    assert_snapshot!(difference(&committed(), screen("rrrrr").file()), @"+");
}

#[test]
fn the_list_follows_every_edit() {
    let same = || Screen::open(SMALL).committed(Some(SMALL)).size(100, 16).keys(":panel changes<Enter>");
    assert_snapshot!(same().text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ changes      since the last commit
    |  rope-cut                              1.41  [ CC]    C    II  │ There are no changes.
    |    The mooring rope was cut, not to…                           │
    |  insured                               1.00   ▎ N    CC     ·  │
    |    The boat was insured a week befo…                           │
    |  calm-night                            1.00     ·     ·    II  │
    |    The night was calm                                          │
    |  no-oars                               1.00   ▎ I   ▎ I     N  │
    |    The oars were left in the shed                              │
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │
    |  Rank                                           1     1     3  │
    |                                                                │
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(same().keys("5").text(), @"
    | Who took the boat                                     1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ changes      since the last commit
    |▎●rope-cut                              1.41  [ II●]   C    II  │ The leaders changed: A thief from
    |▎   The mooring rope was cut, not to…                           │ the harbour and The owner, for the
    |  insured                               1.00     N    CC     ·  │ insurance -> The owner, for the
    |    The boat was insured a week befo…                           │ insurance
    |  calm-night                            1.00     ·     ·    II  │ ▼1 Thief -1.00 -> -3.83
    |    The night was calm                                          │
    |  no-oars                               1.00     I     I     N  │ 1 judgement
    |    The oars were left in the shed                              │   rope-cut / Thief: CC -> II
    | ──────────────────────────────────────────────── 1 of 4 ────── │     The mooring rope was cut, not…
    |  Weighted inconsistency                     -3.83 -1.00 -4.83  │
    |  Rank                                           2     1     3  │ F6 choose
    | Last change: The leaders changed: Thief and Owner -> Owner, by rope-cut / thief: CC -> II
    | Owner leads by 2.83, least contradicted; rests on rope-cut; provisional: 1 cell unrated
    | Tab next blank  1-5 rate  Space blank  u undo  Enter cell  e item  a add  ? help  w save  q quit
    ");
    assert_eq!(same().keys("5u").text().matches('●').count(), 0);
    assert_snapshot!(same().keys("bl1").text(), @"
    | Who took the boat                                           blind   1 unsaved   2 of 4 items rated
    |  Evidence                                Wt Thief Storm Owner  │ changes      since the last commit
    | ●rope-cut                              1.41    CC  [ CC●]   C  │ 1 judgement
    |    The mooring rope was cut, not to…                           │   rope-cut / Storm: II -> CC
    |  insured                               1.00     N     ·    CC  │     The mooring rope was cut, not…
    |    The boat was insured a week befo…                           │
    |  calm-night                            1.00     ·    II     ·  │
    |    The night was calm                                          │
    |  no-oars                               1.00     I     N     I  │
    |    The oars were left in the shed                              │
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                         -     -     -  │
    |  Rank                                           -     -     -  │ F6 choose
    | Last change: rope-cut / storm: II -> CC                                                u undoes it
    | blind mode: rate by the evidence alone
    | Tab next blank  1-5 rate  Space blank  u undo  Enter cell  e item  a add  ? help  w save  q quit
    ");
    assert_snapshot!(same().keys("E: he and she<Enter>").text(), @r#"
    | Who took the boat                                     1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                               Wt Thief● Owner Storm  │ changes      since the last commit
    |  rope-cut                             1.41  [ CC]     C    II  │ The conclusion is the same.
    |    The mooring rope was cut, not t…                            │ Leaders: A thief from the harbour:
    |  insured                              1.00   ▎ N     CC     ·  │ he and she and The owner, for the
    |    The boat was insured a week bef…                            │ insurance.
    |  calm-night                           1.00     ·      ·    II  │
    |    The night was calm                                          │ 1 text edited
    |  no-oars                              1.00   ▎ I    ▎ I     N  │   hypothesis:thief / name
    |    The oars were left in the shed                              │     A thief from the harbour{+:
    | ──────────────────────────────────────────────── 1 of 4 ────── │       he and she+}
    |  Weighted inconsistency                    -1.00  -1.00 -4.83  │
    |  Rank                                          1      1     3  │ F6 choose
    | Last change: thief name: "A thief from the harbour" -> "A thief from the harbour: he and she"
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  u undo  Enter cell  e item  a add  ? help  w save  q quit
    "#);
}

#[test]
fn without_a_commit_nothing_is_marked_and_the_panel_says_why() {
    assert_snapshot!(Screen::open(SMALL).size(100, 16).keys(":panel changes<Enter>").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ changes      since the last commit
    |  rope-cut                              1.41  [ CC]    C    II  │ Reading it ...
    |    The mooring rope was cut, not to…                           │
    |  insured                               1.00   ▎ N    CC     ·  │
    |    The boat was insured a week befo…                           │
    |  calm-night                            1.00     ·     ·    II  │
    |    The night was calm                                          │
    |  no-oars                               1.00   ▎ I   ▎ I     N  │
    |    The oars were left in the shed                              │
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │
    |  Rank                                           1     1     3  │
    |                                                                │
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(Screen::open(SMALL).committed(None).size(100, 16).keys("5:panel changes<Enter>").text(), @"
    | Who took the boat                                     1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ changes      since the last commit
    |▎ rope-cut                              1.41  [ II]    C    II  │ The file is not committed yet;
    |▎   The mooring rope was cut, not to…                           │ changes are marked once it is.
    |  insured                               1.00     N    CC     ·  │
    |    The boat was insured a week befo…                           │
    |  calm-night                            1.00     ·     ·    II  │
    |    The night was calm                                          │
    |  no-oars                               1.00     I     I     N  │
    |    The oars were left in the shed                              │
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                     -3.83 -1.00 -4.83  │
    |  Rank                                           2     1     3  │
    | Last change: The leaders changed: Thief and Owner -> Owner, by rope-cut / thief: CC -> II
    | Owner leads by 2.83, least contradicted; rests on rope-cut; provisional: 1 cell unrated
    | Tab next blank  1-5 rate  Space blank  u undo  Enter cell  e item  a add  ? help  w save  q quit
    ");
    let unreadable = Screen::open(SMALL).committed(Some("ach = 1\n<<<<<<< HEAD\n"));
    assert_snapshot!(unreadable.size(100, 16).keys("5:panel changes<Enter>").text(), @"
    | Who took the boat                                     1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ changes      since the last commit
    |▎ rope-cut                              1.41  [ II]    C    II  │ The changes are not known: the
    |▎   The mooring rope was cut, not to…                           │ committed version cannot be read
    |  insured                               1.00     N    CC     ·  │ as a scenario.
    |    The boat was insured a week befo…                           │
    |  calm-night                            1.00     ·     ·    II  │
    |    The night was calm                                          │
    |  no-oars                               1.00     I     I     N  │
    |    The oars were left in the shed                              │
    | ──────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                     -3.83 -1.00 -4.83  │
    |  Rank                                           2     1     3  │
    | Last change: The leaders changed: Thief and Owner -> Owner, by rope-cut / thief: CC -> II
    | Owner leads by 2.83, least contradicted; rests on rope-cut; provisional: 1 cell unrated
    | Tab next blank  1-5 rate  Space blank  u undo  Enter cell  e item  a add  ? help  w save  q quit
    ");
}

#[test]
fn the_last_commit_is_read_again_when_it_may_be_another() {
    assert_eq!(Screen::open(SMALL).keys(":head<Enter>").reads(), 1);
    assert_eq!(Screen::open(SMALL).keys("5w").reads(), 1);
    assert_eq!(Screen::open(SMALL).keys("5jjlvvb?").reads(), 0);
}

#[test]
fn much_is_compared_only_when_no_key_is_pressed_for_a_moment() {
    let mut large = String::from("ach = 1\ntitle = \"t\"\n");
    for h in 0..3 {
        large.push_str(&format!("[[hypothesis]]\nid = \"h{h}\"\nname = \"H\"\n"));
    }
    for e in 0..800 {
        large.push_str(&format!("[[evidence]]\nid = \"e{e}\"\ntext = \"E\"\nratings = {{ h0 = \"C\" }}\n"));
    }
    let screen = || Screen::open(&large).committed(Some(&large)).size(100, 24).keys(":panel changes<Enter>");
    assert!(screen().text().contains("There are no changes."));
    assert!(screen().keys("5").text().contains("1 judgement"));
    let hurried = screen().hurried().keys("5");
    assert!(hurried.text().contains("There are no changes."), "what was said before stands");
    // Whoever goes into the panel, or turns blind, is not shown what is old.
    assert!(hurried.keys("<F6>").text().contains("1 judgement"));
    assert!(!screen().hurried().keys("5b").text().contains("leader"));
}
