//! How the conclusion stands before and after, without the versions that it was drawn from: what remains of each of a
//! thousand comparisons.

use serde::Serialize;
use serde::ser::Serializer;

use crate::present::json::{Number, Pairs};
use crate::scenario::{HypothesisId, Method};

/// The conclusions of two versions by one method.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// How both are scored.
    pub method: Method,
    /// Before; without hypotheses where there was no version.
    pub before: Stand,
    /// After.
    pub after: Stand,
}

/// The conclusion of one version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stand {
    /// The hypotheses, in the order of the file.
    pub hypotheses: Vec<Placed>,
}

/// A hypothesis and how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its id.
    pub id: HypothesisId,
    /// The head of its column.
    pub header: String,
    /// Its name.
    pub name: String,
    /// Its rank; `None` if it is rejected or cannot be scored.
    pub rank: Option<usize>,
    /// Its score by the method; `None` where it has none.
    pub score: Option<f64>,
    /// Whether it leads.
    pub leads: bool,
}

impl Stand {
    /// The hypothesis with this id.
    #[must_use]
    pub fn get(&self, id: &HypothesisId) -> Option<&Placed> {
        self.hypotheses.iter().find(|placed| placed.id == *id)
    }

    /// Those that lead.
    pub fn leaders(&self) -> impl Iterator<Item = &Placed> {
        self.hypotheses.iter().filter(|placed| placed.leads)
    }
}

/// The part of the JSON document about the conclusion; see docs/json.md.
#[derive(Serialize)]
struct Document<'a> {
    method: Method,
    before: &'a Stand,
    after: &'a Stand,
}

#[derive(Serialize)]
struct StandDocument<L, R, S> {
    leaders: L,
    ranks: R,
    scores: S,
}

impl Serialize for Shift {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Document { method: self.method, before: &self.before, after: &self.after }.serialize(serializer)
    }
}

impl Serialize for Stand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let each = || self.hypotheses.iter();
        StandDocument {
            leaders: self.leaders().map(|placed| &placed.id).collect::<Vec<_>>(),
            ranks: Pairs(|| each().map(|placed| (&placed.id, placed.rank))),
            scores: Pairs(|| each().map(|placed| (&placed.id, placed.score.map(Number)))),
        }
        .serialize(serializer)
    }
}
