//! Sentences broken into lines.

use super::palette::styled;
use crate::present::{Phrase, Tone};
use crate::report::Colour;
use crate::text::{single_line, split_at_width, width};

/// What stands between two spaces: one piece, or several of different tones.
#[derive(Debug, Default)]
struct Word {
    pieces: Vec<(String, Tone)>,
    width: usize,
}

impl Word {
    fn push(&mut self, text: &str, tone: Tone) {
        if !text.is_empty() {
            self.width += width(text);
            self.pieces.push((text.to_owned(), tone));
        }
    }
}

/// The phrases as lines of at most this many columns, escaped and styled.
pub(super) fn paragraph(phrases: &[Phrase<'_>], columns: usize, colour: Colour) -> Vec<String> {
    let mut lines: Vec<Line> = Vec::new();
    for word in words(phrases, columns.max(1)) {
        match lines.last_mut() {
            Some(line) if line.width + 1 + word.width <= columns => line.append(word),
            _ => lines.push(Line::of(word)),
        }
    }
    lines.iter().map(|line| line.written(colour)).collect()
}

/// A text without emphasis as lines of at most this many columns, escaped.
pub(in crate::report) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    paragraph(&[Phrase::plain(text)], columns, Colour::None)
}

/// The words of the phrases, none wider than a line. Phrases that touch make one word.
fn words(phrases: &[Phrase<'_>], columns: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut word = Word::default();
    for phrase in phrases {
        let text = single_line(&phrase.text);
        for (at, part) in text.split(' ').enumerate() {
            if at > 0 {
                words.push(std::mem::take(&mut word));
            }
            let mut rest = part;
            while word.width + width(rest) > columns {
                if word.width > 0 {
                    words.push(std::mem::take(&mut word));
                    continue;
                }
                let (start, after) = split_at_width(rest, columns);
                if after.is_empty() {
                    break;
                }
                word.push(start, phrase.tone);
                words.push(std::mem::take(&mut word));
                rest = after;
            }
            word.push(rest, phrase.tone);
        }
    }
    words.push(word);
    words.retain(|word| word.width > 0);
    words
}

/// A line in the making: its text in runs of one tone.
#[derive(Debug)]
struct Line {
    runs: Vec<(String, Tone)>,
    width: usize,
}

impl Line {
    fn of(word: Word) -> Self {
        Self { width: word.width, runs: word.pieces }
    }

    fn append(&mut self, word: Word) {
        self.width += 1 + word.width;
        let mut space = " ";
        for (text, tone) in word.pieces {
            match self.runs.last_mut() {
                Some((run, same)) if *same == tone => {
                    run.push_str(space);
                    run.push_str(&text);
                }
                Some((run, Tone::Plain)) => {
                    run.push_str(space);
                    self.runs.push((text, tone));
                }
                _ => self.runs.push((format!("{space}{text}"), tone)),
            }
            space = "";
        }
    }

    fn written(&self, colour: Colour) -> String {
        self.runs.iter().map(|(text, tone)| styled(text, *tone, colour)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn phrases_that_touch_stay_together() {
        let phrases = [Phrase::new("Alpha", Tone::Strong), Phrase::plain(", then the rest")];
        assert_eq!(paragraph(&phrases, 10, Colour::None), ["Alpha,", "then the", "rest"]);
        let styled = paragraph(&phrases, 80, Colour::Many);
        assert_eq!(styled, ["\u{1b}[1mAlpha\u{1b}[0m, then the rest"]);
    }
}
