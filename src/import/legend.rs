//! Legends: lines and rows near a table that say what its letters mean (`S = supports`), or what its hypotheses are called
//! (`H1: Overload`).

use std::collections::BTreeMap;

use super::ImportPlace;
use super::grid::{Grid, GridCell, GridRow};
use super::name::{hypothesis, undecorated};
use super::notation::{Mark, Notation, OwnMarks, RatingReader, plain, word};

/// An entry of a legend that gives a spelling another meaning than it has without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LegendEntry {
    pub(super) spelling: String,
    pub(super) mark: Mark,
    pub(super) place: ImportPlace,
}

/// The entries of the legends in and beside a grid, at least two. Spellings that are explained in two ways are left out.
/// A legend to the right of the table goes out of the grid, or its spellings would be taken for ratings.
pub(super) fn entries(grid: &mut Grid) -> Vec<LegendEntry> {
    let mut found: BTreeMap<String, (Option<Mark>, ImportPlace)> = BTreeMap::new();
    let mut add = |spelling: String, mark: Mark, place: ImportPlace| {
        let known = found.entry(spelling).or_insert((Some(mark), place));
        known.0 = known.0.filter(|known| *known == mark);
    };
    for cell in grid.rows.iter().flat_map(|row| &row.cells).chain(&grid.beside) {
        for (spelling, mark) in in_text(&cell.text) {
            add(spelling, mark, grid.place_of(cell));
        }
    }
    for row in &grid.rows {
        if let [spelling, meaning] = row.cells.as_slice()
            && let Some(spelling) = spelling_of(&spelling.text)
            && let Some(mark) = meaning_of(&meaning.text)
        {
            add(spelling, mark, grid.place_of(meaning));
        }
    }
    for row in &mut grid.rows {
        let at = row.cells.len().saturating_sub(2);
        if let [.., before, spelling, meaning] = row.cells.as_slice()
            && before.column + 1 < spelling.column
            && let Some(mark) = meaning_of(&meaning.text)
            && let Some(written) = spelling_of(&spelling.text)
        {
            let place = match &grid.sheet {
                Some(sheet) => ImportPlace::cell(Some(sheet.clone()), meaning.line, meaning.at),
                None => ImportPlace::text(meaning.line, meaning.at),
            };
            add(written, mark, place);
            row.cells.truncate(at);
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    let entry = |(spelling, (mark, place))| Some(LegendEntry { spelling, mark: mark?, place });
    found.into_iter().filter_map(entry).collect()
}

/// The spellings of a legend, for a reader.
pub(super) fn marks(entries: &[LegendEntry], own: &OwnMarks) -> OwnMarks {
    let mut marks: OwnMarks = entries.iter().map(|entry| (entry.spelling.clone(), entry.mark)).collect();
    marks.extend(own.iter().map(|(spelling, mark)| (spelling.clone(), *mark)));
    marks
}

/// The entries that are not what a notation says anyway.
pub(super) fn surprising(entries: Vec<LegendEntry>, notation: Notation, own: &OwnMarks) -> Vec<LegendEntry> {
    let usual = RatingReader::new(notation, OwnMarks::new());
    let is_usual = |entry: &LegendEntry| {
        usual.read(&entry.spelling).is_some_and(|read| read.rating == entry.mark.rating())
            || own.contains_key(&entry.spelling)
    };
    entries.into_iter().filter(|entry| !is_usual(entry)).collect()
}

/// Whether a row is nothing but a legend.
pub(super) fn is_legend(row: &GridRow) -> bool {
    match row.cells.as_slice() {
        [only] => in_text(&only.text).count() > 0,
        [spelling, meaning] => spelling_of(&spelling.text).is_some() && meaning_of(&meaning.text).is_some(),
        _ => false,
    }
}

fn in_text(text: &str) -> impl Iterator<Item = (String, Mark)> + '_ {
    let text = if text.len() > 2000 { "" } else { text };
    text.split([',', ';', '\n', '|']).filter_map(|part| {
        let (spelling, meaning) = part.split_once(['=', ':', '\u{2013}', '\u{2014}'])?;
        // Before the first entry may stand `Legend:`.
        let (spelling, meaning) = match meaning.split_once('=') {
            Some(inner) if !spelling.contains('=') => inner,
            _ => (spelling, meaning),
        };
        Some((spelling_of(spelling)?, meaning_of(meaning)?))
    })
}

/// A spelling as legends have it: up to three letters, a sign or a number.
fn spelling_of(text: &str) -> Option<String> {
    if text.len() > 100 {
        return None;
    }
    let plain = plain(undecorated(text).trim_matches(['(', ')', '[', ']', '"', '\'']));
    let is_short = (1..=3).contains(&plain.chars().count());
    let is_code = plain.chars().all(char::is_alphabetic)
        || plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
        || plain.chars().all(|c| !c.is_alphanumeric() && !c.is_whitespace())
        || plain == "n/a";
    (is_short && is_code).then_some(plain)
}

/// The rating that the words of a legend name; what follows in brackets or after `with` does not count.
fn meaning_of(text: &str) -> Option<Mark> {
    let plain = plain(text);
    let plain = plain.split(['(', '.']).next().unwrap_or_default();
    let plain = plain.split(" with").next().unwrap_or_default();
    let plain =
        plain.trim().trim_end_matches(" hypothesis").trim_end_matches(" the").trim_end_matches(" evidence");
    word(plain)
}

/// The name that a line near the table gives to a hypothesis of which the head has only the id.
pub(super) fn name_of<'g>(
    id: &str,
    rows: impl Iterator<Item = &'g GridRow>,
    beside: &'g [GridCell],
) -> Option<(String, &'g GridCell)> {
    let is_it = |written: &str| written.eq_ignore_ascii_case(id);
    let named = |cell: &'g GridCell| {
        let named = hypothesis(cell.text.trim());
        (named.id.as_deref().is_some_and(is_it) && !is_it(&named.name)).then_some((named.name, cell))
    };
    let in_pair = |row: &'g GridRow| match row.cells.as_slice() {
        [first, second, ..] if is_it(undecorated(&first.text)) => {
            Some((undecorated(&second.text).to_owned(), second))
        }
        _ => row.cells.iter().find_map(named),
    };
    rows.filter_map(in_pair).chain(beside.iter().filter_map(named)).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Rating;

    fn legend(text: &str) -> Vec<(String, &'static str)> {
        let show =
            |(spelling, mark): (String, Mark)| (spelling, mark.rating().map_or("blank", Rating::as_str));
        in_text(text).map(show).collect()
    }

    #[test]
    fn legends_are_read_in_their_usual_forms() {
        for text in [
            "CC = Very consistent, I = Inconsistent with hypothesis",
            "Legend: **CC** = very consistent (supports); `I`: contradicts the hypothesis",
            "CC \u{2013} strongly supports | I \u{2013} inconsistent.",
        ] {
            assert_eq!(legend(text), [("cc".to_owned(), "CC"), ("i".to_owned(), "I")], "{text}");
        }
        assert_eq!(
            legend("5 = strongly supports, + = supports"),
            [("5".to_owned(), "CC"), ("+".to_owned(), "C")]
        );
        for text in ["The dog: consistent", "A long line, without any", "Note: supports"] {
            assert_eq!(legend(text), [], "{text}");
        }
    }
}
