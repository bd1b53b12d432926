//! Title line, headers and rows: what is in sight of the whole on every terminal.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::{SMALL, Screen};

/// Twelve hypotheses with names of two words, one score of six columns.
fn twelve() -> String {
    let names = [
        "Chief exec.",
        "Board member",
        "Deal team",
        "Law firm",
        "Bank",
        "PR agency",
        "IT admin",
        "Temp",
        "Rival spy",
        "Buyer",
        "Press hack",
        "Pure chance",
    ];
    let mut text = String::from(
        "ach = 1\ntitle = \"Merger papers\"\nquestion = \"Who leaked the merger papers?\"\nmarking = \"TLP:AMBER\"\n",
    );
    for (at, name) in names.iter().enumerate() {
        write!(text, "[[hypothesis]]\nid = \"h{at}\"\nname = \"{name}\"\nshort = \"{name}\"\n").unwrap();
    }
    for item in 0..7 {
        write!(text, "[[evidence]]\nid = \"item-{item}\"\ntext = \"Shares were bought in three tranches two days before the news came\"\n[evidence.ratings]\n").unwrap();
        for at in 0..names.len() {
            let rating = match (at + item) % 4 {
                _ if at == 10 => "II",
                0 => "CC",
                1 => "C",
                2 => "N",
                _ => "I",
            };
            writeln!(text, "h{at} = \"{rating}\"").unwrap();
        }
    }
    text
}

#[test]
fn twelve_hypotheses_fit_in_120_columns() {
    assert_snapshot!(Screen::open(&twelve()).size(120, 30).text(), @"
    | TLP:AMBER   Merger papers                                                            weighted   7 items, 12 hypotheses
    | Who leaked the merger papers?
    |                                    Chief  Board   Deal    Law            PR     IT         Rival         Press   Pure
    |  Evidence                      Wt  exec. member   team   firm   Bank agency  admin   Temp    spy  Buyer   hack chance
    |▎ item-0                      1.00   [ CC]     C      N    ▎ I     CC      C      N    ▎ I     CC      C     II    ▎ I
    |▎   Shares were bought in…
    |▎ item-1                      1.00      C      N    ▎ I     CC      C      N    ▎ I     CC      C      N     II     CC
    |▎   Shares were bought in…
    |▎ item-2                      1.00    ▎ N    ▎ I     CC      C    ▎ N    ▎ I     CC      C    ▎ N    ▎ I     II      C
    |▎   Shares were bought in…
    |  item-3                      1.00    ▎ I     CC      C      N    ▎ I     CC      C      N    ▎ I     CC     II      N
    |    Shares were bought in…
    |▎ item-4                      1.00     CC      C      N    ▎ I     CC      C      N    ▎ I     CC      C     II    ▎ I
    |▎   Shares were bought in…
    |▎ item-5                      1.00      C      N    ▎ I     CC      C      N    ▎ I     CC      C      N     II     CC
    |▎   Shares were bought in…
    |▎ item-6                      1.00    ▎ N    ▎ I     CC      C    ▎ N    ▎ I     CC      C    ▎ N    ▎ I     II      C
    |▎   Shares were bought in…
    | ─────────────────────────────────────────────────────────────────────────────────────────────────── 1 of 7, all ──────
    |  Weighted inconsistency            -1.00  -2.00  -2.00  -2.00  -1.00  -2.00  -2.00  -2.00  -1.00  -2.00 -14.00  -2.00
    |  Rank                                  1      4      4      4      1      4      4      4      1      4     12      4
    | ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    | item-0, fact, medium / medium
    | Shares were bought in three tranches two days before the news came
    | If rated ▸CC C N NA: Chief exec., Bank and Rival spy, level; I II: Bank and Rival spy, level
    |
    | Chief exec.: CC
    | Step 5 of 8. 3 are level: what would tell them apart? a adds it.
    | Chief exec., Bank and Rival spy are level, least contradicted
    | 1-5 rate  Space blank  Enter cell  e item  a add  V select  / search  v panels  * critical  : command  ? help  q quit
    ");
}

#[test]
fn marking_question_and_health_are_in_sight_on_every_terminal() {
    let marked = SMALL.replacen(
        "\n\n",
        "\nquestion = \"Who took the boat in the night of 1 March?\"\nmarking = \"TLP:CLEAR\"\n\n",
        1,
    );
    let broken = marked.replacen("source = \"watch\"", "source = \"guard\"", 1);
    let first = |screen: Screen| screen.text().lines().next().unwrap_or_default().to_owned();
    assert_snapshot!(first(Screen::open(&broken).keys("5")), @"| TLP:CLEAR   Who took the boat in the night of 1 March?     1 error   1 unsaved");
    assert_snapshot!(first(Screen::open(&broken).size(40, 10).keys("5")), @"| TLP:CLEAR   Who…   1 error   1 unsaved");
    assert_snapshot!(first(Screen::open(&broken).size(40, 10)), @"| TLP:CLEAR   Who took the bo…   1 error");
    let tall = Screen::open(&broken).size(120, 40).keys("5").text();
    assert_snapshot!(tall.lines().take(2).collect::<Vec<_>>().join("\n"), @"
    | TLP:CLEAR   Who took the boat                                   1 error   1 unsaved   weighted   4 items, 3 hypotheses
    | Who took the boat in the night of 1 March?
    ");
    let saved = Screen::open(&marked).size(120, 40).keys("5w");
    assert_snapshot!(first(saved), @"| TLP:CLEAR   Who took the boat                                                 saved   weighted   4 items, 3 hypotheses");
}

#[test]
fn rows_and_panels_take_the_room_that_one_gives_them() {
    let screen = || Screen::open(SMALL).size(100, 20);
    assert_snapshot!(screen().keys("Z<F9>").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                                                    Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn                             1.41  [ CC]    C    II
    |
    |  insured    The boat was insured a week before                             1.00   ▎ N    CC     ·
    |
    |  calm-night The night was calm                                             1.00     ·     ·    II
    |
    |  no-oars    The oars were left in the shed                                 1.00   ▎ I   ▎ I     N
    |
    | ─────────────────────────────────────────────────────────────────────────────── 1 of 4, all ──────
    |  Weighted inconsistency                                                         -1.00 -1.00 -4.83
    |  Rank                                                                               1     1     3
    |
    |
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(screen().keys("z<A-lt>").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                    Wt Thief Owner Storm  │ rope-cut
    |  rope-cut                                  1.41  [ CC]    C    II  │ The mooring rope was cut, not
    |    The mooring rope was cut, not torn                              │ torn
    |                                                                    │
    |  insured                                   1.00   ▎ N    CC     ·  │ fact, 2025-03-01
    |    The boat was insured a week before                              │ credibility high, relevance
    |                                                                    │ medium
    |  calm-night                                1.00     ·     ·    II  │ Harbour watch
    |    The night was calm                                              │
    |                                                                    │ A thief from the harbour: CC
    |  no-oars                                   1.00   ▎ I   ▎ I     N  │
    |    The oars were left in the shed                                  │ If rated      who leads
    |                                                                    │  ▸CC C N NA   Thief and Owner…
    | ──────────────────────────────────────────────────── 1 of 4 ────── │   I           Owner, by 1.41
    |  Weighted inconsistency                         -1.00 -1.00 -4.83  │   II          Owner, by 2.83
    |  Rank                                               1     1     3  │
    |                                                                    │ group rope
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    let low = || Screen::open(SMALL).size(80, 20);
    assert!(!low().keys("<F9>").text().contains("credibility"));
    assert_eq!(low().keys("<F9><F9>").text(), low().text());
    assert_snapshot!(low().keys("<A-lt><A-lt><A-lt>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41  [ CC]    C    II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 1 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | rope-cut, fact, 2025-03-01, high / medium                                    ┃
    | The mooring rope was cut, not torn
    | If rated ▸CC C N NA: Thief and Owner, level; I: Owner, by 1.41; II: Owner,
    | by 2.83
    |
    |
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn the_mouse_moves_the_edge_and_scrolls_what_is_under_it() {
    let screen = || Screen::open(SMALL).size(100, 16);
    let edge = |screen: &Screen| {
        let text = screen.text();
        text.lines().nth(4).and_then(|line| line.chars().position(|c| c == '│'))
    };
    assert_eq!(edge(&screen()), Some(65));
    assert_eq!(edge(&screen().click(64, 5, false).drag(60, 7)), Some(61));
    assert_eq!(edge(&screen().click(63, 5, false).drag(60, 7)), Some(65), "only the edge is dragged");
    let scrolled = screen().scroll_at(80, 5, 3, 0).text();
    assert!(scrolled.contains("[ CC]") && !scrolled.contains("│ rope-cut"), "{scrolled}");
    assert!(screen().scroll_at(10, 3, 3, 0).text().contains("│ rope-cut"));
}

#[test]
fn the_terminals_own_cursor_is_where_the_keys_act() {
    let at = |screen: Screen| screen.cursor().expect("it is somewhere");
    let bracket = |screen: &Screen| {
        let text = screen.text();
        let found =
            text.lines().enumerate().find_map(|(y, line)| Some((line.find(']')?, y, line.to_owned())));
        let (byte, y, line) = found.expect("the cursor's cell is on the screen");
        (u16::try_from(line[1..byte].chars().count()).unwrap(), u16::try_from(y).unwrap())
    };
    for keys in ["", "j", "jl", "jll", "G"] {
        let screen = Screen::open(SMALL).keys(keys);
        assert_eq!(screen.cursor(), Some(bracket(&screen)), "{keys}");
    }
    assert_eq!(at(Screen::open(SMALL).keys("/oar")).0, 5);
    assert_eq!(at(Screen::open(SMALL).keys(":goto")).1, 22);
    let typed = Screen::open(SMALL).keys("e<Tab>wet");
    let line = typed.text().lines().nth(usize::from(at(typed).1)).unwrap_or_default().to_owned();
    assert!(line.contains("wet"), "{line}");
}

#[test]
fn what_each_rating_would_do_is_told_of_rated_cells_and_asked_for_at_blank_ones() {
    let panel = |keys: &str| {
        let text = Screen::open(SMALL).size(120, 24).keys(keys).text();
        let lines = text.lines().filter_map(|line| line.split_once("│ "));
        let told: Vec<&str> =
            lines.map(|(_, told)| told).skip_while(|told| !told.contains("rated")).collect();
        told.join("\n").trim_end().to_owned()
    };
    assert_snapshot!(panel("jl"), @"
    If rated      who leads
     ▸CC C N NA   Thief and Owner, le…
      I           Thief, by 1.00
      II          Thief, by 2.00
    tags money, papers
    ");
    assert_snapshot!(panel("jll"), @"
    rated
    tags money, papers
    ");
    assert_snapshot!(panel("jll="), @"
    rated
    However it is rated: Thief and
    Owner, level
    tags money, papers
    ");
    assert_eq!(panel("jlb"), "");
    let below = Screen::open(SMALL).keys("jl").text();
    assert_snapshot!(below.lines().find(|line| line.contains("rated")).unwrap_or_default(), @"| If rated ▸CC C N NA: Thief and Owner, level; I: Thief, by 1.00; II: Thief, by");
}
