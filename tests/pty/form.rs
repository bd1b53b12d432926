//! Forms beside the matrix, and what is picked in them.

use super::Desk;

#[test]
fn a_form_leaves_the_cell_that_it_is_about_in_sight() {
    let desk = Desk::new();
    let mut ach = desk.open();
    ach.resize(120, 30);
    ach.keys("jl\r").until("[  ·]").until("│ ▸ note").until("│ plate / The children");
    ach.keys("Nobody saw it.").until("Why it is rated so");
    ach.resize(80, 24);
    ach.until("▸ note").until("Nobody saw it.").until("[  ·]");
    ach.keys("\x13").until("1 unsaved");
    ach.kill();
}
