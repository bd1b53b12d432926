//! Values of the fields of items: words, levels, grades, dates and lists as tables write them.

use super::notation::{figure, number, plain};
use crate::scenario::{Date, Evidence, EvidenceField, Fielded, Grade, Level, Shape, Value};

/// A value, and whether it was written as our own files have it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ReadValue {
    pub(super) value: Value,
    pub(super) is_exact: bool,
}

/// Reads a cell that is not empty as the value of a field; `None` if it is none. `raw` is kept as it is where the field
/// is a text.
pub(super) fn read(field: EvidenceField, raw: &str, scale: ColumnScale) -> Option<ReadValue> {
    let exact = |value| Some(ReadValue { value, is_exact: true });
    match Evidence::shape(field) {
        Shape::Text | Shape::Name => exact(Value::Text(raw.to_owned())),
        Shape::List | Shape::TextOrList => exact(Value::List(list(raw))),
        Shape::Word(words) if words == Level::WORDS => level(raw, scale.levels),
        Shape::Word(words) => {
            let word = plain(raw);
            words
                .contains(&word.as_str())
                .then(|| ReadValue { is_exact: word == raw.trim(), value: Value::Text(word) })
        }
        Shape::Date => date(raw, scale.days),
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

/// A value as it is said that it was read.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => list.join("; "),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}

/// The entries between semicolons.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
}

/// How the cells of a column are read, as all of them together tell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ColumnScale {
    /// `None` if the numbers fit no scale of levels.
    pub(super) levels: Option<LevelScale>,
    /// `None` if no date tells its day from its month.
    pub(super) days: Option<DayOrder>,
}

/// The order in dates such as 3/9/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayOrder {
    DayFirst,
    MonthFirst,
}

impl DayOrder {
    /// The order of a column with these cells; `None` if none of them tells it, or if they contradict each other.
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let numbers = cells.filter_map(slashed);
        let (first, second) = numbers.fold((0, 0), |most, (a, b, _)| (most.0.max(a), most.1.max(b)));
        match (first > 12, second > 12) {
            (true, false) => Some(Self::DayFirst),
            (false, true) => Some(Self::MonthFirst),
            _ => None,
        }
    }
}

/// The numbers of a date such as 3/9/2024, the year last.
fn slashed(cell: &str) -> Option<(u8, u8, &str)> {
    let mut parts = cell.trim().split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_date = parts.next().is_none() && year.len() == 4;
    is_date.then(|| Some((first.parse().ok()?, second.parse().ok()?, year))).flatten()
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
        let numbers: Vec<f64> = cells.filter_map(figure).collect();
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
        _ => match (figure(cell)?, scale?) {
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

/// A date as files have it, one with a time behind it, one with the name of the month, one whose order is known, or the
/// number that spreadsheets count days by.
fn date(cell: &str, order: Option<DayOrder>) -> Option<ReadValue> {
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
    let spelled = serial(trimmed).or_else(|| numbered(trimmed, order)).or_else(|| spelled_out(trimmed))?;
    Date::parse(&spelled).map(|date| read(date, false))
}

/// The day with a number of spreadsheets, which count from 1900; of numbers that stand for days from 1954 to 2119.
fn serial(cell: &str) -> Option<String> {
    // What stands after the point is the time of the day.
    let whole = cell.split_once('.').map_or(cell, |(whole, _)| whole);
    let days =
        whole.parse::<i64>().ok().filter(|days| (20_000..80_000).contains(days) && number(cell).is_some())?;
    let origin = jiff::civil::date(1899, 12, 30);
    origin.checked_add(jiff::Span::new().days(days)).ok().map(|day| day.to_string())
}

/// A date in numbers: 9.3.2024, 2024/3/9, or 3/9/2024 where the order is known or does not matter.
fn numbered(cell: &str, order: Option<DayOrder>) -> Option<String> {
    let spell = |year: &str, month: u8, day: u8| Some(format!("{year}-{month:02}-{day:02}"));
    if let Some((first, second, year)) = slashed(cell) {
        return match order {
            Some(DayOrder::DayFirst) => spell(year, second, first),
            Some(DayOrder::MonthFirst) => spell(year, first, second),
            None if first == second => spell(year, first, second),
            None => None,
        };
    }
    let parts: Vec<&str> = cell.split(['.', '/']).collect();
    match parts.as_slice() {
        [day, month, year] if year.len() == 4 && cell.contains('.') => {
            spell(year, month.parse().ok()?, day.parse().ok()?)
        }
        [year, month, day] if year.len() == 4 => spell(year, month.parse().ok()?, day.parse().ok()?),
        _ => None,
    }
}

/// A date with the name of the month.
fn spelled_out(cell: &str) -> Option<String> {
    let lower = plain(cell);
    let words: Vec<&str> = lower.split([' ', '.', ',', '-', '/']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| {
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        word.chars().all(char::is_alphabetic).then_some(at + 1)
    };
    let day = |word: &str| word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<u8>().ok();
    Some(match words.as_slice() {
        [m, y] if y.len() == 4 => format!("{y}-{:02}", month(m)?),
        [d, m, y] if y.len() == 4 && month(m).is_some() => format!("{y}-{:02}-{:02}", month(m)?, day(d)?),
        [m, d, y] if y.len() == 4 && month(m).is_some() => format!("{y}-{:02}-{:02}", month(m)?, day(d)?),
        _ => return None,
    })
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
            ("9.3.2024", Some("2024-03-09")),
            ("2024/3/9", Some("2024-03-09")),
            ("45360", Some("2024-03-09")),
            ("45360.75", Some("2024-03-09")),
            ("45.360.2024", None),
            ("03/04/2024", None),
            ("04/04/2024", Some("2024-04-04")),
            ("soon", None),
            ("31 February 2024", None),
        ] {
            let read = date(cell, None).map(|read| match read.value {
                Value::Date(date) => date.to_string(),
                other => panic!("{other:?}"),
            });
            assert_eq!(read.as_deref(), expected, "{cell}");
        }
    }

    #[test]
    fn one_date_of_a_column_tells_the_order_of_all() {
        let order = |cells: &[&str]| DayOrder::of(cells.iter().copied());
        assert_eq!(order(&["3/9/2024", "31/12/2024"]), Some(DayOrder::DayFirst));
        assert_eq!(order(&["3/9/2024", "12/31/2024", "soon"]), Some(DayOrder::MonthFirst));
        assert_eq!(order(&["3/9/2024", "9/3/2024"]), None);
        assert_eq!(order(&["31/9/2024", "9/31/2024"]), None);
        let spelled = |order| numbered("3/9/2024", Some(order));
        assert_eq!(spelled(DayOrder::DayFirst).as_deref(), Some("2024-09-03"));
        assert_eq!(spelled(DayOrder::MonthFirst).as_deref(), Some("2024-03-09"));
    }
}
