//! Lists of sources and indicators: what they show, and that everything in them can be edited, added and deleted.

use insta::assert_snapshot;

use crate::{SMALL, Screen, changed, speech};

#[test]
fn sources_are_listed_with_what_is_known_of_them() {
    let more = SMALL.replace(
        "name = \"Harbour watch\"",
        "name = \"Harbour watch\"\nreliability = \"B\"\nnote = \"Paid by the owner.\"\ncontrolled_by = [\"owner\"]\n\n\
         [[source]]\nid = \"a-much-longer-id\"\nname = \"Somebody whose name is far too long for a narrow terminal\"",
    );
    assert_snapshot!(Screen::open(&more).size(80, 14).keys(":sources<Enter>").text(), @"
    | Who took the boat                             weighted   4 items, 3 hypotheses
    | 2 sources
    | ▸ watch             Harbour watch                    reliability B, cited by 2
    |   a-much-longer-id  Somebody whose name is far too long for a narr…  not cited
    |
    |
    |
    |
    | ──────────────────────────────────────────────────────────────────────────────
    | Harbour watch
    | controlled by owner; Paid by the owner.
    |
    | Thief and Owner are level, least contradicted; provisional: 2 cells unrated
    | Esc close  Enter edit  a add  d delete  u undo
    ");
    assert_snapshot!(Screen::open(&more).size(40, 10).keys(":sources<Enter>j").text(), @"
    | Who took the boat             weighted
    | 2 sources
    |   watch         Harbour watch
    | ▸ a-much-long…  Somebody whose name i…
    |
    |
    |
    |
    | Thief and Owner are level; provisional
    | Esc close  Enter edit  a add  d delete
    ");
    assert_snapshot!(Screen::open(SMALL).size(60, 10).keys(":indicators<Enter>").text(), @"
    | Who took the boat         weighted   4 items, 3 hypotheses
    | 1 indicator
    | ▸ for-sale  The boat is offered for sale           pending
    |
    |
    |
    |
    |
    | Thief and Owner are level, least contradicted; provisional
    | Esc close  Enter edit  a add  d delete  u undo
    ");
    let none = "ach = 1\ntitle = \"t\"\n";
    assert_snapshot!(Screen::open(none).size(40, 10).keys(":indicators<Enter>d").text(), @"
    | t                             weighted
    | No indicators yet: a adds one.
    |
    |
    |
    |
    |
    |
    | there is no indicator yet
    | Esc close  a add
    ");
}

#[test]
fn a_long_list_tells_how_far_one_is() {
    let sources: String =
        (0..40).map(|n| format!("[[source]]\nid = \"s{n}\"\nname = \"Source {n}\"\n")).collect();
    let screen = Screen::open(&format!("{SMALL}{sources}")).keys(":sources<Enter>jj");
    let text = screen.text();
    assert!(text.contains("3 of 41") && text.contains('┃'), "{text}");
    let short = Screen::open(SMALL).keys(":sources<Enter>").text();
    assert!(!short.contains('┃'), "{short}");
}

#[test]
fn from_a_list_things_are_edited_added_and_deleted() {
    assert_snapshot!(changed(":indicators<Enter><Enter>!<C-s>"), @r#"
    -text = "The boat is offered for sale"
    +text = "The boat is offered for sale!"
    "#);
    assert_snapshot!(changed(":sources<Enter>aPolice<Enter>"), @r#"
    +
    +[[source]]
    +id = "police"
    +name = "Police"
    "#);
    assert_snapshot!(changed(":indicators<Enter>dy"), @r#"
    -
    -[[indicator]]
    -id = "for-sale"
    -text = "The boat is offered for sale"
    "#);
    assert_eq!(changed(":indicators<Enter>dn"), "");
    assert_eq!(changed(":indicators<Enter>dyu"), "");
    let added = Screen::open(SMALL).keys(":sources<Enter>aPolice<Enter>");
    assert_snapshot!(added.text().lines().take(4).collect::<Vec<_>>().join("\n"), @"
    | Who took the boat                 1 unsaved   weighted   4 items, 3 hypotheses
    | 2 sources
    |   watch   Harbour watch                                             cited by 2
    | ▸ police  Police                                                     not cited
    ");
    let deleted = added.keys("dy");
    assert_snapshot!(speech(&deleted), @"| source police removed");
    assert_eq!(deleted.keys("uu").file(), SMALL);
    let left = Screen::open(SMALL).keys(":sources<Enter><Esc>");
    assert_eq!(left.text(), Screen::open(SMALL).text());
}

#[test]
fn a_cited_source_goes_with_its_citations_or_not_at_all() {
    let asked = Screen::open(SMALL).keys(":sources<Enter>d");
    assert_snapshot!(speech(&asked), @"| Delete source watch with 2 citations? y yes, n no");
    let refused = Screen::open(SMALL).keys(":source-delete watch<Enter>");
    assert_snapshot!(speech(&refused), @"| 2 items cite watch: `:source-delete! watch` deletes it and the citations");
    assert_eq!(refused.file(), SMALL);
    let deleted = Screen::open(SMALL).keys(":source-delete! watch<Enter>");
    assert_snapshot!(speech(&deleted), @"| source watch removed, with 2 references");
    assert!(!deleted.file().contains("watch"), "{}", deleted.file());
    let undone = deleted.keys("u");
    assert_snapshot!(speech(&undone), @"| undone: source watch removed, with 2 references");
    assert_eq!(undone.file(), SMALL);
}

#[test]
fn deleting_by_command_is_completed_and_objects_to_slips() {
    let said = |keys: &str| speech(&Screen::open(SMALL).keys(keys));
    assert_snapshot!(said(":indicator-d<Tab><Tab>"), @"| :indicator-delete for-sale");
    assert_snapshot!(said(":indicator-delete for-sale<Enter>"), @"| indicator for-sale removed");
    assert_snapshot!(said(":indicator-delete fur-sale<Enter>"), @r#"| there is no indicator "fur-sale": did you mean "for-sale"?"#);
    assert_snapshot!(said(":source-delete<Enter>"), @"| it takes the id of the source");
}
