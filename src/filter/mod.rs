//! The filter language: which evidence a line of words and fields lets pass, for `--where` and for the editor.
//!
//! A line has terms apart by spaces, all of which must hold; `!` before a term turns it round. A word is looked for in
//! id and text. A field (`kind:fact`) is one of [`FILTER_FIELDS`]; a word that has a colon, or a value that has a space,
//! stands in quotes. Upper and lower case are one.
//!
//! Knows scenarios. Must never know commands, keys, the screen or words for people.

mod line;
mod test;

use std::ops::Range;

use crate::scenario::{Evidence, Scenario};
use test::ItemTest;

/// The fields that a filter knows: name, and whether it takes a value.
pub const FILTER_FIELDS: &[(&str, bool)] = &[
    ("kind", true),
    ("group", true),
    ("source", true),
    ("tag", true),
    ("date", true),
    ("status", true),
    ("credibility", true),
    ("relevance", true),
    ("confidence", true),
    ("rated", true),
    ("unrated", true),
    ("blank", false),
    ("conflict", false),
];

/// A parsed filter, not yet tied to a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    line: String,
    terms: Vec<FilterTerm>,
}

/// A condition, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FilterTerm {
    is_negated: bool,
    test: ItemTest,
}

/// The reason why a line cannot be parsed as a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterFault {
    /// There is no field of this name.
    UnknownField(String),
    /// The field has no value after its colon.
    NoValue(&'static str),
    /// The field takes one of these words.
    UnknownWord {
        /// The field.
        field: &'static str,
        /// Its value.
        word: String,
        /// The words that it takes.
        words: &'static [&'static str],
    },
    /// No date begins with this.
    NoDate(String),
    /// No scenario has such a hypothesis.
    UnknownHypothesis(String),
    /// No scenario declares or cites such a source.
    UnknownSource(String),
}

impl Filter {
    /// Parses a line.
    ///
    /// # Errors
    ///
    /// A [`FilterFault`] for the first term that is not valid.
    pub fn parse(line: &str) -> Result<Self, FilterFault> {
        let terms = line::words(line).iter().map(line::term).collect::<Result<_, _>>()?;
        Ok(Self { line: line.trim().to_owned(), terms })
    }

    /// Parses a line that is being typed: terms that say nothing yet are left out.
    #[must_use]
    pub fn typed(line: &str) -> Self {
        let terms = line::words(line).iter().filter_map(|word| line::term(word).ok()).collect();
        Self { line: line.trim().to_owned(), terms }
    }

    /// Returns the words of a line that say nothing about a scenario, by their bytes, with the reason.
    #[must_use]
    pub fn faults(line: &str, scenario: &Scenario) -> Vec<(Range<usize>, FilterFault)> {
        let fault = |word: &line::LineWord| match line::term(word) {
            Ok(term) => term.test.named().filter(|_| !term.test.is_known(scenario)),
            Err(fault) => Some(fault),
        };
        line::words(line).iter().filter_map(|word| Some((word.span.clone(), fault(word)?))).collect()
    }

    /// Returns the line as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.line
    }

    /// Returns whether it lets every item pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Checks the hypotheses and sources that it names: each must be in at least one of the scenarios.
    ///
    /// # Errors
    ///
    /// [`FilterFault::UnknownHypothesis`] or [`FilterFault::UnknownSource`] for the first that is in none.
    pub fn check<'s>(
        &self,
        scenarios: impl IntoIterator<Item = &'s Scenario> + Clone,
    ) -> Result<(), FilterFault> {
        let unknown = |term: &FilterTerm| {
            let fault = term.test.named()?;
            let is_known = scenarios.clone().into_iter().any(|scenario| term.test.is_known(scenario));
            (!is_known).then_some(fault)
        };
        self.terms.iter().find_map(unknown).map_or(Ok(()), Err)
    }

    /// Returns the predicate that tells which items of a scenario pass. A test of a hypothesis that is not there fails.
    pub fn passes<'a>(&'a self, scenario: &'a Scenario) -> impl Fn(&Evidence) -> bool + use<'a> {
        let tests: Vec<_> =
            self.terms.iter().map(|term| (term.is_negated, term.test.bound(scenario))).collect();
        move |item| tests.iter().all(|(is_negated, test)| test.holds(item) != *is_negated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{
        Cell, CellConflict, Date, EvidenceId, Hypothesis, HypothesisId, Kind, Level, Rating, Source, SourceId,
    };

    fn case() -> Scenario {
        let mut scenario = Scenario::new("t");
        for (id, short) in [("thief", None), ("owner", Some("Master"))] {
            let mut hypothesis = Hypothesis::new(HypothesisId::parse(id).unwrap(), id);
            hypothesis.short = short.map(str::to_owned);
            scenario.hypotheses.push(hypothesis);
        }
        for (id, name) in [("watch", "Harbour Watch"), ("press", "Press")] {
            scenario.sources.push(Source::new(SourceId::parse(id).unwrap(), name));
        }
        let item = |id: &str, text: &str| Evidence::new(EvidenceId::parse(id).unwrap(), text);
        let mut rope = item("rope", "Rope cut at 12:30");
        rope.source = Some(vec!["watch".into()]);
        rope.date = Date::parse("2025-03-01");
        rope.group = Some("the rope".into());
        rope.relevance = Some(Level::High);
        rope.ratings.set(0, Cell::rated(Rating::Consistent));
        rope.ratings.set(1, Cell::rated(Rating::VeryInconsistent));
        let mut calm = item("calm", "Calm");
        calm.kind = Some(Kind::Absence);
        calm.searched = Some(crate::scenario::Searched::Partial);
        calm.source = Some(vec!["press".into(), "watch".into()]);
        calm.tags = Some(vec!["Weather".into()]);
        let mut cell = Cell::rated(Rating::NotApplicable);
        cell.confidence = Some(Level::Low);
        cell.set_conflict(Some(CellConflict::default()));
        calm.ratings.set(0, cell);
        let mut oars = item("oars", "Oars in the shed");
        oars.status = Some(crate::scenario::EvidenceStatus::Withdrawn);
        scenario.evidence = vec![rope, calm, oars];
        scenario
    }

    fn passing(line: &str) -> Vec<String> {
        let (scenario, filter) = (case(), Filter::parse(line).unwrap());
        let passes = filter.passes(&scenario);
        scenario.evidence.iter().filter(|item| passes(item)).map(|item| item.id.to_string()).collect()
    }

    #[test]
    fn every_term_narrows() {
        for (line, ids) in [
            ("", &["rope", "calm", "oars"][..]),
            ("CUT", &["rope"]),
            ("\"12:30\"", &["rope"]),
            ("kind:act", &["rope", "oars"]),
            ("group:\"the rope\"", &["rope"]),
            ("source:harbour", &["rope", "calm"]),
            ("source:press", &["calm"]),
            ("tag:weather", &["calm"]),
            ("date:2025-03", &["rope"]),
            ("status:withdrawn", &["oars"]),
            ("credibility:low", &["calm"]),
            ("relevance:high", &["rope"]),
            ("confidence:medium", &["rope"]),
            ("confidence:low", &[]),
            ("blank", &["calm", "oars"]),
            ("unrated:thief", &["oars"]),
            ("unrated:mas", &["calm", "oars"]),
            ("rated:thief", &["rope", "calm"]),
            ("rated:owner=ii", &["rope"]),
            ("rated:thief=NA", &["calm"]),
            ("!rated:owner", &["calm", "oars"]),
            ("conflict", &["calm"]),
            ("!conflict !cut", &["oars"]),
            ("blank source:watch", &["calm"]),
        ] {
            assert_eq!(passing(line), ids, "{line}");
        }
    }

    #[test]
    fn what_is_no_term_is_a_fault_and_says_nothing_while_it_is_typed() {
        let fault = |line| Filter::parse(line).unwrap_err();
        assert_eq!(fault("knd:fact"), FilterFault::UnknownField("knd".into()));
        assert_eq!(fault("cut kind:"), FilterFault::NoValue("kind"));
        let word = |field, word: &str, words| FilterFault::UnknownWord { field, word: word.into(), words };
        assert_eq!(fault("credibility:hi"), word("credibility", "hi", Level::WORDS));
        assert_eq!(fault("rated:thief=III"), word("rated", "iii", Rating::WORDS));
        assert_eq!(
            Filter::typed("kind: credibility:hi"),
            Filter::typed("").with_line("kind: credibility:hi")
        );
    }

    #[test]
    fn faults_are_told_at_their_words() {
        let faults = |line| Filter::faults(line, &case());
        assert_eq!(faults("cut kind:fact source:harb"), []);
        assert_eq!(faults("cut  !knd:fact x"), [(5..14, FilterFault::UnknownField("knd".into()))]);
        assert_eq!(
            faults("é \"a b\" source:\"the press\" kind:fat date:soon"),
            [
                (9..27, FilterFault::UnknownSource("the press".into())),
                (28..36, FilterFault::UnknownWord { field: "kind", word: "fat".into(), words: Kind::WORDS }),
                (37..46, FilterFault::NoDate("soon".into())),
            ]
        );
    }

    #[test]
    fn names_must_be_in_one_of_the_scenarios() {
        let other = Scenario::new("without any");
        let check = |line: &str| Filter::parse(line).unwrap().check([&other, &case()]);
        assert_eq!(check("!unrated:thieff"), Err(FilterFault::UnknownHypothesis("thieff".into())));
        assert_eq!(check("!source:pres source:tabloid"), Err(FilterFault::UnknownSource("tabloid".into())));
        assert_eq!(check("unrated:thief rated:owner=N source:harbour source:watch"), Ok(()));
    }

    impl Filter {
        fn with_line(mut self, line: &str) -> Self {
            self.line = line.into();
            self
        }
    }
}
