//! What changed since the last commit: marks in the matrix, and the panel that lists it.

use insta::assert_snapshot;

use crate::{SMALL, Screen, changed, speech};

/// Rated otherwise in two cells, one item new, one gone, a hypothesis with another name.
fn edited() -> Screen {
    let committed = SMALL
        .replace("owner = \"C\"", "owner = \"II\"")
        .replace("thief = \"N\"", "thief = \"CC\"")
        .replace("storm took it", "storm did it")
        .replace("id = \"no-oars\"", "id = \"oars\"")
        .replace("thief = \"I\"", "thief = \"C\"");
    Screen::open(SMALL).committed(Some(&committed))
}

#[test]
fn changed_cells_rows_and_columns_are_marked() {
    assert_snapshot!(edited().size(100, 20).keys("vv").text(), @"
    | Who took the boat                                                                   weighted   4x3
    |  Evidence                                   Wt Thief   Owner   Storm● │ In all 3 of 12 cells are
    | ●rope-cut   The mooring rope was cut,…    1.41 [ CC ]    C●      II   │ not rated.
    | ●insured    The boat was insured a wee…   1.00   N●      CC      ·    │ Thief 1 0.00 -> 1 -1.00
    |  calm-night The night was calm            1.00   ·       ·       II   │ -1.00
    | +no-oars    The oars were left in the…    1.00   I       I       N    │ Owner 2 -3.83 -> 1 -1.00
    | ───────────────────────────────────────────────────────────────────── │ ▲1 +2.83
    |  Weighted inconsistency                        -1.00   -1.00   -4.83  │
    |  Rank                                            1       1       3    │ 2 judgements
    |                                                                       │   rope-cut / Owner II -> C
    |                                                                       │     The mooring rope was…
    |                                                                       │   insured / Thief CC -> N
    |                                                                       │     The boat was insured…
    |                                                                       │
    |                                                                       │ 1 item added
    |                                                                       │   + no-oars
    |                                                                       │     The oars were left
    |                                                                       │       in the shed   v more
    | Thief and Owner lead together, provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  v panel  ? help  q quit
    ");
    assert_snapshot!(edited().size(80, 24).keys("vv").text(), @"
    | Who took the boat                                               weighted   4x3
    |  Evidence                                            Wt Thief   Owner   Storm●
    | ●rope-cut   The mooring rope was cut, not torn     1.41 [ CC ]    C●      II
    | ●insured    The boat was insured a week before     1.00   N●      CC      ·
    |  calm-night The night was calm                     1.00   ·       ·       II
    | +no-oars    The oars were left in the shed         1.00   I       I       N
    | ──────────────────────────────────────────────────────────────────────────────
    |  Weighted inconsistency                                 -1.00   -1.00   -4.83
    |  Rank                                                     1       1       3
    | ──────────────────────────────────────────────────────────────────────────────
    |  Provisional: 2 cells of the leaders are not rated. In all 3 of 12 cells are
    |  not rated.
    |  Thief 1 0.00 -> 1 -1.00 -1.00
    |  Owner 2 -3.83 -> 1 -1.00 ▲1 +2.83
    |
    |  2 judgements
    |    rope-cut / Owner II -> C
    |      The mooring rope was cut, not torn
    |    insured / Thief CC -> N
    |      The boat was insured a week before
    |
    |  1 item added                                                           v more
    | Thief and Owner lead together, provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  ? help  q quit
    ");
    assert_snapshot!(edited().size(40, 10).keys("jl").text(), @"
    | Who took the boat       weighted   4x3
    |  Evidence    Thief   Owner   Storm●
    | ●rope-cut      CC      C●      II
    | ●insured       N●    [ CC ]    ·
    |  calm-night    ·       ·       II
    | +no-oars       I       I       N
    |  Weighted    -1.00   -1.00   -4.83
    |  Rank          1       1       3
    | Thief and Owner lead together, provis…
    | 1-5 rate  ? help  q quit
    ");
    assert_snapshot!(edited().size(60, 12).styles(), @"
    |.aaaaaaaaaaaaaaaaa...........................bbbbbbbbbbbbbb
    |..bbbbbbbb........................bb.ccccc...aaaaa...aaaaaa
    |deeeeeeeeeddddddddddddddddddddddffffdggggggddddheddddddiiddd
    |.c...........bbbbbbbbbbbbbbbb...bbbb....c......jj......b
    |.............bbbbbbbbbbbbbbbb...bbbb...b.......b.......ii
    |.c...........bbbbbbbbbbbbbbbb...bbbb...k.......k
    |..bbbbbbbbbbbbbbbbbbbbbb.............aaaaa...aaaaa
    |..bbbb.................................a.......a
    |
    |
    |
    |.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
    a bold
    b fg 245
    c fg 80
    d bg 236
    e fg 80, bg 236
    f fg 245, bg 236
    g bold, reversed, fg 231, bg 26
    h fg 75, bg 236
    i bold, fg 16, bg 208
    j bold, fg 231, bg 26
    k fg 214
    ");
    assert_snapshot!(edited().size(60, 12).theme("plain").styles(), @"
    |.aaaaaaaaaaaaaaaaa...........................bbbbbbbbbbbbbb
    |..bbbbbbbb........................bb.ccccc...aaaaa...aaaaaa
    |.ccccccccc......................bbbb.dddddd.....c......aa
    |.c...........bbbbbbbbbbbbbbbb...bbbb....c......aa......b
    |.............bbbbbbbbbbbbbbbb...bbbb...b.......b.......aa
    |.c...........bbbbbbbbbbbbbbbb...bbbb
    |..bbbbbbbbbbbbbbbbbbbbbb.............aaaaa...aaaaa
    |..bbbb.................................a.......a
    |
    |
    |
    |.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
    a bold
    b dim
    c underlined
    d bold, reversed
    ");
}

#[test]
fn entries_are_gone_through() {
    let screen = || edited().size(100, 20).keys("vv");
    assert_snapshot!(screen().keys("V").text(), @"
    | Who took the boat                                                                   weighted   4x3
    |  Evidence                                   Wt Thief   Owner   Storm● │ In all 3 of 12 cells are
    | ●rope-cut   The mooring rope was cut,…    1.41 [ CC ]    C●      II   │ not rated.
    | ●insured    The boat was insured a wee…   1.00   N●      CC      ·    │ Thief 1 0.00 -> 1 -1.00
    |  calm-night The night was calm            1.00   ·       ·       II   │ -1.00
    | +no-oars    The oars were left in the…    1.00   I       I       N    │ Owner 2 -3.83 -> 1 -1.00
    | ───────────────────────────────────────────────────────────────────── │ ▲1 +2.83
    |  Weighted inconsistency                        -1.00   -1.00   -4.83  │
    |  Rank                                            1       1       3    │ 2 judgements
    |                                                                       │ ▸ rope-cut / Owner II -> C
    |                                                                       │     The mooring rope was…
    |                                                                       │   insured / Thief CC -> N
    |                                                                       │     The boat was insured…
    |                                                                       │
    |                                                                       │ 1 item added
    |                                                                       │   + no-oars
    |                                                                       │     The oars were left
    |                                                                       │       in the shed
    | Thief and Owner lead together, provisional: 2 cells unrated
    | ↑ ↓ choose  Enter go there  r take back  v next  Esc back
    ");
    assert_snapshot!(screen().keys("Vjj").text(), @"
    | Who took the boat                                                                   weighted   4x3
    |  Evidence                                   Wt Thief   Owner   Storm● │
    | ●rope-cut   The mooring rope was cut,…    1.41 [ CC ]    C●      II   │ 2 judgements
    | ●insured    The boat was insured a wee…   1.00   N●      CC      ·    │   rope-cut / Owner II -> C
    |  calm-night The night was calm            1.00   ·       ·       II   │     The mooring rope was…
    | +no-oars    The oars were left in the…    1.00   I       I       N    │   insured / Thief CC -> N
    | ───────────────────────────────────────────────────────────────────── │     The boat was insured…
    |  Weighted inconsistency                        -1.00   -1.00   -4.83  │
    |  Rank                                            1       1       3    │ 1 item added
    |                                                                       │ ▸ + no-oars
    |                                                                       │     The oars were left
    |                                                                       │       in the shed
    |                                                                       │     Thief I, Owner I,
    |                                                                       │       Storm N
    |                                                                       │
    |                                                                       │ 1 item removed
    |                                                                       │   - oars
    |                                                                       │     The oars were left
    | Thief and Owner lead together, provisional: 2 cells unrated
    | ↑ ↓ choose  Enter go there  r take back  v next  Esc back
    ");
    assert_snapshot!(edited().size(40, 10).keys("vvvjj").text(), @"
    | Who took the boat       weighted   4x3
    |   insured / Thief CC -> N
    |     The boat was insured a week before
    |
    | 1 item added
    | ▸ + no-oars
    |     The oars were left in the shed
    |     Thief I, Owner I, Storm N
    |
    | ↑ ↓ choose  Enter go there  r take bac…
    ");
}
