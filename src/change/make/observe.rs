//! Observes an indicator: it becomes an evidence item with the ratings it was given beforehand.

use super::{add, set_field};
use crate::change::{Change, Refused};
use crate::scenario::{
    Cell, Date, Evidence, EvidenceField, EvidenceId, Fielded, Hypothesis, HypothesisId, Indicator,
    IndicatorField, IndicatorId, IndicatorStatus, Item, ItemKind, Judgement, Kind, Scenario, Value,
};

/// How an indicator was observed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observation {
    /// The date on which it became known.
    pub date: Option<Date>,
    /// The source, as the item's `source`.
    pub source: Option<Value>,
    /// Whether it was expected and did not happen.
    pub is_absent: bool,
}

/// Turns a pending indicator into an item with its id, text and cells, and marks it as observed. An event
/// that did not happen becomes an item of kind `absence` with blank cells, since silence is judged anew.
///
/// # Errors
///
/// [`Refused::Unknown`] if there is no such indicator or source, [`Refused::Settled`] if it is not pending,
/// [`Refused::Taken`] if an item has its id.
pub fn observe(
    scenario: &Scenario,
    id: &IndicatorId,
    observation: &Observation,
) -> Result<Vec<Change>, Refused> {
    let unknown = || Refused::Unknown(ItemKind::Indicator, id.to_string());
    let indicator = scenario.item::<Indicator>(id).ok_or_else(unknown)?;
    if indicator.status() != IndicatorStatus::Pending {
        return Err(Refused::Settled(indicator.status()));
    }
    let text = indicator.text.as_str();
    let is_absent = observation.is_absent;
    let named = EvidenceId::parse(id.as_str()).ok_or(Refused::Malformed)?;
    let mut item =
        Evidence::new(named, if is_absent { format!("Not observed: {text}") } else { text.to_owned() });
    item.kind = is_absent.then_some(Kind::Absence);
    item.date = observation.date;
    item.set_field(EvidenceField::Source, observation.source.clone()).map_err(Refused::Value)?;
    let cells = if is_absent { Vec::new() } else { judgements(scenario, indicator) };
    let mut changes = vec![add(scenario, &item, cells, usize::MAX)?];
    let status = if is_absent { IndicatorStatus::NotObserved } else { IndicatorStatus::Observed };
    let status = Some(Value::Text(status.as_str().to_owned()));
    changes.extend(set_field::<Indicator>(scenario, id, IndicatorField::Status, status)?);
    Ok(changes)
}

/// Returns the cells of an indicator without their conflicts.
fn judgements(scenario: &Scenario, indicator: &Indicator) -> Vec<(HypothesisId, Cell)> {
    let cell = |(at, cell): (usize, &Cell)| {
        let hypothesis: &Hypothesis = scenario.hypotheses.get(at)?;
        let judgement: Judgement = cell.judgement();
        Some((hypothesis.id().clone(), Cell::from(judgement)))
    };
    indicator.ratings.iter().filter_map(cell).filter(|(_, cell)| !cell.is_empty()).collect()
}
