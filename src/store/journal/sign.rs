//! A sign on the file itself that a user has unsaved edits in it, for other users and other computers, who do not see
//! the journal.
//!
//! It is an extended attribute: git does not commit it, and saves of others copy it. Where the file system has none,
//! others are not told. A sign is only told, and never believed: it decides nothing.
#![expect(clippy::disallowed_methods, reason = "a sign says when edits began")]

use std::path::Path;
use std::time::{Duration, SystemTime};

use super::author::JournalAuthor;

#[cfg(unix)]
const NAME: &str = "user.ach.unsaved";

/// Unsaved edits of another user, or on another computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OthersEdits {
    /// The name of the user.
    pub user: String,
    /// The name of the computer.
    pub host: String,
    /// The time when the edits began.
    pub since: SystemTime,
    /// Whether the editor still runs; `None` on another computer, where that is unknown.
    pub is_running: Option<bool>,
}

/// Marks a file as edited by this process, for others who do not see the journal, unless they have marked it.
pub fn mark(file: &Path) {
    if read(file).is_none_or(|(author, _)| author.is_own()) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        write(file, &format!("{} {}", now.as_secs(), JournalAuthor::this()));
    }
}

/// Removes the mark of this user once nothing is unsaved, unless another editor that still runs has made it.
pub fn unmark(file: &Path) {
    let is_ours = |author: &JournalAuthor| {
        *author == JournalAuthor::this() || author.is_own() && author.is_running() == Some(false)
    };
    if read(file).is_some_and(|(author, _)| is_ours(&author)) {
        remove(file);
    }
}

/// Returns the edits of which others have left a sign.
pub fn others_edits(file: &Path) -> Option<OthersEdits> {
    let (author, since) = read(file).filter(|(author, _)| !author.is_own())?;
    let (user, is_running) = (author.user_name(), author.is_running());
    Some(OthersEdits { user, host: author.host, since, is_running })
}

fn read(file: &Path) -> Option<(JournalAuthor, SystemTime)> {
    let value = String::from_utf8(attribute(file)?).ok().filter(|value| value.len() < 400)?;
    let (since, author) = value.split_once(' ')?;
    let since = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(since.parse().ok()?))?;
    Some((JournalAuthor::parse(author)?, since))
}

#[cfg(unix)]
fn attribute(file: &Path) -> Option<Vec<u8>> {
    xattr::get_deref(file, NAME).ok().flatten()
}

#[cfg(unix)]
fn write(file: &Path, value: &str) {
    drop(xattr::set_deref(file, NAME, value.as_bytes()));
}

#[cfg(unix)]
fn remove(file: &Path) {
    drop(xattr::remove_deref(file, NAME));
}

#[cfg(not(unix))]
fn attribute(_: &Path) -> Option<Vec<u8>> {
    None
}

#[cfg(not(unix))]
fn write(_: &Path, _: &str) {}

#[cfg(not(unix))]
fn remove(_: &Path) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn others_are_told_of_edits_and_their_sign_stays() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("case.toml");
        std::fs::write(&file, "").unwrap();
        mark(&file);
        let Some(value) = attribute(&file) else { return };
        assert_eq!(others_edits(&file), None, "one's own");
        unmark(&file);
        assert_eq!(attribute(&file), None);

        let value = String::from_utf8(value).unwrap();
        let host = value.rsplit(' ').next().unwrap().to_owned();
        let theirs = value.replace(&host, "another");
        write(&file, &theirs);
        let told = others_edits(&file).unwrap();
        assert_eq!((told.host.as_str(), told.is_running), ("another", None));
        mark(&file);
        unmark(&file);
        assert_eq!(attribute(&file), Some(theirs.into_bytes()));
        for odd in ["", "now 0 1 2 host", "1", "99999999999999999999 0 1 2 host"] {
            write(&file, odd);
            assert_eq!(others_edits(&file), None);
        }
    }
}
