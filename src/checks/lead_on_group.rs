//! `lead-on-group`: a conclusion decided by items that depend on each other.

use std::collections::BTreeMap;

use super::lead::{Lead, finding};
use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "lead-on-group",
    "One hypothesis leads, and it would not without the items of one `group`, which are not independent of each other. If their common root is wrong, all of them are. Look for evidence of another origin.",
    run,
)
.citing("Schum, The Evidential Foundations of Probabilistic Reasoning (1994), on corroborative and redundant evidence. Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 6.");

const HELP: &str = "look for evidence of another origin";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(mut lead) = Lead::of(context) else { return Vec::new() };
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in 0..context.matrix.items().len() {
        if let Some(group) = context.matrix.group(row) {
            groups.entry(group).or_default().push(row);
        }
    }
    // One item is no group: of that `lead-on-one-item` tells.
    groups.retain(|_, rows| rows.len() > 1);
    let mut critical: Vec<(Vec<usize>, Vec<usize>)> =
        groups.into_values().map(|rows| (lead.what_if.leaders_without(&rows), rows)).collect();
    critical.retain(|(leaders_after, _)| lead.is_lost(leaders_after));

    let first = |rows: &[usize]| {
        let (position, item) = context.item(*rows.first()?)?;
        Some((position, item.group.as_deref()?))
    };
    let (positions, names): (Vec<usize>, Vec<&str>) =
        critical.iter().filter_map(|(_, rows)| first(rows)).unzip();
    let message = match (names.as_slice(), critical.as_slice()) {
        ([name], [(leaders_after, rows)]) => {
            let items = format!("its {}", counted(rows.len(), "item", "items"));
            lead.hangs_on(&format!("the group {name}"), &items, leaders_after)
        }
        _ => lead.hangs_on_any("groups", &names),
    };
    let place = |position: &usize| Subject::ItemField(ItemKind::Evidence, *position, "group");
    finding(CHECK, message, HELP, positions.iter().map(place), "without this too")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Method;

    #[test]
    fn a_group_that_decides_is_told() {
        let fixture = Fixture::of(2).item("I C").grouped("C II", "thaw").item("C C").grouped("C I", "thaw");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["the lead of h0 hangs on the group thaw: without its 2 items h1 leads"]
        );
        assert_eq!(subjects(CHECK, fixture.clone()), [Subject::ItemField(ItemKind::Evidence, 1, "group")]);
        let two = fixture.item("II C").grouped("C II", "talks").grouped("C I", "talks");
        assert_eq!(messages(CHECK, two), ["the lead of h0 hangs on each of 2 groups: thaw and talks"]);
    }

    #[test]
    fn under_bayes_a_group_counts_once() {
        let fixture =
            Fixture::of(2).item("N I").grouped("C I", "g").grouped("C I", "g").method(Method::Bayes);
        assert_eq!(messages(CHECK, fixture.clone()), [""; 0]);
        assert_eq!(messages(CHECK, fixture.item("I N")).len(), 1);
    }

    #[test]
    fn silent_where_others_carry_the_lead_or_a_group_is_one_item() {
        assert_eq!(
            messages(CHECK, Fixture::of(2).item("C I").grouped("C I", "g").grouped("C I", "g")),
            [""; 0]
        );
        assert_eq!(messages(CHECK, Fixture::of(2).grouped("C I", "g")), [""; 0]);
    }
}
