//! Words and names that are chosen by their first letters.

use crate::{SMALL, Screen, changed, speech};

#[test]
fn several_letters_choose_a_word_and_what_fits_none_is_objected_to() {
    let kind = |letters: &str| changed(&format!("e<Tab><Tab>{letters}<Enter>"));
    assert_eq!(kind("ab"), "+kind = \"absence\"\n");
    assert_eq!(kind("as"), "+kind = \"assumption\"\n");
    let objected = Screen::open(SMALL).keys("e<Tab><Tab>q").text();
    assert!(objected.contains("expected one of"), "{objected}");
}

#[test]
fn goto_takes_names_short_names_starts_and_rows() {
    let rated = |place: &str| speech(&Screen::open(SMALL).keys(&format!(":goto {place}<Enter>x")));
    assert!(rated("Storm").contains("rope-cut / storm"));
    assert!(rated("the owner").contains("rope-cut / owner"));
    assert!(rated("calm").contains("calm-night / thief"));
    assert!(rated("4").contains("no-oars / thief"));
    assert!(speech(&Screen::open(SMALL).keys(":4<Enter>x")).contains("no-oars / thief"));
    assert_eq!(speech(&Screen::open(SMALL).keys(":9<Enter>")), "| there are 4 rows");
}

#[test]
fn a_new_hypothesis_gets_a_short_name_that_sets_it_apart() {
    let added = changed("AA thief from the mainland<Enter>");
    assert!(added.contains("short = \"Mainland\""), "{added}");
    assert!(!changed("AGulls<Enter>").contains("short"));
}

#[test]
fn a_filter_completes_as_far_as_it_is_sure() {
    let typed = |keys: &str| Screen::open(SMALL).keys(keys).text();
    assert!(typed("fcred<Tab>").contains("filter credibility:"));
    assert!(typed("fcredibility:h<Tab>").contains("filter credibility:high"));
}
