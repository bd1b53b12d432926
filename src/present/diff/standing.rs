//! The conclusion before and after: ranks and scores in both versions, by one method.

use std::collections::{HashMap, HashSet};

use super::names::old_ids;
use super::shift::{Movement, Placed, Shift, Stand};
use crate::change::Change;
use crate::engine::{self, Matrix, Ranking};
use crate::present::conclusion::{Conclusion, note};
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::words::{self, count, method_words, right_aligned, thousands};
use crate::present::{Align, Cell, Column, Request, Role, Table, Tone};
use crate::scenario::{Hypothesis, HypothesisId, Method, Scenario, inconsistencies};
use crate::text::{pad_right, width};

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
        // Sums can be made of whatever was judged; a probability of what contradicts itself means nothing.
        let unfit = method == Method::Bayes && !inconsistencies(scenario).is_empty();
        let ranking = if unfit {
            Ranking::none(method, scenario.hypotheses.len())
        } else {
            engine::rank(&matrix, method)
        };
        Self { scenario: Some(scenario), matrix, ranking, unfit }
    }

    fn hypotheses(&self) -> &'a [Hypothesis] {
        self.scenario.map(|scenario| scenario.hypotheses.as_slice()).unwrap_or_default()
    }

    fn placed(&self, at: usize) -> Option<Placed> {
        let hypothesis = self.hypotheses().get(at)?;
        Some(Placed {
            id: hypothesis.id.clone(),
            header: hypothesis.header().to_owned(),
            name: hypothesis.name.clone(),
            rank: self.ranking.rank(at),
            score: self.ranking.score(at),
            leads: self.ranking.leaders.contains(&at),
        })
    }

    fn stand(&self) -> Stand {
        Stand { hypotheses: (0..self.hypotheses().len()).filter_map(|at| self.placed(at)).collect() }
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
}

/// How the hypotheses stand in both versions.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    before: RankedVersion<'a>,
    after: RankedVersion<'a>,
    /// Every hypothesis once: by rank after, then those that are gone.
    pub(super) movements: Vec<Movement>,
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
        let before = RankedVersion::new(before, own(before).unwrap_or(method), request);
        let after = RankedVersion::new(after, method, request);
        let movements = movements(&before, &after, changes);
        Self { before, after, movements }
    }

    /// Whether the leaders changed.
    pub(super) fn leader_changed(&self) -> bool {
        self.movements.iter().any(|movement| movement.led() != movement.leads())
    }

    /// Returns the leaders before and after: `A -> B`.
    pub(super) fn change_of_leaders(&self) -> String {
        format!("{} -> {}", self.before.leaders(), self.after.leaders())
    }

    /// Whether any leader, rank or score changed.
    pub(super) fn changed(&self) -> bool {
        self.movements.iter().any(Movement::differs)
    }

    /// Whether the conclusion after is provisional.
    pub(super) fn is_provisional(&self) -> bool {
        self.after.conclusion().is_some_and(Conclusion::is_provisional)
    }

    /// Whether both versions are scored alike, so that their scores compare.
    pub(super) fn is_one_method(&self) -> bool {
        self.before.ranking.method == self.after.ranking.method
    }

    /// Says how many hypotheses are compared, and by which method.
    pub(super) fn extent(&self, request: Request<'_>) -> String {
        let hypotheses = count(self.movements.len(), "hypothesis", "hypotheses");
        let (was, is) = (self.before.ranking.method, self.after.ranking.method);
        let by = if self.is_one_method() {
            format!("{hypotheses}, scored by {is}")
        } else {
            format!("{hypotheses}, scored by {was} before and by {is} after")
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
        let shown: Vec<&Movement> =
            self.movements.iter().filter(|movement| self.is_shown(movement)).collect();
        let columns = vec![
            Column::new("Hypothesis", Role::Key, Align::Left),
            Column::named(Cell::plain(""), "Name", Role::Text, Align::Left),
            Column::new("Before", Role::Value, Align::Right),
            Column::new("After", Role::Value, Align::Right),
            Column::named(Cell::plain(""), "Change", Role::Value, Align::Left),
        ];
        let rows = shown.iter().zip(figures(&shown)).map(|(movement, [before, after, change])| {
            let placed = movement.after.as_ref().or(movement.before.as_ref());
            let tone = if movement.leads() { Tone::Strong } else { Tone::Plain };
            vec![
                Cell::new(movement.header(), tone),
                Cell::new(placed.map_or("", |placed| placed.name.as_str()), tone),
                Cell::plain(before),
                Cell::new(after, tone),
                Cell::new(change.clone(), direction(&change)),
            ]
        });
        Some(Table::of(columns, rows.collect()))
    }

    /// Says how many hypotheses the table leaves out.
    pub(super) fn left_out(&self) -> Option<Vec<Phrase<'_>>> {
        let out = self.movements.iter().filter(|movement| !self.is_shown(movement)).count();
        let (other, keep) =
            if out == 1 { ("other hypothesis keeps", "its") } else { ("other hypotheses keep", "their") };
        (out > 0 && self.changed())
            .then(|| vec![plain(format!("{} {other} {keep} rank and score.", thousands(out)))])
    }

    fn is_shown(&self, movement: &Movement) -> bool {
        self.movements.len() <= ALL_SHOWN || movement.differs() || movement.leads() || movement.led()
    }

    /// Returns both conclusions without the versions.
    pub(super) fn shift(&self) -> Shift {
        Shift {
            method: self.after.ranking.method,
            method_before: self.before.ranking.method,
            before: self.before.stand(),
            after: self.after.stand(),
        }
    }
}

/// Returns before, after and change of each hypothesis: one text each, its parts in line with those of other rows.
fn figures(movements: &[&Movement]) -> Vec<[String; 3]> {
    let sides: Vec<(Option<&Placed>, Method)> = movements
        .iter()
        .flat_map(|own| [(own.before.as_ref(), own.method_before), (own.after.as_ref(), own.method)])
        .collect();
    let or_none = |figure: Option<String>| figure.unwrap_or_else(|| NONE.to_owned());
    let rank = |placed: &Placed| or_none(placed.rank.map(|rank| rank.to_string()));
    let score = |placed: &Placed, method| or_none(placed.score.map(|score| words::score(method, score)));
    let ranks = right_aligned(sides.iter().map(|(placed, _)| placed.map(rank).unwrap_or_default()));
    let scores = sides.iter().map(|(placed, method)| placed.map(|placed| score(placed, *method)));
    let scores = right_aligned(scores.map(Option::unwrap_or_default));
    let mut standings =
        sides.iter().zip(ranks).zip(scores).map(|(((placed, _), rank), score)| {
            placed.map(|_| format!("{rank}  {score}")).unwrap_or_default()
        });
    // Places moved, and the difference of scores.
    let places: Vec<String> = movements.iter().map(|own| own.places()).collect();
    let widest = places.iter().map(|moved| width(moved)).max().unwrap_or_default();
    let differences = right_aligned(movements.iter().map(|own| own.difference()));
    let changes = places.iter().zip(differences).map(|(moved, difference)| match widest {
        0 => difference,
        _ => format!("{}  {difference}", pad_right(moved, widest)).trim_end().to_owned(),
    });
    changes
        .map(|change| [standings.next().unwrap_or_default(), standings.next().unwrap_or_default(), change])
        .collect()
}

/// Returns the tone of a movement, by its first character.
fn direction(movement: &str) -> Tone {
    match movement.chars().next() {
        Some('▲' | 'n') => Tone::Added,
        Some('▼' | 'g') => Tone::Removed,
        _ => Tone::Dim,
    }
}

fn movements(before: &RankedVersion<'_>, after: &RankedVersion<'_>, changes: &[Change]) -> Vec<Movement> {
    let renamed = old_ids(changes);
    let positions: HashMap<&HypothesisId, usize> =
        before.hypotheses().iter().enumerate().map(|(at, hypothesis)| (&hypothesis.id, at)).collect();
    let mut gone: HashSet<usize> = positions.values().copied().collect();
    let movement = |was: Option<usize>, is: Option<usize>| Movement {
        method: after.ranking.method,
        method_before: before.ranking.method,
        before: was.and_then(|at| before.placed(at)),
        after: is.and_then(|at| after.placed(at)),
    };
    let mut movements: Vec<Movement> = Vec::with_capacity(after.hypotheses().len());
    for at in after.ranking.order() {
        let Some(hypothesis) = after.hypotheses().get(at) else { continue };
        let old_id = renamed.get(&hypothesis.id).copied().unwrap_or(&hypothesis.id);
        let was = positions.get(old_id).copied();
        if let Some(was) = was {
            gone.remove(&was);
        }
        movements.push(movement(was, Some(at)));
    }
    let left = before.ranking.order().into_iter().filter(|at| gone.contains(at));
    movements.extend(left.map(|at| movement(Some(at), None)));
    movements
}
