//! `one-hypothesis-item`: evidence rated for one hypothesis alone.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::rated_alone;
use crate::scenario::{Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "one-hypothesis-item",
    "The item has a rating CC to II for only one active hypothesis, so it compares nothing. Ask of every other hypothesis how expected the item would be if it were true. Where several items are each about another suspect, one item that compares all of them (\"known to claim\", \"has men in the area\") tells more.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 3. Doherty, Mynatt, Tweney and Schiavo, Pseudodiagnosticity, Acta Psychologica (1979). Karvetski and Mandel, Coherence of probability judgments from uncertain evidence: Does ACH help?, Judgment and Decision Making (2020).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let finding = |(row, (position, item)): (usize, (usize, &Evidence))| {
        let only = rated_alone(&context.matrix, row)?;
        let message = format!("{} is rated CC to II for {} alone", item.id, context.id(only));
        let subject = Subject::Item(ItemKind::Evidence, position);
        let found = CHECK.finding(subject, message);
        Some(found.help("rate it for the other hypotheses too: how expected would it be under each of them?"))
    };
    context.items().enumerate().filter_map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn an_item_about_one_hypothesis_is_reported() {
        let fixture = Fixture::of(3).item("C N I").item("NA II -");
        assert_eq!(messages(CHECK, fixture.clone()), ["e1 is rated CC to II for h1 alone"]);
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Evidence, 1)]);
    }

    #[test]
    fn silent_for_two_for_none_and_where_one_is_active() {
        assert_eq!(messages(CHECK, Fixture::of(3).item("C N -").item("NA - -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).reject(0).item("C I")), [""; 0]);
        let mut scenario = Fixture::of(2).item("C N").scenario();
        scenario.hypotheses[1].residual = Some(true);
        assert_eq!(found(CHECK, &scenario), []);
    }
}
