//! Objections: why a request cannot be carried out, and what can be done instead.
//!
//! The command line and the editor share these words. Must never know how they are shown.

use std::collections::HashSet;

use super::kind::ids;
use super::words;
use crate::change::Refused;
use crate::diagnostic::did_you_mean;
use crate::filter::{FILTER_FIELDS, FilterFault};
use crate::scenario::{EstimateId, Evidence, EvidenceId, ItemKind, Refusal, Scenario, Shape};

/// Why a request cannot be carried out, and what can be done instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The reason in one line without a full stop. May quote the file or an argument; formats escape it.
    pub message: String,
    /// The advice.
    pub help: Option<String>,
}

impl std::fmt::Display for Objection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, ": {help}"))
    }
}

impl Objection {
    /// Returns an objection; an empty `help` means no advice.
    #[must_use]
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = Some(help.into()).filter(|help| !help.is_empty());
        Self { message: message.into(), help }
    }

    /// Returns the objection to a line that is not a filter.
    #[must_use]
    pub fn to_filter<'s>(scenarios: &[&'s Scenario], fault: &FilterFault) -> Self {
        match fault {
            FilterFault::UnknownField(name) => {
                let fields = || FILTER_FIELDS.iter().filter(|(_, takes)| *takes).map(|(name, _)| *name);
                let all = format!("the fields are {}", fields().collect::<Vec<_>>().join(", "));
                let help = did_you_mean(name, fields()).unwrap_or(all);
                let message =
                    format!("the filter has no field \"{name}\" (a word with a colon goes in quotes)");
                Self::new(message, help)
            }
            FilterFault::NoValue(field) => {
                Self::new(format!("the filter has no value for {field}"), format!("write {field}:VALUE"))
            }
            FilterFault::UnknownWord { field, word, words } => {
                let expected = format!("expected one of {}", words.join(", "));
                let help = did_you_mean(word, words.iter().copied());
                let help = help.map_or(expected.clone(), |help| format!("{help} {expected}"));
                Self::new(format!("{field} cannot be \"{word}\""), help)
            }
            FilterFault::NoDate(text) => {
                Self::new(format!("no date begins with \"{text}\""), "write 2025, 2025-03 or 2025-03-01")
            }
            FilterFault::UnknownHypothesis(id) => {
                let known = scenarios.iter().flat_map(|scenario| ids(scenario, ItemKind::Hypothesis));
                Self::absent(noun(ItemKind::Hypothesis), id, known.collect())
            }
            FilterFault::UnknownSource(part) => {
                let cited = |scenario: &&'s Scenario| scenario.evidence.iter().flat_map(Evidence::sources);
                let declared = scenarios.iter().flat_map(|scenario| ids(scenario, ItemKind::Source));
                let cited = scenarios.iter().flat_map(cited).map(String::as_str);
                Self::absent(noun(ItemKind::Source), part, declared.chain(cited).collect())
            }
        }
    }

    /// Returns the objection to a refused change.
    #[must_use]
    pub fn to_change(scenario: &Scenario, refused: &Refused) -> Self {
        match refused {
            Refused::Unknown(kind, id) => Self::unknown(scenario, *kind, id),
            Refused::Taken(kind, id) => {
                let article = if matches!(kind, ItemKind::Evidence | ItemKind::Indicator | ItemKind::Estimate)
                {
                    "an"
                } else {
                    "a"
                };
                let message = format!("there is {article} {} \"{id}\" already", noun(*kind));
                Self::new(message, "choose another id")
            }
            Refused::Value(refusal) => Self::to_value(*refusal, ""),
            Refused::Beside(key) => {
                Self::new(format!("the field cannot be used with {key}"), format!("remove {key} first"))
            }
            Refused::Cited(items) => {
                let ids: Vec<&str> = items.iter().map(EvidenceId::as_str).collect();
                let message = format!("the source is still cited by {}", words::some(&ids, 5));
                Self::new(message, "cite another source there, or take it from them too with --force")
            }
            Refused::Recorded { estimates, outcome } => {
                let ids: Vec<&str> = estimates.iter().map(EstimateId::as_str).collect();
                let by = [
                    (!ids.is_empty()).then(|| words::some(&ids, 5)),
                    outcome.then(|| "the outcome".to_owned()),
                ];
                let by: Vec<String> = by.into_iter().flatten().collect();
                let message = format!("the hypothesis is named by {}", words::list(&by));
                Self::new(
                    message,
                    "reject it instead, then the record stays; or take it from them too with --force",
                )
            }
            Refused::Settled(status) => {
                Self::new(format!("the indicator is {status} already"), "only a pending one can be observed")
            }
            Refused::Full(kind) => Self::new(format!("no more than the limit of {kind} items fit"), ""),
            Refused::Stale | Refused::Malformed => Self::new("the change does not fit the file", ""),
        }
    }

    /// Returns the objection to an unknown id, with the nearest known one.
    #[must_use]
    pub fn unknown(scenario: &Scenario, kind: ItemKind, id: &str) -> Self {
        Self::absent(noun(kind), id, ids(scenario, kind))
    }

    /// Returns the objection to an id that is none of the known ones, with the nearest of them.
    fn absent(noun: &str, id: &str, mut known: Vec<&str>) -> Self {
        let mut seen = HashSet::new();
        known.retain(|id| seen.insert(*id));
        let help = did_you_mean(id, known.iter().copied()).unwrap_or_else(|| match known.as_slice() {
            [] => format!("the file has no {noun} at all"),
            [only] => format!("there is only {only}"),
            [_, _, ..] => format!("there are {}", words::some(&known, 12)),
        });
        Self::new(format!("there is no {noun} \"{id}\""), help)
    }

    /// Returns the objection to the value `given` that a field does not take, with the nearest valid choice.
    #[must_use]
    pub fn to_value(refusal: Refusal, given: &str) -> Self {
        match refusal {
            Refusal::NotOneOf(words) => {
                let help = did_you_mean(given, words.iter().copied());
                let message = if given.is_empty() {
                    "not a value of this field".into()
                } else {
                    format!("unknown value \"{given}\"")
                };
                let expected = format!("expected one of {}", words.join(", "));
                Self::new(message, help.map_or(expected.clone(), |help| format!("{expected}; {help}")))
            }
            Refusal::BadDate(shape) if is_spelled_as_date(given) => {
                Self::new(format!("there is no such date: {given}"), format!("expected {}", expected(shape)))
            }
            Refusal::WrongType(shape) | Refusal::BadNumber(shape) | Refusal::BadDate(shape) => Self::new(
                format!("\"{given}\" is not a value for this field"),
                format!("expected {}", expected(shape)),
            ),
            Refusal::BadGrade => Self::new(
                format!("\"{given}\" is not an Admiralty grade"),
                "expected a capital letter A to F and a digit 1 to 6, such as B2",
            ),
            Refusal::Blank => Self::new("this field cannot be blank", "give it a name"),
            Refusal::Required => Self::new("this field is required", "give it another value instead"),
        }
    }
}

/// Whether a text has the digits and hyphens of a full date, whether or not there is such a day.
fn is_spelled_as_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(is_number) && matches!(parts.as_slice(), [year, _, _] if year.len() == 4)
}

fn noun(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Evidence => "evidence item",
        ItemKind::Hypothesis | ItemKind::Source | ItemKind::Indicator | ItemKind::Estimate => kind.as_str(),
    }
}

/// Describes the values that a field of this shape accepts.
#[must_use]
pub fn expected(shape: Shape) -> String {
    match shape {
        Shape::Text => "a text".into(),
        Shape::Word(words) => format!("one of {}", words.join(", ")),
        Shape::Flag => "true or false".into(),
        Shape::Number => "a finite number".into(),
        Shape::PositiveNumber => "a number above 0".into(),
        Shape::Day => "a day such as 2025-12-04".into(),
        Shape::Date => "a day, month or year such as 2025-12-04, 2025-12 or 2025".into(),
        Shape::Grade => "a grade such as B2".into(),
        Shape::Name => "a name".into(),
        Shape::List => "texts, separated by commas".into(),
        Shape::TextOrList => "a text, or several separated by commas".into(),
    }
}
