//! git as it starts us: in hooks, `GIT_DIR` and the current directory together say which repository is meant.
#![allow(clippy::disallowed_methods, reason = "a hook is a process in a directory")]
#![allow(clippy::unwrap_used, reason = "in a test, to fail is to report")]

use std::path::Path;
use std::process::Command;

use ach_matrix::git::{Address, FileStatus, Git, Range, Repository, Revision, TreePath};

fn clean(directory: &Path) -> Git {
    let mut git = Git::default();
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        git = git.without(name);
    }
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", directory)
}

fn git(directory: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", directory);
    command.args(["-c", "user.name=analyst", "-c", "user.email=analyst@example.org"]);
    let output = command.current_dir(directory).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn read(repository: &Repository, address: &str) -> String {
    String::from_utf8(repository.read(&Address::parse(address).unwrap(), 1000).unwrap()).unwrap()
}

/// One test, since the current directory belongs to the whole process.
#[test]
fn in_a_hook_the_environment_says_which_repository_is_meant() {
    let place = tempfile::tempdir().unwrap();
    let place = place.path().canonicalize().unwrap();
    let (main, side, bare) = (place.join("main"), place.join("side"), place.join("bare"));
    std::fs::create_dir_all(main.join("cases")).unwrap();
    std::fs::write(main.join("cases/f.toml"), "committed").unwrap();
    git(&main, &["init", "--quiet", "--initial-branch=main"]);
    git(&main, &["add", "."]);
    git(&main, &["commit", "--quiet", "-m", "one"]);
    git(&main, &["worktree", "add", "--quiet", "-b", "side", "../side"]);
    git(&main, &["clone", "--quiet", "--bare", ".", "../bare"]);

    // A commit hook of a linked work tree: its git directory, the index that will be committed, no GIT_WORK_TREE.
    std::env::set_current_dir(&side).unwrap();
    std::fs::write("cases/f.toml", "staged").unwrap();
    git(&side, &["add", "."]);
    std::fs::rename(main.join(".git/worktrees/side/index"), side.join("next-index")).unwrap();
    let environment = clean(&place)
        .env("GIT_DIR", main.join(".git/worktrees/side"))
        .env("GIT_INDEX_FILE", side.join("next-index"));
    let repository = Repository::discover(environment, Path::new("cases")).unwrap();
    assert_eq!(repository.root(), Ok(side.as_path()));
    assert_eq!(repository.prefix(), Ok(TreePath::new("cases")));
    assert_eq!(read(&repository, ":./f.toml"), "staged");
    assert_eq!(read(&repository, "HEAD:./f.toml"), "committed");
    let changed = repository.changed(&Range::WorkTree(Revision::head()), true).unwrap();
    let found: Vec<_> = changed.iter().map(|c| (c.path.to_string(), c.status.clone())).collect();
    assert_eq!(
        found,
        [("cases/f.toml".into(), FileStatus::Modified), ("next-index".into(), FileStatus::Untracked)]
    );

    // A hook of the main work tree, where git writes a relative GIT_DIR.
    std::env::set_current_dir(&main).unwrap();
    let environment = clean(&place).env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index");
    let (repository, path) = Repository::locate(environment, Path::new("cases/f.toml")).unwrap();
    assert_eq!(repository.root(), Ok(main.as_path()));
    assert_eq!(repository.blob(&Revision::head(), &path, 1000), Ok(Some(b"committed".to_vec())));

    // A hook of the receiving side, which has no files.
    std::env::set_current_dir(&bare).unwrap();
    let repository = Repository::discover(clean(&place).env("GIT_DIR", "."), Path::new("")).unwrap();
    assert!(repository.root().is_err());
    assert_eq!(read(&repository, "main:cases/f.toml"), "committed");

    // The index of a hook without GIT_DIR counts from the root of the work tree, not from where it is asked.
    std::env::set_current_dir(&main).unwrap();
    std::fs::rename(".git/index", ".git/next-index").unwrap();
    let environment = clean(&place).env("GIT_INDEX_FILE", ".git/next-index");
    let repository = Repository::discover(environment, Path::new("cases")).unwrap();
    assert_eq!(read(&repository, ":./f.toml"), "committed");
}
