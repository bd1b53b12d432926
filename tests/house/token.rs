//! Rust code as words and signs, without comments, literals and what is compiled for tests only.

use std::iter::Peekable;
use std::str::Chars;

/// The words of a text (names, keywords, numbers), each sign by itself, and `::` as one. A string is one `""`.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '/' if rest.peek() == Some(&'/') => drop(rest.by_ref().find(|c| *c == '\n')),
            '/' if rest.peek() == Some(&'*') => skip_comment(&mut rest),
            '"' => {
                skip_string(&mut rest);
                tokens.push("\"\"".to_owned());
            }
            'r' | 'b'
                if matches!(rest.peek(), Some('"' | '#' | 'r' | '\'')) && skip_prefixed(c, &mut rest) =>
            {
                tokens.push("\"\"".to_owned());
            }
            '\'' => skip_quoted(&mut rest),
            c if is_word(c) => {
                let mut word = c.to_string();
                while let Some(c) = rest.next_if(|c| is_word(*c)) {
                    word.push(c);
                }
                tokens.push(word);
            }
            ':' if rest.next_if_eq(&':').is_some() => tokens.push("::".to_owned()),
            c if c.is_whitespace() => {}
            c => tokens.push(c.to_string()),
        }
    }
    tokens
}

/// The tokens of a text without its items behind `#[cfg(test)]`.
pub(crate) fn without_tests(tokens: &[String]) -> Vec<String> {
    const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].iter().take(TEST.len()).eq(TEST.iter()) {
            at = end_of_item(tokens, at + TEST.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// The position after an item: after its semicolon, or after the brace that closes it.
fn end_of_item(tokens: &[String], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "{" | "[" | "(" => depth += 1,
            "}" if depth == 1 => return at + 1,
            "}" | "]" | ")" => depth = depth.saturating_sub(1),
            ";" if depth == 0 => return at + 1,
            _ => {}
        }
    }
    tokens.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Skips the rest of a comment that may hold others.
fn skip_comment(rest: &mut Peekable<Chars<'_>>) {
    let mut depth = 0_usize;
    let mut before = '/';
    for c in rest.by_ref() {
        match (before, c) {
            ('/', '*') => depth += 1,
            ('*', '/') if depth == 1 => return,
            ('*', '/') => depth -= 1,
            _ => {}
        }
        before = c;
    }
}

/// Skips the rest of a string after its opening quote.
fn skip_string(rest: &mut Peekable<Chars<'_>>) {
    while let Some(c) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}

/// Skips a raw string, a byte string or a byte after its first letter. Returns whether it was one.
fn skip_prefixed(first: char, rest: &mut Peekable<Chars<'_>>) -> bool {
    let mut ahead = rest.clone();
    let is_raw = first == 'r' || ahead.next_if_eq(&'r').is_some();
    let mut hashes = 0;
    while is_raw && ahead.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    match ahead.next() {
        Some('\'') if !is_raw => skip_quoted(&mut ahead),
        Some('"') if !is_raw => skip_string(&mut ahead),
        Some('"') => loop {
            match ahead.next() {
                Some('"') if (0..hashes).all(|_| ahead.next_if_eq(&'#').is_some()) => break,
                Some(_) => {}
                None => break,
            }
        },
        // A raw name, or a name that begins with these letters.
        _ => return false,
    }
    *rest = ahead;
    true
}

/// Skips the rest of a character after its quote; of a lifetime, nothing.
fn skip_quoted(rest: &mut Peekable<Chars<'_>>) {
    let mut ahead = rest.clone();
    match (ahead.next(), ahead.next()) {
        (Some('\\'), Some(_)) => {
            rest.nth(1);
            rest.find(|c| *c == '\'');
        }
        (Some(_), Some('\'')) => drop(rest.nth(1)),
        _ => {}
    }
}
