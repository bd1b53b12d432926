//! `nothing-against`: a hypothesis that no evidence contradicts.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "nothing-against",
    "All cells of an active hypothesis are rated, and none of them I or II. Often that is because people collect what confirms. Ask what you would expect to see if the hypothesis were true and do not see, and enter that as evidence of kind absence. A hypothesis that no evidence could contradict is not testable, and a good score does not make it likely.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 5: try to disprove hypotheses rather than prove them. Popper, The Logic of Scientific Discovery (1959).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let matrix = &context.matrix;
    let rows = matrix.items().len();
    let contradicted = |h: usize| (0..rows).any(|row| matrix.code(row, h).steps_against() > 0);
    let rated = matrix.comparable().filter(|h| rows > 0 && matrix.unrated(*h) == 0);
    let finding = |hypothesis| {
        let id = context.id(hypothesis);
        let message = match rows {
            1 => format!("nothing speaks against {id}: its only rating is neither I nor II"),
            _ => format!("nothing speaks against {id}: none of its {rows} ratings is I or II"),
        };
        CHECK.finding(Subject::Item(ItemKind::Hypothesis, hypothesis), message).help(format!(
            "look for evidence that would disprove {id}, or for what should be there and is not"
        ))
    };
    rated.filter(|h| !contradicted(*h)).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn a_hypothesis_without_contrary_evidence_is_untested() {
        let fixture = Fixture::of(3).item("C I N").item("NA C C");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            [
                "nothing speaks against h0: none of its 2 ratings is I or II",
                "nothing speaks against h2: none of its 2 ratings is I or II"
            ]
        );
        assert_eq!(subjects(CHECK, fixture)[1], Subject::Item(ItemKind::Hypothesis, 2));
    }

    #[test]
    fn silent_where_it_was_tried_or_ratings_are_still_to_come() {
        assert_eq!(messages(CHECK, Fixture::of(3).reject(2).item("C II C").item("- C C")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2)), [""; 0]);
    }
}
