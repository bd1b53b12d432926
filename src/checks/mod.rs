//! Methodology lints: what an analyst who knows the method would ask about a scenario.
//!
//! Knows the scenario, its scores and the literature. Must never know the file: findings name subjects of the
//! scenario, never lines. A check is data, one file each, registered in [`CHECKS`]; none of them ever blocks a command.
//!
//! One mistake is one finding: a defect of every item is one finding about the whole.

mod absence_unsearched;
#[cfg(test)]
mod advice;
mod estimate_after_outcome;
mod estimate_incoherent;
mod estimate_incomplete;
mod estimate_stale;
mod extreme_posterior;
mod few_hypotheses;
mod group_hides_item;
mod identical_hypotheses;
mod lead;
mod lead_on_assumptions;
mod lead_on_group;
mod lead_on_low_credibility;
mod lead_on_one_item;
mod lead_on_one_source;
mod lead_on_uncommon_items;
mod leader_unrated;
mod no_catch_all;
mod non_diagnostic_indicator;
mod non_diagnostic_item;
mod nothing_against;
mod one_hypothesis_item;
mod only_consistent;
mod outcome_undated;
mod overdue_indicator;
mod phrase;
mod preregistered_changed;
mod prior_without_reason;
mod searched_without_absence;
mod stale_as_of;
mod undated;
mod uneven_attention;
mod unrated_cells;
mod unrated_hypothesis;
mod unsourced;

use crate::diagnostic::{Code, Diagnostic, Doc, FILE_CODES};
use crate::engine::{Matrix, Ranking, RatingCode, counting, rank};
use crate::filter::Filter;
use crate::scenario::{Day, Evidence, Scenario, Subject};

/// A lint.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its code, explanation and source.
    pub doc: Doc,
    /// Returns its findings, in the order of the scenario.
    pub run: fn(&Context<'_>) -> Vec<Diagnostic>,
}

impl Check {
    /// Returns a check whose findings are warnings.
    const fn warning(
        code: &'static str,
        text: &'static str,
        run: fn(&Context<'_>) -> Vec<Diagnostic>,
    ) -> Self {
        Self { doc: Doc { code: Code::warning(code), text, source: None }, run }
    }

    /// Names the source in the literature.
    const fn citing(mut self, source: &'static str) -> Self {
        self.doc.source = Some(source);
        self
    }

    /// Returns a finding about a part of the scenario.
    fn finding(&self, subject: Subject, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.doc.code, subject, message)
    }
}

/// Every check, in the order of the documentation.
pub const CHECKS: &[Check] = &[
    unrated_cells::CHECK,
    leader_unrated::CHECK,
    non_diagnostic_item::CHECK,
    identical_hypotheses::CHECK,
    nothing_against::CHECK,
    few_hypotheses::CHECK,
    no_catch_all::CHECK,
    lead_on_one_item::CHECK,
    lead_on_one_source::CHECK,
    lead_on_assumptions::CHECK,
    lead_on_group::CHECK,
    lead_on_uncommon_items::CHECK,
    lead_on_low_credibility::CHECK,
    group_hides_item::CHECK,
    searched_without_absence::CHECK,
    one_hypothesis_item::CHECK,
    uneven_attention::CHECK,
    unrated_hypothesis::CHECK,
    absence_unsearched::CHECK,
    undated::CHECK,
    unsourced::CHECK,
    only_consistent::CHECK,
    stale_as_of::CHECK,
    overdue_indicator::CHECK,
    extreme_posterior::CHECK,
    prior_without_reason::CHECK,
    estimate_incoherent::CHECK,
    estimate_incomplete::CHECK,
    estimate_stale::CHECK,
    estimate_after_outcome::CHECK,
    outcome_undated::CHECK,
    non_diagnostic_indicator::CHECK,
    preregistered_changed::CHECK,
];

/// Options of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options<'a> {
    /// Look only at the items known on this day.
    pub as_of: Option<Day>,
    /// Look only at the items that pass.
    pub filter: Option<&'a Filter>,
}

/// The input of every check.
#[derive(Debug)]
pub struct Context<'a> {
    /// The whole scenario.
    pub scenario: &'a Scenario,
    /// The day that counts as today: the one asked for, else the date of the analysis.
    pub day: Option<Day>,
    /// The last day of which evidence and estimates count; all without one.
    pub until: Option<Day>,
    /// The ratings of the items that count.
    pub matrix: Matrix,
    /// Their ranking under the scenario's own method.
    pub ranking: Ranking,
}

impl<'a> Context<'a> {
    /// Prepares a scenario for the checks.
    #[must_use]
    pub fn new(scenario: &'a Scenario, options: Options<'_>) -> Self {
        let counts = match options.filter {
            Some(filter) => counting(scenario, options.as_of, filter.passes(scenario)),
            None => counting(scenario, options.as_of, |_| true),
        };
        let matrix = Matrix::of(scenario, &counts);
        let ranking = rank(&matrix, scenario.method());
        Self { scenario, day: options.as_of.or(scenario.as_of), until: options.as_of, matrix, ranking }
    }

    /// Returns the items that count, with their positions in the scenario. The n-th is row n of the matrix.
    fn items(&self) -> impl Iterator<Item = (usize, &'a Evidence)> {
        self.matrix.items().iter().filter_map(|at| Some((*at, self.scenario.evidence.get(*at)?)))
    }

    /// Returns the item of a row of the matrix, with its position in the scenario.
    fn item(&self, row: usize) -> Option<(usize, &'a Evidence)> {
        let position = *self.matrix.items().get(row)?;
        Some((position, self.scenario.evidence.get(position)?))
    }

    /// Returns the id of a hypothesis.
    fn id(&self, hypothesis: usize) -> &'a str {
        self.scenario.hypotheses.get(hypothesis).map_or("", |h| h.id.as_str())
    }

    /// Whether nothing is rated yet. Only `unrated-cells` reports on a blank sheet.
    fn is_blank(&self) -> bool {
        self.matrix.comparable().all(|hypothesis| self.matrix.rated(hypothesis) == 0)
    }
}

/// Whether codes stand for one value: NA and N both score 0.
fn is_alike(mut codes: impl Iterator<Item = RatingCode>) -> bool {
    let value = |code: RatingCode| (code.steps_for(), code.steps_against());
    let first = codes.next().map(value);
    codes.all(|code| Some(value(code)) == first)
}

/// Returns the findings of every check, in the order of [`CHECKS`], then of the scenario.
#[must_use]
pub fn run(scenario: &Scenario, options: Options<'_>) -> Vec<Diagnostic> {
    let context = Context::new(scenario, options);
    CHECKS.iter().flat_map(|check| (check.run)(&context)).collect()
}

/// Returns the documentation of a code, of a check or of the file itself.
#[must_use]
pub fn doc(code: &str) -> Option<&'static Doc> {
    let checks = CHECKS.iter().map(|check| &check.doc);
    checks.chain(FILE_CODES).find(|doc| doc.code.as_str() == code)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::diagnostic::{Place, Severity};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Method;

    /// Returns the messages of a check's findings.
    pub(super) fn messages(check: Check, fixture: Fixture) -> Vec<String> {
        found(check, &fixture.scenario()).into_iter().map(|finding| finding.message).collect()
    }

    /// Returns the first place of each finding of a check.
    pub(super) fn subjects(check: Check, fixture: Fixture) -> Vec<Subject> {
        let subject = |finding: Diagnostic| match finding.labels.first().unwrap().place {
            Place::Subject(subject) => subject,
            Place::Span(_) | Place::Entry(..) => panic!("{finding:?}"),
        };
        found(check, &fixture.scenario()).into_iter().map(subject).collect()
    }

    pub(super) fn found(check: Check, scenario: &Scenario) -> Vec<Diagnostic> {
        let found = (check.run)(&Context::new(scenario, Options::default()));
        for finding in &found {
            assert_eq!(finding.code, check.doc.code);
            assert!(
                !finding.message.ends_with('.') && !finding.message.contains('\n'),
                "{}",
                finding.message
            );
        }
        found
    }

    #[test]
    fn every_code_is_a_warning_with_a_paragraph_and_stands_once() {
        let mut seen: HashSet<&str> = FILE_CODES.iter().map(|doc| doc.code.as_str()).collect();
        for Check { doc: known, .. } in CHECKS {
            assert!(seen.insert(known.code.as_str()), "{} is there twice", known.code.as_str());
            assert_eq!(known.code.severity(), Severity::Warning);
            for text in [Some(known.text), known.source].into_iter().flatten() {
                assert!(
                    text.ends_with('.') && !text.contains(['\n', '\t']) && !text.contains("  "),
                    "{text}"
                );
            }
            assert_eq!(doc(known.code.as_str()).unwrap().text, known.text);
        }
        assert!(doc("syntax").is_some());
        assert!(doc("no-such-code").is_none());
    }

    #[test]
    fn findings_come_in_the_order_of_the_checks() {
        let scenario = Fixture::of(2).item("C C").item("I -").method(Method::Bayes).scenario();
        let codes: Vec<_> =
            run(&scenario, Options::default()).iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "unrated-cells",
                "leader-unrated",
                "non-diagnostic-item",
                "few-hypotheses",
                "no-catch-all",
                "lead-on-one-item",
                "lead-on-uncommon-items",
                "one-hypothesis-item",
                "undated",
                "unsourced",
            ]
        );
    }

    #[test]
    fn a_blank_sheet_is_not_flooded() {
        let codes = |fixture: Fixture| -> Vec<_> {
            let found = run(&fixture.scenario(), Options::default());
            found.iter().map(|finding| finding.code.as_str()).collect()
        };
        assert_eq!(codes(Fixture::of(0)), ["few-hypotheses"]);
        assert_eq!(codes(Fixture::of(4)), [""; 0]);
        let sheet = Fixture::of(4).item("- - - -").item("- - - -");
        assert_eq!(codes(sheet), ["unrated-cells", "undated", "unsourced"]);
    }

    #[test]
    fn as_of_leaves_later_items_alone() {
        let scenario = Fixture::of(3)
            .item("C I N")
            .item("- - -")
            .edit_last(|item| item.date = crate::scenario::Date::parse("2025-12-02"))
            .scenario();
        let blanks = |as_of: &str| {
            let found = run(&scenario, Options { as_of: Day::parse(as_of), ..Options::default() });
            found.iter().filter(|finding| finding.code.as_str() == "unrated-cells").count()
        };
        assert_eq!(blanks("2025-12-02"), 1);
        assert_eq!(blanks("2025-12-01"), 0);
    }
}
