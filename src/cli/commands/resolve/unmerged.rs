//! Finds what an unmerged file lacks of the versions that git keeps of it. Where no merge driver ran, git leaves ours in
//! the file, without a mark.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::change::{apply_all, diff, merge, settle_all};
use crate::cli::git::installation;
use crate::document;
use crate::git::{self, Address, Revision, Three, TreePath};
use crate::present::{Unmerged, sentence};
use crate::scenario::{Scenario, Side};
use crate::store::MAX_BYTES;

/// Returns what the file lacks. `None` if it lacks nothing, or if git does not list it as unmerged.
pub(super) fn unmerged(file: &OsStr, now: &Scenario) -> Option<Unmerged> {
    let (repository, path) = git::locate(Path::new(file)).ok()?;
    let Three { base, ours, theirs } = match repository.unmerged(&path, MAX_BYTES) {
        Ok(versions) => versions?,
        Err(error) => return Some(Unmerged::Unread(error.to_string())),
    };
    let (ours, theirs) = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours, theirs),
        (None, _) => return Some(Unmerged::Deleted(Side::Ours)),
        (_, None) => return Some(Unmerged::Deleted(Side::Theirs)),
    };
    let from = if base.is_some() { version(1, &path) } else { "/dev/null".into() };
    let read = |bytes| document::read(bytes).scenario;
    let (Some(base), Some(ours), Some(theirs)) =
        (base.map_or(Some(None), |base| read(base).map(Some)), read(ours), read(theirs))
    else {
        return Some(Unmerged::Unread("not all of them are scenarios".to_owned()));
    };
    let merged = merge(base.as_ref(), &ours, &theirs).ok()?.scenario;
    // Of what both sides changed, `ach merge` leaves records, so that a choice was made if there is none. Where another
    // merge left ours as it was, nobody has chosen.
    let chosen = *now != ours || installation::merges(&repository, &path);
    let favoured = if chosen { Side::Ours } else { Side::Theirs };
    let here = file.to_owned();
    let (side, changes, versions) = match missing(now, &settled(merged.clone(), favoured)?, &ours) {
        changes if changes.is_empty() => {
            let changes = missing(now, &settled(merged, Side::Theirs)?, &theirs);
            (Side::Ours, changes, [from, version(2, &path), here])
        }
        changes => (Side::Theirs, changes, [from, here, version(3, &path)]),
    };
    (!changes.is_empty()).then_some(Unmerged::Lacking { side, changes, versions })
}

/// Returns the name of a version in the index.
fn version(stage: u8, path: &TreePath) -> OsString {
    Address { revision: Revision::Index(stage), path: path.as_bytes().to_vec() }.to_os_string()
}

/// Returns the scenario with all conflicts settled for one side.
fn settled(mut scenario: Scenario, side: Side) -> Option<Scenario> {
    let changes = settle_all(&scenario, side).ok()?;
    apply_all(&mut scenario, &changes).ok()?;
    Some(scenario)
}

/// Returns the changes that lead from one side to the merged scenario and that the present one lacks, in words.
fn missing(now: &Scenario, merged: &Scenario, side: &Scenario) -> Vec<String> {
    let expected: HashSet<String> = diff(side, merged).iter().map(sentence).collect();
    diff(now, merged).iter().map(sentence).filter(|change| expected.contains(change)).collect()
}
