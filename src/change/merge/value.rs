//! Merges one value of three versions: which side wins, and whether a conflict is left.
//!
//! Knows values and the conflicts that earlier merges left. Must never know what a value belongs to.

/// The value of one side, and the conflict that an earlier merge left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held<V> {
    /// The value; `None` if absent.
    pub(super) value: Option<V>,
    /// The other sides of the conflict, if there is one.
    pub(super) open: Option<Open<V>>,
}

/// The conflict beside a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open<V> {
    /// The value of the base.
    pub(super) base: Option<V>,
    /// The value of the other side.
    pub(super) theirs: Option<V>,
}

/// Returns the value of base, ours and theirs that results where at most one side changed it, or both alike.
pub(super) fn one_changed<V: PartialEq>([base, ours, theirs]: [V; 3]) -> Option<V> {
    if ours == theirs || theirs == base { Some(ours) } else { (ours == base).then_some(theirs) }
}

impl<V: Clone + PartialEq> Held<V> {
    /// Returns a value without a conflict.
    pub(super) const fn settled(value: Option<V>) -> Self {
        Self { value, open: None }
    }

    /// Merges base, ours and theirs.
    ///
    /// If both sides changed the value differently, both values stay: ours as the value, theirs in the
    /// conflict. A conflict from an earlier merge adds a third value; a record has room for two, so those of
    /// the sides come first.
    pub(super) fn merge(versions: [&Self; 3]) -> Self {
        if let Some(agreed) = one_changed(versions) {
            return agreed.clone();
        }
        let [base, ours, theirs] = versions;
        let (start, is_open) = match &base.open {
            Some(open) => (&open.base, true),
            None => (&base.value, false),
        };
        let mut opinions: Vec<&Option<V>> = Vec::new();
        let mut hear = |opinion, counts: bool| {
            if counts && !opinions.contains(&opinion) {
                opinions.push(opinion);
            }
        };
        for side in [ours, theirs] {
            // A conflict may have been settled for the value that the merge started from.
            let decided = is_open && (side.open.is_none() || side.value != base.value);
            hear(&side.value, decided || side.value != *start);
        }
        for open in [ours, theirs].into_iter().filter_map(|side| side.open.as_ref()) {
            hear(&open.theirs, open.theirs != *start);
        }
        let mut opinions = opinions.into_iter();
        let value = opinions.next().unwrap_or(&ours.value).clone();
        let open = opinions.next().map(|theirs| {
            // A value that is equal on the other sides is not in dispute.
            let base = if theirs == start { &base.value } else { start };
            Open { base: base.clone(), theirs: theirs.clone() }
        });
        Self { value, open: open.filter(|open| open.base != open.theirs) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> Held<char> {
        let value = |at| text.chars().nth(at).filter(|c| *c != '-');
        let open = (text.len() > 1).then(|| Open { base: value(1), theirs: value(2) });
        Held { value: value(0), open }
    }

    fn merged(base: &str, ours: &str, theirs: &str) -> String {
        let Held { value, open } = Held::merge([&held(base), &held(ours), &held(theirs)]);
        let letter = |value: Option<char>| value.unwrap_or('-');
        let open = open.map(|open| [letter(open.base), letter(open.theirs)]);
        [letter(value)].into_iter().chain(open.into_iter().flatten()).collect()
    }

    #[test]
    fn one_side_s_change_is_taken_and_equal_changes_agree() {
        for (base, ours, theirs, result) in [
            ("a", "b", "a", "b"),
            ("a", "a", "b", "b"),
            ("a", "b", "b", "b"),
            ("-", "-", "b", "b"),
            ("a", "-", "a", "-"),
        ] {
            assert_eq!(merged(base, ours, theirs), result);
        }
    }

    #[test]
    fn different_changes_are_left_to_settle() {
        assert_eq!(merged("a", "b", "c"), "bac");
        assert_eq!(merged("a", "-", "c"), "-ac");
        assert_eq!(merged("-", "b", "c"), "b-c");
        assert_eq!(merged("a", "b", "-"), "ba-");
    }

    #[test]
    fn what_was_left_to_settle_stays_until_somebody_settles_it() {
        assert_eq!(merged("bac", "b", "bac"), "b", "settled here");
        assert_eq!(merged("bac", "bac", "c"), "c", "settled there");
        assert_eq!(merged("bac", "b", "c"), "bac", "settled on both sides, in different ways");
        assert_eq!(merged("bac", "d", "a"), "dba", "one of them the oldest");
        assert_eq!(merged("a", "bac", "a"), "bac", "left on one side");
        assert_eq!(merged("a", "bac", "cab"), "bac", "left on both sides");
        assert_eq!(merged("a", "bac", "b"), "bac", "the other side has it too");
        assert_eq!(merged("a", "axy", "b"), "bay", "a third opinion stays while there is room");
        assert_eq!(merged("a", "bac", "d"), "bad", "those of the sides themselves come first");
    }
}
