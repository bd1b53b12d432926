//! Values of the fields of items: words, levels, grades, dates and lists as tables write them.

use super::notation::{number, plain};
use crate::scenario::{Date, Evidence, EvidenceField, Fielded, Grade, Level, Shape, Value};

/// A value, and whether it was written as our own files have it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReadValue {
    pub(super) value: Value,
    pub(super) is_exact: bool,
}

/// Reads a cell that is not empty as the value of a field; `None` if it is none. `raw` is kept as it is where the field
/// is a text.
pub(super) fn read(field: EvidenceField, raw: &str, scale: Option<LevelScale>) -> Option<ReadValue> {
    let exact = |value| Some(ReadValue { value, is_exact: true });
    match Evidence::shape(field) {
        Shape::Text | Shape::Name => exact(Value::Text(raw.to_owned())),
        Shape::List | Shape::TextOrList => exact(Value::List(list(raw))),
        Shape::Word(words) if words == Level::WORDS => level(raw, scale),
        Shape::Word(words) => {
            let word = plain(raw);
            words
                .contains(&word.as_str())
                .then(|| ReadValue { is_exact: word == raw.trim(), value: Value::Text(word) })
        }
        Shape::Date => date(raw),
        Shape::Grade => grade(raw),
        Shape::Flag | Shape::Number | Shape::PositiveNumber | Shape::Day => None,
    }
}

/// A text as a value of a field, in the spelling of our own files; `None` if it is none.
pub(super) fn typed(shape: Shape, text: &str) -> Option<Value> {
    match shape {
        Shape::List | Shape::TextOrList => Some(Value::List(list(text))),
        Shape::Number | Shape::PositiveNumber => text.trim().parse().ok().map(Value::Number),
        Shape::Flag => text.trim().to_lowercase().parse().ok().map(Value::Flag),
        Shape::Text | Shape::Name => Some(Value::Text(text.to_owned())),
        Shape::Word(_) | Shape::Day | Shape::Date | Shape::Grade => Some(Value::Text(text.trim().to_owned())),
    }
}

/// The entries between semicolons.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// The numbers of a column of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LevelScale {
    /// 0.5 to 2: the nearest of the factors of low, medium and high counts.
    #[default]
    Factors,
    /// 0 to 1, by thirds.
    Thirds,
}

impl LevelScale {
    /// The scale of a column with these cells; `None` if its numbers fit neither.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let numbers: Vec<f64> = cells.filter_map(decimal).collect();
        let is_factor = |n: &f64| [0.5, 0.71, 1.0, 1.41, 2.0].iter().any(|factor| (n - factor).abs() < 0.01);
        if numbers.iter().all(is_factor) {
            return Some(Self::Factors);
        }
        let within = |low: f64, high: f64| numbers.iter().all(|n| (low..=high).contains(n));
        if within(0.0, 1.0) {
            return Some(Self::Thirds);
        }
        within(0.5, 2.0).then_some(Self::Factors)
    }
}

/// A number with a point or, as some languages write it, a comma.
fn decimal(cell: &str) -> Option<f64> {
    number(&plain(cell).replacen(',', ".", 1))
}

fn level(cell: &str, scale: Option<LevelScale>) -> Option<ReadValue> {
    let whole = plain(cell);
    let read =
        |level: Level, is_exact: bool| ReadValue { value: Value::Text(level.as_str().to_owned()), is_exact };
    if let Some(level) = Level::parse(&whole) {
        return Some(read(level, true));
    }
    // `High (1.5)`: the word counts.
    let word = whole.split_once('(').map_or(whole.as_str(), |(word, _)| word.trim());
    let level = match word {
        "low" | "l" => Level::Low,
        "medium" | "m" | "med" | "moderate" => Level::Medium,
        "high" | "h" => Level::High,
        _ => match (decimal(cell)?, scale?) {
            (n, LevelScale::Thirds) if n < 1.0 / 3.0 => Level::Low,
            (n, LevelScale::Thirds) if n > 2.0 / 3.0 => Level::High,
            (_, LevelScale::Thirds) => Level::Medium,
            // Halfway between the factors, on the scale on which they are apart.
            (n, LevelScale::Factors) if n < std::f64::consts::FRAC_1_SQRT_2.sqrt() => Level::Low,
            (n, LevelScale::Factors) if n > std::f64::consts::SQRT_2.sqrt() => Level::High,
            (_, LevelScale::Factors) => Level::Medium,
        },
    };
    Some(read(level, false))
}

pub(super) fn grade(cell: &str) -> Option<ReadValue> {
    let word = plain(cell).to_uppercase().replace([' ', '-'], "");
    let grade = Grade::parse(&word)?;
    Some(ReadValue { value: Value::Text(grade.to_string()), is_exact: word == cell.trim() })
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date as files have it, one with a time behind it, or one with the name of the month.
fn date(cell: &str) -> Option<ReadValue> {
    let trimmed = cell.trim();
    let read = |date: Date, is_exact: bool| ReadValue { value: Value::Date(date), is_exact };
    if let Some(date) = Date::parse(trimmed) {
        return Some(read(date, true));
    }
    if let Some((day, time)) = trimmed.split_once(['T', ' '])
        && day.len() == 10
        && time.starts_with(|c: char| c.is_ascii_digit())
        && let Some(date) = Date::parse(day)
    {
        return Some(read(date, false));
    }
    let lower = plain(trimmed);
    let words: Vec<&str> = lower.split([' ', '.', ',', '-', '/']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| {
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        word.chars().all(char::is_alphabetic).then_some(at + 1)
    };
    let day = |word: &str| word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<u8>().ok();
    let spelled = match words.as_slice() {
        [m, y] if y.len() == 4 => format!("{y}-{:02}", month(m)?),
        [d, m, y] if y.len() == 4 && month(m).is_some() => format!("{y}-{:02}-{:02}", month(m)?, day(d)?),
        [m, d, y] if y.len() == 4 && month(m).is_some() => format!("{y}-{:02}-{:02}", month(m)?, day(d)?),
        _ => return None,
    };
    Date::parse(&spelled).map(|date| read(date, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_come_as_words_letters_and_numbers() {
        let text = |cell: &str, scale| level(cell, Some(scale)).map(|read| read.value);
        let word = |word: &str| Some(Value::Text(word.to_owned()));
        for (cell, expected) in
            [("High", "high"), ("H", "high"), ("low (0.5)", "low"), ("1.41", "high"), ("0,71", "low")]
        {
            assert_eq!(text(cell, LevelScale::Factors), word(expected), "{cell}");
        }
        for (cell, expected) in [("0.2", "low"), ("0.5", "medium"), ("0.9", "high")] {
            assert_eq!(text(cell, LevelScale::Thirds), word(expected), "{cell}");
        }
        assert_eq!(text("A", LevelScale::Factors), None);
        assert_eq!(LevelScale::of(["0.5", "1"].into_iter()), Some(LevelScale::Factors));
        assert_eq!(LevelScale::of(["0.1", "1"].into_iter()), Some(LevelScale::Thirds));
        assert_eq!(LevelScale::of(["1", "5"].into_iter()), None);
    }

    #[test]
    fn dates_are_read_where_only_one_day_can_be_meant() {
        for (cell, expected) in [
            ("2024-03-09", Some("2024-03-09")),
            ("2024-03-09 00:00:00", Some("2024-03-09")),
            ("9 March 2024", Some("2024-03-09")),
            ("Mar 9th, 2024", Some("2024-03-09")),
            ("March 2024", Some("2024-03")),
            ("03/04/2024", None),
            ("soon", None),
            ("31 February 2024", None),
        ] {
            let read = date(cell).map(|read| match read.value {
                Value::Date(date) => date.to_string(),
                other => panic!("{other:?}"),
            });
            assert_eq!(read.as_deref(), expected, "{cell}");
        }
    }
}
