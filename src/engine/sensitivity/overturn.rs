//! Overturning sets: the fewest units without which another hypothesis draws level with the leader, or gets ahead.
//!
//! A unit is an item, or a group of items, which count as one. It speaks for the leader against a challenger by the
//! difference of its two contributions. Leaving out those with the greatest differences is optimal in their number:
//! exchanging one of them for another cannot lower the lead further. Units are left out alone, without what rests on
//! them, else the first so many would not be the smallest set.

use crate::engine::class::Class;
use crate::engine::matrix::Matrix;
use crate::engine::rating_code::RatingCode;
use crate::engine::tally::Tally;
use crate::engine::terms::Exact;
use crate::engine::what_if::{Sums, WhatIf};

/// The smallest sets that put another hypothesis level with a sole leader, and ahead of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overturn {
    /// The other hypothesis that competes, by position.
    pub challenger: usize,
    /// The smallest set of units without which it is strictly ahead of the leader; `None` if there is none.
    pub overturn: Option<Removal>,
    /// The smallest set without which it is level or better.
    pub tie: Option<Removal>,
    /// The most units of which any as many as `overturn` has would do; `None` where only those of `overturn` are known
    /// to.
    pub any_of: Option<Removal>,
    /// Who leads without the units of `overturn`, which need not be the challenger; empty where nobody competes then.
    pub leaders_after: Option<Vec<usize>>,
}

/// Units that are left out together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Number of units: a group counts as one.
    pub units: usize,
    /// Their rows, ascending: those with a rating CC to II for a hypothesis that competes.
    pub rows: Vec<usize>,
    /// Whether any other item rests on one of the rows.
    pub is_premise: bool,
}

/// By challenger of the sole leader, the sets that overturn its lead; `None` where there is no sole leader. Asked of a
/// matrix as it is: nothing is left out or changed.
#[must_use]
pub fn overturns(what_if: &mut WhatIf<'_>) -> Option<Vec<Overturn>> {
    let found: Vec<(Overturn, Vec<usize>)> = match what_if.sums() {
        Sums::Additive(tally) => Duels::new(what_if, &**tally)?.overturns(),
        Sums::Bayes(tally) => Duels::new(what_if, &**tally)?.overturns(),
    };
    let found = found.into_iter().map(|(mut overturn, rows)| {
        overturn.leaders_after = overturn.overturn.as_ref().map(|_| what_if.leaders_without_only(&rows));
        overturn
    });
    Some(found.collect())
}

/// A sole leader that others challenge, and the smallest set without which its score no longer leads alone.
pub(super) fn weakest(what_if: &WhatIf<'_>) -> Option<(usize, Option<Removal>)> {
    match what_if.sums() {
        Sums::Additive(tally) => Duels::new(what_if, &**tally)?.weakest(),
        Sums::Bayes(tally) => Duels::new(what_if, &**tally)?.weakest(),
    }
}

/// The sole leader against each of the others.
struct Duels<'a, V> {
    matrix: &'a Matrix,
    tally: &'a Tally<V>,
    leader: usize,
    /// By hypothesis, then by [`kind`], the number of ungrouped rows.
    kinds: Vec<usize>,
}

/// Number of kinds of ungrouped rows in a comparison of two hypotheses: a class and two codes.
const KINDS: usize = Class::ALL.len() * RatingCode::COUNT * RatingCode::COUNT;

const fn kind(class: Class, leader: RatingCode, challenger: RatingCode) -> usize {
    (class.index() * RatingCode::COUNT + leader as usize) * RatingCode::COUNT + challenger as usize
}

/// Units by which a leader is ahead of a challenger: amounts above 0, descending, each with the number of its units.
struct Amounts<V>(Vec<(V, usize)>);

/// The numbers of units that a challenger needs left out.
#[derive(Clone, Copy)]
struct Need {
    challenger: usize,
    level: Option<usize>,
    ahead: Option<usize>,
}

impl<V: Exact> Amounts<V> {
    /// Runs of amounts that are equal, each with its greatest and its least.
    fn runs(&self) -> impl Iterator<Item = (&[(V, usize)], V, V)> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let &(greatest, _) = rest.first()?;
            let (run, after) =
                rest.split_at(rest.partition_point(|(amount, _)| (greatest - *amount).is_level()));
            rest = after;
            Some((run, greatest, run.last()?.0))
        })
    }
}

impl<'a, V: Exact> Duels<'a, V> {
    fn new(what_if: &WhatIf<'a>, tally: &'a Tally<V>) -> Option<Self> {
        let matrix = what_if.matrix();
        let &[leader] = what_if.leaders().as_slice() else { return None };
        let width = matrix.hypothesis_count();
        let mut kinds = vec![0; width * KINDS];
        // Rows of one kind speak alike, so they are counted first: what is sorted later is kinds and groups, not rows.
        for block in matrix.blocks() {
            for row in block.codes.chunks_exact(width) {
                let Some(of_leader) = row.get(leader) else { continue };
                for (code, kinds) in row.iter().zip(kinds.chunks_exact_mut(KINDS)) {
                    if let Some(rows) = kinds.get_mut(kind(block.class, *of_leader, *code)) {
                        *rows += 1;
                    }
                }
            }
        }
        Some(Self { matrix, tally, leader, kinds })
    }

    fn challengers(&self) -> impl Iterator<Item = usize> {
        self.tally.competing(self.matrix).filter(|challenger| *challenger != self.leader)
    }

    /// Takes away what speaks most for the leader, and again, until it no longer leads.
    fn need(&self, challenger: usize, amounts: &Amounts<V>) -> Need {
        let mut need = Need { challenger, level: None, ahead: None };
        let standing = |hypothesis| self.tally.standing(self.matrix, hypothesis);
        let mut lead = standing(self.leader) - standing(challenger);
        for (units, amount) in (1..).zip(self.in_order(challenger, amounts)) {
            lead -= amount;
            if lead.is_level() {
                need.level = need.level.or(Some(units));
            }
            if lead.is_behind() {
                need.ahead = Some(units);
                break;
            }
        }
        need
    }

    /// The amounts, one a unit, in the order in which units are left out: descending, equal ones in the order of the
    /// file.
    fn in_order(&self, challenger: usize, amounts: &Amounts<V>) -> impl Iterator<Item = V> {
        amounts.runs().flat_map(move |(run, greatest, least)| match run {
            [(amount, units)] => std::iter::repeat_n(*amount, *units).collect(),
            _ => self
                .units(challenger)
                .filter(|(_, amount)| (least..=greatest).contains(amount))
                .map(|(_, amount)| amount)
                .collect::<Vec<_>>(),
        })
    }

    /// The units in the order of their first rows: the row, and by how much the unit speaks for the leader.
    fn units(&self, challenger: usize) -> impl Iterator<Item = (usize, V)> {
        let (matrix, leader) = (self.matrix, self.leader);
        (0..matrix.items().len()).filter_map(move |row| match matrix.group(row) {
            Some(group) => {
                (matrix.members(group).first() == Some(&row)).then(|| (row, self.of_group(group, challenger)))
            }
            None => Some((
                row,
                self.amount(matrix.class(row), matrix.code(row, leader), matrix.code(row, challenger)),
            )),
        })
    }

    fn of_group(&self, group: usize, challenger: usize) -> V {
        self.tally.of_group(group, self.leader) - self.tally.of_group(group, challenger)
    }

    fn amount(&self, class: Class, of_leader: RatingCode, of_challenger: RatingCode) -> V {
        self.tally.terms().of(class, of_leader) - self.tally.terms().of(class, of_challenger)
    }

    fn amounts(&self, challenger: usize) -> Amounts<V> {
        let rows = self.kinds.get(challenger * KINDS..(challenger + 1) * KINDS).unwrap_or_default();
        let mut rows = rows.iter();
        let groups = 0..self.matrix.group_count();
        let mut amounts: Vec<(V, usize)> =
            groups.map(|group| (self.of_group(group, challenger), 1)).collect();
        for class in Class::ALL {
            for of_leader in RatingCode::ALL {
                for of_challenger in RatingCode::ALL {
                    if let Some(&rows) = rows.next().filter(|rows| **rows > 0) {
                        amounts.push((self.amount(class, of_leader, of_challenger), rows));
                    }
                }
            }
        }
        amounts.retain(|(amount, _)| *amount > V::default());
        amounts.sort_unstable_by(|(x, _), (y, _)| y.cmp(x));
        amounts.dedup_by(|(amount, units), (same, total)| {
            let is_same = amount == same;
            *total += if is_same { *units } else { 0 };
            is_same
        });
        Amounts(amounts)
    }

    /// The most units, descending by amount, of which any so many would put the challenger ahead.
    fn most_of_which_any(&self, challenger: usize, amounts: &Amounts<V>, needed: usize) -> Option<usize> {
        let standing = |hypothesis| self.tally.standing(self.matrix, hypothesis);
        let lead = standing(self.leader) - standing(challenger);
        let order: Vec<V> = self.in_order(challenger, amounts).collect();
        let mut least = order.iter().take(needed).fold(V::default(), |sum, amount| sum + *amount);
        let mut most = needed;
        for (out, into) in order.iter().zip(order.get(needed..)?) {
            least += *into;
            least -= *out;
            if !(lead - least).is_behind() {
                break;
            }
            most += 1;
        }
        (most > needed).then_some(most)
    }

    /// All rows of the first so many units.
    fn rows(&self, challenger: usize, amounts: &Amounts<V>, units: usize) -> Vec<usize> {
        let mut left = units;
        let last = amounts.runs().find_map(|(run, greatest, least)| {
            let count: usize = run.iter().map(|(_, count)| count).sum();
            let is_last = left <= count;
            left -= if is_last { 0 } else { count };
            is_last.then_some((greatest, least))
        });
        let Some((greatest, least)) = last else { return Vec::new() };
        let mut rows = Vec::new();
        for (row, amount) in self.units(challenger) {
            let is_last = left > 0 && (least..=greatest).contains(&amount);
            left -= usize::from(is_last);
            if is_last || amount > greatest {
                match self.matrix.group(row) {
                    Some(group) => rows.extend(self.matrix.members(group)),
                    None => rows.push(row),
                }
            }
        }
        rows.sort_unstable();
        rows
    }

    fn removal(&self, units: usize, rows: &[usize]) -> Removal {
        let competing: Vec<usize> = self.tally.competing(self.matrix).collect();
        let bears = |row: &usize| competing.iter().any(|at| self.matrix.code(*row, *at).is_on_scale());
        Removal {
            units,
            rows: rows.iter().copied().filter(bears).collect(),
            is_premise: rows.iter().any(|row| self.matrix.is_premise(*row)),
        }
    }

    fn overturns(&self) -> Vec<(Overturn, Vec<usize>)> {
        let overturn = |challenger: usize| {
            let amounts = self.amounts(challenger);
            let need = self.need(challenger, &amounts);
            let rows =
                |units: Option<usize>| units.map(|units| (units, self.rows(challenger, &amounts, units)));
            let removal = |found: &Option<(usize, Vec<usize>)>| {
                found.as_ref().map(|(units, rows)| self.removal(*units, rows))
            };
            let (ahead, level) = (rows(need.ahead), rows(need.level));
            let any_of =
                rows(need.ahead.and_then(|needed| self.most_of_which_any(challenger, &amounts, needed)));
            let found = Overturn {
                challenger: need.challenger,
                overturn: removal(&ahead),
                tie: removal(&level),
                any_of: removal(&any_of),
                leaders_after: None,
            };
            (found, ahead.map(|(_, rows)| rows).unwrap_or_default())
        };
        self.challengers().map(overturn).collect()
    }

    fn weakest(&self) -> Option<(usize, Option<Removal>)> {
        let needs = self.challengers().map(|challenger| {
            let amounts = self.amounts(challenger);
            (self.need(challenger, &amounts), amounts)
        });
        let units = |units: Option<usize>| units.unwrap_or(usize::MAX);
        let (need, amounts) = needs.min_by_key(|(need, _)| (units(need.level), units(need.ahead)))?;
        let removal =
            need.level.map(|units| self.removal(units, &self.rows(need.challenger, &amounts, units)));
        Some((self.leader, removal))
    }
}
