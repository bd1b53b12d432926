//! `few-hypotheses`: too few hypotheses to compete.

use super::phrase::listed;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::Subject;

pub(super) const CHECK: Check = Check::warning(
    "few-hypotheses",
    "Fewer than three hypotheses are active. Two are often only one answer and its denial. Before you weigh the evidence, ask who else could have done it, why else it could have happened, and whether nothing has happened at all. A hypothesis that is out of the question stays in the file as rejected.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 1. Chamberlin, The Method of Multiple Working Hypotheses, Science (1890).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let ids: Vec<&str> = context.matrix.comparable().map(|hypothesis| context.id(hypothesis)).collect();
    let message = match ids.len() {
        0 if context.scenario.hypotheses.is_empty() => "there is no hypothesis".to_owned(),
        0 => "no hypothesis is active: all are rejected".to_owned(),
        1 => format!("only one hypothesis is active, {}: nothing competes with it", listed(&ids)),
        2 => format!("only two hypotheses are active, {}", listed(&ids)),
        _ => return Vec::new(),
    };
    let found = CHECK
        .finding(Subject::Scenario, message)
        .help("add what else could explain the evidence, however unlikely it seems");
    vec![found]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn fewer_than_three_are_few() {
        assert_eq!(messages(CHECK, Fixture::of(3).reject(1)), ["only two hypotheses are active, h0 and h2"]);
        assert_eq!(
            messages(CHECK, Fixture::of(1)),
            ["only one hypothesis is active, h0: nothing competes with it"]
        );
        assert_eq!(messages(CHECK, Fixture::of(1).reject(0)), ["no hypothesis is active: all are rejected"]);
        assert_eq!(messages(CHECK, Fixture::of(0)), ["there is no hypothesis"]);
        assert_eq!(subjects(CHECK, Fixture::of(0)), [Subject::Scenario]);
    }

    #[test]
    fn silent_where_three_compete() {
        assert_eq!(messages(CHECK, Fixture::of(3)), [""; 0]);
    }
}
