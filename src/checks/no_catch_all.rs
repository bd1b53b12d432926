//! `no-catch-all`: probabilities that leave no room for an explanation not listed.

use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Method, Subject};

pub(super) const CHECK: Check = Check::warning(
    "no-catch-all",
    "The scenario is scored by `bayes`, whose probabilities sum to 1, so an answer that nobody has thought of is given none. Add a hypothesis for the rest and set its `residual` to true: it needs no ratings and takes a share of the prior. People tend to give such a remainder too little: an answer out of sight is out of mind.",
    run,
)
.citing("Heuer and Pherson, Structured Analytic Techniques for Intelligence Analysis (2014), on exclusive and exhaustive hypotheses. Fischhoff, Slovic and Lichtenstein, Fault Trees (1978), on how the remainder is underrated.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let (scenario, matrix) = (context.scenario, &context.matrix);
    let active = matrix.active().count();
    let has_residual = matrix.active().any(|hypothesis| matrix.is_residual(hypothesis));
    if scenario.method() != Method::Bayes || active == 0 || has_residual {
        return Vec::new();
    }
    let hypotheses = counted(active, "active hypothesis", "active hypotheses");
    let message = format!("bayes takes the {hypotheses} for all there can be, and none stands for the rest");
    let has_priors = scenario.hypotheses.iter().any(|h| h.is_active() && h.prior.is_some());
    let prior = if has_priors { ", and a share of the prior" } else { "" };
    let help = format!(
        "add a hypothesis such as id = \"other\", name = \"None of these\", with residual = true{prior}"
    );
    let place = Subject::ScenarioField("scoring.method");
    vec![CHECK.finding(place, message).help(help)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;

    fn fixture() -> Fixture {
        Fixture::of(3).method(Method::Bayes)
    }

    #[test]
    fn bayes_asks_for_the_rest() {
        assert_eq!(
            messages(CHECK, fixture()),
            ["bayes takes the 3 active hypotheses for all there can be, and none stands for the rest"]
        );
        assert_eq!(subjects(CHECK, fixture()), [Subject::ScenarioField("scoring.method")]);
        let help = |fixture: Fixture| found(CHECK, &fixture.scenario())[0].help.clone().unwrap();
        assert!(help(fixture()).ends_with("residual = true"));
        assert!(help(fixture().priors(&[0.5, 0.3, 0.2])).ends_with("and a share of the prior"));
    }

    #[test]
    fn only_an_active_residual_stands_for_the_rest() {
        let mut scenario = fixture().scenario();
        scenario.hypotheses[2].name = "None of these".into();
        assert_eq!(found(CHECK, &scenario).len(), 1, "a name is not enough");
        scenario.hypotheses[2].residual = Some(true);
        assert_eq!(found(CHECK, &scenario), []);
        scenario.hypotheses[2].status = Some(crate::scenario::Status::Rejected);
        assert_eq!(found(CHECK, &scenario).len(), 1);
    }

    #[test]
    fn following_the_advice_changes_nothing_among_the_others() {
        let rows = fixture().item("C I N").item("CC N II").item("I C C");
        for priors in [None, Some([0.5, 0.3, 0.2])] {
            let before = priors.map_or_else(|| rows.clone(), |given| rows.clone().priors(&given)).scenario();
            let mut after = before.clone();
            let id = crate::scenario::HypothesisId::parse("other").unwrap();
            let mut rest = crate::scenario::Hypothesis::new(id, "None of these");
            rest.residual = Some(true);
            rest.prior = priors.map(|_| 0.1);
            after.hypotheses.iter_mut().for_each(|h| h.prior = h.prior.map(|prior| 0.9 * prior));
            after.hypotheses.push(rest);
            assert_eq!(found(CHECK, &after), []);
            for method in Method::ALL {
                let rank =
                    |scenario| crate::engine::rank(&crate::engine::Matrix::new(scenario, None), *method);
                let (before, after) = (rank(&before), rank(&after));
                let odds = |scores: &[Option<f64>]| scores[0].unwrap() / scores[1].unwrap();
                if method.is_additive() {
                    assert_eq!((&after.ranks[..3], &after.leaders), (&before.ranks[..3], &before.leaders));
                } else {
                    assert!((odds(&after.scores) / odds(&before.scores) - 1.0).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn silent_under_other_methods_and_without_hypotheses() {
        assert_eq!(messages(CHECK, Fixture::of(3)), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(0).method(Method::Bayes)), [""; 0]);
    }
}
