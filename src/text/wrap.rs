//! Breaking sentences into lines by width, whatever their parts look like.

use super::sanitize::single_line;
use super::width::{split_at_width, width};

/// The text between two spaces: one piece, or several of different tones.
#[derive(Debug)]
struct Word<T> {
    pieces: Vec<(String, T)>,
    width: usize,
}

impl<T> Word<T> {
    const fn new() -> Self {
        Self { pieces: Vec::new(), width: 0 }
    }

    fn push(&mut self, text: &str, tone: T) {
        if !text.is_empty() {
            self.width += width(text);
            self.pieces.push((text.to_owned(), tone));
        }
    }
}

/// Pieces of a sentence as lines of at most this many columns, escaped: broken between words where that can be,
/// inside those that are wider than a line. Each line is a list of runs with the tone that they were given; pieces
/// that touch stay together. The space between runs goes with the first if that has the default tone.
pub(crate) fn wrap<'t, T: Copy + PartialEq + Default>(
    pieces: impl IntoIterator<Item = (&'t str, T)>,
    columns: usize,
) -> Vec<Vec<(String, T)>> {
    let mut lines: Vec<Line<T>> = Vec::new();
    for word in words(pieces, columns.max(1)) {
        match lines.last_mut() {
            Some(line) if line.width + 1 + word.width <= columns => line.append(word),
            _ => lines.push(Line { width: word.width, runs: word.pieces }),
        }
    }
    lines.into_iter().map(|line| line.runs).collect()
}

/// A text of one tone as lines of at most this many columns, escaped.
#[must_use]
pub(crate) fn wrap_plain(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap([(text, ())], columns);
    lines.into_iter().map(|runs| runs.into_iter().map(|(text, ())| text).collect()).collect()
}

/// The words of the pieces, none wider than a line. Pieces that touch make one word.
fn words<'t, T: Copy>(pieces: impl IntoIterator<Item = (&'t str, T)>, columns: usize) -> Vec<Word<T>> {
    let mut words: Vec<Word<T>> = Vec::new();
    let mut word = Word::new();
    for (text, tone) in pieces {
        let text = single_line(text);
        for (at, part) in text.split(' ').enumerate() {
            if at > 0 {
                words.push(std::mem::replace(&mut word, Word::new()));
            }
            let mut rest = part;
            while word.width + width(rest) > columns {
                if word.width > 0 {
                    words.push(std::mem::replace(&mut word, Word::new()));
                    continue;
                }
                let (start, after) = split_at_width(rest, columns);
                if after.is_empty() {
                    break;
                }
                word.push(start, tone);
                words.push(std::mem::replace(&mut word, Word::new()));
                rest = after;
            }
            word.push(rest, tone);
        }
    }
    words.push(word);
    words.retain(|word| word.width > 0);
    words
}

/// A line in the making: its text in runs of one tone.
#[derive(Debug)]
struct Line<T> {
    runs: Vec<(String, T)>,
    width: usize,
}

impl<T: Copy + PartialEq + Default> Line<T> {
    fn append(&mut self, word: Word<T>) {
        self.width += 1 + word.width;
        let mut space = " ";
        for (text, tone) in word.pieces {
            match self.runs.last_mut() {
                Some((run, same)) if *same == tone => {
                    run.push_str(space);
                    run.push_str(&text);
                }
                Some((run, before)) if *before == T::default() => {
                    run.push_str(space);
                    self.runs.push((text, tone));
                }
                _ => self.runs.push((format!("{space}{text}"), tone)),
            }
            space = "";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<String> {
        let lines = wrap([(text, ())], columns);
        lines.iter().map(|runs| runs.iter().map(|(text, ())| text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_inside_what_is_too_long() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("evidence", 3), ["evi", "den", "ce"]);
        assert_eq!(wrapped("a evidence b", 4), ["a", "evid", "ence", "b"]);
        assert_eq!(wrapped("日本語 x", 3), ["日", "本", "語", "x"]);
        assert_eq!(wrapped("a\u{1b}b", 20), ["a\\u001bb"]);
        assert!(wrapped("  ", 20).is_empty());
    }

    #[test]
    fn pieces_that_touch_stay_together_and_keep_their_tones() {
        let lines = wrap([("Alpha", 1), (", then", 0), (" the rest", 0)], 10);
        assert_eq!(
            lines,
            [
                vec![("Alpha".into(), 1), (",".into(), 0)],
                vec![("then the".into(), 0)],
                vec![("rest".into(), 0)]
            ]
        );
    }
}
