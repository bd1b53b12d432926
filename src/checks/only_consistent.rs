//! `only-consistent`: evidence that fits every hypothesis, some a little better than others.

use super::{Check, Context, is_alike};
use crate::diagnostic::Diagnostic;
use crate::engine::RatingCode;
use crate::scenario::{Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "only-consistent",
    "The item is rated C or CC for every active hypothesis: it confirms whatever one believes already. Under `inconsistency` and `weighted` it counts for nothing; under `net` and `bayes` it counts by how much better it fits one than another. Ask under which hypothesis it would be a surprise, or look for evidence that would be.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, steps 3 and 5.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let matrix = &context.matrix;
    let active = matrix.comparable().count();
    let codes = |row: usize| matrix.comparable().map(move |hypothesis| matrix.code(row, hypothesis));
    if active < 2 {
        return Vec::new();
    }
    let rows = context.items().enumerate();
    let consistent = rows.filter(|(row, _)| {
        // What is rated alike everywhere is told by `non-diagnostic-item`.
        codes(*row).all(|code| code.steps_for() > 0) && !is_alike(codes(*row))
    });
    let finding = |(row, (position, item)): (usize, (usize, &Evidence))| {
        let very = codes(row).filter(|code| *code == RatingCode::VeryConsistent).count();
        let message =
            format!("{} fits all {active} active hypotheses: {very} CC, {} C", item.id, active - very);
        CHECK
            .finding(Subject::Item(ItemKind::Evidence, position), message)
            .help("ask under which of them it would be a surprise")
    };
    consistent.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn an_item_that_fits_all_is_told() {
        let fixture = Fixture::of(4).reject(3).item("C N CC I").item("C CC C II");
        assert_eq!(messages(CHECK, fixture.clone()), ["e1 fits all 3 active hypotheses: 1 CC, 2 C"]);
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Evidence, 1)]);
    }

    #[test]
    fn silent_where_it_is_neutral_blank_or_rated_alike() {
        assert_eq!(
            messages(CHECK, Fixture::of(2).item("C C").item("CC -").item("C N").item("CC NA")),
            [""; 0]
        );
        assert_eq!(messages(CHECK, Fixture::of(2).item("CC I")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(1).item("C")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(0).item("")), [""; 0]);
    }
}
