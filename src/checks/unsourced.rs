//! `unsourced`: evidence without a source.

use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Evidence, ItemKind, Kind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "unsourced",
    "A fact, or the absence of one, names no source. A reader cannot judge how far to trust it, and `sensitivity` cannot tell whether the conclusion hangs on one source. Name who says it in `source`; a `url` only says where it is found. Assumptions and arguments need none.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 6. Intelligence Community Directive 206, Sourcing Requirements for Disseminated Analytic Products (2015).");

const HELP: &str = "name who says it in `source`, or mark the item as an assumption or argument";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let finding = |subject, message| CHECK.finding(subject, message).help(HELP);
    let reported: Vec<_> = context.items().filter(|(_, item)| needs_source(item.kind())).collect();
    let unsourced = || reported.iter().filter(|(_, item)| !names_source(item));
    if reported.len() > 1 && unsourced().count() == reported.len() {
        let message = format!(
            "none of the {} names a source",
            counted(reported.len(), "reported item", "reported items")
        );
        return vec![finding(Subject::Scenario, message)];
    }
    let item = |(position, item): &(usize, &Evidence)| {
        finding(Subject::Item(ItemKind::Evidence, *position), format!("{} names no source", item.id))
    };
    unsourced().map(item).collect()
}

const fn needs_source(kind: Kind) -> bool {
    match kind {
        Kind::Fact | Kind::Absence => true,
        Kind::Assumption | Kind::Argument => false,
    }
}

fn names_source(item: &Evidence) -> bool {
    item.sources().iter().any(|source| !source.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    fn sourced(fixture: Fixture, source: &str) -> Fixture {
        fixture.item("C").edit_last(|item| item.source = Some(vec![source.into()]))
    }

    fn of_kind(fixture: Fixture, kind: Kind) -> Fixture {
        fixture.item("C").edit_last(|item| item.kind = Some(kind))
    }

    #[test]
    fn facts_and_absences_without_a_source_are_told_one_by_one() {
        let fixture = sourced(sourced(Fixture::of(1).item("C"), "Reuters"), " ");
        let fixture = of_kind(fixture, Kind::Absence);
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["e0 names no source", "e2 names no source", "e3 names no source"]
        );
        assert_eq!(subjects(CHECK, fixture)[0], Subject::Item(ItemKind::Evidence, 0));
    }

    #[test]
    fn a_scenario_without_sources_is_told_once() {
        let fixture = of_kind(Fixture::of(1).item("C").item("I"), Kind::Argument);
        assert_eq!(messages(CHECK, fixture.clone()), ["none of the 2 reported items names a source"]);
        assert_eq!(subjects(CHECK, fixture), [Subject::Scenario]);
    }

    #[test]
    fn silent_for_assumptions_arguments_and_what_is_sourced() {
        let fixture = of_kind(of_kind(Fixture::of(1), Kind::Assumption), Kind::Argument);
        assert_eq!(messages(CHECK, fixture.clone()), [""; 0]);
        assert_eq!(messages(CHECK, sourced(fixture, "Reuters")), [""; 0]);
    }
}
