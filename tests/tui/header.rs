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
            let rating = if at == 10 { "II" } else { ["CC", "C", "N", "I"][(at + item) % 4] };
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
    | item-0
    | Shares were bought in three tranches two days before the news came
    |
    | fact
    | credibility medium, relevance medium                                                                            v more
    | Step 5 of 8. 3 are level: what would tell them apart? a adds it.
    | Chief exec., Bank and Rival spy are level, least contradicted
    | 1-5 rate  Space blank  Enter cell  e item  a add  / search  v panel  : command  ? help  q quit
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
