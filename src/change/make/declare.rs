//! Declares the sources that items cite as free text, once the first source is declared.

use std::collections::{HashMap, HashSet};

use super::{add, set_field};
use crate::change::{Change, Listed, Refused, apply};
use crate::scenario::{
    Evidence, EvidenceField, ItemKind, Scenario, Source, SourceId, Value, free_id, suggest_id,
};

/// Adds an item without cells, like [`add`]. With the first source of a scenario, all sources that items cite
/// as free text are declared too, since every cited source must be declared from then on.
///
/// # Errors
///
/// Like [`add`].
pub fn add_declaring<T: Listed>(scenario: &Scenario, item: &T, index: usize) -> Result<Vec<Change>, Refused> {
    let mut changes = vec![add(scenario, item, Vec::new(), index)?];
    if T::KIND != ItemKind::Source || !scenario.sources.is_empty() {
        return Ok(changes);
    }
    let mut after = scenario.clone();
    for change in &changes {
        apply(&mut after, change)?;
    }
    let mut make = |change: Change, after: &mut Scenario| {
        apply(after, &change)?;
        changes.push(change);
        Ok(())
    };
    let mut ids: HashMap<&str, String> = HashMap::new();
    for text in scenario.evidence.iter().flat_map(Evidence::sources) {
        if ids.contains_key(text.as_str()) {
            continue;
        }
        let is_meant =
            |source: &&Source| source.id.as_str() == text || source.name.eq_ignore_ascii_case(text.trim());
        let known = after.sources.iter().find(is_meant).map(|source| source.id.as_str().to_owned());
        let id = match known {
            Some(id) => id,
            None => {
                let id = unused_id(&after, text).ok_or(Refused::Malformed)?;
                let source = Source::new(id.clone(), text.as_str());
                make(add(&after, &source, Vec::new(), usize::MAX)?, &mut after)?;
                id.as_str().to_owned()
            }
        };
        ids.insert(text, id);
    }
    for item in &scenario.evidence {
        let cited: Vec<String> =
            item.sources().iter().filter_map(|text| ids.get(text.as_str()).cloned()).collect();
        if cited == item.sources() {
            continue;
        }
        let value = Some(Value::text_or_list(&cited));
        for change in set_field::<Evidence>(&after, &item.id, EvidenceField::Source, value)? {
            make(change, &mut after)?;
        }
    }
    Ok(changes)
}

/// Returns an unused id derived from a text.
fn unused_id(scenario: &Scenario, text: &str) -> Option<SourceId> {
    let taken: HashSet<&str> = scenario.sources.iter().map(|source| source.id.as_str()).collect();
    let base = suggest_id(text).unwrap_or_else(|| "source".to_owned());
    SourceId::parse(&free_id(&base, |id| taken.contains(id)))
}
