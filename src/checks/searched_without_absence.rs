//! `searched-without-absence`: `searched` on an item that is not an absence.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Evidence, ItemKind, Kind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "searched-without-absence",
    "An item says how well anybody looked (`searched`) but is not of kind `absence`, so that is ignored. If the item says that something was not found, set its kind to absence; if not, remove `searched`, and say with `credibility` how far it can be believed.",
    run,
);

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let ignored = context.items().filter(|(_, item)| item.kind() != Kind::Absence && item.searched.is_some());
    let finding = |(position, item): (usize, &Evidence)| {
        let message = format!("{} is of kind {}, so its searched is ignored", item.id, item.kind());
        let subject = Subject::ItemField(ItemKind::Evidence, position, "searched");
        CHECK.finding(subject, message).help("set its kind to absence, or remove searched")
    };
    ignored.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Searched;

    #[test]
    fn searched_is_for_absences_only() {
        let fixture =
            Fixture::of(2).item("C I").item("C I").edit_last(|item| item.searched = Some(Searched::Full));
        assert_eq!(messages(CHECK, fixture.clone()), ["e1 is of kind fact, so its searched is ignored"]);
        assert_eq!(subjects(CHECK, fixture.clone()), [Subject::ItemField(ItemKind::Evidence, 1, "searched")]);
        let absence = fixture.edit_last(|item| item.kind = Some(Kind::Absence));
        assert_eq!(messages(CHECK, absence), [""; 0]);
    }
}
