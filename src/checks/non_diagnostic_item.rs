//! `non-diagnostic-item`: evidence that separates no hypothesis from another.

use super::{Check, Context, is_alike};
use crate::diagnostic::Diagnostic;
use crate::engine::RatingCode;
use crate::scenario::{Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "non-diagnostic-item",
    "The item is rated alike for every active hypothesis, so it cannot help to choose between them, however true or important it is. A fever shows that a patient is ill, not with what. Look again whether it really fits all hypotheses equally well; if it does, it may stay on record.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, steps 3 and 4: set aside what has no diagnostic value.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let matrix = &context.matrix;
    let active = matrix.comparable().count();
    let codes = |row: usize| matrix.comparable().map(move |hypothesis| matrix.code(row, hypothesis));
    if active < 2 {
        return Vec::new();
    }
    let rows = context.items().enumerate();
    let alike = rows.filter(|(row, _)| {
        // While a cell is blank the item may yet turn out to separate; where nobody searched, nothing is rated.
        !matrix.is_unsearched(*row)
            && codes(*row).all(|code| code != RatingCode::Blank)
            && is_alike(codes(*row))
    });
    let finding = |(row, (position, item)): (usize, (usize, &Evidence))| {
        let first = codes(row).next().and_then(RatingCode::rating);
        let message = match first {
            Some(rating) if codes(row).all(|code| code.rating() == first) => {
                format!("{} is rated {rating} for all {active} active hypotheses", item.id)
            }
            // All of them score 0.
            Some(_) | None => format!("{} is rated N or NA for all {active} active hypotheses", item.id),
        };
        CHECK
            .finding(Subject::Item(ItemKind::Evidence, position), message)
            .help("ask whether it is as expected under each of them; if so, it decides nothing")
    };
    alike.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn an_item_rated_alike_separates_nothing() {
        let fixture = Fixture::of(4).reject(3).item("C I N N").item("C C C II").item("N NA N -");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["e1 is rated C for all 3 active hypotheses", "e2 is rated N or NA for all 3 active hypotheses"]
        );
        assert_eq!(subjects(CHECK, fixture)[0], Subject::Item(ItemKind::Evidence, 1));
    }

    #[test]
    fn silent_where_ratings_differ_or_are_still_to_come() {
        assert_eq!(messages(CHECK, Fixture::of(3).item("C C CC").item("C C -").item("- - -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).reject(1).item("C C")), [""; 0]);
    }
}
