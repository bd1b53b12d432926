//! The command line, its palette and the help, in a real terminal.

use super::Desk;

#[test]
fn a_guess_is_run_by_a_second_enter() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.keys(":[").until("▸ less-credible").until("credibility down");
    ach.keys("\r").until(":less-credible").until_without("unsaved");
    ach.keys("\r").until("crumbs credibility: · -> low").until("1 unsaved");
    ach.keys(":undo\r").until("undone: crumbs credibility");
    ach.keys(":q\r");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}

#[test]
fn a_key_that_is_looked_up_in_the_help_does_nothing_until_enter() {
    let desk = Desk::new();
    let mut ach = desk.open();
    // F1 as terminals send it.
    ach.keys("\x1bOP").until("keys and commands");
    ach.keys("5q").until("? 5q").until("0 of").until_without("unsaved");
    ach.keys("\x15").keys("less cred").until("▸ [").until("1 of");
    ach.keys("\r").until("crumbs credibility: · -> low");
    ach.keys("u:q\r");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), super::CASE);
}
