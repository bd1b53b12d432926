//! Sentences about who thinks what: the verdict, remarks on single people, and the closing sentence of a ranking.

use super::{EstimateReport, NAME, header, listed_headers, share_of, whole};
use crate::engine::{EstimateFigures, Estimates, MindShift, Ranking};
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::scored::item_ids;
use crate::present::words::{capitalized, count, list, some};
use crate::present::{Request, shell_word};
use crate::scenario::{EvidenceId, Scenario};
use crate::text::truncate;

/// Remarks about single people.
const MOST_REMARKS: usize = 12;
/// A rise that is told where no item explains it.
const RISE: f64 = 0.05;

impl EstimateReport<'_> {
    /// Says who have said what they think, what they think, and what the matrix says.
    pub(super) fn verdict(&self) -> Vec<Phrase<'_>> {
        let people = self.standing().len();
        if people == 0 {
            return vec![strong("Nobody has said yet how probable the hypotheses are.")];
        }
        let people = count(people, "person has", "people have");
        let mut said = vec![plain(format!("{people} said what they think. "))];
        let leads = match self.scored.ranking.leaders.as_slice() {
            [] => String::new(),
            leaders => format!("the matrix has {}", self.headers(leaders)),
        };
        match &self.average {
            None => {
                said.push(plain("None of the estimates names every active hypothesis, so there is no mean."))
            }
            Some(average) => {
                let highest = self.headers(&average.highest);
                let share = average.highest.first().map_or(0.0, |at| share_of(&average.mean, *at));
                let is = if average.highest.len() == 1 { "is first" } else { "are first together" };
                let on = if average.people == 1 { "There " } else { "On average " };
                said.extend([plain(on), strong(highest), plain(format!(" {is}, {}", whole(share)))]);
                let agrees = average.highest == self.scored.ranking.leaders;
                said.push(plain(match (leads.as_str(), agrees) {
                    ("", _) => ".".to_owned(),
                    (_, true) => ", as by the matrix.".to_owned(),
                    (leads, false) => format!("; {leads}."),
                }));
            }
        }
        said
    }

    /// Returns the verdict as a text.
    #[must_use]
    pub fn summary(&self) -> String {
        self.verdict().iter().map(|phrase| phrase.text.as_ref()).collect()
    }

    /// Remarks on single estimates that stand: what was made coherent, what is stale, what is not counted.
    pub(super) fn remarks_on_people(&self) -> Vec<Vec<Phrase<'_>>> {
        let mut said = Vec::new();
        for (position, figures) in self.found.all.iter().enumerate().filter(|(_, figures)| figures.is_latest)
        {
            let Some(estimate) = self.scored.scenario.estimates.get(figures.at) else { continue };
            let mut remarks = Vec::new();
            if !figures.is_complete() {
                remarks
                    .push(format!("not counted, since it does not state {}", self.headers(&figures.missing)));
            }
            if figures.incoherence > 1e-9 {
                remarks.push(self.projected(figures));
            }
            let since =
                self.found.since(self.scored.scenario, &self.scored.matrix, position).unwrap_or_default();
            if !since.is_empty() {
                let ids: Vec<&str> =
                    item_ids(self.scored.scenario, &since).into_iter().map(EvidenceId::as_str).collect();
                remarks.push(format!(
                    "made before {} ({})",
                    count(since.len(), "item", "items"),
                    some(&ids, 3)
                ));
            }
            if remarks.is_empty() {
                continue;
            }
            let date = estimate.date.map(|date| format!(", {date}")).unwrap_or_default();
            said.push(vec![
                strong(truncate(&estimate.by, NAME)),
                dim(date),
                plain(format!(": {}.", remarks.join("; "))),
            ]);
        }
        let rest = said.len().saturating_sub(MOST_REMARKS);
        said.truncate(MOST_REMARKS);
        if rest > 0 {
            said.push(vec![dim(format!(
                "And {} more to remark on: --format json has all.",
                count(rest, "person", "people")
            ))]);
        }
        said
    }

    fn projected(&self, figures: &EstimateFigures) -> String {
        let stated: Vec<String> = figures
            .stated
            .iter()
            .map(|(at, share)| format!("{} {}", header(self.scored.scenario, *at), whole(*share)))
            .collect();
        let goal = if figures.is_complete() { "adds up to 100%" } else { "adds up to no more than 100%" };
        let (zeroed, lifted) = (figures.zeroed(), figures.lifted());
        let mut said = format!(
            "said {}, which adds up to {}; read as the nearest that {goal}",
            some(&stated, 6),
            whole(figures.sum)
        );
        if !zeroed.is_empty() {
            said.push_str(&format!(", which takes {} to 0", self.headers(&zeroed)));
        }
        if !lifted.is_empty() {
            said.push_str(&format!(", which lifts {} from 0", self.headers(&lifted)));
        }
        said
    }

    /// Tells of confidence that grew without an item in between.
    pub(super) fn remarks_on_shifts(&self) -> Vec<Vec<Phrase<'_>>> {
        let rose = self.changed.iter().filter(|shift| {
            shift.rise >= RISE - 1e-9 && shift.items_between.as_ref().is_some_and(Vec::is_empty)
        });
        let tell = |shift: &MindShift| {
            let (first, last) = (self.found.all.get(shift.first)?, self.found.all.get(shift.last)?);
            let (leading, estimate) = (*shift.highest.first()?, self.scored.scenario.estimates.get(last.at)?);
            let since = self.scored.scenario.estimates.get(first.at)?.date?;
            let text = format!(
                " rose from {} to {} on {} since {since}, and no item is dated between.",
                whole(first.share(leading)),
                whole(last.share(leading)),
                header(self.scored.scenario, leading)
            );
            Some(vec![strong(truncate(&estimate.by, NAME)), plain(text)])
        };
        rose.filter_map(tell).take(MOST_REMARKS).collect()
    }

    /// Names the hypothesis on which people differ most.
    pub(super) fn spread(&self) -> Option<Vec<Phrase<'_>>> {
        let average = self.average.as_ref().filter(|average| average.people > 1)?;
        let spreads = average.low.iter().zip(&average.high).map(|((at, low), (_, high))| (*at, *low, *high));
        let widest = spreads
            .reduce(|best, other| if other.2 - other.1 > best.2 - best.1 + 1e-12 { other } else { best });
        let (at, low, high) = widest.filter(|(_, low, high)| high - low > 1e-9)?;
        let text = format!(
            "They differ most on {} ({} to {}).",
            header(self.scored.scenario, at),
            whole(low),
            whole(high)
        );
        Some(vec![plain(text)])
    }

    pub(super) fn families_said(&self) -> Option<Vec<Phrase<'_>>> {
        let said: Vec<String> =
            self.families.iter().map(|family| format!("{} {}", family.family, whole(family.mean))).collect();
        (!said.is_empty()).then(|| vec![plain(format!("Families together: {}.", list(&said)))])
    }

    pub(super) fn legend(&self) -> Vec<Phrase<'_>> {
        let priors = if self.scored.scenario.hypotheses.iter().any(|h| h.is_active() && h.prior.is_some()) {
            "the priors of the scenario"
        } else {
            "even priors"
        };
        vec![dim(format!("By the ratings: bayes, {priors}; the place is by {}.", self.method))]
    }
}

/// Returns the sentence with which a ranking closes where people and the matrix differ; `None` where there is no mean
/// or it has the same leader.
pub(in crate::present) fn closing<'a>(
    scenario: &Scenario,
    ranking: &Ranking,
    request: Request<'_>,
) -> Option<Vec<Phrase<'a>>> {
    if scenario.estimates.is_empty() || ranking.leaders.is_empty() {
        return None;
    }
    let average = Estimates::new(scenario, request.until()).mean()?;
    if average.highest.iter().any(|at| ranking.leaders.contains(at)) {
        return None;
    }
    let first = *average.highest.first()?;
    let who = match average.people {
        1 => "The one who gave an estimate puts".to_owned(),
        people => format!("The {people} who gave estimates put"),
    };
    let share = whole(share_of(&average.mean, first));
    let file = request.file.map_or_else(|| "FILE".into(), |file| shell_word(file));
    let names = listed_headers(scenario, &average.highest);
    let text = format!("{who} {names} first ({share}): ach estimate {file}");
    Some(vec![plain(capitalized(&text))])
}
