//! `absence-unsearched`: an absence that does not say how well anybody looked.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Evidence, ItemKind, Kind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "absence-unsearched",
    "An item of kind `absence` does not say how well anybody looked. After a full search an absence is evidence, after a partial one weak evidence, and where nobody looked it is none. Set `searched` to full, partial (the credibility then counts as low) or none (the ratings then count as NA).",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 2: note the absence of evidence too. Schum, The Evidential Foundations of Probabilistic Reasoning (1994), on missing evidence.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let unsearched =
        context.items().filter(|(_, item)| item.kind() == Kind::Absence && item.searched.is_none());
    let finding = |(position, item): (usize, &Evidence)| {
        let message = format!("{} is an absence and does not say how well anybody looked", item.id);
        CHECK
            .finding(Subject::Item(ItemKind::Evidence, position), message)
            .help("set searched to full, partial or none")
    };
    unsearched.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Searched;

    fn absence(fixture: Fixture, searched: Option<Searched>) -> Fixture {
        fixture.item("C I").edit_last(|item| {
            item.kind = Some(Kind::Absence);
            item.searched = searched;
        })
    }

    #[test]
    fn an_absence_says_how_well_anybody_looked() {
        let fixture = absence(Fixture::of(2).item("C I"), None);
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["e1 is an absence and does not say how well anybody looked"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Evidence, 1)]);
    }

    #[test]
    fn silent_where_it_says_so_or_is_no_absence() {
        assert_eq!(messages(CHECK, absence(Fixture::of(2), Some(Searched::None))), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I")), [""; 0]);
    }
}
