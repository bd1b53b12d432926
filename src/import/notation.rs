//! Notations: the ways in which tables spell ratings.
//!
//! A table is read in one notation. Letter case, emphasis (`*`, `_`, backquotes) and surrounding blanks do not count, and
//! `RATING (text)` is a rating with a note. Knows texts and ratings; must never know where a cell stands.

use std::collections::BTreeMap;

use crate::scenario::{Judgement, Rating, keyword};
use crate::text::nearest;

keyword! {
    /// A set of spellings for the steps of the scale.
    pub enum Notation {
        /// `CC C N I II`
        Letters = "letters",
        /// `++ + 0 - --`
        Signs = "signs",
        /// `2 1 0 -1 -2`
        Numbers = "numbers",
        /// `very consistent`, `contradicts` and so on.
        Words = "words",
    }
}

/// The meaning of a cell without its note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A rating.
    Rated(Rating),
    /// Not rated.
    Blank,
}

impl Mark {
    /// The mark that a word of the command line names: a rating as files have it, or `blank`.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "blank" => Some(Self::Blank),
            _ => Rating::parse(&word.to_uppercase()).map(Self::Rated),
        }
    }

    /// The rating; `None` is a blank.
    pub const fn rating(self) -> Option<Rating> {
        match self {
            Self::Rated(rating) => Some(rating),
            Self::Blank => None,
        }
    }
}

/// Longest spelling of a rating or a number, in bytes; longer cells are texts.
const MAX_MARK: usize = 200;

/// Spellings that a legend or the user gives, by their plain form.
pub type OwnMarks = BTreeMap<String, Mark>;

/// Reads the cells of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingReader {
    /// The notation.
    pub notation: Notation,
    own: OwnMarks,
    dash_is_blank: bool,
}

impl RatingReader {
    /// A reader of this notation. `own` spellings go before those of the notation. A lone dash is blank but beside signs.
    pub fn new(notation: Notation, own: OwnMarks) -> Self {
        Self { notation, own, dash_is_blank: notation != Notation::Signs }
    }

    /// The reader that fits most of these cells: texts that may be ratings, without heads and texts of items. `None` if
    /// none of them is a rating, or where only numbers are and they leave -2 to 2 or are never negative: ranks and
    /// counts look like that.
    pub fn fitting<'a>(cells: impl Iterator<Item = &'a str> + Clone, own: &OwnMarks) -> Option<Self> {
        let fit = |notation: Notation| {
            let reader = Self::new(notation, own.clone());
            let plain = cells.clone().map(|cell| split_note(cell).0).map(plain);
            let plain: Vec<String> = plain.filter(|cell| !cell.is_empty()).collect();
            match notation {
                Notation::Signs => {
                    if !plain.iter().any(|cell| matches!(cell.as_str(), "+" | "++" | "--")) {
                        return None;
                    }
                }
                Notation::Numbers => {
                    let numbers = || plain.iter().filter_map(|cell| number(cell));
                    if numbers().any(|n| n.abs() > 2.0) || !numbers().any(|n| n < 0.0) {
                        return None;
                    }
                }
                Notation::Letters | Notation::Words => {}
            }
            let read = plain.iter().filter(|cell| matches!(reader.mark(cell), Some(Mark::Rated(_)))).count();
            (read > 0).then_some((read, reader))
        };
        let fits = Notation::ALL.iter().filter_map(|notation| fit(*notation));
        // Of equal ones the first.
        fits.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, reader)| reader)
    }

    /// Reads a cell; `None` if it is neither a rating nor a blank.
    pub fn read(&self, cell: &str) -> Option<Judgement> {
        let (rating, note) = split_note(cell);
        let judgement = |mark: Mark, note: Option<&str>| Judgement {
            rating: mark.rating(),
            note: note.map(str::to_owned),
            ..Judgement::default()
        };
        let whole = (note.is_some() && cell.len() <= MAX_MARK).then(|| self.own.get(&plain(cell))).flatten();
        if let Some(mark) = whole {
            return Some(judgement(*mark, None));
        }
        if rating.len() > MAX_MARK {
            return None;
        }
        self.mark(&plain(rating)).map(|mark| judgement(mark, note))
    }

    /// Whether a cell is a rating.
    pub fn is_rating(&self, cell: &str) -> bool {
        self.read(cell).is_some_and(|judgement| judgement.rating.is_some())
    }

    /// Whether a cell says nothing: it is empty, or not rated and without a note.
    pub fn is_blank(&self, cell: &str) -> bool {
        self.read(cell).is_some_and(|judgement| judgement.rating.is_none() && judgement.note.is_none())
    }

    /// The spelling nearest to a cell that cannot be read.
    pub fn nearest<'a>(&'a self, cell: &str) -> Option<&'a str> {
        let known: &[&str] = match self.notation {
            Notation::Letters => &["CC", "C", "N", "I", "II", "NA"],
            Notation::Signs => &["++", "+", "0", "-", "--", "N/A"],
            Notation::Numbers => &["2", "1", "0", "-1", "-2", "NA"],
            Notation::Words => &[
                "very consistent",
                "consistent",
                "neutral",
                "inconsistent",
                "very inconsistent",
                "not applicable",
            ],
        };
        nearest(split_note(cell).0, known.iter().copied().chain(self.own.keys().map(String::as_str)))
    }

    fn mark(&self, plain: &str) -> Option<Mark> {
        if let Some(mark) = self.own.get(plain) {
            return Some(*mark);
        }
        match plain {
            "" | "." | "?" => return Some(Mark::Blank),
            "-" if self.dash_is_blank => return Some(Mark::Blank),
            "na" | "n/a" => return Some(Mark::Rated(Rating::NotApplicable)),
            _ => {}
        }
        match self.notation {
            Notation::Letters => Rating::parse(&plain.to_uppercase()).map(Mark::Rated),
            Notation::Signs => sign(plain),
            Notation::Numbers => {
                let whole = number(plain).filter(|n| n.fract() == 0.0 && n.abs() <= 2.0)?;
                Rating::SCALE
                    .into_iter()
                    .find(|r| r.value().is_some_and(|v| f64::from(v) == whole))
                    .map(Mark::Rated)
            }
            Notation::Words => word(plain),
        }
    }
}

/// A cell as it is compared: lower case, without emphasis and surrounding blanks, with plain dashes and spaces.
pub fn plain(cell: &str) -> String {
    let is_decoration = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '\u{200b}' | '\u{feff}');
    let mut plain = String::with_capacity(cell.len());
    for c in cell.trim_matches(is_decoration).chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => plain.push('-'),
            '\u{ff0b}' => plain.push('+'),
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

/// Splits `RATING (text)`; without a note the second part is `None`.
fn split_note(cell: &str) -> (&str, Option<&str>) {
    let trimmed = cell.trim();
    let note = trimmed.strip_suffix(')').and_then(|rest| rest.split_once('('));
    match note {
        Some((rating, note)) if !note.trim().is_empty() => (rating.trim_end(), Some(note.trim())),
        _ => (trimmed, None),
    }
}

/// A finite number with a point or, as some languages write it, a comma; a plus before it does not count.
pub(super) fn number(plain: &str) -> Option<f64> {
    let is_number = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+');
    let spelled = plain.bytes().all(is_number) && plain.bytes().any(|b| b.is_ascii_digit());
    spelled.then(|| plain.replacen(',', ".", 1).parse().ok()).flatten()
}

/// The number that a cell is.
pub(super) fn figure(cell: &str) -> Option<f64> {
    if cell.len() > MAX_MARK { None } else { number(&plain(cell)) }
}

/// The rating of a whole score from 5 to -5, as researchtoolspy has them: 3 and more is very consistent.
pub(super) fn of_five(cell: &str) -> Option<Rating> {
    match figure(cell).filter(|score| score.fract() == 0.0 && score.abs() <= 5.0)? {
        3.0.. => Some(Rating::VeryConsistent),
        1.0.. => Some(Rating::Consistent),
        -0.5.. => Some(Rating::Neutral),
        -2.0.. => Some(Rating::Inconsistent),
        _ => Some(Rating::VeryInconsistent),
    }
}

/// Whether a note is nothing but another spelling of the rating beside it, as in `Consistent (C)`.
pub(super) fn repeats(note: &str, rating: Rating) -> bool {
    let note = plain(note);
    let spelled = |notation: &Notation| RatingReader::new(*notation, OwnMarks::new()).mark(&note);
    Notation::ALL.iter().any(|notation| spelled(notation) == Some(Mark::Rated(rating)))
}

fn sign(plain: &str) -> Option<Mark> {
    let rating = match plain {
        "++" => Rating::VeryConsistent,
        "+" => Rating::Consistent,
        "0" | "n" => Rating::Neutral,
        "-" => Rating::Inconsistent,
        "--" => Rating::VeryInconsistent,
        _ => return None,
    };
    Some(Mark::Rated(rating))
}

/// The rating that a word stands for, in tables and in legends.
pub(super) fn word(plain: &str) -> Option<Mark> {
    let spaced = plain.replace(['-', '_'], " ");
    match spaced.as_str() {
        "not applicable" => return Some(Mark::Rated(Rating::NotApplicable)),
        "not rated" | "unrated" | "not yet rated" => return Some(Mark::Blank),
        "neutral" | "ambiguous" => return Some(Mark::Rated(Rating::Neutral)),
        _ => {}
    }
    let strong = ["very ", "highly ", "strongly "].iter().find_map(|prefix| spaced.strip_prefix(prefix));
    let rating = match (strong.unwrap_or(&spaced), strong.is_some()) {
        ("consistent" | "supports" | "support" | "supporting", true) => Rating::VeryConsistent,
        ("consistent" | "supports" | "support" | "supporting", false) => Rating::Consistent,
        ("inconsistent" | "contradicts" | "contradict" | "contradicting", false) => Rating::Inconsistent,
        ("inconsistent" | "contradicts" | "contradict" | "contradicting", true) => Rating::VeryInconsistent,
        _ => return None,
    };
    Some(Mark::Rated(rating))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(cells: &[&str]) -> Option<RatingReader> {
        RatingReader::fitting(cells.iter().copied(), &OwnMarks::new())
    }

    fn ratings(reader: &RatingReader, cells: &[&str]) -> Vec<Option<&'static str>> {
        let rating = |cell: &&str| reader.read(cell).expect(cell).rating.map(Rating::as_str);
        cells.iter().map(rating).collect()
    }

    #[test]
    fn each_notation_is_known_by_its_cells() {
        for (cells, notation) in [
            (["CC", "C", "N", "I", "II", "N/A", ""], Notation::Letters),
            (["**cc**", "`c`", " n ", "_i_", "ii", "na", "."], Notation::Letters),
            (["++", "+", "0", "-", "--", "N/A", ""], Notation::Signs),
            (["++", "+", "N", "\u{2212}", "\u{2013}\u{2013}", "n/a", ""], Notation::Signs),
            (["2", "+1", "0", "-1", "\u{2212}2", "NA", ""], Notation::Numbers),
            (
                [
                    "Very consistent",
                    "supports",
                    "Ambiguous",
                    "contradicts",
                    "highly-inconsistent",
                    "not applicable",
                    "not rated",
                ],
                Notation::Words,
            ),
        ] {
            let reader = reader(&cells).expect("a notation");
            assert_eq!(reader.notation, notation, "{cells:?}");
            let expected = [Some("CC"), Some("C"), Some("N"), Some("I"), Some("II"), Some("NA"), None];
            assert_eq!(ratings(&reader, &cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn ranks_counts_and_texts_are_no_ratings() {
        for cells in [&["1", "2", "0"][..], &["-3", "1", "0"], &["4", "-1"], &["yes", "no"], &[""]] {
            assert_eq!(reader(cells), None, "{cells:?}");
        }
    }

    #[test]
    fn a_dash_is_blank_unless_signs_stand_beside_it() {
        assert_eq!(ratings(&reader(&["C", "-", "I"]).expect("letters"), &["-"]), [None]);
        assert_eq!(ratings(&reader(&["+", "-"]).expect("signs"), &["-"]), [Some("I")]);
        assert_eq!(reader(&["-", "-"]), None);
    }

    #[test]
    fn text_in_brackets_is_a_note() {
        let reader = reader(&["II (It (usually) claims.)", "C"]).expect("letters");
        let read = reader.read("II (It (usually) claims.)").expect("a rating");
        assert_eq!(read.rating, Some(Rating::VeryInconsistent));
        assert_eq!(read.note.as_deref(), Some("It (usually) claims."));
        let blank = reader.read("(nobody looked)").expect("a blank");
        assert_eq!((blank.rating, blank.note.as_deref()), (None, Some("nobody looked")));
        assert_eq!(reader.read("maybe (so)"), None);
        assert_eq!(reader.nearest("CCC (so)"), Some("CC"));
    }

    #[test]
    fn what_the_user_says_of_a_word_goes_first() {
        let own = OwnMarks::from([
            ("yes".to_owned(), Mark::Rated(Rating::Consistent)),
            ("n".to_owned(), Mark::Blank),
        ]);
        let reader = RatingReader::fitting(["yes", "n", "II"].into_iter(), &own).expect("letters");
        assert_eq!(ratings(&reader, &["YES", "N", "II"]), [Some("C"), None, Some("II")]);
    }
}
