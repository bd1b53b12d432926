//! Names and ids: `H1: Overload` is the id `h1` and the name `Overload`; where there is no id, one is made of the name.

use std::collections::HashSet;

use crate::scenario::{MAX_ID_LEN, suggest_id};

use super::notation::plain;

/// Longest id that is made of a name.
const MAX_MADE: usize = 24;

/// A text that may begin with an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The id as written, if there is one.
    pub(super) id: Option<String>,
    /// The name, or the text.
    pub(super) name: String,
}

/// Splits the head of a column: `H1: Overload`, `iskp: Islamic State`, `H2 - Sabotage`, or `H3` alone.
pub(super) fn hypothesis(head: &str) -> Named {
    let head = undecorated(head);
    if let Some((id, name)) = head.split_once(':')
        && is_word(id.trim())
        && !name.trim().is_empty()
    {
        return Named { id: Some(id.trim().to_owned()), name: undecorated(name).to_owned() };
    }
    item(head)
}

/// Splits the text of an item: `E3: The log is empty`, `E3. ...`, `(E3) ...`. Only a letter or two with a number is an
/// id here, since texts may have colons.
pub(super) fn item(text: &str) -> Named {
    let bare = undecorated(text);
    let inner = bare.trim_start_matches(['(', '[']);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (id, rest) = inner.split_at(end);
    let rest = rest.trim_start();
    let name = rest.trim_start_matches([')', ']', '*', ':', '.', '-', '\u{2013}', '\u{2014}']);
    let is_apart = name.len() < rest.len() || rest.is_empty();
    if is_code(id) && is_apart {
        let name = if name.trim().is_empty() { id } else { undecorated(name) };
        return Named { id: Some(id.to_owned()), name: name.to_owned() };
    }
    Named { id: None, name: text.to_owned() }
}

/// Splits a text that may begin with a code and a blank alone, `E1 The log is empty`, as [`item`] does otherwise.
pub(super) fn coded(text: &str) -> Named {
    let named = item(text);
    match undecorated(text).split_once(char::is_whitespace) {
        Some((id, name)) if named.id.is_none() && is_code(id) => {
            Named { id: Some(id.to_owned()), name: undecorated(name).to_owned() }
        }
        _ => named,
    }
}

/// Whether all of several texts begin with one of these letters and a number, each with another: those are codes then, and
/// no names.
pub(super) fn are_coded<'t>(texts: impl Iterator<Item = &'t str>, letters: &[&str]) -> bool {
    let mut seen = HashSet::new();
    let mut is_coded = |text: &str| {
        let code = coded(text).id.unwrap_or_default().to_lowercase();
        letters.contains(&code.trim_end_matches(|c: char| c.is_ascii_digit())) && seen.insert(code)
    };
    let coded: Vec<bool> = texts.map(&mut is_coded).collect();
    coded.len() > 1 && coded.iter().all(|is_coded| *is_coded)
}

/// Whether a word is a letter or up to three with a number, as `H1` and `Ev12`.
pub(super) fn is_code(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&letters) && (1..=4).contains(&digits) && letters + digits == word.len()
}

/// The letters before the number of a head such as `H1` or `Hypothesis 2: ...`; heads of one table share them.
pub(super) fn pattern(head: &str) -> Option<String> {
    let head = plain(head);
    let letters: String = head.chars().take_while(|c| c.is_alphabetic()).collect();
    let rest = head.get(letters.len()..)?.trim_start();
    (!letters.is_empty() && rest.starts_with(|c: char| c.is_ascii_digit())).then_some(letters)
}

/// Text without emphasis around it.
pub(super) fn undecorated(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'))
}

fn is_word(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=MAX_ID_LEN).contains(&text.len()) && text.chars().all(is_part)
}

/// Gives out ids, each once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
}

impl Ids {
    /// Ids of which these are taken.
    pub(super) fn without<'i>(taken: impl Iterator<Item = &'i str>) -> Self {
        Self { taken: taken.map(str::to_owned).collect() }
    }

    /// Takes an id; `false` if it is taken already.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Makes an id of a name, cut at a word, or numbered after `letter` if the name has no usable character.
    pub(super) fn make(&mut self, name: &str, letter: char, number: usize) -> String {
        let mut base = suggest_id(name).unwrap_or_default();
        if base.len() > MAX_MADE {
            let whole_word = base.get(..=MAX_MADE).and_then(|start| start.rfind('-')).unwrap_or(MAX_MADE);
            base.truncate(whole_word);
            base.truncate(base.trim_end_matches('-').len());
        }
        if base.is_empty() {
            base = format!("{letter}{number}");
        }
        self.free(base)
    }

    /// The id, or the first with a number behind it that is free.
    pub(super) fn free(&mut self, base: String) -> String {
        let mut id = base.clone();
        let mut number = 2;
        while !self.take(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_before_a_name_is_found() {
        let split = |head: &str| {
            let named = hypothesis(head);
            (named.id, named.name)
        };
        for (head, id, name) in [
            ("H1: Overload", "H1", "Overload"),
            ("**iskp: Islamic State (ISKP)**", "iskp", "Islamic State (ISKP)"),
            ("H2 - Sabotage", "H2", "Sabotage"),
            ("H2. Sabotage", "H2", "Sabotage"),
            ("(H2) Sabotage", "H2", "Sabotage"),
            ("H3", "H3", "H3"),
        ] {
            assert_eq!(split(head), (Some(id.to_owned()), name.to_owned()), "{head}");
        }
        assert_eq!(split("Who: the dog did it, or did it?").0.as_deref(), Some("Who"));
        assert_eq!(split("Drug smugglers"), (None, "Drug smugglers".to_owned()));
        assert_eq!(item("At noon: nothing").id, None);
        assert_eq!(item("E3: nothing").id.as_deref(), Some("E3"));
        assert_eq!(item("B52 bombers flew").id, None);
    }

    #[test]
    fn made_ids_are_short_and_different() {
        let mut ids = Ids::default();
        assert_eq!(ids.make("Islamic State Khorasan Province", 'h', 1), "islamic-state-khorasan");
        assert_eq!(ids.make("Islamic State Khorasan, again", 'h', 2), "islamic-state-khorasan-2");
        assert_eq!(ids.make("Кто?", 'h', 3), "h3");
    }
}
