//! `group-hides-item`: a group in which an item that separates little hides one that separates more.

use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::hiding_groups;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "group-hides-item",
    "In a group only the strongest item on each side counts. Here an item that says much the same of all hypotheses covers one that tells them apart, so that the group separates less than half as much as that item would by itself. If the covered item adds something of its own, take it out of the group; if not, leave out the item that hides it.",
    run,
)
.citing("Schum, The Evidential Foundations of Probabilistic Reasoning (1994), on corroborative and redundant evidence.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let hiding = hiding_groups(&context.matrix, context.ranking.method);
    let finding = |(_, row): (usize, usize)| {
        let (position, item) = context.item(row)?;
        let name = item.group.as_deref().unwrap_or_default();
        let message = format!("the group {name} hides {}, which tells the hypotheses apart", item.id);
        let subject = Subject::ItemField(ItemKind::Evidence, position, "group");
        let found = CHECK.finding(subject, message);
        Some(found.help(format!("take {} out of the group, unless it repeats the others", item.id)))
    };
    hiding.into_iter().filter_map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Method;

    #[test]
    fn an_item_that_a_group_hides_is_reported() {
        let fixture = Fixture::of(3).grouped("II II II", "g").grouped("N I II", "g").item("C I C");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["the group g hides e1, which tells the hypotheses apart"]
        );
        assert_eq!(subjects(CHECK, fixture.clone()), [Subject::ItemField(ItemKind::Evidence, 1, "group")]);
        assert_eq!(messages(CHECK, fixture.method(Method::Bayes)).len(), 1);
    }

    #[test]
    fn silent_where_the_group_tells_them_apart_too() {
        assert_eq!(messages(CHECK, Fixture::of(2).grouped("C I", "g").grouped("N II", "g")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).grouped("II II", "g").item("N II")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).grouped("I I", "g").grouped("I I", "g")), [""; 0]);
    }
}
