//! Dates: a day, or only a month or a year.

use jiff::civil;

/// A calendar day, 0001-01-01 to 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

impl Day {
    /// Returns the day that `text` spells as `YYYY-MM-DD`, if it exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [y @ .., b'-', _, _, b'-', _, _] if y.len() == 4 => {}
            _ => return None,
        }
        let year = digits(text.get(0..4)?)?;
        let month = digits(text.get(5..7)?)?;
        let day = digits(text.get(8..10)?)?;
        Self::new(year, month, day)
    }

    /// Returns the number of days from `earlier` to this day.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.duration_since(earlier.0).as_hours() / 24
    }

    /// Returns the day before; `None` before year 1.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let day = self.0.yesterday().ok()?;
        (day.year() >= 1).then_some(Self(day))
    }

    fn new(year: i16, month: i16, day: i16) -> Option<Self> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        (year >= 1).then(|| civil::Date::new(year, month, day).ok().map(Self))?
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// The date on which something became known, as precisely as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// `2025-12-02`
    Day(Day),
    /// `"2024-01"`: some day of this month. The day held is its last.
    Month(Day),
    /// `"2021"`: some day of this year. The day held is its last.
    Year(Day),
}

impl Date {
    /// Returns the date that `text` spells as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.len() {
            10 => Day::parse(text).map(Self::Day),
            7 => {
                let (year, month) = text.split_once('-')?;
                let first = Day::new(digits_of(year, 4)?, digits_of(month, 2)?, 1)?;
                Some(Self::Month(Day(first.0.last_of_month())))
            }
            4 => Day::new(digits_of(text, 4)?, 12, 31).map(Self::Year),
            _ => None,
        }
    }

    /// Returns the day itself, or the first day of the month or year.
    #[must_use]
    pub fn first_day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::Month(day) => Day(day.0.first_of_month()),
            Self::Year(day) => Day(day.0.first_of_year()),
        }
    }

    /// Returns the effective day: the day itself, or the last day of the month or year.
    #[must_use]
    pub const fn last_day(self) -> Day {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Year(day) => day,
        }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(day) => write!(f, "{:04}-{:02}", day.0.year(), day.0.month()),
            Self::Year(day) => write!(f, "{:04}", day.0.year()),
        }
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn digits_of(text: &str, len: usize) -> Option<i16> {
    (text.len() == len).then(|| digits(text))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_date_counts_from_its_last_day() {
        let last = |text: &str| Date::parse(text).unwrap().last_day().to_string();
        assert_eq!(last("2024-02"), "2024-02-29");
        assert_eq!(last("2023-02"), "2023-02-28");
        assert_eq!(last("2021"), "2021-12-31");
        assert_eq!(last("2025-12-02"), "2025-12-02");
    }

    #[test]
    fn dates_print_as_they_were_written() {
        for text in ["2025-12-02", "2024-01", "2021", "0001-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2025-02-30",
            "2025-13",
            "2025-1-01",
            "25",
            "+025",
            "2025-00",
            "0000",
            "0000-01-01",
            "2025-12-02T10:00:00",
            "2025/12/02",
            "-025",
            "２０２５",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }
}
