//! `lead-on-low-credibility`: a conclusion decided by items of low credibility.

use super::lead::{Lead, finding};
use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::low_credibility;
use crate::scenario::{Evidence, ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "lead-on-low-credibility",
    "One hypothesis leads, and it would not without the items whose credibility is low, though these weigh less than others. Such items are often the vivid ones: rumours, claims of an interested party, absences after a partial search. Look for confirmation from another origin, and say with the conclusion that it rests on them.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 6. US Government, A Tradecraft Primer (2009): quality of information check.");

const HELP: &str = "look for confirmation from another origin, and say so with the conclusion";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(mut lead) = Lead::of(context) else { return Vec::new() };
    let rows = low_credibility(&context.matrix);
    let leaders_after = lead.what_if.leaders_without(&context.matrix.with_dependents(&rows));
    if !lead.is_lost(&leaders_after) {
        return Vec::new();
    }
    let items: Vec<(usize, &Evidence)> = rows.iter().filter_map(|row| context.item(*row)).collect();
    let message = match items.as_slice() {
        [(_, one)] => lead.hangs_on(&format!("{}, whose credibility is low", one.id), "it", &leaders_after),
        several => {
            let items = counted(several.len(), "item", "items");
            lead.hangs_on(&format!("{items} of low credibility"), "them", &leaders_after)
        }
    };
    let place = |(position, _): &(usize, &Evidence)| Subject::Item(ItemKind::Evidence, *position);
    finding(CHECK, message, HELP, items.iter().map(place), "of low credibility too")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Level;

    fn low(fixture: Fixture, ratings: &str) -> Fixture {
        fixture.weighed(ratings, Level::Low, Level::Medium)
    }

    #[test]
    fn items_of_low_credibility_that_decide_are_reported() {
        let fixture = low(low(Fixture::of(2).item("I C"), "C II"), "N I");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["the lead of h0 hangs on 2 items of low credibility: without them h1 leads"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Evidence, 1)]);
        assert_eq!(
            messages(CHECK, low(Fixture::of(2).item("N N"), "C I")),
            ["the lead of h0 hangs on e1, whose credibility is low: without it h0 and h1 share the lead"]
        );
    }

    #[test]
    fn silent_where_others_carry_the_lead() {
        assert_eq!(messages(CHECK, low(Fixture::of(2).item("C II"), "C I")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I")), [""; 0]);
    }
}
