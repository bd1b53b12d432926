//! `extreme-posterior`: a probability surer than judgements can be.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ItemKind, Method, Subject};

/// The end of the scale of ICD 203, which has no word for more.
const SUREST: f64 = 0.99;

pub(super) const CHECK: Check = Check::warning(
    "extreme-posterior",
    "The scenario is scored by `bayes`, and one of several hypotheses gets a probability of more than 99%. `bayes` multiplies the items as if they were independent, so many items that say the same thing make it as good as certain. Put dependent items into one `group`, look again at high credibilities, and ask whether `bans_per_step` is too much.",
    run,
)
.citing("Intelligence Community Directive 203 (2015), whose scale ends at 99%. Lindley, Making Decisions (1985), on Cromwell's rule. Schum, The Evidential Foundations of Probabilistic Reasoning (1994), on redundant evidence.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    // A hypothesis without a rival is certain by definition.
    if context.scenario.method() != Method::Bayes || context.matrix.competing(Method::Bayes).count() < 2 {
        return Vec::new();
    }
    let extreme = |hypothesis: usize| {
        let posterior = context.ranking.score(hypothesis)?;
        (posterior > SUREST).then(|| {
            let message = format!("bayes gives {} more than 99%", context.id(hypothesis));
            let place = Subject::Item(ItemKind::Hypothesis, hypothesis);
            CHECK
                .finding(place, message)
                .help("group the items that depend on each other, and look again at their credibility")
        })
    };
    context.matrix.active().filter_map(extreme).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    /// Returns a scenario of `count` items that say the same, each for itself.
    fn items(fixture: Fixture, count: usize) -> Fixture {
        (0..count).fold(fixture, |fixture, _| fixture.item("CC II N"))
    }

    #[test]
    fn what_is_as_good_as_certain_is_a_finding() {
        let fixture = items(Fixture::of(3).method(Method::Bayes), 20);
        assert_eq!(messages(CHECK, fixture.clone()), ["bayes gives h0 more than 99%"]);
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Hypothesis, 0)]);
    }

    #[test]
    fn silent_where_doubt_is_left_or_cannot_be() {
        assert_eq!(messages(CHECK, items(Fixture::of(3).method(Method::Bayes), 2)), [""; 0]);
        // As one group the twenty count once.
        let grouped = (0..20).fold(Fixture::of(3).method(Method::Bayes), |f, _| f.grouped("CC II N", "g"));
        assert_eq!(messages(CHECK, grouped), [""; 0]);
        assert_eq!(messages(CHECK, items(Fixture::of(3), 20)), [""; 0], "another method");
        let alone = items(Fixture::of(3).reject(1).reject(2).method(Method::Bayes), 20);
        assert_eq!(messages(CHECK, alone), [""; 0]);
        let unrated = Fixture::of(2).method(Method::Bayes).item("CC -");
        assert_eq!(messages(CHECK, unrated), [""; 0], "nobody has rated its rival");
    }
}
