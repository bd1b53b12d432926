//! Characters that look like others in words that must be spelled exactly: ids, ratings, keys.

use super::sanitize::hidden_chars;

/// Letters of other scripts that look like a Latin one, or like a hyphen.
const TWINS: [(&str, &str); 3] = [
    ("АВЕЅІЈКМНОРСТХУҮаеѕіјорсхуһԁԛԝ", "ABESIJKMHOPCTXYYaesijopcxyhdqw"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινγ", "ABEZHIKMNOPTYXoivy"),
    ("‐‑‒–—―−﹘﹣－", "----------"),
];

/// Whether a character is a space that is not the usual one: a no-break space, for instance.
pub(crate) fn is_odd_space(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
}

/// Returns a remark on the first character of a word that is not what it looks like; `None` if there is none.
pub(crate) fn look_alike(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let code = |c: char| format!("U+{:04X}", u32::from(c));
    if let Some((_, c)) = hidden_chars(word).find(|(_, c)| !c.is_ascii()) {
        return Some(format!("it contains {}, which cannot be seen", code(c)));
    }
    word.chars().find_map(|c| {
        if is_odd_space(c) {
            let kind =
                if matches!(c, '\u{a0}' | '\u{202f}') { "a no-break space" } else { "an unusual space" };
            return Some(format!("it contains {}, {kind}", code(c)));
        }
        let twin = twin(c)?;
        Some(format!("it contains {}, which looks like {twin}", code(c)))
    })
}

/// Returns the ASCII character that another looks like.
fn twin(c: char) -> Option<char> {
    // The full-width forms of ASCII.
    if let '！'..='～' = c {
        return u8::try_from(u32::from(c) - 0xfee0).ok().map(char::from);
    }
    let of = |(odd, plain): &(&str, &str)| odd.chars().zip(plain.chars()).find(|(odd, _)| *odd == c);
    TWINS.iter().find_map(of).map(|(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_only_looks_right_is_explained() {
        let told = |word| look_alike(word).unwrap_or_default();
        assert_eq!(told("С"), "it contains U+0421, which looks like C");
        assert_eq!(told("ｕsb"), "it contains U+FF55, which looks like u");
        assert_eq!(told("no–claim"), "it contains U+2013, which looks like -");
        assert_eq!(told("vendor\u{a0}"), "it contains U+00A0, a no-break space");
        assert_eq!(told("us\u{200b}b"), "it contains U+200B, which cannot be seen");
        assert_eq!(["usb", "größe", "日本", "tab\t"].map(look_alike), [None, None, None, None]);
        for (odd, plain) in TWINS {
            assert_eq!(odd.chars().count(), plain.chars().count());
        }
    }
}
