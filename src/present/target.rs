//! Targets: names of items and fields, such as `no-claim.credibility` or `evidence:no-claim`, and setting a field by
//! name. Shared by the command line and the editor's commands.

pub(crate) use super::kind::by_kind;
pub use super::kind::{ids, keys};
use super::objection::Objection;
use crate::change::{Change, Listed, Refused, make};
use crate::diagnostic::did_you_mean;
use crate::scenario::{FieldSpec, Item, ItemKind, Refusal, RowId, Scenario, ScenarioField, Shape, Value};
use crate::text::split_list;

/// A field to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field of the scenario itself.
    Own(ScenarioField),
    /// A field of an item, by its key.
    Field(ItemKind, String, String),
}

/// Finds the field that `path` names: `title`, `scoring.method`, `ID.FIELD`, `KIND:ID.FIELD`.
///
/// # Errors
/// An objection if there is no such field, or more than one.
pub fn field(scenario: &Scenario, path: &str) -> Result<Target, Objection> {
    if let Some(field) = ScenarioField::parse(path) {
        return Ok(Target::Own(field));
    }
    let Some((item, key)) = path.rsplit_once('.') else {
        if let Ok(kinds) = kinds_of(scenario, path) {
            let cell = kinds.contains(&ItemKind::Evidence);
            let help = if cell {
                format!("; a cell takes three words: {path} HYPOTHESIS RATING")
            } else {
                String::new()
            };
            return Err(Objection::new(
                format!("which field of {path} is not said"),
                format!("name it {path}.FIELD, such as {path}.note{help}"),
            ));
        }
        let help = did_you_mean(path, ScenarioField::WORDS.iter().copied()).unwrap_or_else(|| {
            format!("name ID.FIELD of an item, or one of {}", ScenarioField::WORDS.join(", "))
        });
        return Err(Objection::new(format!("the scenario has no field \"{path}\""), help));
    };
    if item == "meta" || path.starts_with("meta.") {
        return Err(Objection::new("[meta] is free and never read", "edit it by hand"));
    }
    if item == "scoring" || path.starts_with("scoring.") {
        let help = did_you_mean(path, ScenarioField::WORDS.iter().copied()).unwrap_or_else(|| {
            "there are scoring.method, scoring.bans_per_step and scoring.yardstick".into()
        });
        return Err(Objection::new(format!("there is no field \"{path}\""), help));
    }
    let kinds = kinds_of(scenario, item)?;
    let id = item.split_once(':').map_or(item, |(_, id)| id);
    let having: Vec<ItemKind> = kinds.iter().copied().filter(|kind| keys(*kind).contains(&key)).collect();
    match (having.as_slice(), kinds.as_slice()) {
        ([kind], _) => Ok(Target::Field(*kind, id.to_owned(), key.to_owned())),
        ([], _) if key == "id" => {
            Err(Objection::new("an id is changed by renaming", format!("use `ach mv FILE {item} NEW-ID`")))
        }
        ([], _) if key == "ratings" => Err(Objection::new(
            "ratings are set cell by cell",
            format!("use `ach set FILE {id} HYPOTHESIS RATING`"),
        )),
        ([], [kind, ..]) => {
            let help = did_you_mean(key, keys(*kind))
                .unwrap_or_else(|| format!("its fields are {}", keys(*kind).join(", ")));
            Err(Objection::new(format!("the {kind} \"{id}\" has no field \"{key}\""), help))
        }
        ([], []) | ([_, _, ..], _) => Err(ambiguous(id, &having)),
    }
}

/// Finds the one item that `text` names: `ID` or `KIND:ID`.
///
/// # Errors
/// An objection if there is no such item, or more than one.
pub fn item(scenario: &Scenario, text: &str) -> Result<(ItemKind, String), Objection> {
    let kinds = kinds_of(scenario, text)?;
    let id = text.split_once(':').map_or(text, |(_, id)| id);
    match kinds.as_slice() {
        [kind] => Ok((*kind, id.to_owned())),
        _ => Err(ambiguous(id, &kinds)),
    }
}

/// Finds the row that `text` names: `ID` or `KIND:ID` of an evidence item, an indicator or an estimate; where several have
/// the id, evidence comes first.
///
/// # Errors
/// An objection if there is no such row.
pub fn row(scenario: &Scenario, text: &str) -> Result<RowId, Objection> {
    let rows = [ItemKind::Evidence, ItemKind::Indicator, ItemKind::Estimate];
    let (asked, id) = match text.split_once(':') {
        Some((kind, id)) => (ItemKind::parse(kind), id),
        None => (None, text),
    };
    let of_kind = |kind: ItemKind| {
        let at = ids(scenario, kind).iter().position(|other| *other == id)?;
        scenario.row_id(kind, at)
    };
    let is_asked = |kind: &ItemKind| asked.is_none_or(|asked| asked == *kind);
    let found = rows.into_iter().filter(is_asked).find_map(of_kind);
    found.ok_or_else(|| Objection::unknown(scenario, asked.unwrap_or(ItemKind::Evidence), id))
}

/// Returns the name of an item on a command line: its id, after its kind if the id is ambiguous.
pub(super) fn with_kind(scenario: &Scenario, kind: ItemKind, id: impl AsRef<str>) -> String {
    let id = id.as_ref();
    if item(scenario, id).is_ok() { id.to_owned() } else { format!("{kind}:{id}") }
}

/// Returns the kinds of the items with this id; at least one.
fn kinds_of(scenario: &Scenario, text: &str) -> Result<Vec<ItemKind>, Objection> {
    if let Some((kind, id)) = text.split_once(':') {
        let Some(kind) = ItemKind::parse(kind) else {
            let help = did_you_mean(kind, ItemKind::WORDS.iter().copied())
                .unwrap_or_else(|| format!("expected one of {}", ItemKind::WORDS.join(", ")));
            return Err(Objection::new(format!("unknown kind \"{kind}\""), help));
        };
        return if ids(scenario, kind).contains(&id) {
            Ok(vec![kind])
        } else {
            Err(Objection::unknown(scenario, kind, id))
        };
    }
    let kinds: Vec<ItemKind> =
        ItemKind::ALL.iter().copied().filter(|kind| ids(scenario, *kind).contains(&text)).collect();
    if kinds.is_empty() {
        let all = ItemKind::ALL.iter().flat_map(|kind| ids(scenario, *kind));
        let help = did_you_mean(text, all).unwrap_or_else(|| "`ach table` lists the items".into());
        return Err(Objection::new(format!("there is nothing with the id \"{text}\""), help));
    }
    Ok(kinds)
}

fn ambiguous(id: &str, kinds: &[ItemKind]) -> Objection {
    let named: Vec<String> = kinds.iter().map(|kind| format!("{kind}:{id}")).collect();
    Objection::new(
        format!("\"{id}\" is the id of several things"),
        format!("say which: {}", named.join(" or ")),
    )
}

/// Returns the changes that set the field named by `path` to `text`, or remove it for `None`. Empty if it is so already.
///
/// # Errors
/// An objection if there is no such field, or if it does not take the value.
pub fn set(scenario: &Scenario, path: &str, text: Option<&str>) -> Result<Vec<Change>, Objection> {
    match field(scenario, path)? {
        Target::Own(field) => {
            let change = make::set_own(scenario, field, text.map(|text| value(field.spec().shape, text)));
            change
                .map(|change| change.into_iter().collect())
                .map_err(|refused| object(scenario, &refused, path, text))
        }
        Target::Field(kind, id, key) => by_kind!(kind, set_in_item(scenario, path, &id, &key, text)),
    }
}

fn set_in_item<T: Listed>(
    scenario: &Scenario,
    path: &str,
    id: &str,
    key: &str,
    text: Option<&str>,
) -> Result<Vec<Change>, Objection> {
    let (Some(id), Some(field)) = (T::parse_id(id), T::parse_field(key)) else {
        return Err(Objection::unknown(scenario, T::KIND, id));
    };
    let value = text.map(|text| value(T::shape(field), text));
    make::set_field::<T>(scenario, &id, field, value)
        .map_err(|refused| object(scenario, &refused, path, text))
}

fn object(scenario: &Scenario, refused: &Refused, path: &str, text: Option<&str>) -> Objection {
    match refused {
        Refused::Value(Refusal::Required) if text.is_none() => {
            Objection::new(format!("{path} cannot be removed"), "give it another value instead")
        }
        Refused::Value(refusal) => Objection::to_value(*refusal, text.unwrap_or_default()),
        other => Objection::to_change(scenario, other),
    }
}

/// The row of the field that `path` names; `None` if it names none, or several.
#[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "the program asks for it"))]
pub(crate) fn spec(scenario: &Scenario, path: &str) -> Option<&'static FieldSpec> {
    fn of<T: Item>(key: &str) -> Option<&'static FieldSpec> {
        T::parse_field(key).map(T::spec)
    }
    match field(scenario, path).ok()? {
        Target::Own(field) => Some(field.spec()),
        Target::Field(kind, _, key) => by_kind!(kind, of(&key)),
    }
}

/// A value for a field of this shape as it is typed: lists with commas, an entry in quotes where it has a comma itself.
/// A text that does not fit is refused later, by the field itself.
#[must_use]
pub fn value(shape: Shape, text: &str) -> Value {
    match shape {
        Shape::Number | Shape::PositiveNumber => {
            text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number)
        }
        Shape::Flag => text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Flag),
        Shape::List | Shape::TextOrList => Value::List(split_list(text)),
        Shape::Text | Shape::Name | Shape::Word(_) | Shape::Day | Shape::Date | Shape::Grade => {
            Value::Text(text.to_owned())
        }
    }
}
