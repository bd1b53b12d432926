//! Panels: beside the matrix, under it, or over it where they need the room.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

#[test]
fn beside_the_matrix() {
    assert_snapshot!(Screen::open(SMALL).size(100, 16).keys("jl").text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                Wt Thief Owner Storm  │ insured
    |  rope-cut                              1.41    CC     C    II  │ The boat was insured a week before
    |    The mooring rope was cut, not to…                           │
    |  insured                               1.00   ▎ N  [ CC]    ·  │ fact
    |    The boat was insured a week befo…                           │ credibility medium, relevance
    |  calm-night                            1.00     ·     ·    II  │ medium
    |    The night was calm                                          │
    |  no-oars                               1.00   ▎ I   ▎ I     N  │ The owner, for the insurance: CC,
    |    The oars were left in the shed                              │ high confidence
    | ──────────────────────────────────────────────── 2 of 4 ────── │ “Twice its worth.”
    |  Weighted inconsistency                     -1.00 -1.00 -4.83  │
    |  Rank                                           1     1     3  │ If rated      who leads
    |                                                                │   ▸CC C N NA  Thief and O… F6 more
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
    | insured, fact, medium / medium
    | The boat was insured a week before
    | If rated ▸CC C N NA: Thief and Owner, level; I: Thief, by 1.00; II: Thief, by
    | 2.00
    |                                                                        F6 more
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  ? help  q quit
    ");
    assert_snapshot!(screen().keys("jl<F6>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    | insured
    | The boat was insured a week before
    |
    | fact
    | credibility medium, relevance medium
    |
    | The owner, for the insurance: CC, high confidence
    | “Twice its worth.”
    |
    | If rated      who leads
    |   ▸CC C N NA  Thief and Owner, level
    |   I           Thief, by 1.00
    |   II          Thief, by 2.00
    |
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
    | Weighted inconsistency
    |  1  -1.00  Thief
    |            A thief from the harbour
    |  1  -1.00  Owner
    |            The owner, for the insurance                                F6 more
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  ? help  q quit
    ");
}

#[test]
fn on_the_smallest_terminal_panels_lie_over_the_matrix_and_scroll() {
    let screen = || Screen::open(SMALL).size(40, 10);
    assert_snapshot!(screen().keys("jl<F6>").text(), @"
    | Who took the boat             weighted
    | insured
    | The boat was insured a week before
    |
    | fact
    | credibility medium, relevance medium
    |
    | The owner, for the insurance: CC, high
    | confidence
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_snapshot!(screen().keys("jl<F6><Down><Down><Down><Down><Down><Down><Down><Down><Down>").text(), @"
    | Who took the boat             weighted
    | “Twice its worth.”
    |
    | If rated      who leads
    |   ▸CC C N NA  Thief and Owner, level
    |   I           Thief, by 1.00
    |   II          Thief, by 2.00
    |
    | tags money, papers
    | ↑ ↓ scroll  v next  other keys close
    ");
    assert_snapshot!(screen().keys("jlvv").text(), @"
    | Who took the boat             weighted
    | Weighted inconsistency
    |  1  -1.00  Thief
    |     A thief from the harbour
    |  1  -1.00  Owner
    |     The owner, for the insurance
    |  3  -4.83  Storm
    |     Nobody: the storm took it
    |
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
    | Weighted inconsistency
    |  1  -1.00  Thief
    |            A thief from the harbour
    |  1  -1.00  Owner
    |            The owner, for the insurance
    |  3  -4.83  Storm
    |            Nobody: the storm took it
    |
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
fn a_mark_over_the_panel_cuts_no_word_silently() {
    let long =
        SMALL.replace("The mooring rope was cut, not torn", &format!("{} ", "rope".repeat(8)).repeat(20));
    let text = Screen::open(&long).size(100, 16).text();
    let last = text.lines().find(|line| line.contains("F6 more")).unwrap();
    assert!(last.ends_with("… F6 more"), "{last}");
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
    | Owner leads by 15 percentage points, most probable on even priors; rests on 1 item; provisional
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  / search  v panels  ? help  q quit
    ");
    // A conclusion tells who leads.
    assert!(!screen.keys("b").text().contains("The owner."));
}
