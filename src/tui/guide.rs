//! The guide: one line that leads through the eight steps of an analysis (Heuer, Psychology of Intelligence Analysis,
//! 1999, chapter 8), naming the key for the next of them.
//!
//! The step follows from the scenario alone: nothing is remembered, and the guide moves on as the work is done. A note
//! settles what is a matter of judgement, such as an item that tells nothing or a leader without evidence against it.
//! An analysis with a conclusion or with indicators is past the steps before. Knows the scenario, its scores and the
//! keys. Must never know where it is shown.

use super::counting::rating_keys;
use super::fragility::Fragility;
use super::keymap::{Action, Key, Motion, key_for};
use super::scores::Scores;
use crate::engine::{self, RatingCode};
use crate::scenario::{Hypothesis, Rating, Scenario, ScenarioField};
use crate::text::width;

/// Number of items from which the guide does not ask for more.
const FEW: usize = 3;

/// The next step of an analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Write down the question.
    Ask,
    /// Add hypotheses: there is none, or only one.
    Suppose { is_first: bool },
    /// Add evidence.
    Gather { is_first: bool },
    /// Rate the blank cells.
    Rate,
    /// Delete this item or explain it: it tells no hypothesis from another.
    Refine(String),
    /// Tell so many joint leaders apart.
    Part(usize),
    /// Try to disprove the leader with this header: nothing speaks against it.
    Disprove(String),
    /// Judge the credibility of this item, on which the lead rests.
    Weigh(String),
    /// Write the conclusion.
    Conclude,
    /// Add indicators to watch for.
    Watch,
}

/// Returns the next step; `None` if the analysis is past all of them.
pub(crate) fn step(scenario: &Scenario, scores: &Scores, fragility: Option<&Fragility>) -> Option<Step> {
    let hypotheses = scenario.hypotheses.iter().filter(|hypothesis| hypothesis.is_active()).count();
    let items = scenario.evidence.len();
    if scenario.question.is_none() && items == 0 {
        return Some(Step::Ask);
    }
    if hypotheses < 2 {
        return Some(Step::Suppose { is_first: hypotheses == 0 });
    }
    if items == 0 {
        return Some(Step::Gather { is_first: true });
    }
    if !scenario.indicators.is_empty() {
        return None;
    }
    if scenario.conclusion.is_some() {
        return Some(Step::Watch);
    }
    let matrix = &scores.matrix;
    if matrix.comparable().any(|hypothesis| matrix.unrated(hypothesis) > 0) {
        return Some(Step::Rate);
    }
    if items < FEW {
        return Some(Step::Gather { is_first: false });
    }
    let settled = refine(scenario, scores).or_else(|| disprove(scenario, scores));
    settled.or_else(|| weigh(scenario, fragility?)).or(Some(Step::Conclude))
}

/// Returns the step for the first item without a note that tells no hypothesis from another.
fn refine(scenario: &Scenario, scores: &Scores) -> Option<Step> {
    let rows = scores.matrix.items().iter().enumerate();
    let mut items = rows.filter_map(|(row, at)| Some((row, scenario.evidence.get(*at)?)));
    let tells_nothing = |row| engine::diagnosticity(&scores.matrix, row) == 0.0;
    let (_, item) = items.find(|(row, item)| item.note.is_none() && tells_nothing(*row))?;
    Some(Step::Refine(item.id.to_string()))
}

/// Returns the step that tests the lead. A note on a leader settles it.
fn disprove(scenario: &Scenario, scores: &Scores) -> Option<Step> {
    let leaders = &scores.ranking.leaders;
    let named: Vec<&Hypothesis> = leaders.iter().filter_map(|at| scenario.hypotheses.get(*at)).collect();
    if named.iter().any(|hypothesis| hypothesis.note.is_some()) {
        return None;
    }
    let is_against =
        |code: RatingCode| matches!(code.rating(), Some(Rating::Inconsistent | Rating::VeryInconsistent));
    match (named.as_slice(), leaders.as_slice()) {
        ([leader], [at]) => {
            let mut rows = 0..scores.matrix.items().len();
            let is_untried = !rows.any(|row| is_against(scores.matrix.code(row, *at)));
            is_untried.then(|| Step::Disprove(leader.header().to_owned()))
        }
        ([], _) | (_, []) => None,
        (several, _) => Some(Step::Part(several.len())),
    }
}

/// Returns the step for the first item without a credibility that the lead rests on.
fn weigh(scenario: &Scenario, fragility: &Fragility) -> Option<Step> {
    let mut items = scenario.evidence.iter().enumerate();
    let (_, unweighed) =
        items.find(|(at, item)| item.credibility.is_none() && fragility.rows.contains(at))?;
    Some(Step::Weigh(unweighed.id.to_string()))
}

impl Step {
    /// Returns the number of Heuer's step, from 1 to 8.
    pub(crate) const fn number(&self) -> u8 {
        match self {
            Self::Ask | Self::Suppose { .. } => 1,
            Self::Gather { .. } => 2,
            Self::Rate => 3,
            Self::Refine(_) => 4,
            Self::Part(_) | Self::Disprove(_) => 5,
            Self::Weigh(_) => 6,
            Self::Conclude => 7,
            Self::Watch => 8,
        }
    }

    /// Returns the field of the scenario that it asks for.
    pub(crate) const fn field(&self) -> Option<ScenarioField> {
        if let Self::Ask = self {
            Some(ScenarioField::Question)
        } else if let Self::Conclude = self {
            Some(ScenarioField::Conclusion)
        } else {
            None
        }
    }

    /// Returns the id of the item whose credibility is to be judged.
    pub(crate) fn weighed(&self) -> Option<&str> {
        if let Self::Weigh(id) = self { Some(id) } else { None }
    }

    /// Returns the id of the item that it names.
    pub(crate) fn item(&self) -> Option<&str> {
        if let Self::Refine(id) | Self::Weigh(id) = self { Some(id) } else { None }
    }

    /// Returns the advice with the keys that follow it, the brief form where the full one does not fit in so many
    /// columns. An item that it names is gone to first, unless it is `here`, under the cursor. In blind mode it does not
    /// reveal how the hypotheses stand.
    pub(crate) fn advice(
        &self,
        bound: &[(Key, Action)],
        here: Option<&str>,
        is_blind: bool,
        columns: usize,
    ) -> String {
        let elsewhere = self.item().filter(|item| here != Some(item));
        let (full, brief) = self.words(bound, elsewhere.is_some(), is_blind);
        let number = self.number();
        let full = format!("Step {number} of 8. {full}");
        if width(&full) > columns { format!("Step {number} of 8: {brief}") } else { full }
    }

    /// Returns the advice in full and in brief. `is_elsewhere` tells whether the item that it names is in another row.
    fn words(&self, bound: &[(Key, Action)], is_elsewhere: bool, is_blind: bool) -> (String, String) {
        let key = |action| key_for(action, bound).map_or("?".to_owned(), |key| key.to_string());
        let (a, h, t) = (key(Action::AddItem), key(Action::AddHypothesis), key(Action::EditScenario));
        match self {
            Self::Ask => (
                format!("What do you want to find out? {t} writes the question down."),
                format!("{t} writes the question."),
            ),
            Self::Suppose { is_first: true } => (
                format!("Name every hypothesis, even an unlikely one: {h} adds one."),
                format!("{h} adds a hypothesis."),
            ),
            Self::Suppose { is_first: false } => (
                format!("One hypothesis has nothing to compete with: {h} adds another."),
                format!("{h} adds a competing one."),
            ),
            Self::Gather { is_first: true } => (
                format!("List what bears on any of them, absences too: {a} adds an item."),
                format!("{a} adds evidence."),
            ),
            Self::Gather { is_first: false } => (
                format!("What else is known, or missing though expected? {a} adds it."),
                format!("{a} adds more evidence."),
            ),
            Self::Rate => {
                let next = key(Action::Move(Motion::NextBlank));
                let (first, last) =
                    (key(Action::Rate(Rating::VeryConsistent)), key(Action::Rate(Rating::VeryInconsistent)));
                let all = rating_keys(bound);
                (
                    format!("Is the row expected if the column is true? {first} yes (CC), {last} no (II)."),
                    format!("{next}: next, {all}: rate."),
                )
            }
            Self::Part(_) | Self::Disprove(_) | Self::Weigh(_) if is_blind => {
                let b = key(Action::Blind);
                (format!("All is rated: {b} shows the scores."), format!("{b} shows the scores."))
            }
            Self::Refine(id) | Self::Weigh(id) if is_elsewhere => {
                let go = key(Action::NextCritical);
                let full = if matches!(self, Self::Refine(_)) {
                    format!("{id} separates nothing: {go} goes to it.")
                } else {
                    format!("The lead rests on {id}, unweighed: {go} goes to it.")
                };
                (full, format!("{go} goes to {id}."))
            }
            Self::Refine(id) => {
                let (e, d) = (key(Action::EditItem), key(Action::DeleteItem));
                (
                    format!("{id} separates nothing: {d} deletes it, {e} notes why it stays."),
                    format!("{id}: {d} or {e}."),
                )
            }
            Self::Part(leaders) => (
                format!("{leaders} are level: what would tell them apart? {a} adds it."),
                format!("{a} adds an item."),
            ),
            Self::Disprove(name) => (
                format!("Nothing speaks against {name}: try to disprove it; {a} adds an item."),
                format!("disprove {name}."),
            ),
            Self::Weigh(id) => {
                let [down, up] = [false, true].map(|is_up| key(Action::Credibility { is_up }));
                (
                    format!("The lead rests on {id}: {down} and {up} say how far to trust it."),
                    format!("{down} {up} weigh {id}."),
                )
            }
            Self::Conclude => (
                format!("Say what follows, and how sure you are: {t} opens the conclusion."),
                format!("{t} opens the conclusion."),
            ),
            Self::Watch => {
                let command = key(Action::Command);
                let open = format!("{command}{}indicator", if command == ":" { "" } else { " " });
                (format!("What would change your mind? {open} adds a sign to watch for."), open)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;
    use crate::tui::fragility::FragilityKey;

    fn next(text: &str) -> Option<Step> {
        let text = format!("ach = 1\ntitle = \"t\"\n{text}");
        let scenario = read(text.into_bytes()).scenario.unwrap();
        let key = FragilityKey { version: 0, method: scenario.method(), as_of: None };
        let fragility = Fragility::new(&scenario, key);
        step(&scenario, &Scores::new(&scenario, scenario.method(), None), Some(&fragility))
    }

    const QUESTION: &str = "question = \"Who?\"\n";
    const TWO: &str = "[[hypothesis]]\nid = \"h\"\nname = \"H\"\n[[hypothesis]]\nid = \"k\"\nname = \"K\"\n";

    /// Items with these ratings of two hypotheses and this line more.
    fn items(rows: &[(&str, &str)]) -> String {
        let item = |(at, (ratings, line)): (usize, &(&str, &str))| {
            let mut words = ratings.split(' ');
            let cell = |id: &str, word: Option<&str>| match word {
                Some("-") | None => String::new(),
                Some(word) => format!("{id} = \"{word}\"\n"),
            };
            let (h, k) = (cell("h", words.next()), cell("k", words.next()));
            format!("[[evidence]]\nid = \"e{at}\"\ntext = \"E\"\n{line}\n[evidence.ratings]\n{h}{k}")
        };
        rows.iter().enumerate().map(item).collect()
    }

    #[test]
    fn the_steps_follow_each_other_as_the_work_is_done() {
        let case = |rows: &[(&str, &str)]| next(&format!("{QUESTION}{TWO}{}", items(rows)));
        assert_eq!(next(""), Some(Step::Ask));
        assert_eq!(next(QUESTION), Some(Step::Suppose { is_first: true }));
        let one = "[[hypothesis]]\nid = \"h\"\nname = \"H\"\n";
        assert_eq!(next(&format!("{QUESTION}{one}")), Some(Step::Suppose { is_first: false }));
        assert_eq!(case(&[]), Some(Step::Gather { is_first: true }));
        assert_eq!(case(&[("- -", "")]), Some(Step::Rate));
        assert_eq!(case(&[("C I", "")]), Some(Step::Gather { is_first: false }));
        assert_eq!(case(&[("C I", ""), ("N N", ""), ("C C", "")]), Some(Step::Refine("e1".into())));
        let (apart, kept) = (("C II", ""), ("N N", "note = \"a record\""));
        assert_eq!(case(&[("C II", ""), kept, ("II C", "")]), Some(Step::Part(2)));
        assert_eq!(case(&[apart, kept, apart]), Some(Step::Disprove("h".into())));
        let tried = ("I C", "credibility = \"low\"");
        assert_eq!(case(&[apart, apart, tried]), Some(Step::Weigh("e0".into())));
        let trusted = ("C II", "grade = \"B2\"");
        assert_eq!(case(&[trusted, trusted, tried]), Some(Step::Conclude));
    }

    #[test]
    fn a_note_settles_what_is_a_matter_of_judgement() {
        let noted = TWO.replacen("name = \"H\"", "name = \"H\"\nnote = \"nothing found\"", 1);
        let rows = [("C II", "credibility = \"high\""); 3];
        assert_eq!(next(&format!("{QUESTION}{noted}{}", items(&rows))), Some(Step::Conclude));
    }

    #[test]
    fn whoever_has_concluded_is_past_what_comes_before() {
        let rows = items(&[("- -", "")]);
        let concluded = format!("conclusion = \"c\"\n{TWO}{rows}");
        assert_eq!(next(&concluded), Some(Step::Watch));
        let watch = "[[indicator]]\nid = \"i\"\ntext = \"I\"\n";
        assert_eq!(next(&format!("{concluded}{watch}")), None);
        assert_eq!(next(&format!("{TWO}{rows}{watch}")), None);
        assert_eq!(next(watch), Some(Step::Ask), "an indicator alone is no analysis");
    }

    #[test]
    fn every_advice_fits_and_names_a_key() {
        let steps = [
            Step::Ask,
            Step::Suppose { is_first: true },
            Step::Suppose { is_first: false },
            Step::Gather { is_first: true },
            Step::Gather { is_first: false },
            Step::Rate,
            Step::Refine("boat-insured".into()),
            Step::Part(2),
            Step::Disprove("Thief".into()),
            Step::Weigh("boat-insured".into()),
            Step::Conclude,
            Step::Watch,
        ];
        for pair in steps.windows(2) {
            assert!(pair[0].number() <= pair[1].number());
        }
        for step in steps {
            for (blind, columns) in [(false, 78), (false, 38), (true, 78), (true, 38)] {
                for here in [None, step.item()] {
                    let advice = step.advice(&[], here, blind, columns);
                    assert!(width(&advice) <= columns, "{columns}: {advice}");
                    assert!(
                        !advice.contains('?') || advice.contains("? ") || advice.ends_with('?'),
                        "{advice}"
                    );
                }
            }
        }
    }

    #[test]
    fn keys_are_named_as_the_user_has_bound_them() {
        let text = "[keys]\nadd-item = [\"F5\"]\ncommand = [\"F6\"]\n";
        let bound = crate::tui::read_settings(text).0.bound();
        assert!(
            Step::Gather { is_first: true }.advice(&bound, None, false, 78).ends_with("F5 adds an item.")
        );
        assert!(Step::Watch.advice(&bound, None, false, 80).contains("? F6 indicator adds"));
    }

    #[test]
    fn in_blind_mode_nothing_is_given_away() {
        let advice = Step::Disprove("Thief".into()).advice(&[], None, true, 78);
        assert_eq!(advice, "Step 5 of 8. All is rated: b shows the scores.");
    }
}
