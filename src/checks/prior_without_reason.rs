//! `prior-without-reason`: priors for which no reason is given.

use super::phrase::{NAMED, counted, listed};
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Hypothesis, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "prior-without-reason",
    "Active hypotheses have a `prior` and no `note` that says why. Under `bayes` a prior counts as much as evidence does: say in the note what it rests on, such as how often the like has happened before, or remove all priors, which makes the hypotheses equally probable to begin with. Priors that are all equal need no reason.",
    run,
)
.citing("Kahneman and Tversky, On the Psychology of Prediction (1973), on neglected base rates. Fenton and Neil, Risk Assessment and Decision Analysis with Bayesian Networks (2012).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let hypotheses = || context.scenario.hypotheses.iter().enumerate().filter(|(_, h)| h.is_active());
    let mut priors = hypotheses().map(|(_, h)| h.prior);
    let first = priors.next().flatten();
    if priors.all(|prior| prior == first) {
        return Vec::new();
    }
    let has_reason = |h: &Hypothesis| h.note.as_deref().is_some_and(|note| !note.trim().is_empty());
    let bare: Vec<(usize, &Hypothesis, f64)> =
        hypotheses().filter(|(_, h)| !has_reason(h)).filter_map(|(at, h)| Some((at, h, h.prior?))).collect();
    let prior = |at| Subject::ItemField(ItemKind::Hypothesis, at, "prior");
    let Some((at, one, value)) = bare.first() else { return Vec::new() };
    let message = if bare.len() == 1 {
        format!("{} has a prior of {value} and no note that says why", one.id)
    } else {
        let ids: Vec<&str> = bare.iter().map(|(_, h, _)| h.id.as_str()).collect();
        let priors = counted(bare.len(), "prior", "priors");
        format!("{priors} come without a note that says why: those of {}", listed(&ids))
    };
    let found =
        CHECK.finding(prior(*at), message).help("say in the note of the hypothesis what its prior rests on");
    let others = bare.iter().take(NAMED).skip(1);
    vec![others.fold(found, |found, (at, ..)| found.also(prior(*at), "this one has no reason either"))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn priors_without_a_note_are_one_finding() {
        let fixture = Fixture::of(3).priors(&[0.5, 0.3, 0.2]);
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["3 priors come without a note that says why: those of h0, h1 and h2"]
        );
        assert_eq!(subjects(CHECK, fixture.clone()), [Subject::ItemField(ItemKind::Hypothesis, 0, "prior")]);
        let mut scenario = fixture.scenario();
        scenario.hypotheses[0].note = Some("In two of four such cases".into());
        scenario.hypotheses[2].note = Some("Seldom".into());
        let one = found(CHECK, &scenario);
        assert_eq!(one[0].message, "h1 has a prior of 0.3 and no note that says why");
        scenario.hypotheses[1].note = Some("Once".into());
        assert_eq!(found(CHECK, &scenario), []);
        scenario.hypotheses[1].note = Some(" ".into());
        assert_eq!(found(CHECK, &scenario).len(), 1, "a blank note is no reason");
    }

    #[test]
    fn silent_where_priors_say_nothing_or_are_not_used() {
        assert_eq!(messages(CHECK, Fixture::of(3)), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).priors(&[0.5, 0.5])), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(0)), [""; 0]);
        // What is rejected has no say, not even about being equal.
        assert_eq!(messages(CHECK, Fixture::of(3).priors(&[0.5, 0.5, 0.9]).reject(2)), [""; 0]);
    }
}
