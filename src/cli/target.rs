//! Targets: what an argument such as `no-claim.credibility` or `evidence:no-claim` names in a scenario.

use super::edit::unknown;
use super::outcome::Failure;
use crate::diagnostic::did_you_mean;
use crate::scenario::{Item, ItemKind, Scenario, ScenarioField, Shape, Value};

/// Calls a function that is generic over the type of item with the type of a kind.
macro_rules! by_kind {
    ($kind:expr, $function:ident($($argument:expr),*)) => {
        match $kind {
            $crate::scenario::ItemKind::Hypothesis => $function::<$crate::scenario::Hypothesis>($($argument),*),
            $crate::scenario::ItemKind::Source => $function::<$crate::scenario::Source>($($argument),*),
            $crate::scenario::ItemKind::Evidence => $function::<$crate::scenario::Evidence>($($argument),*),
            $crate::scenario::ItemKind::Indicator => $function::<$crate::scenario::Indicator>($($argument),*),
        }
    };
}
pub(super) use by_kind;

/// A field that is to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// One of the scenario's own.
    Own(ScenarioField),
    /// A field of an item, by its key.
    Field(ItemKind, String, String),
}

/// The field that `path` names: `title`, `scoring.method`, `ID.FIELD`, `KIND:ID.FIELD`.
pub(super) fn field(scenario: &Scenario, path: &str) -> Result<Target, Failure> {
    if let Some(field) = ScenarioField::parse(path) {
        return Ok(Target::Own(field));
    }
    let Some((item, key)) = path.rsplit_once('.') else {
        let help = did_you_mean(path, ScenarioField::WORDS.iter().copied()).unwrap_or_else(|| {
            format!("name ID.FIELD of an item, or one of {}", ScenarioField::WORDS.join(", "))
        });
        return Err(Failure::refused(format!("the scenario has no field \"{path}\""), help));
    };
    if item == "meta" || path.starts_with("meta.") {
        return Err(Failure::refused("[meta] is free and never read", "edit it by hand"));
    }
    if item == "scoring" || path.starts_with("scoring.") {
        let help = did_you_mean(path, ScenarioField::WORDS.iter().copied()).unwrap_or_else(|| {
            "there are scoring.method, scoring.bans_per_step and scoring.yardstick".into()
        });
        return Err(Failure::refused(format!("there is no field \"{path}\""), help));
    }
    let kinds = kinds_of(scenario, item)?;
    let id = item.split_once(':').map_or(item, |(_, id)| id);
    let having: Vec<ItemKind> = kinds.iter().copied().filter(|kind| keys(*kind).contains(&key)).collect();
    match (having.as_slice(), kinds.as_slice()) {
        ([kind], _) => Ok(Target::Field(*kind, id.to_owned(), key.to_owned())),
        ([], _) if key == "id" => {
            Err(Failure::refused("an id is changed by renaming", format!("use `ach mv FILE {id} NEW-ID`")))
        }
        ([], _) if key == "ratings" => Err(Failure::refused(
            "ratings are set cell by cell",
            format!("use `ach set FILE {id} HYPOTHESIS RATING`"),
        )),
        ([], [kind, ..]) => {
            let help = did_you_mean(key, keys(*kind))
                .unwrap_or_else(|| format!("its fields are {}", keys(*kind).join(", ")));
            Err(Failure::refused(format!("the {kind} \"{id}\" has no field \"{key}\""), help))
        }
        ([], []) | ([_, _, ..], _) => Err(ambiguous(id, &having)),
    }
}

/// The one item that `text` names: `ID` or `KIND:ID`.
pub(super) fn item(scenario: &Scenario, text: &str) -> Result<(ItemKind, String), Failure> {
    let kinds = kinds_of(scenario, text)?;
    let id = text.split_once(':').map_or(text, |(_, id)| id);
    match kinds.as_slice() {
        [kind] => Ok((*kind, id.to_owned())),
        _ => Err(ambiguous(id, &kinds)),
    }
}

/// The kinds in which an item with this id is; at least one.
fn kinds_of(scenario: &Scenario, text: &str) -> Result<Vec<ItemKind>, Failure> {
    if let Some((kind, id)) = text.split_once(':') {
        let Some(kind) = ItemKind::parse(kind) else {
            let help = did_you_mean(kind, ItemKind::WORDS.iter().copied())
                .unwrap_or_else(|| format!("expected one of {}", ItemKind::WORDS.join(", ")));
            return Err(Failure::refused(format!("unknown kind \"{kind}\""), help));
        };
        return if ids(scenario, kind).contains(&id) {
            Ok(vec![kind])
        } else {
            Err(unknown(scenario, kind, id))
        };
    }
    let kinds: Vec<ItemKind> =
        ItemKind::ALL.iter().copied().filter(|kind| ids(scenario, *kind).contains(&text)).collect();
    if kinds.is_empty() {
        let all = ItemKind::ALL.iter().flat_map(|kind| ids(scenario, *kind));
        let help = did_you_mean(text, all).unwrap_or_else(|| "`ach table` lists the items".into());
        return Err(Failure::refused(format!("there is nothing with the id \"{text}\""), help));
    }
    Ok(kinds)
}

fn ambiguous(id: &str, kinds: &[ItemKind]) -> Failure {
    let named: Vec<String> = kinds.iter().map(|kind| format!("{kind}:{id}")).collect();
    Failure::refused(
        format!("\"{id}\" is the id of several things"),
        format!("say which: {}", named.join(" or ")),
    )
}

/// Ids of a kind, in order.
pub(super) fn ids(scenario: &Scenario, kind: ItemKind) -> Vec<&str> {
    fn of<T: Item>(scenario: &Scenario) -> Vec<&str> {
        T::list(scenario).iter().map(|item| item.id().as_ref()).collect()
    }
    by_kind!(kind, of(scenario))
}

/// The keys of the fields of a kind.
pub(super) fn keys(kind: ItemKind) -> Vec<&'static str> {
    fn of<T: Item>() -> Vec<&'static str> {
        T::FIELDS.iter().map(|field| T::key(*field)).collect()
    }
    by_kind!(kind, of())
}

/// A value for a field of this shape as it is given on the command line: lists with commas. What does not fit is
/// refused later, by the field itself.
pub(super) fn value(shape: Shape, text: &str) -> Value {
    match shape {
        Shape::Number | Shape::PositiveNumber => {
            text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number)
        }
        Shape::List | Shape::TextOrList => {
            Value::List(text.split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect())
        }
        Shape::Text | Shape::Word(_) | Shape::Day | Shape::Date | Shape::Grade => {
            Value::Text(text.to_owned())
        }
    }
}
