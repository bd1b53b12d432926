//! `lead-on-one-item`: a conclusion decided by one item.

use super::lead::{Lead, finding};
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::critical_items;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "lead-on-one-item",
    "One hypothesis leads, and it would not if a single item were left out. If that item is wrong, misunderstood or planted, so is the conclusion. Go back to its source, ask what else could explain it, and say in the report that the conclusion hangs on it. `ach sensitivity` shows who would lead without it.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 6: analyse how sensitive the conclusion is to a few critical items.");

const HELP: &str = "check the source of each, and what else could explain it";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(mut lead) = Lead::of(context) else { return Vec::new() };
    let critical = critical_items(&mut lead.what_if);
    let (positions, ids): (Vec<usize>, Vec<&str>) = critical
        .iter()
        .filter_map(|item| context.item(item.row))
        .map(|(position, item)| (position, item.id.as_str()))
        .unzip();
    let message = match (ids.as_slice(), critical.first()) {
        ([one], Some(critical)) => lead.hangs_on(one, "it", &critical.leaders_after),
        (several, _) => lead.hangs_on_any("items", several),
    };
    let place = |position: &usize| Subject::Item(ItemKind::Evidence, *position);
    finding(CHECK, message, HELP, positions.iter().map(place), "without this too")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::diagnostic::Place;
    use crate::engine::fixture::Fixture;
    use crate::scenario::Method;

    #[test]
    fn an_item_that_decides_is_told() {
        let fixture = Fixture::of(3).item("N I I").item("C II C").item("I I N").item("C C I");
        // h0 -1, h1 -4, h2 -2: without e0 or e3 h2 draws level.
        assert_eq!(messages(CHECK, fixture.clone()), ["the lead of h0 hangs on each of 2 items: e0 and e3"]);
        let places: Vec<_> =
            found(CHECK, &fixture.clone().scenario())[0].labels.iter().map(|l| l.place.clone()).collect();
        let item = |at| Subject::Item(ItemKind::Evidence, at);
        assert_eq!(places, [item(0), item(3)].map(Place::Subject));
        assert_eq!(
            messages(CHECK, Fixture::of(2).item("C II").item("I C")),
            ["the lead of h0 hangs on e0: without it h1 leads"]
        );
        assert_eq!(subjects(CHECK, Fixture::of(2).item("- -").item("C I")), [item(1)]);
        assert_eq!(
            messages(CHECK, Fixture::of(2).item("C I").item("N N")),
            ["the lead of h0 hangs on e0: without it h0 and h1 share the lead"]
        );
        assert_eq!(
            messages(CHECK, Fixture::of(2).item("C I")),
            ["the lead of h0 hangs on e0: without it nothing is left to rank"]
        );
    }

    #[test]
    fn the_method_is_the_scenarios() {
        let fixture = Fixture::of(2).item("CC I").item("C I");
        assert_eq!(messages(CHECK, fixture.clone().method(Method::Inconsistency)), [""; 0]);
        let prior = fixture.priors(&[0.2, 0.8]).method(Method::Bayes);
        assert_eq!(messages(CHECK, prior), ["the lead of h0 hangs on each of 2 items: e0 and e1"]);
    }

    #[test]
    fn silent_where_the_lead_is_shared_unopposed_or_rests_on_more() {
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I").item("C I")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I").item("I C")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).reject(1).item("I C")), [""; 0]);
        assert_eq!(
            messages(CHECK, Fixture::of(2).item("C I").priors(&[0.2, 0.7]).method(Method::Bayes)),
            [""; 0]
        );
        assert_eq!(messages(CHECK, Fixture::of(0)), [""; 0]);
    }
}
