//! What merges have left in a scenario: what `ach resolve` lists.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;

use super::conflict::ConflictText;
use super::json::List;
use super::listing::{Listing, ListingEntry};
use super::phrase::{dim, plain, strong};
use super::record::{RecordField, Records};
use super::table::{Cell, Lazy};
use super::target::{by_kind, with_kind};
use super::words::count;
use super::{Heading, JSON_FORMAT, Report, Section, shell_word};
use crate::change::{Dispute, Doubled, Unsettled, doubled};
use crate::scenario::{Item, ItemKind, Judgement, Scenario, Side, Subject, Value};

/// One thing that is left to settle, and where it stands.
#[derive(Clone, Debug)]
pub struct OpenConflict<'a> {
    /// Which it is of all that is left, from 1.
    pub number: usize,
    /// The thing.
    pub unsettled: Unsettled<'a>,
    /// Line and column, from 1.
    pub place: (usize, usize),
}

/// What a report is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To list what is left, with the commands that settle it.
    List,
    /// To list what is left where it cannot be settled, as in a version that git keeps.
    Look,
    /// To ask about one conflict, the first number of so many.
    Ask(usize, usize),
}

/// What git is in the middle of with the file, with the commit that it works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Underway {
    /// The commit is merged in.
    Merging(String),
    /// The commit, one of the user's own, is put on top of others.
    Rebasing(String),
    /// The commit is repeated.
    Picking(String),
    /// The commit is taken back.
    Reverting(String),
}

impl Underway {
    /// Who ours and theirs are.
    fn who(&self) -> String {
        match self {
            Self::Merging(commit) => format!("In this merge theirs is {commit}, and ours is your branch."),
            Self::Rebasing(commit) => {
                format!("In this rebase theirs is your own {commit}, and ours is what it is put on.")
            }
            Self::Picking(commit) => {
                format!("In this cherry-pick theirs is {commit}, and ours is your branch.")
            }
            Self::Reverting(commit) => {
                format!("In this revert theirs is what was before {commit}, and ours is your branch.")
            }
        }
    }
}

/// What is left to settle in a file.
#[derive(Debug)]
pub struct ResolutionReport<'a> {
    scenario: &'a Scenario,
    file: &'a str,
    purpose: Purpose,
    underway: Option<Underway>,
    left: Vec<(OpenConflict<'a>, ConflictText)>,
    all: usize,
    doubled: Vec<Doubled>,
}

impl<'a> ResolutionReport<'a> {
    /// What is left to settle in a scenario, or what was asked for of so many things that are, and what follows another
    /// item of its id; `file` is what a command line calls it.
    #[must_use]
    pub fn new(
        scenario: &'a Scenario,
        file: &'a str,
        purpose: Purpose,
        left: Vec<OpenConflict<'a>>,
        all: usize,
    ) -> Self {
        let left = left.into_iter().map(|left| {
            let said = ConflictText::new(scenario, &left.unsettled);
            (left, said)
        });
        Self {
            scenario,
            file,
            purpose,
            underway: None,
            left: left.collect(),
            all,
            doubled: doubled(scenario),
        }
    }

    /// The same with what git is in the middle of.
    #[must_use]
    pub fn during(self, underway: Option<Underway>) -> Self {
        Self { underway, ..self }
    }

    fn listing(&self) -> Listing<'_> {
        let entry = |at: usize| {
            let Some((left, said)) = self.left.get(at) else { return ListingEntry::default() };
            let names = [left.number.to_string(), said.about.clone(), format!("line {}", left.place.0)];
            ListingEntry { names: names.into_iter().map(Cell::plain).collect(), ..ListingEntry::default() }
        };
        let words = |at: usize| {
            let Some((_, said)) = self.left.get(at) else { return Vec::new() };
            let sides =
                [("ours", Some(&said.ours)), ("theirs", Some(&said.theirs)), ("base", said.base.as_ref())];
            let say = |(side, words): (&'static str, Option<&'_ String>)| {
                Some(vec![dim(format!("{side}: ")), plain(words?.clone())])
            };
            sides.into_iter().filter_map(say).collect()
        };
        Listing {
            heading: String::new(),
            names: &["", "Conflict", "Where"],
            compares: false,
            entries: Lazy::new(self.left.len(), entry),
            words: Lazy::new(self.left.len(), words),
        }
    }

    /// One conflict, to be asked about: what it is, then what the sides say.
    fn question(&self, number: usize, all: usize) -> Vec<Section<'_>> {
        let Some((left, said)) = self.left.first() else { return Vec::new() };
        let item = match left.unsettled.subject {
            Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => Some((kind, at)),
            Subject::Cell { evidence, .. } => Some((ItemKind::Evidence, evidence)),
            Subject::Scenario | Subject::ScenarioField(_) => None,
        };
        let text = item.map(|(kind, at)| by_kind!(kind, text_at(self.scenario, at))).unwrap_or_default();
        let head = vec![
            dim(format!("{number} of {all}: ")),
            strong(said.about.clone()),
            plain(format!(", line {}", left.place.0)),
        ];
        let about = if text.is_empty() { Vec::new() } else { vec![dim(text)] };
        let sides =
            [("ours", Some(&said.ours)), ("theirs", Some(&said.theirs)), ("base", said.base.as_ref())];
        let sides = sides.into_iter().filter_map(|(side, words)| {
            let entry = ListingEntry { names: vec![Cell::plain(side)], ..ListingEntry::default() };
            Some((entry, vec![vec![plain(words?.clone())]]))
        });
        let sides = Listing::of(String::new(), &["Side"], sides.collect());
        let who = self.underway.as_ref().filter(|_| number == 1).map(|underway| vec![plain(underway.who())]);
        let who = who.map(|who| Section::Prose(vec![who]));
        who.into_iter().chain([Section::Prose(vec![head, about]), Section::Listing(sides)]).collect()
    }

    /// Items of both sides under ids that a merge had to tell apart, with the commands that keep one or both: only the
    /// analyst knows whether they are the same.
    fn doubles(&self) -> Listing<'_> {
        let file = shell_word(self.file);
        let entries = self.doubled.iter().map(|doubled| {
            let Doubled { kind, id, follows_as } = doubled;
            let word = |id: &String| with_kind(self.scenario, *kind, id);
            let (ours, theirs) = (word(id), word(follows_as));
            let says = |id: &str| by_kind!(*kind, text(self.scenario, id));
            let mut words = vec![("ours: ", says(id)), ("theirs: ", says(follows_as))];
            if self.purpose == Purpose::List {
                words.extend([
                    ("keep ours: ", format!("ach rm {file} {theirs}")),
                    ("keep theirs: ", format!("ach rm {file} {ours} && ach mv {file} {theirs} {id}")),
                    ("keep both: ", format!("ach mv {file} {theirs} NEW-ID")),
                ]);
            }
            let names = [format!("{kind} {id}"), follows_as.clone()];
            let entry = ListingEntry {
                names: names.into_iter().map(Cell::plain).collect(),
                ..ListingEntry::default()
            };
            (entry, words.into_iter().map(|(side, said)| vec![dim(side), plain(said)]).collect())
        });
        let heading = match self.doubled.len() {
            1 => "1 id that both sides gave".to_owned(),
            several => format!("{several} ids that both sides gave"),
        };
        Listing::of(heading, &["Ours", "Theirs"], entries.collect())
    }
}

impl Report for ResolutionReport<'_> {
    fn heading(&self) -> Heading<'_> {
        match self.purpose {
            // Who asks says how it is to be handled once, not with every question.
            Purpose::Ask(..) => Heading::unmarked("Conflict"),
            Purpose::List | Purpose::Look => {
                Heading { title: "Conflicts".into(), ..Heading::of(self.scenario) }
            }
        }
    }

    fn sections(&self) -> Vec<Section<'_>> {
        if let Purpose::Ask(number, all) = self.purpose {
            return self.question(number, all);
        }
        let (file, name) =
            (shell_word(self.file), if self.file == "-" { "standard input" } else { self.file });
        let next = |told: Vec<String>| {
            let told = if self.purpose == Purpose::List { told } else { Vec::new() };
            told.into_iter().map(Section::Next)
        };
        let doubles = (!self.doubled.is_empty()).then(|| Section::Listing(self.doubles()));
        let Some((_, first)) = self.left.first() else {
            let none = plain(format!("There are no conflicts in {name}."));
            let told = match self.doubled.first() {
                None => format!("git add {file} tells git that it is settled"),
                Some(Doubled { kind, follows_as, .. }) => {
                    let theirs = with_kind(self.scenario, *kind, follows_as);
                    format!("ach rm {file} {theirs} keeps ours")
                }
            };
            let sections = [Section::Prose(vec![vec![none]])].into_iter().chain(doubles);
            return sections.chain(next(vec![told])).collect();
        };
        let verdict = match (self.left.len(), self.all) {
            (1, 1) => "1 conflict is left to settle".to_owned(),
            (some, all) if some < all => {
                format!("{some} of {} left to settle", count(all, "conflict", "conflicts"))
            }
            (_, all) => format!("{} are left to settle", count(all, "conflict", "conflicts")),
        };
        let which = if self.left.len() == 1 { "it" } else { "the first" };
        let mut told =
            vec![format!("ach resolve {file} {} --theirs settles {which} for theirs", first.target)];
        if self.left.len() > 1 {
            told.push(format!("ach resolve {file} --interactive asks about one after the other"));
        }
        let verdict = vec![strong(verdict), plain(format!(" in {name}"))];
        let who = self.underway.iter().map(|underway| vec![plain(underway.who())]);
        let verdict = std::iter::once(verdict).chain(who).collect();
        let listed = [Section::Prose(verdict), Section::Listing(self.listing())];
        listed.into_iter().chain(doubles).chain(next(told)).collect()
    }

    fn records(&self) -> Records<'_> {
        let columns = [
            "evidence",
            "hypothesis",
            "source",
            "indicator",
            "field",
            "deleted",
            "base",
            "ours",
            "theirs",
            "line",
            "column",
        ];
        let rows = Lazy::new(self.left.len(), |row| {
            let Some((left, said)) = self.left.get(row) else { return Vec::new() };
            let subject = Named::new(self.scenario, &left.unsettled.subject);
            let deleted = match left.unsettled.dispute {
                Dispute::Deleted(side) => Some(side),
                Dispute::Cell { .. } | Dispute::Field { .. } => None,
            };
            vec![
                RecordField::maybe(subject.evidence, RecordField::text),
                RecordField::maybe(subject.hypothesis, RecordField::text),
                RecordField::maybe(subject.source, RecordField::text),
                RecordField::maybe(subject.indicator, RecordField::text),
                RecordField::maybe(subject.field, RecordField::text),
                RecordField::maybe(deleted, |side| RecordField::text(side.as_str())),
                RecordField::maybe(said.base.as_deref(), RecordField::text),
                RecordField::text(said.ours.as_str()),
                RecordField::text(said.theirs.as_str()),
                RecordField::Count(left.place.0),
                RecordField::Count(left.place.1),
            ]
        });
        Records { columns: columns.into_iter().map(Cow::Borrowed).collect(), rows }
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}

/// What a conflict is about, by ids.
#[derive(Debug, Default, Serialize)]
struct Named {
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hypothesis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

impl Named {
    fn new(scenario: &Scenario, subject: &Subject) -> Self {
        let mut named = Self::default();
        let mut name = |kind, at| {
            let id = Some(by_kind!(kind, id(scenario, at)));
            match kind {
                ItemKind::Hypothesis => named.hypothesis = id,
                ItemKind::Source => named.source = id,
                ItemKind::Evidence => named.evidence = id,
                ItemKind::Indicator => named.indicator = id,
            }
        };
        match *subject {
            Subject::Scenario => {}
            Subject::ScenarioField(path) => named.field = Some(path),
            Subject::Item(kind, at) => name(kind, at),
            Subject::ItemField(kind, at, key) => {
                name(kind, at);
                named.field = Some(key);
            }
            Subject::Cell { evidence, hypothesis } => {
                name(ItemKind::Evidence, evidence);
                name(ItemKind::Hypothesis, hypothesis);
            }
        }
        named
    }
}

/// What an item says: its name or text.
fn text<T: Item>(scenario: &Scenario, id: &str) -> String {
    let at = T::list(scenario).iter().position(|item| item.id().as_ref() == id);
    at.map(|at| text_at::<T>(scenario, at)).unwrap_or_default()
}

fn text_at<T: Item>(scenario: &Scenario, at: usize) -> String {
    match T::list(scenario).get(at).and_then(|item| item.field(*T::FIELDS.first()?)) {
        Some(Value::Text(text)) => format!("\"{text}\""),
        Some(Value::Number(_) | Value::Date(_) | Value::List(_)) | None => String::new(),
    }
}

fn id<T: Item>(scenario: &Scenario, at: usize) -> String {
    T::list(scenario).get(at).map(|item| item.id().to_string()).unwrap_or_default()
}

/// What one side says, as a value: null where it says nothing.
#[derive(Serialize)]
#[serde(untagged)]
enum SideValue<'a> {
    Nothing,
    Value(Cow<'a, Value>),
    Judgement(JudgementValue),
}

#[derive(Serialize)]
struct JudgementValue {
    rating: Option<&'static str>,
    confidence: Option<&'static str>,
    note: Option<String>,
}

impl JudgementValue {
    fn new(judgement: &Judgement) -> Self {
        Self {
            rating: judgement.rating.map(|rating| rating.as_str()),
            confidence: judgement.confidence.map(|confidence| confidence.as_str()),
            note: judgement.note.clone(),
        }
    }
}

#[derive(Serialize)]
struct Conflict<'a> {
    #[serde(flatten)]
    subject: Named,
    deleted: Option<Side>,
    base: SideValue<'a>,
    ours: SideValue<'a>,
    theirs: SideValue<'a>,
    line: usize,
    column: usize,
}

impl<'a> Conflict<'a> {
    fn new(scenario: &Scenario, left: &'a OpenConflict<'_>) -> Self {
        let (mut deleted, nothing) = (None, || SideValue::Nothing);
        let judgement = |judgement: &Judgement| SideValue::Judgement(JudgementValue::new(judgement));
        let value = |value: &'a Option<Value>| {
            value.as_ref().map_or(SideValue::Nothing, |value| SideValue::Value(Cow::Borrowed(value)))
        };
        let (base, ours, theirs) = match &left.unsettled.dispute {
            Dispute::Cell { ours, record } => {
                (judgement(&record.base), judgement(&ours.judgement()), judgement(&record.theirs))
            }
            Dispute::Field { ours, record } => (value(&record.base), value(ours), value(&record.theirs)),
            Dispute::Deleted(side) => {
                deleted = Some(*side);
                (nothing(), nothing(), nothing())
            }
        };
        let subject = Named::new(scenario, &left.unsettled.subject);
        let (line, column) = left.place;
        Self { subject, deleted, base, ours, theirs, line, column }
    }
}

#[derive(Serialize)]
struct Document<'a, C, D> {
    format: u32,
    marking: Option<Cow<'a, str>>,
    conflicts: C,
    doubled: D,
}

/// An id that both sides gave, and that under which theirs follows.
#[derive(Serialize)]
struct DoubledItem<'a> {
    kind: ItemKind,
    id: &'a str,
    follows_as: &'a str,
}

impl Serialize for ResolutionReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let conflicts = List(|| self.left.iter().map(|(left, _)| Conflict::new(self.scenario, left)));
        let doubled = List(|| {
            self.doubled.iter().map(|Doubled { kind, id, follows_as }| DoubledItem {
                kind: *kind,
                id,
                follows_as,
            })
        });
        Document { format: JSON_FORMAT, marking: self.heading().marking, conflicts, doubled }
            .serialize(serializer)
    }
}
