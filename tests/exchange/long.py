#!/usr/bin/env python3
"""Asks the questions of `docs/long.md`: `long.py ACH [--cases N] [--faster]`.

Four raters rate N cases of 30 items and 5 hypotheses. Four of twenty sources
mislead by design, every seventh file leaves cells of the true hypothesis
blank, and two raters agree more than the others do. DuckDB must name the four
sources, find the gaps and rank the pairs of raters, and pandas must come to
the same figures from the JSON Lines. The CSV and the JSON Lines agree row by
row. With `--faster` the program must take no longer than DuckDB takes to load
what it wrote.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pandas

SCALE = ["II", "I", "N", "C", "CC"]
SOURCES = [f"source-{n}" for n in range(20)]
MISLEADING = ["source-3", "source-7", "source-11", "source-16"]
NOISE = {"Ann": 0.05, "Bob": 0.1, "Cy": 0.3, "Dee": 0.6}
HYPOTHESES = [f"h{n}" for n in range(5)]
MEMORY = 50 * 1024  # kB


def write_cases(folder: Path, count: int) -> None:
    chance = random.Random(1)
    files = 0
    for case in range(count):
        true, other = chance.sample(HYPOTHESES, 2)
        items = []
        for _ in range(30):
            source = chance.choice(SOURCES)
            for_true, for_other = (0, 4) if source in MISLEADING else (chance.choice([2, 3, 4]), chance.choice([0, 1, 2]))
            row = {h: chance.choice([0, 1, 2]) for h in HYPOTHESES}
            items.append((source, row | {true: for_true, other: for_other}))
        for rater, noise in NOISE.items():
            files += 1
            lines = ["ach = 1", f'title = "Case {case}"', f'authors = ["{rater}"]']
            for h in HYPOTHESES:
                lines += ["", "[[hypothesis]]", f'id = "{h}"', f'name = "Hypothesis {h}"']
            for at, (source, row) in enumerate(items):
                lines += ["", "[[evidence]]", f'id = "e{at}"', f'text = "Item {at} of case {case}"']
                lines += [f'source = "{source}"', "[evidence.ratings]"]
                for h, value in row.items():
                    if files % 7 == 0 and h == true and at < 3:
                        continue
                    if chance.random() < noise:
                        value = min(4, max(0, value + chance.choice([-1, 1])))
                    lines.append(f'{h} = "{SCALE[value]}"')
            file = folder / rater.lower() / f"case-{case}.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text("\n".join(lines) + "\n")


def questions() -> dict[str, str]:
    page = (Path(__file__).parent.parent.parent / "docs/long.md").read_text()
    return dict(re.findall(r"```sql\n-- (\w+)\n(.*?);\n```", page, re.S))


def check_rows(as_csv: Path, as_lines: Path) -> int:
    """Every field of the CSV is that of the JSON Lines."""
    rows = 0
    with as_csv.open(newline="") as table, as_lines.open() as lines:
        for row, line in zip(csv.DictReader(table), lines, strict=True):
            other = json.loads(line)
            assert list(row) == list(other), (list(row), list(other))
            for key, value in other.items():
                assert written(value, row[key]) == row[key], (key, value, row[key])
            rows += 1
    return rows


def run(folder: Path, *words: str | Path) -> tuple[float, int]:
    """Returns seconds and the most memory in kB. The measuring process is a small one, since a new process counts the
    memory of the one that it is forked from."""
    measure = (
        "import resource, subprocess, sys, time\n"
        "begun = time.monotonic()\n"
        "subprocess.run(sys.argv[1:], check=True)\n"
        "print(time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    command = [sys.executable, "-S", "-c", measure, *map(str, words)]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    seconds, peak = told.split()
    return float(seconds), int(peak)


def written(value: Any, field: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, float):
        return field if float(field) == value else repr(value)
    return str(value)


def check_answers(folder: Path) -> None:
    ask = questions()
    assert set(ask) == {"sources", "gaps", "raters"}, ask.keys()
    base = duckdb.connect()
    for name in ("cells", "hypotheses"):
        base.execute(f"create table {name} as from '{folder / name}.csv'")
    sources = base.execute(ask["sources"]).fetchall()
    assert sorted(row[0] for row in sources) == sorted(MISLEADING), sources
    assert all(row[2] < 0 for row in sources), sources
    gaps = base.execute(ask["gaps"]).fetchall()
    raters = base.execute(ask["raters"]).fetchall()
    assert raters[0][:2] == ("Ann", "Bob") and raters[-1][:2] == ("Cy", "Dee"), raters

    hypotheses = pandas.read_json(folder / "hypotheses.jsonl", lines=True)
    assert len(gaps) == len(hypotheses[hypotheses.leader & (hypotheses.unrated > 0)]) > 0
    cells = pandas.read_csv(folder / "cells.csv")
    cells["rating"] = cells.rating.where(cells.state != "na", "NA")
    rated = cells[cells.state == "rated"]
    by_rater = {name: own.set_index(["title", "evidence", "hypothesis"]).value for name, own in rated.groupby("rater")}
    apart = {pair: (by_rater[pair[0]] - by_rater[pair[1]]).abs().mean() for pair in combinations(sorted(by_rater), 2)}
    for rater, other, _, figure in raters:
        assert abs(apart[rater, other] - figure) < 0.001, (rater, other, figure, apart)
    counting = cells[cells.counts & cells["rank"].notna()]
    pull = counting.pivot_table(index=["scenario", "evidence", "sources"], columns="leader", values="contribution")
    pull = (pull[True] - pull[False]).groupby("sources").mean().sort_values()
    assert list(pull.index[:4]) == [row[0] for row in sources], (pull, sources)
    scores = cells[cells.counts & ~cells.covered].groupby(["scenario", "hypothesis"])
    assert ((scores.contribution.sum() - scores.score.first()).abs() < 1e-9).all()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ach", type=Path)
    parser.add_argument("--cases", type=int, default=250)
    parser.add_argument("--faster", action="store_true")
    arguments = parser.parse_args()
    ach = arguments.ach.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases = folder / "cases"
        cases.mkdir()
        write_cases(cases, arguments.cases)
        seconds, peak = {}, 0
        for rows in ("cells", "hypotheses"):
            for ending in ("csv", "jsonl"):
                output = f"{rows}.{ending}"
                seconds[output], most = run(folder, ach, "export", "--long", rows, "cases", "-o", output)
                peak = max(peak, most)
        begun = time.monotonic()
        duckdb.connect().execute(f"create table cells as from '{folder / 'cells.csv'}'")
        load = time.monotonic() - begun
        rows = check_rows(folder / "cells.csv", folder / "cells.jsonl")
        rows += check_rows(folder / "hypotheses.csv", folder / "hypotheses.jsonl")
        check_answers(folder)
    told = ", ".join(f"{name} {figure:.2f} s" for name, figure in seconds.items())
    print(f"{rows} rows; {told}; DuckDB loads the cells in {load:.2f} s; at most {peak / 1024:.0f} MiB resident")
    assert peak < MEMORY, f"{peak} kB resident"
    assert not arguments.faster or seconds["cells.csv"] <= load, (seconds, load)


if __name__ == "__main__":
    main()
