//! Doubled items: items of theirs whose id belongs to another item of ours. Gives them an id in the result,
//! and recognises them later, since no record names them.

use crate::scenario::{Item, ItemKind, MAX_ID_LEN, Scenario, by_kind};

/// The suffix of the new id.
const THEIRS: &str = "-theirs";

/// An item of theirs that got another id in the result.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Doubled {
    /// Its kind.
    pub kind: ItemKind,
    /// Its id in theirs, which belongs to another item of the result.
    pub id: String,
    /// Its id in the result.
    pub follows_as: String,
}

/// Returns the items whose id is that of another item of the same kind plus the suffix of a merge:
/// hypotheses, sources, evidence, indicators, estimates. An item that a person named so is included.
#[must_use]
pub fn doubled(scenario: &Scenario) -> Vec<Doubled> {
    let mut found = Vec::new();
    ItemKind::ALL.iter().for_each(|kind| by_kind!(*kind, of_items(scenario, &mut found)));
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

/// Returns whether this is a suffix that [`free`] appends.
fn is_ending(text: &str) -> bool {
    let number = text.strip_prefix(THEIRS).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns `ID-theirs`, shortened to a valid length and numbered if it is taken.
pub(super) fn free(id: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number: usize| following(id, &format!("{THEIRS}-{number}")));
    let mut ids = std::iter::once(following(id, THEIRS)).chain(numbered);
    ids.find(|id| !taken(id)).unwrap_or_default()
}

/// Returns an id with this suffix, shortened to a valid length.
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
