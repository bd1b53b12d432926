//! Small screens, and cases without much in them.

use insta::assert_snapshot;

use crate::{SMALL, Screen};

#[test]
fn the_cursor_has_both_brackets_beside_a_scroll_bar() {
    let mut text = SMALL.to_owned();
    for at in 1..=9 {
        text.push_str(&format!(
            "\n[[evidence]]\nid = \"item-{at}\"\ntext = \"T\"\nratings = {{ storm = \"C\" }}\n"
        ));
    }
    let screen = Screen::open(&text).committed(Some(&text)).size(40, 10).keys("ll1");
    assert!(screen.text().contains("[ CC●]"), "{}", screen.text());
}

#[test]
fn a_case_without_a_title_is_called_by_its_file() {
    let text = "ach = 1\ntitle = \"\"\n";
    for (columns, rows) in [(40, 10), (120, 40)] {
        let screen = Screen::open(text).size(columns, rows).text();
        assert!(screen.starts_with("| case.toml"), "{screen}");
    }
}

#[test]
fn keys_change_nothing_where_the_screen_is_too_small_to_show_it() {
    let small = Screen::open(SMALL).size(20, 5).keys("5jd:w<Enter>e!").paste("II");
    assert_eq!(small.file(), SMALL);
    assert_eq!(small.asked(), Vec::<String>::new());
    assert_snapshot!(small.text(), @"
    |ach needs 40x10,
    |here are 20x5. q
    |quits.
    |
    |
    ");
    assert_snapshot!(Screen::open(SMALL).keys("5").size(20, 5).keys("q").text(), @"
    |ach needs 40x10,
    |here are 20x5. Keys
    |wait; 1 edit is not
    |saved.
    |
    ");
    assert_eq!(small.keys("q").asked(), ["Quit"]);
}
