//! `unrated-cells`: judgements that are still to be made.

use super::phrase::{counted, listed};
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::RatingCode;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "unrated-cells",
    "Cells of active hypotheses are blank. A blank scores as a neutral rating, so a hypothesis can look good because nobody has held the evidence against it. Take each item in turn and ask of every hypothesis how expected the item would be if that hypothesis were true; where it cannot bear on one, rate it NA.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 3: work across the matrix, one item at a time.");

const HELP: &str = "rate them, NA where the item cannot bear on the hypothesis";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let matrix = &context.matrix;
    let items = matrix.items().len();
    let active: Vec<usize> = matrix.comparable().collect();
    if items == 0 || active.is_empty() {
        return Vec::new();
    }
    let finding = |subject, message| CHECK.finding(subject, message).help(HELP);
    if context.is_blank() {
        let items = counted(items, "item", "items");
        let hypotheses = counted(active.len(), "active hypothesis", "active hypotheses");
        let message = format!("no cell is rated yet: {items} for {hypotheses}");
        return vec![finding(Subject::Scenario, message)];
    }

    // A hypothesis without any rating is one omission, which `unrated-hypothesis` reports.
    let begun: Vec<usize> =
        active.into_iter().filter(|hypothesis| matrix.on_scale(*hypothesis) > 0).collect();
    let rows = context.items().enumerate().filter_map(|(row, (position, item))| {
        let is_blank = |h: &usize| matrix.code(row, *h) == RatingCode::Blank;
        let blanks: Vec<&str> = begun.iter().filter(|h| is_blank(h)).map(|h| context.id(*h)).collect();
        (!blanks.is_empty()).then(|| {
            let count = counted(blanks.len(), "blank cell", "blank cells");
            let message = format!("{} has {count}: {}", item.id, listed(&blanks));
            finding(Subject::Item(ItemKind::Evidence, position), message)
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn blanks_are_told_by_item() {
        let fixture = Fixture::of(3).item("C - I").item("C I NA").item("- - N");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["e0 has 1 blank cell: h1", "e2 has 2 blank cells: h0 and h1"]
        );
        let item = |at| Subject::Item(ItemKind::Evidence, at);
        assert_eq!(subjects(CHECK, fixture), [item(0), item(2)]);
    }

    #[test]
    fn the_cells_of_a_hypothesis_that_nobody_rated_are_not_listed() {
        let fixture = Fixture::of(3).item("C - I").item("C - -");
        assert_eq!(messages(CHECK, fixture), ["e1 has 1 blank cell: h2"]);
    }

    #[test]
    fn a_blank_sheet_is_told_once() {
        let fixture = Fixture::of(3).item("- - -").item("- - -");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["no cell is rated yet: 2 items for 3 active hypotheses"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::Scenario]);
        assert_eq!(
            messages(CHECK, Fixture::of(1).item("-")),
            ["no cell is rated yet: 1 item for 1 active hypothesis"]
        );
    }

    #[test]
    fn silent_where_every_active_cell_is_rated_or_there_is_none() {
        assert_eq!(messages(CHECK, Fixture::of(3).reject(2).item("C NA -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2)), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(1).reject(0).item("-")), [""; 0]);
    }
}
