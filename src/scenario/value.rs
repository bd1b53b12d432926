//! Values of fields: the types that a key can hold, and the reasons why a value is refused.

use super::date::Date;
use super::keyword::keyword;

/// The value of a field, independent of its spelling. Words and grades are texts.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, a word of a fixed set, a grade, a reference.
    Text(String),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day, month or year.
    Date(Date),
    /// Texts, in order.
    List(Vec<String>),
}

/// The values that a field accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// A text that has more than blanks in it.
    Name,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A finite number.
    Number,
    /// A finite number above 0.
    PositiveNumber,
    /// A full date.
    Day,
    /// A full date, a month or a year.
    Date,
    /// An Admiralty grade such as B2.
    Grade,
    /// An array of texts.
    List,
    /// A text or an array of texts.
    TextOrList,
}

impl Shape {
    /// Returns the words it accepts, if there is a fixed set of them.
    #[must_use]
    pub const fn words(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Word(words) => Some(words),
            Self::Flag => Some(&["true", "false"]),
            Self::Text
            | Self::Name
            | Self::Number
            | Self::PositiveNumber
            | Self::Day
            | Self::Date
            | Self::Grade
            | Self::List
            | Self::TextOrList => None,
        }
    }

    /// Returns whether it accepts several texts.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::List | Self::TextOrList)
    }
}

/// The reason why a field cannot take a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The value is of another type than the field's.
    WrongType(Shape),
    /// The text is none of these words.
    NotOneOf(&'static [&'static str]),
    /// The number is not finite, or not above 0 where it must be.
    BadNumber(Shape),
    /// The text is not a date, or one without a day where a day is needed.
    BadDate(Shape),
    /// The text is not an Admiralty grade.
    BadGrade,
    /// The field cannot be absent.
    Required,
    /// The text is blank.
    Blank,
}

impl Value {
    /// Returns the value of a field that takes a text or a list. A list of one is written as the text: `source = "x"`
    /// and `source = ["x"]` are two spellings of one value.
    #[must_use]
    pub fn text_or_list(list: &[String]) -> Self {
        match list {
            [one] => Self::Text(one.clone()),
            _ => Self::List(list.to_vec()),
        }
    }

    /// Returns the texts: the one or those of a list; none of any other value.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        match self {
            Self::Text(text) => std::slice::from_ref(text),
            Self::List(list) => list,
            Self::Number(_) | Self::Flag(_) | Self::Date(_) => &[],
        }
    }

    /// Returns the text, if the value is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        let Self::Text(text) = self else { return None };
        Some(text)
    }
}

impl serde::Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_f64(*number + 0.0),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Date(date) => serializer.collect_str(date),
            Self::List(list) => list.serialize(serializer),
        }
    }
}

keyword! {
    /// The five kinds of items that a scenario lists.
    pub enum ItemKind {
        /// `[[hypothesis]]`
        Hypothesis = "hypothesis",
        /// `[[source]]`
        Source = "source",
        /// `[[evidence]]`
        Evidence = "evidence",
        /// `[[indicator]]`
        Indicator = "indicator",
        /// `[[estimate]]`
        Estimate = "estimate",
    }
}
