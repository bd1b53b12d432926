//! `ach git`, and `ach diff` as git runs it.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests run the real git and look at its files"
)]

use std::path::Path;

use insta::assert_snapshot;

use crate::support::{Bench, CASE, bench};

/// With the program on the search path.
fn on_path(bench: Bench) -> Bench {
    let bin = Path::new(env!("CARGO_BIN_EXE_ach")).parent().expect("a program is in a directory");
    let path = std::env::var("PATH").unwrap_or_default();
    bench.env("PATH", &format!("{}:{path}", bin.display()))
}

/// A committed case in a repository that uses the program.
fn installed() -> Bench {
    let bench = on_path(bench().committed());
    bench.result("git install");
    bench.commit("install")
}

/// The settings of the repository that are ours.
fn settings(bench: &Bench) -> String {
    bench.git_says("config --local --get-regexp ach")
}

#[test]
fn install_tells_what_it_changes_and_changes_nothing_twice() {
    let bench = on_path(bench().file("Cargo.toml", "[package]\n").committed());
    assert_snapshot!(bench.run("git install --dry-run"), @r#"
    would set diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    would set diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    would set merge.ach.name = ACH scenarios, cell by cell
    would set merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }
    would set difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    would add *.ach.toml diff=ach merge=ach to .gitattributes
    would add /case.toml diff=ach merge=ach to .gitattributes
    would add .*.ach-journal to .git/info/exclude
    "#);
    assert_eq!(bench.run("git install --dry-run -q"), bench.run("git install --dry-run"));
    assert!(!bench.has(".gitattributes"));
    assert_snapshot!(settings(&bench), @"--- exit 1");
    assert_snapshot!(bench.run("git install"), @r#"
    set diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    set diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    set merge.ach.name = ACH scenarios, cell by cell
    set merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }
    set difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    add *.ach.toml diff=ach merge=ach to .gitattributes
    add /case.toml diff=ach merge=ach to .gitattributes
    add .*.ach-journal to .git/info/exclude

    Commit .gitattributes: it is the team's. The settings are yours: everyone runs `ach git install` in a clone once.
    "#);
    assert_snapshot!(bench.run("git install"), @"all is set already");
    assert_snapshot!(bench.read(".gitattributes"), @"
    *.ach.toml diff=ach merge=ach
    /case.toml diff=ach merge=ach
    ");
    assert_snapshot!(settings(&bench), @r#"
    diff.ach.command ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    diff.ach.xfuncname ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    merge.ach.name ACH scenarios, cell by cell
    merge.ach.driver ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }
    difftool.ach.cmd ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    "#);
    assert_snapshot!(bench.git_says("check-attr diff merge -- case.toml Cargo.toml new.ach.toml"), @"
    case.toml: diff: ach
    case.toml: merge: ach
    Cargo.toml: diff: unspecified
    Cargo.toml: merge: unspecified
    new.ach.toml: diff: ach
    new.ach.toml: merge: ach
    ");
    assert!(bench.read(".git/info/exclude").ends_with("\n.*.ach-journal\n"));
}

#[test]
fn uninstall_leaves_what_was_there_before() {
    let bench = on_path(
        bench().file(".gitattributes", "# of the team\r\n*.png binary\r\ncase.toml text").committed(),
    );
    let bench = bench.git("config diff.other.command less").git("config diff.ach.wordRegex x");
    let (config, exclude) = (bench.read(".git/config"), bench.read(".git/info/exclude"));
    bench.result("git install");
    assert_snapshot!(bench.read(".gitattributes").replace('\r', "~"), @"
    # of the team~
    *.png binary~
    case.toml text~
    *.ach.toml diff=ach merge=ach~
    /case.toml diff=ach merge=ach
    ");
    assert_snapshot!(bench.run("git uninstall --dry-run"), @r#"
    would unset diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    would unset diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    would unset merge.ach.name = ACH scenarios, cell by cell
    would unset merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }
    would unset difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    would remove *.ach.toml diff=ach merge=ach from .gitattributes
    would remove /case.toml diff=ach merge=ach from .gitattributes
    would remove .*.ach-journal from .git/info/exclude
    "#);
    assert_snapshot!(bench.run("git uninstall"), @r#"
    unset diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    unset diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    unset merge.ach.name = ACH scenarios, cell by cell
    unset merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }
    unset difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    remove *.ach.toml diff=ach merge=ach from .gitattributes
    remove /case.toml diff=ach merge=ach from .gitattributes
    remove .*.ach-journal from .git/info/exclude
    "#);
    assert_eq!(bench.read(".gitattributes"), "# of the team\r\n*.png binary\r\ncase.toml text");
    assert_eq!(bench.read(".git/config"), config);
    assert_eq!(bench.read(".git/info/exclude"), exclude);
    assert_snapshot!(bench.run("git uninstall"), @"nothing of ours is set");
}

#[test]
fn names_that_git_must_spell_otherwise_are_found() {
    let odd = ["a [1]*.toml", "\u{e9} \"q\".toml", "d ir/#x.toml", "back\\slash.toml"];
    let bench = odd.into_iter().fold(on_path(Bench::new()), |bench, name| bench.file(name, CASE)).committed();
    bench.result("git install");
    assert_snapshot!(bench.read(".gitattributes"), @r#"
    *.ach.toml diff=ach merge=ach
    "/a \\[1]\\*.toml" diff=ach merge=ach
    /back\\slash.toml diff=ach merge=ach
    "/d ir/#x.toml" diff=ach merge=ach
    "/é \"q\".toml" diff=ach merge=ach
    "#);
    assert_eq!(
        bench.result("git status").lines().next(),
        Some("git compares and merges scenarios with ach.")
    );
    for name in odd {
        let bench = bench.git_says("status --short");
        assert!(!bench.contains(name), "{bench}");
    }
    let bench = bench.edit("a [1]*.toml", r#"dog = "II""#, r#"dog = "C""#);
    assert!(bench.git_says("diff").starts_with("diff --ach a/a [1]*.toml b/a [1]*.toml\n"));
}

#[test]
fn patterns_are_taken_as_they_are_and_files_as_themselves() {
    let bench = on_path(bench().file("cases/two.toml", CASE).committed());
    assert_snapshot!(bench.run_words(&["git", "install", "cases/*.toml", "case.toml", "-q"]), @"");
    assert_snapshot!(bench.read(".gitattributes"), @"
    cases/*.toml diff=ach merge=ach
    /case.toml diff=ach merge=ach
    ");
    assert_snapshot!(bench.run("git install cases"), @"
    --- stderr
    error: cases is a directory
    help: name files, or a pattern such as 'cases/*.toml'
    --- exit 2
    ");
    assert_snapshot!(bench.run_words(&["git", "install", "!*.toml"]), @r#"
    --- stderr
    error: "!*.toml": git takes no pattern that begins with ! for attributes
    help: name a file or a pattern
    --- exit 2
    "#);
    assert_snapshot!(bench.run_words(&["git", "install", "-q"]), @"");
    assert_snapshot!(bench.read(".gitattributes"), @"
    cases/*.toml diff=ach merge=ach
    /case.toml diff=ach merge=ach
    *.ach.toml diff=ach merge=ach
    ");
}

#[test]
fn a_file_of_attributes_that_only_the_index_has_is_not_hidden_by_a_new_one() {
    let bench = installed();
    let before = bench.read(".gitattributes");
    bench.result("git uninstall");
    assert!(!bench.has(".gitattributes"));
    bench.result("git install");
    assert_eq!(bench.read(".gitattributes"), before);
}

#[test]
fn a_program_that_moved_is_told_and_found_again() {
    let bench = installed();
    let bench = bench.git_words(&["config", "diff.ach.command", "'/g one/ach' --width 90 diff --git-driver"]);
    let bench = bench.git("config merge.ach.driver less").git("config --unset difftool.ach.cmd");
    assert_snapshot!(bench.run("git status"), @r#"
    git runs a program that is gone: until that is mended, it compares and merges lines.

    Settings
      diff.ach.command    its program is gone: '/g one/ach' --width 90 diff --git-driver
      diff.ach.xfuncname  ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
      merge.ach.name      ACH scenarios, cell by cell
      merge.ach.driver    not ours: less
      difftool.ach.cmd    not set

    .gitattributes gives ach the one scenario that there is.

    ach git install sets what is missing
    "#);
    // Away from the search path, the whole path is what is left.
    let bench = bench.env("PATH", &std::env::var("PATH").unwrap_or_default());
    let said = bench.result("git install").replace(env!("CARGO_BIN_EXE_ach"), "/target/ach");
    assert_snapshot!(said, @r#"
    set diff.ach.command = /target/ach --width 90 diff --git-driver  (was '/g one/ach' --width 90 diff --git-driver)
    set merge.ach.driver = /target/ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }  (was less)
    set difftool.ach.cmd = /target/ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    "#);
    assert_eq!(
        bench.result("git status").lines().next(),
        Some("git compares and merges scenarios with ach.")
    );
}

#[test]
fn global_settings_are_the_users() {
    let bench = on_path(bench().committed())
        .env("GIT_CONFIG_GLOBAL", "settings")
        .file("settings", "[user]\nname = A\n");
    let home = bench.path("").display().to_string();
    let said = bench.result("git install --global").replace(&home, "~/");
    assert_snapshot!(said, @r#"
    set diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    set diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    set merge.ach.name = ACH scenarios, cell by cell
    set merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }
    set difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    add *.ach.toml diff=ach merge=ach to ~/.config/git/attributes
    add .*.ach-journal to ~/.config/git/ignore
    "#);
    assert_snapshot!(bench.read(".config/git/attributes"), @"*.ach.toml diff=ach merge=ach");
    assert_snapshot!(bench.read(".config/git/ignore"), @".*.ach-journal");
    assert_snapshot!(settings(&bench), @"--- exit 1");
    // What the user's own settings say already is not said again.
    assert_snapshot!(bench.run("git install"), @"
    add *.ach.toml diff=ach merge=ach to .gitattributes
    add /case.toml diff=ach merge=ach to .gitattributes
    add .*.ach-journal to .git/info/exclude

    Commit .gitattributes: it is the team's. The settings are yours: everyone runs `ach git install` in a clone once.
    ");
    assert_snapshot!(bench.run("git uninstall"), @"
    remove *.ach.toml diff=ach merge=ach from .gitattributes
    remove /case.toml diff=ach merge=ach from .gitattributes
    remove .*.ach-journal from .git/info/exclude
    git still uses ach by your own settings: `ach git uninstall --global` ends that
    ");
    bench.result("git uninstall --global");
    assert_snapshot!(bench.read("settings"), @"
    [user]
    name = A
    ");
    assert!(!bench.has(".config/git/attributes"));
}

#[test]
fn where_there_is_nothing_to_install_into_it_says_so() {
    let bare = Bench::new().git("init --quiet --bare .");
    assert_snapshot!(bare.run("git install").replace(bare.path("").display().to_string().trim_end_matches('/'), "/bare"), @"
    --- stderr
    error: /bare has no work tree
    help: run it in a repository with files, or take --global
    --- exit 2
    ");
    let nowhere = on_path(Bench::new()).env("HOME", "/nonexistent");
    assert_snapshot!(nowhere.run("git status"), @"
    --- stderr
    error: . is not in a git repository
    help: run it in one, `git init` makes one; or take --global for all that you have
    --- exit 2
    ");
    assert_snapshot!(nowhere.env("PATH", "/nonexistent").run("git install"), @"
    --- stderr
    error: the git program was not found
    help: install git first
    --- exit 2
    ");
}

#[test]
fn a_linked_work_tree_is_part_of_its_repository() {
    let bench = installed().git("worktree add --quiet -b side side");
    let mut command = bench.command("git status");
    let output = command.current_dir(bench.path("side")).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said.lines().next(), Some("git compares and merges scenarios with ach."), "{said}");
}

#[test]
fn a_new_scenario_is_given_to_ach_where_git_uses_it() {
    let bench = installed();
    assert_snapshot!(bench.run("new other.toml"), @"
    wrote other.toml
    add /other.toml to .gitattributes, so that git uses ach for it
    ");
    assert_snapshot!(bench.run("new third.ach.toml"), @"wrote third.ach.toml");
    assert_snapshot!(bench.git_says("check-attr diff -- other.toml third.ach.toml"), @"
    other.toml: diff: ach
    third.ach.toml: diff: ach
    ");
    let without = bench.git("config --remove-section diff.ach");
    assert_snapshot!(without.run("new fourth.toml"), @"wrote fourth.toml");
}

#[test]
fn git_diff_tells_what_changed() {
    let bench = installed().edit("case.toml", r#"dog = "II""#, r#"dog = "C""#);
    assert_snapshot!(bench.git_says("diff"), @"
    diff --ach a/case.toml b/case.toml
    TLP:CLEAR

    ca31e3c -> work tree
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
    TLP:CLEAR

    ca31e3c -> 11b97da
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
    TLP:CLEAR

    ca31e3c -> /dev/null
    3 hypotheses, scored by weighted
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
        said.contains("warning: case.toml: after: contradicts itself (1 error); `ach check` tells where"),
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
    error: git calls its driver with 1, 7 or 9 arguments
    help: `ach git install` has git use it
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
}

#[test]
fn nothing_in_a_file_acts_on_the_terminal_that_a_pager_shows_it_on() {
    let bench = installed().file("x.ach.toml", "a = \"\u{1b}[2J\u{202e}\"\n");
    let bench = bench.commit("two").edit("x.ach.toml", "a =", "b =");
    assert!(bench.git_says("diff").contains("+b = \"\u{1b}[2J"));
    let paged = bench.env("GIT_PAGER_IN_USE", "true").env("TERM", "dumb").git_says("diff");
    assert!(paged.contains(r#"+b = "\u001b[2J\u202e""#), "{paged}");
}

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

#[test]
fn a_pattern_that_git_would_never_match_is_refused() {
    let bench = installed();
    for pattern in ["../cases/*.toml", "./new.toml"] {
        let said = bench.run(&format!("git install {pattern}"));
        assert!(
            said.contains("counts from the root of the repository") && said.ends_with("--- exit 2\n"),
            "{said}"
        );
    }
}
