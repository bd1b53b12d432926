//! `stale-as-of`: an analysis dated before its evidence.

use super::phrase::{NAMED, counted, listed};
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Date, Day, Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "stale-as-of",
    "The scenario uses items that became known after the day in its `as_of`. Either evidence was added without bringing the date up to date, or the date of an item is wrong. An item dated by month or year is late only if all of it is. To see how things stood on an earlier day, use `--as-of`.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 8: conclusions are tentative.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(as_of) = context.scenario.as_of else {
        return Vec::new();
    };
    let late: Vec<(usize, &Evidence, Date)> = context
        .items()
        .filter_map(|(position, item)| {
            Some((position, item, item.date.filter(|date| is_after(*date, as_of))?))
        })
        .collect();
    let message = match late.as_slice() {
        [] => return Vec::new(),
        [(_, item, date)] => format!("as_of is {as_of}, but {} is dated {date}", item.id),
        late => {
            let ids: Vec<&str> = late.iter().map(|(_, item, _)| item.id.as_str()).collect();
            format!(
                "as_of is {as_of}, but {} are dated later: {}",
                counted(late.len(), "item", "items"),
                listed(&ids)
            )
        }
    };
    let found = CHECK
        .finding(Subject::ScenarioField("as_of"), message)
        .help("bring as_of up to the day of the analysis, or correct the date of the evidence");
    let date = |position| Subject::ItemField(ItemKind::Evidence, position, "date");
    let labelled = late.iter().take(NAMED);
    vec![labelled.fold(found, |found, (position, ..)| found.also(date(*position), "dated later"))]
}

/// Whether every day that a date can stand for is after this one. A month or year is written as the beginning of its
/// days, so a date that is the beginning of `as_of` sorts before it.
fn is_after(date: Date, as_of: Day) -> bool {
    date.to_string() > as_of.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages};
    use crate::diagnostic::Place;
    use crate::engine::fixture::Fixture;
    use crate::scenario::Scenario;

    fn scenario(as_of: &str, dates: &[&str]) -> Scenario {
        let fixture = dates.iter().fold(Fixture::of(1), |fixture, date| {
            fixture.item("C").edit_last(|item| item.date = Date::parse(date))
        });
        Scenario { as_of: Day::parse(as_of), ..fixture.scenario() }
    }

    #[test]
    fn evidence_later_than_the_analysis_is_one_finding() {
        let late = found(CHECK, &scenario("2025-12-04", &["2025-12-05", "2025-12-04", "2026", "2026-01"]));
        assert_eq!(late.len(), 1);
        assert_eq!(late[0].message, "as_of is 2025-12-04, but 3 items are dated later: e0, e2 and e3");
        let date = |at| Place::Subject(Subject::ItemField(ItemKind::Evidence, at, "date"));
        let places: Vec<_> = late[0].labels.iter().map(|label| label.place.clone()).collect();
        assert_eq!(places, [Place::Subject(Subject::ScenarioField("as_of")), date(0), date(2), date(3)]);
        let one = found(CHECK, &scenario("2025-12-04", &["2026-01"]));
        assert_eq!(one[0].message, "as_of is 2025-12-04, but e0 is dated 2026-01");
    }

    #[test]
    fn silent_where_nothing_is_certainly_later() {
        assert_eq!(found(CHECK, &scenario("2025-12-04", &["2025-12-04", "2025-12", "2025", "2021", ""])), []);
        assert_eq!(found(CHECK, &scenario("", &["2025-12-04"])), []);
        assert_eq!(messages(CHECK, Fixture::of(1)), [""; 0]);
    }
}
