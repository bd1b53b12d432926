//! Counts: the number that is typed before a key, where the settings say that digits count.
//!
//! Knows keys and actions by their names. Must never know what an action does.

use super::key::{Key, letter};
use super::keymap::{Action, key_for};
use crate::scenario::Rating;

/// Largest count.
const MOST: usize = 9_999;

/// Returns the digits as keys of a count, in place of what they do in the table.
pub(crate) fn bindings() -> impl Iterator<Item = (Key, Action)> {
    (0..=9).zip('0'..='9').map(|(digit, name)| (letter(name), Action::Digit(digit)))
}

/// Returns the count with one digit more.
pub(crate) fn typed(count: Option<usize>, digit: u8) -> usize {
    (count.unwrap_or_default() * 10 + usize::from(digit)).min(MOST)
}

/// Returns the keys that rate from CC to II: `1-5`, or one by one where they do not follow each other.
pub(crate) fn rating_keys(bound: &[(Key, Action)]) -> String {
    let keys: Vec<String> = Rating::SCALE
        .iter()
        .filter_map(|rating| key_for(Action::Rate(*rating), bound))
        .map(|key| key.to_string())
        .collect();
    if keys == ["1", "2", "3", "4", "5"] { "1-5".to_owned() } else { keys.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_that_rate_are_letters_where_digits_count() {
        assert_eq!(rating_keys(&[]), "1-5");
        assert_eq!(rating_keys(&bindings().collect::<Vec<_>>()), "C c n i I");
    }

    #[test]
    fn a_count_has_a_limit() {
        assert_eq!(typed(Some(1), 2), 12);
        assert_eq!(typed(Some(MOST), 9), MOST);
    }
}
