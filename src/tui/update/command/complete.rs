//! What the words of a command can be.

use crate::present::Order;
use crate::present::target::{ids as ids_of, keys};
use crate::scenario::{ItemKind, Kind, Method, Rating, Scenario, ScenarioField, Shape};
use crate::tui::filter::FIELDS;
use crate::tui::panel::PANELS;
use crate::tui::state::State;
use crate::tui::theme::THEMES;

fn owned<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

/// These words for the first argument, nothing for others.
fn first<'a>(before: &[&str], words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    if before.is_empty() { owned(words) } else { Vec::new() }
}

pub(super) fn nothing(_: &State, _: &[&str], _: &str) -> Vec<String> {
    Vec::new()
}

pub(super) fn ids(state: &State, before: &[&str], _: &str) -> Vec<String> {
    let kinds = [ItemKind::Evidence, ItemKind::Hypothesis];
    first(before, kinds.into_iter().flat_map(|kind| ids_of(state.scenario(), kind)))
}

pub(super) fn sources(state: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, ids_of(state.scenario(), ItemKind::Source))
}

pub(super) fn indicators(state: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, ids_of(state.scenario(), ItemKind::Indicator))
}

pub(super) fn orders(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, Order::ALL.map(Order::as_str))
}

pub(super) fn methods(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, Method::WORDS.iter().copied())
}

pub(super) fn panels(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, PANELS.iter().map(|panel| panel.name))
}

pub(super) fn themes(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, THEMES.iter().map(|theme| theme.name))
}

pub(super) fn switch(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, ["on", "off"])
}

pub(super) fn parts(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, ["cell", "row", "table"])
}

pub(super) fn rate(_: &State, before: &[&str], _: &str) -> Vec<String> {
    match before {
        [] => owned(Rating::WORDS.iter().copied().chain(["blank"])),
        [_] => owned(["row", "column"]),
        _ => Vec::new(),
    }
}

pub(super) fn own(_: &State, before: &[&str], _: &str) -> Vec<String> {
    first(before, ScenarioField::WORDS.iter().copied())
}

/// Fields: those of the scenario, and those of items after the id and a dot.
pub(super) fn field(state: &State, before: &[&str], word: &str) -> Vec<String> {
    if !before.is_empty() {
        return Vec::new();
    }
    let scenario = state.scenario();
    let own = ScenarioField::WORDS.iter().copied().map(str::to_owned);
    match word.rsplit_once('.') {
        Some((item, _)) if item != "scoring" => kinds(scenario, item)
            .flat_map(|kind| keys(kind).into_iter().map(|key| format!("{item}.{key}")))
            .collect(),
        Some(_) => own.collect(),
        None => {
            let all = ItemKind::ALL.iter().flat_map(|kind| ids_of(scenario, *kind));
            own.chain(all.map(|id| format!("{id}."))).collect()
        }
    }
}

/// A field, then what it takes.
pub(super) fn set(state: &State, before: &[&str], word: &str) -> Vec<String> {
    match before {
        [] => field(state, before, word),
        [path] => shape(state.scenario(), path).map(values).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn kinds(scenario: &Scenario, item: &str) -> impl Iterator<Item = ItemKind> {
    let (kind, id) = item.split_once(':').map_or((None, item), |(kind, id)| (Some(kind), id));
    ItemKind::ALL
        .iter()
        .copied()
        .filter(move |known| kind.is_none_or(|kind| known.as_str() == kind))
        .filter(move |kind| ids_of(scenario, *kind).contains(&id))
}

fn shape(scenario: &Scenario, path: &str) -> Option<Shape> {
    use crate::present::target::{Target, field};
    match field(scenario, path).ok()? {
        Target::Own(field) => Some(field.shape()),
        Target::Field(kind, _, key) => crate::present::target::shape(kind, &key),
    }
}

fn values(shape: Shape) -> Vec<String> {
    match shape {
        Shape::Word(words) => owned(words.iter().copied()),
        Shape::Text
        | Shape::Number
        | Shape::PositiveNumber
        | Shape::Day
        | Shape::Date
        | Shape::Grade
        | Shape::List
        | Shape::TextOrList => Vec::new(),
    }
}

/// The fields of a filter, and after a colon what stands in the scenario.
pub(super) fn filter(state: &State, _: &[&str], word: &str) -> Vec<String> {
    let scenario = state.scenario();
    let (negation, bare) = word.strip_prefix('!').map_or(("", word), |rest| ("!", rest));
    let Some((field, _)) = bare.split_once(':') else {
        let name =
            |(name, takes): &(&str, bool)| format!("{negation}{name}{}", if *takes { ":" } else { "" });
        return FIELDS.iter().map(name).collect();
    };
    let evidence = || scenario.evidence.iter();
    let mut values: Vec<String> = match field {
        "kind" => owned(Kind::WORDS.iter().copied()),
        "group" => evidence().filter_map(|item| item.group.clone()).collect(),
        "tag" => evidence().flat_map(|item| item.tags.clone().unwrap_or_default()).collect(),
        "source" => evidence().flat_map(|item| item.sources().to_vec()).collect(),
        "date" => evidence().filter_map(|item| item.date.map(|date| date.to_string())).collect(),
        "unrated" => owned(ids_of(scenario, ItemKind::Hypothesis)),
        _ => Vec::new(),
    };
    values.sort();
    values.dedup();
    let quoted = |value: &String| {
        if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.clone() }
    };
    values.iter().map(|value| format!("{negation}{field}:{}", quoted(value))).collect()
}
