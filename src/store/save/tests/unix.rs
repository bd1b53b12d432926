//! Modes, owners, links and names as Unix has them.
#![expect(clippy::disallowed_methods, reason = "what is on the disk is the question")]

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_mode_and_the_owner_are_kept() {
    for wanted in [0o600, 0o640, 0o664, 0o666, 0o755] {
        let bench = Bench::with_old_file();
        set_mode(&bench.file(), wanted);
        // Somebody else's file, if the test may give it away; the owner must stay.
        let _ = std::os::unix::fs::chown(bench.file(), Some(12345), Some(54321));
        let owner = |path: &Path| path.metadata().map(|m| (m.uid(), m.gid())).unwrap();
        let before = owner(&bench.file());
        assert_eq!(replace(&bench.file()).unwrap().notes, []);
        assert_eq!(mode(&bench.file()), wanted);
        assert_eq!(owner(&bench.file()), before);
    }
}

#[test]
fn another_group_gets_no_rights_that_were_not_meant_for_it() {
    for (before, after) in [(0o664, 0o644), (0o640, 0o600), (0o755, 0o755), (0o770, 0o700), (0o6775, 0o755)] {
        let bench = Bench::with_old_file();
        set_mode(&bench.file(), before);
        let saved = refused_at(&bench.file(), SaveStep::SetGroup);
        assert_eq!(saved.notes, [SaveNote::GroupNotKept]);
        assert_eq!(mode(&bench.file()), after, "from {before:o}");
    }
}

#[test]
fn a_team_keeps_its_rights_to_a_file_that_a_colleague_saved() {
    for (before, after) in [(0o664, 0o664), (0o660, 0o660), (0o6770, 0o770)] {
        let bench = Bench::with_old_file();
        set_mode(&bench.file(), before);
        let saved = refused_at(&bench.file(), SaveStep::SetOwner);
        assert_eq!(saved.notes, [SaveNote::OwnerNotKept]);
        assert_eq!(mode(&bench.file()), after, "from {before:o}");
    }
}

/// An access control list as Linux stores it: the owner and user 7 may read and write, the group nothing.
#[cfg(target_os = "linux")]
fn access_list() -> Vec<u8> {
    let entries: [(u16, u16, u32); 5] =
        [(1, 6, u32::MAX), (2, 6, 7), (4, 0, u32::MAX), (0x10, 6, u32::MAX), (0x20, 0, u32::MAX)];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, who) in entries {
        list.extend([&tag.to_le_bytes()[..], &rights.to_le_bytes(), &who.to_le_bytes()].concat());
    }
    list
}

#[cfg(target_os = "linux")]
#[test]
fn an_access_list_and_attributes_are_kept_or_give_nobody_more() {
    const LIST: &str = "system.posix_acl_access";
    let bench = Bench::with_old_file();
    let set = |name: &str, value: &[u8]| xattr::set(bench.file(), name, value);
    if set(LIST, &access_list()).and_then(|()| set("user.origin", b"desk")).is_err() {
        // This file system has none.
        return;
    }
    assert_eq!(mode(&bench.file()), 0o660, "the mode shows the most that any entry gives");
    assert_eq!(replace(&bench.file()).unwrap().notes, []);
    assert_eq!(xattr::get(bench.file(), LIST).unwrap(), Some(access_list()));
    assert_eq!(xattr::get(bench.file(), "user.origin").unwrap().as_deref(), Some(&b"desk"[..]));

    std::fs::write(bench.file(), OLD).unwrap();
    let saved = refused_at(&bench.file(), SaveStep::SetAttributes);
    assert_eq!(saved.notes, [SaveNote::AccessListNotKept]);
    assert_eq!(mode(&bench.file()), 0o600, "the group itself had no rights");
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_that_new_files_of_the_directory_get_is_not_given_to_an_old_one() {
    let bench = Bench::with_old_file();
    set_mode(&bench.file(), 0o640);
    if xattr::set(bench.0.path(), "system.posix_acl_default", &access_list()).is_err() {
        return;
    }
    assert_eq!(replace(&bench.file()).unwrap().notes, []);
    assert_eq!(xattr::get(bench.file(), "system.posix_acl_access").unwrap(), None);
    assert_eq!(mode(&bench.file()), 0o640);
}

/// Saves where the system refuses a step.
fn refused_at(path: &Path, refused: SaveStep) -> Saved {
    watched(path, Expected::Bytes(OLD), |step| match step {
        step if step == refused => Err(ErrorKind::PermissionDenied.into()),
        _ => Ok(()),
    })
    .unwrap()
}

#[test]
fn the_bytes_are_nobody_elses_to_read_before_the_mode_is_set() {
    let bench = Bench::with_old_file();
    set_mode(&bench.file(), 0o600);
    watched(&bench.file(), Expected::Bytes(OLD), |step| {
        for name in bench.names() {
            assert_eq!(mode(&bench.path(&name)), 0o600, "{step:?} {name}");
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_new_file_has_the_mode_of_any_new_file() {
    let bench = Bench::new();
    File::create(bench.path("any")).unwrap();
    create(&bench.file()).unwrap();
    assert_eq!(mode(&bench.file()), mode(&bench.path("any")));
}

#[test]
fn a_file_that_nobody_may_write_to_stays_even_for_the_superuser() {
    let bench = Bench::with_old_file();
    set_mode(&bench.file(), 0o444);
    let error = replace(&bench.file()).unwrap_err();
    assert!(matches!(error, SaveError::ReadOnly { .. }), "{error}");
    assert_eq!((mode(&bench.file()), bench.holds().as_deref()), (0o444, Some(OLD)));
    assert_eq!(bench.names(), ["f.toml"]);
}

#[test]
fn links_survive_and_what_they_lead_to_is_replaced() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("elsewhere")).unwrap();
    let file = bench.path("elsewhere/real.toml");
    std::fs::write(&file, OLD).unwrap();
    set_mode(&file, 0o640);
    symlink("elsewhere/real.toml", bench.path("link")).unwrap();
    symlink("link", bench.file()).unwrap();
    let saved = replace(&bench.file()).unwrap();
    assert_eq!(saved.target, file.canonicalize().unwrap());
    assert_eq!(std::fs::read(&file).unwrap(), NEW);
    assert_eq!(mode(&file), 0o640);
    assert_eq!(std::fs::read_link(bench.file()).unwrap(), Path::new("link"));
    assert_eq!(std::fs::read_link(bench.path("link")).unwrap(), Path::new("elsewhere/real.toml"));
    assert_eq!(bench.names(), ["elsewhere", "f.toml", "link"]);
    assert_eq!(std::fs::read_dir(bench.path("elsewhere")).unwrap().count(), 1);
}

#[test]
fn nothing_new_is_created_through_a_link_that_leads_nowhere() {
    let bench = Bench::new();
    std::fs::create_dir(bench.path("elsewhere")).unwrap();
    symlink("elsewhere/real.toml", bench.file()).unwrap();
    symlink("circle", bench.path("circle")).unwrap();
    for path in [bench.file(), bench.path("circle")] {
        let error = create(&path).unwrap_err();
        assert!(matches!(error, SaveError::AlreadyExists { .. }), "{error}");
    }
    let error = replace(&bench.file()).unwrap_err();
    assert!(matches!(error, SaveError::ChangedMeanwhile { present: None, .. }), "{error}");
    let error = replace(&bench.path("circle")).unwrap_err();
    assert!(matches!(error, SaveError::Refused { step: SaveStep::Resolve, .. }), "{error}");
    assert_eq!(std::fs::read_dir(bench.path("elsewhere")).unwrap().count(), 0);
    assert_eq!(bench.names(), ["circle", "elsewhere", "f.toml"]);
}

#[test]
fn a_link_whose_name_nobody_typed_is_not_written_through() {
    let bench = Bench::new();
    std::fs::write(bench.path("precious"), OLD).unwrap();
    symlink("precious", bench.file()).unwrap();
    let error = save(&bench.file(), NEW, Expected::Unlinked(OLD)).unwrap_err();
    assert!(matches!(error, SaveError::IsLink { .. }), "{error}");
    assert_eq!(bench.holds().as_deref(), Some(OLD));
    save(&bench.path("precious"), NEW, Expected::Unlinked(OLD)).unwrap();
    assert_eq!(bench.holds().as_deref(), Some(NEW));
}

#[test]
fn other_names_of_the_file_keep_the_old_bytes_and_are_reported() {
    let bench = Bench::with_old_file();
    std::fs::hard_link(bench.file(), bench.path("other")).unwrap();
    let saved = replace(&bench.file()).unwrap();
    assert_eq!(saved.notes, [SaveNote::OtherNamesKeepTheOldFile(1)]);
    assert_eq!(bench.holds().as_deref(), Some(NEW));
    assert_eq!(std::fs::read(bench.path("other")).unwrap(), OLD);
}

#[test]
fn any_name_that_the_system_takes_can_be_saved() {
    use std::os::unix::ffi::OsStrExt;
    let bench = Bench::new();
    let longest = [b'x'; 255];
    for name in [&b"-x"[..], b"with space\n\"quote\"", b"not utf-8 \xff", b".hidden", &longest] {
        let path = bench.0.path().join(std::ffi::OsStr::from_bytes(name));
        create(&path).unwrap();
        save(&path, OLD, Expected::Bytes(NEW)).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), OLD);
    }
    assert_eq!(std::fs::read_dir(bench.0.path()).unwrap().count(), 5);
}
