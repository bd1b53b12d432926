//! The matrix at rest and under the hand.

use insta::assert_snapshot;

use crate::{SMALL, Screen, conclusion, speech};

#[test]
fn rating_moves_the_scores() {
    assert_snapshot!(Screen::open(SMALL).keys("jl5").text(), @"
    | Who took the boat                 1 unsaved   weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II
    |▎ insured    The boat was insured a week before         1.00     N  [ II]    ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00     I     I     N
    | ──────────────────────────────────────────────────────────────── 2 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -3.00 -4.83
    |  Rank                                                           1     2     3
    | ──────────────────────────────────────────────────────────────────────────────
    | insured, fact, medium / medium
    | The boat was insured a week before
    | If rated CC C N NA: Thief and Owner, level; I: Thief, by 1.00; ▸II: Thief, by
    | 2.00
    |
    | The owner, for the insurance: II, high confidence
    | “Twice its worth.”
    |
    | tags money, papers
    |
    |
    | The leaders changed: Thief and Owner -> Thief, by insured / owner: CC -> II
    | Thief leads by 2.00, least contradicted; rests on insured; provisional
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
}

#[test]
fn nothing_is_told_by_colour_alone() {
    assert_snapshot!(Screen::open(SMALL).size(60, 12).styles(), @"
    |.aaaaaaaaaaaaaaaaa.........bbbbbbbb...bbbbbbbbbbbbbbbbbbbbb
    |..bbbbbbbb............................bb.ccccc.aaaaa
    |ddeeeeeeeeddddddddddddddddddddddddddffffddgggggddddhdddiiii
    |....................................bbbb...b.....jjjj....b
    |....................................bbbb.....b.....b...iiii
    |....................................bbbb...b.k...b.k
    |..bbbbbbbbbbbbbbbbbbbbbb.................aaaaa.aaaaa
    |..bbbb.......................................a.....a
    |.aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb................b
    |
    |
    |.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
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
}

#[test]
fn long_scores_stand_apart() {
    let item =
        |at| format!("[[evidence]]\nid = \"e{at}\"\ntext = \"x\"\nratings = {{ a = \"II\", b = \"II\" }}\n");
    let items: String = (0..600).map(item).collect();
    let head =
        "ach = 1\ntitle = \"t\"\nhypothesis = [{ id = \"a\", name = \"A\" }, { id = \"b\", name = \"B\" }]\n";
    let screen = Screen::open(&format!("{head}{items}")).text();
    assert!(screen.contains(" -1200.00 -1200.00"), "{screen}");
}

#[test]
fn what_does_not_fit_together_has_no_posteriors_and_the_editor_says_why() {
    let unfit = [
        (SMALL.replace("id = \"thief\"", "prior = 0.5\nid = \"thief\""), "no prior for owner, storm"),
        (SMALL.replace("source = \"watch\"", "source = \"guard\""), "unknown source \"guard\""),
        (
            SMALL.replacen(
                "storm = \"II\"",
                "storm = { rating = \"II\", conflict = { base = \"C\", theirs = \"N\" } }",
                1,
            ),
            "both sides of a merge rated this cell",
        ),
    ];
    for (text, why) in unfit {
        let screen = Screen::open(&text).size(120, 24);
        if !why.contains("merge") {
            assert_eq!(speech(&screen), format!("| {why}; `ach check` says more"));
        }
        let bayes = screen.keys(":method bayes<Enter>h");
        assert_eq!(speech(&bayes), format!("| no posteriors: {why}"));
        let row = bayes.text().lines().find(|line| line.contains("Posterior")).unwrap_or_default().to_owned();
        assert!(row.contains("-     -     -"), "{row}");
        assert!(bayes.keys(":panel sensitivity<Enter>").text().contains("Nothing is ranked"));
    }
}

#[test]
fn that_all_are_rejected_is_said() {
    // Where nobody leads before or after, no leader is named.
    assert_eq!(speech(&Screen::open(SMALL).keys("RlRlR")), "| storm status: · -> rejected");
    let screen = Screen::open(SMALL).keys("RlRlRh");
    assert_eq!(conclusion(&screen), "| every hypothesis is rejected");
}

#[test]
fn the_margin_is_seen_to_move_with_a_rating() {
    let rated = |keys: &str| {
        let text = Screen::open(SMALL).size(100, 20).keys(keys).text();
        text.lines().skip(17).take(2).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(rated("ji5"), @"
    | Last change: insured / thief: I -> II                                                  u undoes it
    | Owner leads by 2.00, least contradicted; rests on insured; provisional: 1 cell unrated
    ");
    assert_snapshot!(rated("ji5u"), @"
    | Last change: undone: insured / thief: I -> II                                          U redoes it
    | Owner leads by 1.00, least contradicted; rests on insured; provisional: 1 cell unrated
    ");
    assert_snapshot!(rated("jib5"), @"
    | Last change: insured / thief: I -> II                                                  u undoes it
    | blind mode: rate by the evidence alone
    ");
}

/// Scores are taken along from rating to rating, so they could drift from what the file says.
#[test]
fn scores_after_any_rating_are_those_of_the_file_opened_anew() {
    let figures = |screen: &Screen| {
        let text = screen.text();
        let of_scores = |line: &&str| {
            ["Rank", "inconsistency", "Net score", "Posterior"].iter().any(|word| line.contains(word))
        };
        text.lines().filter(of_scores).map(str::to_owned).collect::<Vec<_>>()
    };
    // The storm is rejected; the rope and the oars are one group, of which ratings, NA and blanks make and unmake parts.
    let file = SMALL.replace("kind = \"fact\"\n", "kind = \"fact\"\ngroup = \"rope\"\n");
    let ratings = ["1", "x", "<Space>", "5", "x", "u", "<Space>", "u", "4", "<C-r>", "2"];
    for method in ["weighted", "net", "bayes"] {
        let open = |file: &str| Screen::open(file).keys(&format!(":method {method}<Enter>"));
        let mut screen = open(&file).keys("llRhh");
        for row in ["g", "G", "gjj"] {
            screen = screen.keys(row);
            for rating in ratings {
                screen = screen.keys(rating);
                let anew = open(screen.file());
                assert_eq!(figures(&screen), figures(&anew), "{method} {row} {rating}");
                assert_eq!(figures(&screen).len(), 2, "{}", screen.text());
            }
            screen = screen.keys("l").keys(":rate I row<Enter>");
        }
    }
}
