//! Cells in forms: the ratings of an indicator and the probabilities of an estimate, a field for each hypothesis.

use super::field::FieldCell;
use super::{Form, FormField, FormSubject, LINE_SPEC};
use crate::change::{Change, Refused, make};
use crate::present::Objection;
use crate::present::words::stated;
use crate::scenario::{
    Cell, EstimateId, FieldSpec, Fielded, Hypothesis, HypothesisId, IndicatorId, ItemKind, Judgement,
    JudgementField, Probability, RowId, Scenario, Shape, Value,
};

/// The field of a probability.
const PROBABILITY: FieldSpec = FieldSpec {
    key: "probability",
    shape: Shape::Name,
    help: "How probable this is, such as 35% or 0.35; what they add up to is shown afterwards.",
    ..LINE_SPEC
};

/// The purpose of the rating of an indicator.
const EXPECTED: &str =
    "If this hypothesis were true: how expected is it that this is seen? CC very, II very unexpected.";

impl Form {
    /// Adds a field for each hypothesis to the form of an indicator or an estimate, before the note. A new estimate must
    /// state the probability of every active one.
    pub(super) fn with_cells(mut self, scenario: &Scenario) -> Self {
        let (kind, id) = match &self.subject {
            FormSubject::New(kind) => (*kind, None),
            FormSubject::Item(kind, id) => (*kind, Some(id.as_str())),
            FormSubject::Whole | FormSubject::Cell(..) | FormSubject::Block => return self,
        };
        let row = match kind {
            ItemKind::Indicator => {
                let indicator = scenario.indicators.iter().find(|item| Some(item.id.as_str()) == id);
                indicator.map(|indicator| &indicator.ratings)
            }
            ItemKind::Estimate => {
                let estimate = scenario.estimates.iter().find(|item| Some(item.id.as_str()) == id);
                estimate.map(|estimate| &estimate.probabilities)
            }
            ItemKind::Evidence | ItemKind::Hypothesis | ItemKind::Source => return self,
        };
        let cells = scenario.hypotheses.iter().enumerate().filter_map(|(at, hypothesis)| {
            let cell = row.and_then(|row| row.get(at));
            let is_shown = hypothesis.is_active() || cell.is_some();
            is_shown.then(|| field(kind, hypothesis, cell, id.is_none()))
        });
        let cells: Vec<FormField> = cells.collect();
        let place = self.fields.iter().position(|field| field.key == JudgementField::Note.as_str());
        let place = place.unwrap_or(self.fields.len());
        self.fields.splice(place..place, cells);
        self
    }
}

fn field(kind: ItemKind, hypothesis: &Hypothesis, cell: Option<&Cell>, is_new: bool) -> FormField {
    let (spec, value) = if kind == ItemKind::Estimate {
        let probability = cell.and_then(Cell::probability).map(stated);
        (FieldSpec { is_required: is_new && hypothesis.is_active(), ..PROBABILITY }, probability)
    } else {
        let rating = cell.and_then(|cell| cell.rating).map(|rating| rating.as_str().to_owned());
        (FieldSpec { help: EXPECTED, ..*JudgementField::Rating.spec() }, rating)
    };
    let cell = FieldCell { hypothesis: hypothesis.id.clone(), header: hypothesis.header().to_owned() };
    let mut field = FormField::new(&spec, value.map(Value::Text).as_ref());
    field.cell = Some(cell);
    field
}

/// Returns the objection to the contents of a cell.
pub(super) fn objection(field: &FormField) -> Option<Objection> {
    let cell = field.cell.as_ref().filter(|_| field.key == PROBABILITY.key)?;
    if field.is_blank() {
        let message = format!("a probability of {} is required", cell.header);
        return field.is_required.then(|| Objection::new(message, ""));
    }
    let text = field.text();
    let is_probability = !field.is_changed() || Probability::parse(&text).is_some();
    (!is_probability)
        .then(|| Objection::new(format!("\"{}\" is not a probability", text.trim()), "write 35% or 0.35"))
}

/// Sets the part of a judgement that a field is about.
fn judge(field: &FormField, wanted: &mut Judgement) -> Result<(), Refused> {
    if field.key == PROBABILITY.key {
        wanted.probability = Probability::parse(&field.text());
        return Ok(());
    }
    wanted.set_field(JudgementField::Rating, field.value()).map_err(Refused::Value)?;
    if wanted.rating.is_none() {
        wanted.confidence = None;
    }
    Ok(())
}

/// Returns the cells of a new item that are not blank.
pub(super) fn filled(form: &Form) -> Result<Vec<(HypothesisId, Cell)>, Refused> {
    let mut cells = Vec::new();
    for field in form.fields.iter().filter(|field| !field.is_blank()) {
        let Some(cell) = &field.cell else { continue };
        let mut judgement = Judgement::default();
        judge(field, &mut judgement)?;
        cells.push((cell.hypothesis.clone(), Cell::from(judgement)));
    }
    Ok(cells)
}

/// Returns the changes of the cells of an item that were edited.
pub(super) fn changes(
    scenario: &Scenario,
    form: &Form,
    kind: ItemKind,
    id: &str,
) -> Result<Vec<Change>, Refused> {
    let row = match kind {
        ItemKind::Indicator => IndicatorId::parse(id).map(RowId::from),
        ItemKind::Estimate => EstimateId::parse(id).map(RowId::from),
        ItemKind::Evidence | ItemKind::Hypothesis | ItemKind::Source => None,
    };
    let Some(row) = row else { return Ok(Vec::new()) };
    let mut changes = Vec::new();
    for field in form.fields.iter().filter(|field| field.is_changed()) {
        let Some(cell) = &field.cell else { continue };
        let mut wanted = make::judgement(scenario, &row, &cell.hypothesis)?;
        judge(field, &mut wanted)?;
        changes.extend(make::judge(scenario, &row, &cell.hypothesis, wanted)?);
    }
    Ok(changes)
}
