//! Lists as they are typed: with commas, an entry in quotes where it has a comma itself.

/// Returns a list as one line.
pub(crate) fn join_list(list: &[String]) -> String {
    let quoted = |text: &String| {
        let is_plain =
            !text.is_empty() && text.trim() == text && !text.contains(',') && !text.starts_with('"');
        if is_plain { text.clone() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    };
    list.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// Parses a line as a list. Empty entries are left out, except in quotes.
pub(crate) fn split_list(line: &str) -> Vec<String> {
    let mut list = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (text, after) = match rest.strip_prefix('"').and_then(unquoted) {
            Some((text, after)) => (Some(text), after),
            None => {
                let (text, after) = rest.split_once(',').unwrap_or((rest, ""));
                (Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned), after)
            }
        };
        list.extend(text);
        rest = after.trim_start();
    }
    list
}

/// Returns the text up to the closing quote and the rest after the next comma; `None` if the quote is not closed there.
fn unquoted(inner: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut rest = inner;
    loop {
        let (before, after) = rest.split_once('"')?;
        text.push_str(before);
        if let Some(more) = after.strip_prefix('"') {
            text.push('"');
            rest = more;
            continue;
        }
        let after = after.trim_start();
        return match after.strip_prefix(',') {
            Some(after) => Some((text, after)),
            None if after.is_empty() => Some((text, after)),
            None => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_is_typed_with_commas() {
        assert_eq!(split_list(" a, b c ,,d,"), ["a", "b c", "d"]);
        assert_eq!(split_list(r#"Smith 2020, "Smith, J.", 6" gun"#), ["Smith 2020", "Smith, J.", "6\" gun"]);
        assert_eq!(split_list(r#""unclosed, b"#), ["\"unclosed", "b"]);
        assert_eq!(split_list("  "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn no_text_of_a_list_is_lost(list in proptest::collection::vec("[ab,\" ]{0,4}", 0..4)) {
            prop_assert_eq!(split_list(&join_list(&list)), list);
        }
    }
}
