//! The mouse beyond the matrix: on the line of keys, in panels, lists and forms.

use ach_matrix::tui::testing::Screen;

use crate::{SMALL, speech};

fn screen() -> Screen {
    Screen::open(SMALL).size(100, 24)
}

/// Clicks where a text begins.
fn on(screen: Screen, text: &str, twice: bool) -> Screen {
    let picture = screen.text();
    let places = picture.lines().enumerate();
    let place = |(y, line): (usize, &str)| Some((line[1..line.find(text)?].chars().count(), y));
    let (x, y) = places.filter_map(place).last().expect("what is clicked is on the screen");
    screen.click(u16::try_from(x).unwrap(), u16::try_from(y).unwrap(), twice)
}

fn line(screen: &Screen, start: &str) -> String {
    let text = screen.text();
    text.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned()
}

#[test]
fn a_click_on_the_line_of_keys_presses_the_key() {
    assert_eq!(speech(&on(screen(), "Space blank", false)), "| rope-cut / thief: CC -> ·");
    // On the word as well as on the key.
    assert_eq!(speech(&on(screen(), "blank  Enter", false)), "| rope-cut / thief: CC -> ·");
    assert!(on(screen(), "? help", false).text().contains("one row up"));
    let asked = on(screen().keys("5q"), "d drop", false);
    assert_eq!(asked.asked(), ["Quit"]);
    // Between two hints, on a hint for several keys, and on what only looks like keys there is none.
    let picture = screen().text();
    assert_eq!(on(screen(), "  / search", false).text(), picture);
    assert_eq!(on(screen(), "1-5 rate", false).text(), picture);
    assert_eq!(on(screen().keys("y"), "any other", false).text(), screen().keys("y").text());
}

#[test]
fn entries_of_the_palette_are_written_out_by_a_click_and_run_by_two() {
    let palette = || screen().keys(":conf");
    let written = on(palette(), "next-conflict", false);
    assert!(line(&written, "| :").starts_with("| :next-conflict  "), "{}", written.text());
    assert!(written.text().contains("▸ next-conflict"), "{}", written.text());
    assert_eq!(speech(&on(written, "next-conflict", true)), "| there are no errors");
    let wheeled = palette().scroll_at(5, 19, 1, 0);
    assert!(wheeled.text().contains("▸ next-conflict"), "{}", wheeled.text());
    assert!(wheeled.scroll_at(5, 19, -3, 0).text().contains("▸ confidence"));
    // What takes a value waits for it.
    let field = on(on(palette(), "filter confidence:", false), "filter confidence:", true);
    assert!(line(&field, "| :").starts_with("| :filter confidence:"), "{}", field.text());
}

#[test]
fn what_runs_over_into_the_line_of_keys_is_no_key() {
    let long = Screen::open(SMALL).size(40, 12).keys("Iu");
    let last = long.text().lines().last().unwrap_or_default().to_owned();
    assert!(!last.contains("quit"), "{last}");
    let before = long.file().to_owned();
    assert_eq!((0..40).fold(long, |screen, x| screen.click(x, 11, false)).file(), before);
}

#[test]
fn entries_of_a_panel_are_chosen_and_followed() {
    let panel = || screen().keys("5:panel sensitivity<Enter>");
    let chosen = on(panel(), "Storm: ", false);
    assert!(chosen.text().contains("▸ Storm"), "{}", chosen.text());
    let cells = || {
        screen()
            .committed(Some(&SMALL.replace("owner = \"C\"", "owner = \"II\"")))
            .keys(":panel changes<Enter>")
    };
    let went = on(cells(), "rope-cut / Owner", true);
    assert!(line(&went, "| ●rope-cut").contains("[  C●]"), "{}", went.text());
}

#[test]
fn lists_and_forms_are_gone_through_by_clicks() {
    let more =
        SMALL.replace("[[indicator]]", "[[source]]\nid = \"diver\"\nname = \"Diver\"\n\n[[indicator]]");
    let list = Screen::open(&more).size(100, 24).keys(":sources<Enter>");
    let opened = on(list, "diver", true);
    assert!(line(&opened, "| ▸ name").contains("Diver"), "{}", opened.text());
    let field = on(opened, "note", false).keys("wet");
    assert_eq!(line(&field, "| ▸ note"), "| ▸ note            wet");
}

#[test]
fn what_is_clicked_twice_opens() {
    let opened = |text: &str, title: &str| {
        let opened = on(screen(), text, true).text();
        assert!(opened.contains(title), "{opened}");
    };
    opened("Who took", "| The scenario");
    opened("The boat was", "| Item insured");
    opened("Owner Storm  │", "| Hypothesis owner");
    let once = on(screen(), "Who took", false);
    assert_eq!(once.text(), screen().text(), "a title cannot be selected");
}

#[test]
fn a_word_beside_the_chosen_one_is_chosen_by_a_click() {
    let open = || screen().keys("e<Tab><Tab>");
    assert!(line(&on(open(), "absence", false), "| ▸ kind").contains("‹ absence ›"));
    let accepted = on(open(), "argument", false).keys("<Enter>");
    assert!(accepted.file().contains("kind = \"argument\""), "{}", accepted.file());
    // Between words nothing is chosen.
    assert!(line(&on(open(), "  absence", false), "| ▸ kind").contains("‹ not set ›"));
}

/// A case with more rows than fit.
fn long() -> String {
    let mut text = String::from("ach = 1\ntitle = \"t\"\nhypothesis = [{ id = \"h\", name = \"H\" }]\n");
    for at in 1..=60 {
        text.push_str(&format!("[[evidence]]\nid = \"item-{at}\"\ntext = \"T\"\n"));
    }
    text
}

#[test]
fn a_click_and_a_drag_on_the_scroll_bar_show_the_rows_there() {
    // Below the matrix the panel leaves the bar a column of its own; beside it the bar is on the edge of the panel.
    let low = || Screen::open(&long()).size(80, 24);
    let clicked = low().click(79, 13, false).text();
    assert!(clicked.contains("item-60"), "{clicked}");
    let dragged = low().click(79, 13, false).drag(79, 2).text();
    assert!(dragged.contains("item-1 "), "{dragged}");
    let high = Screen::open(&long()).size(120, 24);
    let bar = high.text().lines().nth(5).and_then(|line| line.chars().skip(1).position(|c| c == '┃'));
    let bar = u16::try_from(bar.expect("there is a bar")).unwrap();
    let dragged = high.click(bar, 3, false).drag(bar, 17).text();
    assert!(dragged.contains("item-60"), "{dragged}");
}
