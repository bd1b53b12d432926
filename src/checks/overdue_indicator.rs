//! `overdue-indicator`: a pending indicator whose due date has passed.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Indicator, IndicatorStatus, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "overdue-indicator",
    "An indicator should have been seen before the day given by `--as-of`, or else before the scenario's `as_of`, and is still pending. That something expected did not happen is evidence, and easily overlooked. `ach observe` records that it was seen, or with --not that it was not; or move `due` with a reason.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, steps 2 and 8.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(today) = context.day else { return Vec::new() };
    let overdue = |(at, indicator): (usize, &Indicator)| {
        let pending = indicator.status() == IndicatorStatus::Pending;
        let due = indicator.due.filter(|due| pending && *due < today)?;
        let message = format!("{} was due by {due} and is still pending on {today}", indicator.id);
        let place = Subject::ItemField(ItemKind::Indicator, at, "due");
        Some(
            CHECK
                .finding(place, message)
                .help("set its status to observed or not-observed, or move the day it is due"),
        )
    };
    context.scenario.indicators.iter().enumerate().filter_map(overdue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::found;
    use crate::checks::{Options, run as run_all};
    use crate::diagnostic::Place;
    use crate::engine::fixture::Fixture;
    use crate::scenario::{Day, IndicatorId, Scenario};

    fn scenario(as_of: &str, indicators: &[(&str, Option<IndicatorStatus>)]) -> Scenario {
        let indicator = |(at, (due, status)): (usize, &(&str, Option<IndicatorStatus>))| Indicator {
            due: Day::parse(due),
            status: *status,
            ..Indicator::new(IndicatorId::parse(&format!("i{at}")).unwrap(), "x")
        };
        Scenario {
            as_of: Day::parse(as_of),
            indicators: indicators.iter().enumerate().map(indicator).collect(),
            ..Fixture::of(3).scenario()
        }
    }

    #[test]
    fn what_is_pending_after_its_day_is_a_finding() {
        let scenario = scenario(
            "2025-12-04",
            &[
                ("2025-12-03", None),
                ("2025-12-04", None),
                ("2025-12-01", Some(IndicatorStatus::Pending)),
                ("2025-12-01", Some(IndicatorStatus::Observed)),
                ("2025-12-01", Some(IndicatorStatus::NotObserved)),
                ("", None),
            ],
        );
        let overdue = found(CHECK, &scenario);
        let messages: Vec<_> = overdue.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "i0 was due by 2025-12-03 and is still pending on 2025-12-04",
                "i2 was due by 2025-12-01 and is still pending on 2025-12-04",
            ]
        );
        let places: Vec<_> = overdue.iter().map(|finding| finding.labels[0].place.clone()).collect();
        let due = |at| Place::Subject(Subject::ItemField(ItemKind::Indicator, at, "due"));
        assert_eq!(places, [due(0), due(2)]);
    }

    #[test]
    fn the_day_asked_for_counts_before_that_of_the_file_and_without_either_nothing_is_late() {
        let overdue = |as_of: &str, asked: &str| {
            let scenario = scenario(as_of, &[("2025-12-03", None)]);
            let found = run_all(&scenario, Options { as_of: Day::parse(asked), ..Options::default() });
            found.iter().filter(|finding| finding.code == CHECK.doc.code).count()
        };
        assert_eq!(overdue("2025-12-04", "2025-12-03"), 0);
        assert_eq!(overdue("2025-12-01", "2025-12-04"), 1);
        assert_eq!(overdue("", "2025-12-04"), 1);
        assert_eq!(overdue("", ""), 0);
    }
}
