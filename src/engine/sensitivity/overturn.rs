//! Overturning sets: the fewest items without which another hypothesis draws level with the leader, or gets ahead.
//!
//! An item speaks for the leader against a challenger by the difference of its two contributions. Leaving out those
//! with the greatest differences is optimal in their number: exchanging one of them for another cannot lower the lead
//! further. Under `bayes` a group of items counts as one.

use std::collections::HashMap;
use std::ops::Sub;

use crate::engine::belief::Belief;
use crate::engine::class::Class;
use crate::engine::matrix::Matrix;
use crate::engine::nats::Nats;
use crate::engine::rating_code::RatingCode;
use crate::engine::score::Score;
use crate::engine::tally::Tally;
use crate::engine::what_if::{Sums, WhatIf};

/// The smallest sets that put another hypothesis level with a sole leader, and ahead of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overturn {
    /// The other active hypothesis, by position.
    pub challenger: usize,
    /// The smallest set of items without which it is strictly ahead of the leader; `None` if there is none.
    pub overturn: Option<Removal>,
    /// The smallest set without which it is level or better.
    pub tie: Option<Removal>,
    /// Who leads without the items of `overturn`, which need not be the challenger.
    pub leaders_after: Option<Vec<usize>>,
}

/// Items that are left out together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Number of units: under `bayes` a group counts as one.
    pub units: usize,
    /// Their rows, ascending: of a group all items that take part.
    pub rows: Vec<usize>,
}

/// By challenger of the sole leader, what it takes; `None` where there is no sole leader. Asked of a matrix as it is:
/// nothing is left out or changed.
#[must_use]
pub fn overturns(what_if: &mut WhatIf<'_>) -> Option<Vec<Overturn>> {
    let mut found: Vec<Overturn> = match what_if.sums() {
        Sums::Additive(tally) => Duels::new(what_if, tally)?.overturns(),
        Sums::Bayes(belief) => Duels::new(what_if, &**belief)?.overturns(),
    };
    for overturn in &mut found {
        overturn.leaders_after =
            overturn.overturn.as_ref().map(|removal| what_if.leaders_without(&removal.rows));
    }
    Some(found)
}

/// A sole leader that others challenge, and the smallest set without which it no longer leads alone.
pub(super) fn weakest(what_if: &WhatIf<'_>) -> Option<(usize, Option<Removal>)> {
    match what_if.sums() {
        Sums::Additive(tally) => Duels::new(what_if, tally)?.weakest(),
        Sums::Bayes(belief) => Duels::new(what_if, &**belief)?.weakest(),
    }
}

/// A method's way of comparing two hypotheses.
trait Count {
    type Amount: Copy + Ord + Default + Sub<Output = Self::Amount>;

    /// The score of a hypothesis.
    fn score(&self, hypothesis: usize) -> Self::Amount;

    /// Contribution of a cell of an item that counts alone.
    fn contribution(&self, class: Class, code: RatingCode) -> Self::Amount;

    /// Returns whether items of this share count alone. Of the others, those of a share above 0 count by their groups.
    fn counts_alone(share: usize) -> bool;

    /// The groups that count as one, with how much each speaks for the first hypothesis against the second.
    fn groups(&self, leader: usize, challenger: usize) -> impl Iterator<Item = (usize, Self::Amount)>;

    /// Returns whether a lead of this amount is none, or the other's.
    fn is_level(lead: Self::Amount) -> bool;

    /// Returns whether a lead of this amount is the other's.
    fn is_behind(lead: Self::Amount) -> bool;
}

impl Count for Tally {
    type Amount = Score;

    fn score(&self, hypothesis: usize) -> Score {
        self.score(hypothesis)
    }

    fn contribution(&self, class: Class, code: RatingCode) -> Score {
        self.contribution(class, code)
    }

    fn counts_alone(_: usize) -> bool {
        true
    }

    fn groups(&self, _: usize, _: usize) -> impl Iterator<Item = (usize, Score)> {
        std::iter::empty()
    }

    fn is_level(lead: Score) -> bool {
        lead <= Score::ZERO
    }

    fn is_behind(lead: Score) -> bool {
        lead < Score::ZERO
    }
}

impl Count for Belief {
    type Amount = Nats;

    fn score(&self, hypothesis: usize) -> Nats {
        self.weight(hypothesis)
    }

    fn contribution(&self, class: Class, code: RatingCode) -> Nats {
        self.term(class, code)
    }

    fn counts_alone(share: usize) -> bool {
        share == 1
    }

    fn groups(&self, leader: usize, challenger: usize) -> impl Iterator<Item = (usize, Nats)> {
        self.group_differences(leader, challenger)
    }

    fn is_level(lead: Nats) -> bool {
        lead <= Nats::LEVEL
    }

    fn is_behind(lead: Nats) -> bool {
        Nats::ZERO - lead > Nats::LEVEL
    }
}

/// The sole leader against each of the others.
struct Duels<'a, C> {
    matrix: &'a Matrix,
    count: &'a C,
    leader: usize,
    /// By hypothesis, then by [`kind`], how many rows count alone.
    kinds: Vec<usize>,
}

/// Number of kinds of rows in a comparison of two hypotheses: a class and two codes.
const KINDS: usize = Class::ALL.len() * RatingCode::COUNT * RatingCode::COUNT;

fn kind(class: Class, leader: RatingCode, challenger: RatingCode) -> usize {
    (class.index() * RatingCode::COUNT + leader as usize) * RatingCode::COUNT + challenger as usize
}

/// The removals that a challenger needs.
struct Need<S> {
    challenger: usize,
    level: Option<Cut<S>>,
    ahead: Option<Cut<S>>,
}

/// All units of more than an amount, and the first so many of that amount.
#[derive(Clone, Copy)]
struct Cut<S> {
    amount: S,
    of_amount: usize,
    units: usize,
}

impl<'a, C: Count> Duels<'a, C> {
    fn new(what_if: &WhatIf<'a>, count: &'a C) -> Option<Self> {
        let matrix = what_if.matrix();
        let &[leader] = what_if.leaders().as_slice() else { return None };
        let width = matrix.hypothesis_count();
        let mut kinds = vec![0; width * KINDS];
        // Rows of one kind speak alike, so they are counted first: what is sorted later is kinds and groups, not rows.
        for block in matrix.blocks().filter(|block| C::counts_alone(block.share as usize)) {
            for row in block.codes.chunks_exact(width) {
                let Some(of_leader) = row.get(leader) else { continue };
                for (code, kinds) in row.iter().zip(kinds.chunks_exact_mut(KINDS)) {
                    if let Some(rows) = kinds.get_mut(kind(block.class, *of_leader, *code)) {
                        *rows += 1;
                    }
                }
            }
        }
        Some(Self { matrix, count, leader, kinds })
    }

    fn needs(&self) -> impl Iterator<Item = Need<C::Amount>> {
        self.matrix.active().filter(|challenger| *challenger != self.leader).map(|at| self.need(at))
    }

    /// Takes away what speaks most for the leader, and again, until it no longer leads.
    fn need(&self, challenger: usize) -> Need<C::Amount> {
        let mut need = Need { challenger, level: None, ahead: None };
        let mut lead = self.count.score(self.leader) - self.count.score(challenger);
        let mut units = 0;
        for alike in self.amounts(challenger).chunk_by(|(x, _), (y, _)| x == y) {
            let Some(&(amount, _)) = alike.first() else { continue };
            let count: usize = alike.iter().map(|(_, count)| count).sum();
            for of_amount in 1..=count {
                lead = lead - amount;
                units += 1;
                let cut = Some(Cut { amount, of_amount, units });
                if C::is_level(lead) {
                    need.level = need.level.or(cut);
                }
                if C::is_behind(lead) {
                    need.ahead = cut;
                    return need;
                }
            }
        }
        need
    }

    /// Amounts in favor of the leader, descending, each with the number of units of it.
    fn amounts(&self, challenger: usize) -> Vec<(C::Amount, usize)> {
        let rows = self.kinds.get(challenger * KINDS..(challenger + 1) * KINDS).unwrap_or_default();
        let mut rows = rows.iter();
        let mut amounts: Vec<_> =
            self.count.groups(self.leader, challenger).map(|(_, amount)| (amount, 1)).collect();
        for class in Class::ALL {
            for of_leader in RatingCode::ALL {
                for of_challenger in RatingCode::ALL {
                    if let Some(&rows) = rows.next().filter(|rows| **rows > 0) {
                        amounts.push((self.amount(class, of_leader, of_challenger), rows));
                    }
                }
            }
        }
        amounts.retain(|(amount, _)| *amount > C::Amount::default());
        amounts.sort_unstable_by(|(x, _), (y, _)| y.cmp(x));
        amounts
    }

    fn amount(&self, class: Class, of_leader: RatingCode, of_challenger: RatingCode) -> C::Amount {
        self.count.contribution(class, of_leader) - self.count.contribution(class, of_challenger)
    }

    /// The rows of a cut, in the order of the file.
    fn removal(&self, challenger: usize, cut: Cut<C::Amount>) -> Removal {
        let mut left = cut.of_amount;
        let mut is_cut = |amount: C::Amount| {
            let is_last = amount == cut.amount && left > 0;
            left -= usize::from(is_last);
            is_last || amount > cut.amount
        };
        let groups: HashMap<usize, C::Amount> = self.count.groups(self.leader, challenger).collect();
        let mut cut_groups: HashMap<usize, bool> = HashMap::new();
        let rows = 0..self.matrix.items().len();
        let rows = rows.filter(|&row| {
            let (matrix, share) = (self.matrix, self.matrix.share(row));
            if C::counts_alone(share) {
                let code = |hypothesis| matrix.code(row, hypothesis);
                return is_cut(self.amount(matrix.class(row), code(self.leader), code(challenger)));
            }
            // The first item that takes part is the place of its group.
            let Some(group) = matrix.group(row).filter(|_| share > 0) else { return false };
            let Some(amount) = groups.get(&group) else { return false };
            *cut_groups.entry(group).or_insert_with(|| is_cut(*amount))
        });
        Removal { rows: rows.collect(), units: cut.units }
    }

    fn overturns(&self) -> Vec<Overturn> {
        let overturn = |need: Need<C::Amount>| {
            let removal = |cut: Option<Cut<_>>| cut.map(|cut| self.removal(need.challenger, cut));
            Overturn {
                challenger: need.challenger,
                overturn: removal(need.ahead),
                tie: removal(need.level),
                leaders_after: None,
            }
        };
        self.needs().map(overturn).collect()
    }

    fn weakest(&self) -> Option<(usize, Option<Removal>)> {
        let units = |cut: Option<Cut<_>>| cut.map_or(usize::MAX, |cut| cut.units);
        let need = self.needs().min_by_key(|need| (units(need.level), units(need.ahead)))?;
        Some((self.leader, need.level.map(|cut| self.removal(need.challenger, cut))))
    }
}
