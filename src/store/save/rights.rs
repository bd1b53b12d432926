//! The owner, the group and the rights of a new file: those of the old one, or fewer, never more.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::path::Path;

/// The attribute in which Linux keeps the access control list of a file.
#[cfg(unix)]
const ACCESS_LIST: &str = "system.posix_acl_access";

/// The tag of the entry of the owning group in an access control list.
const GROUP_ENTRY: u16 = 0x04;

/// The loss of attributes of the old file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LostAttributes {
    /// Whether its access control list is among them.
    pub(super) has_list: bool,
    /// The rights that the list gave the owning group, as a mode of one digit; `None` without a list that is lost. The
    /// mode of the file shows the most that any entry of the list gives instead.
    pub(super) group: Option<u32>,
}

impl LostAttributes {
    /// Returns the loss of all attributes of a file.
    pub(super) fn of(old: &Path) -> Self {
        let list = access_list(old);
        Self { has_list: list.is_some(), group: list.map(|list| group_rights(&list)) }
    }
}

/// Returns the access control list of a file as Linux stores it; `None` if it has none.
#[cfg(unix)]
fn access_list(file: &Path) -> Option<Vec<u8>> {
    xattr::get(file, ACCESS_LIST).ok().flatten()
}

#[cfg(not(unix))]
fn access_list(_: &Path) -> Option<Vec<u8>> {
    None
}

/// Copies the access control list and the extended attributes of a file. A list that the new file took over from its
/// directory is removed.
#[cfg(unix)]
pub(super) fn copy_attributes(old: &Path, new: &File) -> Result<(), LostAttributes> {
    use xattr::FileExt;
    let nothing = LostAttributes { has_list: false, group: None };
    // The file system has none.
    let Ok(names) = xattr::list(old) else { return Ok(()) };
    let names: Vec<_> = names.collect();
    if !names.iter().any(|name| name == ACCESS_LIST) {
        // It usually has none.
        drop(new.remove_xattr(ACCESS_LIST));
    }
    let mut lost = None;
    for name in names {
        let copied = match xattr::get(old, &name) {
            Ok(Some(value)) => new.set_xattr(&name, &value),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        match copied {
            Ok(()) => {}
            Err(_) if name == ACCESS_LIST => lost = Some(LostAttributes::of(old)),
            // The system itself gives every file these, and need not let anyone set them.
            Err(_) if name.as_encoded_bytes().starts_with(b"security.") => {}
            Err(_) => lost = lost.or(Some(nothing)),
        }
    }
    lost.map_or(Ok(()), Err)
}

#[cfg(not(unix))]
pub(super) fn copy_attributes(_: &Path, _: &File) -> Result<(), LostAttributes> {
    Ok(())
}

/// Returns the rights of the owning group in an access control list as Linux stores it: a version of four bytes, then
/// entries of a tag, rights and a number. None if it cannot be read.
fn group_rights(list: &[u8]) -> u32 {
    let entries = list.get(4..).unwrap_or_default().chunks_exact(8);
    let mut rights = entries.filter_map(|entry| match entry {
        [t0, t1, r0, r1, ..] if u16::from_le_bytes([*t0, *t1]) == GROUP_ENTRY => {
            Some(u32::from(u16::from_le_bytes([*r0, *r1])) & 0o7)
        }
        _ => None,
    });
    rights.next().unwrap_or(0)
}

/// Gives the file the group of another.
#[cfg(unix)]
pub(super) fn set_group(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    if file.metadata()?.gid() == like.gid() { Ok(()) } else { fchown(file, None, Some(like.gid())) }
}

#[cfg(not(unix))]
pub(super) fn set_group(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Gives the file the owner of another.
#[cfg(unix)]
pub(super) fn set_owner(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    if file.metadata()?.uid() == like.uid() { Ok(()) } else { fchown(file, Some(like.uid()), None) }
}

#[cfg(not(unix))]
pub(super) fn set_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Changes a mode of four digits.
#[cfg(unix)]
fn change(permissions: &mut Permissions, change: impl FnOnce(u32) -> u32) {
    use std::os::unix::fs::PermissionsExt;
    permissions.set_mode(change(permissions.mode()));
}

#[cfg(not(unix))]
fn change(_: &mut Permissions, _: impl FnOnce(u32) -> u32) {}

/// Clears set-user-id and set-group-id.
pub(super) fn clear_set_id(permissions: &mut Permissions) {
    change(permissions, |mode| mode & !0o6000);
}

/// Reduces the rights of the group to those of everybody, since it is another group now.
pub(super) fn withhold_from_group(permissions: &mut Permissions) {
    change(permissions, |mode| (mode & !0o070) | (mode & (mode << 3) & 0o070));
}

/// Reduces the rights of the group to these, if there are some.
pub(super) fn limit_group(permissions: &mut Permissions, rights: Option<u32>) {
    if let Some(rights) = rights {
        change(permissions, |mode| (mode & !0o070) | (mode & (rights << 3) & 0o070));
    }
}
