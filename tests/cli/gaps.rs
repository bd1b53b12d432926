//! Histories that git does not have whole, and versions that cannot be read.

use serde_json::Value;

use crate::log::history;
use crate::support::{Bench, CASE};

#[test]
fn the_end_of_a_shallow_clone_is_marked() {
    let bench = history().git("config uploadpack.allowFilter true");
    let address = format!("file://{}", bench.path("").display());
    let bench = bench.git_words(&["clone", "--quiet", "--depth", "2", &address, "shallow"]);
    let said = bench.run("log shallow/cake.toml");
    assert!(said.contains("warning: this clone is shallow"), "{said}");
    assert_eq!(said.matches("\n^").count(), 1, "{said}");
    assert!(said.contains("\n  found  3 hypotheses") && !said.contains("\n  new"), "{said}");
    let said = bench.run("blame shallow/cake.toml");
    assert!(said.contains("warning: this clone is shallow") && said.contains("^"), "{said}");
    assert!(!history().run("log cake.toml").contains("shallow"));
}

#[test]
fn traces_and_warnings_of_git_are_no_errors() {
    let bench = history();
    let log = bench.run("log cake.toml");
    for (name, value) in [("GIT_TRACE", "1"), ("GIT_TRACE2", "1"), ("GIT_TRACE_SETUP", "1")] {
        let bench = history().env(name, value);
        assert_eq!(bench.run("log cake.toml"), log, "{name}");
    }
    // A warning beside the answer "no", as settings that cannot be read give it.
    let bench =
        history().file("settings", "[trace2]\nnormalTarget = 2\n[core]\nattributesFile = /proc/1/x/y\n");
    let settings = bench.path("settings").display().to_string();
    assert_eq!(bench.env("GIT_CONFIG_GLOBAL", &settings).run("log cake.toml"), log);
}

/// A clone of the history that has the versions of its newest commit only.
fn partial(filter: &str) -> Bench {
    let bench = history().git("config uploadpack.allowFilter true");
    let address = format!("file://{}", bench.path("").display());
    bench.git_words(&["clone", "--quiet", "--filter", filter, &address, "partial"])
}

#[test]
fn what_could_not_be_read_before_is_not_told_as_new() {
    let bench = partial("blob:none");
    let said = bench.run("log partial/cake.toml");
    assert!(said.contains("\n  found  3 hypotheses and "), "{said}");
    assert!(!said.contains("\n  new") && said.contains("GIT_NO_LAZY_FETCH=0"), "{said}");
    let json = |command: &str| -> Value {
        let output = bench.command(command).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let log = json("log partial/cake.toml --format json");
    let newest = &log["commits"][0];
    assert_eq!((&newest["boundary"], &newest["changes"]), (&true.into(), &serde_json::json!([])));
    assert!(newest["conclusion"]["after"]["leaders"].as_array().is_some_and(|found| !found.is_empty()));
    let blame = json("blame partial/cake.toml --format json");
    assert_eq!(blame["cells"][0]["boundary"], true);
}

#[test]
fn a_version_with_a_fault_marks_the_one_after_it() {
    let bench = Bench::new().file("c.toml", "ach = 1\ntitle = \n").committed();
    let bench = bench.file("c.toml", CASE).commit("mended");
    let said = bench.run("log c.toml");
    assert!(said.contains("\n  found  3 hypotheses") && said.contains("\n^"), "{said}");
    assert!(bench.run("blame c.toml").contains("  a  ^"));
    // What was no scenario held no judgement.
    let bench = Bench::new().file("c.toml", "[package]\n").committed();
    let bench = bench.file("c.toml", CASE).commit("scenario");
    let said = bench.run("log c.toml");
    assert!(said.contains("\n  new  3 hypotheses") && !said.contains("\n^"), "{said}");
}

#[test]
fn a_clone_without_trees_says_what_it_lacks() {
    let said = partial("tree:0").run("log partial/cake.toml");
    assert!(
        said.contains("the repository lacks the object") && said.contains("GIT_NO_LAZY_FETCH=0"),
        "{said}"
    );
}

#[test]
fn a_file_that_a_sparse_checkout_leaves_out_is_named_so_and_has_a_history() {
    let bench = Bench::new().file("in/a.toml", CASE).file("out/b.toml", CASE);
    let bench = bench.committed().edit("out/b.toml", r#"dog = "CC""#, r#"dog = "N""#).commit("two");
    let bench = bench.git("sparse-checkout set in");
    assert!(!bench.has("out/b.toml"));
    assert_eq!(bench.run("diff"), "");
    assert!(bench.run("log out/b.toml").contains("crumbs / dog"));
    assert!(!bench.run("diff HEAD~1").contains("gone"));
    for command in ["table", "blame"] {
        let said = bench.run(&format!("{command} out/b.toml"));
        assert!(
            said.contains(
                "a sparse checkout leaves this file out\nhelp: name the version in the index, :out/b.toml\n"
            ),
            "{said}"
        );
        assert!(!bench.run(&format!("{command} :out/b.toml")).contains("error"), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_commit_of_the_mode_alone_is_called_one() {
    use std::os::unix::fs::PermissionsExt;
    let bench = history();
    std::fs::set_permissions(bench.path("cake.toml"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let bench = bench.commit("executable");
    let said = bench.run("log cake.toml -n 1");
    assert!(said.contains("  no change  only the mode of the file"), "{said}");
    assert!(!bench.run("blame cake.toml").contains("executable"));
}
