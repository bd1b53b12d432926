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
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True

import generate  # noqa: E402
import oracle  # noqa: E402

SHOWN = 20
WORKERS = 3  # one thinks, the others wait for the program
SIGMAS = 4.5
RARE = 8  # draws: what is rarer than a few in all does not spread like a normal distribution
NEVER = 1e-12
Options = dict[str, Any]  # of one run, by the oracle's names


class Malformed(Exception):
    """The output is not the JSON that docs/json.md promises."""


@dataclass
class Run:
    """One command line, and what it is called with in the oracle."""

    command: str
    options: Options = field(default_factory=dict)

    def words(self, files: list[Path], consensus: Path) -> list[str]:
        words = [self.command, *map(str, files)]
        if self.command == "team":
            words += ["--consensus-out", str(consensus)]
        for key, value in self.options.items():
            if key == "hypothesis":
                words.append(value)
            elif key == "every":
                words += ["--all"] if value else []
            else:
                words += [f"--{key.replace('_', '-')}", str(value)]
        return [*words, "--format", "json"]


# ---------------------------------------------------------------- what a document may be


def strict_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise Malformed("a key stands twice in one object")
    return dict(pairs)


def strict_number(text: str) -> int | float:
    if re.fullmatch(r"-0(\.0+)?([eE].*)?", text):
        raise Malformed("-0")
    return float(text) if set(text) & set(".eE") else int(text)


def no_constant(text: str) -> Any:
    raise Malformed(text)


def parse(data: bytes) -> Any:
    try:
        text = data.decode("utf-8")
        raw = oracle.ESCAPED.search(text) or re.search("[\x00-\x08\x0b-\x1f]", text)
        if raw and raw[0] not in "\u2028\u2029":
            raise Malformed(f"the raw character U+{ord(raw[0]):04X}")
        return json.loads(
            text,
            object_pairs_hook=strict_object,
            parse_float=strict_number,
            parse_int=strict_number,
            parse_constant=no_constant,
        )
    except ValueError as error:
        raise Malformed(str(error)) from None


# ---------------------------------------------------------------- differences


def close(expected: float, actual: float, path: str) -> bool:
    """Within 1e-9, absolute or relative; scores relative only, so that tiny posteriors count."""
    floor = 1e-300 if path.endswith(".score") or ".scores." in path else 1e-9
    return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=floor)


def differences(expected: Any, actual: Any, path: str = "$") -> Iterator[str]:
    number = isinstance(actual, (int, float)) and not isinstance(actual, bool)
    if isinstance(expected, float) and number:
        if not close(expected, actual, path):
            yield f"{path}: expected {expected!r}, got {actual!r}"
    elif type(expected) is not type(actual):
        yield f"{path}: expected {expected!r}, got {actual!r}"
    elif isinstance(expected, dict):
        missing = [k for k in expected if k not in actual]
        surplus = [k for k in actual if k not in expected]
        if missing or surplus:
            yield f"{path}: missing keys {missing}, surplus keys {surplus}"
        elif list(expected) != list(actual):
            yield f"{path}: expected the key order {list(expected)}, got {list(actual)}"
        for key in expected:
            if key in actual:
                yield from differences(expected[key], actual[key], f"{path}.{key}")
    elif isinstance(expected, list):
        if len(expected) != len(actual):
            yield f"{path}: expected {len(expected)} entries, got {len(actual)}"
        for n, (left, right) in enumerate(zip(expected, actual)):
            yield from differences(left, right, f"{path}[{n}]")
    elif expected != actual:
        yield f"{path}: expected {expected!r}, got {actual!r}"


def plausible(expected: Any, actual: Any, draws: int) -> Any:
    """The probabilities that were drawn where they are near enough to the true ones, else the true ones."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {k: plausible(p, actual.get(k), draws) for k, p in expected.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [plausible(p, q, draws) for p, q in zip(expected, actual)]
    if not isinstance(expected, float) or not isinstance(actual, (int, float)):
        return expected
    certain = min(expected, 1 - expected) < NEVER
    allowed = NEVER if certain else SIGMAS * oracle.error(expected, draws) + RARE / draws
    return float(actual) if abs(actual - expected) <= allowed else expected


def errors_of(drawn: Any, draws: int) -> Any:
    if isinstance(drawn, dict):
        return {k: errors_of(p, draws) for k, p in drawn.items()}
    if isinstance(drawn, list):
        return [errors_of(p, draws) for p in drawn]
    return oracle.error(drawn, draws)


def drawn_differences(expected: Any, actual: Any) -> Iterator[str]:
    """Differences of a document whose probabilities are drawn: near the true ones, and coherent."""
    if not isinstance(actual, dict):
        actual = {}
    expected = dict(expected)
    for key in ("acceptability", "pairwise"):
        expected[key] = plausible(expected[key], actual.get(key), expected["draws"])
    expected["standard_error"] = errors_of({k: expected[k] for k in ("acceptability", "pairwise")}, expected["draws"])
    found = list(differences(expected, actual))
    yield from found
    if found:
        return
    rows = list(actual["acceptability"].values())
    for name, lines in (("row", rows), ("column", list(zip(*rows)))):
        for line in lines:
            if abs(math.fsum(line) - 1) > 1e-9:
                yield f"$.acceptability: a {name} sums to {math.fsum(line)!r}"
    for h, row in actual["pairwise"].items():
        for k, p in row.items():
            if abs(p + actual["pairwise"][k][h] - 1) > 1e-9:
                yield f"$.pairwise.{h}.{k}: {p!r} and the reverse do not make 1"


# ---------------------------------------------------------------- one run


def compare_run(binary: str, run: Run, files: list[Path], consensus: Path) -> Iterator[str]:
    """The differences of one run; `consensus` is where `team` may write."""
    try:
        done = subprocess.run([binary, *run.words(files, consensus)], capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    except subprocess.TimeoutExpired:
        yield "no answer within 120 s"
        return
    try:
        expected = oracle.answer(run.command, files, **run.options)
    except oracle.Unscorable as error:
        if done.returncode != 2 or done.stdout:
            yield f"expected exit status 2 and no output ({error}), got {done.returncode}"
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
    if run.command == "robustness" and not expected["exact"]:
        yield from drawn_differences(expected, actual)
    else:
        yield from differences(expected, actual)
    if run.command == "team":
        yield from consensus_differences(expected, files[0], consensus)


def consensus_differences(expected: Any, first: Path, written: Path) -> Iterator[str]:
    """The consensus as a scenario: the first version with its cells replaced."""
    try:
        before, after = (oracle.read(file.read_bytes()) for file in (first, written))
    except (OSError, oracle.Unscorable) as error:
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


# ---------------------------------------------------------------- what to run


def random_options(r: random.Random, command: str, hypotheses: list[str]) -> Options:
    options: Options = {}
    if r.random() < 0.6 and command != "team":
        options["method"] = r.choice(oracle.METHODS)
    if r.random() < (0.5 if command in ("table", "rank") else 0.25):
        day = f"{r.randint(2019, 2025)}-{r.choice(['01-31', '02-28', '06-15', '12-30', '12-31'])}"
        options["as_of"] = r.choice([day, day, day, day[:7], day[:4]])
    if command == "table" and r.random() < 0.6:
        options["sort"] = r.choice(oracle.SORTS)
    if command == "explain" and hypotheses and r.random() < 0.5:
        options = {"hypothesis": r.choice(hypotheses), **options}
    if command == "next" and r.random() < 0.5:
        options["every"] = True
    return options


def robust_options(r: random.Random, drawn: bool) -> Options:
    """For a scenario of any size an exact run; for a small one, draws."""
    options = random_options(r, "robustness", [])
    if r.random() < 0.4:
        options["unrated"] = r.choice(["neutral", "neutral", "uniform"])
    if drawn:
        options["method"] = r.choice(["bayes", "bayes", *oracle.METHODS])
        if options["method"] != "bayes" or r.random() < 0.8:
            options["draws"] = r.choice([1000, 5000, 20000])
        options |= {"seed": r.randint(0, 2**32)} if r.random() < 0.5 else {}
    elif options.get("method", "bayes") == "bayes":
        options["method"] = r.choice(oracle.METHODS[:3])
    return options


def runs_of_seed(seed: int, commands: list[str], directory: Path) -> Iterator[tuple[Run, list[Path]]]:
    """Every command plain, then with some options; draws where all can be enumerated."""
    r = random.Random(seed ^ 0xACE)
    file, small = Path(directory, f"{seed}.toml"), Path(directory, f"{seed}-small.toml")
    file.write_bytes(generate.generate(seed).encode())
    small.write_bytes(generate.generate(seed, small=True).encode())
    hypotheses = [h.id for h in oracle.read(file.read_bytes()).hypotheses]
    for command in commands:
        if command == "team":
            raters = []
            for n, text in enumerate(generate.versions(seed)):
                raters.append(Path(directory, f"{seed}-rater-{n}.toml"))
                raters[-1].write_bytes(text.encode())
            yield Run(command, random_options(r, command, [])), raters
        elif command == "robustness":
            yield Run(command, robust_options(r, drawn=False)), [file]
            yield Run(command, robust_options(r, drawn=True)), [small]
        else:
            yield Run(command), [file]
            yield Run(command, random_options(r, command, hypotheses)), [file]


def runs_of_file(file: Path, commands: list[str]) -> Iterator[tuple[Run, list[Path]]]:
    """Every command plain and under every method, and the table in every order."""
    for command in commands:
        if command == "team":
            yield Run(command), [file, file]
            continue
        for options in ({}, *({"method": m} for m in oracle.METHODS)):
            yield Run(command, options), [file]
        if command == "table":
            for sort in oracle.SORTS:
                yield Run(command, {"sort": sort}), [file]
        if command == "next":
            yield Run(command, {"every": True}), [file]
        if command == "robustness":
            yield Run(command, {"unrated": "neutral"}), [file]


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
        except oracle.TooLarge as error:
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
    unknown = [c for c in commands if c not in oracle.COMMANDS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(oracle.COMMANDS)}")
    return commands


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--commands", type=chosen_commands, default=list(oracle.COMMANDS), metavar="C,C...")
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
