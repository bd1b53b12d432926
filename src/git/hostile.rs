//! Tests that reading a version runs no program that a repository's configuration or the environment names.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a trap is a program, and a sprung one is a file")]

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::fixture::{Fixture, LIMIT};
use super::{Address, Error, Git, Range, Repository, Revision, TreePath};

/// A repository in which every setting that names a program leads to one that leaves a file behind.
struct Trap {
    fixture: Fixture,
}

impl Trap {
    fn new() -> Self {
        let fixture = Fixture::new();
        fixture.write("f.toml", "1\n").write("moved", "text\n".repeat(30));
        fixture.write(".gitattributes", "* filter=a=b diff=trap\nmoved filter=other\n");
        fixture.commit("one");
        let trap = Self { fixture };
        let program = trap.fixture.place().join("trap");
        let script = format!("#!/bin/sh\necho \"$0 $*\" >>'{}'\ncat\n", trap.sprung().display());
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let program = program.to_str().unwrap();
        for key in [
            "diff.external",
            "diff.trap.command",
            "diff.trap.textconv",
            "core.pager",
            "core.fsmonitor",
            "core.sshCommand",
            "core.askPass",
            "core.editor",
            "pager.diff",
            "pager.cat-file",
            "gpg.program",
            "filter.a=b.clean",
            "filter.a=b.smudge",
            "filter.other.process",
        ] {
            trap.fixture.git(["config", key, program]);
        }
        for alias in ["cat-file", "rev-parse", "diff", "diff-tree", "ls-files"] {
            trap.fixture.git(["config", &format!("alias.{alias}"), &format!("!{program}")]);
        }
        trap.fixture.git(["config", "filter.a=b.required", "true"]);
        trap.fixture.git(["config", "log.showSignature", "true"]);
        trap.fixture.git(["config", "diff.relative", "true"]);
        trap.fixture.git(["config", "color.ui", "always"]);
        for hook in ["post-index-change", "fsmonitor-watchman", "reference-transaction"] {
            let hooks = trap.fixture.root().join(".git/hooks");
            std::fs::create_dir_all(&hooks).unwrap();
            std::fs::copy(program, hooks.join(hook)).unwrap();
        }
        // The same size at any time: git must read the file to see whether it differs.
        trap.fixture.write("f.toml", "2\n");
        std::fs::rename(trap.fixture.root().join("moved"), trap.fixture.root().join("here")).unwrap();
        trap
    }

    fn sprung(&self) -> PathBuf {
        self.fixture.place().join("sprung")
    }

    fn is_sprung(&self) -> bool {
        std::fs::remove_file(self.sprung()).is_ok()
    }

    fn git(&self) -> Git {
        let program = self.fixture.place().join("trap");
        let mut git = self.fixture.environment();
        for name in
            ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "PAGER", "GIT_ASKPASS", "GIT_SSH_COMMAND", "GIT_EDITOR"]
        {
            git = git.env(name, &program);
        }
        git.env("GIT_LITERAL_PATHSPECS", "1")
            .env("LC_ALL", "de_DE.UTF-8")
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "filter.other.clean")
            .env("GIT_CONFIG_VALUE_0", &program)
    }
}

/// Git with its default settings.
fn plain(fixture: &Fixture, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.current_dir(fixture.root()).args(arguments).stdin(std::process::Stdio::null());
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("HOME", fixture.place()).env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
    command.output().unwrap();
}

#[test]
fn the_traps_are_set() {
    let trap = Trap::new();
    for arguments in [&["diff", "HEAD"][..], &["status"], &["diff", "--raw", "--no-ext-diff"]] {
        plain(&trap.fixture, arguments);
        assert!(trap.is_sprung(), "{arguments:?}");
    }
    plain(
        &trap.fixture,
        &["-c", "core.fsmonitor=false", "diff", "--no-ext-diff", "--no-textconv", "--raw", "HEAD"],
    );
    assert!(trap.is_sprung(), "filters");
}

#[test]
fn nothing_is_run() {
    let trap = Trap::new();
    let repository = Repository::discover(trap.git(), &trap.fixture.root()).unwrap();
    assert!(!trap.is_sprung(), "discover");
    for address in ["HEAD:f.toml", "HEAD:./f.toml", ":f.toml"] {
        let read = repository.read(&Address::parse(address).unwrap(), LIMIT);
        let withheld = Error::Withheld { path: TreePath::new("f.toml"), filter: "a=b".to_owned() };
        assert_eq!(read, Err(withheld));
        assert!(!trap.is_sprung(), "{address}");
    }
    assert_eq!(repository.blob(&Revision::head(), &TreePath::new("absent"), LIMIT), Ok(None));
    let changed = repository.changed(&Range::parse("HEAD"), true).unwrap();
    let paths: Vec<String> = changed.iter().map(|changed| changed.path.to_string()).collect();
    assert_eq!(paths, ["f.toml", "here", "moved"]);
    assert!(!trap.is_sprung(), "changed in the work tree");

    trap.fixture.git(["-c", "core.hooksPath=/dev/null", "-c", "filter.a=b.required=false", "add", "here"]);
    let _ = trap.is_sprung();
    let changed = repository.changed(&Range::parse("HEAD"), true).unwrap();
    assert_eq!(changed.len(), 2, "{changed:?}");
    assert!(!trap.is_sprung(), "a rename in the work tree");
    repository.changed(&Range::parse("HEAD..HEAD"), true).unwrap();
    repository.changed(&Range::parse("HEAD...HEAD"), true).unwrap();
    repository.batch().is_unborn().unwrap();
    assert!(!trap.is_sprung(), "the rest");

    let history =
        repository.history(&mut repository.batch(), &Revision::head(), &TreePath::new("f.toml")).unwrap();
    assert_eq!(history.len(), 1);
    assert!(!trap.is_sprung(), "history");
    let files = repository.files().unwrap();
    repository.attributes(["diff", "merge"], &files).unwrap();
    assert!(repository.settings().setting("diff.trap.command").unwrap().is_some());
    assert!(!trap.is_sprung(), "files, attributes and settings");
    let git = repository.settings();
    super::compare_lines(&git, Some(b"1\n"), Some(b"2\n"), "x", true).unwrap();
    let (before, after) = (trap.fixture.root().join("f.toml"), trap.fixture.root().join("here"));
    let hunks = super::compare_files(&git, &before, &after, "x", false).unwrap();
    assert!(hunks.text.starts_with(b"@@"));
    assert!(!trap.is_sprung(), "lines");
}

#[test]
fn what_a_partial_clone_lacks_is_not_fetched() {
    let trap = Trap::new();
    let fixture = &trap.fixture;
    fixture.git(["config", "uploadpack.allowFilter", "true"]);
    let source = format!("file://{}", fixture.root().display());
    fixture.git(["clone", "--quiet", "--no-checkout", "--filter=blob:none", &source, "../partial"]);
    let partial = fixture.place().join("partial");
    // `touch FILE #`: git appends the path of the repository.
    let program = format!("touch '{}' #", trap.sprung().display());
    fixture.git_in(&partial, ["config", "remote.origin.uploadpack", &program]);
    let _ = trap.is_sprung();
    let ask = |git: Git| {
        let repository = Repository::discover(git, &partial).unwrap();
        repository.blob(&Revision::head(), &TreePath::new("f.toml"), LIMIT)
    };
    let asked = ask(trap.git());
    assert!(matches!(asked, Err(super::Error::MissingObject { .. })), "{asked:?}");
    assert!(!trap.is_sprung());
    ask(trap.git().env("GIT_NO_LAZY_FETCH", "0")).unwrap_err();
    assert!(trap.is_sprung(), "the user may ask for it");
}

#[test]
fn nothing_is_written() {
    let fixture = Fixture::new();
    fixture.write("f.toml", "1").commit("one");
    let file = std::fs::File::options().append(true).open(fixture.root().join("f.toml")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let index = || std::fs::read(fixture.root().join(".git/index")).unwrap();
    let before = index();
    assert_eq!(fixture.repository().changed(&Range::parse("HEAD"), true), Ok(Vec::new()));
    assert_eq!(index(), before);
    // Plain git would have refreshed the index here.
    plain(&fixture, &["diff", "HEAD"]);
    assert_ne!(index(), before);
}
