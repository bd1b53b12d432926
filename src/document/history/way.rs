//! The ways between the versions of a history: for whoever has one version and wants another.

use super::{History, InPlace, Step, Undo};
use crate::change::{Change, inverse_all};
use crate::document::edit::{Splice, Splices, undone};

impl History {
    /// The splices, in order, that lead from the text of a version to the present text; `None` unless that is one step
    /// made in place, or one taken back.
    #[must_use]
    pub fn splices_since(&self, version: u64) -> Option<Vec<&Splice>> {
        if let Some(undone) = self.undone.last().filter(|undone| undone.number == version) {
            return Some(undone.undo.in_place()?.iter().rev().map(|made| &made.quick.back).collect());
        }
        let (last, before) = self.done.split_last()?;
        let is_before = before.last().map_or(self.origin, |step| step.number) == version;
        Some(last.undo.in_place().filter(|_| is_before)?.iter().map(|made| &made.quick.splice).collect())
    }

    /// The changes, in order, that lead from the scenario of a version to the present one; `None` if the way from there
    /// is not known any more.
    #[must_use]
    pub fn changes_since(&self, version: u64) -> Option<Vec<Change>> {
        let at = |steps: &[Step]| steps.iter().rposition(|step| step.number == version);
        if let Some(after) = at(&self.done).map(|at| at + 1).or((version == self.origin).then_some(0)) {
            let steps = self.done.get(after..)?;
            return Some(steps.iter().flat_map(|step| &step.changes).cloned().collect());
        }
        let steps = self.undone.get(at(&self.undone)?..)?;
        Some(steps.iter().flat_map(|step| inverse_all(&step.changes)).collect())
    }

    /// Returns the text of an earlier version; `None` if the way back to it is not known any more.
    #[must_use]
    pub fn text_of(&self, version: u64) -> Option<String> {
        let at = self.done.iter().rposition(|step| step.number == version);
        let after = at.map(|at| at + 1).or((version == self.origin).then_some(0))?;
        let mut steps = self.done.get(after..)?.iter().rev();
        let Some(last) = steps.next() else { return Some(self.document.text().to_owned()) };
        let text = last.undo.text_before(self.document.text());
        Some(steps.fold(text, |text, step| step.undo.text_before(&text)))
    }

    /// The ways back over the last steps, the latest first: for each the splices that undo it, each of the text that the
    /// one before left.
    pub fn ways_back(&self) -> impl Iterator<Item = Vec<Splice>> {
        self.done.iter().rev().map(|step| {
            let in_order = |splices: &Splices| splices.as_slice().iter().rev().cloned().collect::<Vec<_>>();
            match &step.undo {
                Undo::Quick(made) => made.iter().rev().map(|made| made.quick.back.clone()).collect(),
                Undo::Splices(made) => made.iter().rev().flat_map(in_order).collect(),
                Undo::Across(splices) => in_order(splices),
            }
        })
    }
}

impl Undo {
    /// Returns the text before the step, from the text after it.
    fn text_before(&self, text: &str) -> String {
        match self {
            Self::Quick(made) => {
                let mut text = text.to_owned();
                for InPlace { quick, .. } in made.iter().rev() {
                    text.replace_range(quick.back.range.clone(), &quick.back.text);
                }
                text
            }
            Self::Splices(made) => undone(text, made),
            Self::Across(splices) => splices.apply(text).0,
        }
    }
}
