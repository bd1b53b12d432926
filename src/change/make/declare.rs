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
    let first = add(scenario, item, Vec::new(), index)?;
    if T::KIND != ItemKind::Source || !scenario.sources.is_empty() {
        return Ok(vec![first]);
    }
    let cited = scenario.evidence.iter().flat_map(Evidence::sources).map(String::as_str);
    declaring(scenario, Some(first), cited)
}

/// Declares the source that items cite by this text, and has them cite its id. A source that is declared under this
/// name is cited instead.
///
/// # Errors
///
/// Like [`add`].
pub fn declare(scenario: &Scenario, cited: &str) -> Result<Vec<Change>, Refused> {
    declaring(scenario, None, [cited])
}

/// Declares the sources that items cite by these texts, after a first change.
fn declaring<'t>(
    scenario: &Scenario,
    first: Option<Change>,
    texts: impl IntoIterator<Item = &'t str>,
) -> Result<Vec<Change>, Refused> {
    let (mut after, mut changes) = (scenario.clone(), Vec::new());
    let mut make = |change: Change, after: &mut Scenario| {
        apply(after, &change)?;
        changes.push(change);
        Ok(())
    };
    if let Some(first) = first {
        make(first, &mut after)?;
    }
    let mut ids: HashMap<&str, String> = HashMap::new();
    for text in texts {
        if ids.contains_key(text) {
            continue;
        }
        let is_meant =
            |source: &&Source| source.id.as_str() == text || source.name.eq_ignore_ascii_case(text.trim());
        let known = after.sources.iter().find(is_meant).map(|source| source.id.as_str().to_owned());
        let id = match known {
            Some(id) => id,
            None => {
                let id = unused_id(&after, text).ok_or(Refused::Malformed)?;
                let source = Source::new(id.clone(), text);
                make(add(&after, &source, Vec::new(), usize::MAX)?, &mut after)?;
                id.as_str().to_owned()
            }
        };
        ids.insert(text, id);
    }
    for item in &scenario.evidence {
        let declared = |text: &String| ids.get(text.as_str()).unwrap_or(text).clone();
        let cited: Vec<String> = item.sources().iter().map(declared).collect();
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
