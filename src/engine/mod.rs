//! Scores, rankings, diagnosticity and what-ifs, as docs/method.md defines them.
//!
//! Knows a [`Matrix`], a compact copy of the judgements, and pure functions over it: the same scenario and options
//! give the same numbers, bit by bit. Must never know changes, files, rounding, words for people, or a clock.
//!
//! A [`Matrix`] is made once. [`rank`](fn@rank) comes to a [`Ranking`] by any method, [`Contributions`] break a score down, and a
//! [`WhatIf`] leaves out items and changes cells, again and again.

mod additive;
mod agreement;
mod brier;
mod case;
mod class;
mod coherence;
mod column;
mod contributions;
mod diagnosticity;
mod estimate;
mod family;
mod indicator;
mod layout;
mod likelihood;
mod matrix;
mod nats;
mod next;
mod order;
mod post_mortem;
mod premises;
mod priors;
mod provisional;
mod rank;
mod ranking;
mod rating_code;
mod robustness;
mod score;
mod sensitivity;
mod shuffle;
mod strongest;
mod sums;
mod tally;
mod team;
mod terms;
mod timeline;
mod track_record;
mod uncertainty;
mod what_if;

pub use agreement::Interval;
pub use brier::{BrierScore, Truth, Unscored};
pub use case::Case;
pub use class::Class;
pub use contributions::{Contributions, hiding_groups};
pub use diagnosticity::{by_diagnosticity, diagnosticity, information, rated_alone};
pub use estimate::{EstimateFigures, Estimates, MeanEstimate, MindShift, Shares, family_shares};
pub use family::{Family, families, priors};
pub use indicator::{PendingIndicator, pending_indicators};
pub use matrix::Matrix;
pub use next::{Candidates, Next, OpenCell, next, next_cell, settled};
pub use post_mortem::{PersonScore, PostMortem, ScoredEstimate, known_by};
pub use premises::{counting, listed};
pub use provisional::{LeaderGaps, Provisional, provisional};
pub use rank::rank;
pub use ranking::Ranking;
pub use rating_code::RatingCode;
pub use robustness::{Basis, Robustness, RobustnessOptions, Square, TooManyDraws, robustness};
pub use sensitivity::{
    Common, CriticalCell, CriticalItem, Lead, Overturn, Pillar, Removal, Sensitivity, Without, assumptions,
    common, critical_items, low_credibility, overturns, without_sources,
};
pub use shuffle::shuffle;
pub use team::{Team, consensus, disagreement, is_split};
pub use timeline::{Cause, Step, timeline};
pub use track_record::{Bin, Forecaster, MethodRecord, Record, TrackRecord};
pub use uncertainty::Unrated;
pub use what_if::WhatIf;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod laws;
