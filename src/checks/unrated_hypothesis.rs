//! `unrated-hypothesis`: a hypothesis that no evidence has been held against yet.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "unrated-hypothesis",
    "An active hypothesis has no rating CC to II, so it is not ranked, and the conclusion is provisional. Rate it in every item that can bear on it, or set its status to rejected and say why. A hypothesis that stands for whatever is not listed needs no ratings: set its `residual` to true.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 3: work across the matrix, one item at a time.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    // On a blank sheet `unrated-cells` says it all.
    if context.is_blank() || context.matrix.items().is_empty() {
        return Vec::new();
    }
    let matrix = &context.matrix;
    let finding = |hypothesis| {
        let id = context.id(hypothesis);
        let message = match matrix.rated(hypothesis) {
            0 => format!("{id} is not rated yet, so it is not ranked"),
            _ => format!("{id} is rated NA only, so it is not ranked"),
        };
        CHECK
            .finding(Subject::Item(ItemKind::Hypothesis, hypothesis), message)
            .help(format!("rate {id} CC to II in the items that can bear on it, or reject it"))
    };
    matrix.comparable().filter(|hypothesis| matrix.on_scale(*hypothesis) == 0).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn hypotheses_that_nobody_rated_are_reported() {
        let fixture = Fixture::of(4).item("C - NA -").item("I - - N");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["h1 is not rated yet, so it is not ranked", "h2 is rated NA only, so it is not ranked"]
        );
        assert_eq!(subjects(CHECK, fixture)[0], Subject::Item(ItemKind::Hypothesis, 1));
    }

    #[test]
    fn silent_for_a_residual_a_rejected_one_and_a_blank_sheet() {
        let mut scenario = Fixture::of(3).reject(1).item("C - -").scenario();
        scenario.hypotheses[2].residual = Some(true);
        assert_eq!(found(CHECK, &scenario), []);
        assert_eq!(messages(CHECK, Fixture::of(2).item("- -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2)), [""; 0]);
    }
}
