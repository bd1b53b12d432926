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

#[test]
fn what_a_field_can_name_is_found_by_a_few_letters() {
    let desk = Desk::new();
    desk.write(&super::CASE.replace("[[evidence]]\nid = \"crumbs\"", "[[source]]\nid = \"aunt\"\nname = \"Aunt Ann\"\n\n[[source]]\nid = \"uncle\"\nname = \"Uncle Bob\"\n\n[[evidence]]\nid = \"crumbs\""));
    let mut ach = desk.open();
    ach.keys("e\t\t\t\t\t\t\t").until("▸ source");
    ach.keys("bob").until("▸ Uncle Bob").until("1 of 2");
    ach.keys(" ann").until("Cited now: Uncle Bob");
    ach.keys("\r").until("uncle, aunt");
    ach.keys(" Mrs Reuter").until("a new source named “Mrs Reuter”");
    ach.keys("\x13").until("unsaved");
    ach.keys("w").until("saved case.toml");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    let file = desk.read();
    assert!(file.contains("source = \"mrs-reuter\""), "Enter takes it in the place of the others: {file}");
    assert!(file.contains("name = \"Mrs Reuter\""), "{file}");
}
