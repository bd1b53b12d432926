//! The timeline: how the hypotheses stood on each day that evidence became known, with today's ratings.

use super::contributions;
use super::matrix::Matrix;
use super::order;
use super::premises::Premises;
use super::provisional::{Coverage, Provisional};
use super::ranking::Ranking;
use super::what_if::WhatIf;
use crate::scenario::{Date, Day, Method, Scenario};

/// The ranking once the items of a day are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The day. Of an item dated by month or year the last day counts.
    pub day: Day,
    /// The rows of the items of this day, ascending, those included that wait for a later premise.
    pub added: Vec<usize>,
    /// The ranking over all items of this day or before, and those without a date.
    pub ranking: Ranking,
    /// The reasons why the conclusion of this step is provisional; `None` if it is not.
    pub provisional: Option<Provisional>,
    /// The rows that changed the lead; `None` where the leaders are those of the step before, and at the first step.
    pub cause: Option<Cause>,
}

/// The rows of a day that changed the lead. Rows did it if, without them, the lead would be another than it is and all
/// former leaders would still be in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Each of these rows did it: to leave out any one of them would undo the change.
    Each(Vec<usize>),
    /// To leave out any one row would not undo the change, to leave out all of these does. They are found by leaving
    /// out one after the other, starting with the row that moved the new leaders furthest ahead of the former ones.
    Together(Vec<usize>),
}

/// A step for each day that a row of the matrix is dated, ascending. Items without a date count from the start, and no
/// item before its premises.
///
/// Each step takes up where the one before it ends, so the whole takes about as long as scoring the matrix once, and
/// a look at each item of a day on which the lead changed. Additive scores are the very ones that a fresh ranking
/// gives; posteriors differ from them by no more than their last digits. There are no steps where nothing is dated, and
/// none under `bayes` where priors are inconsistent.
#[must_use]
pub fn timeline(scenario: &Scenario, matrix: &Matrix, method: Method) -> Vec<Step> {
    let day = |at: &usize| scenario.evidence.get(*at)?.date.map(Date::last_day);
    let rows = || matrix.items().iter().enumerate();
    let mut dated: Vec<(Day, usize)> = rows().filter_map(|(row, at)| Some((day(at)?, row))).collect();
    dated.sort_unstable();
    let days = Premises::new(scenario).days(scenario);
    let counts_from = |at: &usize| days.get(*at).copied().flatten();
    let mut coming: Vec<(Day, usize)> =
        rows().filter_map(|(row, at)| Some((counts_from(at)?, row))).collect();
    coming.sort_unstable();
    let mut coming = coming.as_slice();

    let Some(mut known) = WhatIf::new(matrix, method) else { return Vec::new() };
    // What is left when all that comes on a day is left out is known from the start.
    coming.iter().for_each(|(_, row)| known.drop_row(*row));
    let mut coverage = Coverage::none(matrix.hypothesis_count());
    let from_start = rows().filter(|(_, at)| counts_from(at).is_none());
    from_start.for_each(|(row, _)| coverage.add(matrix, row));
    let mut steps: Vec<Step> = Vec::new();
    for same_day in dated.chunk_by(|(one, _), (other, _)| one == other) {
        let Some(&(day, _)) = same_day.first() else { continue };
        let added: Vec<usize> = same_day.iter().map(|(_, row)| *row).collect();
        let (of_day, later) = coming.split_at(coming.partition_point(|(from, _)| *from <= day));
        coming = later;
        let come: Vec<usize> = of_day.iter().map(|(_, row)| *row).collect();
        come.iter().for_each(|row| known.restore_row(*row));
        come.iter().for_each(|row| coverage.add(matrix, *row));
        let ranking = known.ranking();
        let cause = match steps.last() {
            Some(Step { ranking: before, .. }) if before.leaders != ranking.leaders => {
                Some(cause(&mut known, &come, &before.leaders, &ranking.leaders))
            }
            Some(_) | None => None,
        };
        let provisional = coverage.provisional(matrix, &ranking.leaders);
        steps.push(Step { day, added, ranking, provisional, cause });
    }
    steps
}

/// Finds which of the rows added last changed the lead. All are known again afterwards.
fn cause(known: &mut WhatIf<'_>, added: &[usize], before: &[usize], after: &[usize]) -> Cause {
    let mut leaders = Vec::new();
    let mut is_undone = |known: &WhatIf<'_>| {
        known.write_leaders(&mut leaders);
        leaders != after && before.iter().all(|leader| leaders.contains(leader))
    };
    let alone = added.iter().copied().filter(|row| {
        known.drop_row(*row);
        let undone = is_undone(known);
        known.restore_row(*row);
        undone
    });
    let each: Vec<usize> = alone.collect();
    if !each.is_empty() {
        return Cause::Each(each);
    }
    let (matrix, method) = (known.matrix(), known.method());
    let swing = |row| mean(matrix, method, row, after) - mean(matrix, method, row, before);
    let mut by_swing: Vec<(f64, usize)> = added.iter().map(|row| (swing(*row), *row)).collect();
    order::descending(&mut by_swing);
    let mut together = Vec::new();
    for (_, row) in by_swing {
        known.drop_row(row);
        together.push(row);
        // With all of them left out the former lead is back: it ends here at the latest.
        if is_undone(known) {
            break;
        }
    }
    together.iter().for_each(|row| known.restore_row(*row));
    together.sort_unstable();
    Cause::Together(together)
}

/// Mean contribution of a row to the scores of these hypotheses.
fn mean(matrix: &Matrix, method: Method, row: usize, hypotheses: &[usize]) -> f64 {
    let sum: f64 =
        hypotheses.iter().map(|hypothesis| contributions::raw(matrix, method, row, *hypothesis)).sum();
    sum / hypotheses.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::fixture::Fixture;
    use crate::engine::laws::scenario;
    use crate::engine::{provisional, rank};

    /// Gives the items of a scenario dates, in order; what is not a date gives none.
    fn dated(mut scenario: Scenario, dates: &[&str]) -> Scenario {
        for (item, date) in scenario.evidence.iter_mut().zip(dates) {
            item.date = Date::parse(date);
        }
        scenario
    }

    fn steps(scenario: &Scenario, method: Method) -> Vec<Step> {
        timeline(scenario, &Matrix::new(scenario, None), method)
    }

    #[test]
    fn a_step_for_each_day_that_counts() {
        let fixture = Fixture::of(2).item("C I").item("I C").item("C I").item("N II").item("II N");
        let s = dated(fixture.scenario(), &["2025-12-02", "2025-11", "", "2025-11-30", "2024"]);
        let steps = steps(&s, Method::Inconsistency);
        let days: Vec<_> = steps.iter().map(|step| step.day.to_string()).collect();
        assert_eq!(days, ["2024-12-31", "2025-11-30", "2025-12-02"]);
        let added: Vec<_> = steps.iter().map(|step| step.added.clone()).collect();
        assert_eq!(added, [vec![4], vec![1, 3], vec![0]]);
        let scores: Vec<_> = steps.iter().map(|step| step.ranking.scores.clone()).collect();
        assert_eq!(
            scores,
            [[Some(-2.0), Some(-1.0)], [Some(-3.0), Some(-3.0)], [Some(-3.0), Some(-4.0)]],
            "the undated item counts from the start"
        );
    }

    #[test]
    fn what_changed_the_lead_is_named() {
        let causes = |fixture: Fixture, dates: &[&str]| -> Vec<Option<Cause>> {
            let steps = steps(&dated(fixture.scenario(), dates), Method::Inconsistency);
            steps.into_iter().map(|step| step.cause).collect()
        };
        // h0 leads; then e1 and e2 come. Without e2 h0 would share the lead, without e1 it would not.
        assert_eq!(
            causes(
                Fixture::of(2).item("N I").item("I N").item("II N").item("C C"),
                &["2025-01-01", "2025-01-02", "2025-01-02", "2025-01-03"]
            ),
            [None, Some(Cause::Each(vec![2])), None]
        );
        // Without e1 h1 still leads by e2 and e3, and so on: two must go, and e2 goes first.
        assert_eq!(
            causes(
                Fixture::of(2).item("N I").item("I N").item("II N").item("I N"),
                &["2025-01-01", "2025-01-02", "2025-01-02", "2025-01-02"]
            ),
            [None, Some(Cause::Together(vec![1, 2]))]
        );
    }

    #[test]
    fn nothing_dated_is_no_course() {
        assert_eq!(steps(&Fixture::of(2).item("C I").scenario(), Method::Bayes), []);
        assert_eq!(steps(&Fixture::of(0).scenario(), Method::Weighted), []);
        let none = dated(Fixture::of(1).reject(0).item("C").scenario(), &["2025"]);
        for method in Method::ALL {
            assert!(steps(&none, *method)[0].ranking.leaders.is_empty());
        }
    }

    const DATES: [&str; 8] =
        ["", "2024", "2024-12", "2024-12-31", "2025-01-01", "2025-01", "2025-02-28", "2025-02"];

    proptest! {
        #[test]
        fn every_step_is_a_fresh_ranking(
            s in scenario(),
            dates in prop::collection::vec(prop::sample::select(DATES.as_slice()), 14),
            until in prop::option::of(prop::sample::select(["2024-12-31", "2025-01-15"].as_slice())),
        ) {
            let s = dated(s, &dates);
            let as_of = until.and_then(Day::parse);
            let matrix = Matrix::new(&s, as_of);
            for method in Method::ALL {
                let steps = timeline(&s, &matrix, *method);
                let mut days: Vec<Day> = s.evidence.iter().filter_map(|e| Some(e.date?.last_day())).collect();
                days.retain(|day| as_of.is_none_or(|as_of| *day <= as_of));
                days.sort_unstable();
                days.dedup();
                prop_assert_eq!(steps.iter().map(|step| step.day).collect::<Vec<_>>(), days);
                for (at, step) in steps.iter().enumerate() {
                    let fresh = rank(&Matrix::new(&s, Some(step.day)), *method);
                    if method.is_additive() {
                        prop_assert_eq!(&step.ranking, &fresh);
                    }
                    prop_assert_eq!(&step.ranking.ranks, &fresh.ranks);
                    prop_assert_eq!(&step.ranking.leaders, &fresh.leaders);
                    let matrix_of_day = Matrix::new(&s, Some(step.day));
                    prop_assert_eq!(&step.provisional, &provisional(&matrix_of_day, &fresh));
                    for (score, fresh) in step.ranking.scores.iter().zip(&fresh.scores) {
                        prop_assert_eq!(score.is_some(), fresh.is_some());
                        prop_assert!((score.unwrap_or(0.0) - fresh.unwrap_or(0.0)).abs() < 1e-12);
                    }
                    let before = at.checked_sub(1).map(|at| &steps[at].ranking.leaders);
                    let changed = before.filter(|before| **before != fresh.leaders);
                    let Some(before) = changed else {
                        prop_assert_eq!(&step.cause, &None);
                        continue;
                    };
                    let undone_without = |rows: &[usize]| {
                        let mut without = s.clone();
                        let gone: Vec<_> = rows.iter().map(|row| &s.evidence[matrix.items()[*row]].id).collect();
                        without.evidence.retain(|item| !gone.contains(&&item.id));
                        let without = rank(&Matrix::new(&without, Some(step.day)), *method);
                        without.leaders != fresh.leaders
                            && before.iter().all(|leader| without.ranks[*leader] == Some(1))
                    };
                    let each: Vec<usize> =
                        step.added.iter().copied().filter(|row| undone_without(&[*row])).collect();
                    match step.cause.as_ref().unwrap() {
                        Cause::Each(rows) => prop_assert_eq!(rows, &each),
                        Cause::Together(rows) => {
                            prop_assert!(each.is_empty() && undone_without(rows));
                            prop_assert!(rows.iter().all(|row| step.added.contains(row)));
                        }
                    }
                }
            }
        }
    }
}
