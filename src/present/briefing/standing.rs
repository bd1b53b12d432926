//! The hypotheses beside each other: scores, places if ratings were off, and every way to count.

use std::borrow::Cow;

use super::BriefingReport;
use super::block::{
    Bar, BarPart, Block, FactCell, FactHead, FactRow, FactTable, Sentence, Voice, joined, say, stress,
};
use super::wording::{of_hundred, ordinal};
use crate::engine::Ranking;
use crate::present::conclusion::Conclusion;
use crate::present::table::Align;
use crate::present::words::{method_words, shown_word, spelled};
use crate::scenario::{Hypothesis, LeadClaim, Method};

/// Places with a shade of their own; lower ones share the last.
const SHADES: usize = 5;

impl BriefingReport<'_> {
    /// Returns the blocks of the section.
    pub(super) fn standings(&self) -> Vec<Block<'_>> {
        if self.scored.scenario.hypotheses.is_empty() {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        if !self.scored.ranking.leaders.is_empty() {
            blocks.push(Block::aside(self.about_scores()));
        }
        blocks.push(Block::Table(self.standing_table()));
        let mut by_method = self.other_counts();
        if by_method.is_empty() && !self.scored.ranking.leaders.is_empty() {
            let ways = spelled(self.rankings.len());
            by_method.push(say(format!("All {ways} ways to count have the same hypotheses in front.")));
        }
        blocks.push(Block::heading("By each method"));
        if !by_method.is_empty() {
            blocks.push(Block::Paragraph(Voice::Body, by_method));
        }
        blocks.push(Block::Table(self.methods_table()));
        let bayes = self.rankings.iter().find(|ranking| !ranking.method.is_additive());
        let posteriors = bayes.map(|ranking| Conclusion { ranking, ..self.scored.conclusion() });
        let priors = joined(posteriors.into_iter().flat_map(Conclusion::priors));
        if !priors.is_empty() {
            blocks.push(Block::Paragraph(Voice::Aside, priors));
        }
        blocks
    }

    fn about_scores(&self) -> String {
        let meaning = method_words(self.scored.method).reading;
        format!("{meaning} Beside it, how it would fare if every rating might be a step off.")
    }

    fn standing_table(&self) -> FactTable<'_> {
        let ranking = &self.scored.ranking;
        let rows = ranking.order().into_iter().filter_map(|at| {
            let hypothesis = self.hypothesis(at)?;
            let place = self.robustness.figures().hypotheses.iter().position(|other| *other == at);
            let rank = ranking.rank(at);
            Some(FactRow {
                leads: rank == Some(1),
                aside: rank.is_none(),
                cells: vec![
                    FactCell::of(rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string())),
                    self.described(at, hypothesis, rank),
                    self.score_cell(ranking, at, rank),
                    place.map(|place| self.places(place)).unwrap_or_default(),
                    place.map(|place| self.first(place)).unwrap_or_default(),
                ],
            })
        });
        let places = self.robustness.figures().hypotheses.len();
        let legend = (1..=places.min(SHADES)).map(|place| {
            let name = ordinal(place);
            let name = if place == SHADES && places > SHADES { format!("{name} and lower") } else { name };
            (shade(place), name)
        });
        let heads = [
            ("Rank", Align::Left),
            ("Hypothesis", Align::Left),
            (method_words(self.scored.method).foot, Align::Right),
            ("Places if ratings were a step off", Align::Left),
            ("Alone first", Align::Right),
        ];
        let table = FactTable::new("The hypotheses, best first", heads, rows);
        FactTable { legend: legend.collect(), ..table }
    }

    /// Names a hypothesis, with what it supposes and why it has no rank.
    fn described<'b>(&'b self, at: usize, hypothesis: &'b Hypothesis, rank: Option<usize>) -> FactCell<'b> {
        let mut main = vec![stress(hypothesis.name.as_str())];
        if rank == Some(1) && self.is_provisional() {
            main.push(say(" (provisional)"));
        }
        let mut beside: Vec<Sentence<'_>> = Vec::new();
        let mut about: Sentence<'_> = Vec::new();
        if hypothesis.header() != hypothesis.name {
            about.push(say(format!("{} in tables. ", hypothesis.header())));
        }
        let supposes = hypothesis.description.as_deref();
        about.extend(supposes.into_iter().flat_map(|text| [say("Supposes: "), say(text)]));
        if !about.is_empty() {
            beside.push(about);
        }
        if rank.is_none() {
            let reason = if !hypothesis.is_active() {
                "Rejected, so not ranked."
            } else if hypothesis.is_residual() {
                "Not ranked by this count: it stands for everything else and predicts nothing."
            } else if self.scored.matrix.on_scale(at) == 0 {
                "Not compared: no rating yet."
            } else {
                "Not ranked."
            };
            beside.push(vec![say(reason)]);
        }
        FactCell { main, beside, bar: None }
    }

    fn score_cell(&self, ranking: &Ranking, at: usize, rank: Option<usize>) -> FactCell<'_> {
        let Some(score) = ranking.score(at) else { return FactCell::of("-") };
        let mut cell = FactCell::of(self.shown_score(ranking, at));
        if self.is_bayes() {
            cell.beside.push(vec![say(shown_word(self.scored.scenario.yardstick(), score))]);
        }
        cell.bar = rank.and_then(|_| bar(ranking, score));
        cell
    }

    fn places(&self, place: usize) -> FactCell<'_> {
        let mut parts: Vec<BarPart> = Vec::new();
        let mut start = 0.0;
        let shares = self.robustness.figures().acceptability.row(place);
        for (at, length) in shares.iter().copied().enumerate() {
            let shade = shade((at + 1).min(SHADES));
            match parts.last_mut().filter(|last| last.shade == shade) {
                Some(last) => last.length += length,
                None => parts.push(BarPart { start, length, shade }),
            }
            start += length;
        }
        FactCell { bar: Some(Bar { parts }), ..FactCell::default() }
    }

    fn first(&self, place: usize) -> FactCell<'_> {
        let figures = self.robustness.figures();
        let of = |shares: &[f64]| shares.get(place).copied().unwrap_or_default();
        let (alone, level) = (of(&figures.alone), of(&figures.level));
        let mut cell = FactCell::of(format!("{} of 100", of_hundred(alone)));
        if level > 0.0 {
            cell.beside.push(vec![say(format!("level in {}", of_hundred(level)))]);
        }
        cell
    }

    fn methods_table(&self) -> FactTable<'_> {
        let chosen = &self.scored.ranking;
        let mut heads = vec![FactHead { title: Cow::Borrowed("Hypothesis"), align: Align::Left }];
        heads.extend(Method::ALL.iter().map(|method| {
            let priors = if self.has_priors() { "given priors" } else { "even priors" };
            let title = match method {
                Method::Bayes => Cow::Owned(format!("{}, {priors}", method_words(*method).score)),
                _ => Cow::Borrowed(method_words(*method).score),
            };
            FactHead { title, align: Align::Left }
        }));
        let rows = chosen.order().into_iter().filter_map(|at| {
            let hypothesis = self.hypothesis(at)?;
            let mut cells = vec![FactCell::of(hypothesis.name.as_str())];
            cells.extend(self.rankings.iter().map(|ranking| {
                let rank = ranking.rank(at);
                let score = ranking.score(at);
                let Some(score) = score else { return FactCell::of("-") };
                let shown = self.shown_score(ranking, at);
                let Some(rank) = rank else { return FactCell::of(format!("{shown}, not ranked")) };
                let word = if ranking.method.is_additive() {
                    String::new()
                } else {
                    format!(", {}", shown_word(self.scored.scenario.yardstick(), score))
                };
                let text = format!("{}: {shown}{word}", ordinal(rank));
                if rank == 1 { FactCell::said(vec![stress(text)]) } else { FactCell::of(text) }
            }));
            Some(FactRow { leads: false, aside: chosen.rank(at).is_none(), cells })
        });
        FactTable {
            caption: Cow::Borrowed("Each way to count, the same ratings"),
            heads,
            rows: rows.collect(),
            legend: Vec::new(),
        }
    }

    /// Whether the scenario gives priors.
    pub(super) fn has_priors(&self) -> bool {
        self.scored.scenario.hypotheses.iter().any(|h| h.is_active() && h.prior.is_some())
    }
}

/// Returns the shade for a place from 1.
fn shade(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX)
}

/// Draws a score on the scale of all that are ranked; `None` where all are 0.
pub(super) fn bar(ranking: &Ranking, score: f64) -> Option<Bar> {
    let ranked = ranking.ranks.iter().zip(&ranking.scores).filter(|(rank, _)| rank.is_some());
    let scores = ranked.filter_map(|(_, score)| *score);
    let (low, high) = match ranking.method {
        Method::Bayes => (0.0, 1.0),
        _ => scores.fold((0.0_f64, 0.0_f64), |(low, high), score| (low.min(score), high.max(score))),
    };
    let span = high - low;
    if span <= 0.0 {
        return None;
    }
    // What weighs against a hypothesis grows to the right.
    let is_against = ranking.method.claim() == LeadClaim::LeastContradicted;
    let (zero, end) = if is_against { (0.0, -score / span) } else { (-low / span, (score - low) / span) };
    let part = BarPart { start: zero.min(end), length: (end - zero).abs(), shade: 0 };
    Some(Bar { parts: vec![part] })
}
