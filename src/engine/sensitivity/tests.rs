//! Small scenarios against every set of items that could be left out, and every rating that a cell could have.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::engine::fixture::Fixture;
use crate::engine::laws;
use crate::engine::{Ranking, rank};
use crate::scenario::{EvidenceStatus, Level, Rating, Searched, Source, SourceId};

fn ranked(scenario: &Scenario, method: Method) -> Ranking {
    rank(&Matrix::new(scenario, None), method)
}

fn without(scenario: &Scenario, rows: &[usize]) -> Scenario {
    let mut left = scenario.clone();
    let mut at = 0..;
    left.evidence.retain(|_| !rows.contains(&at.next().unwrap()));
    left
}

/// Whether a row has a rating CC to II for a hypothesis that competes.
fn bears_on(matrix: &Matrix, row: usize, method: Method) -> bool {
    matrix.competing(method).any(|hypothesis| matrix.code(row, hypothesis).is_on_scale())
}

/// By how much a hypothesis scores better than another, whether it competes or not: a hair is nothing.
fn lead(scenario: &Scenario, method: Method, hypothesis: usize, other: usize) -> f64 {
    let matrix = Matrix::new(scenario, None);
    let what_if = WhatIf::new(&matrix, method).unwrap();
    let lead = what_if.score(hypothesis) - what_if.score(other);
    if lead.abs() <= 1e-9 { 0.0 } else { lead }
}

/// Units of removal: items, and all items of a group.
fn units(scenario: &Scenario) -> Vec<Vec<usize>> {
    let mut units: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in 0..scenario.evidence.len() {
        let group = &scenario.evidence[row].group;
        let member = |at: &usize| *at == row || group.is_some() && scenario.evidence[*at].group == *group;
        let members: Vec<usize> = (0..scenario.evidence.len()).filter(member).collect();
        units.insert(members[0], members);
    }
    units.into_values().collect()
}

/// The fewest units without which the challenger's lead over the leader is as asked.
fn fewest(s: &Scenario, enough: impl Fn(&Scenario) -> bool) -> Option<usize> {
    let units = units(s);
    let subsets = 0..1_usize << units.len();
    let fits = |subset: &usize| {
        let rows: Vec<usize> = (0..units.len())
            .filter(|at| subset >> at & 1 == 1)
            .flat_map(|at| units[at].iter().copied())
            .collect();
        enough(&without(s, &rows))
    };
    subsets.filter(fits).map(|subset| subset.count_ones() as usize).min()
}

fn small() -> impl Strategy<Value = Scenario> {
    laws::scenario().prop_map(|mut scenario| {
        scenario.evidence.truncate(7);
        // Who competes decides the priors of families; a set is the smallest by the priors as they are.
        scenario.hypotheses.iter_mut().for_each(|hypothesis| hypothesis.family = None);
        scenario
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_smaller_set_overturns_a_lead(s in small()) {
        let matrix = Matrix::new(&s, None);
        for method in Method::ALL {
            let found = Sensitivity::new(&s, &matrix, *method).unwrap();
            let ranking = rank(&matrix, *method);
            prop_assert_eq!(&found.leaders, &ranking.leaders);
            let [leader] = *ranking.leaders.as_slice() else {
                prop_assert_eq!((found.overturn, found.lead), (None, None));
                continue;
            };
            let overturn = found.overturn.unwrap();
            let challengers: Vec<usize> = overturn.iter().map(|overturn| overturn.challenger).collect();
            prop_assert_eq!(&challengers, &matrix.competing(*method).filter(|h| *h != leader).collect::<Vec<_>>());
            for Overturn { challenger, overturn, tie, any_of, leaders_after } in &overturn {
                let ahead = |s: &Scenario| lead(s, *method, *challenger, leader) > 0.0;
                let level = |s: &Scenario| lead(s, *method, *challenger, leader) >= 0.0;
                prop_assert_eq!(overturn.as_ref().map(|r| r.units), fewest(&s, ahead), "{}", method);
                prop_assert_eq!(tie.as_ref().map(|r| r.units), fewest(&s, level), "{}", method);
                let whole = |removal: &Removal| -> Vec<Vec<usize>> {
                    let named = |unit: &Vec<usize>| unit.iter().any(|row| removal.rows.contains(row));
                    units(&s).into_iter().filter(named).collect()
                };
                let after = |removal: &Removal| without(&s, &whole(removal).concat());
                prop_assert!(overturn.iter().all(|removal| ahead(&after(removal))));
                prop_assert!(tie.iter().all(|removal| level(&after(removal))));
                prop_assert_eq!(leaders_after, &overturn.as_ref().map(|removal| ranked(&after(removal), *method).leaders));
                for removal in [overturn, tie, any_of].into_iter().flatten() {
                    prop_assert!(removal.rows.is_sorted());
                    prop_assert_eq!(removal.units, whole(removal).len());
                    let bears = |row: &usize| bears_on(&matrix, *row, *method);
                    let rows: Vec<usize> = whole(removal).concat();
                    prop_assert_eq!(removal.rows.len(), rows.iter().filter(|row| bears(row)).count());
                }
                let Some(removal) = overturn else { continue };
                let any = |count: usize| {
                    let units = whole(any_of.as_ref().unwrap_or(removal));
                    let subsets = (0..1_usize << units.len()).filter(move |set| set.count_ones() as usize == count);
                    let rows = subsets.map(move |set| (0..units.len()).filter(|at| set >> at & 1 == 1).flat_map(|at| units[at].clone()).collect::<Vec<_>>());
                    rows.collect::<Vec<_>>()
                };
                prop_assert!(any(removal.units).iter().all(|rows| ahead(&without(&s, rows))));
            }

            prop_assert_eq!(found.lead.is_some(), !challengers.is_empty());
            if let Some(lead_of) = found.lead {
                let best = |s: &Scenario| challengers.iter().all(|other| lead(s, *method, leader, *other) > 0.0);
                prop_assert_eq!(lead_of.rests_on.as_ref().map(|r| r.units), fewest(&s, |s| !best(s)));
                prop_assert_eq!(Lead::new(&matrix, *method), Some(lead_of.clone()));
                let items = (0..s.evidence.len()).map(|row| vec![row]);
                let bears = |row: &usize| bears_on(&matrix, *row, *method);
                let groups = units(&s).into_iter().map(|unit| unit.into_iter().filter(bears).collect::<Vec<_>>());
                let mut groups: Vec<_> = groups.filter(|unit| unit.len() > 1).collect();
                groups.sort();
                let pillars = items.chain(groups).map(|rows| {
                    let leaders_after = ranked(&without(&s, &rows), *method).leaders;
                    Pillar { rows, leaders_after }
                });
                let pillars: Vec<Pillar> =
                    pillars.filter(|pillar| pillar.leaders_after != [leader]).collect();
                prop_assert_eq!(lead_of.pillars, pillars, "{}", method);
            }
        }
    }

    #[test]
    fn critical_are_the_items_and_cells_by_which_others_lead(s in small()) {
        let matrix = Matrix::new(&s, None);
        for method in Method::ALL {
            let found = Sensitivity::new(&s, &matrix, *method).unwrap();
            let leaders = ranked(&s, *method).leaders;
            let mut items = Vec::new();
            let mut cells = Vec::new();
            for row in 0..s.evidence.len() {
                let leaders_after = ranked(&without(&s, &[row]), *method).leaders;
                if leaders_after != leaders {
                    items.push(CriticalItem { row, leaders_after });
                }
                for hypothesis in matrix.competing(*method) {
                    let Some(rating) = s.evidence[row].ratings.rating(hypothesis) else { continue };
                    let Some(value) = rating.value() else { continue };
                    // From the least consistent up, so that of two as near it comes first.
                    let others = (-2..=2).map(|to| Rating::from_value(to).unwrap()).filter(|to| *to != rating);
                    let critical = others.filter_map(|to| {
                        let mut changed = s.clone();
                        changed.evidence[row].ratings.set(hypothesis, crate::scenario::Cell::rated(to));
                        let leaders_after = ranked(&changed, *method).leaders;
                        let steps = to.value().unwrap().abs_diff(value);
                        let cell = CriticalCell { row, hypothesis, rating, to, steps, leaders_after };
                        (cell.leaders_after != leaders).then_some(cell)
                    });
                    cells.extend(critical.min_by_key(|cell| cell.steps));
                }
            }
            prop_assert_eq!(found.critical_items, items, "{}", method);
            prop_assert_eq!(found.critical_cells, cells, "{}", method);
        }
    }
}

const fn removal(units: usize, rows: Vec<usize>) -> Removal {
    Removal { units, rows, is_premise: false }
}

fn of(fixture: Fixture, method: Method) -> (Vec<Overturn>, Lead) {
    let scenario = fixture.scenario();
    let matrix = Matrix::new(&scenario, None);
    let found = Sensitivity::new(&scenario, &matrix, method).unwrap();
    (found.overturn.unwrap(), found.lead.unwrap())
}

#[test]
fn equal_differences_go_in_the_order_of_the_file() {
    // Each speaks by 2 for h0: the last by its weight, which makes one step two.
    let fixture = Fixture::of(2).item("I C").item("C II").item("N II").item("C I").weighed(
        "NA I",
        Level::High,
        Level::High,
    );
    let (overturn, lead) = of(fixture, Method::Weighted);
    // The lead is 6: two make it 2, three make it 0, and then only one item speaks for h0 at all.
    assert_eq!(overturn[0].tie, Some(removal(3, vec![1, 2, 4])));
    assert_eq!(overturn[0].overturn, Some(removal(4, vec![1, 2, 3, 4])));
    assert_eq!(overturn[0].leaders_after, Some(vec![1]));
    assert_eq!((lead.leader, lead.rests_on), (0, overturn[0].tie.clone()));
    assert_eq!(lead.leaders_after, [0, 1]);
}

#[test]
fn a_lead_that_nothing_contradicts_can_be_drawn_level_only() {
    let (overturn, lead) = of(Fixture::of(2).item("C I").item("N I").item("N N"), Method::Inconsistency);
    assert_eq!((overturn[0].overturn.clone(), overturn[0].leaders_after.clone()), (None, None));
    assert_eq!(overturn[0].tie, Some(removal(2, vec![0, 1])));
    assert_eq!(lead.leaders_after, [0, 1]);
}

#[test]
fn putting_one_ahead_need_not_make_it_lead() {
    let fixture = Fixture::of(3).item("C II I").item("II I I").item("C II II").item("N I N");
    let (overturn, lead) = of(fixture, Method::Inconsistency);
    // h1 passes h0 without e0, e2 and e3, but then h2 does no worse.
    let h1 = &overturn[0];
    assert_eq!(h1.overturn, Some(removal(3, vec![0, 2, 3])));
    assert_eq!(h1.leaders_after, Some(vec![1, 2]));
    // h2 is nearer: without e2 it is level.
    assert_eq!(lead.rests_on, Some(removal(1, vec![2])));
}

#[test]
fn groups_count_as_one_and_priors_may_decide() {
    let fixture = Fixture::of(2)
        .grouped("C I", "thaw")
        .grouped("- -", "thaw")
        .grouped("CC N", "thaw")
        .item("N C")
        .priors(&[0.45, 0.55]);
    let (overturn, lead) = of(fixture.clone(), Method::Bayes);
    let thaw = Some(removal(1, vec![0, 2]));
    assert_eq!((&overturn[0].overturn, &overturn[0].tie), (&thaw, &thaw));
    assert_eq!((lead.rests_on, lead.leaders_after), (thaw, vec![1]));
    // No item speaks for h1, and yet it is ahead without any of them: it was before.
    let (overturn, _) = of(Fixture::of(2).item("CC II").priors(&[0.4, 0.6]), Method::Bayes);
    assert_eq!(overturn[0].overturn, Some(removal(1, vec![0])));
    let (overturn, lead) = of(fixture.priors(&[0.9, 0.1]), Method::Bayes);
    assert_eq!((&overturn[0].overturn, &overturn[0].tie), (&None, &None));
    assert_eq!((lead.rests_on, lead.leaders_after), (None, vec![0]));
}

/// A scenario of sources x and y, x under the hand of h1 and h2, y of h1 alone.
fn sourced() -> Scenario {
    let from = |fixture: Fixture, ratings: &str, sources: &[&str]| {
        fixture.item(ratings).edit_last(|item| {
            item.source = Some(sources.iter().map(|s| (*s).to_owned()).collect());
        })
    };
    let mut fixture = Fixture::of(4).reject(2);
    fixture = from(fixture, "II C C I", &["y", "y"]);
    fixture = from(fixture, "C I C I", &["z", " "]);
    fixture = from(fixture, "C I C I", &["x", "y"]);
    fixture = from(fixture, "C C C I", &["x", "z"]);
    fixture = from(fixture, "C II C I", &["x"]).edit_last(|item| item.kind = Some(Kind::Assumption));
    let mut scenario = fixture.item("I N N I").scenario();
    for (id, controllers) in [("unused", vec![]), ("x", vec!["h1", "h2"]), ("y", vec!["h1"])] {
        let mut source = Source::new(SourceId::parse(id).unwrap(), id);
        source.controlled_by = Some(controllers.into_iter().map(Into::into).collect());
        scenario.sources.push(source);
    }
    scenario
}

#[test]
fn items_fall_with_all_their_sources_only() {
    let scenario = sourced();
    let matrix = Matrix::new(&scenario, None);
    let found = Sensitivity::new(&scenario, &matrix, Method::Weighted).unwrap();
    // h0 -3, h1 -4, h3 -6.
    assert_eq!(found.leaders, [0]);
    // Without e4: h0 -3, h1 -2. Without e0: h0 -1, h1 -4. Without e1: h0 and h1 -3.
    let sources: Vec<_> =
        found.without_source.iter().map(|(s, w)| (*s, w.rows.clone(), w.leaders.clone())).collect();
    assert_eq!(sources, [("x", vec![4], vec![1]), ("y", vec![0], vec![0]), ("z", vec![1], vec![0, 1])]);
    // h1 could have made e0, e2 and e4: with its own cells there NA it is at -1. The rejected h2 and h0, h3 control
    // nothing.
    let deception: Vec<_> =
        found.deception.iter().map(|(h, w)| (*h, w.rows.clone(), w.leaders.clone())).collect();
    assert_eq!(deception, [(1, vec![0, 2, 4], vec![1])]);
    assert_eq!(found.without_assumptions, Without { rows: vec![4], leaders: vec![1] });
    assert_eq!(found.without_low_credibility, Without { rows: vec![], leaders: vec![0] });
    assert_eq!(found.common, Common { items: 6, leaders: vec![0] });
    assert_eq!(found.level_priors, None);
    // What is not known yet is not cited.
    let mut later = scenario.clone();
    for item in [0, 2] {
        later.evidence[item].date = crate::scenario::Date::parse("2025");
    }
    let matrix = Matrix::new(&later, crate::scenario::Day::parse("2024-12-31"));
    let found = Sensitivity::new(&later, &matrix, Method::Weighted).unwrap();
    assert_eq!(found.without_source.iter().map(|(source, _)| *source).collect::<Vec<_>>(), ["x", "z"]);
    // Rows are those of the matrix: the third left is e4.
    assert_eq!(found.critical_items, [CriticalItem { row: 2, leaders_after: vec![0, 1] }]);
}

#[test]
fn where_nothing_leads_there_is_little_to_ask() {
    let mut scenario = sourced();
    for hypothesis in &mut scenario.hypotheses {
        hypothesis.status = Some(crate::scenario::Status::Rejected);
    }
    for method in Method::ALL {
        let found = Sensitivity::new(&scenario, &Matrix::new(&scenario, None), *method).unwrap();
        assert_eq!((found.leaders, found.without_assumptions.leaders), (vec![], vec![]));
        assert_eq!((found.critical_items, found.critical_cells), (vec![], vec![]));
        assert_eq!((found.overturn, found.lead, found.deception), (None, None, vec![]));
        assert_eq!((found.common, found.level_priors), (Common::default(), None));
        assert!(found.without_source.iter().all(|(_, without)| without.leaders.is_empty()));

        // No ratings: nobody leads. One hypothesis: it leads unopposed.
        let empty = Fixture::of(2).item("NA -").scenario();
        let found = Sensitivity::new(&empty, &Matrix::new(&empty, None), *method).unwrap();
        assert_eq!((found.leaders, found.overturn), (vec![], None));
        let alone = Fixture::of(2).reject(0).item("C II").item("N N").scenario();
        let found = Sensitivity::new(&alone, &Matrix::new(&alone, None), *method).unwrap();
        assert_eq!((found.overturn, found.lead), (Some(vec![]), None));
        assert_eq!((found.critical_items, found.critical_cells), (vec![], vec![]));
    }
}

/// Scenarios whose items are of every sort: of sources and kinds, doubtful, withdrawn, resting on others.
fn of_every_sort() -> impl Strategy<Value = Scenario> {
    let sort = (0..4_usize, 0..4_usize, 0..6_usize, prop::collection::vec(0..14_usize, 0..3));
    (laws::scenario(), prop::collection::vec(sort, 14)).prop_map(|(mut scenario, sorts)| {
        for (at, (item, (source, kind, status, premises))) in
            scenario.evidence.iter_mut().zip(sorts).enumerate()
        {
            let sources = [&["x"][..], &["x", "y"], &["y"], &[]];
            item.source = Some(sources[source].iter().map(|id| (*id).to_owned()).collect());
            item.kind = Some([Kind::Fact, Kind::Assumption, Kind::Absence, Kind::Absence][kind]);
            item.searched = [None, Some(Searched::Partial), Some(Searched::None), None][kind];
            item.status = (status == 0).then_some(EvidenceStatus::Withdrawn);
            // Only on earlier ones: no circles.
            item.rests_on =
                Some(premises.iter().filter(|premise| **premise < at).map(|p| format!("e{p}")).collect());
        }
        if let Some(last) = scenario.hypotheses.last() {
            let mut source = Source::new(SourceId::parse("x").unwrap(), "X");
            source.controlled_by = Some(vec![last.id.to_string()]);
            scenario.sources.push(source);
        }
        scenario
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_left_out_takes_along_what_rests_on_it(s in of_every_sort()) {
        let matrix = Matrix::new(&s, None);
        let items = matrix.items();
        let kept = |keeps: &dyn Fn(usize) -> bool| {
            let mut left = s.clone();
            for (at, item) in left.evidence.iter_mut().enumerate().filter(|(at, _)| !keeps(*at)) {
                assert!(at < s.evidence.len());
                item.status = Some(EvidenceStatus::Withdrawn);
            }
            left
        };
        let of = |at: usize| &s.evidence[at];
        for method in Method::ALL {
            let found = Sensitivity::new(&s, &matrix, *method).unwrap();
            let leaders = ranked(&s, *method).leaders;
            let after = |keeps: &dyn Fn(usize) -> bool| ranked(&kept(keeps), *method).leaders;
            let critical: Vec<_> = (0..items.len()).filter_map(|row| {
                let leaders_after = after(&|at| at != items[row]);
                (leaders_after != leaders).then_some(CriticalItem { row, leaders_after })
            }).collect();
            prop_assert_eq!(&found.critical_items, &critical);
            for (source, without) in &found.without_source {
                prop_assert_eq!(&without.leaders, &after(&|at| of(at).sources() != [(*source).to_owned()]));
            }
            prop_assert_eq!(&found.without_assumptions.leaders, &after(&|at| of(at).kind() != Kind::Assumption));
            prop_assert_eq!(&found.without_low_credibility.leaders, &after(&|at| of(at).credibility() != Level::Low));
            let competing: Vec<usize> = matrix.competing(*method).filter(|h| !matrix.is_residual(*h)).collect();
            let is_common = |at: usize| {
                let row = matrix.row_of(at);
                row.is_some_and(|row| competing.iter().all(|h| matrix.code(row, *h).is_on_scale()))
            };
            let common = kept(&is_common);
            let left = Matrix::new(&common, None).items().len();
            let expected = if left == 0 || competing.is_empty() { Common::default() } else { Common { items: left, leaders: ranked(&common, *method).leaders } };
            prop_assert_eq!(&found.common, &expected);
            for (hypothesis, without) in &found.deception {
                let mut staged = s.clone();
                for item in staged.evidence.iter_mut().filter(|item| item.sources() == ["x".to_owned()]) {
                    item.ratings.set(*hypothesis, crate::scenario::Cell::rated(Rating::NotApplicable));
                }
                prop_assert_eq!(&without.leaders, &ranked(&staged, *method).leaders);
            }
            if let Some(level) = &found.level_priors {
                // With the prior odds that are named, the two are level.
                for (other, odds) in level {
                    let mut even = s.clone();
                    let [leader] = found.leaders[..] else { unreachable!() };
                    for (h, hypothesis) in even.hypotheses.iter_mut().enumerate() {
                        let is_one = h == leader || h == *other;
                        hypothesis.status = (!is_one).then_some(crate::scenario::Status::Rejected);
                        hypothesis.prior = None;
                    }
                    let p = 1.0 / (1.0 + 10.0_f64.powf(-odds));
                    prop_assume!(p > 1e-5 && p < 1.0 - 1e-5);
                    even.hypotheses[leader].prior = Some(p);
                    even.hypotheses[*other].prior = Some(1.0 - p);
                    let leaders = ranked(&even, *method).leaders;
                    prop_assert!(leaders.len() == 2 || leaders.is_empty() || even.hypotheses[*other].is_residual() || even.hypotheses[leader].is_residual());
                }
            }
        }
    }
}
