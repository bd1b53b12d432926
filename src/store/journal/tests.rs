//! Journals that are found, lost, damaged, and in the way of others.
#![expect(clippy::disallowed_methods, reason = "what is on the disk is the question")]

use super::*;

struct Bench {
    directory: tempfile::TempDir,
    place: JournalPlace,
}

fn bench() -> Bench {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("case.toml"), "base").unwrap();
    let place = JournalPlace::of(&directory.path().join("case.toml"), Some(&directory.path().join("state")));
    Bench { directory, place }
}

impl Bench {
    fn file(&self) -> PathBuf {
        self.directory.path().join("case.toml")
    }

    /// Returns the names in the directory of journals, sorted.
    fn journals(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.directory.path().join("state/ach")).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn start(&self, base: &str, text: &str) -> Result<Journal, Blocked> {
        Journal::start(&self.place, unsaved(base, text), None).map_err(|refused| refused.0)
    }

    fn find(&self) -> FoundJournal {
        find(&self.place, "base").0
    }

    fn leftover(&self) -> Leftover {
        match self.find() {
            FoundJournal::Edits(leftover) => *leftover,
            other => panic!("{other:?}"),
        }
    }

    fn left(&self) -> (String, String) {
        let Leftover { base, text, .. } = self.leftover();
        (base, text)
    }
}

fn unsaved<'t>(base: &'t str, text: &'t str) -> Unsaved<'t> {
    Unsaved { base, text, steps: &[], draft: "" }
}

#[test]
fn edits_that_a_crash_left_are_found_and_those_of_a_running_editor_are_not() {
    let bench = bench();
    let mut journal = bench.start("base", "case").unwrap();
    journal.note("cases").unwrap();
    assert!(matches!(bench.find(), FoundJournal::Elsewhere));
    assert!(matches!(bench.start("base", "x"), Err(Blocked::Elsewhere)));
    drop(journal);
    assert_eq!(bench.left(), ("base".into(), "cases".into()));
    assert!(matches!(bench.start("base", "x"), Err(Blocked::Left)));
    bench.leftover().into_journal().discard().unwrap();
    assert!(matches!(bench.find(), FoundJournal::Nothing));
    assert_eq!(bench.journals(), [""; 0], "nothing lies about");
}

#[test]
fn what_was_being_typed_is_found_and_what_was_given_up_is_not() {
    let bench = bench();
    let typing = Unsaved { draft: "ty", ..unsaved("base", "base") };
    let mut journal = Journal::start(&bench.place, typing, None).unwrap();
    journal.note_draft("typed").unwrap();
    drop(journal);
    let leftover = bench.leftover();
    assert_eq!((&*leftover.text, &*leftover.draft), ("base", "typed"));
    let mut journal = leftover.into_journal();
    journal.note("bases").unwrap();
    drop(journal);
    let leftover = bench.leftover();
    assert_eq!((&*leftover.text, &*leftover.draft), ("bases", ""), "an edit ends what led to it");
    let mut journal = leftover.into_journal();
    for step in ["again", ""] {
        journal.note_draft(step).unwrap();
    }
    journal.note("base").unwrap();
    drop(journal);
    assert!(matches!(bench.find(), FoundJournal::Nothing));
    assert_eq!(bench.journals(), [""; 0], "nothing lies about");
}

#[test]
fn edits_noted_by_their_place_and_by_their_text_follow_each_other() {
    let bench = bench();
    let mut journal = bench.start("base", "case").unwrap();
    journal.note_draft("typing").unwrap();
    journal.note_splice(4..4, "s").unwrap();
    journal.note_splice(0..1, "").unwrap();
    assert_eq!(journal.noted(), ("ases", ""));
    journal.note_splice(0..4, "phases").unwrap();
    journal.note("phase").unwrap();
    drop(journal);
    assert_eq!(bench.left(), ("base".into(), "phase".into()));
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;
    let bench = bench();
    let journal = bench.start("base", "case").unwrap();
    assert_eq!(journal.file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let directory = journal.path().parent().unwrap().metadata().unwrap();
    assert_eq!(directory.permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_torn_edit_is_written_over_and_a_copy_of_it_stays() {
    let bench = bench();
    let mut journal = bench.start("base", "case").unwrap();
    journal.note("cases").unwrap();
    let whole = journal.file.metadata().unwrap().len();
    journal.file.set_len(whole - 1).unwrap();
    drop(journal);
    let (found, oddities) = find(&bench.place, "base");
    let FoundJournal::Edits(leftover) = found else { panic!() };
    assert_eq!(leftover.text, "case");
    assert!(matches!(&*oddities, [Oddity::Torn(copy)] if copy.exists()), "{oddities:?}");
    let mut journal = leftover.into_journal();
    journal.note("cast").unwrap();
    drop(journal);
    assert_eq!(bench.left(), ("base".into(), "cast".into()));
}

#[test]
fn a_journal_takes_the_place_of_another_in_one_step() {
    let bench = bench();
    let old = bench.start("base", "case").unwrap();
    let new = Journal::start(&bench.place, unsaved("other", "others"), Some(old)).unwrap();
    assert!(matches!(bench.find(), FoundJournal::Elsewhere), "the new one is locked");
    drop(new);
    assert_eq!(bench.left(), ("other".into(), "others".into()));
    assert_eq!(bench.journals().len(), 1);
}

#[test]
fn a_damaged_byte_in_the_first_edit_does_not_delete_the_journal() {
    let bench = bench();
    let journal = bench.start("base", "case").unwrap();
    let path = journal.path().to_owned();
    drop(journal);
    for _ in 0..2 {
        let mut bytes = b"ach journal".to_vec();
        if path.exists() {
            bytes = std::fs::read(&path).unwrap();
            let last = bytes.len() - 2;
            bytes[last] ^= 1;
        }
        std::fs::write(&path, &bytes).unwrap();
        let (found, oddities) = find(&bench.place, "base");
        assert!(matches!(found, FoundJournal::Nothing));
        let [Oddity::Damaged(aside)] = &*oddities else { panic!("{oddities:?}") };
        assert_eq!(std::fs::read(aside).unwrap(), bytes);
    }
    assert_eq!(bench.journals().len(), 2, "the second did not overwrite the first");
    assert!(bench.start("base", "case").is_ok());
}

#[cfg(unix)]
#[test]
fn whatever_is_in_the_place_of_a_journal_is_named_and_the_next_place_is_used() {
    let bench = bench();
    let place = &bench.place.candidates[0];
    let state = place.parent().unwrap();
    std::fs::create_dir_all(state).unwrap();
    let outside = bench.directory.path().join("outside");
    let plants: [(&str, &dyn Fn()); 3] = [
        ("a symbolic link", &|| std::os::unix::fs::symlink(&outside, place).unwrap()),
        ("a directory", &|| std::fs::create_dir(place).unwrap()),
        ("not a regular file", &|| drop(std::os::unix::net::UnixListener::bind(place).unwrap())),
    ];
    for (what, plant) in plants {
        plant();
        let (found, oddities) = find(&bench.place, "base");
        assert!(matches!(found, FoundJournal::Nothing), "{what}");
        assert_eq!(oddities, [Oddity::NoJournal(place.clone(), what.to_owned())]);
        let journal = bench.start("base", "case").unwrap();
        assert_eq!(journal.path(), bench.place.candidates[1]);
        drop(journal);
        assert_eq!(bench.left(), ("base".into(), "case".into()));
        bench.leftover().into_journal().discard().unwrap();
        if place.is_dir() {
            std::fs::remove_dir(place).unwrap()
        } else {
            std::fs::remove_file(place).unwrap()
        }
    }
    assert!(!outside.exists());
}

#[test]
fn a_journal_that_came_with_the_file_is_named_and_not_read() {
    let bench = bench();
    let journal = bench.start("base", "theirs").unwrap();
    let planted = bench.place.beside();
    std::fs::rename(journal.path(), &planted).unwrap();
    drop(journal);
    let (found, oddities) = find(&bench.place, "base");
    assert!(matches!(found, FoundJournal::Nothing));
    assert_eq!(oddities, [Oddity::Foreign(planted.clone())]);
    assert!(planted.exists());
}

#[test]
fn a_journal_whose_name_was_taken_is_not_written_to_and_the_taker_stays() {
    let bench = bench();
    let mut journal = bench.start("base", "case").unwrap();
    let path = journal.path().to_owned();
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(journal.note("cases"), Err(Unnoted::Lost)));
    let other = bench.start("base", "other").unwrap();
    assert!(matches!(journal.note("cases"), Err(Unnoted::Lost)));
    let again = Journal::restart(&bench.place, unsaved("base", "cases")).unwrap();
    assert_eq!(again.path(), bench.place.candidates[1]);
    journal.discard().unwrap();
    assert!(other.is_in_place(), "only what is still its own is removed");
    drop(other);
    assert_eq!(bench.left(), ("base".into(), "other".into()));
    bench.leftover().into_journal().discard().unwrap();
    drop(again);
    assert_eq!(bench.left(), ("base".into(), "cases".into()));
}

#[test]
fn edits_of_a_file_that_was_renamed_are_found_under_its_new_name() {
    let bench = bench();
    let mut journal = bench.start("base", "case").unwrap();
    journal.note("cases").unwrap();
    drop(journal);
    let (new, state) = (bench.directory.path().join("new.toml"), bench.directory.path().join("state"));
    std::fs::copy(bench.file(), bench.directory.path().join("copy.toml")).unwrap();
    let place_of = |name: &str| JournalPlace::of(&bench.directory.path().join(name), Some(&state));
    assert!(
        matches!(find(&place_of("copy.toml"), "base").0, FoundJournal::Nothing),
        "the file is still there"
    );
    std::fs::rename(bench.file(), &new).unwrap();
    let (FoundJournal::Edits(leftover), _) = find(&place_of("new.toml"), "base, saved by others") else {
        panic!()
    };
    assert_eq!(leftover.text, "cases");
    let moved =
        Journal::start(&place_of("new.toml"), unsaved("base", "cases"), Some(leftover.into_journal()));
    assert_eq!(moved.unwrap().path(), place_of("new.toml").candidates[0]);
    assert_eq!(bench.journals().len(), 1, "it has moved with the file");
}

#[test]
fn edits_of_a_file_that_was_deleted_are_still_found() {
    let bench = bench();
    drop(bench.start("base", "case").unwrap());
    std::fs::remove_file(bench.file()).unwrap();
    let place = JournalPlace::of(&bench.file(), Some(&bench.directory.path().join("state")));
    assert!(matches!(find(&place, "").0, FoundJournal::Edits(_)));
}

#[test]
fn where_the_state_directory_cannot_be_used_a_private_one_takes_it() {
    let directory = tempfile::tempdir().unwrap();
    let (file, state) = (directory.path().join("case.toml"), directory.path().join("state"));
    for path in [&file, &state] {
        std::fs::write(path, "base").unwrap();
    }
    let place = JournalPlace::of(&file, Some(&state));
    let journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
    assert!(!journal.path().starts_with(directory.path()));
    assert!(matches!(find(&place, "base").0, FoundJournal::Elsewhere));
    journal.discard().unwrap();
}
