//! Digits as counts, where the settings say so.

use ach_matrix::tui::{Digits, Settings};

use crate::{SMALL, Screen, speech};

fn counting() -> Screen {
    Screen::with(SMALL, Settings { digits: Digits::Count, ..Settings::default() })
}

#[test]
fn digits_never_rate_where_they_count() {
    let screen = counting().keys("5");
    assert_eq!(screen.file(), SMALL);
    assert!(screen.text().contains("| 5_  . rates so many down"), "{}", screen.text());
    let dropped = screen.keys("<Esc>");
    assert!(
        dropped.text().contains("C c n i I rate") && !dropped.text().contains("1-5"),
        "{}",
        dropped.text()
    );
    assert_eq!(dropped.keys("5j").file(), SMALL);
    assert_eq!(Screen::open(SMALL).keys("5j").file(), SMALL.replacen("thief = \"CC\"", "thief = \"II\"", 1));
}

#[test]
fn a_count_repeats_moves_and_goes_to_rows() {
    assert!(counting().keys("2j").text().contains("3 of 4"));
    assert!(counting().keys("2l10h0").text().contains("[ CC]"));
    assert!(counting().keys("3G").text().contains("3 of 4"));
    assert!(counting().keys("99j").text().contains("4 of 4"));
    let refused = counting().keys("3d");
    assert!(speech(&refused).contains("3 means nothing before d"), "{}", refused.text());
}

#[test]
fn a_count_before_the_point_rates_down_the_column_as_one_step() {
    let rated = |screen: &Screen| -> Vec<String> {
        screen.file().lines().filter(|line| line.starts_with("thief = \"")).map(str::to_owned).collect()
    };
    let one = counting().keys("i");
    let down = counting().keys("i3.");
    assert_eq!(rated(&one), ["thief = \"I\"", "thief = \"N\"", "thief = \"I\""]);
    assert_eq!(rated(&down), ["thief = \"I\"", "thief = \"I\"", "thief = \"I\"", "thief = \"I\""]);
    assert!(down.text().contains("3 of 4"), "{}", down.text());
    assert_eq!(down.keys("u").file(), one.file(), "it is one step");
}
