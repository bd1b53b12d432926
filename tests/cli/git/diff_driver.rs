//! `ach diff` as git runs it.

use insta::assert_snapshot;

use super::installed;
use crate::support::{Bench, CASE, bench};

#[test]
fn git_diff_tells_what_changed() {
    let bench = installed().edit("case.toml", r#"dog = "II""#, r#"dog = "C""#);
    assert_snapshot!(bench.git_says("diff"), @"
    diff --ach a/case.toml b/case.toml
    ca31e3c -> work tree                            TLP:CLEAR
    3 hypotheses, scored by weighted

    The leader changed: The children -> The dog

     Hypothesis                  Before     After
    ─────────────────────────────────────────────────────────
     dog         The dog       2  -2.83  1   0.00  ▲1  +2.83
     Kids        The children  1  -1.41  2  -1.41  ▼1
     burglar     A burglar     -  -3.83  -  -3.83

    1 judgement
      plate  dog  II -> C  The plate stands washed in the rack

    TLP:CLEAR
    ");
    assert_snapshot!(bench.git_says("diff --stat"), @"
    case.toml | 2 +-
    1 file changed, 1 insertion(+), 1 deletion(-)
    ");
    assert_snapshot!(bench.git_says("diff --no-ext-diff -U1"), @r#"
    diff --git a/case.toml b/case.toml
    index ca31e3c..11b97da 100644
    --- a/case.toml
    +++ b/case.toml
    @@ -37,3 +37,3 @@ plate
     [evidence.ratings]
    -dog = "II"
    +dog = "C"
     children = "C"
    "#);
    assert_eq!(bench.git_says("difftool --no-prompt -t ach"), bench.git_says("diff"));
    // What git does not give us by itself is compared too where we are the tool that was asked for.
    let other = bench.file("other.toml", CASE).git("add other.toml").edit("other.toml", r#""CC""#, r#""C""#);
    let said = other.git_says("difftool --no-prompt -t ach -- other.toml");
    assert!(
        said.starts_with("diff --ach a/other.toml b/other.toml\n") && said.contains("crumbs  dog  CC -> C"),
        "{said}"
    );
    let bench = other;
    // Another program set for everything does not come before the one for scenarios.
    let bench = bench
        .git("config diff.external false")
        .git("config core.pager false")
        .env("GIT_EXTERNAL_DIFF", "false");
    assert!(bench.git_says("diff").starts_with("diff --ach a/case.toml b/case.toml\n"));
}

#[test]
fn commits_tell_what_changed_with_ext_diff() {
    let bench = installed().edit("case.toml", r#"dog = "II""#, r#"dog = "C""#).commit("two");
    let bench = bench.git("mv case.toml cake.toml").commit("three");
    let bench =
        bench.edit("cake.toml", r#"dog = "C""#, r#"dog = "N""#).git("mv cake.toml case.toml").commit("four");
    assert_snapshot!(bench.git_says("log -p --ext-diff --format=%s -M -3"), @r#"
    four

    diff --git a/cake.toml b/case.toml
    similarity index 98%
    rename from cake.toml
    rename to case.toml
    index 11b97da..9c677fd 100644
    --- a/cake.toml
    +++ b/case.toml
    @@ -35,7 +35,7 @@ plate
     date = "2025-03"
     relevance = "high"
     [evidence.ratings]
    -dog = "C"
    +dog = "N"
     children = "C"
     
     [[evidence]]
    three

    diff --ach a/case.toml b/cake.toml
    similarity index 100%
    rename from case.toml
    rename to cake.toml
    two

    diff --ach a/case.toml b/case.toml
    ca31e3c -> 11b97da                              TLP:CLEAR
    3 hypotheses, scored by weighted

    The leader changed: The children -> The dog

     Hypothesis                  Before     After
    ─────────────────────────────────────────────────────────
     dog         The dog       2  -2.83  1   0.00  ▲1  +2.83
     Kids        The children  1  -1.41  2  -1.41  ▼1
     burglar     A burglar     -  -3.83  -  -3.83

    1 judgement
      plate  dog  II -> C  The plate stands washed in the rack

    TLP:CLEAR
    "#);
    let shown = bench.git_says("show --ext-diff HEAD~2");
    assert!(shown.contains("\ndiff --ach a/case.toml b/case.toml\n"), "{shown}");
    let bench = bench.edit("case.toml", r#"dog = "N""#, r#"dog = "I""#).git("stash --quiet");
    let stashed = bench.git_says("stash show -p --ext-diff");
    assert!(stashed.contains("plate  dog  N -> I"), "{stashed}");
}

#[test]
fn added_and_deleted_scenarios_are_told_as_such() {
    let bench = installed().file("new.ach.toml", "ach = 1\ntitle = \"New\"\n").git("add new.ach.toml");
    assert_snapshot!(bench.git_says("diff --cached"), @"
    diff --ach a/new.ach.toml b/new.ach.toml
    new file mode 100644
    /dev/null -> 73ba38b
    0 hypotheses, scored by weighted

    The scenario is new. Leader: none.

    1 scenario field changed
      title  {+New+}
    ");
    let bench = bench.git("rm --quiet --cached new.ach.toml").git("rm --quiet case.toml");
    let said = bench.git_says("diff --cached");
    assert_snapshot!(said.lines().take(6).collect::<Vec<_>>().join("\n"), @"
    diff --ach a/case.toml b/case.toml
    deleted file mode 100644
    ca31e3c -> /dev/null                    TLP:CLEAR
    3 hypotheses, scored by weighted

    The scenario is gone. Former leader: The children.
    ");
}

#[test]
fn what_is_no_scenario_is_compared_by_lines_silently() {
    let bench = installed().file("plain.ach.toml", "x = 1\n").file("a.ach.toml", "\0binary").commit("two");
    let bench = bench.edit("plain.ach.toml", "1", "2").edit("a.ach.toml", "binary", "bytes");
    assert_snapshot!(bench.git_says("diff"), @"
    diff --git a/a.ach.toml b/a.ach.toml
    index d33e394..2e355f9 100644
    Binary files a/a.ach.toml and b/a.ach.toml differ
    diff --git a/plain.ach.toml b/plain.ach.toml
    index 7d4290a..407de30 100644
    --- a/plain.ach.toml
    +++ b/plain.ach.toml
    @@ -1 +1 @@
    -x = 1
    +x = 2
    ");
    // Such a difference is a patch.
    let patch = bench.git_says("diff plain.ach.toml");
    let bench = bench.file("patch", patch).git("checkout --quiet .").git("apply patch");
    assert_eq!(bench.read("plain.ach.toml"), "x = 2\n");
}

#[test]
fn a_scenario_that_cannot_be_read_is_told_and_compared_by_lines() {
    let bench = installed().edit("case.toml", r#"dog = "II""#, r#"dog = "CCC""#);
    assert_snapshot!(bench.git_says("diff"), @r#"
    diff --git a/case.toml b/case.toml
    index ca31e3c..3d56288 100644
    --- a/case.toml
    +++ b/case.toml
    @@ -35,7 +35,7 @@ plate
     date = "2025-03"
     relevance = "high"
     [evidence.ratings]
    -dog = "II"
    +dog = "CCC"
     children = "C"
     
     [[evidence]]
    --- stderr
    warning: case.toml: after: cannot be read as a scenario (line 38: unknown rating "CCC"); lines are compared
    "#);
    let bench = bench.commit("broken").edit("case.toml", r#"dog = "CCC""#, r#"dog = "C""#);
    assert!(bench.git_says("diff").contains("warning: case.toml: before: cannot be read"));
    let bench = bench.file("case.toml", "x = 1\n").git("checkout --quiet HEAD~1 -- case.toml");
    let bench = bench.file("case.toml", "x = 1\n");
    let said = bench.git_says("diff");
    assert!(
        said.contains("warning: case.toml: is a scenario on one side only; lines are compared"),
        "{said}"
    );
    // One that contradicts itself is compared all the same.
    let bench = bench.file("case.toml", CASE).edit(
        "case.toml",
        "name = \"The dog\"\n",
        "name = \"The dog\"\nprior = 0.5\n",
    );
    let said = bench.git_says("diff");
    assert!(said.contains("dog  prior"), "{said}");
    assert!(
        said.contains("warning: case.toml: after: contradicts itself (1 error); `ach check` shows where"),
        "{said}"
    );
}

#[test]
fn a_change_of_writing_only_shows_the_lines() {
    let bench = installed().edit("case.toml", "ach = 1\n", "ach = 1 # version\n");
    assert_snapshot!(bench.git_says("diff"), @r#"
    diff --ach a/case.toml b/case.toml
    The analysis is the same: only comments, [meta] or ways of writing differ.
    index ca31e3c..1d3f502 100644
    --- a/case.toml
    +++ b/case.toml
    @@ -1,4 +1,4 @@
    -ach = 1
    +ach = 1 # version
     title = "Who took the cake?"
     question = "Where did the cake go between noon and two?"
     as_of = 2025-03-09
    "#);
}

#[test]
fn an_unmerged_path_is_one_line() {
    let bench = bench();
    assert_snapshot!(bench.run_words(&["diff", "--git-driver", "a\u{1b}b.toml"]), @r"* Unmerged path a\u001bb.toml: `ach resolve` lists what is left to settle");
    assert_snapshot!(bench.run("diff --git-driver a b"), @"
    --- stderr
    error: git passes 1, 7 or 9 arguments to its diff driver
    help: `ach git install` sets it up
    --- exit 2
    ");
}

#[test]
fn colour_and_width_are_as_git_has_them() {
    let bench = installed().edit("case.toml", r#"dog = "II""#, r#"dog = "C""#);
    let coloured = |bench: &Bench| bench.git_says("diff").contains('\u{1b}');
    assert!(!coloured(&bench));
    let bench = bench.git("config color.ui always");
    assert!(bench.git_says("diff").starts_with("\u{1b}[1mdiff --ach a/case.toml b/case.toml\u{1b}[0m\n"));
    let bench = bench.git("config color.diff never");
    assert!(!coloured(&bench));
    let bench = bench.git("config --unset color.diff").env("NO_COLOR", "1");
    assert!(!coloured(&bench));
    // Behind a pager, git tells the columns that its terminal had.
    let paged = bench.env("GIT_PAGER_IN_USE", "true").env("COLUMNS", "50").env("TERM", "xterm");
    let said = paged.git_says("diff");
    assert!(said.lines().all(|line| line.chars().count() <= 50), "{said}");
    let paged = paged.git("config --unset color.ui").env("NO_COLOR", "");
    assert!(coloured(&paged));
    assert!(!coloured(&paged.git("config color.pager false")));
}

#[test]
fn nothing_in_a_file_acts_on_the_terminal_that_a_pager_shows_it_on() {
    let bench = installed().file("x.ach.toml", "a = \"\u{1b}[2J\u{202e}\"\n");
    let bench = bench.commit("two").edit("x.ach.toml", "a =", "b =");
    assert!(bench.git_says("diff").contains("+b = \"\u{1b}[2J"));
    let paged = bench.env("GIT_PAGER_IN_USE", "true").env("TERM", "dumb").git_says("diff");
    assert!(paged.contains(r#"+b = "\u001b[2J\u202e""#), "{paged}");
}

#[test]
fn where_the_program_is_gone_lines_are_compared_and_the_diff_goes_on() {
    let bench =
        bench().file("a b.toml", CASE).file("z.txt", "one\n").git("init --quiet --initial-branch=main");
    bench.result("git install -q");
    let bench = bench.commit("one").edit("case.toml", r#"dog = "CC""#, r#"dog = "C""#);
    let bench = bench.edit("a b.toml", r#"dog = "II""#, r#"dog = "I""#).file("z.txt", "two\n");
    std::fs::remove_file(bench.path("case.toml")).expect("it is there");
    let command = bench.git_says("config diff.ach.command");
    let own = env!("CARGO_BIN_EXE_ach");
    assert!(command.starts_with(own), "{command}");
    let gone = command.replacen(own, "'/g one/ach'", 1);
    let bench = bench.git_words(&["config", "diff.ach.command", gone.trim_end()]);
    let said = bench.git_says("diff");
    let lines = ["-dog = \"II\"\n+dog = \"I\"\n", "-title = \"Who took the cake?\"\n", "-one\n+two\n"];
    assert!(lines.iter().all(|line| said.contains(line)), "{said}");
    assert!(said.contains("ach: not found") && !said.contains("--- exit"), "{said}");
    // Nothing is compared twice where the program is there.
    let bench = bench.git_words(&["config", "diff.ach.command", command.trim_end()]);
    let said = bench.git_says("diff");
    assert!(said.contains("plate  dog  II -> I") && !said.contains("+dog = \"I\""), "{said}");
}

#[test]
fn a_reader_that_has_read_enough_does_not_stop_the_work() {
    let bench = installed();
    let run = |arguments: &str| {
        let (reader, writer) = std::io::pipe().expect("there are pipes");
        drop(reader);
        let mut command = bench.command(arguments);
        let status = command.stdout(writer).stdin(std::process::Stdio::null()).status().expect("it runs");
        assert!(status.success(), "{arguments}");
    };
    run("git uninstall");
    assert_eq!(bench.git_says("config --get-regexp ach"), "--- exit 1\n");
    assert!(!bench.has(".gitattributes") || bench.read(".gitattributes").is_empty());
    run("git install");
    assert!(bench.result("git status -q").contains("git compares and merges scenarios with ach."));
    let bench = bench.file("a.toml", "title = \"A\"\nach=1\n").file("b.toml", "title = \"B\"\nach=1\n");
    let (reader, writer) = std::io::pipe().expect("there are pipes");
    drop(reader);
    let status = bench.command("fmt a.toml b.toml").stdout(writer).status().expect("it runs");
    assert!(status.success());
    assert_eq!(bench.read("b.toml"), "ach = 1\ntitle = \"B\"\n");
}
