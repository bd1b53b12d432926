#!/usr/bin/env python3
"""Compares `ach` with the oracle.

    compare.py BINARY [--commands C,C...] [--count N] [--start SEED] [--keep DIR] [FILE...]

Runs every command that computes (or those of --commands) on N generated
scenarios (default 200) and on every FILE, and compares the JSON with what
oracle.py says: structure, key order, strings and integers exactly, floats to
1e-9, what is drawn at random to 4.5 standard errors. A command that the binary
does not have is a difference. Of each run that differs the first place is
shown, at most 20 in all, and the scenario is kept in DIR (default
target/oracle) for the command to be run again. Exit status: 0 all equal, 1 some
differ.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True

import findings  # noqa: E402
import oracle  # noqa: E402
from counting import Request  # noqa: E402
from documents import Malformed, differences, drawn_differences, parse  # noqa: E402
from reading import Unscorable  # noqa: E402
from robustness import TooLarge  # noqa: E402
from runs import COMMANDS, Run, runs_of_file, runs_of_seed  # noqa: E402

SHOWN = 20
WORKERS = 3  # one thinks, the others wait for the program


def compare_run(binary: str, run: Run, files: list[Path], consensus: Path) -> Iterator[str]:
    """The differences of one run; `consensus` is where `team` may write."""
    try:
        done = subprocess.run([binary, *run.words(files, consensus)], capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    except subprocess.TimeoutExpired:
        yield "no answer within 120 s"
        return
    try:
        expected = None if run.command == "check" else oracle.answer(run.command, files, **run.options)
    except Unscorable as error:
        if done.returncode != 2 or done.stdout:
            yield f"expected exit status 2 and no output ({error}), got {done.returncode}"
        return
    if run.command == "check":
        yield from check_differences(run, files[0], done.stdout)
        return
    if done.returncode != 0:
        message = done.stderr.decode(errors="replace").strip().splitlines()
        yield f"exit status {done.returncode}: {message[0] if message else 'silent'}"
        return
    try:
        actual = parse(done.stdout)
    except Malformed as error:
        yield f"malformed output: {error}"
        return
    if run.command == "diff":  # the changes have no figures
        actual = {key: actual.get(key) for key in expected} if isinstance(actual, dict) else actual
    if run.command == "robustness" and not expected["exact"]:
        yield from drawn_differences(expected, actual)
    else:
        yield from differences(expected, actual)
    if run.command == "team":
        yield from consensus_differences(expected, files[0], consensus)


def check_differences(run: Run, file: Path, output: bytes) -> Iterator[str]:
    """Which findings there are, of those that the oracle knows."""
    try:
        found = {d["code"] for of in parse(output)["files"] for d in of["diagnostics"]}
    except (Malformed, KeyError, TypeError) as error:
        yield f"malformed output: {error}"
        return
    yield from findings.differing(oracle.read(file.read_bytes()), Request(**run.options), found)


def consensus_differences(expected: Any, first: Path, written: Path) -> Iterator[str]:
    """The consensus as a scenario: the first version with its cells replaced."""
    try:
        before, after = (oracle.read(file.read_bytes()) for file in (first, written))
    except (OSError, Unscorable) as error:
        yield f"--consensus-out: {error}"
        return
    finally:
        written.unlink(missing_ok=True)
    agreed = {(c["evidence"], c["hypothesis"]): c["consensus"] for c in expected["cells"]}
    for e in before.items:
        cells = {h.id: agreed.get((e.id, h.id), e.ratings.get(h.id)) for h in before.hypotheses}
        e.ratings = {h: r for h, r in cells.items() if r is not None}
    for scenario in (before, after):
        for e in scenario.items:
            e.confidence = {}  # a judgement of one rater, which the consensus need not keep
            e.ratings = {h.id: e.ratings[h.id] for h in scenario.hypotheses if h.id in e.ratings}
    if before != after:
        changed = next((x.id for x, y in zip(before.items, after.items) if x != y), None)
        yield f"--consensus-out: not the first version with its cells replaced (item {changed})"


@dataclass
class Outcome:
    runs: int = 0
    too_large: list[str] = field(default_factory=list)
    differing: list[tuple[str, Run, list[Path], list[str]]] = field(default_factory=list)


def check(binary: str, name: str, runs: Iterator[tuple[Run, list[Path]]], directory: Path) -> Outcome:
    outcome = Outcome()
    consensus = directory / f"{name.replace('/', '-')}.consensus.toml"
    for run, files in runs:
        try:
            found = list(compare_run(binary, run, files, consensus))
        except TooLarge as error:
            outcome.too_large.append(f"{name}: {run.command} {run.options}: {error}")
            continue
        outcome.runs += 1
        if found:
            outcome.differing.append((name, run, files, found))
    return outcome


def keep(files: list[Path], keep_in: Path, directory: Path) -> list[Path]:
    """Copies generated files to where they can be looked at."""
    keep_in.mkdir(parents=True, exist_ok=True)
    kept = []
    for file in files:
        if file.parent == directory:
            kept.append(keep_in / file.name)
            kept[-1].write_bytes(file.read_bytes())
        else:
            kept.append(file)
    return kept


def chosen_commands(text: str) -> list[str]:
    commands = text.split(",")
    unknown = [c for c in commands if c not in COMMANDS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(COMMANDS)}")
    return commands


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--commands", type=chosen_commands, default=list(COMMANDS), metavar="C,C...")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--start", type=int, default=1, metavar="SEED")
    parser.add_argument("--keep", type=Path, default=Path("target/oracle"), metavar="DIR")
    options = parser.parse_intermixed_args()
    if not Path(options.binary).is_file():
        parser.error(f"{options.binary} is not there")
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    binary = os.path.abspath(options.binary)

    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(WORKERS) as pool:
        directory = Path(made)
        seeds = range(options.start, options.start + options.count)
        jobs = [(f"seed {n}", runs_of_seed(n, options.commands, directory)) for n in seeds]
        jobs += [(str(file), runs_of_file(file, options.commands)) for file in options.files]
        outcomes = list(pool.map(lambda job: check(binary, *job, directory), jobs))
        differing = [d for outcome in outcomes for d in outcome.differing]
        for name, run, files, found in differing[:SHOWN]:
            kept = keep(files, options.keep, directory)
            print(f"{name}: {found[0]}" + (f" (and {len(found) - 1} more)" if len(found) > 1 else ""))
            print(f"    ach {' '.join(run.words(kept, options.keep / 'consensus.toml'))}")
    if len(differing) > SHOWN:
        print(f"and {len(differing) - SHOWN} runs more that differ")
        for command in options.commands:
            of_command = sum(run.command == command for _, run, _, _ in differing)
            print(f"    {command}: {of_command}")
    for line in (line for outcome in outcomes for line in outcome.too_large):
        print(f"not compared, too much to enumerate: {line}")
    print(f"{sum(outcome.runs for outcome in outcomes) - len(differing)} runs equal, {len(differing)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
