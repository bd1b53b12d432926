//! Which of the known names was meant.

/// The candidate nearest to `name`, if one is near enough to be worth suggesting: at most a third of its characters
/// (at least one, never all) inserted, deleted, replaced or swapped, letter case aside. The first of equals.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer than any name worth a suggestion; keeps the distance of a hostile text cheap.
    if name.len() > 200 {
        return None;
    }
    let lower = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let longest = candidate.chars().count().max(lower.chars().count());
            *distance <= (longest / 3).max(1) && *distance < longest
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > a.len().max(b.len()) / 2 {
        return usize::MAX;
    }
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_stranger_is_not() {
        let ratings = ["CC", "C", "N", "I", "II", "NA"];
        assert_eq!(nearest("CCC", ratings), Some("CC"));
        assert_eq!(nearest("ii", ratings), Some("II"));
        assert_eq!(nearest("X", ratings), None);
        assert_eq!(nearest("smugler", ["smugglers", "iskp"]), Some("smugglers"));
        assert_eq!(nearest("ikps", ["smugglers", "iskp"]), None);
        assert_eq!(nearest("iksp", ["smugglers", "iskp"]), Some("iskp"));
        assert_eq!(nearest("wholly-other", ["smugglers", "iskp"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}
