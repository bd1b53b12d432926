//! Text of a scenario on a forge: the space without width that keeps it from becoming a mention, a link or a closed issue.

/// A space without width. After `@` and the like it keeps a forge from taking text of a scenario for a name, an issue or
/// an address, which it would do even where the character is escaped.
pub(crate) const APART: char = '\u{200b}';

/// Whether a forge would act on a character between these texts, unless a space without width follows it.
pub(crate) fn acts_on_forges(before: &str, c: char, rest: &str) -> bool {
    let next = rest.chars().next();
    let is_before_word = next.is_some_and(char::is_alphanumeric);
    match c {
        '@' | '#' => is_before_word,
        '!' => next.is_some_and(|c| c.is_ascii_digit()),
        ':' => rest.starts_with("//"),
        // Behind the dot it would come too late: GitHub's reader takes `www.` for the start of an address.
        'w' | 'W' => rest.starts_with('.') && ends_with_word(before, "ww"),
        '-' => ends_with_word(before, "gh") && is_before_word,
        _ => false,
    }
}

/// Returns a text without the spaces of no width that stand where a forge would act; others stay.
pub(crate) fn without_apart(text: &str) -> String {
    let mut parts = text.split(APART);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut before = whole.chars();
        let acts = before.next_back().is_some_and(|c| acts_on_forges(before.as_str(), c, part));
        if !acts {
            whole.push(APART);
        }
        whole.push_str(part);
    }
    whole
}

/// Whether a text ends with this word of ASCII letters, in upper or lower case.
fn ends_with_word(text: &str, word: &str) -> bool {
    let Some((before, last)) = text.len().checked_sub(word.len()).and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    last.eq_ignore_ascii_case(word) && !before.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_that_hold_a_forge_back_are_taken_out() {
        for text in ["cc @x, a/b#3, !4, GH-5, WWW.b.example, https://www.a.example/?q=@b#1", "a@b.example"] {
            let mut apart = String::new();
            for (at, c) in text.char_indices() {
                let (before, rest) = (&text[..at], &text[at + c.len_utf8()..]);
                apart.push(c);
                apart.extend(acts_on_forges(before, c, rest).then_some(APART));
            }
            assert_ne!(apart, text);
            assert_eq!(without_apart(&apart), text);
        }
        for text in ["a\u{200b}b", "@\u{200b}", "\u{200b}@ x", "high-\u{200b}5"] {
            assert_eq!(without_apart(text), text);
        }
    }
}
