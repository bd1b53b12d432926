//! How far several raters agree, and their consensus: the answer of `ach team`.
//!
//! Each version of a scenario is a rater. The report says how far they agree, where each of them stands, and on which
//! cells they differ most.

mod dispute;
mod rater;
mod verdict;

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::json::List;
use super::phrase::Phrase;
use super::record::Records;
use super::table::Lazy;
use super::words::count;
use super::{Heading, Report, Request, Section, shell_word};
use crate::engine::{self, Interval, Ranking, RatingCode, Team, is_split};
use crate::scenario::{EvidenceId, HypothesisId, Rating, Scenario};

/// A version of the scenario and the name of its rater.
#[derive(Clone, Copy, Debug)]
pub struct Rater<'a> {
    /// The version as the command line names it.
    pub name: &'a str,
    /// The version.
    pub scenario: &'a Scenario,
}

/// The agreement of several raters, and their consensus.
#[derive(Debug)]
pub struct TeamReport<'a> {
    raters: &'a [Rater<'a>],
    request: Request<'a>,
    team: Team,
    alpha: Option<f64>,
    alpha_interval: Option<Interval>,
    /// Whether the lead is provisional by each rater, then by the consensus.
    provisional: Vec<bool>,
    /// The first version with the consensus in its cells.
    consensus: Scenario,
    /// The ranking by each rater, then by the consensus, all by the first rater's method.
    rankings: Vec<Ranking>,
    /// The cells on which raters differ, the greatest disagreement first.
    disputes: Vec<Dispute>,
}

/// A cell on which raters differ.
#[derive(Clone, Copy, Debug)]
struct Dispute {
    disagreement: f64,
    row: usize,
    column: usize,
}

impl<'a> TeamReport<'a> {
    /// Compares these raters; title, question and method are those of the first.
    #[must_use]
    pub fn new(raters: &'a [Rater<'a>], request: Request<'a>) -> Self {
        let versions: Vec<&Scenario> = raters.iter().map(|rater| rater.scenario).collect();
        let counts: Vec<Vec<bool>> = versions.iter().map(|version| request.counts(version)).collect();
        let counted: Vec<(&Scenario, &[bool])> =
            versions.iter().zip(&counts).map(|(version, counts)| (*version, counts.as_slice())).collect();
        let team = Team::new(&counted);
        let consensus = versions.first().map(|first| team.consensus(first)).unwrap_or_default();
        let method = request.method.unwrap_or_else(|| consensus.method());
        let rank = |scenario: &Scenario| {
            let matrix = request.matrix(scenario);
            let ranking = engine::rank(&matrix, method);
            let provisional = engine::provisional(&matrix, &ranking).is_some();
            (ranking, provisional)
        };
        let ranked = versions.iter().copied().chain([&consensus]).map(rank);
        let (rankings, provisional): (Vec<_>, Vec<_>) = ranked.unzip();
        let differing = team.cells().filter_map(|(row, column, codes)| {
            let disagreement = engine::disagreement(codes).filter(|disagreement| *disagreement > 0.0)?;
            Some(Dispute { disagreement, row, column })
        });
        let mut disputes: Vec<Dispute> = differing.collect();
        // Those without a consensus first, to be talked about.
        let split = |dispute: &Dispute| is_split(team.cell(dispute.row, dispute.column));
        disputes.sort_by(|one, other| {
            split(other).cmp(&split(one)).then(other.disagreement.total_cmp(&one.disagreement))
        });
        Self {
            raters,
            request,
            alpha: team.alpha(),
            alpha_interval: team.alpha_interval(),
            provisional,
            team,
            consensus,
            rankings,
            disputes,
        }
    }

    /// Returns the first version with its cells replaced by the consensus, without rows and columns that only other
    /// versions have.
    #[must_use]
    pub const fn consensus(&self) -> &Scenario {
        &self.consensus
    }

    fn first(&self) -> Option<&'a Scenario> {
        self.raters.first().map(|rater| rater.scenario)
    }

    fn extent(&self) -> String {
        let raters = count(self.raters.len(), "rater", "raters");
        let items = count(self.team.rows().len(), "item", "items");
        let hypotheses = count(self.team.columns().len(), "hypothesis", "hypotheses");
        let extent = format!("{raters}, {items}, {hypotheses}");
        self.request.limits(extent)
    }

    /// The command to run next: all differences between two, the consensus of more.
    fn next(&self) -> Option<Section<'a>> {
        // A name with bytes that are not UTF-8 is not here as it is written.
        let is_nameless = |name: &str| name == "-" || name.contains(char::REPLACEMENT_CHARACTER);
        if self.raters.iter().any(|rater| is_nameless(rater.name)) {
            return None;
        }
        let names: Vec<Cow<'_, str>> = self.raters.iter().map(|rater| shell_word(rater.name)).collect();
        let files = names.join(" ");
        Some(Section::Next(match names.len() {
            0 => return None,
            1 => format!("ach team {files} OTHER compares it with another rater's version"),
            2 => format!("ach diff {files} shows all that differs between the two"),
            _ => format!("ach team {files} --consensus-out FILE writes what they say together"),
        }))
    }
}

impl Report for TeamReport<'_> {
    fn heading(&self) -> Heading<'_> {
        self.first().map_or_else(|| Heading::unmarked(""), Heading::of)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let Some(first) = self.first() else { return Vec::new() };
        let title = Section::title(first, self.extent());
        let mut sections = vec![title, Section::Prose(self.verdict())];
        sections.extend(self.raters_table().map(Section::Table));
        sections.extend(self.disputes_table().map(Section::Table));
        sections.push(Section::Prose(self.left_out()));
        sections.extend(self.next());
        sections
    }

    fn remarks(&self) -> Vec<Vec<Phrase<'_>>> {
        self.verdict()
    }

    fn records(&self) -> Records<'_> {
        let names = self.raters.iter().map(|rater| Cow::Borrowed(rater.name));
        let fixed = ["evidence", "hypothesis"].map(Cow::Borrowed).into_iter();
        let columns = self.team.columns().len().max(1);
        let rows = Lazy::new(self.team.cells().count(), move |at| {
            let Some(cell) = self.cell(at / columns, at % columns) else { return Vec::new() };
            let rating = |rating: Option<Rating>| rating.map(Rating::as_str).into();
            let mut fields = vec![cell.evidence.as_str().into(), cell.hypothesis.as_str().into()];
            fields.extend(cell.ratings.into_iter().map(rating));
            fields.extend([cell.disagreement.into(), rating(cell.consensus)]);
            fields
        });
        let figures = ["disagreement", "consensus"].map(Cow::Borrowed);
        Records::lazy(fixed.chain(names).chain(figures).collect(), rows)
    }
}

/// One cell with what each rater says.
#[derive(Serialize)]
struct TeamCell<'a> {
    evidence: &'a EvidenceId,
    hypothesis: &'a HypothesisId,
    ratings: Vec<Option<Rating>>,
    disagreement: Option<f64>,
    consensus: Option<Rating>,
}

impl TeamReport<'_> {
    fn cell(&self, row: usize, column: usize) -> Option<TeamCell<'_>> {
        let codes = self.team.cell(row, column);
        Some(TeamCell {
            evidence: self.team.rows().get(row)?,
            hypothesis: self.team.columns().get(column)?,
            ratings: codes.iter().copied().map(RatingCode::rating).collect(),
            disagreement: engine::disagreement(codes),
            consensus: engine::consensus(codes),
        })
    }
}

/// Cells are serialized one at a time, since there may be millions.
impl Serialize for TeamReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = || self.team.cells().filter_map(|(row, column, _)| self.cell(row, column));
        let mut team = serializer.serialize_struct("TeamReport", 8)?;
        team.serialize_field("marking", &self.first().and_then(|first| first.marking.as_deref()))?;
        team.serialize_field("where", &self.request.filter_line())?;
        team.serialize_field("alpha", &self.alpha)?;
        team.serialize_field("alpha_low", &self.alpha_interval.map(|interval| interval.low))?;
        team.serialize_field("alpha_high", &self.alpha_interval.map(|interval| interval.high))?;
        team.serialize_field("pairable", &self.team.compared())?;
        team.serialize_field("raters", &List(|| self.raters.iter().map(|rater| rater.name)))?;
        team.serialize_field("cells", &List(cells))?;
        team.end()
    }
}
