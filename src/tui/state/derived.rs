//! Derived state: scores, the next step, marks, and the page of the panel.

use super::session::Session;
use super::touched::Touched;
use super::window::Window;
use crate::git::AppliedCommit;
use crate::present::words::count;
use crate::scenario::{
    Day, Evidence, EvidenceId, Hypothesis, HypothesisId, Inconsistency, Method, inconsistencies,
};
use crate::text::width;
use crate::tui::conflict;
use crate::tui::fragility::{Fragility, FragilityKey};
use crate::tui::guide::{self, Step};
use crate::tui::head::Head;
use crate::tui::page::Page;
use crate::tui::scores::Scores;

/// The inputs that a page is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageKey {
    pub(crate) panel: usize,
    pub(crate) version: u64,
    /// As [`Derived::findings`].
    pub(crate) findings: u64,
    pub(crate) method: Method,
    pub(crate) as_of: Option<Day>,
    pub(crate) blind: bool,
    /// Position of the hypothesis under the cursor.
    pub(crate) column: Option<usize>,
}

/// The data derived from the scenario, under the method that is shown.
#[derive(Debug)]
pub(crate) struct Derived {
    pub(crate) scores: Scores,
    /// The step of the analysis that is to be done next.
    pub(crate) step: Option<Step>,
    /// Columns of the longest id of an evidence item.
    pub(crate) longest_id: usize,
    /// Number of conflicts that merges left to settle.
    pub(crate) unsettled: usize,
    /// The commit whose version is theirs in these conflicts, if git knows it.
    pub(crate) theirs: Option<AppliedCommit>,
    /// Number of things that do not fit together, without conflicts.
    pub(crate) errors: usize,
    /// The version that was committed last.
    pub(crate) head: Head,
    /// The items and cells that the lead rests on, in this version or a recent one.
    pub(crate) fragility: Option<Fragility>,
    /// The last request for a fragility.
    pub(crate) requested: Option<FragilityKey>,
    /// Number of times that the head or the fragility was found out anew.
    pub(crate) findings: u64,
    /// The page of a panel, and what it was made from.
    pub(crate) page: Option<(PageKey, Page)>,
    /// The detail of the cell under the cursor, where it stands above another panel.
    pub(crate) detail: Option<Page>,
}

impl Derived {
    pub(super) fn new(session: &Session, method: Method) -> Self {
        let scores = Scores::new(session.scenario(), method, None);
        let mut derived = Self {
            step: guide::step(session.scenario(), &scores, None),
            scores,
            longest_id: 0,
            unsettled: 0,
            theirs: None,
            errors: 0,
            head: Head::Unread,
            fragility: None,
            requested: None,
            findings: 0,
            page: None,
            detail: None,
        };
        derived.survey(session);
        derived
    }

    /// Refreshes all that depends on the part of the scenario that was touched, but for what may take its time:
    /// `fragility` and `page`.
    pub(super) fn refresh(&mut self, session: &Session, window: &Window, touched: &Touched) {
        let is_followed = match touched {
            Touched::Cells(cells) => self.follow(session, window, cells),
            Touched::Items { .. } => false,
        };
        if is_followed {
            // In a large scenario the fragility comes later, and brings the step with it.
            if window.blind || session.is_small() {
                self.guide(session);
            }
        } else {
            self.rescore(session, window);
            self.survey(session);
        }
        self.head.follow(session.scenario(), !is_followed);
    }

    /// Computes the scores by the method and as of the day of the window.
    pub(super) fn rescore(&mut self, session: &Session, window: &Window) {
        self.scores = Scores::new(session.scenario(), window.method, window.as_of);
        self.guide(session);
    }

    /// Returns how many conflicts there are to settle, and how many errors to mend, each if there are some.
    pub(crate) fn faults(&self) -> Vec<String> {
        let conflicts = (self.unsettled > 0).then(|| format!("{} to settle", self.unsettled));
        let errors = (self.errors > 0).then(|| count(self.errors, "error", "errors"));
        conflicts.into_iter().chain(errors).collect()
    }

    /// Works out the next step of the analysis.
    pub(crate) fn guide(&mut self, session: &Session) {
        self.step = guide::step(session.scenario(), &self.scores, self.fragility.as_ref());
    }

    /// Recomputes what depends on every item but on no rating; too slow for each rating.
    fn survey(&mut self, session: &Session) {
        let widths = session.scenario().evidence.iter().map(|item| width(item.id.as_str()));
        self.longest_id = widths.max().unwrap_or_default();
        self.unsettled = conflict::count(session.scenario());
        let found = inconsistencies(session.scenario());
        self.errors = found.iter().filter(|found| !matches!(found, Inconsistency::Conflict { .. })).count();
    }

    /// Takes the ratings of these cells into the scores; `false` if that cannot be done in place.
    fn follow(&mut self, session: &Session, window: &Window, cells: &[(EvidenceId, HypothesisId)]) -> bool {
        let scenario = session.scenario();
        // Mostly it is the cell under the cursor.
        let near = window.item();
        let row = |id: &EvidenceId| {
            let is_it = |at: &usize| scenario.evidence.get(*at).is_some_and(|item| item.id == *id);
            near.filter(is_it).or_else(|| scenario.position::<Evidence>(id))
        };
        let cells: Option<Vec<(usize, usize)>> = cells
            .iter()
            .map(|(item, column)| Some((row(item)?, scenario.position::<Hypothesis>(column)?)))
            .collect();
        cells.is_some_and(|cells| self.scores.follow(scenario, window.method, &cells))
    }
}
