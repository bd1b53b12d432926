//! Scenarios that a filter of git keeps in another form, as programs that encrypt files do.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "a filter leaves a file behind")]

use crate::support::{Bench, bench};

/// A filter that stores letters turned by 13, and that leaves a file behind where it runs.
const COMMAND: &str = "touch .git/filtered; tr A-Za-z N-ZA-Mn-za-m";

/// A repository with such a filter, and two versions of the case.
fn kept(scope: &str) -> Bench {
    let bench = bench().git("init --quiet --initial-branch=main");
    let state = bench.path(".git/state").to_string_lossy().into_owned();
    let global = bench.path(".git/global").to_string_lossy().into_owned();
    let bench = bench.env("XDG_STATE_HOME", &state).git("--version").env("GIT_CONFIG_GLOBAL", &global);
    ["clean", "smudge"]
        .iter()
        .fold(bench, |bench, key| bench.git_words(&["config", scope, &format!("filter.rot.{key}"), COMMAND]))
        .git_words(&["config", scope, "filter.rot.required", "true"])
        .file(".gitattributes", "*.toml filter=rot\n")
        .commit("one")
        .edit("case.toml", r#"dog = "CC""#, r#"dog = "N""#)
        .commit("two")
}

/// Whether the filter has run since this was last asked.
fn has_run(bench: &Bench) -> bool {
    std::fs::remove_file(bench.path(".git/filtered")).is_ok()
}

#[test]
fn versions_are_read_as_git_checks_them_out_once_the_user_allows_it() {
    let bench = kept("--local");
    let said = bench.run("git install");
    assert!(
        said.contains("allow filter.rot.smudge = touch .git/filtered; tr A-Za-z N-ZA-Mn-za-m, to read"),
        "{said}"
    );
    assert!(bench.run("git install").contains("everything is set already"));
    assert!(bench.run("table HEAD~1:case.toml").contains("CC"));
    assert!(bench.run("diff HEAD~1..HEAD -- case.toml").contains("crumbs"));
    assert!(bench.run("diff HEAD~1").contains("crumbs"));
    let log = bench.run("log case.toml");
    assert!(log.contains("crumbs / dog") && !log.contains("cannot be read"), "{log}");
    assert!(!bench.run("blame case.toml").contains("not committed"));
    assert!(has_run(&bench));
    // Another command in the place of the one that was allowed.
    let bench = bench.git_words(&["config", "filter.rot.smudge", "touch .git/filtered; cat"]);
    has_run(&bench);
    assert!(bench.run("table HEAD:case.toml").contains("`ach git install`"));
    assert!(!has_run(&bench));
    bench.result("git uninstall");
}

#[test]
fn a_filter_of_the_repository_alone_is_named_and_not_run() {
    let bench = kept("--local");
    has_run(&bench);
    let reason = r#"is kept by the filter "rot", which only this repository defines"#;
    for command in [
        "table HEAD:case.toml",
        "diff HEAD~1",
        "diff HEAD~1..HEAD -- case.toml",
        "log case.toml",
        "blame case.toml",
    ] {
        let said = bench.run(command);
        assert!(said.contains(reason), "{command}: {said}");
        assert!(!said.contains("not committed") && !said.contains("new"), "{command}: {said}");
    }
    bench.run("merge --path case.toml HEAD:case.toml case.toml case.toml -o out.toml");
    let stored = bench.git_says("cat-file blob HEAD:case.toml");
    let bench = bench.file("stored", stored);
    bench.run("merge --path case.toml stored stored stored -o out.toml");
    assert!(!has_run(&bench));
}

#[test]
fn a_filter_of_the_users_own_runs() {
    let bench = kept("--global");
    assert!(bench.run("diff HEAD~1..HEAD -- case.toml").contains("crumbs"));
    assert!(has_run(&bench));
}

#[test]
fn a_filter_of_the_repository_does_not_run_because_an_alias_runs_the_program() {
    let bench = kept("--local").env("GIT_PREFIX", "");
    has_run(&bench);
    assert!(bench.run("log case.toml").contains("only this repository defines"));
    bench.run("table HEAD:case.toml");
    assert!(!has_run(&bench));
}
