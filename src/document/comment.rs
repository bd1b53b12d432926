//! Comments that a merge could not keep: each line has room for one trailing comment, and both sides may have
//! written one.

use std::collections::{HashMap, HashSet};

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::Lines;
use crate::scenario::Side;

/// A comment that one side wrote and the merged file lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostComment {
    /// The side that wrote it.
    pub side: Side,
    /// Its line in that side's file, from 1.
    pub line: usize,
    /// The comment, with its `#`.
    pub text: String,
}

/// Returns the comments of ours and theirs that the result lacks, except those that the other side deleted.
#[must_use]
pub fn lost_comments(base: &str, ours: &str, theirs: &str, result: &str) -> Vec<LostComment> {
    if !theirs.contains('#') && !ours.contains('#') {
        return Vec::new();
    }
    let [base, ours, theirs, result] = [base, ours, theirs, result].map(Comments::read);
    let mut lost = ours.lost(Side::Ours, &base, &theirs, &result);
    lost.extend(theirs.lost(Side::Theirs, &base, &ours, &result));
    lost
}

/// The comments of a file, by their text.
struct Comments<'t> {
    text: &'t str,
    all: Vec<(usize, &'t str)>,
    counts: HashMap<&'t str, usize>,
}

impl<'t> Comments<'t> {
    fn read(text: &'t str) -> Self {
        let tokens = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
        let all: Vec<(usize, &str)> = tokens
            .filter_map(|token| {
                Some((token.span().start(), text.get(token.span().start()..token.span().end())?.trim_end()))
            })
            .collect();
        let mut counts = HashMap::new();
        for (_, comment) in &all {
            *counts.entry(*comment).or_default() += 1;
        }
        Self { text, all, counts }
    }

    fn count(&self, comment: &str) -> usize {
        self.counts.get(comment).copied().unwrap_or_default()
    }

    fn lost(&self, side: Side, base: &Self, other: &Self, result: &Self) -> Vec<LostComment> {
        let kept: HashSet<&str> = result.text.lines().map(str::trim).collect();
        let lines = Lines::new(self.text);
        let whole: Vec<&str> = self.text.lines().collect();
        // A comment is missing as often as this side has it more often than the result, less what the other
        // side deleted.
        let missing = |comment: &str| {
            let (before, here) = (base.count(comment), self.count(comment));
            let taken_out = before.saturating_sub(other.count(comment));
            if here > before { here.saturating_sub(taken_out + result.count(comment)) } else { 0 }
        };
        let mut left: HashMap<&str, usize> = HashMap::new();
        let mut lost = Vec::new();
        for (at, comment) in &self.all {
            let left = left.entry(comment).or_insert_with(|| missing(comment));
            let (line, _) = lines.position(*at);
            let is_there = whole.get(line - 1).is_some_and(|line| kept.contains(line.trim()));
            if *left > 0 && !is_there {
                *left -= 1;
                lost.push(LostComment { side, line, text: (*comment).to_owned() });
            }
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(base: &str, ours: &str, theirs: &str, result: &str) -> Vec<String> {
        let lost = lost_comments(base, ours, theirs, result);
        lost.into_iter().map(|lost| format!("{} {} {}", lost.side.as_str(), lost.line, lost.text)).collect()
    }

    #[test]
    fn what_one_side_wrote_and_nobody_took_out_is_missed() {
        assert_eq!(lost("a = 1\n", "a = 2 # x\n", "a = 3 # y\n", "a = 2 # x\n"), ["theirs 1 # y"]);
        assert_eq!(
            lost("a = 1 # o\n", "a = 2 # x\n", "\na = 3 # y\r\n", "a = 9\n"),
            ["ours 1 # x", "theirs 2 # y"]
        );
        assert_eq!(lost("", "", "# a\n# a\nb = 1 # a\n", "# a\n# a\nb = 1\n"), ["theirs 3 # a"]);
    }

    #[test]
    fn what_is_there_or_was_taken_out_is_not() {
        assert_eq!(lost("a = 1\n", "a = 1 # x\n", "a = 1 # x\n", "a = 1 # x\n"), [""; 0]);
        assert_eq!(lost("a = 1 # o\n", "a = 2\n", "a = 1 # o\n", "a = 2\n"), [""; 0]);
        assert_eq!(lost("a = 1\n", "a = '# x'\n", "a = '# y'\n", "a = '# x'\n"), [""; 0], "texts are none");
    }
}
