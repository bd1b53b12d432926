//! Filtering: which items a line of words and fields lets pass.
//!
//! Knows scenarios. Must never know the screen.

use crate::diagnostic::did_you_mean;
use crate::scenario::{Evidence, Scenario};

/// The fields that a filter knows: name, and whether it takes a value.
pub(crate) const FIELDS: &[(&str, bool)] = &[
    ("kind", true),
    ("group", true),
    ("source", true),
    ("tag", true),
    ("date", true),
    ("unrated", true),
    ("blank", false),
    ("conflict", false),
];

/// A filter: every term must hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filter {
    terms: Vec<Term>,
}

/// One condition, or its contrary.
#[derive(Clone, Debug, PartialEq)]
struct Term {
    negated: bool,
    test: Test,
}

/// A test of an item. Its words are in lower case.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// It has this in its id or its text.
    Word(String),
    /// Its kind begins so.
    Kind(String),
    /// Its group has this in it.
    Group(String),
    /// One of its sources has this in it, or is one of those whose names have it.
    Source(String, Vec<String>),
    /// One of its tags has this in it.
    Tag(String),
    /// Its date begins so.
    Date(String),
    /// One of these hypotheses is not rated.
    Unrated(Vec<usize>),
    /// A merge left something to settle in it.
    Conflict,
}

impl Filter {
    /// Reads a line: words apart by spaces; a value with spaces stands in quotes; `!` before a term turns it round.
    pub(crate) fn new(line: &str, scenario: &Scenario) -> Self {
        Self { terms: words(line).iter().filter_map(|word| term(word, scenario)).collect() }
    }

    /// Whether it lets everything pass.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it lets an item pass.
    pub(crate) fn passes(&self, item: &Evidence) -> bool {
        self.terms.iter().all(|term| term.test.holds(item) != term.negated)
    }
}

/// Returns the likely mistake in a line that lets nothing pass.
pub(crate) fn doubt(line: &str, scenario: &Scenario) -> Option<String> {
    let fields = || FIELDS.iter().map(|(name, _)| *name);
    words(line).iter().find_map(|word| {
        let (field, value) = word.trim_start_matches('!').split_once(':')?;
        if !fields().any(|name| name == field) {
            let help = did_you_mean(field, fields())?;
            return Some(format!("\"{field}\" is no field: {help}"));
        }
        if field == "unrated" && !value.is_empty() && hypotheses(value, scenario).is_empty() {
            let ids = scenario.hypotheses.iter().map(|h| h.id.as_str());
            let help = did_you_mean(value, ids).map(|help| format!(": {help}")).unwrap_or_default();
            return Some(format!("there is no hypothesis \"{value}\"{help}"));
        }
        None
    })
}

impl Test {
    fn holds(&self, item: &Evidence) -> bool {
        let within = |text: &str, part: &str| text.to_lowercase().contains(part);
        match self {
            Self::Word(word) => item.id.as_str().contains(word.as_str()) || within(&item.text, word),
            Self::Kind(kind) => item.kind().as_str().starts_with(kind.as_str()),
            Self::Group(group) => item.group.as_deref().is_some_and(|text| within(text, group)),
            Self::Source(part, named) => {
                item.sources().iter().any(|source| within(source, part) || named.contains(source))
            }
            Self::Tag(tag) => item.tags.iter().flatten().any(|text| within(text, tag)),
            Self::Date(date) => item.date.is_some_and(|day| day.to_string().starts_with(date.as_str())),
            Self::Unrated(columns) => columns.iter().any(|at| item.ratings.rating(*at).is_none()),
            Self::Conflict => {
                item.conflict.is_some() || item.ratings.iter().any(|(_, cell)| cell.conflict().is_some())
            }
        }
    }
}

/// The words of a line; quotes keep spaces in one.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// A word as a condition; `None` while it says nothing yet.
fn term(word: &str, scenario: &Scenario) -> Option<Term> {
    let (negated, word) = word.strip_prefix('!').map_or((false, word), |rest| (true, rest));
    let lower = word.to_lowercase();
    let test = match lower.split_once(':') {
        Some((field, "")) if FIELDS.contains(&(field, true)) => return None,
        Some(("kind", value)) => Test::Kind(value.into()),
        Some(("group", value)) => Test::Group(value.into()),
        Some(("tag", value)) => Test::Tag(value.into()),
        Some(("date", value)) => Test::Date(value.into()),
        Some(("source", value)) => Test::Source(value.into(), named(value, scenario)),
        Some(("unrated", value)) => Test::Unrated(hypotheses(value, scenario)),
        None if lower.is_empty() => return None,
        None if lower == "blank" => Test::Unrated((0..scenario.hypotheses.len()).collect()),
        None if lower == "conflict" => Test::Conflict,
        Some(_) | None => Test::Word(lower),
    };
    Some(Term { negated, test })
}

/// The ids of sources whose names have this.
fn named(value: &str, scenario: &Scenario) -> Vec<String> {
    let named = scenario.sources.iter().filter(|source| source.name.to_lowercase().contains(value));
    named.map(|source| source.id.to_string()).collect()
}

/// The hypothesis with this id, else those whose id or header begins so.
fn hypotheses(value: &str, scenario: &Scenario) -> Vec<usize> {
    let value = value.to_lowercase();
    if let Some(at) = scenario.hypotheses.iter().position(|h| h.id.as_str() == value) {
        return vec![at];
    }
    let begins = |text: &str| text.to_lowercase().starts_with(&value);
    let all = scenario.hypotheses.iter().enumerate();
    all.filter(|(_, h)| begins(h.id.as_str()) || begins(h.header())).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    const CASE: &str = r#"ach = 1
title = "t"
hypothesis = [{ id = "thief", name = "A" }, { id = "owner", name = "B", short = "Owner" }]
source = [{ id = "watch", name = "Harbour Watch" }, { id = "press", name = "Press" }]
[[evidence]]
id = "rope"
text = "Rope cut at 12:30"
source = "watch"
date = 2025-03-01
group = "the rope"
ratings = { thief = "C", owner = "C" }
[[evidence]]
id = "calm"
text = "Calm"
kind = "absence"
source = ["press", "watch"]
tags = ["Weather"]
ratings = { thief = { rating = "C", conflict = { base = "", theirs = "I" } } }
[[evidence]]
id = "oars"
text = "Oars in the shed"
"#;

    fn passing(line: &str) -> Vec<String> {
        let scenario = read(CASE.into()).scenario.unwrap();
        let filter = Filter::new(line, &scenario);
        scenario.evidence.iter().filter(|item| filter.passes(item)).map(|item| item.id.to_string()).collect()
    }

    #[test]
    fn every_term_narrows() {
        assert_eq!(passing(""), ["rope", "calm", "oars"]);
        assert_eq!(passing("CUT"), ["rope"]);
        assert_eq!(passing("12:30"), ["rope"]);
        assert_eq!(passing("kind:f"), ["rope", "oars"]);
        assert_eq!(passing("kind:"), ["rope", "calm", "oars"]);
        assert_eq!(passing("group:\"the rope\""), ["rope"]);
        assert_eq!(passing("source:harbour"), ["rope", "calm"]);
        assert_eq!(passing("source:press"), ["calm"]);
        assert_eq!(passing("tag:weather"), ["calm"]);
        assert_eq!(passing("date:2025-03"), ["rope"]);
        assert_eq!(passing("blank"), ["calm", "oars"]);
        assert_eq!(passing("unrated:thief"), ["oars"]);
        assert_eq!(passing("unrated:own"), ["calm", "oars"]);
        assert_eq!(passing("unrated:nobody"), [] as [&str; 0]);
        assert_eq!(passing("conflict"), ["calm"]);
        assert_eq!(passing("!conflict !cut"), ["oars"]);
        assert_eq!(passing("blank source:watch"), ["calm"]);
    }

    #[test]
    fn slips_are_told() {
        let scenario = read(CASE.into()).scenario.unwrap();
        let said = |line| doubt(line, &scenario);
        assert_eq!(said("knd:fact").as_deref(), Some("\"knd\" is no field: did you mean \"kind\"?"));
        assert_eq!(
            said("unrated:thieff").as_deref(),
            Some("there is no hypothesis \"thieff\": did you mean \"thief\"?")
        );
        assert_eq!(said("12:30 kind:fact"), None);
    }
}
