//! The conclusion before and after, without the versions that it was drawn from: kept for each commit of a history.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::present::json::Pairs;
use crate::scenario::{HypothesisId, Method};

/// The conclusions of two versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shift {
    /// How the version after is scored.
    pub method: Method,
    /// How the version before is scored.
    pub method_before: Method,
    /// Before; empty for an absent version.
    pub before: Stand,
    /// After.
    pub after: Stand,
}

/// The standings of one version.
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
    /// The header of its column.
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

/// A hypothesis before and after. At least one of the two is present.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// How the version after is scored.
    pub method: Method,
    /// How the version before is scored.
    pub method_before: Method,
    /// Before; `None` where it is new.
    pub before: Option<Placed>,
    /// After; `None` where it is gone.
    pub after: Option<Placed>,
}

impl Movement {
    /// The header of its column.
    #[must_use]
    pub fn header(&self) -> &str {
        self.after.as_ref().or(self.before.as_ref()).map_or("", |placed| &placed.header)
    }

    /// Whether it led before.
    pub(super) fn led(&self) -> bool {
        self.before.as_ref().is_some_and(|placed| placed.leads)
    }

    /// Whether it is new or gone, or its rank or score is another.
    pub(super) fn differs(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(was), Some(is)) => was.rank != is.rank || was.score != is.score,
            (None, _) | (_, None) => true,
        }
    }

    /// Whether it leads now.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.after.as_ref().is_some_and(|placed| placed.leads)
    }

    /// Returns the places that it went up or down, `▲1` or `▼2`; `new` or `gone`; empty if it stays.
    #[must_use]
    pub fn places(&self) -> String {
        let (before, after) = match (&self.before, &self.after) {
            (Some(before), Some(after)) => (before.rank, after.rank),
            (None, _) => return "new".to_owned(),
            (_, None) => return "gone".to_owned(),
        };
        match before.zip(after) {
            Some((was, is)) if is < was => format!("▲{}", was - is),
            Some((was, is)) if is > was => format!("▼{}", is - was),
            Some(_) | None => String::new(),
        }
    }

    /// Returns the signed difference of its scores; empty if it rounds to 0 or one is missing.
    #[must_use]
    pub fn difference(&self) -> String {
        let score = |side: &Option<Placed>| side.as_ref().and_then(|placed| placed.score);
        let both = score(&self.before).zip(score(&self.after));
        let Some((was, is)) = both.filter(|_| self.method == self.method_before) else {
            return String::new();
        };
        let said = if self.method.is_additive() {
            format!("{:+.2}", is - was)
        } else {
            // The difference of what is shown.
            format!("{:+}", (is * 100.0).round() - (was * 100.0).round())
        };
        if said.contains(|digit| ('1'..='9').contains(&digit)) { said } else { String::new() }
    }
}

impl Stand {
    /// Returns the hypothesis with this id.
    #[must_use]
    pub fn get(&self, id: &HypothesisId) -> Option<&Placed> {
        self.hypotheses.iter().find(|placed| placed.id == *id)
    }

    /// Returns those that lead.
    pub fn leaders(&self) -> impl Iterator<Item = &Placed> {
        self.hypotheses.iter().filter(|placed| placed.leads)
    }
}

/// The leaders, then ranks and scores by hypothesis.
impl Serialize for Stand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let each = || self.hypotheses.iter();
        let mut stand = serializer.serialize_struct("Stand", 3)?;
        stand.serialize_field("leaders", &self.leaders().map(|placed| &placed.id).collect::<Vec<_>>())?;
        stand.serialize_field("ranks", &Pairs(|| each().map(|placed| (&placed.id, placed.rank))))?;
        let scores = Pairs(|| each().map(|placed| (&placed.id, placed.score)));
        stand.serialize_field("scores", &scores)?;
        stand.end()
    }
}
