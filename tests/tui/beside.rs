//! Forms beside and below the matrix, and the help at their fields: the row and the column that they are about stay in
//! sight.

use insta::assert_snapshot;

use crate::form::{form, tabs, tall};
use crate::{SMALL, Screen};

/// The help below the chosen field: the lines that the form has not when the next field is chosen.
fn help(screen: Screen) -> String {
    let (here, next) = (form(&screen), form(&screen.keys("<Tab>")));
    let label = next.lines().find_map(|line| line.strip_prefix("| ▸ ")?.split(' ').next()).unwrap();
    let is_help = |line: &&str| {
        !line.starts_with("| ▸")
            && line.split_whitespace().nth(1) != Some(label)
            && !next.lines().any(|other| other == *line)
    };
    here.lines().filter(is_help).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_form_stands_beside_the_matrix_where_there_is_room() {
    assert_snapshot!(Screen::open(SMALL).size(120, 30).keys("jl<Enter> Twice.").text(), @"
    | Who took the boat                                                                     weighted   4 items, 3 hypotheses
    |  Evidence                                        Wt Thief Owner Storm  │ insured / The owner, for the insurance
    |  rope-cut   The mooring rope was cut, not      1.41    CC     C    II  │ The boat was insured a week before
    |             torn                                                       │
    |  insured    The boat was insured a week        1.00   ▎ N  [ CC]    ·  │   rating       CC
    |             before                                                     │   confidence   high
    |  calm-night The night was calm                 1.00     ·     ·    II  │ ▸ note         Twice its worth. Twice.
    |                                                                        │   Why it is rated so: what a reader would
    |  no-oars    The oars were left in the shed     1.00   ▎ I   ▎ I     N  │   need to see it as the analyst does
    |                                                                        │
    | ──────────────────────────────────────────────────────── 2 of 4 ────── │ If rated      who leads
    |  Weighted inconsistency                             -1.00 -1.00 -4.83  │  ▸CC C N NA   Thief and Owner, level
    |  Rank                                                   1     1     3  │   I           Thief, by 1.00
    |                                                                        │   II          Thief, by 2.00
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    |                                                                        │
    | A thief from the harbour and The owner, for the insurance are level, least contradicted; provisional: 2 cells unrated
    | Ctrl-S accept  Esc back  Tab next  Enter new line  F4 in $EDITOR  Ctrl-Z undo
    ");
    let hidden = Screen::open(SMALL).size(120, 30).keys("<F9><Enter>").text();
    assert!(
        hidden.contains("[ CC]") && hidden.contains("│ ▸ note"),
        "a hidden panel hides no form: {hidden}"
    );
}

#[test]
fn a_form_stands_below_the_matrix_where_there_is_room() {
    assert_snapshot!(Screen::open(SMALL).keys("jje").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41    CC     C    II ┃
    |  insured    The boat was insured a week before         1.00   ▎ N    CC     · ┃
    |  calm-night The night was calm                         1.00  [  ·]    ·    II │
    | ──────────────────────────────────────────────────────────────── 3 of 4 ──────
    |  Weighted inconsistency                                     -1.00 -1.00 -4.83
    |  Rank                                                           1     1     3
    | ──────────────────────────────────────────────────────────────────────────────
    | Item calm-night                                                       1 of 17
    | ▸ text        * The night was calm                                            ┃
    |   What it says                                                                ┃
    |   id          * calm-night                                                    ┃
    |   kind          absence                                                       ┃
    |   searched                                                                    ┃
    |   status                                                                      ┃
    |   rests_on                                                                    ┃
    |   date                                                                        ┃
    |   source        watch
    |   url
    |   locator
    |   quote
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Enter accept  Esc back  Tab next  Ctrl-Z undo
    ");
}

#[test]
fn a_form_that_is_about_no_row_hides_none_of_its_fields() {
    let text = Screen::open(SMALL).size(80, 22).keys("t").text();
    assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("| The scenario")), "{text}");
    assert!(text.contains("yardstick"), "{text}");
}

#[test]
fn where_in_a_long_text_one_writes_is_told() {
    let text = Screen::open(SMALL).keys("<Enter>").paste(&"line\n".repeat(11)).keys("<Up>").text();
    assert!(text.contains("line 11 of 12"), "{text}");
}

#[test]
fn every_field_says_what_it_is_for() {
    let told = |open: &str, fields: usize, columns: u16| {
        let screen = |at| Screen::open(SMALL).size(columns, 44).keys(open).keys(&tabs(at));
        (0..fields).map(|at| help(screen(at))).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(told("t", 10, 100), @"
    |   What the analysis is about
    |   The question that the hypotheses answer
    |   Date of the analysis; it is stated and checked against, and filters nothing; a day such as
    |   2025-12-04
    |   Who made the analysis; texts, separated by commas
    |   Handling marking such as TLP:CLEAR: first and last line of every output for people
    |   The conclusion in the analyst's words
    |   A remark that every reader must see, such as that ratings are illustrative
    |   The method that reports and the editor start with; default weighted
    |   Weight of evidence of one step of the rating scale, in bans, for bayes; default 0.5; a number
    |   above 0
    |   Which words say how probable something is; default icd203
    ");
    assert_snapshot!(told("e", 17, 100), @"
    |   What it says
    |   an id has 1 to 40 characters a-z, 0-9 and -, the first a letter or digit
    |   What sort of statement it is; default fact
    |   How well an absence was looked for: partial makes it weigh little, none nothing
    |   Whether it counts; withdrawn keeps it for the record, never scored; default active
    |   Ids of items without which it means nothing; letters search, Space shows all
    |   When it became known; a day, month or year such as 2025-12-04, 2025-12 or 2025
    |   Who says it; letters search, Space shows all
    |   Where it is found
    |   Where in the source, such as a page
    |   The words that it rests on
    |   How far it can be believed; default medium, excludes grade
    |   Admiralty grade such as B2, in place of credibility
    |   How much it bears on the question; default medium
    |   Items of one group are not independent of each other; letters search, Space shows all
    |   Free labels; letters search, Space shows all
    |   Anything else
    ");
    assert_snapshot!(told("e", 17, 60), @"
    |   What it says
    |   an id has 1 to 40 characters a-z, 0-9 and -, the first a
    |   letter or digit
    |   What sort of statement it is; default fact. One of fact,
    |   assumption, argument, absence
    |   How well an absence was looked for: partial makes it
    |   weigh little, none nothing
    |   Whether it counts; withdrawn keeps it for the record,
    |   never scored; default active
    |   Ids of items without which it means nothing; letters
    |   search, Space shows all
    |   When it became known; a day, month or year such as
    |   2025-12-04, 2025-12 or 2025
    |   Who says it; letters search, Space shows all
    |   Where it is found
    |   Where in the source, such as a page
    |   The words that it rests on
    |   How far it can be believed; default medium, excludes
    |   Admiralty grade such as B2, in place of credibility
    |   How much it bears on the question; default medium
    |   Items of one group are not independent of each other;
    |   letters search, Space shows all
    |   Free labels; letters search, Space shows all
    |   Anything else
    ");
    assert_snapshot!(told("<Enter>", 3, 80), @"
    |   Why it is rated so: what a reader would need to see it as the analyst does
    |   Very consistent (CC) to very inconsistent (II), or not applicable (NA)
    |   How sure the analyst is of the rating; default medium
    ");
    assert_snapshot!(form(&tall().keys(&format!("e{}", tabs(11)))), @"
    | Item rope-cut
    |   text        * The mooring rope was cut, not torn
    |   id          * rope-cut
    |   kind
    |   searched
    |   status
    |   rests_on
    |   date          2025-03-01
    |   source        watch
    |   url
    |   locator
    |   quote
    | ▸ credibility   ‹ high ›     low  medium  high
    |   How far it can be believed; default medium, excludes grade
    |   grade
    |   relevance
    |   group         rope
    |   tags
    |   note
    ");
}
