//! Panels: beside the matrix, under it, or over it where they need the room.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

#[test]
fn beside_the_matrix() {
    assert_snapshot!(Screen::open(SMALL).size(100, 16).keys("jl").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ insured                          ┃
    |  rope-cut                              1.41    CC     C    II  │ The boat was insured a week      ┃
    |    The mooring rope was cut, not to…                           │ before                           ┃
    |  insured                               1.00   ▎ N  [ CC]    ·  │                                  ┃
    |    The boat was insured a week befo…                           │ fact                             ┃
    |  calm-night                            1.00     ·     ·    II  │ credibility medium, relevance    ┃
    |    The night was calm                                          │ medium                           ┃
    |  no-oars                               1.00   ▎ I   ▎ I     N  │                                  ┃
    |    The oars were left in the shed                              │ The owner, for the insurance:
    | ──────────────────────────────────────────────── 2 of 4 ────── │ CC, high confidence
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │ “Twice its worth.”
    |  Rank                                           1     1     3  │
    |                                                                │ F6 more              1 to 12 of 18
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(Screen::open(SMALL).size(100, 16).keys("jlvv").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ Weighted inconsistency
    |  rope-cut                              1.41    CC     C    II  │  1  -1.00  Thief
    |    The mooring rope was cut, not to…                           │     A thief from the harbour
    |  insured                               1.00   ▎ N  [ CC]    ·  │  1  -1.00  Owner
    |    The boat was insured a week befo…                           │     The owner, for the insurance
    |  calm-night                            1.00     ·     ·    II  │  3  -4.83  Storm
    |    The night was calm                                          │     Nobody: the storm took it
    |  no-oars                               1.00   ▎ I   ▎ I     N  │
    |    The oars were left in the shed                              │ Provisional: 2 cells of the
    | ──────────────────────────────────────────────── 2 of 4 ────── │ leaders are not rated. In all, 3
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │ of 12 cells are not rated.
    |  Rank                                           1     1     3  │
    |                                                                │
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn what_does_not_fit_lies_over_the_matrix() {
    let screen = || Screen::open(SMALL).size(80, 16);
    assert_snapshot!(screen().keys("jl").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00   ▎ N  [ CC]    ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 2 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | insured, fact, medium / medium                                               ┃
    | The boat was insured a week before                                           ┃
    | If rated ▸CC C N NA: Thief and Owner, level; I: Thief, by 1.00; II: Thief,
    | by 2.00
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(screen().keys("jl<F6>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    | insured                                                                      ┃
    | The boat was insured a week before                                           ┃
    |                                                                              ┃
    | fact                                                                         ┃
    | credibility medium, relevance medium                                         ┃
    |                                                                              ┃
    | The owner, for the insurance: CC, high confidence                            ┃
    | “Twice its worth.”                                                           ┃
    |                                                                              ┃
    | If rated      who leads                                                      ┃
    |  ▸CC C N NA   Thief and Owner, level                                         ┃
    |   I           Thief, by 1.00
    |   II          Thief, by 2.00
    |                                                                  1 to 13 of 15
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_snapshot!(screen().keys("jlvv").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |  insured    The boat was insured a week before         1.00   ▎ N  [ CC]    ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 2 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | Weighted inconsistency                                                       ┃
    |  1  -1.00  Thief                                                             ┃
    |            A thief from the harbour
    |  1  -1.00  Owner
    |            The owner, for the insurance
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn on_the_smallest_terminal_panels_lie_over_the_matrix_and_scroll() {
    let screen = || Screen::open(SMALL).size(40, 10);
    assert_snapshot!(screen().keys("jl<F6>").text(), @"
    | Who took the boat             weighted
    | insured                              ┃
    | The boat was insured a week before   ┃
    |                                      ┃
    | fact
    | credibility medium, relevance medium
    |
    | The owner, for the insurance: CC,
    |                           1 to 7 of 16
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_snapshot!(screen().keys("jl<F6><Down><Down><Down><Down><Down><Down><Down><Down><Down>").text(), @"
    | Who took the boat             weighted
    |
    | If rated      who leads
    |  ▸CC C N NA   Thief and Owner, level
    |   I           Thief, by 1.00
    |   II          Thief, by 2.00         ┃
    |                                      ┃
    | tags money, papers                   ┃
    |                         10 to 16 of 16
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_snapshot!(screen().keys("jlvv").text(), @"
    | Who took the boat             weighted
    | Weighted inconsistency               ┃
    |  1  -1.00  Thief                     ┃
    |     A thief from the harbour         ┃
    |  1  -1.00  Owner                     ┃
    |     The owner, for the insurance
    |  3  -4.83  Storm
    |     Nobody: the storm took it
    |                           1 to 7 of 11
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_eq!(
        screen().keys("jl<F6>x").text(),
        screen().keys("jl").text(),
        "any key closes, and does nothing else"
    );
    assert_eq!(screen().keys("jl<F6><Esc>").text(), screen().keys("jl").text());
    assert_eq!(
        screen().keys(&format!("jl<F6>{}", "v".repeat(9))).text(),
        screen().keys("jl").text(),
        "after the last one comes the matrix"
    );
}

#[test]
fn a_panel_is_called_by_its_name() {
    assert_snapshot!(Screen::open(SMALL).size(100, 12).keys(":panel scores<Enter>").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    | Weighted inconsistency
    |  1  -1.00  Thief
    |            A thief from the harbour
    |  1  -1.00  Owner
    |            The owner, for the insurance
    |  3  -4.83  Storm
    |            Nobody: the storm took it
    |
    | Provisional: 2 cells of the leaders are not rated. In all, 3 of 12 cells are not rated.
    |
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_snapshot!(Screen::open(SMALL).size(60, 10).keys(":panel scores<Enter>").text(), @"
    | Who took the boat         weighted   4 items, 3 hypotheses
    | Weighted inconsistency                                   ┃
    |  1  -1.00  Thief                                         ┃
    |            A thief from the harbour                      ┃
    |  1  -1.00  Owner                                         ┃
    |            The owner, for the insurance
    |  3  -4.83  Storm
    |            Nobody: the storm took it
    |                                               1 to 7 of 10
    | ↑ ↓ scroll  v next  other keys close
    ");
}

#[test]
fn the_detail_tells_all_of_an_item() {
    let full = SMALL.replacen(
        "credibility = \"high\"",
        "url = \"https://harbour.example/log\"\nquote = \"cut clean through\"\ngrade = \"A1\"\ntags = [\"rope\", \"seen\"]",
        1,
    );
    let screen = Screen::open(&full).size(200, 24);
    let text = screen.text();
    for told in [
        "credibility high (A1), relevance medium",
        "quote “cut clean through”",
        "https://harbour.example/log",
        "group rope",
        "tags rope, seen",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn the_last_line_of_a_panel_names_its_key_and_how_far_it_is_read() {
    let long =
        SMALL.replace("The mooring rope was cut, not torn", &format!("{} ", "rope".repeat(8)).repeat(20));
    let text = Screen::open(&long).size(100, 16).text();
    let last = text.lines().find(|line| line.contains("F6 more")).unwrap();
    assert!(last.ends_with("F6 more              1 to 12 of 35"), "{last}");
}

#[test]
fn on_a_high_screen_the_detail_stands_above_the_panel() {
    let screen = Screen::open(SMALL).size(130, 46).keys("jl");
    assert_snapshot!(screen.text(), @"
    | Who took the boat                                                                               weighted   4 items, 3 hypotheses
    |  Evidence                                                           Wt Thief Owner Storm  │ insured
    |  rope-cut   The mooring rope was cut, not torn                    1.41    CC     C    II  │ The boat was insured a week before
    |  insured    The boat was insured a week before                    1.00   ▎ N  [ CC]    ·  │
    |  calm-night The night was calm                                    1.00     ·     ·    II  │ fact
    |  no-oars    The oars were left in the shed                        1.00   ▎ I   ▎ I     N  │ credibility medium, relevance medium
    | ────────────────────────────────────────────────────────────────────── 2 of 4, all ────── │
    |  Weighted inconsistency                                                -1.00 -1.00 -4.83  │ The owner, for the insurance: CC,
    |  Rank                                                                      1     1     3  │ high confidence
    |                                                                                           │ “Twice its worth.”
    |                                                                                           │
    |                                                                                           │ If rated      who leads
    |                                                                                           │  ▸CC C N NA   Thief and Owner, level
    |                                                                                           │   I           Thief, by 1.00
    |                                                                                           │   II          Thief, by 2.00
    |                                                                                           │
    |                                                                                           │ tags money, papers
    |                                                                                           │ ─ sensitivity ───────────────────────
    |                                                                                           │ No single item decides who leads.
    |                                                                                           │ By the 2 items that compare all
    |                                                                                           │ hypotheses nothing changes at the
    |                                                                                           │ top.
    |                                                                                           │
    |                                                                                           │ Single judgements that would change
    |                                                                                           │ who leads
    |                                                                                           │   insured / Thief: N -> I
    |                                                                                           │     1 step: Owner leads
    |                                                                                           │   no-oars / Thief: I -> II
    |                                                                                           │     1 step: Owner leads
    |                                                                                           │   no-oars / Owner: I -> II
    |                                                                                           │     1 step: Thief leads
    |                                                                                           │   rope-cut / Owner: C -> I
    |                                                                                           │     2 steps: Thief leads
    |                                                                                           │   rope-cut / Thief: CC -> I
    |                                                                                           │     3 steps: Owner leads
    |                                                                                           │   insured / Owner: CC -> I
    |                                                                                           │     3 steps: Thief leads
    |                                                                                           │
    |                                                                                           │ Without what one source alone reports
    |                                                                                           │   Harbour watch
    |                                                                                           │     without rope-cut and
    |                                                                                           │       calm-night: Storm leads
    |                                                                                           │
    |                                                                                           │ F6 choose
    | A thief from the harbour and The owner, for the insurance are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  V select  / search  v panels  F6 choose  ? help  q quit
    ");
    let other = screen.keys("vf");
    assert!(
        other.text().contains("─ findings ─") && other.text().contains("│ insured\n"),
        "{}",
        other.text()
    );
    let read = other.keys("<F6><Down>").text();
    assert!(read.contains("2 of 11"), "{read}");
}

#[test]
fn where_the_height_lacks_the_detail_is_one_line() {
    let more = |at| format!("\n[[evidence]]\nid = \"more-{at}\"\ntext = \"More\"\n");
    let long = format!("{SMALL}{}", (1..9).map(more).collect::<String>());
    let text = Screen::open(&long).size(80, 16).keys("jl").text();
    assert!(text.contains("| insured / The owner, for the insurance: CC  ▸CC C N NA: "), "{text}");
    let over = Screen::open(&long).size(80, 16).keys("vf").text();
    assert!(
        over.contains("| findings") && over.contains("rate them"),
        "a list is read over the matrix: {over}"
    );
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let long = SMALL.replace("The mooring rope was cut, not torn", &"rope ".repeat(300));
    let screen = Screen::open(&long).size(130, 46).keys("vf");
    let at = |screen: &Screen, y: usize| screen.text().lines().nth(y).unwrap().to_owned();
    assert!(at(&screen, 1).ends_with('┃'), "the detail is cut: {}", screen.text());
    let detail = screen.scroll_at(100, 5, 2, 0);
    assert!(!at(&detail, 1).contains("rope-cut"), "{}", detail.text());
    let panel = detail.scroll_at(100, 40, 2, 0);
    assert!(panel.text().contains("3 to "), "{}", panel.text());
    let read = panel.keys("<F6>").scroll_at(10, 3, 1, 0);
    assert!(read.text().contains("[ "), "over the matrix it scrolls the matrix: {}", read.text());
}

#[test]
fn the_scores_tell_the_question_the_conclusion_and_the_caveats() {
    let asked = SMALL.replacen(
        "\n\n",
        "\nquestion = \"Who took the boat?\"\nconclusion = \"The owner.\\nNot surely.\"\n\n",
        1,
    );
    let screen = Screen::open(&asked).size(110, 30).keys(":panel scores<Enter>:method bayes<Enter>h");
    assert_snapshot!(screen.text(), @"
    | Who took the boat                                                              bayes   4 items, 3 hypotheses
    | Who took the boat?
    |  Evidence                                          Wt Thief Owner Storm  │ Posterior probability
    |  rope-cut   The mooring rope was cut, not torn   1.41  [ CC]  ▎ C    II  │  1  56%  Owner, likely
    |▎ insured    The boat was insured a week before   1.00   ▎ N    CC     ·  │     The owner, for the insurance
    |  calm-night The night was calm                   1.00     ·     ·    II  │  2  41%  Thief, unlikely
    |  no-oars    The oars were left in the shed       1.00   ▎ I   ▎ I     N  │     A thief from the harbour
    | ────────────────────────────────────────────────────────── 1 of 4 ────── │  3   3%  Storm, almost no chance
    |  Posterior probability                                  41%   56%    3%  │     Nobody: the storm took it
    |  Rank                                                     2     1     3  │
    |                                                                          │ Who took the boat?
    |                                                                          │ The analyst concludes: The owner.
    |                                                                          │ Not surely.
    |                                                                          │
    |                                                                          │ Provisional: 1 cell of The owner,
    |                                                                          │ for the insurance is not rated. In
    |                                                                          │ all, 3 of 12 cells are not rated.
    |                                                                          │ Posteriors stand on even priors.
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    |                                                                          │
    | Owner leads by 15 percentage points, most probable on even priors; rests on insured; provisional
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  v panels  ? help  q quit
    ");
    // A conclusion tells who leads.
    assert!(!screen.keys("b").text().contains("The owner."));
}
