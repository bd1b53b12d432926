//! The state of the disk after a save, after a failure of each step, and after an interruption at each step.
#![expect(clippy::disallowed_methods, reason = "what is on the disk is the question")]

use super::*;

const OLD: &[u8] = b"old\r\nbytes, \xff\0";
const NEW: &[u8] = b"new bytes";

/// The steps of a save of a new file and of an old one.
const CREATING: [SaveStep; 6] = [
    SaveStep::Resolve,
    SaveStep::Create,
    SaveStep::Write,
    SaveStep::Sync,
    SaveStep::Replace,
    SaveStep::SyncDirectory,
];
const REPLACING: [SaveStep; 13] = [
    SaveStep::Resolve,
    SaveStep::Inspect,
    SaveStep::Read,
    SaveStep::Create,
    SaveStep::Write,
    SaveStep::SetGroup,
    SaveStep::SetOwner,
    SaveStep::SetAttributes,
    SaveStep::SetMode,
    SaveStep::Sync,
    SaveStep::ReadAgain,
    SaveStep::Replace,
    SaveStep::SyncDirectory,
];

struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with_old_file() -> Self {
        let bench = Self::new();
        std::fs::write(bench.file(), OLD).unwrap();
        bench
    }

    fn file(&self) -> PathBuf {
        self.path("f.toml")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Returns the names in the directory, sorted.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn holds(&self) -> Option<Vec<u8>> {
        std::fs::read(self.file()).ok()
    }
}

fn replace(path: &Path) -> Result<Saved, SaveError> {
    save(path, NEW, Expected::Bytes(OLD))
}

fn create(path: &Path) -> Result<Saved, SaveError> {
    save(path, NEW, Expected::Absent)
}

/// Saves, with an action or a failure before each step.
fn watched(
    path: &Path,
    expected: Expected<'_>,
    mut before: impl FnMut(SaveStep) -> io::Result<()>,
) -> Result<Saved, SaveError> {
    Attempt { path, bytes: NEW, before: &mut before }.run(expected)
}

#[test]
fn an_old_file_is_replaced_and_a_new_one_created() {
    let bench = Bench::with_old_file();
    let saved = replace(&bench.file()).unwrap();
    let target = bench.file().canonicalize().unwrap();
    assert_eq!(saved, Saved { target: target.clone(), written: true, notes: Vec::new() });
    assert_eq!(bench.holds().as_deref(), Some(NEW));
    std::fs::remove_file(bench.file()).unwrap();
    assert_eq!(create(&bench.file()).unwrap(), Saved { target, written: true, notes: Vec::new() });
    assert_eq!(bench.holds().as_deref(), Some(NEW));
    assert_eq!(bench.names(), ["f.toml"]);
}

#[test]
fn the_steps_come_in_an_order_that_survives_a_power_failure() {
    let bench = Bench::new();
    for (expected, steps) in [(Expected::Absent, &CREATING[..]), (Expected::Bytes(OLD), &REPLACING)] {
        let mut seen = Vec::new();
        watched(&bench.file(), expected, |step| {
            seen.push(step);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, steps);
        std::fs::write(bench.file(), OLD).unwrap();
    }
}

#[test]
fn whichever_step_is_the_last_the_file_is_the_old_or_the_new_one() {
    // The contents of the directory before a step are what a crash there leaves.
    for expected in [Expected::Absent, Expected::Bytes(OLD)] {
        let (bench, old) = match expected {
            Expected::Absent => (Bench::new(), None),
            Expected::Bytes(_) | Expected::Unlinked(_) => (Bench::with_old_file(), Some(OLD)),
        };
        watched(&bench.file(), expected, |step| {
            let whole = if step <= SaveStep::Replace { old } else { Some(NEW) };
            assert_eq!(bench.holds().as_deref(), whole, "{step:?}");
            let leftovers = bench.names().len() - usize::from(whole.is_some());
            assert!(leftovers <= 1, "{step:?}: {:?}", bench.names());
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn whichever_step_fails_the_file_is_whole_and_nothing_else_is_left() {
    let fails = |failing: SaveStep| {
        move |step| if step == failing { Err(io::Error::from(ErrorKind::StorageFull)) } else { Ok(()) }
    };
    for failing in REPLACING {
        let bench = Bench::with_old_file();
        let result = watched(&bench.file(), Expected::Bytes(OLD), fails(failing));
        let (left, note) = match failing {
            SaveStep::SetGroup => (NEW, Some(SaveNote::GroupNotKept)),
            SaveStep::SetOwner => (NEW, Some(SaveNote::OwnerNotKept)),
            SaveStep::SetAttributes => (NEW, Some(SaveNote::AttributesNotKept)),
            SaveStep::SyncDirectory => (NEW, Some(SaveNote::NotConfirmed)),
            _ => (OLD, None),
        };
        match (note, result) {
            (Some(note), Ok(saved)) => assert_eq!(saved.notes, [note]),
            (None, Err(SaveError::Refused { path, step, error })) => {
                assert_eq!((path, step, error.kind()), (bench.file(), failing, ErrorKind::StorageFull));
            }
            (_, result) => panic!("{failing:?}: {result:?}"),
        }
        assert_eq!(bench.holds().as_deref(), Some(left), "{failing:?}");
        assert_eq!(bench.names(), ["f.toml"], "{failing:?}");
    }
    for failing in CREATING {
        let bench = Bench::new();
        let result = watched(&bench.file(), Expected::Absent, fails(failing));
        assert_eq!(result.is_ok(), failing == SaveStep::SyncDirectory, "{result:?}");
        let names = bench.names();
        assert_eq!(names.len(), usize::from(result.is_ok()), "{failing:?}: {names:?}");
    }
}

#[test]
fn a_file_that_holds_the_bytes_is_not_touched() {
    let bench = Bench::with_old_file();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    File::options().write(true).open(bench.file()).unwrap().set_modified(long_ago).unwrap();
    let saved = save(&bench.file(), OLD, Expected::Bytes(OLD)).unwrap();
    // Somebody else saved the same.
    let same = save(&bench.file(), OLD, Expected::Bytes(b"loaded")).unwrap();
    assert_eq!((saved.written, same.written), (false, false));
    assert_eq!(bench.file().metadata().unwrap().modified().unwrap(), long_ago);
}

#[test]
fn what_changed_since_it_was_loaded_is_handed_over_and_not_overwritten() {
    let bench = Bench::with_old_file();
    let error = save(&bench.file(), NEW, Expected::Bytes(b"old")).unwrap_err();
    let SaveError::ChangedMeanwhile { path, present: Some(present) } = error else { panic!("{error}") };
    assert_eq!((path, present.as_slice()), (bench.file(), OLD));
    assert_eq!(bench.holds().as_deref(), Some(OLD));

    std::fs::remove_file(bench.file()).unwrap();
    let error = replace(&bench.file()).unwrap_err();
    assert!(matches!(error, SaveError::ChangedMeanwhile { present: None, .. }), "{error}");
    assert_eq!(bench.names(), [""; 0]);
}

#[test]
fn what_changes_while_it_is_saved_is_not_overwritten() {
    let theirs = b"theirs";
    let bench = Bench::with_old_file();
    let error = watched(&bench.file(), Expected::Bytes(OLD), |step| match step {
        SaveStep::ReadAgain => std::fs::write(bench.file(), theirs),
        _ => Ok(()),
    })
    .unwrap_err();
    let SaveError::ChangedMeanwhile { present, .. } = error else { panic!("{error}") };
    assert_eq!(present.as_deref(), Some(theirs.as_slice()));
    assert_eq!(bench.holds().as_deref(), Some(theirs.as_slice()));

    let bench = Bench::with_old_file();
    let error = watched(&bench.file(), Expected::Bytes(OLD), |step| match step {
        SaveStep::ReadAgain => std::fs::remove_file(bench.file()),
        _ => Ok(()),
    })
    .unwrap_err();
    assert!(matches!(error, SaveError::ChangedMeanwhile { present: None, .. }), "{error}");
    assert_eq!(bench.names(), [""; 0]);

    let bench = Bench::new();
    let error = watched(&bench.file(), Expected::Absent, |step| match step {
        SaveStep::Replace => std::fs::write(bench.file(), theirs),
        _ => Ok(()),
    })
    .unwrap_err();
    assert!(matches!(error, SaveError::AlreadyExists { .. }), "{error}");
    assert_eq!(bench.holds().as_deref(), Some(theirs.as_slice()));
    assert_eq!(bench.names(), ["f.toml"]);
}

#[test]
fn of_a_file_grown_beyond_all_limits_only_the_beginning_is_read() {
    let bench = Bench::with_old_file();
    File::options().write(true).open(bench.file()).unwrap().set_len(PRESENT_LIMIT * 1000).unwrap();
    let error = replace(&bench.file()).unwrap_err();
    let SaveError::ChangedMeanwhile { present: Some(present), .. } = error else { panic!("{error}") };
    assert_eq!(u64::try_from(present.len()).unwrap(), PRESENT_LIMIT);
}

#[test]
fn a_new_file_never_takes_the_place_of_anything() {
    let bench = Bench::with_old_file();
    let error = create(&bench.file()).unwrap_err();
    assert!(matches!(error, SaveError::AlreadyExists { .. }), "{error}");
    let error = create(bench.0.path()).unwrap_err();
    assert!(matches!(error, SaveError::AlreadyExists { .. }), "{error}");
    assert_eq!(bench.holds().as_deref(), Some(OLD));
    let error = create(&bench.path("absent/f.toml")).unwrap_err();
    assert!(matches!(error, SaveError::NoDirectory { .. }), "{error}");
    for nameless in ["", "/", ".."] {
        let error = create(Path::new(nameless)).unwrap_err();
        assert!(matches!(error, SaveError::NotAFile { .. }), "{nameless}: {error}");
    }
    assert_eq!(bench.names(), ["f.toml"]);
}

#[test]
fn only_files_are_replaced() {
    let bench = Bench::new();
    let error = save(bench.0.path(), NEW, Expected::Bytes(OLD)).unwrap_err();
    assert!(matches!(error, SaveError::NotAFile { .. }), "{error}");
}

#[test]
fn a_directory_in_which_we_may_create_nothing_is_explained() {
    // The failure is made by hand, since the superuser may create files anywhere.
    let bench = Bench::with_old_file();
    for expected in [Expected::Bytes(OLD), Expected::Absent] {
        let path = if expected == Expected::Absent { bench.path("new.toml") } else { bench.file() };
        let error = watched(&path, expected, |step| match step {
            SaveStep::Create => Err(ErrorKind::PermissionDenied.into()),
            _ => Ok(()),
        })
        .unwrap_err();
        let expected =
            format!("cannot save {}: creating a temporary file beside it: permission denied", path.display());
        assert_eq!(error.to_string(), expected);
        assert!(error.help().unwrap().contains("create files in the directory"));
    }
}

#[test]
fn a_file_that_could_never_be_read_again_is_not_written() {
    let bench = Bench::with_old_file();
    let too_long = vec![b' '; MAX_FILE + 1];
    for (path, expected) in [(bench.file(), Expected::Bytes(OLD)), (bench.path("new.toml"), Expected::Absent)]
    {
        let error = save(&path, &too_long, expected).unwrap_err();
        assert!(matches!(error, SaveError::TooLarge { .. }), "{error}");
    }
    assert_eq!((bench.names(), bench.holds().as_deref()), (vec!["f.toml".to_owned()], Some(OLD)));
}

#[test]
fn what_a_killed_save_left_is_removed_by_the_next_one_and_nothing_else_is() {
    let bench = Bench::with_old_file();
    let running = bench.path(".ach-RUNing.tmp");
    let running_file = File::create(&running).unwrap();
    running_file.try_lock().unwrap();
    for name in [".ach-abc123.tmp", ".ach-longer1.tmp", "ach-abc123.tmp", ".ach-abc12-.tmp"] {
        std::fs::write(bench.path(name), OLD).unwrap();
    }
    replace(&bench.file()).unwrap();
    let stays = [".ach-RUNing.tmp", ".ach-abc12-.tmp", ".ach-longer1.tmp", "ach-abc123.tmp", "f.toml"];
    assert_eq!(bench.names(), stays);
}

#[test]
fn of_two_saves_at_once_one_is_told_that_the_file_changed() {
    for _ in 0..30 {
        let bench = Bench::with_old_file();
        let save = |bytes: &'static [u8]| {
            let path = bench.file();
            move || save(&path, bytes, Expected::Bytes(OLD)).is_ok()
        };
        let (one, two) = (std::thread::spawn(save(b"one")), std::thread::spawn(save(b"two")));
        let done = [one.join().unwrap(), two.join().unwrap()];
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    }
}

#[test]
fn a_file_mounted_by_itself_is_explained() {
    let bench = Bench::with_old_file();
    let error = watched(&bench.file(), Expected::Bytes(OLD), |step| match step {
        SaveStep::Replace => Err(ErrorKind::ResourceBusy.into()),
        _ => Ok(()),
    })
    .unwrap_err();
    assert!(error.help().unwrap().contains("mount its directory"));
}

#[cfg(unix)]
mod unix;
