//! `no-catch-all`: probabilities that leave no room for an explanation not listed.

use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::{Code, Diagnostic, Doc, Place};
use crate::scenario::{Hypothesis, Method, Subject};

pub(super) const CHECK: Check = Check {
    doc: Doc {
        code: Code::warning("no-catch-all"),
        text: "The scenario is scored by `bayes`, which takes its hypotheses to be exclusive and exhaustive: their probabilities sum to 1, so what nobody has thought of is given none. Add a hypothesis for the rest, with a word such as other, else, another, unknown or none of in its id or name, and rate it like the others, most often N. People tend to give such a remainder too little: an answer out of sight is out of mind.",
        source: Some(
            "Heuer and Pherson, Structured Analytic Techniques for Intelligence Analysis (2014), on sets of hypotheses that are mutually exclusive and exhaustive. Fischhoff, Slovic and Lichtenstein, Fault Trees (1978), on how the remainder is underrated.",
        ),
    },
    run,
};

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let scenario = context.scenario;
    let active: Vec<&Hypothesis> = scenario.hypotheses.iter().filter(|h| h.is_active()).collect();
    if scenario.method() != Method::Bayes || active.is_empty() || active.iter().any(|h| is_catch_all(h)) {
        return Vec::new();
    }
    let hypotheses = counted(active.len(), "active hypothesis", "active hypotheses");
    let message = format!("bayes takes the {hypotheses} for all there can be, and none stands for the rest");
    let found =
        Diagnostic::new(CHECK.doc.code, Place::Subject(Subject::ScenarioField("scoring.method")), message)
            .help("add a hypothesis such as id = \"other\", name = \"None of these\"");
    vec![found]
}

/// Whether the id or name of a hypothesis says that it stands for anything not listed.
fn is_catch_all(hypothesis: &Hypothesis) -> bool {
    [hypothesis.id.as_str(), &hypothesis.name].iter().any(|text| {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        std::iter::from_fn(|| Some((words.next()?, words.peek().copied()))).any(|pair| match pair {
            ("other" | "others" | "another" | "else" | "unknown", _) => true,
            ("none", next) => next.is_none() || next == Some("of"),
            _ => false,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::{HypothesisId, Scenario};

    fn with_last(id: &str, name: &str) -> Scenario {
        let mut scenario = Fixture::of(3).method(Method::Bayes).scenario();
        scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse(id).unwrap(), name));
        scenario
    }

    #[test]
    fn bayes_asks_for_the_rest() {
        let fixture = Fixture::of(3).method(Method::Bayes);
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["bayes takes the 3 active hypotheses for all there can be, and none stands for the rest"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::ScenarioField("scoring.method")]);
        // These only look like it.
        for (id, name) in [("brother", "His brother"), ("nobody", "Elsewhere"), ("none-left", "Nonesuch")] {
            assert_eq!(found(CHECK, &with_last(id, name)).len(), 1, "{id}");
        }
    }

    #[test]
    fn a_rejected_catch_all_catches_nothing() {
        let mut scenario = with_last("other", "Other");
        assert_eq!(found(CHECK, &scenario), []);
        scenario.hypotheses[3].status = Some(crate::scenario::Status::Rejected);
        assert_eq!(found(CHECK, &scenario).len(), 1);
    }

    #[test]
    fn silent_where_one_stands_for_the_rest_or_nothing_needs_it() {
        for (id, name) in [
            ("other", "x"),
            ("someone-else", "x"),
            ("none-of-these", "x"),
            ("h9", "Another actor"),
            ("h9", "None of the above"),
            ("h9", "OTHER"),
            ("h9", "Cause unknown"),
        ] {
            assert_eq!(found(CHECK, &with_last(id, name)), [], "{id} {name}");
        }
        assert_eq!(messages(CHECK, Fixture::of(3)), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(0).method(Method::Bayes)), [""; 0]);
    }
}
