//! A commit in a report: who, when and why.

use std::borrow::Cow;

use serde::Serialize;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CommitNote {
    /// Its id, in full.
    #[serde(rename = "commit")]
    pub id: String,
    /// Who made the change.
    pub author: String,
    /// When, in ISO 8601 with the offset of the author's clock.
    pub date: String,
    /// The first line of its message.
    pub subject: String,
    /// The path of the file in it.
    pub path: String,
    /// Whether the version before it is not here, as in a shallow clone, or cannot be read: what it holds may be older.
    #[serde(rename = "boundary")]
    pub is_boundary: bool,
}

/// Hexadecimal digits by which people call a commit.
const SHORT: usize = 7;

impl CommitNote {
    /// The beginning of its id, by which git finds it; with `^` before it, as git writes at the end of a
    /// shallow clone, if what it holds may be older.
    #[must_use]
    pub fn short(&self) -> Cow<'_, str> {
        let id = self.id.get(..SHORT).unwrap_or(&self.id);
        if self.is_boundary { Cow::Owned(format!("^{id}")) } else { Cow::Borrowed(id) }
    }

    /// The day of its date.
    #[must_use]
    pub fn day(&self) -> &str {
        self.date.split('T').next().unwrap_or_default()
    }
}
