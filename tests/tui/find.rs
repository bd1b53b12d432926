//! Finding one's way: search, filter, the mouse, widths.

use insta::assert_snapshot;

use crate::{SMALL, Screen, speech};

fn screen() -> Screen {
    Screen::open(SMALL).size(80, 12)
}

#[test]
fn a_search_goes_to_what_matches_best_and_marks_it() {
    assert_snapshot!(screen().keys("/oar").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |▸ no-oars    The oars were left in the shed             1.00  [▎ I]  ▎ I     N
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | no-oars                                                                      ┃
    | The oars were left in the shed
    | /oar                                                                    1 of 1
    | Enter stay  Esc back  ↓ ↑ next, previous
    ");
    assert_snapshot!(screen().keys("/oar").styles(), @"
    |.aaaaaaaaaaaaaaaaa.............................bbbbbbbb...bbbbbbbbbbbbbbbbbbbbb
    |..bbbbbbbb................................................bb.ccccc.aaaaa
    |.............bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.........bbbb...dddd....e...ffff
    |.............bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.........bbbb...b.....dddd....b
    |.............bbbbbbbbbbbbbbbbbb.........................bbbb.....b.....b...ffff
    |ghiiiiiiihhhhhhhhggghhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhjjjjhhkkkkkhhjhlhhhhhhh
    |..bbbbbbbbbbbbbbbbbbbbbb.....................................aaaaa.aaaaa
    |..bbbb...........................................................a.....a
    |.aaaaaaa......................................................................b
    |
    |.c...m...................................................................bbbbbb
    |.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
    a bold
    b fg 249
    c fg 80
    d bold, fg 231, bg 26
    e fg 75
    f bold, fg 16, bg 208
    g bold, underlined, fg 80, bg 236
    h fg 188, bg 236
    i fg 80, bg 236
    j fg 249, bg 236
    k bold, reversed, fg 222, bg 236
    l fg 222, bg 236
    m bold, reversed
    ");
}

#[test]
fn enter_stays_where_the_search_led_and_escape_goes_back() {
    let row = |keys: &str| cursor_row(&screen().keys(keys));
    assert_eq!(row("/oars<Enter>"), "no-oars");
    assert_eq!(row("j/oars<Esc>"), "insured");
    assert_eq!(row("j/oars<C-c>"), "insured");
    assert_eq!(row("j/zebra<Enter>"), "insured");
    // The same again, forward, back, and round at the end.
    assert_eq!(row("/the<Enter>"), "rope-cut");
    assert_eq!(row("/the<Down><Down><Enter>"), "calm-night");
    assert_eq!(row("/the<C-n><C-p><C-p><Enter>"), "no-oars");
    assert_eq!(row("/the<Enter>/<Enter>/<Enter>"), "calm-night");
    assert_eq!(row("/<Enter>"), "rope-cut");
}

/// The id in the row with the cursor's brackets.
fn cursor_row(screen: &Screen) -> String {
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("[")).unwrap_or_default();
    line.trim_start_matches(['|', '▸']).split_whitespace().next().unwrap_or_default().to_owned()
}

#[test]
fn what_is_not_there_is_said() {
    assert_snapshot!(speech(&screen().keys("/zebra")), @"| /zebra                                                                no match");
    assert_snapshot!(speech(&screen().keys("/zebra<Enter>")), @r#"| nothing matches "zebra""#);
}

#[test]
fn a_filter_works_while_it_is_typed() {
    assert_snapshot!(screen().keys("fsource:harb").text(), @"
    | Who took the boat           2 of 4 filtered   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41  [ CC]    C    II
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | rope-cut                                                                     ┃
    | The mooring rope was cut, not torn
    |
    | fact, 2025-03-01
    | filter source:harb                                                      2 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(screen().keys("fblank<Enter>").text(), @"
    | Who took the boat           2 of 4 filtered   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  insured    The boat was insured a week before         1.00  [▎ N]   CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | insured, fact, medium / medium                                               ┃
    | The boat was insured a week before                                           ┃
    | If rated CC C ▸N NA: Thief and Owner, level; I: Owner, by 1.00; II: Owner,
    | by 2.00
    | shown: 2 of 4 items
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

/// The lines from the rule over a typed line on.
fn over_prompt(columns: u16, rows: u16, keys: &str) -> String {
    let text = Screen::open(SMALL).size(columns, rows).keys(keys).text();
    text.lines().skip_while(|line| !line.starts_with("|──")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_filter_names_its_fields_and_completes_them_with_tab() {
    assert_snapshot!(over_prompt(80, 24, "f"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | kind: group: source: tag: date: status: credibility: relevance: confidence:
    | rated: unrated: blank conflict
    | filter                                                                  4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(120, 30, "fcut "), @"
    |────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    | kind: group: source: tag: date: status: credibility: relevance: confidence: rated: unrated: blank conflict
    | filter cut                                                                                                      1 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(40, 12, "f"), @"
    |────────────────────────────────────────
    | kind: group: source: tag: date:
    | status: credibility: relevance:
    | filter                          4 of 4
    | Enter keep  Esc back  Tab completes
    ");
    assert_snapshot!(over_prompt(80, 24, "fr<Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | [relevance:] rated:
    | filter relevance:                                                       4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "fcon<Tab><Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | [conflict] confidence:
    | filter conflict                                                         0 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "fconfi<Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | confidence:low confidence:medium confidence:high
    | filter confidence:                                                      4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "fcred<Tab><Tab><S-Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | [credibility:high] credibility:low credibility:medium
    | filter credibility:high                                                 1 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "frated:th"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | rated:thief
    | filter rated:th                                                         3 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "frated:thief"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | rated:thief rated:thief=CC rated:thief=C rated:thief=N rated:thief=I
    | rated:thief=II rated:thief=NA
    | filter rated:thief                                                      3 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "frated:thief=N<Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | [rated:thief=N] rated:thief=NA
    | filter rated:thief=N                                                    1 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "f!stat<Tab>with<Tab>"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | kind: group: source: tag: date: status: credibility: relevance: confidence:
    | rated: unrated: blank conflict
    | filter !status:withdrawn                                                4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "fcut"), @"");
    let grouped = SMALL.replace("group = \"rope\"", "group = \"the rope\"");
    let screen = Screen::open(&grouped).size(80, 12).keys("fgroup:\"the r<Tab>");
    assert!(screen.text().contains("filter group:\"the rope\""), "{}", screen.text());
}

#[test]
fn what_a_filter_does_not_understand_is_told_at_its_place_while_it_is_typed() {
    assert_snapshot!(over_prompt(80, 24, "fknd:fact"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | the filter has no field "knd" (a word with a colon goes in quotes): did you
    | mean "kind"?
    | filter knd:fact                                                         4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "fknd:fact cut"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | the filter has no field "knd" (a word with a colon goes in quotes): did you
    | mean "kind"?
    | filter knd:fact cut                                                     1 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "fcredibility:h"), @"
    |────────────────────────────────────────────────────────────────────────────────
    | credibility:high
    | filter credibility:h                                                    4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    ");
    assert_snapshot!(over_prompt(80, 24, "fcredibility:x"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | credibility cannot be "x": expected one of low, medium, high
    | filter credibility:x                                                    4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "fcredibility:h cut"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | credibility cannot be "h": expected one of low, medium, high
    | filter credibility:h cut                                                1 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "frated:thef=II"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | there is no hypothesis "thef": did you mean "thief"?
    | filter rated:thef=II                                                    0 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "frated:thief=III"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | rated cannot be "iii": did you mean "II"? expected one of CC, C, N, I, II, NA
    | filter rated:thief=III                                                  4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "fsource:press"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | there is no source "press": there is only watch
    | filter source:press                                                     0 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "fkind:fat"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | kind cannot be "fat": did you mean "fact"? expected one of fact, assumption,
    | argument, absence
    | filter kind:fat                                                         4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    assert_snapshot!(over_prompt(80, 24, "fdate:soon"), @r#"
    |────────────────────────────────────────────────────────────────────────────────
    | no date begins with "soon": write 2025, 2025-03 or 2025-03-01
    | filter date:soon                                                        4 of 4
    | Enter keep  Esc back  Tab completes  ! before a word: not
    "#);
    let styles = screen().keys("fcut knd:fact x").styles();
    assert_snapshot!(styles.lines().nth(10).unwrap_or_default(), @"|.ccccccc....dddddddd..e..................................................bbbbbb");
}

#[test]
fn a_filter_that_hides_everything_says_so() {
    assert_snapshot!(screen().keys("fzzz<Enter>5").text(), @"
    | Who took the boat           0 of 4 filtered   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |
    |  The filter hides every item.
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | The filter hides every item; f changes it.
    |
    |
    |
    | there is no cell to rate: the filter hides every item
    | a add  f filter  v panels  : command  ? help  q quit
    ");
    assert_snapshot!(speech(&screen().keys("fknd:fact<Enter>")), @r#"| the filter has no field "knd" (a word with a colon goes in quotes): did you"#);
    assert_snapshot!(speech(&screen().keys("fzzz<Enter>f<C-u><Enter>")), @"| all 4 items are shown");
}

#[test]
fn escape_takes_a_filter_back_and_the_cursor_stays_on_its_item() {
    assert_eq!(cursor_row(&screen().keys("Gfkind:fact<Enter>")), "no-oars");
    assert_eq!(cursor_row(&screen().keys("jjfkind:fact<Esc>")), "calm-night");
    assert_snapshot!(speech(&screen().keys("fblank<Enter>f rope<Esc>")), @"| Thief and Owner are level, least contradicted; provisional: 2 cells unrated");
}

#[test]
fn a_row_stays_under_the_hand_though_the_filter_would_now_hide_it() {
    assert_snapshot!(screen().keys("funrated:storm<Enter>ll3").text(), @"
    | Who took the boat                       1 unsaved   1 of 4 filtered   weighted
    |  Evidence                                                Wt Thief Owner Storm
    |  insured    The boat was insured a week before         1.00   ▎ N    CC  [  N]
    |
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | insured, fact, medium / medium                                               ┃
    | The boat was insured a week before                                           ┃
    | However it is rated: Thief and Owner, level
    |
    | insured / storm: · -> N
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
    assert_snapshot!(screen().keys("funrated:storm<Enter>ll3f<Enter>u").text(), @"
    | Who took the boat           1 of 4 filtered   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  insured    The boat was insured a week before         1.00   ▎ N    CC  [  ·]
    |
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | insured, fact, medium / medium                                               ┃
    | The boat was insured a week before                                           ┃
    |
    | Nobody: the storm took it: not rated
    | undone: insured / storm: · -> N
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn columns_become_wider_and_narrower() {
    assert_snapshot!(screen().keys("><lt><lt><lt><lt><lt><lt><lt><lt><lt>l>>>>>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                           Wt Thief      Owner Storm
    |  rope-cut   The mooring rope was cut, not torn    1.41    CC       [  C]   II
    |  insured    The boat was insured a week before    1.00   ▎ N         CC     ·
    |  calm-night The night was calm                    1.00     ·          ·    II
    |  no-oars    The oars were left in the shed        1.00   ▎ I        ▎ I     N
    |  Weighted inconsistency                                -1.00      -1.00 -4.83
    |  Rank                                                      1          1     3
    | rope-cut, fact, 2025-03-01, high / medium                                    ┃
    | The mooring rope was cut, not torn
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn the_mouse_selects_and_scrolls() {
    assert_eq!(cursor_row(&screen().click(60, 3, false)), "insured");
    assert_eq!(cursor_row(&screen().click(3, 5, false)), "no-oars");
    // The head of a column, and places where nothing is.
    assert_snapshot!(screen().click(75, 1, false).click(3, 0, false).click(3, 9, true).click(99, 99, true).text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C  [ II]
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | rope-cut, fact, 2025-03-01, high / medium                                    ┃
    | The mooring rope was cut, not torn
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    let low = Screen::open(SMALL).size(80, 10);
    assert_snapshot!(low.scroll(3, 1).text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC  [  C]   II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn a_filter_that_hides_nothing_is_not_said_to() {
    let all = screen().keys("f !tag:none<Enter>");
    assert!(!all.text().contains("filtered"), "{}", all.text());
    assert_snapshot!(speech(&all), @"| the filter hides none of 4 items");
    assert!(screen().keys("fkind:absence<Enter>").text().contains("1 of 4 filtered"));
}

#[test]
fn how_rows_are_listed_is_in_sight() {
    let screen = Screen::open(SMALL).size(100, 16);
    assert!(!screen.text().contains("f filter"));
    let listed = screen.keys("s:filter kind:absence<Enter>j");
    let text = listed.text();
    assert!(text.lines().next().unwrap().contains("1 of 4 filtered   weighted   by diagnosticity"), "{text}");
    assert!(text.lines().last().unwrap().contains("f filter"), "{text}");
}
