//! `ach merge`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a corpus is made of files")]

use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::support::{Bench, CASE};

/// A bench with three versions of the case: edits are texts of the case with what stands in their place.
fn three(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Bench {
    let edited = |edits: &[(&str, &str)]| {
        edits.iter().fold(CASE.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        })
    };
    Bench::new().file("base.toml", CASE).file("ours.toml", edited(ours)).file("theirs.toml", edited(theirs))
}

const DOG_C: (&str, &str) = ("dog = \"CC\"", "dog = \"C\"");
const DOG_N: (&str, &str) = ("dog = \"CC\"", "dog = \"N\"");
const PLATE_N: (&str, &str) = ("children = \"C\"", "children = \"N\"");

/// The cases of the corpus: `merged.toml` is what `ach merge base.toml ours.toml theirs.toml` prints, `said` what it says
/// besides. `ACH_BLESS=1` writes both anew: read them before they are committed.
#[test]
fn the_corpus_is_merged_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/merge");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 19, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let read = |name: &str| std::fs::read(case.join(name)).unwrap_or_default();
        let mut bench = Bench::new();
        for name in ["base.toml", "ours.toml", "theirs.toml"] {
            bench = bench.file(name, read(name));
        }
        let said = bench.run("merge base.toml ours.toml theirs.toml -o merged.toml");
        let merged = bench.read("merged.toml");
        let checked = bench.run("check --only syntax,unknown-hypothesis,duplicate-id merged.toml");
        assert!(checked.contains("no findings"), "{}: {checked}", case.display());
        if std::env::var_os("ACH_BLESS").is_some() {
            std::fs::write(case.join("merged.toml"), &merged).unwrap();
            std::fs::write(case.join("said"), &said).unwrap();
        } else if read("merged.toml") != merged.as_bytes() || read("said") != said.as_bytes() {
            wrong.push(format!("{}:\n{said}\n{merged}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "merged otherwise than expected\n{}", wrong.join("\n"));
}

#[test]
fn what_does_not_meet_is_merged_without_a_word_too_many() {
    let bench = three(&[DOG_C], &[PLATE_N]);
    assert_snapshot!(bench.run("merge base.toml ours.toml theirs.toml -o ours.toml"), @"
    --- stderr
    merged ours.toml: 1 judgement from theirs
    ");
    let both = CASE.replacen(DOG_C.0, DOG_C.1, 1).replacen(PLATE_N.0, PLATE_N.1, 1);
    assert_eq!(bench.read("ours.toml"), both);
    assert_eq!(bench.run("-q merge base.toml ours.toml theirs.toml -o out.toml"), "");
    assert_eq!(bench.read("out.toml"), both);
}

#[test]
fn the_result_goes_to_standard_output_where_no_file_is_named() {
    let bench = three(&[DOG_C], &[PLATE_N]);
    let told = bench.run("merge base.toml ours.toml theirs.toml");
    let (result, said) = told.split_once("--- stderr\n").unwrap();
    assert!(result.starts_with("ach = 1\n") && result.contains("dog = \"C\""), "{told}");
    assert_eq!(said, "merged: 1 judgement from theirs\n");
}

#[test]
fn a_dash_is_standard_output_and_no_file() {
    let bench = three(&[], &[PLATE_N]);
    assert_eq!(
        bench.run("merge base.toml ours.toml theirs.toml -o -"),
        bench.run("merge base.toml ours.toml theirs.toml")
    );
    assert!(!bench.has("-"));
}

#[test]
fn a_conflict_is_told_and_the_answer_is_no() {
    let bench = three(&[DOG_C], &[DOG_N, PLATE_N]);
    assert_snapshot!(bench.run("merge -o ours.toml --marker-size 7 --path case.toml base.toml ours.toml theirs.toml"), @"
    --- stderr
    merged case.toml: 1 judgement from theirs, 1 conflict: crumbs / dog: ours C, theirs N
    ach resolve case.toml lists and settles what is left
    --- exit 1
    ");
    assert_snapshot!(bench.run("-q merge -o out.toml base.toml theirs.toml ours.toml"), @"
    --- stderr
    merged out.toml: nothing new from theirs, 1 conflict: crumbs / dog: ours N, theirs C
    ach resolve out.toml lists and settles what is left
    --- exit 1
    ");
    assert!(
        bench
            .read("ours.toml")
            .contains("dog = { rating = \"C\", conflict = { base = \"CC\", theirs = \"N\" } }")
    );
    // Until it is settled, nothing is scored.
    let told = bench.run("table ours.toml");
    assert!(told.contains("ach resolve FILE") && told.contains("--- exit 2"), "{told}");
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let bench = three(&[DOG_C], &[DOG_N, PLATE_N]);
    let before = bench.read("ours.toml");
    let told = bench.run("merge base.toml ours.toml theirs.toml -o ours.toml --dry-run");
    assert!(told.contains("as it is -> as it would be") && told.contains("1 conflict"), "{told}");
    assert!(told.contains("--- exit 1"), "{told}");
    assert_eq!(bench.read("ours.toml"), before);
}

#[test]
fn what_both_sides_added_has_an_empty_base() {
    let bench = three(&[], &[DOG_N]).file("base.toml", "");
    let told = bench.run("merge -o ours.toml base.toml ours.toml theirs.toml");
    assert!(told.contains("1 conflict: crumbs / dog: ours CC, theirs N"), "{told}");
    let equal = three(&[], &[]).file("base.toml", "\n");
    assert_snapshot!(equal.run("merge -o ours.toml base.toml ours.toml theirs.toml"), @"
    --- stderr
    merged ours.toml: nothing new from theirs
    ");
    assert_eq!(equal.read("ours.toml"), CASE);
}

#[test]
fn files_that_are_no_scenarios_are_merged_by_lines_in_silence() {
    let bench = Bench::new().file("base", "a\nb\nc\n").file("ours", "A\nb\nc\n").file("theirs", "a\nb\nC\n");
    let bench = bench.git("--version");
    assert_snapshot!(bench.run("merge -o ours base ours theirs"), @"");
    assert_eq!(bench.read("ours"), "A\nb\nC\n");
    let bench = bench.file("theirs", "x\nb\nC\n").file("ours", "A\nb\nc\n");
    assert_snapshot!(bench.run("merge -o ours --path notes.toml --marker-size 9 base ours theirs"), @"--- exit 1");
    assert_snapshot!(bench.read("ours"), @"
    <<<<<<<<< ours
    A
    =========
    x
    >>>>>>>>> theirs
    b
    C
    ");
    let bench = bench.file("ours", "A\nb\nc\n");
    assert_snapshot!(bench.run("merge -L mine -L old -L yours base ours theirs"), @"
    <<<<<<< mine
    A
    =======
    x
    >>>>>>> yours
    b
    C
    --- exit 1
    ");
}

#[test]
fn what_is_no_text_is_not_merged() {
    let bench = Bench::new().file("base", "a\0").file("ours", "b\0").file("theirs", "c\0");
    assert_snapshot!(bench.run("merge -o ours base ours theirs"), @r"
    --- stderr
    error: base is not a text file: it contains NUL bytes
    help: choose one of the versions
    --- exit 2
    ");
    assert_eq!(bench.read("ours"), "b\0");
}

#[test]
fn a_scenario_that_cannot_be_read_is_merged_by_lines_with_a_warning() {
    let bench = three(&[DOG_C], &[PLATE_N, ("title = ", "titel = ")]).git("--version");
    assert_snapshot!(bench.run("merge -o ours.toml --path case.toml base.toml ours.toml theirs.toml"), @r#"
    --- stderr
    warning: case.toml: theirs cannot be read (unknown key "titel" in the scenario, line 2); merged by lines instead
    --- exit 1
    "#);
    let text = bench.read("ours.toml");
    assert!(text.contains("titel = ") && text.contains(DOG_C.1) && text.contains(PLATE_N.1), "{text}");
    let bench = three(&[DOG_C], &[DOG_N]).file("base.toml", "no scenario\n").git("--version");
    let told = bench.run("merge -o ours.toml base.toml ours.toml theirs.toml");
    assert!(told.contains("warning: ours.toml: base.toml cannot be read"), "{told}");
    assert!(bench.read("ours.toml").contains("<<<<<<< ours.toml\n"), "{}", bench.read("ours.toml"));
}

#[test]
fn versions_that_are_not_there_are_refused() {
    let bench = three(&[], &[]);
    assert_snapshot!(bench.run("merge base.toml ours.toml their.toml"), @r#"
    --- stderr
    error: cannot read their.toml: there is no such file
    help: did you mean "theirs.toml"?
    --- exit 2
    "#);
    assert_snapshot!(bench.run("merge - ours.toml -"), @"
    --- stderr
    error: standard input can be read once: name - once

    Usage: ach merge [OPTIONS] <BASE> <OURS> <THEIRS>

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn versions_may_be_revisions() {
    let bench = Bench::new().file("case.toml", CASE).committed();
    let bench = bench.edit("case.toml", DOG_C.0, DOG_C.1).commit("two");
    let told = bench.run("merge HEAD~1:case.toml case.toml HEAD~1:case.toml -o case.toml");
    assert!(told.contains("nothing new from theirs"), "{told}");
}

#[test]
fn git_merges_with_it_what_stands_side_by_side() {
    let driver = format!(
        "[merge \"ach\"]\ndriver = \"'{}' merge -o %A --marker-size %L --path %P %O %A %B\"\n",
        env!("CARGO_BIN_EXE_ach")
    );
    let bench =
        Bench::new().file("cases/case.toml", CASE).file(".gitattributes", "*.toml merge=ach\n").committed();
    let bench = bench.file(".git/driver", driver).git("config include.path driver");
    let bench =
        bench.git("checkout --quiet -b theirs").edit("cases/case.toml", DOG_N.0, DOG_N.1).commit("theirs");
    let bench = bench.git("checkout --quiet main");
    let bench = bench.edit("cases/case.toml", "children = \"I\"", "children = \"II\"").commit("ours");
    let bench = bench.git("merge --quiet --no-edit theirs");
    let text = bench.read("cases/case.toml");
    assert!(text.contains("dog = \"N\"\nchildren = \"II\"\n"), "{text}");
}

#[test]
fn a_comment_for_which_there_is_no_line_is_told() {
    let dog = |rest: &str| ("dog = \"CC\"", format!("dog = {rest}"));
    let case = |(old, new): (&str, String)| CASE.replacen(old, &new, 1);
    let bench = Bench::new()
        .file("base.toml", case(dog("\"CC\" # old")))
        .file("ours.toml", case(dog("\"C\" # mine")))
        .file("theirs.toml", case(dog("\"N\" # yours")));
    assert_snapshot!(bench.run("merge base.toml ours.toml theirs.toml -o ours.toml"), @"
    --- stderr
    merged ours.toml: nothing new from theirs, 1 conflict: crumbs / dog: ours C, theirs N
    ach resolve ours.toml lists and settles what is left
    warning: ours.toml: the result lacks a comment of theirs (line 28 of theirs): # yours
    --- exit 1
    ");
    assert!(bench.read("ours.toml").contains("# mine"));
}

#[test]
fn git_tells_who_the_sides_are() {
    let bench = three(&[DOG_C], &[DOG_N]);
    let merge = ["merge", "base.toml", "ours.toml", "theirs.toml", "-o", "out.toml"];
    let labelled = |labels: [&str; 3]| {
        let labels = labels.map(|label| ["-L", label]);
        bench.run_words(&[&merge[..], labels.as_flattened()].concat())
    };
    let said = labelled(["HEAD", "base", "7aa383b (mine)"]);
    assert!(said.contains("\nours is HEAD, theirs is 7aa383b (mine)\n"), "{said}");
    // What an older version of git leaves as it is, or has no word for.
    for labels in [["%X", "%S", "%Y"], ["", "", ""]] {
        let said = labelled(labels);
        assert!(said.contains("1 conflict") && !said.contains("ours is"), "{said}");
    }
}
