//! Completion: the words that the last word of a command can be, and the hint while one is typed.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::palette::{Runnable, meant};
use super::{Verb, split};
use crate::filter::{FILTER_FIELDS, Filter};
use crate::present::target::{ids as ids_of, keys, spec};
use crate::present::{Objection, Order};
use crate::scenario::{
    EvidenceStatus, Indicator, IndicatorStatus, ItemKind, Kind, Level, Method, Rating, Scenario,
    ScenarioField, Shape,
};
use crate::tui::panel::PANELS;
use crate::tui::prompt::{Commanding, Filtering};
use crate::tui::state::State;
use crate::tui::theme::THEMES;

fn owned<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

/// Returns these words for the first argument, none for others.
fn first<'a>(before: &[&str], words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    if before.is_empty() { owned(words) } else { Vec::new() }
}

/// Returns the part of a line before its last word, and the words that the last one can be.
pub(crate) fn candidates(state: &State, head: &str) -> (String, Vec<String>) {
    let head = head.trim_start();
    let (base, word) = head.split_at_checked(last_word(head)).unwrap_or((head, ""));
    // Quotes may be typed before they are needed.
    let plain = |word: &str| word.to_lowercase().replace('"', "");
    let typed = plain(word);
    let mut before = base.split_whitespace();
    let Some(named) = before.next().and_then(Runnable::named) else {
        let meant = meant(head, &state.bound).into_iter().map(|entry| entry.name().into_owned());
        // A beginning is completed; other guesses come one after another.
        let (begun, others): (Vec<String>, Vec<String>) = meant.partition(|name| name.starts_with(head));
        return (String::new(), if begun.is_empty() { others } else { begun });
    };
    let mut found = match named {
        Runnable::Command(command) => arguments(command.verb, state, &before.collect::<Vec<_>>(), word),
        Runnable::Key(_) | Runnable::Field(..) => Vec::new(),
    };
    found.retain(|candidate| plain(candidate).starts_with(&typed));
    let mut seen = HashSet::new();
    found.retain(|candidate| seen.insert(candidate.clone()));
    (base.to_owned(), found)
}

/// Returns the byte at which the last word begins. Quotes keep spaces in a word.
fn last_word(line: &str) -> usize {
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if c.is_whitespace() && !is_quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

/// Returns the hint while a command is typed: the words that complete it, else its usage.
pub(crate) fn hint(state: &State, prompt: &Commanding) -> String {
    if let Some(completion) = prompt.completion.as_ref().filter(|completion| !completion.base.is_empty()) {
        // No screen holds more.
        return completion.words().take(60).collect::<Vec<_>>().join("  ");
    }
    let line = prompt.input.text().trim();
    let (name, _) = split(line);
    match Runnable::named(name) {
        Some(entry) => {
            let usage = format!("{name} {}", entry.arguments());
            format!("{}  {}", usage.trim_end(), entry.help())
        }
        None if line.is_empty() => "Tab completes  ↑ given before  Esc back".into(),
        None if line.parse::<usize>().is_ok() => format!("Enter goes to row {line}  Esc back"),
        None if meant(line, &state.bound).is_empty() => {
            "no command and no key has this name  Esc back".into()
        }
        None => "Enter writes it out, again runs it  Tab the next  ↑ given before  Esc back".into(),
    }
}

/// Returns the part of a filter before its last word, and the words that the last one can be.
pub(crate) fn filter_words(state: &State, head: &str) -> (String, Vec<String>) {
    let (base, words) = candidates(state, &format!("filter {head}"));
    (base.strip_prefix("filter ").unwrap_or_default().to_owned(), words)
}

/// Returns the words of a typed filter that say nothing, by their bytes, with what is wrong. The word at the cursor is
/// left alone while it can still become something.
pub(crate) fn filter_faults(state: &State, filtering: &Filtering) -> Vec<(Range<usize>, String)> {
    let scenario = state.scenario();
    let (head, line) = (filtering.input.head(), filtering.input.text());
    let is_open = |span: &Range<usize>| span.end == head.len() && !filter_words(state, head).1.is_empty();
    let faults = Filter::faults(line, scenario).into_iter().filter(|(span, _)| !is_open(span));
    faults.map(|(span, fault)| (span, Objection::to_filter(&[scenario], &fault).to_string())).collect()
}

/// Returns the words that the last argument of a command can be, given the arguments before it and its start.
fn arguments(verb: Verb, state: &State, before: &[&str], word: &str) -> Vec<String> {
    let scenario = state.scenario();
    match verb {
        Verb::ShowFile => first(before, state.others.iter().map(|file| file.name.as_str())),
        Verb::GoTo => {
            let kinds = [ItemKind::Evidence, ItemKind::Hypothesis];
            first(before, kinds.into_iter().flat_map(|kind| ids_of(scenario, kind)))
        }
        Verb::Rate => match before {
            [] => owned(Rating::WORDS.iter().copied().chain(["blank"])),
            [_] => owned(["row", "column"]),
            _ => Vec::new(),
        },
        Verb::Set => match before {
            [] => field(scenario, before, word),
            [path] => spec(scenario, path).map(|spec| values(spec.shape)).unwrap_or_default(),
            _ => Vec::new(),
        },
        Verb::Unset => field(scenario, before, word),
        Verb::Tag => first(before, tags(scenario)),
        Verb::Group => first(before, scenario.evidence.iter().filter_map(|item| item.group.as_deref())),
        Verb::Filter => filter(scenario, word),
        Verb::Sort => first(before, Order::WORDS.iter().copied()),
        Verb::Method => first(before, Method::WORDS.iter().copied()),
        Verb::AsOf => first(before, dates(scenario).iter().map(String::as_str)),
        Verb::Panel => first(before, PANELS.iter().map(|panel| panel.name)),
        Verb::Theme => first(before, THEMES.iter().map(|theme| theme.name)),
        Verb::Hints => first(before, ["on", "off"]),
        Verb::Confidence => first(before, Level::WORDS.iter().copied().chain(["none"])),
        Verb::Copy => first(before, ["cell", "row", "table"]),
        Verb::EditScenario => first(before, ScenarioField::WORDS.iter().copied()),
        Verb::Edit(kind) | Verb::Delete(kind) => first(before, ids_of(scenario, kind)),
        Verb::Observe => match before {
            [] => pending(scenario),
            [_] | [_, "not"] => {
                let not = before.get(1).is_none().then(|| "not".to_owned());
                not.into_iter().chain(state.today.map(|day| day.to_string())).collect()
            }
            _ => Vec::new(),
        },
        Verb::DeleteCitedSource => first(before, ids_of(scenario, ItemKind::Source)),
        Verb::Write
        | Verb::Quit
        | Verb::WriteAndQuit
        | Verb::QuitAnyway
        | Verb::Export
        | Verb::Import
        | Verb::PasteBlock
        | Verb::ShowPrevious
        | Verb::ListFiles
        | Verb::NextCell
        | Verb::OpenAddress
        | Verb::EditSettings
        | Verb::ReadHead
        | Verb::EditOutcome
        | Verb::Estimate
        | Verb::List(_)
        | Verb::Add(_)
        | Verb::Help => Vec::new(),
    }
}

/// Returns the fields of the scenario, and those of items as id, dot and key.
fn field(scenario: &Scenario, before: &[&str], word: &str) -> Vec<String> {
    if !before.is_empty() {
        return Vec::new();
    }
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

fn kinds(scenario: &Scenario, item: &str) -> impl Iterator<Item = ItemKind> {
    let (kind, id) = item.split_once(':').map_or((None, item), |(kind, id)| (Some(kind), id));
    ItemKind::ALL
        .iter()
        .copied()
        .filter(move |known| kind.is_none_or(|kind| known.as_str() == kind))
        .filter(move |kind| ids_of(scenario, *kind).contains(&id))
}

fn values(shape: Shape) -> Vec<String> {
    owned(shape.words().unwrap_or_default().iter().copied())
}

/// Returns the ids of the pending indicators.
fn pending(scenario: &Scenario) -> Vec<String> {
    let is_pending = |indicator: &&Indicator| indicator.status() == IndicatorStatus::Pending;
    scenario.indicators.iter().filter(is_pending).map(|indicator| indicator.id.to_string()).collect()
}

fn tags(scenario: &Scenario) -> impl Iterator<Item = &str> {
    scenario.evidence.iter().flat_map(|item| item.tags.iter().flatten()).map(String::as_str)
}

/// Returns the dates of the evidence.
fn dates(scenario: &Scenario) -> Vec<String> {
    sorted(scenario.evidence.iter().filter_map(|item| item.date.map(|date| date.to_string())))
}

fn sorted(values: impl Iterator<Item = String>) -> Vec<String> {
    values.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the fields of a filter; after a colon, the values that the scenario has.
fn filter(scenario: &Scenario, word: &str) -> Vec<String> {
    let (negation, bare) = word.strip_prefix('!').map_or(("", word), |rest| ("!", rest));
    let Some((field, value)) = bare.split_once(':') else {
        let name =
            |(name, takes): &(&str, bool)| format!("{negation}{name}{}", if *takes { ":" } else { "" });
        return FILTER_FIELDS.iter().map(name).collect();
    };
    let evidence = || scenario.evidence.iter();
    let values: Vec<String> = match field {
        "kind" => owned(Kind::WORDS.iter().copied()),
        "group" => sorted(evidence().filter_map(|item| item.group.clone())),
        "tag" => sorted(evidence().flat_map(|item| item.tags.clone().unwrap_or_default())),
        "source" => sorted(evidence().flat_map(|item| item.sources().to_vec())),
        "date" => dates(scenario),
        "status" => owned(EvidenceStatus::WORDS.iter().copied()),
        "credibility" | "relevance" | "confidence" => owned(Level::WORDS.iter().copied()),
        "rated" | "unrated" => {
            let ids = ids_of(scenario, ItemKind::Hypothesis);
            // After a whole id come the ratings.
            let rated = ids.iter().filter(|id| field == "rated" && value.starts_with(**id));
            let rated = rated.flat_map(|id| Rating::WORDS.iter().map(move |rating| format!("{id}={rating}")));
            owned(ids.iter().copied()).into_iter().chain(rated).collect()
        }
        _ => Vec::new(),
    };
    let quoted = |value: &String| {
        if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.clone() }
    };
    values.iter().map(|value| format!("{negation}{field}:{}", quoted(value))).collect()
}
