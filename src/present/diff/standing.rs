//! The conclusion before and after: ranks and scores in both versions, by one method.

use std::collections::HashMap;

use super::names::old_ids;
use super::shift::{Movement, Placed, Shift, Stand};
use crate::change::Change;
use crate::engine::{self, Matrix, Ranking};
use crate::present::conclusion::{Conclusion, note};
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::words::{self, count, method_words, thousands};
use crate::present::{Align, Cell, Column, Request, Role, Table, Tone};
use crate::scenario::{Hypothesis, HypothesisId, Method, Scenario, inconsistencies};
use crate::text::{pad_left, pad_right, width};

/// Up to this many hypotheses, all are listed; of more, unchanged ones are only counted.
const ALL_SHOWN: usize = 12;
/// Shown for an absent score or rank.
const NONE: &str = "-";

/// One version and its ranking.
#[derive(Debug)]
struct RankedVersion<'a> {
    /// `None` for an absent version.
    scenario: Option<&'a Scenario>,
    matrix: Matrix,
    ranking: Ranking,
    /// Whether it cannot be scored because it is inconsistent.
    unfit: bool,
}

impl<'a> RankedVersion<'a> {
    fn new(scenario: Option<&'a Scenario>, method: Method, request: Request<'_>) -> Self {
        let Some(scenario) = scenario else {
            let matrix = Matrix::new(&Scenario::default(), None);
            let ranking = engine::rank(&matrix, method);
            return Self { scenario: None, matrix, ranking, unfit: false };
        };
        let matrix = request.matrix(scenario);
        let count = scenario.hypotheses.len();
        // Sums can be made of whatever was judged; a probability of what contradicts itself means nothing.
        let unfit = method == Method::Bayes && !inconsistencies(scenario).is_empty();
        let ranking = if unfit {
            Ranking {
                method,
                scores: vec![None; count],
                ranks: vec![None; count],
                leaders: Vec::new(),
                margin: None,
            }
        } else {
            engine::rank(&matrix, method)
        };
        Self { scenario: Some(scenario), matrix, ranking, unfit }
    }

    fn hypotheses(&self) -> &'a [Hypothesis] {
        self.scenario.map(|scenario| scenario.hypotheses.as_slice()).unwrap_or_default()
    }

    fn hypothesis(&self, at: usize) -> Option<&'a Hypothesis> {
        self.hypotheses().get(at)
    }

    fn score(&self, at: usize) -> Option<f64> {
        self.ranking.score(at)
    }

    fn rank(&self, at: usize) -> Option<usize> {
        self.ranking.rank(at)
    }

    fn conclusion(&self) -> Option<Conclusion<'_>> {
        let scenario = self.scenario?;
        Some(Conclusion { scenario, matrix: &self.matrix, ranking: &self.ranking })
    }

    /// Returns the names of the leaders, or `none`.
    fn leaders(&self) -> String {
        match self.conclusion() {
            Some(conclusion) if !self.ranking.leaders.is_empty() => conclusion.names(&self.ranking.leaders),
            Some(_) | None => "none".to_owned(),
        }
    }

    /// Returns `Leader: A`, or `Leaders: A and B`.
    fn led(&self, what: &str) -> String {
        let several = if self.ranking.leaders.len() > 1 { "s" } else { "" };
        format!("{what}{several}: {}", self.leaders())
    }

    fn leads(&self, at: usize) -> bool {
        self.ranking.leaders.contains(&at)
    }
}

/// One hypothesis, by its position in each version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pair {
    before: Option<usize>,
    after: Option<usize>,
}

/// The figures of one hypothesis as texts: rank and score before and after, places moved, and the difference of
/// scores.
struct Figures {
    before: [String; 2],
    after: [String; 2],
    change: [String; 2],
}

/// How the hypotheses stand in both versions.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    /// How the version after is scored.
    pub(super) method: Method,
    /// How the version before is scored.
    method_before: Method,
    before: RankedVersion<'a>,
    after: RankedVersion<'a>,
    /// Every hypothesis once: by rank after, then those that are gone.
    pairs: Vec<Pair>,
}

impl<'a> Standing<'a> {
    pub(super) fn new(
        before: Option<&'a Scenario>,
        after: Option<&'a Scenario>,
        changes: &[Change],
        request: Request<'_>,
    ) -> Self {
        let own = |side: Option<&Scenario>| request.method.or_else(|| Some(side?.method()));
        let method = own(after).or_else(|| own(before)).unwrap_or(Method::DEFAULT);
        let method_before = own(before).unwrap_or(method);
        let (before, after) =
            (RankedVersion::new(before, method_before, request), RankedVersion::new(after, method, request));
        let pairs = pairs(&before, &after, changes);
        Self { method, method_before, before, after, pairs }
    }

    /// Whether the leaders changed.
    pub(super) fn leader_changed(&self) -> bool {
        self.pairs.iter().any(|pair| {
            let led = pair.before.is_some_and(|at| self.before.leads(at));
            let leads = pair.after.is_some_and(|at| self.after.leads(at));
            led != leads
        })
    }

    /// Returns the leaders before and after: `A -> B`.
    pub(super) fn change_of_leaders(&self) -> String {
        format!("{} -> {}", self.before.leaders(), self.after.leaders())
    }

    /// Whether any leader, rank or score changed.
    pub(super) fn changed(&self) -> bool {
        self.pairs.iter().any(|pair| self.differs(*pair))
    }

    fn differs(&self, Pair { before, after }: Pair) -> bool {
        let (Some(before), Some(after)) = (before, after) else { return true };
        self.before.rank(before) != self.after.rank(after)
            || self.before.score(before) != self.after.score(after)
    }

    /// Whether the conclusion after is provisional.
    pub(super) fn is_provisional(&self) -> bool {
        self.after.conclusion().is_some_and(Conclusion::is_provisional)
    }

    /// Whether both versions are scored alike, so that their scores compare.
    pub(super) fn is_one_method(&self) -> bool {
        self.method == self.method_before
    }

    /// Says how many hypotheses are compared, and by which method.
    pub(super) fn extent(&self, request: Request<'_>) -> String {
        let hypotheses = count(self.pairs.len(), "hypothesis", "hypotheses");
        let by = if self.is_one_method() {
            format!("{hypotheses}, scored by {}", self.method)
        } else {
            format!("{hypotheses}, scored by {} before and by {} after", self.method_before, self.method)
        };
        request.limits(by)
    }

    /// Says in sentences who leads now and who led.
    pub(super) fn verdict(&self) -> Vec<Vec<Phrase<'_>>> {
        let mut said = vec![match (self.before.scenario, self.after.scenario) {
            (None, Some(_)) => {
                vec![strong("The scenario is new"), plain(format!(". {}.", self.after.led("Leader")))]
            }
            (Some(_), None) => {
                vec![
                    strong("The scenario is gone"),
                    plain(format!(". {}.", self.before.led("Former leader"))),
                ]
            }
            _ if self.leader_changed() => {
                let several = self.before.ranking.leaders.len().max(self.after.ranking.leaders.len()) > 1;
                let what = if several { "The leaders changed: " } else { "The leader changed: " };
                vec![strong(format!("{what}{}", self.change_of_leaders()))]
            }
            _ if self.after.ranking.leaders.is_empty() => {
                vec![strong("No hypothesis leads, before or after.")]
            }
            _ => self.still(),
        }];
        if self.before.unfit || self.after.unfit {
            let which = match (self.before.unfit, self.after.unfit) {
                (true, false) => "the version before",
                (false, true) => "the version after",
                _ => "either version",
            };
            let method = method_words(Method::Bayes).title;
            said.push(vec![plain(format!("{method} cannot score {which}, which contradicts itself."))]);
        }
        if !self.is_one_method() {
            said.push(vec![plain(
                "Each version is scored by its own method, so their scores do not compare.",
            )]);
        }
        if let Some(conclusion) = self.after.conclusion() {
            said.extend(conclusion.is_provisional().then(|| conclusion.proviso()));
            said.extend(conclusion.priors());
            said.extend(note(conclusion.scenario));
        }
        said
    }

    /// Says by how much an unchanged leader leads.
    fn still(&self) -> Vec<Phrase<'_>> {
        if !self.changed() {
            let leader = self.after.led("Leader");
            return vec![strong("The conclusion is the same"), plain(format!(". {leader}."))];
        }
        let margin = |side: &RankedVersion<'_>| side.conclusion()?.margin();
        let by = match (margin(&self.before), margin(&self.after)) {
            (Some(before), Some(after)) if before != after && self.is_one_method() => {
                format!(", now {after} ahead instead of {before}")
            }
            (_, Some(after)) => format!(", {after} ahead"),
            (_, None) => String::new(),
        };
        let same = if self.after.ranking.leaders.len() > 1 {
            "The leaders are the same"
        } else {
            "The leader is the same"
        };
        vec![strong(format!("{same}: {}", self.after.leaders())), plain(format!("{by}."))]
    }

    /// Returns the standings side by side; `None` if nothing in them changed.
    pub(super) fn table(&self) -> Option<Table<'_>> {
        if !self.changed() {
            return None;
        }
        let shown: Vec<Pair> = self.pairs.iter().copied().filter(|pair| self.is_shown(*pair)).collect();
        let figures = self.figures(&shown);
        let columns = vec![
            Column::new("Hypothesis", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Name", Role::Text, Align::Left),
            Column::new("Before", Role::Value, Align::Right),
            Column::new("After", Role::Value, Align::Right),
            Column::named(Cell::plain(""), "Change", Role::Value, Align::Left),
        ];
        let rows = shown.iter().zip(figures).map(|(pair, [before, after, change])| {
            let hypothesis = self.hypothesis(*pair);
            let tone =
                if pair.after.is_some_and(|at| self.after.leads(at)) { Tone::Strong } else { Tone::Plain };
            vec![
                Cell::new(hypothesis.map_or("", Hypothesis::header), tone),
                Cell::new(hypothesis.map_or("", |h| h.name.as_str()), tone),
                Cell::plain(before),
                Cell::new(after, tone),
                Cell::new(change.clone(), direction(&change)),
            ]
        });
        Some(Table::of(columns, rows.collect()))
    }

    /// Says how many hypotheses the table leaves out.
    pub(super) fn left_out(&self) -> Option<Vec<Phrase<'_>>> {
        let out = self.pairs.iter().filter(|pair| !self.is_shown(**pair)).count();
        let (other, keep) =
            if out == 1 { ("other hypothesis keeps", "its") } else { ("other hypotheses keep", "their") };
        (out > 0 && self.changed())
            .then(|| vec![plain(format!("{} {other} {keep} rank and score.", thousands(out)))])
    }

    fn is_shown(&self, pair: Pair) -> bool {
        self.pairs.len() <= ALL_SHOWN
            || self.differs(pair)
            || pair.after.is_some_and(|at| self.after.leads(at))
            || pair.before.is_some_and(|at| self.before.leads(at))
    }

    fn hypothesis(&self, pair: Pair) -> Option<&'a Hypothesis> {
        pair.after
            .and_then(|at| self.after.hypothesis(at))
            .or_else(|| pair.before.and_then(|at| self.before.hypothesis(at)))
    }

    /// Returns before, after and change of each hypothesis: one text each, its parts in line with those of other rows.
    fn figures(&self, pairs: &[Pair]) -> Vec<[String; 3]> {
        let figures: Vec<Figures> = pairs.iter().map(|pair| self.figures_of(*pair)).collect();
        let widest = |part: fn(&Figures) -> [&str; 2]| {
            figures.iter().flat_map(part).map(width).max().unwrap_or_default()
        };
        let ranks = widest(|figures| [&figures.before[0], &figures.after[0]]);
        let scores = widest(|figures| [&figures.before[1], &figures.after[1]]);
        let places = widest(|figures| [&figures.change[0], ""]);
        let differences = widest(|figures| [&figures.change[1], ""]);
        let standing = |[rank, score]: &[String; 2]| match score.as_str() {
            "" => String::new(),
            score => format!("{}  {}", pad_left(rank, ranks), pad_left(score, scores)),
        };
        let change = |[moved, difference]: &[String; 2]| match places {
            0 => pad_left(difference, differences),
            _ => format!("{}  {}", pad_right(moved, places), pad_left(difference, differences))
                .trim_end()
                .to_owned(),
        };
        figures.iter().map(|f| [standing(&f.before), standing(&f.after), change(&f.change)]).collect()
    }

    fn figures_of(&self, pair: Pair) -> Figures {
        let movement = self.movement(pair);
        let part = |placed: &Option<Placed>, method: Method| {
            let Some(placed) = placed else { return [String::new(), String::new()] };
            [
                placed.rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string()),
                placed.score.map_or_else(|| NONE.to_owned(), |score| words::score(method, score)),
            ]
        };
        Figures {
            before: part(&movement.before, self.method_before),
            after: part(&movement.after, self.method),
            change: [movement.places(), movement.difference()],
        }
    }
}

/// Returns the tone of a movement, by its first character.
fn direction(movement: &str) -> Tone {
    match movement.chars().next() {
        Some('▲' | 'n') => Tone::Added,
        Some('▼' | 'g') => Tone::Removed,
        _ => Tone::Dim,
    }
}

fn pairs(before: &RankedVersion<'_>, after: &RankedVersion<'_>, changes: &[Change]) -> Vec<Pair> {
    let renamed = old_ids(changes);
    let positions: HashMap<&HypothesisId, usize> =
        before.hypotheses().iter().enumerate().map(|(at, hypothesis)| (&hypothesis.id, at)).collect();
    let mut gone: Vec<bool> = vec![true; positions.len()];
    let mut pairs: Vec<Pair> = Vec::with_capacity(after.hypotheses().len());
    for at in after.ranking.order() {
        let Some(hypothesis) = after.hypothesis(at) else { continue };
        let was = renamed.get(&hypothesis.id).copied().unwrap_or(&hypothesis.id);
        let before = positions.get(was).copied();
        if let Some(gone) = before.and_then(|before| gone.get_mut(before)) {
            *gone = false;
        }
        pairs.push(Pair { before, after: Some(at) });
    }
    let order = before.ranking.order().into_iter();
    pairs.extend(
        order
            .filter(|at| gone.get(*at).copied().unwrap_or_default())
            .map(|at| Pair { before: Some(at), after: None }),
    );
    pairs
}

impl Standing<'_> {
    /// Returns every hypothesis before and after, in the order of [`Self::table`].
    pub(super) fn movements(&self) -> impl Iterator<Item = Movement> {
        self.pairs.iter().map(|pair| self.movement(*pair))
    }

    fn movement(&self, pair: Pair) -> Movement {
        let placed =
            |side: &RankedVersion<'_>, at: Option<usize>| Some(side.placed(at?, side.hypothesis(at?)?));
        Movement {
            method: self.method,
            method_before: self.method_before,
            before: placed(&self.before, pair.before),
            after: placed(&self.after, pair.after),
        }
    }

    /// Returns both conclusions without the versions.
    pub(super) fn shift(&self) -> Shift {
        Shift {
            method: self.method,
            method_before: self.method_before,
            before: self.before.stand(),
            after: self.after.stand(),
        }
    }
}

impl RankedVersion<'_> {
    fn stand(&self) -> Stand {
        let hypotheses = self.hypotheses().iter().enumerate();
        Stand { hypotheses: hypotheses.map(|(at, hypothesis)| self.placed(at, hypothesis)).collect() }
    }

    fn placed(&self, at: usize, hypothesis: &Hypothesis) -> Placed {
        Placed {
            id: hypothesis.id.clone(),
            header: hypothesis.header().to_owned(),
            name: hypothesis.name.clone(),
            rank: self.rank(at),
            score: self.score(at),
            leads: self.leads(at),
        }
    }
}
