//! `lead-on-assumptions`: a conclusion decided by what is taken for granted.

use super::lead::{Lead, finding};
use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::assumptions;
use crate::scenario::{Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "lead-on-assumptions",
    "One hypothesis leads, and it would not without the items of kind `assumption`. Then the analyst's own beliefs decide, not what is known. Say so with the conclusion, ask what would show each assumption to be wrong, and look for facts that could take their place.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, steps 2 and 6. US Government, A Tradecraft Primer (2009): key assumptions check.");

const HELP: &str = "say so with the conclusion, and look for facts to take their place";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(mut lead) = Lead::of(context) else { return Vec::new() };
    let rows = assumptions(context.scenario, &context.matrix);
    let leaders_after = lead.what_if.leaders_without(&rows);
    if !lead.is_lost(&leaders_after) {
        return Vec::new();
    }
    let items: Vec<(usize, &Evidence)> = rows.iter().filter_map(|row| context.item(*row)).collect();
    let message = match items.as_slice() {
        [(_, one)] => lead.hangs_on(&format!("the assumption {}", one.id), "it", &leaders_after),
        several => {
            lead.hangs_on(&counted(several.len(), "assumption", "assumptions"), "them", &leaders_after)
        }
    };
    let place = |(position, _): &(usize, &Evidence)| Subject::Item(ItemKind::Evidence, *position);
    finding(CHECK, message, HELP, items.iter().map(place), "an assumption too")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Kind;

    fn assumed(fixture: Fixture, ratings: &str) -> Fixture {
        fixture.item(ratings).edit_last(|item| item.kind = Some(Kind::Assumption))
    }

    #[test]
    fn assumptions_that_decide_are_told() {
        let fixture = assumed(assumed(Fixture::of(2).item("I C"), "C I"), "N I");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["the lead of h0 hangs on 2 assumptions: without them h1 leads"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Evidence, 1)]);
        assert_eq!(
            messages(CHECK, assumed(Fixture::of(2).item("N N"), "C I")),
            ["the lead of h0 hangs on the assumption e1: without it h0 and h1 share the lead"]
        );
    }

    #[test]
    fn silent_where_facts_carry_the_lead_or_there_is_none() {
        assert_eq!(messages(CHECK, assumed(Fixture::of(2).item("C I"), "C I")), [""; 0]);
        assert_eq!(messages(CHECK, assumed(Fixture::of(2), "C C")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I")), [""; 0]);
    }
}
