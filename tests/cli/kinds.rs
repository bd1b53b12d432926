//! Kinds of repositories: the same history has the same answers in each.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "repositories are made in many ways")]

use crate::log::history;
use crate::support::Bench;

/// Ways to make the repository `other` from the history on the bench: what it is called, the steps, separated by ` ; `,
/// and whether it has a work tree.
const KINDS: [(&str, &str, bool); 13] = [
    ("clone", "clone --quiet . other", true),
    ("bare", "clone --quiet --bare . other", false),
    ("linked work tree", "worktree add --quiet --detach other", true),
    ("borrowed objects", "clone --quiet --shared . other", true),
    ("packed", "clone --quiet . other ; -C other gc --quiet ; -C other pack-refs --all", true),
    ("commit graph", "clone --quiet . other ; -C other commit-graph write", true),
    ("index of version 4", "clone --quiet . other ; -C other update-index --index-version 4", true),
    ("split index", "clone --quiet . other ; -C other update-index --split-index", true),
    ("git directory apart", "clone --quiet --separate-git-dir apart . other", true),
    ("detached head", "clone --quiet . other ; -C other checkout --quiet --detach", true),
    (
        "all its blobs fetched",
        "clone --quiet --no-local . other ; -C other repack -adq --no-write-bitmap-index",
        true,
    ),
    ("settings of many files", "clone --quiet . other ; -C other config feature.manyFiles true", true),
    (
        "settings per work tree",
        "clone --quiet . other ; -C other config extensions.worktreeConfig true",
        true,
    ),
];

fn made(steps: &str) -> Bench {
    steps.split(" ; ").fold(history(), |bench, step| bench.git(step))
}

#[test]
fn every_kind_of_repository_has_the_same_answers() {
    let answers = |bench: &Bench, has_files: bool| {
        let (directory, file) = if has_files { ("other", "cake.toml") } else { ("other", "HEAD:cake.toml") };
        let mut told = Vec::new();
        for command in ["log", "blame", "table"] {
            told.push(bench.run_in(directory, &[command, file, "--format", "csv"]));
        }
        told.push(bench.run_in(directory, &["diff", "HEAD~3..HEAD", "--format", "json"]));
        told
    };
    let expected = answers(&made(KINDS[0].1), true);
    assert!(expected.iter().all(|answer| !answer.contains("error")), "{expected:?}");
    for (kind, steps, has_files) in KINDS {
        assert_eq!(answers(&made(steps), has_files), expected, "{kind}");
    }
}

#[test]
fn ids_and_references_are_read_in_every_format() {
    for format in ["--object-format=sha256", "--ref-format=reftable"] {
        let probe = Bench::new().git("--version");
        if probe.git_says(&format!("init --quiet {format} probe")).contains("error") {
            // An older git knows no other format.
            continue;
        }
        let bench = Bench::new().file("case.toml", crate::support::CASE);
        let bench = bench.git(&format!("init --quiet --initial-branch=main {format}")).commit("one");
        let bench = bench.edit("case.toml", r#"dog = "CC""#, r#"dog = "N""#).commit("two");
        assert!(bench.run("log case.toml").contains("crumbs / dog  CC -> N"), "{format}");
        assert!(bench.run("diff HEAD~1").contains("crumbs"), "{format}");
        assert!(bench.run("blame case.toml").contains("two (1 cell)"), "{format}");
    }
}

/// Settings of git that change what git itself says or does.
const SETTINGS: [&str; 40] = [
    "log.showRoot false",
    "log.follow true",
    "log.date relative",
    "log.abbrevCommit true",
    "log.decorate full",
    "log.diffMerges first-parent",
    "log.showSignature true",
    "format.pretty oneline",
    "notes.displayRef *",
    "diff.renames false",
    "diff.renames copies",
    "diff.noprefix true",
    "diff.mnemonicPrefix true",
    "diff.external false",
    "diff.relative true",
    "diff.orderFile /dev/null",
    "diff.context 0",
    "diff.algorithm patience",
    "diff.ignoreSubmodules all",
    "diff.colorMoved zebra",
    "diff.suppressBlankEmpty true",
    "diff.autoRefreshIndex false",
    "core.abbrev 40",
    "core.quotePath true",
    "core.ignoreCase true",
    "core.untrackedCache true",
    "core.fsmonitor true",
    "core.attributesFile /nowhere",
    "core.pager false",
    "core.checkStat minimal",
    "core.fileMode false",
    "color.ui always",
    "i18n.logOutputEncoding latin1",
    "status.renames false",
    "status.showUntrackedFiles all",
    "merge.conflictStyle zdiff3",
    "alias.log !false",
    "pager.log true",
    "column.ui always",
    "trace2.normalTarget 2",
];

#[test]
fn no_setting_of_git_changes_an_answer() {
    let answers = |bench: &Bench| {
        ["log cake.toml", "blame cake.toml", "diff HEAD~3", "diff HEAD~5..HEAD --format json"]
            .map(|command| bench.run(command))
    };
    let expected = answers(&history());
    let mut bench = history().env("GIT_CONFIG_GLOBAL", ".git/mine");
    for setting in SETTINGS {
        let (key, value) = setting.split_once(' ').expect("a setting has a value");
        let (section, name) = key.split_once('.').expect("a key has a section");
        bench = bench.file(".git/mine", format!("[{section}]\n\t{name} = \"{value}\"\n"));
        assert_eq!(answers(&bench), expected, "{setting}");
    }
}
