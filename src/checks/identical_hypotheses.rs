//! `identical-hypotheses`: hypotheses that no evidence tells apart.

use std::collections::HashMap;

use super::phrase::listed;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::RatingCode;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "identical-hypotheses",
    "Active hypotheses have the same rating in every item, so nothing in the matrix bears on the choice between them. Find evidence that one of them would explain and the other would not, or make them one hypothesis: under `bayes`, two names for one answer also share out its probability.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 4: combine hypotheses that no evidence distinguishes.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let matrix = &context.matrix;
    let rows = matrix.items().len();
    let mut sets: Vec<Vec<usize>> = Vec::new();
    let mut set_of: HashMap<Vec<RatingCode>, usize> = HashMap::new();
    for hypothesis in matrix.comparable().filter(|hypothesis| matrix.rated(*hypothesis) > 0) {
        let column: Vec<RatingCode> = (0..rows).map(|row| matrix.code(row, hypothesis)).collect();
        let set = *set_of.entry(column).or_insert(sets.len());
        match sets.get_mut(set) {
            Some(alike) => alike.push(hypothesis),
            None => sets.push(vec![hypothesis]),
        }
    }
    sets.iter().filter_map(|alike| finding(context, alike)).collect()
}

fn finding(context: &Context<'_>, alike: &[usize]) -> Option<Diagnostic> {
    let (first, others) = alike.split_first().filter(|(_, others)| !others.is_empty())?;
    let place = |hypothesis: usize| Subject::Item(ItemKind::Hypothesis, hypothesis);
    let ids: Vec<&str> = alike.iter().map(|hypothesis| context.id(*hypothesis)).collect();
    let message = format!("{} have the same rating in every item", listed(&ids));
    let found = CHECK
        .finding(place(*first), message)
        .help("add evidence that tells them apart, or make them one hypothesis");
    Some(others.iter().fold(found, |found, other| found.also(place(*other), "rated the same")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::diagnostic::Place;
    use crate::engine::fixture::Fixture;

    #[test]
    fn equal_columns_are_one_finding() {
        let fixture = Fixture::of(5).item("C I C C I").item("- N - - N");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            [
                "h0, h2 and h3 have the same rating in every item",
                "h1 and h4 have the same rating in every item"
            ]
        );
        let hypothesis = |at| Subject::Item(ItemKind::Hypothesis, at);
        assert_eq!(subjects(CHECK, fixture.clone()), [hypothesis(0), hypothesis(1)]);
        let places: Vec<_> =
            found(CHECK, &fixture.scenario())[0].labels.iter().map(|l| l.place.clone()).collect();
        assert_eq!(places, [0, 2, 3].map(|at| Place::Subject(hypothesis(at))));
    }

    #[test]
    fn silent_where_one_cell_differs_nothing_is_rated_or_one_is_rejected() {
        assert_eq!(messages(CHECK, Fixture::of(2).item("C C").item("N NA")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(3).item("C - -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).reject(0).item("C C")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2)), [""; 0]);
    }
}
