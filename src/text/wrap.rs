//! Breaking sentences into lines by width, whatever their parts look like.

use super::sanitize::single_line;
use super::width::{split_at_width, width};

/// Pieces of a sentence as lines of at most this many columns, escaped: broken between words where that can be,
/// inside those that are wider than a line. Each line is a list of runs with the tone that they were given; pieces
/// that touch stay together. The space between runs goes with the first if that has the default tone.
pub(crate) fn wrap<'t, T: Copy + PartialEq + Default>(
    pieces: impl IntoIterator<Item = (&'t str, T)>,
    columns: usize,
) -> Vec<Vec<(String, T)>> {
    let columns = columns.max(1);
    let texts: Vec<_> = pieces.into_iter().map(|(text, tone)| (single_line(text), tone)).collect();
    let mut lines = Lines { columns, done: Vec::new(), width: 0, word: Vec::new(), word_width: 0 };
    for (text, tone) in &texts {
        for (at, part) in text.split(' ').enumerate() {
            if at > 0 {
                lines.end_word();
            }
            lines.add(part, *tone);
        }
    }
    lines.end_word();
    lines.done
}

/// A text of one tone as lines of at most this many columns, escaped.
pub(crate) fn wrap_plain(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap([(text, ())], columns);
    lines.into_iter().map(|runs| runs.into_iter().map(|(text, ())| text).collect()).collect()
}

/// Lines in the making, and the word that comes next: the pieces between two spaces, no wider than a line.
struct Lines<'t, T> {
    columns: usize,
    /// The text of each line in runs of one tone.
    done: Vec<Vec<(String, T)>>,
    /// Columns of the last line.
    width: usize,
    word: Vec<(&'t str, T)>,
    word_width: usize,
}

impl<'t, T: Copy + PartialEq + Default> Lines<'t, T> {
    /// Adds a piece without spaces to the word, which ends where it would be wider than a line.
    fn add(&mut self, mut rest: &'t str, tone: T) {
        while self.word_width + width(rest) > self.columns {
            if self.word_width > 0 {
                self.end_word();
                continue;
            }
            let (start, after) = split_at_width(rest, self.columns);
            if after.is_empty() {
                break;
            }
            self.push(start, tone);
            self.end_word();
            rest = after;
        }
        self.push(rest, tone);
    }

    fn push(&mut self, piece: &'t str, tone: T) {
        if !piece.is_empty() {
            self.word_width += width(piece);
            self.word.push((piece, tone));
        }
    }

    /// Puts the word, if it shows, on the last line or on a new one.
    fn end_word(&mut self) {
        let word_width = std::mem::take(&mut self.word_width);
        let word = self.word.drain(..);
        if word_width == 0 {
            return;
        }
        match self.done.last_mut() {
            Some(line) if self.width + 1 + word_width <= self.columns => {
                self.width += 1 + word_width;
                append(line, word);
            }
            _ => {
                self.width = word_width;
                self.done.push(word.map(|(text, tone)| (text.to_owned(), tone)).collect());
            }
        }
    }
}

/// Appends a space and a word to a line.
fn append<'t, T: PartialEq + Default>(line: &mut Vec<(String, T)>, word: impl Iterator<Item = (&'t str, T)>) {
    let mut space = " ";
    for (text, tone) in word {
        match line.last_mut() {
            Some((run, same)) if *same == tone => {
                run.push_str(space);
                run.push_str(text);
            }
            Some((run, before)) if *before == T::default() => {
                run.push_str(space);
                line.push((text.to_owned(), tone));
            }
            _ => line.push((format!("{space}{text}"), tone)),
        }
        space = "";
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
