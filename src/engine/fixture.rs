//! Scenarios for tests, written as rows of ratings: `"CC - NA"` is CC, a blank and NA.

use crate::scenario::{
    Cell, Credibility, Evidence, EvidenceId, Hypothesis, HypothesisId, Level, Method, Rating, Row, Scenario,
    Status,
};

/// Builds a scenario: hypotheses h0, h1, ..., items e0, e1, ...
#[derive(Clone, Debug)]
pub(crate) struct Fixture(Scenario);

impl Fixture {
    /// This many active hypotheses, no items.
    pub(crate) fn of(hypotheses: usize) -> Self {
        let mut scenario = Scenario::new("test");
        for at in 0..hypotheses {
            let id = HypothesisId::parse(&format!("h{at}")).unwrap();
            scenario.hypotheses.push(Hypothesis::new(id, format!("Hypothesis {at}")));
        }
        Self(scenario)
    }

    /// An item of weight 1.
    pub(crate) fn item(mut self, ratings: &str) -> Self {
        let at = self.0.evidence.len();
        let mut item = Evidence::new(EvidenceId::parse(&format!("e{at}")).unwrap(), format!("Item {at}"));
        let cells = ratings.split_whitespace().enumerate().map(|(h, word)| {
            let rating = (word != "-").then(|| Rating::parse(word).unwrap());
            (h, rating.map_or_else(Cell::default, Cell::rated))
        });
        item.ratings = Row::from_cells(cells);
        self.0.evidence.push(item);
        self
    }

    /// An item of this credibility and relevance.
    pub(crate) fn weighed(self, ratings: &str, credibility: Level, relevance: Level) -> Self {
        self.item(ratings).edit_last(|item| {
            item.credibility = Some(Credibility::Level(credibility));
            item.relevance = Some(relevance);
        })
    }

    /// An item of a group.
    pub(crate) fn grouped(self, ratings: &str, group: &str) -> Self {
        self.item(ratings).edit_last(|item| item.group = Some(group.into()))
    }

    /// Changes the last item.
    pub(crate) fn edit_last(mut self, edit: impl FnOnce(&mut Evidence)) -> Self {
        edit(self.0.evidence.last_mut().unwrap());
        self
    }

    /// Gives the last item's cell for a hypothesis this confidence.
    pub(crate) fn confident(self, hypothesis: usize, confidence: Level) -> Self {
        self.edit_last(|item| {
            let mut cell = item.ratings.get(hypothesis).cloned().unwrap_or_default();
            cell.confidence = Some(confidence);
            item.ratings.set(hypothesis, cell);
        })
    }

    /// Lets the last item rest on these.
    pub(crate) fn rests_on(self, ids: &[&str]) -> Self {
        self.edit_last(|item| item.rests_on = Some(ids.iter().map(|id| (*id).to_owned()).collect()))
    }

    /// Makes this hypothesis a residual.
    pub(crate) fn residual(mut self, hypothesis: usize) -> Self {
        self.0.hypotheses[hypothesis].residual = Some(true);
        self
    }

    /// Puts this hypothesis into a family.
    pub(crate) fn family(mut self, hypothesis: usize, family: &str) -> Self {
        self.0.hypotheses[hypothesis].family = Some(family.into());
        self
    }

    /// Rejects this hypothesis.
    pub(crate) fn reject(mut self, hypothesis: usize) -> Self {
        self.0.hypotheses[hypothesis].status = Some(Status::Rejected);
        self
    }

    /// Sets these priors, in order.
    pub(crate) fn priors(mut self, priors: &[f64]) -> Self {
        for (hypothesis, prior) in self.0.hypotheses.iter_mut().zip(priors) {
            hypothesis.prior = Some(*prior);
        }
        self
    }

    /// Sets the scoring method.
    pub(crate) fn method(mut self, method: Method) -> Self {
        self.0.scoring.method = Some(method);
        self
    }

    /// The scenario.
    pub(crate) fn scenario(self) -> Scenario {
        self.0
    }
}
