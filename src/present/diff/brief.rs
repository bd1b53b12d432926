//! A comparison in one line for each change, which outlives the versions: for the history of many commits.

use super::DiffReport;
use super::entry::items;
use super::group::{Happening, Sort, sort};
use super::shift::{Shift, Stand};
use crate::change::{Change, ItemChange, Listed, ScenarioChange, match_change};
use crate::present::change::{item_name, row_name};
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::words::{self, count, list};
use crate::scenario::ItemKind;
use crate::text::truncate;

/// Columns shown of each stretch of an edited text.
const LONGEST: usize = 160;

/// The changes between two versions, in lines.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The changes, in the order of docs/json.md.
    pub changes: Vec<Change>,
    /// The conclusion before and after.
    pub conclusion: Shift,
    /// Whether the scenario is new or gone.
    pub whole: bool,
    /// `, provisionally` where the conclusion after is provisional, else empty.
    pub provisional: &'static str,
    /// Lines about the conclusion.
    pub verdict: Vec<BriefLine>,
    /// Lines about the changes.
    pub lines: Vec<BriefLine>,
}

/// A line about one thing.
#[derive(Clone, Debug)]
pub struct BriefLine {
    /// The thing.
    pub subject: String,
    /// Whether it was added or removed.
    pub words: Vec<Phrase<'static>>,
}

impl Brief {
    /// Whether the scenario was deleted.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.whole && self.verdict.iter().any(|line| line.subject == GONE)
    }

    /// Turns the arrival of a scenario into its being found: the version before it is not known, so that nothing in it
    /// need be new.
    #[must_use]
    pub fn found(mut self) -> Self {
        self.changes.clear();
        for line in self.verdict.iter_mut().filter(|line| line.subject == NEW) {
            FOUND.clone_into(&mut line.subject);
        }
        self
    }

    /// Whether the leaders changed.
    #[must_use]
    pub fn leader_changed(&self) -> bool {
        self.verdict.iter().any(|line| line.subject == LEADER)
    }
}

const LEADER: &str = "leader";
const NEW: &str = "new";
/// Of a scenario that is there, while the version before it is not known.
const FOUND: &str = "found";
const GONE: &str = "gone";
/// Stands for the leaders where there are none.
pub(in crate::present) const NOBODY: &str = "none";

impl DiffReport<'_> {
    /// Returns the comparison in lines.
    #[must_use]
    pub fn brief(&self) -> Brief {
        let conclusion = self.conclusion.clone();
        let whole = self.before.is_none() || self.after.is_none();
        let lines = if whole { Vec::new() } else { self.lines() };
        let verdict = if whole { vec![self.comes_or_goes(&conclusion)] } else { self.moves(&conclusion) };
        let provisional = self.provisional();
        Brief { changes: self.changes.clone(), conclusion, whole, provisional, verdict, lines }
    }

    /// Describes a scenario that is new or gone.
    fn comes_or_goes(&self, conclusion: &Shift) -> BriefLine {
        let (subject, stand) =
            if self.before.is_none() { (NEW, &conclusion.after) } else { (GONE, &conclusion.before) };
        let Some(scenario) = self.after.or(self.before) else {
            return BriefLine { subject: subject.to_owned(), words: Vec::new() };
        };
        let sizes = [
            (ItemKind::Hypothesis, scenario.hypotheses.len()),
            (ItemKind::Evidence, scenario.evidence.len()),
            (ItemKind::Source, scenario.sources.len()),
            (ItemKind::Indicator, scenario.indicators.len()),
            (ItemKind::Estimate, scenario.estimates.len()),
        ];
        let sizes: Vec<String> =
            sizes.into_iter().filter(|(_, size)| *size > 0).map(|(kind, size)| items(kind, size)).collect();
        let mut words = vec![plain(if sizes.is_empty() { "empty".to_owned() } else { list(&sizes) })];
        if stand.leaders().next().is_some() {
            words.extend([plain("; leader: "), strong(leaders(stand))]);
            words.extend(self.after.map(|_| plain(self.provisional())));
        }
        BriefLine { subject: subject.to_owned(), words }
    }

    /// The word that marks a provisional lead; empty if it is not.
    pub(super) fn provisional(&self) -> &'static str {
        if self.standing.is_provisional() { ", provisionally" } else { "" }
    }

    /// Describes how leaders, ranks and scores moved.
    fn moves(&self, conclusion: &Shift) -> Vec<BriefLine> {
        let mut told = Vec::new();
        if self.standing.leader_changed() {
            let [before, after] = [&conclusion.before, &conclusion.after].map(leaders);
            told.push(BriefLine {
                subject: LEADER.to_owned(),
                words: vec![plain(before), plain(" -> "), strong(after), plain(self.provisional())],
            });
        }
        if !self.standing.changed() {
            return told;
        }
        let mut moved: Vec<String> = Vec::new();
        let mut ranks = false;
        for movement in &self.standing.movements {
            let (Some(was), Some(is)) = (&movement.before, &movement.after) else { continue };
            let score = |score: Option<f64>| {
                let of_both = score.filter(|_| self.standing.is_one_method());
                of_both.map_or("-".to_owned(), |score| words::score(conclusion.method, score))
            };
            let rank = |rank: Option<usize>| rank.map_or("-".to_owned(), |rank| rank.to_string());
            let scores = format!("{} -> {}", score(was.score), score(is.score));
            if was.rank != is.rank {
                ranks = true;
                let ranks = format!("{} -> {}", rank(was.rank), rank(is.rank));
                let same = score(was.score) == score(is.score);
                moved.push(format!(
                    "{} {ranks}{}",
                    is.header,
                    if same { String::new() } else { format!(" ({scores})") }
                ));
            } else if score(was.score) != score(is.score) {
                moved.push(format!("{} {scores}", is.header));
            }
        }
        if !moved.is_empty() {
            let subject = if ranks { "ranks" } else { "scores" };
            told.push(BriefLine { subject: subject.to_owned(), words: vec![plain(words::some(&moved, 8))] });
        }
        told
    }

    fn lines(&self) -> Vec<BriefLine> {
        let groups = self.groups();
        groups.iter().flat_map(|group| &group.entries).map(|at| self.line_of(*at)).collect()
    }

    /// Describes the changes of an entry.
    fn line_of(&self, at: (usize, usize)) -> BriefLine {
        let Some(change) = self.changes_of(at).first() else {
            return BriefLine { subject: String::new(), words: Vec::new() };
        };
        let (subject, lead) = match_change!(
            change,
            Item(item) => of_item(item),
            Change::Cell { row, hypothesis, .. } => {
                (format!("{} / {}", row_name(row), self.names().header(hypothesis)), String::new())
            },
            Change::Scenario(ScenarioChange::FieldSet { field, .. }) => {
                let colon = if field.spec().nature.is_text() { ": " } else { " " };
                ("scenario".to_owned(), format!("{field}{colon}"))
            },
            Change::Scenario(ScenarioChange::ConflictSet(_)) => {
                ("scenario".to_owned(), "conflict ".to_owned())
            },
        );
        let mut said: Vec<Phrase<'static>> = Vec::new();
        if !lead.is_empty() {
            said.push(plain(lead));
        }
        let is_renamed = matches!(sort(change), Sort::Items(Happening::Renamed, _));
        if let (false, Some((before, after))) = (is_renamed, self.change_of(at)) {
            said.extend([owned(before), plain(" -> "), owned(after)]);
        }
        for (number, paragraph) in self.words(at).into_iter().enumerate() {
            if number > 0 || (!said.is_empty() && self.change_of(at).is_some()) {
                said.push(dim("; "));
            }
            said.extend(paragraph.into_iter().map(owned));
        }
        BriefLine { subject, words: said }
    }
}

/// Returns the name of an item, and what happened to it up to where the values follow.
fn of_item<T: Listed>(item: &ItemChange<T>) -> (String, String) {
    let subject = item_name(T::KIND, item.id().as_ref());
    let lead = match item {
        ItemChange::Added(_) => "added: ".to_owned(),
        ItemChange::Removed(_) => "removed: ".to_owned(),
        ItemChange::Moved { .. } => "place ".to_owned(),
        ItemChange::Renamed { from, .. } => format!("renamed from {}", from.as_ref()),
        ItemChange::FieldSet { field, .. } if sort(&T::change(item.clone())) == Sort::Texts => {
            format!("{}: ", T::key(*field))
        }
        ItemChange::FieldSet { field, .. } => format!("{} ", T::key(*field)),
        ItemChange::ConflictSet { .. } => "conflict ".to_owned(),
    };
    (subject, lead)
}

fn owned(phrase: Phrase<'_>) -> Phrase<'static> {
    Phrase::new(truncate(&phrase.text, LONGEST).into_owned(), phrase.tone)
}

/// Returns the names of the leaders, or their number.
pub(in crate::present) fn leaders(stand: &Stand) -> String {
    let leaders: Vec<&str> = stand.leaders().map(|placed| placed.name.as_str()).collect();
    match leaders.len() {
        0 => NOBODY.to_owned(),
        1..=4 => list(&leaders),
        many => count(many, "hypothesis", "hypotheses"),
    }
}
