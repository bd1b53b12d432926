//! `uneven-attention`: a hypothesis that far fewer items are about than another.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "uneven-attention",
    "One hypothesis is rated CC to II in fewer than half as many items as another. It looks better, or under `net` and `bayes` weaker, than it is. Rate it where it is blank or NA, and look for evidence that bears on it.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 3. Doherty, Mynatt, Tweney and Schiavo, Pseudodiagnosticity, Acta Psychologica (1979).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let matrix = &context.matrix;
    let rated: Vec<(usize, usize)> = matrix
        .comparable()
        .map(|hypothesis| (hypothesis, matrix.on_scale(hypothesis)))
        .filter(|(_, items)| *items > 0)
        .collect();
    // Of equal ones the first.
    let Some(&(most, of_most)) = rated.iter().rev().max_by_key(|(_, items)| *items) else {
        return Vec::new();
    };
    let finding = |&(hypothesis, items): &(usize, usize)| {
        let (id, most) = (context.id(hypothesis), context.id(most));
        let count = super::phrase::counted(items, "item", "items");
        let message = format!("{id} is rated CC to II in {count}, {most} in {of_most}");
        CHECK
            .finding(Subject::Item(ItemKind::Hypothesis, hypothesis), message)
            .help(format!("rate {id} where it is blank or NA, and look for evidence that bears on it"))
    };
    rated.iter().filter(|(_, items)| 2 * items < of_most).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;

    fn fixture() -> Fixture {
        Fixture::of(3).item("C N I").item("C NA I").item("I - N").item("C NA -")
    }

    #[test]
    fn a_hypothesis_with_fewer_than_half_the_ratings_is_reported() {
        assert_eq!(messages(CHECK, fixture()), ["h1 is rated CC to II in 1 item, h0 in 4"]);
        assert_eq!(subjects(CHECK, fixture()), [Subject::Item(ItemKind::Hypothesis, 1)]);
    }

    #[test]
    fn silent_at_half_and_for_what_does_not_compete() {
        assert_eq!(messages(CHECK, Fixture::of(2).item("C C").item("I NA")), [""; 0]);
        assert_eq!(messages(CHECK, fixture().reject(1)), [""; 0]);
        let mut scenario = fixture().scenario();
        scenario.hypotheses[1].residual = Some(true);
        assert_eq!(found(CHECK, &scenario), []);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C -").item("C -").item("C -")), [""; 0]);
    }
}
