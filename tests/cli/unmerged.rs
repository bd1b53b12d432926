//! Files that git lists as unmerged, and that hold no record of what is left to settle.

use insta::assert_snapshot;

use crate::support::{Bench, bench};

/// Two branches with a judgement each, and one that both changed if `disputed`; git is told not to merge the file.
fn unmerged(disputed: bool) -> Bench {
    let bench = bench().file(".gitattributes", "*.toml -merge\n").committed();
    let bench = bench.git("checkout --quiet -b theirs").edit("case.toml", r#"dog = "II""#, r#"dog = "I""#);
    let bench =
        if disputed { bench.edit("case.toml", r#"burglar = "I""#, r#"burglar = "N""#) } else { bench };
    let bench = bench.commit("theirs").git("checkout --quiet main");
    let bench = bench.edit("case.toml", r#"dog = "CC""#, r#"dog = "C""#);
    let bench =
        if disputed { bench.edit("case.toml", r#"burglar = "I""#, r#"burglar = "C""#) } else { bench };
    let bench = bench.commit("ours");
    assert!(bench.git_says("merge theirs").contains("CONFLICT"));
    bench
}

/// Runs the command with which the report ends, up to the words that explain it.
fn follow(bench: &Bench) -> String {
    let said = bench.run("resolve case.toml");
    let command = said.lines().find_map(|line| line.strip_prefix("ach ")).unwrap_or_default().to_owned();
    let words: Vec<&str> = command.split(' ').take_while(|word| *word != "merges").collect();
    bench.run_words(&words)
}

#[test]
fn a_file_without_the_changes_of_theirs_is_not_called_settled() {
    let bench = unmerged(false);
    assert_snapshot!(bench.run("resolve case.toml").replace(&commit(&bench), "COMMIT"), @"
    TLP:CLEAR

    git has not merged case.toml: 1 change of theirs is not in it.
    plate / dog: II -> I
    In this merge theirs is COMMIT (theirs), and ours is your branch.

    ach merge :1:case.toml case.toml :3:case.toml -o case.toml merges what both changed

    TLP:CLEAR
    ");
    assert_snapshot!(follow(&bench), @"
    --- stderr
    merged case.toml: 1 judgement from theirs
    ");
    assert_snapshot!(bench.run("resolve case.toml"), @"
    TLP:CLEAR

    There are no conflicts in case.toml.

    git add case.toml marks it as settled

    TLP:CLEAR
    ");
}

fn commit(bench: &Bench) -> String {
    bench.git_says("log -1 --format=%h theirs").trim().to_owned()
}

#[test]
fn what_both_changed_is_not_called_settled_for_ours_where_nobody_chose() {
    let bench = unmerged(true).git("checkout --quiet --ours case.toml");
    assert!(bench.run("resolve case.toml").contains("2 changes of theirs are not in it"));
    assert_snapshot!(follow(&bench), @"
    --- stderr
    merged case.toml: 1 judgement from theirs, 1 conflict: barking / burglar: ours C, theirs N
    ach resolve case.toml lists and settles what is left
    --- exit 1
    ");
    assert_snapshot!(bench.run("resolve case.toml barking burglar --theirs"), @"
    barking / burglar: conflict settled
    barking / burglar: C -> N
    no conflicts are left: git add case.toml
    ");
}

#[test]
fn a_file_without_the_changes_of_ours_is_not_called_settled() {
    let bench = unmerged(false).git("checkout --quiet --theirs case.toml");
    assert!(bench.run("resolve case.toml").contains("1 change of ours is not in it"));
    follow(&bench);
    assert!(bench.run("resolve case.toml").contains("git add case.toml"));
}

#[test]
fn a_file_that_one_side_deleted_is_told_with_both_ways_out() {
    let bench = bench().committed().git("checkout --quiet -b theirs").git("rm --quiet case.toml");
    let bench = bench.git("commit --quiet -m gone").git("checkout --quiet main");
    let bench = bench.edit("case.toml", r#"dog = "CC""#, r#"dog = "C""#).commit("ours");
    assert!(bench.git_says("merge theirs").contains("CONFLICT"));
    assert_snapshot!(bench.run("resolve case.toml").replace(&commit(&bench), "COMMIT"), @"
    TLP:CLEAR

    git has not merged case.toml: theirs deleted it, and ours changed it.
    In this merge theirs is COMMIT (gone), and ours is your branch.

    git add case.toml keeps it

    git rm case.toml deletes it

    TLP:CLEAR
    ");
    assert_eq!(
        bench.json("resolve case.toml --format json")["unmerged"],
        serde_json::json!({ "deleted": "theirs" })
    );
}
