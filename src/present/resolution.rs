//! Conflicts that merges left in a scenario: the answer of `ach resolve`.

use std::ffi::{OsStr, OsString};

use serde::Serialize;

use super::conflict::ConflictText;
use super::json::OrderedMap;
use super::kind::id_at;
use super::listing::{Listing, ListingEntry};
use super::phrase::{Phrase, dim, plain, strong};
use super::record::Records;
use super::table::Cell;
use super::target::{by_kind, with_kind};
use super::words::count;
use super::{Heading, Report, Section, shell_word};
use crate::change::{Dispute, Doubled, Unsettled, doubled};
use crate::scenario::{
    Item, ItemKind, Judgement, Level, Probability, Rating, Scenario, Side, Subject, Value,
};

/// Changes that an unmerged file lacks, listed one by one; the rest is counted.
const MOST_LACKING: usize = 20;

/// A conflict that is left to settle, and where it stands.
#[derive(Clone, Debug)]
pub struct OpenConflict<'a> {
    /// Its number among all that are left, from 1.
    pub number: usize,
    /// Its subject, and the values of the sides.
    pub unsettled: Unsettled<'a>,
    /// Line and column, from 1.
    pub place: (usize, usize),
}

/// The purpose of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To list the conflicts with the commands that settle them.
    List,
    /// To list conflicts that cannot be settled, as in a committed version.
    Look,
    /// To ask about one conflict: its number, and how many there are.
    Ask(usize, usize),
}

/// The git operation in progress on the file, with the commit that it applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Underway {
    /// The commit is merged in.
    Merging(String),
    /// The commit, one of the user's own, is rebased onto others.
    Rebasing(String),
    /// The commit is copied.
    Picking(String),
    /// The commit is undone.
    Reverting(String),
}

impl Underway {
    /// Says who ours and theirs are.
    fn who(&self) -> String {
        match self {
            Self::Merging(commit) => format!("In this merge theirs is {commit}, and ours is your branch."),
            Self::Rebasing(commit) => {
                format!("In this rebase theirs is your own {commit}, and ours is what it is rebased onto.")
            }
            Self::Picking(commit) => {
                format!("In this cherry-pick theirs is {commit}, and ours is your branch.")
            }
            Self::Reverting(commit) => {
                format!("In this revert theirs is the version before {commit}, and ours is your branch.")
            }
        }
    }
}

/// A file that git lists as unmerged, without a record of what is left to settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unmerged {
    /// Changes of one side are not in the file.
    Lacking {
        /// The side that made them.
        side: Side,
        /// The changes in words.
        changes: Vec<String>,
        /// The names of the versions that merged give the file with all changes.
        #[serde(skip)]
        versions: [OsString; 3],
    },
    /// This side deleted the file, and the other changed it.
    Deleted(Side),
    /// The versions cannot be compared, for this reason.
    Unread(String),
}

impl Unmerged {
    /// Says what is wrong in one line.
    #[must_use]
    pub fn line(&self, file: &str) -> String {
        match self {
            Self::Lacking { side, changes, .. } => format!(
                "git has not merged {file}: {} of {side} {} not in it",
                count(changes.len(), "change", "changes"),
                if changes.len() == 1 { "is" } else { "are" }
            ),
            Self::Deleted(side) => {
                format!("git has not merged {file}: {side} deleted it, and {} changed it", side.other())
            }
            Self::Unread(reason) => {
                format!("git has not merged {file}, and its versions cannot be compared: {reason}")
            }
        }
    }

    /// Returns the commands that merge the file, or settle that it stays or goes.
    fn next(&self, file: &OsStr) -> Vec<String> {
        let word = shell_word(file);
        match self {
            Self::Lacking { versions, .. } => {
                let versions: Vec<_> = versions.iter().map(shell_word).collect();
                vec![format!("ach merge {} -o {word} merges what both changed", versions.join(" "))]
            }
            Self::Deleted(_) => vec![format!("git add {word} keeps it"), format!("git rm {word} deletes it")],
            Self::Unread(_) => Vec::new(),
        }
    }
}

/// The conflicts of a file, or those asked for.
#[derive(Debug, Serialize)]
pub struct ResolutionReport<'a> {
    marking: Option<&'a str>,
    conflicts: Vec<ListedConflict>,
    /// Ids that both sides gave to different items.
    doubled: Vec<Doubled>,
    /// Why git still lists the file as unmerged, where that is more than a matter of `git add`.
    unmerged: Option<Unmerged>,
    #[serde(skip)]
    scenario: &'a Scenario,
    #[serde(skip)]
    file: &'a OsStr,
    #[serde(skip)]
    purpose: Purpose,
    #[serde(skip)]
    underway: Option<Underway>,
    /// Conflicts in the file, listed or not.
    #[serde(skip)]
    all: usize,
}

#[derive(Debug, Serialize)]
struct ListedConflict {
    #[serde(flatten)]
    subject_keys: SubjectKeys,
    deleted: Option<Side>,
    base: SideValue,
    ours: SideValue,
    theirs: SideValue,
    line: usize,
    column: usize,
    #[serde(skip)]
    number: usize,
    #[serde(skip)]
    subject: Subject,
    #[serde(skip)]
    text: ConflictText,
}

/// The subject of a conflict: ids by kind and, of a field, its key.
type SubjectKeys = OrderedMap<&'static str, String>;

/// The value on one side of a conflict.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum SideValue {
    Nothing,
    Field(Value),
    Probability(Option<Probability>),
    Judgement { rating: Option<Rating>, confidence: Option<Level>, note: Option<String> },
}

/// A conflict in the plain table, where a side is a text.
#[derive(Serialize)]
struct ConflictRow<'a> {
    #[serde(flatten)]
    subject_keys: &'a SubjectKeys,
    deleted: Option<Side>,
    base: Option<&'a str>,
    ours: &'a str,
    theirs: &'a str,
    line: usize,
    column: usize,
}

impl ListedConflict {
    fn new(scenario: &Scenario, conflict: OpenConflict<'_>) -> Self {
        let OpenConflict { number, unsettled, place: (line, column) } = conflict;
        let text = ConflictText::new(scenario, &unsettled);
        let value = |value: Option<Value>| value.map_or(SideValue::Nothing, SideValue::Field);
        let is_estimate = matches!(unsettled.subject, Subject::Cell { kind: ItemKind::Estimate, .. });
        let judged = |Judgement { probability, rating, confidence, note }| {
            if is_estimate {
                SideValue::Probability(probability)
            } else {
                SideValue::Judgement { rating, confidence, note }
            }
        };
        let (deleted, [base, ours, theirs]) = match unsettled.dispute {
            Dispute::Cell { ours, record } => {
                (None, [record.base.clone(), ours.judgement(), record.theirs.clone()].map(judged))
            }
            Dispute::Field { ours, record } => {
                (None, [record.base.clone(), ours, record.theirs.clone()].map(value))
            }
            Dispute::Deleted(side) => (Some(side), [None, None, None].map(value)),
        };
        let subject = unsettled.subject;
        let subject_keys = subject_keys(scenario, &subject);
        Self { subject_keys, deleted, base, ours, theirs, line, column, number, subject, text }
    }

    /// The sides that say something, each with its name.
    fn sides(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let ConflictText { base, ours, theirs, .. } = &self.text;
        let sides = [("ours", Some(ours)), ("theirs", Some(theirs)), ("base", base.as_ref())];
        sides.into_iter().filter_map(|(side, text)| Some((side, text?.as_str())))
    }
}

impl<'a> ResolutionReport<'a> {
    /// Reports these conflicts of a scenario, out of `all`; `file` is its name on a command line.
    #[must_use]
    pub fn new(
        scenario: &'a Scenario,
        file: &'a OsStr,
        purpose: Purpose,
        conflicts: Vec<OpenConflict<'_>>,
        all: usize,
    ) -> Self {
        let conflicts = conflicts.into_iter().map(|conflict| ListedConflict::new(scenario, conflict));
        Self {
            marking: scenario.marking.as_deref().filter(|_| !matches!(purpose, Purpose::Ask(..))),
            conflicts: conflicts.collect(),
            doubled: doubled(scenario),
            unmerged: None,
            scenario,
            file,
            purpose,
            underway: None,
            all,
        }
    }

    /// Adds what git has not merged.
    #[must_use]
    pub fn lacking(self, unmerged: Option<Unmerged>) -> Self {
        Self { unmerged, ..self }
    }

    /// Adds the git operation in progress.
    #[must_use]
    pub fn during(self, underway: Option<Underway>) -> Self {
        Self { underway, ..self }
    }

    fn listing(&self) -> Listing<'_> {
        let entries = self.conflicts.iter().map(|conflict| {
            let place = format!("line {}", conflict.line);
            let names = [conflict.number.to_string(), conflict.text.about.clone(), place];
            let words = conflict.sides().map(|(side, text)| vec![dim(format!("{side}: ")), plain(text)]);
            (ListingEntry::named(names.into_iter().map(Cell::plain).collect()), words.collect())
        });
        Listing::of("", &["", "Conflict", "Where"], entries.collect())
    }

    /// The question about one conflict: its subject, then what the sides say.
    fn question(&self, number: usize, all: usize) -> Vec<Section<'_>> {
        let Some(conflict) = self.conflicts.first() else { return Vec::new() };
        let item = match conflict.subject {
            Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => Some((kind, at)),
            Subject::Cell { kind, item, .. } => Some((kind, item)),
            Subject::Scenario | Subject::ScenarioField(_) => None,
        };
        let text = item.map(|(kind, at)| by_kind!(kind, text_at(self.scenario, at))).unwrap_or_default();
        let head = vec![
            dim(format!("{number} of {all}: ")),
            strong(conflict.text.about.as_str()),
            plain(format!(", line {}", conflict.line)),
        ];
        let about = if text.is_empty() { Vec::new() } else { vec![dim(text)] };
        let sides = conflict.sides().map(|(side, text)| (vec![Cell::plain(side)], vec![plain(text)]));
        let sides = Listing::lines("", &["Side"], sides.collect());
        let who = if number == 1 { self.who() } else { None };
        let who = who.map(|who| Section::Prose(vec![who]));
        who.into_iter().chain([Section::Prose(vec![head, about]), Section::Listing(sides)]).collect()
    }

    /// Says who ours and theirs are while git is in the middle of something.
    fn who(&self) -> Option<Vec<Phrase<'_>>> {
        self.underway.as_ref().map(|underway| vec![plain(underway.who())])
    }

    /// Items of both sides under ids that a merge had to tell apart, with the commands that keep one or both: only the
    /// analyst knows whether they are the same.
    fn doubles(&self) -> Listing<'_> {
        let file = shell_word(self.file);
        let entries = self.doubled.iter().map(|Doubled { kind, id, follows_as }| {
            let word = |id: &String| with_kind(self.scenario, *kind, id);
            let (ours, theirs) = (word(id), word(follows_as));
            let text = |id: &str| by_kind!(*kind, text(self.scenario, id));
            let mut words = vec![("ours: ", text(id)), ("theirs: ", text(follows_as))];
            if self.purpose == Purpose::List {
                words.extend([
                    ("keep ours: ", format!("ach rm {file} {theirs}")),
                    ("keep theirs: ", format!("ach rm {file} {ours} && ach mv {file} {theirs} {id}")),
                    ("keep both: ", format!("ach mv {file} {theirs} NEW-ID")),
                ]);
            }
            let names = vec![Cell::plain(format!("{kind} {id}")), Cell::plain(follows_as.as_str())];
            let words = words.into_iter().map(|(side, text)| vec![dim(side), plain(text)]);
            (ListingEntry::named(names), words.collect())
        });
        let heading = format!("{} that both sides gave", count(self.doubled.len(), "id", "ids"));
        Listing::of(heading, &["Ours", "Theirs"], entries.collect())
    }
}

impl Report for ResolutionReport<'_> {
    fn heading(&self) -> Heading<'_> {
        match self.purpose {
            // The marking is not repeated with every question.
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
        let file = shell_word(self.file);
        let name = if self.file == "-" { "standard input".into() } else { self.file.to_string_lossy() };
        let next = |commands: Vec<String>| {
            let commands = if self.purpose == Purpose::List { commands } else { Vec::new() };
            commands.into_iter().map(Section::Next)
        };
        if let Some(unmerged) = &self.unmerged {
            let mut lines = vec![vec![strong(unmerged.line(&name)), plain(".")]];
            if let Unmerged::Lacking { changes, .. } = unmerged {
                lines.extend(
                    changes.iter().take(MOST_LACKING).map(|change| vec![plain(format!("  {change}"))]),
                );
                let more = changes.len().saturating_sub(MOST_LACKING);
                lines.extend((more > 0).then(|| vec![dim(format!("  and {more} more"))]));
            }
            lines.extend(self.who());
            return std::iter::once(Section::Prose(lines)).chain(next(unmerged.next(self.file))).collect();
        }
        let doubles = (!self.doubled.is_empty()).then(|| Section::Listing(self.doubles()));
        let Some(first) = self.conflicts.first() else {
            let none = plain(format!("There are no conflicts in {name}."));
            let command = match self.doubled.first() {
                None => format!("git add {file} marks it as settled"),
                Some(Doubled { kind, follows_as, .. }) => {
                    let theirs = with_kind(self.scenario, *kind, follows_as);
                    format!("ach rm {file} {theirs} keeps ours")
                }
            };
            let sections = [Section::Prose(vec![vec![none]])].into_iter().chain(doubles);
            return sections.chain(next(vec![command])).collect();
        };
        let number = self.conflicts.len();
        let verdict = match (number, self.all) {
            (1, 1) => "1 conflict is left to settle".to_owned(),
            (some, all) if some < all => {
                format!("{some} of {} left to settle", count(all, "conflict", "conflicts"))
            }
            (_, all) => format!("{} are left to settle", count(all, "conflict", "conflicts")),
        };
        let which = if number == 1 { "it" } else { "the first" };
        let target = &first.text.target;
        let mut commands = vec![format!("ach resolve {file} {target} --theirs settles {which} for theirs")];
        if number > 1 {
            commands.push(format!("ach resolve {file} --interactive asks about one after the other"));
        }
        let verdict = vec![strong(verdict), plain(format!(" in {name}"))];
        let verdict = std::iter::once(verdict).chain(self.who()).collect();
        let listed = [Section::Prose(verdict), Section::Listing(self.listing())];
        listed.into_iter().chain(doubles).chain(next(commands)).collect()
    }

    fn records(&self) -> Records<'_> {
        let rows = self.conflicts.iter().map(|conflict| ConflictRow {
            subject_keys: &conflict.subject_keys,
            deleted: conflict.deleted,
            base: conflict.text.base.as_deref(),
            ours: &conflict.text.ours,
            theirs: &conflict.text.theirs,
            line: conflict.line,
            column: conflict.column,
        });
        let columns = &[
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
        Records::of(columns, rows.collect())
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}

fn subject_keys(scenario: &Scenario, subject: &Subject) -> SubjectKeys {
    let named = |kind: ItemKind, at| (kind.as_str(), id_at(scenario, kind, at));
    OrderedMap(match *subject {
        Subject::Scenario => Vec::new(),
        Subject::ScenarioField(path) => vec![("field", path.to_owned())],
        Subject::Item(kind, at) => vec![named(kind, at)],
        Subject::ItemField(kind, at, key) => vec![named(kind, at), ("field", key.to_owned())],
        Subject::Cell { kind, item, hypothesis } => {
            let mut both = vec![named(kind, item), named(ItemKind::Hypothesis, hypothesis)];
            // Evidence comes before its hypothesis, other rows come after it.
            if kind != ItemKind::Evidence {
                both.reverse();
            }
            both
        }
    })
}

/// Returns the name or text of an item in quotes; empty if it is not there.
fn text<T: Item>(scenario: &Scenario, id: &str) -> String {
    let at = T::list(scenario).iter().position(|item| item.id().as_ref() == id);
    at.map(|at| text_at::<T>(scenario, at)).unwrap_or_default()
}

fn text_at<T: Item>(scenario: &Scenario, at: usize) -> String {
    match T::list(scenario).get(at).and_then(|item| item.field(*T::FIELDS.first()?)) {
        Some(Value::Text(text)) => format!("\"{text}\""),
        Some(Value::Number(_) | Value::Flag(_) | Value::Date(_) | Value::List(_)) | None => String::new(),
    }
}
