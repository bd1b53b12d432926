#!/usr/bin/env python3
"""Exports scenarios and imports them again: `roundtrip.py ACH [--count N] [--keep-going] [SCENARIO]...`.

JSON comes back as the same scenario. CSV, TSV, Markdown and XLSX come back
with the same ids, names, ratings and fields of the items. Beside the scenarios
named, N random ones of the oracle's generator are tried.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))
import generate  # noqa: E402


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True)


def through(ach: Path, file: Path, ending: str, *options: str) -> dict[str, Any]:
    """Returns the scenario that comes back by a format."""
    out, back = file.with_suffix(f".out.{ending}"), file.with_suffix(f".{ending}.back.toml")
    done = run(ach, "export", file, "-o", out, "-q", *options)
    assert done.returncode == 0, (file, done.stderr)
    done = run(ach, "import", out, "-o", back)
    assert done.returncode == 0, (file, ending, done.stderr)
    return tomllib.loads(back.read_text())


def matrix(scenario: dict[str, Any]) -> dict[str, Any]:
    """Returns what a table holds of a scenario: without cells of blanks, and lists without semicolons."""

    def field(key: str, value: Any) -> Any:
        if key == "source" and isinstance(value, str):
            value = [value]
        if isinstance(value, list):
            return [str(entry).replace(";", ",") for entry in value]
        if key == "ratings":
            cells = {h: cell if isinstance(cell, str) else cell.get("rating") for h, cell in value.items()}
            return {h: rating for h, rating in cells.items() if rating}
        return str(value)

    def item(table: dict[str, Any]) -> dict[str, Any]:
        fields = {key: field(key, value) for key, value in table.items()}
        return {key: value for key, value in fields.items() if value or key == "text"}

    hypotheses = [(h["id"], h["name"]) for h in scenario.get("hypothesis", [])]
    return {"hypotheses": hypotheses, "evidence": [item(table) for table in scenario.get("evidence", [])]}


def is_shown_whole(value: Any) -> bool:
    """Whether all characters of all texts can be seen; others are shown as escapes."""
    if isinstance(value, dict):
        return all(is_shown_whole(inner) for inner in value.values())
    if isinstance(value, list):
        return all(is_shown_whole(inner) for inner in value)
    return not isinstance(value, str) or (value.isprintable() and value == value.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ach", type=Path)
    parser.add_argument("scenarios", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--keep-going", action="store_true")
    arguments = parser.parse_intermixed_args()
    ach = arguments.ach.resolve()
    texts = [file.read_text() for file in arguments.scenarios]
    texts += [generate.generate(seed) for seed in range(arguments.count)]
    tried = dict.fromkeys(["json", "csv", "tsv", "md", "xlsx"], 0)
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        for at, text in enumerate(texts):
            file = Path(name) / f"case{at}.toml"
            file.write_text(text)
            scenario = tomllib.loads(text)
            for ending in tried:
                if ending != "json" and not (scenario.get("evidence") and is_shown_whole(scenario)):
                    continue
                try:
                    back = through(ach, file, ending)
                    if ending == "json":
                        told = run(ach, "diff", file, file.with_suffix(".json.back.toml"), "--format", "json")
                        assert json.loads(told.stdout)["changes"] == [], (file, told.stdout)
                    else:
                        ours, theirs = matrix(scenario), matrix(back)
                        assert ours == theirs, (file, ending, difference(ours, theirs))
                    tried[ending] += 1
                except AssertionError as error:
                    if not arguments.keep_going:
                        raise
                    wrong += 1
                    print(at, ending, str(error)[:400])
    print(", ".join(f"{number} by {ending}" for ending, number in tried.items()))
    assert not wrong and all(tried.values())


def difference(ours: dict[str, Any], theirs: dict[str, Any]) -> Any:
    if ours["hypotheses"] != theirs["hypotheses"]:
        return ours["hypotheses"], theirs["hypotheses"]
    return [(a, b) for a, b in zip(ours["evidence"], theirs["evidence"]) if a != b][:1]


if __name__ == "__main__":
    main()
