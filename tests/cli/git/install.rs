//! `ach git install` and `uninstall`.

use insta::assert_snapshot;

use super::{installed, on_path};
use crate::support::{Bench, CASE, bench};

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
    would set merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }
    would set difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    would add *.ach.toml diff=ach merge=ach to .gitattributes
    would add /case.toml diff=ach merge=ach to .gitattributes
    "#);
    assert_eq!(bench.run("git install --dry-run -q"), bench.run("git install --dry-run"));
    assert!(!bench.has(".gitattributes"));
    assert_snapshot!(settings(&bench), @"--- exit 1");
    assert_snapshot!(bench.run("git install"), @r#"
    set diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    set diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    set merge.ach.name = ACH scenarios, cell by cell
    set merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }
    set difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    add *.ach.toml diff=ach merge=ach to .gitattributes
    add /case.toml diff=ach merge=ach to .gitattributes

    Commit .gitattributes to share it with the team. The settings are personal: everyone runs `ach git install` once in each clone.
    "#);
    assert_snapshot!(bench.run("git install"), @"everything is set already");
    assert_snapshot!(bench.read(".gitattributes"), @"
    *.ach.toml diff=ach merge=ach
    /case.toml diff=ach merge=ach
    ");
    assert_snapshot!(settings(&bench), @r#"
    diff.ach.command ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    diff.ach.xfuncname ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    merge.ach.name ACH scenarios, cell by cell
    merge.ach.driver ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }
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
    would unset merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }
    would unset difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    would remove *.ach.toml diff=ach merge=ach from .gitattributes
    would remove /case.toml diff=ach merge=ach from .gitattributes
    "#);
    assert_snapshot!(bench.run("git uninstall"), @r#"
    unset diff.ach.command = ach diff --git-driver "$@" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :
    unset diff.ach.xfuncname = ^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']
    unset merge.ach.name = ACH scenarios, cell by cell
    unset merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }
    unset difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    remove *.ach.toml diff=ach merge=ach from .gitattributes
    remove /case.toml diff=ach merge=ach from .gitattributes
    "#);
    assert_eq!(bench.read(".gitattributes"), "# of the team\r\n*.png binary\r\ncase.toml text");
    assert_eq!(bench.read(".git/config"), config);
    assert_eq!(bench.read(".git/info/exclude"), exclude);
    assert_snapshot!(bench.run("git uninstall"), @"ach has set nothing");
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
    error: "!*.toml": git attributes take no pattern that begins with !
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
    git runs a program that is gone: until that is fixed, it compares and merges lines.

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
    set merge.ach.driver = /target/ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }  (was less)
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
    set merge.ach.driver = ach merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B || { test $? = 1 && exit 1; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }
    set difftool.ach.cmd = ach diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . .
    add *.ach.toml diff=ach merge=ach to ~/.config/git/attributes
    "#);
    assert_snapshot!(bench.read(".config/git/attributes"), @"*.ach.toml diff=ach merge=ach");
    assert_snapshot!(settings(&bench), @"--- exit 1");
    // What the user's own settings say already is not said again.
    assert_snapshot!(bench.run("git install"), @"
    add *.ach.toml diff=ach merge=ach to .gitattributes
    add /case.toml diff=ach merge=ach to .gitattributes

    Commit .gitattributes to share it with the team. The settings are personal: everyone runs `ach git install` once in each clone.
    ");
    assert_snapshot!(bench.run("git uninstall"), @"
    remove *.ach.toml diff=ach merge=ach from .gitattributes
    remove /case.toml diff=ach merge=ach from .gitattributes
    git still uses ach through your own settings: `ach git uninstall --global` removes those
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
    help: run it in a repository with files, or use --global
    --- exit 2
    ");
    let nowhere = on_path(Bench::new()).env("HOME", "/nonexistent");
    assert_snapshot!(nowhere.run("git status"), @"
    --- stderr
    error: . is not in a git repository
    help: run it in one (`git init` makes one), or use --global for all that you have
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
fn a_pattern_that_git_would_never_match_is_refused() {
    let bench = installed();
    for pattern in ["../cases/*.toml", "./new.toml"] {
        let said = bench.run(&format!("git install {pattern}"));
        assert!(
            said.contains("starts at the root of the repository") && said.ends_with("--- exit 2\n"),
            "{said}"
        );
    }
}

#[test]
fn the_line_that_overrides_is_named_with_what_to_write_below_it() {
    let bench = installed().file("c/memo.toml", CASE).file("c/.gitattributes", "# ours\n*.toml -merge\n");
    assert_snapshot!(bench.run("git install"), @"
    add /c/memo.toml diff=ach merge=ach to .gitattributes

    Commit .gitattributes to share it with the team. The settings are personal: everyone runs `ach git install` once in each clone.
    --- stderr
    warning: git does not give c/memo.toml to ach: line 2 of c/.gitattributes says `*.toml -merge`; write `/memo.toml diff=ach merge=ach` below it
    ");
    let said = bench.run("git install");
    assert!(said.contains("line 2 of c/.gitattributes") && !said.contains("set already"), "{said}");
    let said = bench.run("git status");
    assert!(said.contains("c/memo.toml  line 2 of c/.gitattributes says"), "{said}");
    assert!(!said.contains("ach git install sets"), "{said}");
    let bench = bench.file("c/.gitattributes", "*.toml -merge\n/memo.toml diff=ach merge=ach\n");
    assert_eq!(bench.run("git install"), "everything is set already\n");
    // A file that only this clone has takes precedence over all others.
    let bench = bench.file(".git/info/attributes", "memo.toml merge=union\n");
    assert!(bench.run("git status").contains("line 1 of .git/info/attributes says `memo.toml merge=union`"));
}

#[test]
fn conflicts_that_were_committed_are_told() {
    let disputed = r#"dog = { rating = "CC", conflict = { base = "C", theirs = "I" } }"#;
    let bench = installed().edit("case.toml", r#"dog = "CC""#, disputed);
    let said = bench.run("git status");
    assert!(said.contains("To settle\n  case.toml  1 conflict\n"), "{said}");
    let said = bench.commit("early").run("git status");
    assert!(said.contains("To settle\n  case.toml  1 conflict, committed unsettled\n"), "{said}");
    assert!(said.contains("ach resolve case.toml lists the conflicts"), "{said}");
}

#[test]
fn the_program_of_a_stranger_is_not_taken_for_ours() {
    let bench = installed().file("bin/ach", "#!/bin/sh\n").file("bin/evil", "#!/bin/sh\n");
    for name in ["bin/ach", "bin/evil"] {
        std::fs::set_permissions(bench.path(name), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("it is there");
    }
    let bench = bench
        .git_words(&["config", "diff.ach.command", r#"bin/ach diff --git-driver "$@""#])
        .git_words(&["config", "merge.ach.driver", r#"sh -c "bin/evil merge -o %A %O %A %B""#])
        .git_words(&["config", "difftool.ach.cmd", r#"bin/evil diff --git-driver "$MERGED""#]);
    let said = bench.run("git status");
    for told in ["another ach: bin/ach diff", "not ours: sh -c", "not ours: bin/evil diff"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let said = bench.run("git uninstall --dry-run");
    assert!(
        said.contains("kept merge.ach.driver") && said.contains("would unset diff.ach.command"),
        "{said}"
    );
    bench.result("git install");
    let settings = settings(&bench);
    assert!(!settings.contains("evil") && !settings.contains("bin/ach"), "{settings}");
    assert!(bench.run("git status").starts_with("git compares and merges scenarios with ach."));
}

#[test]
fn a_repository_does_not_choose_the_users_file_of_attributes() {
    let bench = on_path(bench().committed()).env("GIT_CONFIG_GLOBAL", "settings").file("settings", "");
    let bench = bench.git("config core.attributesFile theirs");
    assert!(bench.run("git install --global").contains(".config/git/attributes"));
    assert!(!bench.has("theirs"));
}
