//! Items by the ids in changes.

use std::collections::HashMap;

use crate::change::{Change, ItemChange};
use crate::scenario::{
    Estimate, Evidence, Hypothesis, HypothesisId, Indicator, Item, ItemKind, Rating, RowId, Scenario, Source,
};

/// Old ids of renamed hypotheses by new ones.
pub(in crate::present) fn old_ids(changes: &[Change]) -> HashMap<&HypothesisId, &HypothesisId> {
    let renamed = changes.iter().filter_map(|change| {
        let Change::Hypothesis(ItemChange::Renamed { from, to, .. }) = change else { return None };
        Some((to, from))
    });
    renamed.collect()
}

/// Items by id: of the version after or, if they are gone, of the one before.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    hypotheses: HashMap<&'a str, (usize, &'a Hypothesis)>,
    sources: HashMap<&'a str, &'a Source>,
    evidence: HashMap<&'a str, &'a Evidence>,
    indicators: HashMap<&'a str, &'a Indicator>,
    estimates: HashMap<&'a str, &'a Estimate>,
}

impl<'a> Names<'a> {
    pub(super) fn new(before: Option<&'a Scenario>, after: Option<&'a Scenario>) -> Self {
        let mut names = Self::default();
        for scenario in [before, after].into_iter().flatten() {
            let hypotheses = scenario.hypotheses.iter().enumerate();
            names.hypotheses.extend(hypotheses.map(|(at, item)| (item.id.as_str(), (at, item))));
            names.sources.extend(by_id(&scenario.sources));
            names.evidence.extend(by_id(&scenario.evidence));
            names.indicators.extend(by_id(&scenario.indicators));
            names.estimates.extend(by_id(&scenario.estimates));
        }
        names
    }

    /// Returns the header of a hypothesis.
    pub(super) fn header<'b>(&self, id: &'b HypothesisId) -> &'b str
    where
        'a: 'b,
    {
        self.hypotheses.get(id.as_str()).map_or(id.as_str(), |(_, hypothesis)| hypothesis.header())
    }

    /// Returns the name or text of an item, or whose estimate it is.
    pub(super) fn says(&self, kind: ItemKind, id: &str) -> &'a str {
        let said = match kind {
            ItemKind::Hypothesis => self.hypotheses.get(id).map(|(_, item)| item.name.as_str()),
            ItemKind::Source => self.sources.get(id).map(|item| item.name.as_str()),
            ItemKind::Evidence => self.evidence.get(id).map(|item| item.text.as_str()),
            ItemKind::Indicator => self.indicators.get(id).map(|item| item.text.as_str()),
            ItemKind::Estimate => self.estimates.get(id).map(|item| item.by.as_str()),
        };
        said.unwrap_or_default()
    }

    /// Returns the rating of a cell.
    pub(super) fn rating(&self, row: &RowId, hypothesis: &HypothesisId) -> Option<Rating> {
        let (at, _) = self.hypotheses.get(hypothesis.as_str())?;
        let row = match row {
            RowId::Evidence(id) => self.evidence.get(id.as_str())?.row(),
            RowId::Indicator(id) => self.indicators.get(id.as_str())?.row(),
            RowId::Estimate(id) => self.estimates.get(id.as_str())?.row(),
        };
        row?.rating(*at)
    }
}

fn by_id<T: Item>(items: &[T]) -> impl Iterator<Item = (&str, &T)> {
    items.iter().map(|item| (item.id().as_ref(), item))
}
