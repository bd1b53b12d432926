//! Accepting: the changes that a checked form makes.

use std::borrow::Cow;

use super::{Form, FormField, FormSubject, ID, cells};
use crate::change::{Change, Listed, Refused, apply, make};
use crate::present::target::by_kind;
use crate::scenario::{
    Estimate, EvidenceId, Fielded, HypothesisId, Indicator, ItemKind, JudgementField, Scenario,
    ScenarioField, Source,
};
use crate::text::split_list;

/// Returns the changes of a form, to be made as one step; empty if there are none.
///
/// # Errors
/// The scenario refuses a change.
pub(crate) fn changes(scenario: &Scenario, form: &Form) -> Result<Vec<Change>, Refused> {
    let mut after = Cow::Borrowed(scenario);
    let mut changes = Vec::new();
    for source in form.sources.iter().filter(|source| is_cited(form, source)) {
        let change = make::add(&after, source, Vec::new(), usize::MAX)?;
        apply(after.to_mut(), &change)?;
        changes.push(change);
    }
    let made = match &form.subject {
        FormSubject::Block => Ok(Vec::new()),
        FormSubject::Whole => whole(&after, form),
        FormSubject::Cell(evidence, hypothesis) => cell(&after, form, evidence, hypothesis),
        FormSubject::Item(kind, id) => {
            // A new id comes last.
            changes.extend(cells::changes(&after, form, *kind, id)?);
            by_kind!(*kind, item(&after, form, id))
        }
        FormSubject::New(ItemKind::Indicator) => added_row::<Indicator>(&after, form),
        FormSubject::New(ItemKind::Estimate) => added_row::<Estimate>(&after, form),
        FormSubject::New(kind) => by_kind!(*kind, added(&after, form)),
    }?;
    changes.extend(made);
    Ok(changes)
}

/// Whether a field still cites a source that was named in a picker.
fn is_cited(form: &Form, source: &Source) -> bool {
    let cited = |field: &FormField| split_list(&field.text()).iter().any(|id| id == source.id.as_str());
    form.fields.iter().any(cited)
}

fn whole(scenario: &Scenario, form: &Form) -> Result<Vec<Change>, Refused> {
    // Changes of the scoring come first: the sentence about the step names the first.
    let changed = form.fields.iter().filter(|field| field.is_changed());
    let (scoring, others): (Vec<_>, Vec<_>) = changed.partition(|field| field.key.starts_with("scoring."));
    let mut changes = Vec::new();
    for field in scoring.into_iter().chain(others) {
        if let Some(known) = ScenarioField::parse(field.key) {
            changes.extend(make::set_own(scenario, known, field.value())?);
        }
    }
    Ok(changes)
}

fn cell(
    scenario: &Scenario,
    form: &Form,
    evidence: &EvidenceId,
    hypothesis: &HypothesisId,
) -> Result<Vec<Change>, Refused> {
    let mut wanted = make::judgement(scenario, evidence, hypothesis)?;
    fill(form, &mut wanted)?;
    let is_changed = |key: &str| form.fields.iter().any(|field| field.key == key && field.is_changed());
    if wanted.rating.is_none() && is_changed(JudgementField::Rating.as_str()) {
        // The confidence goes with the rating, as when a cell is blanked by its key.
        wanted.confidence = None;
    }
    make::judge(scenario, evidence, hypothesis, wanted)
}

fn item<T: Listed>(scenario: &Scenario, form: &Form, id: &str) -> Result<Vec<Change>, Refused> {
    let unknown = || Refused::Unknown(T::KIND, id.to_owned());
    let id = T::parse_id(id).ok_or_else(unknown)?;
    let mut wanted = scenario.item::<T>(&id).ok_or_else(unknown)?.bare();
    fill(form, &mut wanted)?;
    let mut changes = make::set_fields(scenario, &wanted)?;
    if let Some(new) = T::parse_id(form.text(ID).trim()) {
        changes.extend(make::rename::<T>(scenario, &id, &new)?);
    }
    Ok(changes)
}

fn added<T: Listed>(scenario: &Scenario, form: &Form) -> Result<Vec<Change>, Refused> {
    make::add_declaring(scenario, &typed::<T>(form)?, usize::MAX)
}

fn added_row<T: Listed<Across = HypothesisId>>(
    scenario: &Scenario,
    form: &Form,
) -> Result<Vec<Change>, Refused> {
    Ok(vec![make::add(scenario, &typed::<T>(form)?, cells::filled(form)?, usize::MAX)?])
}

/// Returns the new item of a form, without its cells.
fn typed<T: Listed>(form: &Form) -> Result<T, Refused> {
    let id = T::parse_id(form.text(ID).trim()).ok_or(Refused::Malformed)?;
    let mut item = T::named(id, String::new());
    fill(form, &mut item)?;
    Ok(item)
}

/// Sets the fields that were changed.
fn fill<T: Fielded>(form: &Form, item: &mut T) -> Result<(), Refused> {
    let changed = || form.fields.iter().filter(|field| field.is_changed());
    // Emptied fields come first, since a field can replace another one.
    for field in changed().filter(|field| field.is_blank()).chain(changed().filter(|field| !field.is_blank()))
    {
        if let Some(known) = T::parse_field(field.key) {
            item.set_field(known, field.value()).map_err(Refused::Value)?;
        }
    }
    Ok(())
}
