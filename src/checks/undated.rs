//! `undated`: evidence that does not say when it became known.

use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "undated",
    "An item has no date, which says when it became known. It counts as known at all times, so `timeline` and `--as-of` cannot tell what the conclusion rested on then, and nobody sees when evidence has aged. A month (\"2024-01\") or a year (\"2021\") will do.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 8: conclusions are tentative.");

const HELP: &str = "give the date on which it became known, or only the month or year";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let finding = |subject, message| CHECK.finding(subject, message).help(HELP);
    let undated: Vec<_> = context.items().filter(|(_, item)| item.date.is_none()).collect();
    let items = context.matrix.items().len();
    if items > 1 && undated.len() == items {
        let message = format!("none of the {} has a date", counted(items, "item", "items"));
        return vec![finding(Subject::Scenario, message)];
    }
    let item = |(position, item): (usize, &Evidence)| {
        finding(Subject::Item(ItemKind::Evidence, position), format!("{} has no date", item.id))
    };
    undated.into_iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Date;

    fn dated(fixture: Fixture) -> Fixture {
        fixture.item("C").edit_last(|item| item.date = Date::parse("2024-01"))
    }

    #[test]
    fn items_without_a_date_are_told_one_by_one() {
        let fixture = dated(Fixture::of(1)).item("C").item("I");
        assert_eq!(messages(CHECK, fixture.clone()), ["e1 has no date", "e2 has no date"]);
        assert_eq!(subjects(CHECK, fixture)[0], Subject::Item(ItemKind::Evidence, 1));
        assert_eq!(messages(CHECK, Fixture::of(1).item("C")), ["e0 has no date"]);
    }

    #[test]
    fn a_scenario_without_dates_is_told_once() {
        let fixture = Fixture::of(1).item("C").item("I");
        assert_eq!(messages(CHECK, fixture.clone()), ["none of the 2 items has a date"]);
        assert_eq!(subjects(CHECK, fixture), [Subject::Scenario]);
    }

    #[test]
    fn silent_where_all_have_one_or_there_is_none() {
        assert_eq!(messages(CHECK, dated(dated(Fixture::of(1)))), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(1)), [""; 0]);
    }
}
