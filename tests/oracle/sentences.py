#!/usr/bin/env python3
"""Checks what `ach` says in sentences against the oracle.

    sentences.py BINARY [--count N] [--start SEED] [--keep DIR] [--unknown]

Runs every command that computes on N generated scenarios (default 100), reads
the sentences of the text for people and of Markdown, and works out anew what
they claim. A sentence that claims something but is of no known form is counted,
and listed with --unknown. Exit status: 0 all true, 1 some wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import localcontext
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True

import claims_caveats  # noqa: E402, F401
import claims_explain  # noqa: E402, F401
import claims_lead  # noqa: E402, F401
import claims_log  # noqa: E402, F401
import claims_more  # noqa: E402, F401
import claims_rows  # noqa: E402, F401
import claims_versions  # noqa: E402, F401
import claims_what_if  # noqa: E402, F401
import speech  # noqa: E402
from claims_owed import owed  # noqa: E402
from counting import Request  # noqa: E402
from exact import DIGITS  # noqa: E402
from plain import plain, plain_versions  # noqa: E402
from reading import METHODS, read  # noqa: E402
from runs import random_filter  # noqa: E402

SHOWN = 20
COMMANDS = ("table", "rank", "explain", "sensitivity", "robustness", "timeline", "next")


def options_of(seed: int, command: str, file: Path) -> dict[str, Any]:
    r = random.Random(f"{seed} {command}")
    options: dict[str, Any] = {"method": r.choice(METHODS)} if r.random() < 0.8 else {}
    if r.random() < 0.15:
        options["as_of"] = f"{r.randint(2019, 2025)}-12-31"
    if r.random() < 0.15:
        options["where"] = random_filter(r, read(file.read_bytes()))
    return options


def text_of(binary: str, words: list[str]) -> str | None:
    done = subprocess.run([binary, *words], capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    return done.stdout.decode() if done.returncode == 0 else None


def history(texts: list[str], repository: Path) -> Path:
    """A repository of one file, a commit for each text."""
    git = ["git", "-C", str(repository)]
    repository.mkdir()
    subprocess.run([*git, "init", "-q"], check=True)
    stream = b""
    for n, text in enumerate(texts):
        message, file = f"Version {n}".encode(), text.encode()
        stream += b"commit HEAD\ncommitter Tester <t@example.org> %d +0000\n" % (1_760_000_000 + 86_400 * n)
        stream += b"data %d\n%s\nM 100644 inline case.toml\ndata %d\n%s\n" % (len(message), message, len(file), file)
    subprocess.run([*git, "fast-import", "--quiet"], input=stream, check=True)
    subprocess.run([*git, "reset", "-q", "--hard"], check=True)
    return repository / "case.toml"


def made(seed: int, directory: Path) -> list[tuple[str, list[Path], dict[str, Any]]]:
    """What is run on the scenarios of a seed: command, files and options."""
    file = directory / f"{seed}.toml"
    file.write_text(plain(seed), encoding="utf-8")
    versions = [directory / f"{seed}-{n}.toml" for n in range(3)]
    texts = plain_versions(seed)
    for path, text in zip(versions, texts):
        path.write_text(text, encoding="utf-8")
    runs: list[tuple[str, list[Path], dict[str, Any]]] = [(c, [file], options_of(seed, c, file)) for c in COMMANDS]
    method = {"method": METHODS[seed % 4]} if seed % 3 == 0 else {}
    # a version like the one before it is no commit
    new = [n for n, text in enumerate(texts) if n == 0 or text != texts[n - 1]]
    logged = [history([texts[n] for n in new], directory / f"{seed}-log"), *(versions[n] for n in new)]
    return [*runs, ("diff", versions[:2], method), ("team", versions[: len(texts)], {}), ("log", logged, method)]


def of_seed(binary: str, seed: int, directory: Path) -> tuple[speech.Told, list[str]]:
    """What was found in all texts of one seed, and the lines to show of what is wrong."""
    told, lines = speech.Told(), []
    for command, files, options in made(seed, directory):
        named = files[:1] if command == "log" else files  # the repository, then its versions
        words = [command, *map(str, named), *(f"--{key.replace('_', '-')}={value}" for key, value in options.items())]
        text = text_of(binary, [*words, "--width", "400", "--color", "never"])
        # the same sentences in other clothes: a third will do
        page = text_of(binary, [*words, "--format", "markdown"]) if seed % 3 == 0 else ""
        if text is None or page is None:
            told.wrong.append("no answer")
            lines.append(f"seed {seed}: no answer\n    ach {' '.join(words)}")
            continue
        versions = [read(file.read_bytes()) for file in files[len(named) if command == "log" else 0 :]]
        own = versions[-1] if command in ("diff", "log") else versions[0]
        with localcontext(DIGITS):
            context = speech.Context(command, own, Request(**options), versions=versions)
            found = speech.of_text(context, text)
            found.absorb(speech.of_markdown(context, page))
            if command in COMMANDS:
                said = (one for one in (text, page) if one)
                found.wrong += [f"it does not say {what}" for one in said for what in owed(context, one)]
        told.absorb(found)
        lines += [f"seed {seed}: {wrong}\n    ach {' '.join(words)}" for wrong in found.wrong]
    return told, lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--start", type=int, default=1, metavar="SEED")
    parser.add_argument("--keep", type=Path, default=Path("target/oracle/sentences"), metavar="DIR")
    parser.add_argument("--unknown", action="store_true", help="list the sentences of no known form")
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(2) as pool:
        seeds = range(options.start, options.start + options.count)
        results = list(pool.map(lambda seed: of_seed(binary, seed, Path(temporary)), seeds))
        told, shown = speech.Told(), []
        for found, lines in results:
            told.absorb(found)
            shown += [line.replace(temporary, str(options.keep)) for line in lines]
        if shown:
            options.keep.mkdir(parents=True, exist_ok=True)
            for file in Path(temporary).glob("*.toml"):
                (options.keep / file.name).write_bytes(file.read_bytes())
    for line in shown[:SHOWN]:
        print(line)
    if len(shown) > SHOWN:
        print(f"and {len(shown) - SHOWN} more")
    if options.unknown:
        report(told)
    known = len(set(told.checked))
    print(f"{len(told.checked)} sentences of {known} forms checked, {len(told.wrong)} wrong, {len(told.unknown)} of no known form")
    return 1 if told.wrong else 0


def report(told: speech.Told) -> None:
    alike: dict[str, list[str]] = {}
    for text in told.unknown:
        alike.setdefault(speech.shape(text), []).append(text)
    for shape, texts in sorted(alike.items(), key=lambda pair: -len(pair[1]))[:200]:
        print(f"{len(texts):5} {shape}    {texts[0]}")
    unused = {t.text for t in speech.TEMPLATES} - set(told.checked)
    for text in sorted(unused):
        print(f"never seen: {text}")


if __name__ == "__main__":
    sys.exit(main())
