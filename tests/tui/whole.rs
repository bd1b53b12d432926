//! The form of what is said of the scenario as a whole.

use insta::assert_snapshot;

use crate::form::{form, tall};
use crate::{SMALL, Screen, changed, difference, speech};

#[test]
fn what_is_said_of_the_whole_is_filled_in() {
    let screen = Screen::open(SMALL).keys("t");
    assert_snapshot!(form(&screen), @"
    | The scenario
    | ▸ title         * Who took the boat
    |   What the analysis is about
    |   question
    |   as_of
    |   authors
    |   marking
    |   conclusion
    |   note
    |   method
    |   bans_per_step
    |   yardstick
    ");
    assert_snapshot!(changed("t<Tab>Who has<Tab>2025-04-01<Tab>Ann, Bob<F2>"), @r#"
    +question = "Who has"
    +as_of = 2025-04-01
    +authors = ["Ann", "Bob"]
    "#);
    // The conclusion has lines of its own, and is one step with the method.
    let concluded =
        Screen::open(SMALL).keys(":scenario conclusion<Enter>Most likely:<Enter>the owner.<Tab><Tab>n<F2>");
    assert_snapshot!(difference(SMALL, concluded.file()), @r#"
    +conclusion = "Most likely:\nthe owner."
    +
    +[scoring]
    +method = "net"
    "#);
    assert_snapshot!(concluded.text(), @"
    | Who took the boat                      2 unsaved   net   4 items, 3 hypotheses
    |  Evidence                                                Wt Thief Owner Storm
    |  rope-cut   The mooring rope was cut, not torn         1.41  [ CC]  ▎ C    II
    |▎ insured    The boat was insured a week before         1.00   ▎ N   ▎CC     ·
    |  calm-night The night was calm                         1.00     ·     ·    II
    |  no-oars    The oars were left in the shed             1.00   ▎ I   ▎ I     N
    | ──────────────────────────────────────────────────────────────── 1 of 4 ──────
    |  Net score                                                   1.83  2.41 -4.83
    |  Rank                                                           2     1     3
    | ──────────────────────────────────────────────────────────────────────────────
    | rope-cut, fact, 2025-03-01, high / medium
    | The mooring rope was cut, not torn
    | If rated ▸CC: Owner, by 0.59; C: Owner, by 2.00; N NA: Owner, by 3.41; I:
    | Owner, by 4.83; II: Owner, by 6.24
    | Harbour watch
    |
    | A thief from the harbour: CC
    |
    | group rope
    |
    |
    | The leaders changed: Thief and Owner -> Owner, by scoring.method: · -> net an…
    | Owner leads by 0.59, best supported; rests on insured; provisional
    | Tab next blank  1-5 rate  u undo  Enter cell  e item  ? help  w save  q quit
    ");
    let undone = concluded.keys("u");
    assert_eq!(undone.file(), SMALL);
    assert!(undone.text().contains("Weighted inconsistency"), "{}", undone.text());
}

#[test]
fn what_the_scenario_cannot_be_given_is_objected_to() {
    let screen = tall().keys("t<C-u><Tab><Tab>soon<Tab><Tab><Tab><Tab><Tab><Tab>0<F2>");
    assert_snapshot!(form(&screen), @r#"
    | The scenario
    | ▸ title         *
    |                   the title is required
    |   What the analysis is about
    |   question
    |   as_of           soon
    |                   "soon" is not a value for this field: expected a day such
    |                   as 2025-12-04
    |   authors
    |   marking
    |   conclusion
    |   note
    |   method
    |   bans_per_step   0
    |                   "0" is not a value for this field: expected a number above
    |                   0
    |   yardstick
    "#);
    assert_eq!(screen.file(), SMALL);
    assert_snapshot!(speech(&Screen::open(SMALL).keys(":scenario titel<Enter>")), @r#"| unknown "titel": did you mean "title"? expected one of title, question, as_of,"#);
    assert_snapshot!(speech(&Screen::open(SMALL).keys(":scenario sc<Tab>")), @"| :scenario scoring.method");
}

#[test]
fn the_form_of_the_whole_opens_where_the_guide_points() {
    let bare = "ach = 1\ntitle = \"t\"\n";
    assert_snapshot!(form(&Screen::open(bare).size(60, 14).keys("t")), @"
    | The scenario                                      2 of 10
    |   title         * t                                       ┃
    | ▸ question                                                ┃
    |   The question that the hypotheses answer                 ┃
    |   as_of                                                   ┃
    |   authors                                                 ┃
    |   marking                                                 ┃
    |   conclusion                                              ┃
    |   note                                                    ┃
    |   method                                                  ┃
    |   bans_per_step
    ");
    assert_snapshot!(Screen::open(bare).size(40, 10).keys(":scenario conclusion<Enter>A line that is longer than forty columns<Enter>Another").text(), @"
    | t                             weighted
    | The scenario                  6 of 10
    |   marking
    | ▸ conclusion     A line that is
    |                  longer than forty    ┃
    |                  columns              ┃
    |                  Another
    |   The conclusion in the analyst's…
    | nothing to conclude yet
    | Ctrl-S accept  Esc back  Tab next
    ");
}
