//! The lists of one hypothesis: the evidence against it, for it, and that sets it apart from the leader.

use super::{ExplainReport, ExplainedHypothesis};
use crate::present::listing::{Listing, ListingEntry};
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::section::Section;
use crate::present::table::Cell;
use crate::present::words::{self, count, percent, right_aligned, signed, thousands};

/// Entries listed if all hypotheses are explained, and if one is.
const MOST_ENTRIES: (usize, usize) = (6, 30);

/// Items with their figures.
type Figures = [(usize, f64)];

impl ExplainReport<'_> {
    /// Returns a heading and up to three lists; only the heading for a hypothesis without a score.
    pub(super) fn sections_of(&self, explained: &ExplainedHypothesis<'_>) -> Vec<Section<'_>> {
        let (hypothesis, case) = (explained.at, &explained.case);
        let own = [hypothesis];
        let bans = if self.scored.ranking.method.is_additive() { "" } else { " bans" };
        let head = |what: &str, list: &Figures| {
            let total: f64 = list.iter().map(|(_, figure)| figure).sum();
            format!("{what}: {}, {}{bans}", count(list.len(), "item", "items"), signed(total))
        };
        let mut sections = vec![Section::Prose(vec![self.heading(hypothesis, case.against.is_empty())])];
        let lists = [
            (head("Against it", &case.against), &case.against),
            (head("For it", &case.in_favour), &case.in_favour),
        ];
        sections.extend(
            lists
                .into_iter()
                .map(|(head, list)| Section::Listing(self.list(head, &["Item", "", "Rated"], list, &own))),
        );
        let covered = case.covered.iter().map(|(row, by)| {
            let words = format!("a stronger item of its group counts: {}", self.conclusion().item_id(*by));
            (vec![Cell::plain(self.conclusion().item_id(*row))], vec![plain(words)])
        });
        sections.push(Section::Listing(Listing::lines("Covered in its group", &["Item"], covered.collect())));
        if let Some(leader) = self.rival(hypothesis) {
            let what = format!("What sets it apart from {}", self.conclusion().names(&[leader]));
            let head = format!("{} for the leader", head(&what, &case.versus_leader));
            let both = [leader, hypothesis];
            let list = self.list(head, &["Item", "", "Leader", "Rated"], &case.versus_leader, &both);
            sections.push(Section::Listing(list));
            sections.extend(self.prior_row(leader, hypothesis));
        }
        sections
    }

    /// Says under `bayes` what the priors add to the difference from the leader; `None` where they are equal.
    fn prior_row(&self, leader: usize, hypothesis: usize) -> Option<Section<'_>> {
        let priors = self.priors.as_ref()?;
        let id = |at: usize| self.scored.scenario.hypotheses.get(at).map(|hypothesis| &hypothesis.id);
        let prior = |at: usize| priors.0.iter().find(|(of, _)| Some(*of) == id(at)).map(|(_, prior)| *prior);
        let (of_leader, own) = prior(leader).zip(prior(hypothesis))?;
        let bans = (of_leader / own).log10();
        let words = format!(
            "The priors, {} for the leader and {} for it, add {} bans for the leader.",
            percent(of_leader),
            percent(own),
            signed(bans)
        );
        (of_leader != own).then(|| Section::Prose(vec![vec![plain(words)]]))
    }

    fn heading(&self, hypothesis: usize, unopposed: bool) -> Vec<Phrase<'_>> {
        let score = self
            .scored
            .ranking
            .score(hypothesis)
            .map(|score| words::score(self.scored.ranking.method, score));
        let why = if !self.scored.matrix.is_active(hypothesis) {
            "rejected"
        } else if self.scored.matrix.is_residual(hypothesis) {
            "the residual, ranked by bayes only"
        } else {
            "not rated yet"
        };
        let standing = match (self.scored.ranking.rank(hypothesis), score) {
            (Some(rank), Some(score)) => format!(": rank {rank}, {score}"),
            (_, Some(score)) => format!(": {why}, {score}"),
            (_, None) => format!(": {why}, so without a score"),
        };
        let against = if unopposed && self.scored.ranking.score(hypothesis).is_some() {
            ". Nothing speaks against it"
        } else {
            ""
        };
        vec![strong(self.conclusion().names(&[hypothesis])), plain(format!("{standing}{against}."))]
    }

    /// Lists items with their figures and how these hypotheses are rated.
    fn list<'b>(
        &'b self,
        heading: String,
        names: &'static [&'static str],
        figures: &Figures,
        rated: &[usize],
    ) -> Listing<'b> {
        let most = if self.asked.is_some() { MOST_ENTRIES.1 } else { MOST_ENTRIES.0 };
        // "and 1 more" is no shorter than the item.
        let shown = if figures.len() > most + 1 { most } else { figures.len() };
        let aligned = right_aligned(figures.iter().take(shown).map(|(_, figure)| signed(*figure)));
        let entry = |((row, _), figure): (&(usize, f64), String)| {
            let mut names = vec![Cell::plain(self.scored.item_id(*row)), Cell::plain(figure)];
            names.extend(rated.iter().map(|hypothesis| Cell::rating(self.rating(*row, *hypothesis))));
            let about = self.scored.item(*row).map_or("", |item| item.text.as_str()).into();
            (ListingEntry { about, ..ListingEntry::named(names) }, Vec::new())
        };
        let heading = match figures.len() - shown {
            0 => heading,
            rest => format!("{heading} ({} more not shown)", thousands(rest)),
        };
        Listing::of(heading, names, figures.iter().zip(aligned).map(entry).collect())
    }
}
