//! The mouse in a real terminal: a click, a drag and the wheel arrive as the terminal sends them.

use super::{Desk, Session};

/// Returns the column and row, from 1, where a text begins on the screen.
fn place(ach: &Session, text: &str) -> (usize, usize) {
    let screen = ach.screen();
    let found =
        screen.lines().zip(1..).find_map(|(line, y)| Some((line[..line.find(text)?].chars().count() + 1, y)));
    assert!(found.is_some(), "no {text} on\n{screen}");
    found.unwrap_or_default()
}

/// A report of the mouse in SGR coding: a button, and whether it is pressed.
fn report(button: u8, (x, y): (usize, usize), is_down: bool) -> String {
    format!("\u{1b}[<{button};{x};{y}{}", if is_down { 'M' } else { 'm' })
}

fn click(ach: &mut Session, text: &str) {
    let at = place(ach, text);
    ach.keys(&(report(0, at, true) + &report(0, at, false)));
}

#[test]
fn what_is_clicked_dragged_and_scrolled_answers() {
    let desk = Desk::new();
    let mut ach = desk.open();
    click(&mut ach, "II ");
    ach.until("II]");
    click(&mut ach, "children");
    ach.until("[  ·]");
    click(&mut ach, "crumbs");
    ach.until("I]");
    // The edge of the panel, dragged to the left.
    let (x, y) = place(&ach, "│");
    ach.keys(&(report(0, (x, y), true) + &report(32, (x - 8, y), true) + &report(0, (x - 8, y), false)));
    ach.until_screen("the edge eight columns to the left", |screen| {
        screen.contents().lines().any(|line| line.chars().nth(x - 9) == Some('│'))
    });
    // The wheel over the matrix goes to the last row.
    let over = place(&ach, "crumbs");
    ach.keys(&report(65, over, true).repeat(3));
    click(&mut ach, "? help");
    ach.until("one row up");
    ach.keys("\u{1b}");
    ach.until_without("one row up");
    ach.keys(":").until("open another file");
    click(&mut ach, "files");
    ach.until(":files");
    ach.keys("\u{1b}");
    ach.until("q quit");
    click(&mut ach, "q quit");
    assert_eq!(ach.end(), 0);
}
