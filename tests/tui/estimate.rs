//! Estimates and indicators in forms: a field for each hypothesis.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

#[test]
fn an_estimate_is_typed_in_a_form_and_others_are_shown_only_afterwards() {
    let others = "\n[[estimate]]\nid = \"b\"\nby = \"Analyst B\"\ndate = 2025-12-01\n[estimate.probabilities]\nthief = 0.77\n\
                  owner = 0.13\nstorm = 0.1\n";
    let text = format!("{SMALL}{others}");
    let screen = || Screen::open(&text).size(100, 30).on("2026-01-05");
    let form = screen().keys(":estimate<Enter>");
    assert_snapshot!(form.text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                                                    Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn                             1.41  [ CC]    C    II
    |  insured    The boat was insured a week before                             1.00   ▎ N    CC     ·
    |  calm-night The night was calm                                             1.00     ·     ·    II
    |  no-oars    The oars were left in the shed                                 1.00   ▎ I   ▎ I     N
    | ─────────────────────────────────────────────────────────────────────────────── 1 of 4, all ──────
    |  Weighted inconsistency                                                         -1.00 -1.00 -4.83
    |  Rank                                                                               1     1     3
    | ──────────────────────────────────────────────────────────────────────────────────────────────────
    | What do you think now?
    |   by    * Analyst A
    |   id    * analyst-a-2026-01-05
    |   date    2026-01-05
    | ▸ Thief *
    |   How probable this is, such as 35% or 0.35; what they add up to is shown afterwards
    |   Owner *
    |   Storm *
    |   note
    |
    |
    |
    |
    |
    |
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Enter accept  Esc back  Tab next
    ");
    let refused = screen().keys(":estimate<Enter>lots<Tab>20%<Enter>");
    assert_snapshot!(refused.text(), @r#"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                                                    Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn                             1.41  [ CC]    C    II
    |  insured    The boat was insured a week before                             1.00   ▎ N    CC     ·
    |  calm-night The night was calm                                             1.00     ·     ·    II
    |  no-oars    The oars were left in the shed                                 1.00   ▎ I   ▎ I     N
    | ─────────────────────────────────────────────────────────────────────────────── 1 of 4, all ──────
    |  Weighted inconsistency                                                         -1.00 -1.00 -4.83
    |  Rank                                                                               1     1     3
    | ──────────────────────────────────────────────────────────────────────────────────────────────────
    | What do you think now?
    |   by    * Analyst A
    |   id    * analyst-a-2026-01-05
    |   date    2026-01-05
    | ▸ Thief * lots
    |           "lots" is not a probability: write 35% or 0.35
    |   How probable this is, such as 35% or 0.35; what they add up to is shown afterwards
    |   Owner * 20%
    |   Storm *
    |           a probability of Storm is required
    |   note
    |
    |
    |
    |
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Enter accept  Esc back  Tab next
    "#);
    let made = screen().keys(":estimate<Enter>60%<Tab>0.3<Tab>25 %<Enter>");
    assert_snapshot!(made.file().strip_prefix(text.as_str()).unwrap_or_default(), @r#"
    [[estimate]]
    id = "analyst-a-2026-01-05"
    by = "Analyst A"
    date = 2026-01-05

    [estimate.probabilities]
    thief = 0.6
    owner = 0.3
    storm = 0.25
    "#);
    assert_snapshot!(made.text().lines().rev().take(4).collect::<Vec<_>>().join("\n"), @"
    | matrix has Thief and Owner.
    | Yours add up to 115%. 2 people have said what they think. On average Thief is first, 66%; the
    | Last change: estimate analyst-a-2026-01-05 added, with 3 probabilities                 u undoes it
    |                                                                │
    ");
    assert_eq!(made.keys("u").file(), text, "one step undoes it");
    for shown in [form.text(), refused.text()] {
        assert!(!shown.contains("77") && !shown.contains("Analyst B"), "{shown}");
    }
}

#[test]
fn an_indicator_is_rated_in_its_form() {
    let rated = Screen::open(SMALL).size(100, 30).keys(":indicator for-sale<Enter>");
    assert_snapshot!(rated.text(), @"
    | Who took the boat                                                 weighted   4 items, 3 hypotheses
    |  Evidence                                                                    Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn                             1.41  [ CC]    C    II
    |  insured    The boat was insured a week before                             1.00   ▎ N    CC     ·
    |  calm-night The night was calm                                             1.00     ·     ·    II
    |  no-oars    The oars were left in the shed                                 1.00   ▎ I   ▎ I     N
    | ─────────────────────────────────────────────────────────────────────────────── 1 of 4, all ──────
    |  Weighted inconsistency                                                         -1.00 -1.00 -4.83
    |  Rank                                                                               1     1     3
    | ──────────────────────────────────────────────────────────────────────────────────────────────────
    | Indicator for-sale
    | ▸ text       * The boat is offered for sale
    |   What to watch for
    |   id         * for-sale
    |   hypothesis
    |   status
    |   due
    |   Thief
    |   Owner
    |   Storm
    |   note
    |
    |
    |
    |
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Enter accept  Esc back  Tab next  Ctrl-Z undo
    ");
    // Text, id, hypothesis, status and due come before.
    let change = |keys: &str| {
        let screen = Screen::open(SMALL).size(100, 30).keys(":indicator for-sale<Enter>");
        screen.keys(&"<Tab>".repeat(5)).keys(keys)
    };
    let made = change("1<Tab>cc<Tab>5<Enter>");
    assert_snapshot!(crate::difference(SMALL, made.file()), @r#"
    +
    +[indicator.ratings]
    +thief = "CC"
    +owner = "C"
    +storm = "II"
    "#);
    assert_eq!(made.keys("u").file(), SMALL);
    let new = Screen::open(SMALL).size(100, 30).keys(":indicator<Enter>Oars are found<C-s>");
    assert!(new.file().contains("text = \"Oars are found\""));
}

#[test]
fn no_name_of_a_person_reaches_the_screen_as_it_is() {
    let long = "x".repeat(10_000);
    let names = [
        "\u{1b}[31mRed\u{1b}]0;title\u{7}",
        "\u{202e}txt.exe\u{2066}",
        "a\r\nb\u{85}c\u{2028}d",
        "Анна",
        &long,
    ];
    for name in names {
        let written: String = name.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
        let said = format!(
            "\n[[estimate]]\nid = \"b\"\nby = \"{written}\"\n[estimate.probabilities]\nthief = 0.9\nowner = 0.9\nstorm = 0.1\n"
        );
        let text = format!("{SMALL}{said}");
        for keys in ["vf", "vc", "vd", ":estimate<Enter>20%<Tab>30%<Tab>50%<Enter>", ":set b.note why<Enter>"]
        {
            let screen = Screen::open(&text).committed(Some(SMALL)).size(140, 50).on("2026-01-05").keys(keys);
            let shown = screen.text();
            let acts = |c: &char| {
                c.is_control() && *c != '\n'
                    || matches!(c, '\u{2028}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert_eq!(shown.chars().find(acts), None, "{keys}: {shown}");
            assert!((keys, name) != ("vc", "Анна") || shown.contains(name), "{shown}");
        }
    }
}
