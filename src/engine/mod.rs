//! Scores, rankings, diagnosticity and what-ifs, as docs/method.md defines them.
//!
//! Knows a [`Matrix`], a compact copy of the judgements, and pure functions over it: the same scenario and options
//! give the same numbers, bit by bit. Must never know changes, files, rounding, words for people, or a clock.
//!
//! A [`Matrix`] is made once; a [`Tally`] holds the exact sums of an additive method and follows single changes; a
//! [`Ranking`] is what either of them, or `bayes`, comes to. A [`WhatIf`] leaves out items and changes cells under any
//! method.

mod additive;
mod agreement;
mod bayes;
mod belief;
mod case;
mod class;
mod column;
mod diagnosticity;
mod likelihood;
mod matrix;
mod nats;
mod next;
mod order;
mod rank;
mod ranking;
mod rating_code;
mod robustness;
mod score;
mod sensitivity;
mod tally;
mod team;
mod timeline;
mod uncertainty;
mod what_if;

pub use case::Case;
pub use class::Class;
pub use diagnosticity::{by_diagnosticity, diagnosticity, information};
pub use matrix::Matrix;
pub use next::{Candidates, Next, OpenCell, next, next_cell, settled};
pub use rank::{contribution, difference, rank};
pub use ranking::Ranking;
pub use rating_code::RatingCode;
pub use robustness::{Basis, Robustness, RobustnessOptions, Square, TooManyDraws, robustness};
pub use score::Score;
pub use sensitivity::{
    CriticalCell, CriticalItem, Lead, Overturn, Pillar, Removal, Sensitivity, assumptions, critical_items,
    overturns, without_sources,
};
pub use tally::Tally;
pub use team::{Team, consensus, disagreement};
pub use timeline::{Cause, Step, timeline};
pub use uncertainty::Unrated;
pub use what_if::WhatIf;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod laws;
