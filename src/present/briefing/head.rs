//! The head of a briefing: marking, title, question, and the facts that a reader must know before anything else.

use super::BriefingReport;
use super::wording::{date_words, day_words};
use crate::present::words::{count, list, method_words};
use crate::scenario::{Date, Day};

/// The head of a briefing.
#[derive(Debug)]
pub struct BriefingHead<'a> {
    /// The handling marking, shown first and last.
    pub marking: Option<&'a str>,
    /// The title.
    pub title: &'a str,
    /// The question.
    pub question: Option<&'a str>,
    /// Dates, counts and authors, a few words each.
    pub facts: Vec<String>,
    /// Says which hypothesis turned out to be true; `None` while that is not known.
    pub settled: Option<String>,
    /// Says that only part of the evidence counts; `None` if all does.
    pub part: Option<String>,
    /// The line to cite.
    pub citation: String,
    /// The last part of the path of the file.
    pub file: &'a str,
    /// The day of the analysis.
    pub as_of: Option<Day>,
    /// The start of the id that git gives to the content of the file.
    pub version: &'a str,
}

impl BriefingReport<'_> {
    /// Returns the head.
    #[must_use]
    pub fn head(&self) -> BriefingHead<'_> {
        let scenario = self.scored.scenario;
        let mut facts: Vec<String> = Vec::new();
        facts.extend(scenario.as_of.map(|day| format!("As of {}", day_words(day))));
        facts.extend(self.newest().map(|day| format!("newest item {}", day_words(day))));
        let withdrawn = scenario.evidence.iter().filter(|item| item.is_withdrawn()).count();
        let withdrawn = if withdrawn > 0 { format!(", {withdrawn} withdrawn") } else { String::new() };
        facts.push(format!("{}{withdrawn}", count(scenario.evidence.len(), "item", "items")));
        let compared = self.scored.matrix.competing(self.scored.method).count();
        let compared = match scenario.hypotheses.len() {
            all if all == compared => String::new(),
            _ => format!(", {compared} compared"),
        };
        let hypotheses = count(scenario.hypotheses.len(), "hypothesis", "hypotheses");
        facts.push(format!("{hypotheses}{compared}"));
        facts.push(format!("ranked by {}", method_words(self.scored.method).score.to_lowercase()));
        facts.push(match scenario.authors.as_deref() {
            None | Some([]) => "no author named".to_owned(),
            Some(authors) => format!("by {}", list(authors)),
        });
        facts.push(format!("version {}", self.options.version));
        let day = scenario.as_of.map(|day| format!(" As of {}.", day_words(day))).unwrap_or_default();
        BriefingHead {
            marking: self.options.marking.or(scenario.marking.as_deref()),
            title: &scenario.title,
            question: scenario.question.as_deref(),
            facts,
            settled: self.settled(),
            part: self.part(),
            citation: format!(
                "{}{}{day} Analysis of Competing Hypotheses, {}, version {}, made with ach {}.",
                scenario.title,
                if scenario.title.ends_with(['.', '?', '!']) { "" } else { "." },
                method_words(self.scored.method).score.to_lowercase(),
                self.options.version,
                env!("CARGO_PKG_VERSION"),
            ),
            file: self.options.file,
            as_of: scenario.as_of,
            version: &self.options.version,
        }
    }

    /// Returns the last day on which an item that counts became known.
    fn newest(&self) -> Option<Day> {
        let items = self.scored.matrix.items().iter().filter_map(|at| self.scored.scenario.evidence.get(*at));
        items.filter_map(|item| item.date).map(Date::last_day).max()
    }

    /// Says which hypothesis turned out to be true, and that the analysis is left as it was.
    fn settled(&self) -> Option<String> {
        let outcome = &self.scored.scenario.outcome;
        let (preposition, unit) = match outcome.date {
            Some(Date::Month(_)) => ("in", "month"),
            Some(Date::Year(_)) => ("in", "year"),
            Some(Date::Day(_)) | None => ("on", "day"),
        };
        let on = outcome.date.map(|date| format!(" {preposition} {}", date_words(date))).unwrap_or_default();
        if outcome.is_annulled() {
            return Some(format!("Annulled{on}: the question made no sense after all."));
        }
        let true_ones = outcome.hypothesis.as_ref()?;
        let names: Vec<&str> = true_ones.iter().map(|id| self.name_of(id)).collect();
        let names = if names.is_empty() { "none of the hypotheses".to_owned() } else { list(&names) };
        let day =
            self.scored.scenario.as_of.map(|day| format!(" as of {}", day_words(day))).unwrap_or_default();
        let later = outcome.date.zip(self.newest()).is_some_and(|(date, newest)| newest > date.last_day());
        let later = if later { format!(", with items from after that {unit}") } else { String::new() };
        Some(format!("Settled{on}: {names}. Below is the analysis{day}, unchanged{later}."))
    }

    /// Says that only part of the evidence counts.
    fn part(&self) -> Option<String> {
        let as_of = self.scored.request.as_of.map(|date| format!("known by {}", date_words(date)));
        let filter = self.scored.request.filter_line().map(|line| format!("that passes the filter {line}"));
        let limits: Vec<String> = as_of.into_iter().chain(filter).collect();
        let (counted, all) = (self.scored.matrix.items().len(), self.scored.scenario.evidence.len());
        let counted = count(counted, "item", "items");
        (!limits.is_empty())
            .then(|| format!("Part of the evidence only: {counted} of {all}, {}.", limits.join(" and ")))
    }
}
