//! Nothing is written through a link in the place of a file whose name the user did not choose, or that is to be new.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "files come and go")]

use std::os::unix::fs::symlink;

use crate::support::{Bench, CASE};

/// A bench with a link at `name` and a file outside of the repository that it leads to, if `leads_somewhere`.
fn trap(name: &str, leads_somewhere: bool) -> Bench {
    let bench = Bench::new().file("repo/case.toml", CASE).git("init -q repo");
    let outside = bench.path("outside");
    if leads_somewhere {
        std::fs::write(&outside, "# precious\n").unwrap();
    }
    let link = bench.path(&format!("repo/{name}"));
    std::fs::create_dir_all(link.parent().unwrap()).unwrap();
    drop(std::fs::remove_file(&link));
    symlink(outside, link).unwrap();
    bench
}

/// Every file that a command writes without its name being typed, or that is to be new, and the command.
const WRITTEN: [(&str, &[&str]); 9] = [
    ("new.toml", &["new", "new.toml"]),
    ("new.ach.toml", &["new", "new.ach.toml", "-H", "a=A"]),
    ("out.toml", &["merge", "case.toml", "case.toml", "case.toml", "-o", "out.toml"]),
    ("man/ach.1", &["man", "man"]),
    ("man/ach-table.1", &["man", "man"]),
    (".gitattributes", &["git", "install"]),
    (".gitattributes", &["git", "install", "*.toml"]),
    (".git/config", &["git", "install"]),
    ("scenario.schema.json", &["schema", "--install"]),
];

#[test]
fn no_command_writes_through_a_link_that_was_planted() {
    for leads_somewhere in [true, false] {
        for (name, command) in WRITTEN {
            let bench = trap(name, leads_somewhere);
            let told = bench.run_in("repo", command);
            assert!(told.contains("--- exit 2"), "{name}: {told}");
            assert!(told.contains("link") || told.contains("already"), "{name}: {told}");
            let expected = leads_somewhere.then(|| "# precious\n".to_owned());
            assert_eq!(std::fs::read_to_string(bench.path("outside")).ok(), expected, "{name}: {told}");
            let link = bench.path(&format!("repo/{name}"));
            assert!(std::fs::symlink_metadata(link).unwrap().is_symlink(), "{name}");
        }
    }
}

#[test]
fn a_new_scenario_is_not_added_to_attributes_that_are_a_link() {
    let bench = trap("unused", true);
    bench.run_in("repo", &["git", "install"]);
    std::fs::remove_file(bench.path("repo/.gitattributes")).unwrap();
    symlink(bench.path("outside"), bench.path("repo/.gitattributes")).unwrap();
    bench.run_in("repo", &["new", "second.toml"]);
    assert!(bench.has("repo/second.toml"));
    assert_eq!(bench.read("outside"), "# precious\n");
}

#[test]
fn a_scenario_that_the_user_named_is_saved_through_its_link() {
    let bench = trap("unused", true);
    symlink("case.toml", bench.path("repo/link.toml")).unwrap();
    let told = bench.run_in("repo", &["set", "link.toml", "crumbs", "dog", "II"]);
    assert!(!told.contains("--- exit"), "{told}");
    assert!(std::fs::symlink_metadata(bench.path("repo/link.toml")).unwrap().is_symlink());
    assert!(bench.read("repo/case.toml").contains("dog = \"II\""));
}

#[test]
fn a_result_of_a_merge_does_not_take_the_place_of_what_is_no_scenario() {
    let bench = trap("unused", true).file("repo/notes.txt", "my notes\n");
    let told = bench.run_in("repo", &["merge", "case.toml", "case.toml", "case.toml", "-o", "notes.txt"]);
    assert!(told.contains("is not a scenario") && told.contains("--- exit 2"), "{told}");
    assert_eq!(bench.read("repo/notes.txt"), "my notes\n");
}
