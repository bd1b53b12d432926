//! The steps of past sessions, so that they can be undone: kept beside the journals, one file for each scenario, as long
//! as that has the very text that the last step left.
//!
//! ```text
//! ach undo 1 LENGTH CHECK
//! [SECONDS, [[START, END, "TEXT"], ...]]
//! ```
//!
//! The first line tells the text of the scenario; then comes a line for each step, the latest first: when it was saved,
//! and the splices that take it back. Knows texts and paths. Must never know what the texts mean.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::place::{self, AtPlace, JournalPlace};
use super::record::checksum_of;
use crate::document::Splice;
use crate::store::other::remove_if_there;

/// The largest text of a scenario whose steps are kept, in bytes; the largest file of steps, and the most steps.
const MAX_TEXT: usize = 8 * 1024 * 1024;
const MAX_BYTES: usize = 256 * 1024;
const MAX_STEPS: usize = 200;

/// A step of a past session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastStep {
    /// When it was saved.
    pub saved: SystemTime,
    /// The splices that take it back, each of the text that the one before left.
    pub back: Vec<Splice>,
}

/// Keeps the steps, the latest first, that led to the text of a file that is saved now: the ways back over those of this
/// session, and those before. As many are kept as there is room for.
///
/// # Errors
/// The error of the system. The steps are lost then, but nothing else is.
pub fn keep_undo(
    place: &JournalPlace,
    text: &str,
    ways_back: impl Iterator<Item = Vec<Splice>>,
    past: impl Iterator<Item = PastStep>,
) -> io::Result<()> {
    let path = path(place)?;
    let mut lines = first_line(text);
    let saved = SystemTime::now();
    let steps = ways_back.map(|back| PastStep { saved, back }).chain(past);
    for PastStep { saved, back } in steps.take(MAX_STEPS) {
        let seconds = saved.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let back: Vec<_> = back.iter().map(|s| (s.range.start, s.range.end, &s.text)).collect();
        let before = lines.len();
        lines.push_str(&serde_json::json!((seconds, back)).to_string());
        lines.push('\n');
        if lines.len() > MAX_BYTES {
            lines.truncate(before);
            break;
        }
    }
    if text.len() > MAX_TEXT || lines.lines().nth(1).is_none() {
        return remove_if_there(&path);
    }
    let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
    place::create_directory(directory)?;
    let mut temporary = tempfile::Builder::new().prefix(".ach-").suffix(".tmp").tempfile_in(directory)?;
    temporary.write_all(lines.as_bytes())?;
    temporary.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Returns the steps, the latest first, that led to the text of a file; none if it has changed since.
pub fn kept_undo(place: &JournalPlace, text: &str) -> Vec<PastStep> {
    if text.len() > MAX_TEXT {
        return Vec::new();
    }
    let Ok(path) = path(place) else { return Vec::new() };
    let AtPlace::File(file) = place::open(&path) else { return Vec::new() };
    let mut lines = String::new();
    if file.take(MAX_BYTES as u64).read_to_string(&mut lines).is_err() {
        return Vec::new();
    }
    let Some(steps) = lines.strip_prefix(&first_line(text)) else { return Vec::new() };
    steps.lines().map_while(step).collect()
}

fn step(line: &str) -> Option<PastStep> {
    let (seconds, back): (u64, Vec<(usize, usize, String)>) = serde_json::from_str(line).ok()?;
    let saved = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    let back = back.into_iter().map(|(start, end, text)| Splice { range: start..end, text }).collect();
    Some(PastStep { saved, back })
}

fn first_line(text: &str) -> String {
    format!("ach undo 1 {} {:016x}\n", text.len(), checksum_of(text.as_bytes()))
}

/// The place of the steps: the first that a journal would take, with another ending.
fn path(place: &JournalPlace) -> io::Result<PathBuf> {
    let first = place.candidates.first().ok_or(io::ErrorKind::NotFound)?;
    Ok(first.with_extension("ach-undo"))
}
