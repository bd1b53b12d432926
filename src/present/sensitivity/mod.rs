//! Support of a conclusion and what would change it: the answer of `ach sensitivity`.

mod document;
mod listing;
mod row;
mod sentence;

use serde::Serialize;

use super::conclusion::Conclusion;
use super::listing::Listing;
use super::record::Records;
use super::scored::ScoredScenario;
use super::section::{Section, prose};
use super::{Heading, Report, Request, next_command};
use crate::engine::{Matrix, Sensitivity};
use crate::scenario::{HypothesisId, Scenario};
use document::SensitivityFindings;

/// The what-ifs that would change the leaders of a scenario under one method.
#[derive(Debug, Serialize)]
pub struct SensitivityReport<'a> {
    #[serde(flatten)]
    scored: ScoredScenario<'a>,
    leaders: Vec<&'a HypothesisId>,
    provisional: bool,
    #[serde(flatten)]
    findings: SensitivityFindings<'a>,
    /// `None` where priors are inconsistent, so that nothing can be ranked.
    #[serde(skip)]
    found: Option<Sensitivity<'a>>,
}

impl<'a> SensitivityReport<'a> {
    /// Works out all what-ifs of a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario, request: Request<'a>) -> Self {
        let scored = ScoredScenario::new(scenario, request);
        let found = Sensitivity::new(scenario, &scored.matrix, scored.method);
        let findings = found.as_ref().map(|found| SensitivityFindings::new(&scored, found));
        Self {
            leaders: scored.leaders(),
            provisional: scored.conclusion().is_provisional(),
            findings: findings.unwrap_or_default(),
            scored,
            found,
        }
    }

    /// Returns the matrix; its rows are those of [`Self::found`].
    #[must_use]
    pub const fn matrix(&self) -> &Matrix {
        &self.scored.matrix
    }

    /// Returns the what-ifs; `None` if priors are inconsistent, so that nothing can be ranked.
    #[must_use]
    pub const fn found(&self) -> Option<&Sensitivity<'a>> {
        self.found.as_ref()
    }

    /// Says in phrases of falling length what the lead rests on, by names where there are few, then by number; none if
    /// there is no sole leader, or if it leads by its prior.
    #[must_use]
    pub fn rests_on(&self) -> Vec<String> {
        let lead = self.found.as_ref().and_then(|found| found.lead.as_ref());
        let Some(lead) = lead else { return Vec::new() };
        let counted = self.conclusion().support(lead).map(|counted| format!("rests on {counted}"));
        self.conclusion().named_support(lead).into_iter().chain(counted).collect()
    }

    /// Returns the sections without title and conclusion, for readers that have these before them.
    #[must_use]
    pub fn findings(&self) -> Vec<Section<'_>> {
        let Some(found) = &self.found else { return Vec::new() };
        let mut said = self.support(found);
        said.extend(self.subsets(found));
        let listings = self.listings(found).into_iter().map(Section::Listing);
        std::iter::once(Section::Prose(said)).chain(listings).collect()
    }

    /// Returns the lists; none without a leader.
    fn listings<'b>(&'b self, found: &'b Sensitivity<'a>) -> Vec<Listing<'b>> {
        if found.leaders.is_empty() {
            return Vec::new();
        }
        vec![
            self.pillars(found),
            self.overturns(found.overturn.as_deref().unwrap_or_default()),
            self.cells(&found.critical_cells),
            self.sources(found),
            self.deceptions(found),
            self.level_priors(found),
        ]
    }

    fn conclusion(&self) -> Conclusion<'_> {
        self.scored.conclusion()
    }
}

impl Report for SensitivityReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading::of(self.scored.scenario)
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let conclusion = self.conclusion();
        let mut sections = vec![conclusion.title_by_method(self.scored.request)];
        let Some(found) = &self.found else { return sections };
        let mut said = vec![conclusion.verdict()];
        said.extend(self.support(found));
        said.extend(conclusion.doubts());
        said.extend(self.subsets(found));
        sections.push(prose(said));
        sections.extend(self.listings(found).into_iter().map(Section::Listing));
        sections.push(prose(conclusion.asides()));
        let next = next_command("explain", self.scored.request, "weighs for and against, item by item");
        let next = next.filter(|_| !self.scored.matrix.items().is_empty());
        sections.extend(conclusion.step_to_contest(self.scored.request).or(next));
        sections
    }

    fn records(&self) -> Records<'_> {
        self.rows()
    }
}
