//! A document that changes: what was done to it, and how to take it back byte for byte.
//!
//! Undo applies splices to the text, not inverse changes to the scenario, so that comments, spacing and order come
//! back as they were. Must never know the disk: whoever saves does that.

mod way;

use std::sync::Arc;

use super::edit::{Quick, Splice, Splices, difference, quick, undone, write_change, write_changes};
use super::{Document, Reading, read, read_as};
use crate::change::{self, Change, Refused};
use crate::diagnostic::{Diagnostic, Severity};
use crate::scenario::Scenario;

/// A scenario with its text and the way back.
#[derive(Debug)]
pub struct History {
    document: Document,
    /// Shared with those who work on a version while edits go on.
    scenario: Arc<Scenario>,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Number of the version before all steps.
    origin: u64,
    /// Number of the step to be made next; numbers are never used again.
    next: u64,
    /// Position of the item of evidence that the next change is probably about. Only speed depends on it.
    near: usize,
}

/// Changes that were made as one, and the splices that undo them, in the order in which they were made.
#[derive(Debug)]
struct Step {
    number: u64,
    changes: Vec<Change>,
    undo: Undo,
}

/// As many changes are made in place; more of them are made faster by reading the text anew.
const FEW: usize = 64;

/// The way back.
#[derive(Debug)]
enum Undo {
    /// In place, change by change.
    Quick(Vec<InPlace>),
    /// By splices of the text, which is then read anew.
    Splices(Vec<Splices>),
    /// From one version of the file to another: the splices that lead to the other side, whichever that is.
    Across(Splices),
}

impl Undo {
    /// The changes, if they were made in place.
    const fn in_place(&self) -> Option<&[InPlace]> {
        match self {
            Self::Quick(made) => Some(made.as_slice()),
            Self::Splices(_) | Self::Across(_) => None,
        }
    }
}

/// A change that was made in place.
#[derive(Debug)]
struct InPlace {
    change: Change,
    quick: Quick,
    /// Position of the item of evidence that it is about.
    near: usize,
}

/// Why changes could not be made. Nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The change does not fit the scenario.
    Refused(Refused),
    /// The text would not read as the changed scenario: these errors would be in it, or, where there are none, the
    /// change has no faithful spelling in this file.
    Unwritable(Vec<Diagnostic>),
}

impl From<Refused> for EditError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl History {
    /// A document and the scenario that was read from it.
    #[must_use]
    pub fn new(document: Document, scenario: Scenario) -> Self {
        let scenario = Arc::new(scenario);
        Self { document, scenario, done: Vec::new(), undone: Vec::new(), origin: 0, next: 1, near: 0 }
    }

    /// The document and the scenario as they are now; the way back is given up.
    #[must_use]
    pub fn into_parts(self) -> (Document, Scenario) {
        (self.document, Arc::unwrap_or_clone(self.scenario))
    }

    /// The document as it is now.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The scenario as it is now.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Returns the scenario as it is now. While it is held, the next change copies the scenario.
    #[must_use]
    pub fn share(&self) -> Arc<Scenario> {
        Arc::clone(&self.scenario)
    }

    /// Which version this is: the same number is the same text. 0 is the text that was opened.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.done.last().map_or(self.origin, |step| step.number)
    }

    /// How many steps lie between this version and another that was there before.
    #[must_use]
    pub fn steps_since(&self, version: u64) -> usize {
        let after = |steps: &[Step]| steps.iter().rev().position(|step| step.number == version);
        match after(&self.done) {
            Some(steps) => steps,
            None if version == self.origin => self.done.len(),
            // The version lies ahead: it was undone, so redoing leads back to it.
            None => self
                .undone
                .iter()
                .rev()
                .position(|step| step.number == version)
                .map_or(self.done.len() + 1, |at| at + 1),
        }
    }

    /// Makes changes in order, as one step; without changes there is no step.
    ///
    /// # Errors
    /// [`EditError`] if one of them cannot be made.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), EditError> {
        if changes.is_empty() {
            return Ok(());
        }
        let undo = self.make(changes)?;
        self.push(changes.to_vec(), undo);
        Ok(())
    }

    /// Says which item of evidence, by its position, the next change is probably about, so that it is not searched for.
    pub const fn look_near(&mut self, item: usize) {
        self.near = item;
    }

    /// Prepares edits in place, so that the first takes no longer than the others.
    pub fn prepare(&mut self) {
        self.document.prepare();
    }

    /// Takes another version of the file as one step: its text as it is, comments and spacing with it.
    pub fn replace(&mut self, document: Document, scenario: Scenario) {
        let changes = change::diff(&self.scenario, &scenario);
        let back = difference(document.text(), self.document.text());
        let back = back.map(|(range, text)| Splice { range, text: text.to_owned() });
        self.push(changes, Undo::Across(Splices::new(back)));
        self.document = document;
        self.scenario = Arc::new(scenario);
    }

    /// Puts a step before all others, which led to the present version by changes that were made earlier, and the splices
    /// that lead back. Does nothing where a step can be undone.
    pub fn prepend(&mut self, changes: Vec<Change>, back: Splices) {
        if self.done.is_empty() {
            let number = std::mem::replace(&mut self.origin, self.next);
            self.next += 1;
            self.done.push(Step { number, changes, undo: Undo::Across(back) });
        }
    }

    fn push(&mut self, changes: Vec<Change>, undo: Undo) {
        self.done.push(Step { number: self.next, changes, undo });
        self.next += 1;
        self.undone.clear();
    }

    /// Goes to a version that is behind, as if what came after it had not been, or to one that was undone. Whether
    /// there is such a version.
    pub fn return_to(&mut self, version: u64) -> bool {
        if version == self.origin || self.done.iter().any(|step| step.number == version) {
            let undone = self.undone.len();
            while self.version() != version && self.undo().is_some() {}
            self.undone.truncate(undone);
        } else if self.undone.iter().any(|step| step.number == version) {
            while self.version() != version && self.redo().is_some() {}
        }
        self.version() == version
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) -> Option<&[Change]> {
        let mut step = self.done.pop()?;
        match &mut step.undo {
            Undo::Quick(made) => take_back(&mut self.document, Arc::make_mut(&mut self.scenario), made),
            Undo::Splices(made) => {
                let text = undone(self.document.text(), made);
                self.read_again(text);
            }
            Undo::Across(splices) => *splices = self.cross(splices),
        }
        self.undone.push(step);
        self.undone.last().map(|step| step.changes.as_slice())
    }

    /// Makes the step again that was taken back last and says what it is.
    pub fn redo(&mut self) -> Option<&[Change]> {
        let mut step = self.undone.pop()?;
        if let Undo::Across(splices) = &mut step.undo {
            *splices = self.cross(splices);
            self.done.push(step);
        } else if let Ok(undo) = self.make(&step.changes) {
            self.done.push(Step { undo, ..step });
        }
        self.done.last().map(|step| step.changes.as_slice())
    }

    /// Goes to the other version of the file, and gives the splices that lead back.
    fn cross(&mut self, splices: &Splices) -> Splices {
        let (text, back) = splices.apply(self.document.text());
        self.read_again(text);
        back
    }

    /// Goes to a text that was read before: it reads again.
    fn read_again(&mut self, text: String) {
        if let Reading { document, scenario: Some(scenario), .. } = read(text.into_bytes()) {
            self.document = document;
            self.scenario = Arc::new(scenario);
        }
    }

    /// Makes changes, all or none.
    fn make(&mut self, changes: &[Change]) -> Result<Undo, EditError> {
        if let Some(made) = self.make_quickly(changes) {
            return Ok(made);
        }
        change::apply_all(Arc::make_mut(&mut self.scenario), changes).map_err(|at| at.refused)?;
        // The tree is larger than the text, and made anew in any case.
        let text = std::mem::take(&mut self.document).into_text();
        // Together where that can be, since it is faster by far.
        let made = match self.take(write_changes(text, changes)) {
            Err((text, _)) if changes.len() > 1 => self.take(one_by_one(text, changes)),
            made => made,
        };
        made.map_err(|(text, errors)| {
            let undone = change::apply_all(Arc::make_mut(&mut self.scenario), &change::inverse_all(changes));
            debug_assert_eq!(undone, Ok(()), "the inverse of changes just made applies");
            self.document = Document::parsed(text);
            EditError::Unwritable(errors)
        })
    }

    /// Goes to a text that was written, if it reads as the scenario. If not, returns the text as it was before, and the
    /// errors that would be in it.
    fn take(&mut self, (text, undo): (String, Vec<Splices>)) -> Result<Undo, (String, Vec<Diagnostic>)> {
        match read_as(text, &self.scenario) {
            Ok(document) => {
                self.document = document;
                Ok(Undo::Splices(undo))
            }
            Err((text, found)) => {
                let errors = found.into_iter().filter(|found| found.severity() == Severity::Error);
                Err((undone(&text, &undo), errors.collect()))
            }
        }
    }

    /// Makes a few changes in place, if all of them can be; nothing is done otherwise.
    fn make_quickly(&mut self, changes: &[Change]) -> Option<Undo> {
        if changes.len() > FEW {
            return None;
        }
        let mut made = Vec::with_capacity(changes.len());
        for change in changes {
            self.near = self.scenario.near(change.evidence(), self.near);
            let node = self.document.evidence(self.near);
            let quick = quick(self.document.text(), self.document.root(), node, change)
                .filter(|_| change::apply_near(Arc::make_mut(&mut self.scenario), change, self.near).is_ok());
            let Some(quick) = quick else {
                take_back(&mut self.document, Arc::make_mut(&mut self.scenario), &made);
                return None;
            };
            self.document.splice(&quick.splice, &quick.effect, self.near, change);
            made.push(InPlace { change: change.clone(), quick, near: self.near });
        }
        Some(Undo::Quick(made))
    }
}

/// Takes back what was made in place, the last change first.
fn take_back(document: &mut Document, scenario: &mut Scenario, made: &[InPlace]) {
    for InPlace { change, quick, near } in made.iter().rev() {
        // The inverse of a change that was made applies where it was made.
        let undone = change::apply_near(scenario, &change.inverse(), *near);
        debug_assert_eq!(undone, Ok(()), "a step is taken back where it was made");
        document.splice(&quick.back, &quick.back_effect, *near, change);
    }
}

/// Writes changes into a text, each on what the one before left.
fn one_by_one(text: impl Into<String>, changes: &[Change]) -> (String, Vec<Splices>) {
    let mut text = text.into();
    let mut undo = Vec::new();
    for change in changes {
        let (after, inverse) = write_change(&text, change);
        undo.extend(inverse);
        text = after;
    }
    (text, undo)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::make;
    use crate::scenario::{EvidenceId, HypothesisId, Rating};

    const TEXT: &str = "ach = 1 # first\ntitle = \"t\"\n\n[[hypothesis]]\nid = \"h\"\nname = \"H\"\n\n\
                        [[evidence]]\nid = \"e\"\ntext = \"E\"\n[evidence.ratings]\nh = \"C\" # why\n";

    fn history() -> History {
        let Reading { document, scenario, .. } = read(TEXT.into());
        History::new(document, scenario.unwrap())
    }

    fn rate(history: &mut History, rating: Option<Rating>) {
        let (e, h) = (EvidenceId::parse("e").unwrap(), HypothesisId::parse("h").unwrap());
        let change = make::set_rating(history.scenario(), &e, &h, rating).unwrap();
        history.apply(&[change.unwrap()]).unwrap();
    }

    fn replace(history: &mut History, text: &str) {
        let Reading { document, scenario, .. } = read(text.into());
        history.replace(document, scenario.unwrap());
    }

    #[test]
    fn the_same_version_is_the_same_text_however_it_was_reached() {
        let mut history = history();
        rate(&mut history, Some(Rating::Neutral));
        replace(&mut history, &TEXT.replace("# why", "# for another reason"));
        rate(&mut history, None);
        let mut texts = vec![(history.version(), history.document().text().to_owned())];
        let earlier: Vec<_> = (0..=history.version()).rev().map(|version| history.text_of(version)).collect();
        while history.undo().is_some() {
            texts.push((history.version(), history.document().text().to_owned()));
        }
        assert_eq!(texts.last().unwrap().1, TEXT);
        assert_eq!(texts.iter().map(|(_, text)| Some(text.clone())).collect::<Vec<_>>(), earlier);
        while history.redo().is_some() {
            let (_, text) = texts.iter().find(|(version, _)| *version == history.version()).unwrap();
            assert_eq!(history.document().text(), text);
        }
        assert_eq!(history.version(), texts[0].0);
    }

    #[test]
    fn the_way_from_every_version_is_told_or_unknown() {
        let mut history = history();
        let mut known = vec![(0, TEXT.to_owned(), history.scenario().clone())];
        let told = |history: &History, before: u64, known: &[(u64, String, Scenario)]| {
            for (version, _, scenario) in known {
                if let Some(changes) = history.changes_since(*version) {
                    let mut now = scenario.clone();
                    change::apply_all(&mut now, &changes).unwrap();
                    assert_eq!(now, *history.scenario());
                }
            }
            let splices = history.splices_since(before)?;
            let mut text = known.iter().find(|(version, ..)| *version == before).unwrap().1.clone();
            splices.iter().for_each(|splice| text.replace_range(splice.range.clone(), &splice.text));
            assert_eq!(text, history.document().text());
            Some(())
        };
        let step = |history: &mut History,
                    known: &mut Vec<(u64, String, Scenario)>,
                    act: &dyn Fn(&mut History)| {
            let before = history.version();
            act(history);
            known.push((history.version(), history.document().text().to_owned(), history.scenario().clone()));
            told(history, before, known).is_some()
        };
        let rated = |rating| move |history: &mut History| rate(history, rating);
        let undone = |history: &mut History| assert!(history.undo().is_some());
        let redone = |history: &mut History| assert!(history.redo().is_some());
        assert!(step(&mut history, &mut known, &rated(Some(Rating::VeryInconsistent))));
        assert!(step(&mut history, &mut known, &rated(None)));
        assert!(step(&mut history, &mut known, &undone) && step(&mut history, &mut known, &redone));
        assert!(step(&mut history, &mut known, &undone) && step(&mut history, &mut known, &undone));
        assert!(step(&mut history, &mut known, &rated(Some(Rating::Neutral))));
        assert_eq!(history.changes_since(1), None, "that version was given up");
        assert!(!step(&mut history, &mut known, &|history| replace(
            history,
            &TEXT.replace("\"C\"", "\"I\"")
        )));
        assert!(!step(&mut history, &mut known, &undone), "what is read anew is compared");
    }

    /// So many items with a blank, a plain, an inline and a dotted cell by turns, some without a row.
    fn mixed(items: usize) -> String {
        let row = |at: usize| match at % 5 {
            0 => "[evidence.ratings]\nh = \"C\" # why\n",
            1 => "ratings = { k = \"N\", h = { rating = \"I\", confidence = \"low\" } }\n",
            2 => "ratings.k = \"C\"\nratings.h = \"II\"\n",
            3 => "[evidence.ratings]\n# none yet\nk = \"C\"\n",
            _ => "",
        };
        let item =
            |at: usize| format!("\n# about {at}\n[[evidence]]\nid = \"e{at}\"\ntext = \"E\"\n{}", row(at));
        let hypotheses =
            "[[hypothesis]]\nid = \"h\"\nname = \"H\"\n[[hypothesis]]\nid = \"k\"\nname = \"K\"\n";
        format!("ach = 1\ntitle = \"t\"\n{hypotheses}{}", (0..items).map(item).collect::<String>())
    }

    #[test]
    fn a_whole_column_is_one_step_and_written_as_its_cells_would_be_one_by_one() {
        for items in [4, 100] {
            let text = mixed(items);
            for (column, rating) in
                [(0, Some(Rating::Neutral)), (1, Some(Rating::Inconsistent)), (0, None), (1, None)]
            {
                let Reading { document, scenario, .. } = read(text.clone().into());
                let mut history = History::new(document, scenario.unwrap());
                let cells = (0..items).map(|item| (item, column));
                let changes = make::rate_all(history.scenario(), cells, rating);
                history.apply(&changes).unwrap();
                let written = history.document().text().to_owned();
                assert_eq!(written, one_by_one(&text, &changes).0, "{rating:?}");
                assert_eq!(written, write_changes(&text, &changes).0, "{rating:?}");
                assert_eq!(history.steps_since(0), 1);
                history.undo();
                assert_eq!(history.document().text(), text);
                history.redo();
                assert_eq!(history.document().text(), written);
            }
        }
    }

    #[test]
    fn several_cells_of_a_row_are_written_in_order() {
        let text = mixed(100);
        let Reading { document, scenario, .. } = read(text.clone().into());
        let mut history = History::new(document, scenario.unwrap());
        let cells = (0..100).flat_map(|item| [(item, 1), (item, 0)]);
        let changes = make::rate_all(history.scenario(), cells, Some(Rating::VeryConsistent));
        history.apply(&changes).unwrap();
        assert_eq!(history.document().text(), one_by_one(&text, &changes).0);
        assert_eq!(history.document().text(), write_changes(&text, &changes).0);
        history.undo();
        assert_eq!(history.document().text(), text);
    }

    #[test]
    fn what_cannot_be_made_wholly_is_not_made_at_all() {
        let mut history = history();
        let (e, h) = (EvidenceId::parse("e").unwrap(), HypothesisId::parse("h").unwrap());
        let change = make::set_rating(history.scenario(), &e, &h, None).unwrap().unwrap();
        let twice = [change.clone(), change];
        assert_eq!(history.apply(&twice), Err(EditError::Refused(Refused::Stale)));
        assert_eq!((history.document().text(), history.version()), (TEXT, 0));
        assert_eq!(history.scenario().evidence[0].ratings.rating(0), Some(Rating::Consistent));
    }

    #[test]
    fn going_back_forgets_what_came_after_and_going_forward_does_not() {
        let mut history = history();
        rate(&mut history, Some(Rating::Neutral));
        let saved = history.version();
        rate(&mut history, Some(Rating::Inconsistent));
        assert!(history.return_to(saved));
        assert!(history.redo().is_none(), "what came after is forgotten");
        history.undo();
        assert!(history.return_to(saved));
        assert_eq!((history.version(), history.undone.len()), (saved, 0));
        assert!(!history.return_to(99));
        assert_eq!(history.version(), saved, "nowhere to go");
    }
}
