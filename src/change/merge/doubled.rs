//! Items of theirs whose id another item of ours has: what they are called in the result, and how they are known again
//! later, since no record tells of them.

use crate::scenario::{
    Estimate, Evidence, Hypothesis, Indicator, Item, ItemKind, MAX_ID_LEN, Scenario, Source,
};

/// The suffix of the new id.
const THEIRS: &str = "-theirs";

/// An item of theirs that has another id in the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubled {
    /// Its kind.
    pub kind: ItemKind,
    /// The id that it has in theirs, and another item in the result.
    pub id: String,
    /// Its id in the result.
    pub follows_as: String,
}

/// The items of a scenario that stand beside one of the same kind whose id they have but for what a merge added:
/// hypotheses, sources, evidence, indicators, estimates. An item that was called so by hand is taken for one.
#[must_use]
pub fn doubled(scenario: &Scenario) -> Vec<Doubled> {
    let mut found = Vec::new();
    of_items::<Hypothesis>(scenario, &mut found);
    of_items::<Source>(scenario, &mut found);
    of_items::<Evidence>(scenario, &mut found);
    of_items::<Indicator>(scenario, &mut found);
    of_items::<Estimate>(scenario, &mut found);
    found
}

fn of_items<T: Item>(scenario: &Scenario, found: &mut Vec<Doubled>) {
    let ids = || T::list(scenario).iter().map(|item| item.id().as_ref());
    for id in ids() {
        let ending = id.rfind(THEIRS).and_then(|at| id.split_at_checked(at));
        let Some((_, end)) = ending.filter(|(_, end)| is_ending(end)) else { continue };
        let original = ids().find(|other| *other != id && following(other, end) == id);
        found.extend(original.map(|original| Doubled {
            kind: T::KIND,
            id: original.to_owned(),
            follows_as: id.to_owned(),
        }));
    }
}

/// Whether this is what [`free`] puts after an id.
fn is_ending(text: &str) -> bool {
    let number = text.strip_prefix(THEIRS).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `ID-theirs`, or the like of it that is free: shortened to what an id may have, then numbered.
pub(super) fn free(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number: usize| following(id, &format!("{THEIRS}-{number}")));
    let mut ids = std::iter::once(following(id, THEIRS)).chain(numbered);
    ids.find(|id| !taken(id)).unwrap_or_default()
}

/// An id with this end, shortened to what an id may have.
fn following(id: &str, end: &str) -> String {
    let head = id.get(..MAX_ID_LEN.saturating_sub(end.len())).unwrap_or(id);
    format!("{}{end}", head.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::{doubled, free};
    use crate::scenario::{Evidence, EvidenceId, Item, Scenario, is_id};

    #[test]
    fn what_follows_under_another_id_has_a_free_one_that_is_an_id() {
        assert_eq!(free("e1", |_| false), "e1-theirs");
        assert_eq!(free("e1", |id| id == "e1-theirs"), "e1-theirs-2");
        let long = format!("{}-{}", "a".repeat(32), "b".repeat(7));
        assert_eq!(free(&long, |_| false), format!("{}-theirs", "a".repeat(32)));
        assert!(is_id(&free(&"a".repeat(40), |id| !id.ends_with('3'))));
    }

    #[test]
    fn what_follows_under_another_id_is_known_again_beside_the_one_that_has_it() {
        let with = |ids: &[&str]| {
            let items = ids.iter().filter_map(|id| EvidenceId::parse(id));
            let evidence = items.map(|id| Evidence::named(id, "Text".to_owned())).collect();
            let found = doubled(&Scenario { evidence, ..Scenario::default() });
            found.into_iter().map(|doubled| (doubled.id, doubled.follows_as)).collect::<Vec<_>>()
        };
        let pair = |id: &str, follows_as: &str| (id.to_owned(), follows_as.to_owned());
        assert_eq!(with(&["e1-theirs", "e2", "theirs", "e2-theirs-x"]), []);
        let ids = ["e1", "e1-theirs", "e1-theirs-2"];
        assert_eq!(with(&ids), [pair("e1", "e1-theirs"), pair("e1", "e1-theirs-2")]);
        let long = "a".repeat(40);
        let follows = free(&long, |_| false);
        assert_eq!(with(&[&long, &follows]), [pair(&long, &follows)]);
    }
}
