//! Ids: short names by which files, commands and people refer to hypotheses, evidence, sources and indicators.
//!
//! A copy shares the text, since a list of changes names the id of a hypothesis for every cell of a column.

use std::sync::Arc;

use super::value::ItemKind;

/// Longest id, in characters (all of them ASCII).
pub const MAX_ID_LEN: usize = 40;

/// The rule for ids, for messages.
pub const ID_RULE: &str = "an id has 1 to 40 characters a-z, 0-9 and -, the first a letter or digit";

/// Returns whether `text` matches `[a-z0-9][a-z0-9-]*` with at most [`MAX_ID_LEN`] characters.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.len() <= MAX_ID_LEN
        && text.bytes().next().is_some_and(word)
        && text.bytes().all(|b| word(b) || b == b'-')
}

/// Returns the id closest to `text`: lower case, with every run of other characters replaced by a hyphen.
/// `None` if nothing is left.
#[must_use]
pub fn suggest_id(text: &str) -> Option<String> {
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(MAX_ID_LEN);
    id.truncate(id.trim_end_matches('-').len());
    (!id.is_empty()).then_some(id)
}

/// Returns `base` if it is free, otherwise with the first number from 2 that makes it free, shortened to a
/// valid length.
#[must_use]
pub fn free_id(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| {
        let end = format!("-{number}");
        let head: String = base.chars().take(MAX_ID_LEN.saturating_sub(end.len())).collect();
        format!("{}{end}", head.trim_end_matches('-'))
    });
    std::iter::once(base.to_owned()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}

macro_rules! id_types {
    ($($name:ident: $help:literal)+) => {$(
        #[doc = $help]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the id, if `text` follows the rule of [`is_id`].
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.into()))
            }

            /// Returns the id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )+};
}

id_types! {
    HypothesisId: "Names a hypothesis; unique among hypotheses."
    EvidenceId: "Names an evidence item; unique among evidence items."
    SourceId: "Names a declared source; unique among sources."
    IndicatorId: "Names an indicator; unique among indicators."
    EstimateId: "Names an estimate; unique among estimates."
}

/// Names a row of cells: those of an evidence item, an indicator or an estimate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// The ratings of an evidence item.
    Evidence(EvidenceId),
    /// The ratings of an indicator.
    Indicator(IndicatorId),
    /// The probabilities of an estimate.
    Estimate(EstimateId),
}

impl RowId {
    /// Returns the kind of the row's item.
    #[must_use]
    pub const fn kind(&self) -> ItemKind {
        match self {
            Self::Evidence(_) => ItemKind::Evidence,
            Self::Indicator(_) => ItemKind::Indicator,
            Self::Estimate(_) => ItemKind::Estimate,
        }
    }

    /// Returns the id of the item as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Evidence(id) => id.as_str(),
            Self::Indicator(id) => id.as_str(),
            Self::Estimate(id) => id.as_str(),
        }
    }

    /// Returns the id of the evidence item, if the row belongs to one.
    #[must_use]
    pub const fn evidence(&self) -> Option<&EvidenceId> {
        match self {
            Self::Evidence(id) => Some(id),
            Self::Indicator(_) | Self::Estimate(_) => None,
        }
    }
}

impl AsRef<str> for RowId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

macro_rules! row_id_from {
    ($($id:ident => $variant:ident),+) => {
        $(
            impl From<$id> for RowId {
                fn from(id: $id) -> Self {
                    Self::$variant(id)
                }
            }
            impl From<&$id> for RowId {
                fn from(id: &$id) -> Self {
                    Self::$variant(id.clone())
                }
            }
        )+
    };
}

impl From<&Self> for RowId {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

row_id_from!(EvidenceId => Evidence, IndicatorId => Indicator, EstimateId => Estimate);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_lower_case_words() {
        for good in ["a", "0", "no-claim", "e7", "a-", &"x".repeat(40)] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "A", "a_b", "é", "a b", &"x".repeat(41)] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn a_suggested_id_is_an_id() {
        assert_eq!(suggest_id("No Claim!").as_deref(), Some("no-claim"));
        assert_eq!(suggest_id("e_7").as_deref(), Some("e-7"));
        assert_eq!(suggest_id("Кто?"), None);
        let long = suggest_id(&"Long name ".repeat(9)).unwrap();
        assert!(is_id(&long), "{long}");
    }
}
