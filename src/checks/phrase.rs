//! Phrases that several findings use: counts and lists of names.

/// Names listed; the rest is counted.
pub(super) const NAMED: usize = 6;

/// Returns `1 item` or `2 items`.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Returns `a`, `a and b`, or `a, b and c`; past [`NAMED`] names the rest is counted.
pub(super) fn listed(names: &[&str]) -> String {
    let rest = names.len().saturating_sub(NAMED);
    match names {
        // "and 1 more" is no shorter than the name.
        _ if rest > 1 => {
            format!("{} and {rest} more", names.get(..NAMED).unwrap_or_default().join(", "))
        }
        [] => String::new(),
        [name] => (*name).into(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_aloud_and_end() {
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b"]), "a and b");
        assert_eq!(listed(&["a", "b", "c", "d", "e", "f", "g"]), "a, b, c, d, e, f and g");
        assert_eq!(listed(&["a", "b", "c", "d", "e", "f", "g", "h"]), "a, b, c, d, e, f and 2 more");
    }

    #[test]
    fn one_is_singular() {
        let items = |count| counted(count, "item", "items");
        assert_eq!([items(0), items(1), items(2)], ["0 items", "1 item", "2 items"]);
    }
}
