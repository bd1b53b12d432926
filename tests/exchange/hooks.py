#!/usr/bin/env python3
"""Tries `.pre-commit-hooks.yaml` with pre-commit itself: `hooks.py ACH`.

In a repository with a good scenario, a bad one and an unrelated TOML file, the
hooks find the fault of the bad one, mind its spacing, and pass over the third.
Instead of a build from the sources, they run the program that is given.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HOOKS = Path(__file__).parent.parent.parent / ".pre-commit-hooks.yaml"
GOOD = 'ach = 1\ntitle = "T"\n\n[[hypothesis]]\nid = "a"\nname = "A"\n'
BAD = 'ach = 1\ntitle = "T"\n\n[[hypothesis]]\nid   = "a"\nnam = "A"\n'


def git(folder: Path, *words: str) -> None:
    own = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, **files: str) -> None:
    folder.mkdir()
    git(folder, "init", "-q")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "All")


def try_hooks(hooks: Path, repository: Path, home: Path) -> tuple[int, str]:
    words = ["pre-commit", "try-repo", str(hooks), "--all-files"]
    settings = {**os.environ, "PRE_COMMIT_HOME": str(home)}
    done = subprocess.run(words, cwd=repository, env=settings, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def main() -> None:
    ach = Path(sys.argv[1]).resolve()
    text = HOOKS.read_text().replace("language: rust", "language: system").replace("entry: ach ", f"entry: {ach} ")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commit(folder / "hooks", **{"__pre-commit-hooks__yaml": text})
        other = '[package]\nname   = "x"\n'
        commit(folder / "clean", good__toml=GOOD, Cargo__toml=other)
        commit(folder / "faulty", good__toml=GOOD, bad__toml=BAD, Cargo__toml=other)
        code, told = try_hooks(folder / "hooks", folder / "clean", folder / "home")
        assert code == 0 and told.count("Passed") == 2, told
        code, told = try_hooks(folder / "hooks", folder / "faulty", folder / "home")
        assert code != 0 and told.count("Failed") == 2 and "bad.toml" in told, told
        assert "Cargo.toml" not in told, told
    print("the hooks find faults, and pass over other files")


if __name__ == "__main__":
    main()
