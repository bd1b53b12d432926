//! `ach merge` as git runs it.

use insta::assert_snapshot;

use super::installed;
use crate::support::{Bench, CASE, bench};

/// Two branches that judge neighbouring cells, which a merge by lines could not settle, and one cell otherwise.
fn branches() -> Bench {
    installed()
        .git("checkout --quiet -b theirs")
        .edit("case.toml", r#"dog = "II""#, r#"dog = "I""#)
        .commit("theirs")
        .edit("case.toml", r#"dog = "CC""#, r#"dog = "C""#)
        .commit("more")
        .git("checkout --quiet main")
        .edit("case.toml", r#"children = "C""#, r#"children = "CC""#)
        .commit("ours")
}

/// The row of the plate, on which both branches have worked.
fn plate(bench: &Bench) -> String {
    let table = bench.json("table case.toml --format json");
    table["evidence"][1]["ratings"].to_string()
}

const BOTH: &str = r#"{"dog":"I","children":"CC"}"#;

#[test]
fn whatever_merges_in_git_merges_cell_by_cell() {
    assert_eq!(plate(&branches().git("merge --quiet -m merged theirs")), BOTH);
    assert_eq!(plate(&branches().git("cherry-pick theirs~1")), BOTH);
    assert_eq!(plate(&branches().git("rebase --quiet theirs")), BOTH);
    assert_eq!(
        plate(&branches().git("revert --no-edit HEAD").git("merge --quiet -m merged theirs")),
        r#"{"dog":"I","children":"C"}"#
    );
    let stashed = branches().edit("case.toml", r#"dog = "II""#, r#"dog = "I""#).git("stash --quiet");
    let stashed = stashed.edit("case.toml", r#"burglar = "I""#, r#"burglar = "N""#).commit("next");
    assert_eq!(plate(&stashed.git("stash pop --quiet")), BOTH);
}

#[test]
fn what_both_judged_otherwise_is_left_to_resolve() {
    let bench = branches().edit("case.toml", r#"dog = "CC""#, r#"dog = "N""#).commit("otherwise");
    // Newer versions of git tell who is who.
    let said = bench.git_says("merge -q theirs").replace("ours is HEAD, theirs is theirs\n", "");
    assert_snapshot!(said, @"
    Auto-merging case.toml
    CONFLICT (content): Merge conflict in case.toml
    Automatic merge failed; fix conflicts and then commit the result.
    --- stderr
    merged case.toml: 1 judgement from theirs, 1 conflict: crumbs / dog: ours N, theirs C
    ach resolve case.toml lists and settles what is left
    --- exit 1
    ");
    assert!(bench.git_says("diff --cached").starts_with("* Unmerged path case.toml: `ach resolve` "));
    assert!(
        bench
            .read("case.toml")
            .contains(r#"dog = { rating = "N", conflict = { base = "CC", theirs = "C" } }"#)
    );
    bench.result("resolve case.toml crumbs dog --theirs");
    let bench = bench.commit("merged");
    assert_eq!(plate(&bench), BOTH);
    // The merge set nothing that neither side had.
    assert!(!bench.result("blame case.toml").contains("merged"));
}

#[test]
fn a_merge_by_lines_can_be_started_over() {
    let bench = branches().git("config --remove-section merge.ach");
    assert!(bench.git_says("merge -q theirs").contains("CONFLICT"));
    let said = bench.run("table case.toml");
    assert!(said.contains("run `ach git install` and then `git checkout --merge FILE`"), "{said}");
    bench.result("git install");
    let bench = bench.git("checkout --quiet --merge case.toml");
    assert_eq!(plate(&bench), BOTH);
}

#[test]
fn where_the_program_is_gone_lines_are_merged_and_theirs_is_not_lost() {
    let bench = branches();
    let bench = bench.env("PATH", &std::env::var("PATH").unwrap_or_default());
    let said = bench.git_says("merge -q theirs");
    assert!(said.contains("ach: not found") && said.contains("CONFLICT"), "{said}");
    let merged = bench.read("case.toml");
    let conflict =
        merged.split_once("<<<<<<< ours\n").and_then(|(_, rest)| rest.split_once(">>>>>>> theirs\n"));
    let (conflict, _) = conflict.expect("it has markers");
    assert!(conflict.contains(r#"dog = "I""#) && conflict.contains(r#"children = "CC""#), "{merged}");
    // What does not meet is merged.
    assert!(merged.contains(r#"dog = "C""#), "{merged}");
}

#[test]
fn a_scenario_that_a_filter_compresses_is_merged_by_cell() {
    let bench = installed()
        .git_words(&["config", "filter.packed.clean", "gzip -nc"])
        .git_words(&["config", "filter.packed.smudge", "gzip -dc"])
        .git_words(&["config", "filter.packed.required", "true"]);
    let attributes = bench.read(".gitattributes") + "case.toml filter=packed\n";
    let bench = bench
        .file(".gitattributes", attributes)
        .edit("case.toml", r#"dog = "II""#, r#"dog = "N""#)
        .commit("packed")
        .git("checkout --quiet -b theirs")
        .edit("case.toml", r#"dog = "N""#, r#"dog = "I""#)
        .commit("theirs")
        .git("checkout --quiet main")
        .edit("case.toml", r#"children = "C""#, r#"children = "CC""#)
        .commit("ours")
        .git("merge --quiet -m merged theirs");
    assert_eq!(plate(&bench), BOTH);
    assert_eq!(bench.git_says("status --short"), "");
}

#[test]
fn a_version_that_cannot_be_merged_at_all_is_a_conflict_and_git_goes_on() {
    let bench = installed()
        .file("note.txt", "a\n")
        .commit("note")
        .git("checkout --quiet -b theirs")
        .file("case.toml", b"\0theirs")
        .file("note.txt", "b\n")
        .commit("theirs")
        .git("checkout --quiet main")
        .edit("case.toml", r#"children = "C""#, r#"children = "CC""#)
        .commit("ours");
    let said = bench.git_says("merge --quiet theirs");
    assert!(said.contains("CONFLICT (content): Merge conflict in case.toml"), "{said}");
    assert!(said.contains("ours is kept, as a conflict"), "{said}");
    assert!(said.ends_with("--- exit 1\n") || said.ends_with("--- exit 1"), "{said}");
    assert_eq!(bench.read("note.txt"), "b\n");
    assert!(bench.read("case.toml").contains(r#"children = "CC""#));
}

#[cfg(unix)]
#[test]
fn a_result_that_cannot_be_written_is_a_conflict_and_ours_is_whole() {
    let note = "why ".repeat(2_000);
    let bench = bench()
        .file(
            "theirs.toml",
            CASE.replace(r#"dog = "CC""#, &format!(r#"dog = {{ rating = "CC", note = "{note}" }}"#)),
        )
        .file("base.toml", CASE);
    // Blocks of 512 or 1,024 bytes: room for ours, not for the result.
    let script = format!(
        "trap '' XFSZ; ulimit -f 4; '{}' merge -o case.toml --path=a/memo.toml base.toml case.toml theirs.toml 2>&1 | cat; \
         exec 2>&1; '{0}' merge -q -o case.toml --path=case.toml base.toml case.toml theirs.toml 2>/dev/null; echo $?",
        env!("CARGO_BIN_EXE_ach")
    );
    let run = std::process::Command::new("sh").args(["-c", &script]).current_dir(bench.path("")).output();
    let said = String::from_utf8_lossy(&run.expect("there is a shell").stdout).into_owned();
    assert!(said.contains("a/memo.toml: ours is kept, as a conflict") && said.ends_with("\n1\n"), "{said}");
    assert!(said.contains("cannot save a/memo.toml: ") && !said.contains("case.toml"), "{said}");
    assert_eq!(bench.read("case.toml"), CASE);
    let names = std::fs::read_dir(bench.path("")).expect("it is there").count();
    assert_eq!(names, 3, "nothing else is left");
}
