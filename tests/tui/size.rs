//! The editor on every terminal: sizes, themes, and scenarios that strain the layout.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

/// So many hypotheses and items, some of their names long.
fn large(hypotheses: usize, items: usize) -> String {
    let mut text =
        String::from("ach = 1\ntitle = \"A large one\"\nindicator = [{ id = \"i\", text = \"I\" }]\n");
    for h in 1..=hypotheses {
        let name = if h % 3 == 0 { "A hypothesis whose header is long" } else { "Short" };
        text.push_str(&format!(
            "[[hypothesis]]\nid = \"h{h}\"\nname = \"{name} {h}\"\nshort = \"{name} {h}\"\n"
        ));
    }
    for e in 1..=items {
        text.push_str(&format!("[[evidence]]\nid = \"item-{e}\"\ntext = \"What was seen on day {e}\"\n"));
        if hypotheses > 0 {
            text.push_str(&format!("ratings = {{ h{} = \"II\" }}\n", (e - 1) % hypotheses + 1));
        }
    }
    text
}

/// Texts that terminals find hard.
const HARD: &str = r#"ach = 1
title = "日本語の題名 with \u202E and \u001B[31m"
indicator = [{ id = "i", text = "I" }]

[[hypothesis]]
id = "family"
name = "The family 👨‍👩‍👧 did it"
short = "👨‍👩‍👧 family"

[[hypothesis]]
id = "japan"
name = "日本"
short = "日本語の仮説の見出し"

[[hypothesis]]
id = "cafe"
name = "Cafe\u0301"
short = "Cafe\u0301"
status = "rejected"

[[evidence]]
id = "an-id-of-forty-characters-which-is-a-lot"
text = "日本語のテキストは二倍の幅をとるので、配置が崩れやすい。"
[evidence.ratings]
japan = "CC"
cafe = { rating = "II", conflict = { base = "C", theirs = "I" } }

[[evidence]]
id = "b"
text = "e\u0301e\u0301 👍🏽 🇫🇷 tab\there"
[evidence.ratings]
family = "NA"
"#;

#[test]
fn the_smallest_terminal() {
    assert_snapshot!(Screen::open(SMALL).size(40, 10).text(), @"
    | Who took the boat             weighted
    |  Evidence        Wt Thief Owner Storm
    |  rope-cut      1.41  [ CC]    C    II
    |  insured       1.00   ▎ N    CC     ·
    |  calm-night    1.00     ·     ·    II
    |  no-oars       1.00   ▎ I   ▎ I     N
    |  Weighted           -1.00 -1.00 -4.83
    |  Rank                   1     1     3
    | Thief and Owner are level; provisional
    | 1-5 rate  ? help  q quit
    ");
    assert_snapshot!(Screen::open(SMALL).size(40, 10).keys("jl5f source:w<Enter>").text(), @"
    | Who too…   1 unsaved   2 of 4 filtered
    |  Evidence        Wt Thief Owner Storm
    |  rope-cut      1.41    CC  [  C]   II
    |  calm-night    1.00     ·     ·    II
    |  Weighted           -1.00 -3.00 -4.83
    |  Rank                   1     2     3
    | rope-cut, fact, 2025-03-01, high /   ┃
    | medium
    | shown: 2 of 4 items
    | 1-5 rate  ? help  w save  q quit
    ");
    assert_snapshot!(Screen::open(SMALL).size(39, 10).text(), @"
    |ach needs 40x10, here are 39x10. q
    |quits.
    |
    |
    |
    |
    |
    |
    |
    |
    ");
    assert_snapshot!(Screen::open(SMALL).size(12, 1).text(), @"|ach needs");
    assert_snapshot!(Screen::open(SMALL).size(0, 0).text(), @"");
}

#[test]
fn the_usual_terminal() {
    assert_snapshot!(Screen::open(SMALL).text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41  [ CC]    C    II
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 1 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | ──────────────────────────────────────────────────────────────────────────────
    | rope-cut, fact, 2025-03-01, high / medium
    | The mooring rope was cut, not torn
    | If rated ▸CC C N NA: Thief and Owner, level; I: Owner, by 1.41; II: Owner, by
    | 2.83
    | Harbour watch
    |
    | A thief from the harbour: CC
    |
    | group rope
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn more_items_than_fit() {
    assert_snapshot!(Screen::open(&large(4, 30)).keys("G").text(), @"
    | A large one                                  weighted   30 items, 4 hypotheses
    |                                              Short  Short A hypothesis  Short
    |  Evidence                                Wt      1      2 whose heade…      4
    |▎ item-19                               1.00      ·      ·          ▎II      · │
    |▎ item-20                               1.00      ·      ·            ·    ▎II │
    |▎ item-21                               1.00     II      ·            ·      · │
    |▎ item-22                               1.00      ·     II            ·      · │
    |▎ item-23                               1.00      ·      ·          ▎II      · │
    |▎ item-24                               1.00      ·      ·            ·    ▎II │
    |▎ item-25                               1.00     II      ·            ·      · │
    |▎ item-26                               1.00      ·     II            ·      · │
    |▎ item-27                               1.00      ·      ·          ▎II      · ┃
    |▎ item-28                               1.00      ·      ·            ·    ▎II ┃
    |▎ item-29                               1.00     II      ·            ·      · ┃
    |▎ item-30                               1.00   [  ·]    II            ·      · ┃
    | ────────────────────────────────────────────────────────────── 30 of 30 ──────
    |  Weighted inconsistency                     -16.00 -16.00       -14.00 -14.00
    |  Rank                                            3      3            1      1
    | item-30, fact, medium / medium
    | What was seen on day 30
    |
    | Short 1: not rated
    | A hypothesis whose header is long 3 and Short 4 are level; provisional
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn a_large_terminal() {
    assert_snapshot!(Screen::open(SMALL).size(120, 40).text(), @"
    | Who took the boat                                                                     weighted   4 items, 3 hypotheses
    |  Evidence                                                    Wt Thief Owner Storm  │ rope-cut
    |  rope-cut   The mooring rope was cut, not torn             1.41  [ CC]    C    II  │ The mooring rope was cut, not torn
    |  insured    The boat was insured a week before             1.00   ▎ N    CC     ·  │
    |  calm-night The night was calm                             1.00     ·     ·    II  │ fact, 2025-03-01
    |  no-oars    The oars were left in the shed                 1.00   ▎ I   ▎ I     N  │ credibility high, relevance medium
    | ─────────────────────────────────────────────────────────────── 1 of 4, all ────── │ Harbour watch
    |  Weighted inconsistency                                         -1.00 -1.00 -4.83  │
    |  Rank                                                               1     1     3  │ A thief from the harbour: CC
    |                                                                                    │
    |                                                                                    │ If rated      who leads
    |                                                                                    │  ▸CC C N NA   Thief and Owner, le…
    |                                                                                    │   I           Owner, by 1.41
    |                                                                                    │   II          Owner, by 2.83
    |                                                                                    │
    |                                                                                    │ group rope
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    |                                                                                    │
    | A thief from the harbour and The owner, for the insurance are level, least contradicted; provisional: 2 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  V select  / search  v panels  ? help  q quit
    ");
}

#[test]
fn a_huge_terminal() {
    assert_snapshot!(Screen::open(&large(12, 80)).size(250, 70).keys("jjll").text(), @"
    | A large one                                                                                                                                                                                                           weighted   80 items, 12 hypotheses
    |                                                                                                        Short  Short         Short  Short         Short  Short         Short  Short         │ item-3
    |  Evidence                                                                                          Wt      1      2      3      4      5      6      7      8      9     10     11     12  │ What was seen on day 3
    |▎ item-1   What was seen on day 1                                                                 1.00     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃
    |▎ item-2   What was seen on day 2                                                                 1.00      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃ fact
    |▎ item-3   What was seen on day 3                                                                 1.00      ·      ·   [ II]     ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃ credibility medium, relevance medium
    |▎ item-4   What was seen on day 4                                                                 1.00      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·  ┃
    |▎ item-5   What was seen on day 5                                                                 1.00      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·  ┃ A hypothesis whose header is long 3: II
    |▎ item-6   What was seen on day 6                                                                 1.00      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·  ┃
    |▎ item-7   What was seen on day 7                                                                 1.00      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·  ┃ If rated     who leads
    |▎ item-8   What was seen on day 8                                                                 1.00      ·      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·  ┃   CC C N NA  5 hypotheses, level
    |▎ item-9   What was seen on day 9                                                                 1.00      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·      ·  ┃   I ▸II      4 hypotheses, level
    |▎ item-10  What was seen on day 10                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·  ┃ ─ sensitivity ──────────────────────────────────────────────
    |▎ item-11  What was seen on day 11                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·  ┃ 80 items decide who leads, each alone.                     ┃
    |▎ item-12  What was seen on day 12                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II  ┃ No item compares all hypotheses: none is rated CC to II    ┃
    |▎ item-13  What was seen on day 13                                                                1.00     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃ for each of them.                                          ┃
    |▎ item-14  What was seen on day 14                                                                1.00      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃                                                            ┃
    |▎ item-15  What was seen on day 15                                                                1.00      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃ Leave one out and the leaders change                       ┃
    |▎ item-16  What was seen on day 16                                                                1.00      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·  ┃   without item-1, item-13, item-25, item-37, item-49,      ┃
    |▎ item-17  What was seen on day 17                                                                1.00      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·  ┃     item-61 or item-73: Short 1, A hypothesis whose header ┃
    |▎ item-18  What was seen on day 18                                                                1.00      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·  ┃     is long 9, Short 10, Short 11 and A hypothesis whose   ┃
    |▎ item-19  What was seen on day 19                                                                1.00      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·  ┃     header is long 12 share the lead                       ┃
    |▎ item-20  What was seen on day 20                                                                1.00      ·      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·  ┃   without item-2, item-14, item-26, item-38, item-50,      ┃
    |▎ item-21  What was seen on day 21                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·      ·  ┃     item-62 or item-74: Short 2, A hypothesis whose header ┃
    |▎ item-22  What was seen on day 22                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·  ┃     is long 9, Short 10, Short 11 and A hypothesis whose   ┃
    |▎ item-23  What was seen on day 23                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·  ┃     header is long 12 share the lead                       ┃
    |▎ item-24  What was seen on day 24                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II  ┃   without item-3, item-15, item-27, item-39, item-51,      ┃
    |▎ item-25  What was seen on day 25                                                                1.00     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃     item-63 or item-75: A hypothesis whose header is long  ┃
    |▎ item-26  What was seen on day 26                                                                1.00      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃     3, A hypothesis whose header is long 9, Short 10,      ┃
    |▎ item-27  What was seen on day 27                                                                1.00      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃     Short 11 and A hypothesis whose header is long 12      ┃
    |▎ item-28  What was seen on day 28                                                                1.00      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·  ┃     share the lead                                         ┃
    |▎ item-29  What was seen on day 29                                                                1.00      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·  ┃   without item-4, item-16, item-28, item-40, item-52,      ┃
    |▎ item-30  What was seen on day 30                                                                1.00      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·  ┃     item-64 or item-76: Short 4, A hypothesis whose header ┃
    |▎ item-31  What was seen on day 31                                                                1.00      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·  ┃     is long 9, Short 10, Short 11 and A hypothesis whose   ┃
    |▎ item-32  What was seen on day 32                                                                1.00      ·      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·  ┃     header is long 12 share the lead                       ┃
    |▎ item-33  What was seen on day 33                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·      ·  ┃   without item-5, item-17, item-29, item-41, item-53,      ┃
    |▎ item-34  What was seen on day 34                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·  ┃     item-65 or item-77: Short 5, A hypothesis whose header ┃
    |▎ item-35  What was seen on day 35                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·  ┃     is long 9, Short 10, Short 11 and A hypothesis whose   ┃
    |▎ item-36  What was seen on day 36                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II  ┃     header is long 12 share the lead                       ┃
    |▎ item-37  What was seen on day 37                                                                1.00     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃   without item-6, item-18, item-30, item-42, item-54,      ┃
    |▎ item-38  What was seen on day 38                                                                1.00      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃     item-66 or item-78: A hypothesis whose header is long  ┃
    |▎ item-39  What was seen on day 39                                                                1.00      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·  ┃     6, A hypothesis whose header is long 9, Short 10,      ┃
    |▎ item-40  What was seen on day 40                                                                1.00      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·  ┃     Short 11 and A hypothesis whose header is long 12      ┃
    |▎ item-41  What was seen on day 41                                                                1.00      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·  ┃     share the lead                                         ┃
    |▎ item-42  What was seen on day 42                                                                1.00      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·  ┃   without item-7, item-19, item-31, item-43, item-55,      ┃
    |▎ item-43  What was seen on day 43                                                                1.00      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·  ┃     item-67 or item-79: Short 7, A hypothesis whose header ┃
    |▎ item-44  What was seen on day 44                                                                1.00      ·      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·  ┃     is long 9, Short 10, Short 11 and A hypothesis whose   ┃
    |▎ item-45  What was seen on day 45                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·      ·  ┃     header is long 12 share the lead                       ┃
    |▎ item-46  What was seen on day 46                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·  ┃   without item-8, item-20, item-32, item-44, item-56,      ┃
    |▎ item-47  What was seen on day 47                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·  ┃     item-68 or item-80: Short 8, A hypothesis whose header ┃
    |▎ item-48  What was seen on day 48                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II  ┃     is long 9, Short 10, Short 11 and A hypothesis whose   ┃
    |▎ item-49  What was seen on day 49                                                                1.00     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  │     header is long 12 share the lead                       ┃
    |▎ item-50  What was seen on day 50                                                                1.00      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  │   without item-9, item-21, item-33, item-45, item-57 or
    |▎ item-51  What was seen on day 51                                                                1.00      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·  │     item-69: A hypothesis whose header is long 9 leads
    |▎ item-52  What was seen on day 52                                                                1.00      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·      ·  │   without item-10, item-22, item-34, item-46, item-58 or
    |▎ item-53  What was seen on day 53                                                                1.00      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·      ·  │     item-70: Short 10 leads
    |▎ item-54  What was seen on day 54                                                                1.00      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·      ·  │   without item-11, item-23, item-35, item-47, item-59 or
    |▎ item-55  What was seen on day 55                                                                1.00      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·      ·  │     item-71: Short 11 leads
    |▎ item-56  What was seen on day 56                                                                1.00      ·      ·      ·      ·      ·      ·      ·     II      ·      ·      ·      ·  │   without item-12, item-24, item-36, item-48, item-60 or
    |▎ item-57  What was seen on day 57                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·      ·  │     item-72: A hypothesis whose header is long 12 leads
    |▎ item-58  What was seen on day 58                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·      ·  │
    |▎ item-59  What was seen on day 59                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II      ·  │ Single judgements that would change who leads (12 of 80)
    |▎ item-60  What was seen on day 60                                                                1.00      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·    ▎II  │   item-9 / A hypothesis whose header is long 9: II -> I
    |▎ item-61  What was seen on day 61                                                                1.00     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  │     1 step: A hypothesis whose header is long 9 leads
    |▎ item-62  What was seen on day 62                                                                1.00      ·     II      ·      ·      ·      ·      ·      ·      ·      ·      ·      ·  │   item-10 / Short 10: II -> I
    | ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────── 3 of 80, 1 to 62 ────── │     1 step: Short 10 leads
    |  Weighted inconsistency                                                                               -14.00 -14.00 -14.00 -14.00 -14.00 -14.00 -14.00 -14.00 -12.00 -12.00 -12.00 -12.00  │   item-11 / Short 11: II -> I
    |  Rank                                                                                                      5      5      5      5      5      5      5      5      1      1      1      1  │ F6 choose                                      1 to 54 of 73
    | A hypothesis whose header is long 9, Short 10, Short 11 and A hypothesis whose header is long 12 are level, least contradicted; provisional: 296 cells unrated
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  V select  / search  v panels  F6 choose  * critical  : command  ? help  q quit
    ");
}

#[test]
fn more_hypotheses_than_fit() {
    assert_snapshot!(Screen::open(&large(9, 30)).size(80, 14).text(), @"
    | A large one                                  weighted   30 items, 9 hypotheses
    |                         Short Short       Short Short       Short Short
    |  Evidence            Wt     1     2     3     4     5     6     7     8     9
    |▎ item-1            1.00  [ II]    ·     ·     ·     ·     ·     ·     ·     · ┃
    |▎ item-2            1.00     ·    II     ·     ·     ·     ·     ·     ·     · │
    |▎ item-3            1.00     ·     ·    II     ·     ·     ·     ·     ·     · │
    |▎ item-4            1.00     ·     ·     ·   ▎II     ·     ·     ·     ·     · │
    |▎ item-5            1.00     ·     ·     ·     ·   ▎II     ·     ·     ·     · │
    |▎ item-6            1.00     ·     ·     ·     ·     ·   ▎II     ·     ·     · │
    |  Weighted               -8.00 -8.00 -8.00 -6.00 -6.00 -6.00 -6.00 -6.00 -6.00
    |  Rank                       7     7     7     1     1     1     1     1     1
    | item-1 / Short 1: II  CC C N NA: 7 hypotheses, level; I ▸II: 6 hypotheses, le…
    | 6 hypotheses are level, least contradicted; provisional: 162 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(Screen::open(&large(9, 30)).size(80, 14).keys("llllllG").text(), @"
    | A large one                                  weighted   30 items, 9 hypotheses
    |                         Short Short       Short Short       Short Short
    |  Evidence            Wt     1     2     3     4     5     6     7     8     9
    |▎ item-25           1.00     ·     ·     ·     ·     ·     ·   ▎II     ·     · │
    |▎ item-26           1.00     ·     ·     ·     ·     ·     ·     ·   ▎II     · │
    |▎ item-27           1.00     ·     ·     ·     ·     ·     ·     ·     ·   ▎II │
    |▎ item-28           1.00    II     ·     ·     ·     ·     ·     ·     ·     · │
    |▎ item-29           1.00     ·    II     ·     ·     ·     ·     ·     ·     · │
    |▎ item-30           1.00     ·     ·    II     ·     ·     ·  [  ·]    ·     · ┃
    |  Weighted               -8.00 -8.00 -8.00 -6.00 -6.00 -6.00 -6.00 -6.00 -6.00
    |  Rank                       7     7     7     1     1     1     1     1     1
    | item-30 / Short 7: not rated
    | 6 hypotheses are level, least contradicted; provisional: 162 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
    assert_snapshot!(Screen::open(&large(9, 30)).size(40, 10).keys("llll").text(), @"
    | A large one                   weighted
    |  Evidence    ‹    2     3     4     5›
    |▎ item-1           ·     ·     ·  [  ·]┃
    |▎ item-2          II     ·     ·     · │
    |▎ item-3           ·    II     ·     · │
    |▎ item-4           ·     ·   ▎II     · │
    |  Weighted     -8.00 -8.00 -6.00 -6.00
    |  Rank             7     7     1     1
    | 6 hypotheses are level; provisional
    | 1-5 rate  ? help  q quit
    ");
    assert_snapshot!(Screen::open(&large(9, 30)).size(80, 14).scroll(6, 8).text(), @"
    | A large one                                  weighted   30 items, 9 hypotheses
    |                         Short Short       Short Short       Short Short
    |  Evidence            Wt     1     2     3     4     5     6     7     8     9
    |▎ item-7            1.00     ·     ·     ·     ·     ·     ·   ▎II     ·  [  ·]│
    |▎ item-8            1.00     ·     ·     ·     ·     ·     ·     ·   ▎II     · ┃
    |▎ item-9            1.00     ·     ·     ·     ·     ·     ·     ·     ·   ▎II │
    |▎ item-10           1.00    II     ·     ·     ·     ·     ·     ·     ·     · │
    |▎ item-11           1.00     ·    II     ·     ·     ·     ·     ·     ·     · │
    |▎ item-12           1.00     ·     ·    II     ·     ·     ·     ·     ·     · │
    |  Weighted               -8.00 -8.00 -8.00 -6.00 -6.00 -6.00 -6.00 -6.00 -6.00
    |  Rank                       7     7     7     1     1     1     1     1     1
    | item-7 / A hypothesis whose header is long 9: not rated
    | 6 hypotheses are level, least contradicted; provisional: 162 cells unrated
    | Tab next blank  1-5 rate  Enter cell  e item  a add  / search  ? help  q quit
    ");
}

#[test]
fn nothing_to_show() {
    assert_snapshot!(Screen::open(&large(0, 0)).size(60, 10).keys("5").text(), @"
    | A large one                                       weighted
    |  Evidence
    |  Evidence goes down, hypotheses go across.
    |  A  adds a hypothesis
    |  a  adds an item of evidence
    |
    |
    | Step 1 of 8: t writes the question.
    | there is no cell to rate yet: it takes an item and a
    | hypothesis
    ");
    assert_snapshot!(Screen::open(&large(0, 2)).size(60, 10).keys("5").text(), @"
    | A large one               weighted   2 items, 0 hypotheses
    |  Evidence                                              Wt
    |  item-1   What was seen on day 1                     1.00
    |  item-2   What was seen on day 2                     1.00
    |
    |
    |
    | Step 1 of 8: A adds a hypothesis.
    | there is no cell to rate yet: it takes an item and a
    | hypothesis
    ");
    assert_snapshot!(Screen::open(&large(2, 0)).size(100, 10).keys("<Tab>").text(), @"
    | A large one                                                       weighted   0 items, 2 hypotheses
    |  Evidence                                     Short 1 Short 2  │ No question yet.
    |  No evidence yet.                                              │
    |  a  adds an item of evidence                                   │
    |                                                                │
    |                                                                │
    |                                                                │
    | Step 1 of 8. What do you want to find out? t writes the question down.
    | no blank cells
    | t question  a add  v panels  : command  ? help  q quit
    ");
    // No key does harm where there is nothing.
    let all = "jkhlgG<Tab><S-Tab>12345cCniIx+-. uU<C-r>smb<lt>>ycyryt/a<Enter>fa<Enter>:goto x<Enter>:rate C row<Enter>vv";
    for (hypotheses, items) in [(0, 0), (0, 2), (2, 0)] {
        let screen = Screen::open(&large(hypotheses, items)).keys(all).scroll(3, 3).click(20, 3, true);
        assert_eq!(screen.file(), large(hypotheses, items));
    }
}

#[test]
fn hard_texts_keep_their_columns() {
    assert_snapshot!(Screen::open(HARD).size(100, 14).keys("l").text(), @r"
    | 日本語の題名 with \u202e and \u001b[31m             1 to settle   weighted   2 items, 3 hypotheses
    |                                         👨‍👩‍👧 日本語の仮説        │ an-id-of-forty-characters-which- ┃
    |  Evidence                        Wt family     の見出し  Café  │ is-a-lot                         ┃
    |▎ an-id-of-forty-characters-…   1.00      ·         [ CC]   II! │ 日本語のテキストは二倍の幅をとる ┃
    |▎   日本語のテキストは二倍の                                    │ ので、配置が崩れやすい。         ┃
    |▎   幅をとるので、配置が崩れ…                                   │                                  ┃
    |  b                             1.00     NA            ·     ·  │ fact                             ┃
    |    éé 👍🏽 🇫🇷 tab here                                           │ credibility medium, relevance    ┃
    |                                                                │ medium
    |  Weighted inconsistency                  -         0.00 -2.00  │
    |  Rank                                    -            1     -  │ 日本: CC
    |                                                                │ F6 more              1 to 10 of 14
    | 日本 leads unopposed; provisional: 1 cell unrated, 👨‍👩‍👧 family is not rated yet
    | Tab next blank  1-5 rate  Space blank  Enter cell  e item  a add  ! next error  ? help  q quit
    ");
    assert_snapshot!(Screen::open(HARD).size(60, 10).keys("jll").text(), @r"
    | 日本語の題名 with \u202e and \u001b[31m        1 to settle
    |  Evidence                           Wt 👨‍👩‍👧 fa… 日本…  Café
    |▎ an-id-of-forty-characters-whi…   1.00      ·    CC    II!
    |▎   日本語のテキストは二倍の幅…
    |  b                                1.00     NA     ·  [  ·]
    |    éé 👍🏽 🇫🇷 tab here
    |  Weighted inconsistency                     -  0.00 -2.00
    |  Rank                                       -     1     -
    | 日本 leads unopposed; provisional
    | Tab next blank  1-5 rate  Enter cell  ? help  q quit
    ");
    assert_snapshot!(Screen::open(HARD).size(40, 10).text(), @r"
    | 日本語の題名 with \u202…   1 to settle
    |  Evidence          👨‍👩‍👧 fa… 日本…  Café
    |▎ an-id-of-forty-…    [  ·]   CC    II!
    |▎   日本語のテキ…
    |  b                     NA     ·     ·
    |    éé 👍🏽 🇫🇷 tab…
    |  Weighted               -  0.00 -2.00
    |  Rank                   -     1     -
    | 日本 leads unopposed; provisional
    | 1-5 rate  ? help  q quit
    ");
}

#[test]
fn themes_differ_in_colour_only() {
    let screen = |theme| Screen::open(SMALL).size(60, 12).theme(theme);
    for theme in ["light", "sixteen", "plain"] {
        assert_eq!(screen(theme).text(), screen("dark").text());
    }
    assert_snapshot!(screen("plain").styles(), @"
    |.aaaaaaaaaaaaaaaaa
    |.........................................bbbbb.aaaaa
    |..bbbbbbbb................................ccccc.........aa
    |..................................................aa
    |........................................................aa
    |
    |.........................................aaaaa.aaaaa
    |.............................................a.....a
    |.aaaaaaaa
    |
    |
    |
    a bold
    b underlined
    c bold, reversed
    ");
    assert_snapshot!(screen("light").styles(), @"
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
    b fg 239
    c fg 24
    d fg 235, bg 254
    e fg 24, bg 254
    f fg 239, bg 254
    g bold, reversed, fg 231, bg 18
    h fg 25, bg 254
    i bold, fg 16, bg 215
    j bold, fg 231, bg 18
    k fg 94
    ");
}

#[test]
fn the_last_of_a_thousand_columns_is_reached_at_once() {
    let screen = Screen::open(&large(1_000, 3)).size(80, 12).keys("<End>");
    let text = screen.text();
    assert!(text.lines().nth(1).unwrap().trim_end().ends_with("999  1000"), "{text}");
    assert!(screen.keys("<Home>").text().lines().nth(1).unwrap().contains("    1     2 "));
}
