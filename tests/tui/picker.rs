//! Pickers in forms: what a field can name is searched for, taken and taken away.

use insta::assert_snapshot;

use crate::form::tabs;
use crate::{SMALL, Screen, changed, difference};

/// The case with three sources, one of them steered.
fn case() -> String {
    let more = "[[source]]\nid = \"diver\"\nname = \"A diver from the club\"\nreliability = \"D\"\n\n\
                [[source]]\nid = \"insurer\"\nname = \"The insurer\"\ncontrolled_by = [\"owner\"]\n\n[[indicator]]";
    SMALL.replace("[[indicator]]", more)
}

/// Keys that go to the source of the item under the cursor.
fn source() -> String {
    format!("e{}", tabs(7))
}

#[test]
fn a_source_is_picked_beside_the_matrix() {
    let screen = Screen::open(&case()).size(120, 24).keys(&source()).keys("di");
    assert_snapshot!(screen.text(), @"
    | Who took the boat                                                                     weighted   4 items, 3 hypotheses
    |  Evidence                                        Wt Thief Owner Storm  │ source of rope-cut                    1 of 3
    |  rope-cut   The mooring rope was cut, not      1.41  [ CC]    C    II  │ > di
    |             torn                                                       │ ▸ A diver from the club       D  0 items
    |  insured    The boat was insured a week        1.00   ▎ N    CC     ·  │ + a new source named “di”
    |             before                                                     │ Cited now: Harbour watch
    |  calm-night The night was calm                 1.00     ·     ·    II  │
    |                                                                        │
    |  no-oars    The oars were left in the shed     1.00   ▎ I   ▎ I     N  │
    |                                                                        │
    | ──────────────────────────────────────────────────────── 1 of 4 ────── │
    |  Weighted inconsistency                             -1.00 -1.00 -4.83  │
    |  Rank                                                   1     1     3  │
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
    | Enter take  Space one more  Del take away  Esc back
    ");
    assert_snapshot!(difference(&case(), screen.keys("<Enter><C-s>").file()), @r#"
    -source = "watch"
    +source = "diver"
    "#);
}

#[test]
fn more_sources_are_taken_and_taken_away() {
    let screen = Screen::open(&case()).keys(&source()).keys(" <Down><Down><Space>div<Space>");
    assert!(
        screen.text().contains("Cited now: Harbour watch, The insurer, A diver from the club"),
        "{}",
        screen.text()
    );
    let fewer = screen.keys("watch<Del><Enter><C-s>");
    assert_snapshot!(difference(&case(), fewer.file()), @r#"
    -source = "watch"
    +source = ["insurer", "diver"]
    "#);
}

#[test]
fn a_new_source_is_declared_with_the_item_that_cites_it() {
    let screen = Screen::open(&case()).keys(&source()).keys("Reuters news");
    assert!(screen.text().contains("a new source named “Reuters news”"), "{}", screen.text());
    let cited = screen.keys("<Enter><C-s>");
    assert_snapshot!(difference(&case(), cited.file()), @r#"
    -[[indicator]]
    -id = "for-sale"
    -text = "The boat is offered for sale"
    -
    -[[evidence]]
    -id = "rope-cut"
    -text = "The mooring rope was cut, not torn"
    -source = "watch"
    +[[source]]
    +id = "reuters-news"
    +name = "Reuters news"
    +
    +[[indicator]]
    +id = "for-sale"
    +text = "The boat is offered for sale"
    +
    +[[evidence]]
    +id = "rope-cut"
    +text = "The mooring rope was cut, not torn"
    +source = "reuters-news"
    "#);
    assert_eq!(cited.keys("u").file(), case(), "it is one step");
    let left = Screen::open(&case()).keys(&source()).keys("Reuters<Enter>").keys(" <Up><Enter><C-s>");
    assert!(
        !left.file().contains("Reuters"),
        "a source that nothing cites any more is not declared: {}",
        left.file()
    );
}

#[test]
fn groups_tags_items_and_hypotheses_are_picked_too() {
    let text = |keys: &str| Screen::open(SMALL).keys(keys).text();
    let group = text(&format!("je{}r", tabs(14)));
    assert!(
        group.contains("▸ rope") && group.contains("1 item") && group.contains("a new group “r”"),
        "{group}"
    );
    assert!(changed(&format!("je{}rop<Enter><C-s>", tabs(14))).contains("+group = \"rope\""));
    assert!(
        changed(&format!("e{}money,boat<Enter><C-s>", tabs(15))).contains("+tags = [\"money\", \"boat\"]")
    );
    assert!(changed(&format!("e{}oars<Enter><C-s>", tabs(5))).contains("+rests_on = [\"no-oars\"]"));
    let none = text(":indicator<Enter>Seen<Tab><Tab>zz");
    assert!(none.contains("nothing matches"), "{none}");
    assert!(changed(":indicator<Enter>Seen<Tab><Tab>harb<Enter><C-s>").contains("+hypothesis = \"thief\""));
}

#[test]
fn escape_leaves_the_field_as_it_was() {
    assert_eq!(changed(&format!("{}wat<Esc><C-s>", source())), "");
    assert!(Screen::open(SMALL).keys(&source()).keys("wat<Esc>").text().contains("▸ source"));
}

#[test]
fn a_line_of_a_picker_is_chosen_by_a_click_and_taken_by_two() {
    let screen = Screen::open(&case()).keys(&source()).keys(" ");
    let text = screen.text();
    let (y, line) = text.lines().enumerate().find(|(_, line)| line.contains("The insurer")).unwrap();
    let x = line.find("insurer").unwrap();
    let (x, y) = (u16::try_from(x).unwrap(), u16::try_from(y).unwrap());
    let chosen = screen.click(x, y, false);
    assert!(chosen.text().contains("▸ The insurer"), "{}", chosen.text());
    let taken = chosen.click(x, y, true).keys("<C-s>");
    assert!(taken.file().contains("source = \"insurer\""), "{}", taken.file());
}
