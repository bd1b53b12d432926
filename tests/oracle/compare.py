#!/usr/bin/env python3
"""Compares `ach` with the oracle.

    compare.py BINARY [--count N] [--start SEED] [FILE...]

Runs `BINARY table` and `BINARY rank` on N generated scenarios (default 200)
and on every FILE, and compares the JSON with what oracle.py says: structure,
key order, strings and integers exactly, floats to 1e-9. Each difference is
shown with its seed (`generate.py SEED` prints that scenario again), command
and JSON path, at most 20. Exit status: 0 all equal, 1 some differ.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True

import generate  # noqa: E402
import oracle  # noqa: E402

SHOWN = 20
RUNS = {"table": oracle.table, "rank": oracle.rank}
Options = dict[str, str]  # of one run: method, as_of, sort


class Malformed(Exception):
    """The output is not the JSON that docs/json.md promises."""


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


def close(expected: float, actual: float, path: str) -> bool:
    """Within 1e-9, absolute or relative; scores relative only, so that tiny posteriors count."""
    floor = 1e-300 if path.endswith(".score") else 1e-9
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


def compare_run(binary: str, command: str, file: Path, options: Options) -> Iterator[str]:
    """The differences of one run, each with the command that shows it."""
    flags = [word for key, text in options.items() for word in (f"--{key.replace('_', '-')}", text)]
    shown = " ".join(["ach", command, file.name, *flags, "--format", "json"])
    try:
        done = subprocess.run(
            [binary, command, str(file), *flags, "--format", "json"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
    except subprocess.TimeoutExpired:
        yield f"{shown}: no answer within 60 s"
        return
    try:
        expected = RUNS[command](oracle.read(file.read_bytes()), **options)
    except oracle.Unscorable as error:
        if done.returncode != 2 or done.stdout:
            yield f"{shown}: expected exit status 2 and no output ({error}), got {done.returncode}"
        return
    if done.returncode != 0:
        message = done.stderr.decode(errors="replace").strip().splitlines()
        yield f"{shown}: exit status {done.returncode}: {message[0] if message else 'silent'}"
        return
    try:
        actual = parse(done.stdout)
    except Malformed as error:
        yield f"{shown}: malformed output: {error}"
        return
    for difference in differences(expected, actual):
        yield f"{shown}: {difference}"


def random_options(r: random.Random, command: str) -> Options:
    options: Options = {}
    if r.random() < 0.6:
        options["method"] = r.choice(oracle.METHODS)
    if r.random() < 0.5:
        day = f"{r.randint(2019, 2025)}-{r.choice(['01-31', '02-28', '06-15', '12-30', '12-31'])}"
        options["as_of"] = r.choice([day, day, day, day[:7], day[:4]])
    if command == "table" and r.random() < 0.6:
        options["sort"] = r.choice(oracle.SORTS)
    return options


def runs_of_seed(seed: int) -> list[tuple[str, Options]]:
    """Both commands plain, then both with some options."""
    r = random.Random(seed ^ 0xACE)
    return [(c, {}) for c in RUNS] + [(c, random_options(r, c)) for c in RUNS]


def runs_of_file() -> list[tuple[str, Options]]:
    """Both commands plain, under every method, and the table in every order."""
    runs: list[tuple[str, Options]] = [(c, {}) for c in RUNS]
    runs += [(c, {"method": m}) for c in RUNS for m in oracle.METHODS]
    return runs + [("table", {"sort": s}) for s in oracle.SORTS]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--start", type=int, default=1, metavar="SEED")
    options = parser.parse_intermixed_args()
    if not Path(options.binary).is_file():
        parser.error(f"{options.binary} is not there")
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    passed = failed = told = 0

    def check(name: str, file: Path, runs: list[tuple[str, Options]]) -> None:
        nonlocal passed, failed, told
        good = True
        for command, flags in runs:
            for difference in compare_run(options.binary, command, file, flags):
                good = False
                told += 1
                if told <= SHOWN:
                    print(f"{name}: {difference}")
        passed, failed = passed + good, failed + (not good)

    with tempfile.TemporaryDirectory() as directory:
        for seed in range(options.start, options.start + options.count):
            file = Path(directory, f"{seed}.toml")
            file.write_bytes(generate.generate(seed).encode())
            check(f"seed {seed}", file, runs_of_seed(seed))
    for file in options.files:
        check(str(file), file, runs_of_file())
    if told > SHOWN:
        print(f"and {told - SHOWN} differences more")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
