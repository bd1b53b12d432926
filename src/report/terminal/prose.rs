//! Sentences broken into lines.

use super::palette::styled;
use crate::present::{Phrase, Tone};
use crate::report::Colour;
use crate::text::wrap;

/// Returns phrases as lines of at most this many columns, escaped and styled.
pub(super) fn paragraph(phrases: &[Phrase<'_>], columns: usize, colour: Colour) -> Vec<String> {
    let pieces = phrases.iter().map(|phrase| (phrase.text.as_ref(), phrase.tone));
    let written =
        |runs: &Vec<(String, Tone)>| runs.iter().map(|(text, tone)| styled(text, *tone, colour)).collect();
    wrap(pieces, columns).iter().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_touch_stay_together() {
        let phrases = [Phrase::new("Alpha", Tone::Strong), Phrase::plain(", then the rest")];
        assert_eq!(paragraph(&phrases, 10, Colour::None), ["Alpha,", "then the", "rest"]);
        let styled = paragraph(&phrases, 80, Colour::Many);
        assert_eq!(styled, ["\u{1b}[1mAlpha\u{1b}[0m, then the rest"]);
    }
}
