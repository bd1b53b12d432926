//! The survey: blank cells are asked one at a time in random order, with no score, rank or other cell in sight.
//!
//! Evidence is judged across the hypotheses (Heuer 1999), so items come in random order and so do the hypotheses of each.
//! Knows which cell is asked. Must never know a score.

use crate::engine::shuffle;
use crate::present::{Phrase, Tone};
use crate::scenario::{Credibility, Evidence, Hypothesis, Method, Rating, Scenario};

/// The position of an item and of a hypothesis.
type SurveyCell = (usize, usize);

/// The ratings with their keys.
const SCALE: [&str; 6] =
    ["1 CC very expected", "2 C", "3 N either way", "4 I", "5 II very unexpected", "x does not apply"];

/// Like `SCALE`, for narrow terminals.
const SHORT_SCALE: &str = "1 CC  2 C  3 N  4 I  5 II  x NA";

/// Columns below which the short scale is shown.
const SHORT_BELOW: usize = 60;

/// Stands between two ratings.
const GAP: &str = "   ";

/// The other keys while a cell is asked.
const KEYS: &str = "n note  s later  u undo  q save, stop";

/// The keys after the last answer.
const LAST_KEYS: &str = "Enter matrix  u undo  q save, stop";

/// A survey of the blank cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Survey {
    seed: u64,
    /// Every cell that may be asked in the order of the questions, whether blank or not: so the same seed goes on in the
    /// same order.
    order: Vec<SurveyCell>,
    /// The cells put off, which are asked after all others.
    later: Vec<SurveyCell>,
}

/// An answer in the survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SurveyAnswer {
    Rate(Rating),
    Note,
    Later,
    Undo,
    Stop,
}

impl SurveyAnswer {
    /// The answer of a letter.
    pub(crate) fn of(letter: char) -> Option<Self> {
        Some(match letter {
            '1'..='5' => Self::Rate(*Rating::SCALE.get((letter.to_digit(6)? as usize).checked_sub(1)?)?),
            'x' => Self::Rate(Rating::NotApplicable),
            'n' => Self::Note,
            's' => Self::Later,
            'u' => Self::Undo,
            'q' => Self::Stop,
            _ => return None,
        })
    }
}

impl Survey {
    /// A survey of the items that count and the hypotheses that compete; the residual is rated under `bayes` only.
    pub(crate) fn new(scenario: &Scenario, seed: u64) -> Self {
        let is_asked =
            |h: &Hypothesis| h.is_active() && (!h.is_residual() || scenario.method() == Method::Bayes);
        let hypotheses = scenario.hypotheses.iter().enumerate().filter(|(_, h)| is_asked(h));
        let hypotheses: Vec<usize> = hypotheses.map(|(at, _)| at).collect();
        let items = scenario.evidence.iter().enumerate().filter(|(_, item)| !item.is_withdrawn());
        let mut items: Vec<usize> = items.map(|(at, _)| at).collect();
        shuffle(&mut items, seed, 0);
        let row = |(number, item): (u64, usize)| {
            let mut row = hypotheses.clone();
            shuffle(&mut row, seed, number);
            row.into_iter().map(move |hypothesis| (item, hypothesis))
        };
        Self { seed, order: (1..).zip(items).flat_map(row).collect(), later: Vec::new() }
    }

    /// The cell that is asked: the first blank one, those put off last; `None` after the last answer.
    pub(crate) fn cell(&self, scenario: &Scenario) -> Option<SurveyCell> {
        let is_blank = |cell: &&SurveyCell| is_blank(scenario, **cell);
        let first = self.order.iter().find(|cell| is_blank(cell) && !self.later.contains(cell));
        first.or_else(|| self.later.iter().find(is_blank)).copied()
    }

    /// The item and the hypothesis of the cell that is asked.
    pub(crate) fn asked<'s>(
        &self,
        scenario: &'s Scenario,
    ) -> Option<(&'s Evidence, &'s Hypothesis, SurveyCell)> {
        let (item, hypothesis) = self.cell(scenario)?;
        Some((scenario.evidence.get(item)?, scenario.hypotheses.get(hypothesis)?, (item, hypothesis)))
    }

    /// Puts off the cell that is asked. Returns whether another is asked now.
    pub(crate) fn put_off(&mut self, scenario: &Scenario) -> bool {
        let Some(cell) = self.cell(scenario) else { return false };
        self.later.retain(|other| *other != cell);
        self.later.push(cell);
        self.cell(scenario) != Some(cell)
    }

    /// The keys that do something now.
    pub(crate) fn keys(&self, scenario: &Scenario) -> &'static str {
        if self.cell(scenario).is_some() { KEYS } else { LAST_KEYS }
    }

    /// The question, a phrase a line: how far the survey is, what is supposed, and what would be expected.
    pub(crate) fn question(&self, scenario: &Scenario) -> Vec<Phrase<'static>> {
        let all = self.order.len();
        let line = |text: String, tone| Phrase::new(text, tone);
        let Some((item, hypothesis, (_, column))) = self.asked(scenario) else {
            return vec![
                line(format!("{all} of {all}; seed {}", self.seed), Tone::Dim),
                line("Every cell has its answer.".into(), Tone::Strong),
            ];
        };
        let answered = self.order.iter().filter(|cell| !is_blank(scenario, **cell)).count();
        let name = match &hypothesis.short {
            Some(short) => format!("{short}: {}", hypothesis.name),
            None => hypothesis.name.clone(),
        };
        let mut lines = vec![
            line(format!("{} of {all}; seed {}", answered + 1, self.seed), Tone::Dim),
            line(name, Tone::Strong),
        ];
        lines.extend(hypothesis.description.clone().map(|text| line(text, Tone::Plain)));
        lines.push(line("If this were true, how expected is".into(), Tone::Dim));
        lines.push(line(format!("\"{}\"", item.text), Tone::Strong));
        lines.push(line(facts(scenario, item), Tone::Dim));
        lines.extend(item.note.clone().map(|note| line(note, Tone::Plain)));
        let note = item.ratings.get(column).and_then(|cell| cell.note());
        lines.extend(note.map(|note| line(format!("Your note: {note}"), Tone::Plain)));
        lines
    }
}

fn is_blank(scenario: &Scenario, (item, hypothesis): SurveyCell) -> bool {
    scenario.evidence.get(item).is_some_and(|item| item.ratings.rating(hypothesis).is_none())
}

/// The ratings with their keys in lines of at most this many columns; without words where they would take three lines.
pub(crate) fn scale(columns: usize) -> Vec<String> {
    if columns < SHORT_BELOW {
        return vec![SHORT_SCALE.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for rating in SCALE {
        match lines.last_mut() {
            Some(line) if line.len() + GAP.len() + rating.len() <= columns => {
                *line += &format!("{GAP}{rating}")
            }
            _ => lines.push(rating.to_owned()),
        }
    }
    lines
}

/// Kind, date, sources and grade of an item.
fn facts(scenario: &Scenario, item: &Evidence) -> String {
    let name = |id: &String| {
        let source = scenario.sources.iter().find(|source| source.id.as_str() == id);
        source.map_or_else(|| id.clone(), |source| source.name.clone())
    };
    let date = item.date.map(|date| date.to_string());
    let sources = item.sources().iter().map(name);
    let facts: Vec<String> = std::iter::once(item.kind().to_string()).chain(date).chain(sources).collect();
    match item.credibility {
        Some(Credibility::Grade(grade)) => format!("{} ({grade})", facts.join(", ")),
        Some(Credibility::Level(_)) | None => facts.join(", "),
    }
}
