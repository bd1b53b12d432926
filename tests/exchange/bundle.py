#!/usr/bin/env python3
"""Checks the STIX bundles of `ach export`: `bundle.py ACH [--count N] [SCENARIO]...`.

The OASIS library reads them without custom properties, and the OASIS validator
finds nothing but the version of the identifiers, which are made of names. A
second export, of the scenario with one rating changed, has the same objects
but for that one. Beside the scenarios named, N random ones of the oracle's
generator are checked, in all four forms of hypotheses.
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

import stix2
import stix2validator

sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))
import generate  # noqa: E402

OPINIONS = {"CC": "strongly-agree", "C": "agree", "N": "neutral", "I": "disagree", "II": "strongly-disagree"}
FORMS = ["threat-actor", "intrusion-set", "campaign", "none"]


def export(ach: Path, file: Path, form: str) -> str:
    words = [ach, "export", file, "--format", "stix", "--created", "2025-12-31", "--hypotheses-as", form]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{file}: {done.stderr}")
    return done.stdout


def rated(item: dict[str, Any]) -> dict[str, str]:
    cells = item.get("ratings", {})
    cells = {h: cell if isinstance(cell, str) else cell.get("rating") for h, cell in cells.items()}
    return {h: rating for h, rating in cells.items() if rating in OPINIONS}


def check(ach: Path, file: Path, form: str) -> int:
    text = export(ach, file, form)
    assert text == export(ach, file, form), f"{file}: two exports differ"
    stix2.parse(text, allow_custom=False, version="2.1")
    options = stix2validator.ValidationOptions(version="2.1", disabled="103", strict_types=True)
    results = stix2validator.validate_string(text, options)
    assert results.is_valid, (file, form, [str(error) for error in results.errors])
    objects = json.loads(text)["objects"]
    by_id = {thing["id"]: thing for thing in objects}
    assert len(by_id) == len(objects), f"{file}: an identifier stands twice"
    for thing in objects:
        for reference in thing.get("object_refs", []):
            assert reference in by_id, (file, thing["id"], reference)
    scenario = tomllib.loads(file.read_text())
    items = scenario.get("evidence", [])
    expected = sorted(OPINIONS[rating] for item in items for rating in rated(item).values())
    found = sorted(thing["opinion"] for thing in objects if thing["type"] == "opinion")
    assert found == expected, (file, form)
    return len(objects)


def check_again(ach: Path, file: Path) -> None:
    """One changed rating is one changed object, besides the ranking."""
    scenario = tomllib.loads(file.read_text())
    places = [(item["id"], h, r) for item in scenario.get("evidence", []) for h, r in rated(item).items()]
    if not places:
        return
    item, hypothesis, rating = places[0]
    before = {thing["id"]: thing for thing in json.loads(export(ach, file, FORMS[0]))["objects"]}
    words = [ach, "set", file, item, hypothesis, "II" if rating == "CC" else "CC", "-q"]
    subprocess.run([str(word) for word in words], check=True)
    after = {thing["id"]: thing for thing in json.loads(export(ach, file, FORMS[0]))["objects"]}
    assert before.keys() == after.keys(), file
    changed = [thing for key, thing in after.items() if thing != before[key]]
    others = [thing for thing in changed if thing.get("labels") != ["ranking"]]
    assert [thing["type"] for thing in others] == ["opinion"], (file, others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ach", type=Path)
    parser.add_argument("scenarios", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=0)
    arguments = parser.parse_args()
    ach = arguments.ach.resolve()
    texts = [file.read_text() for file in arguments.scenarios]
    texts += [generate.generate(seed) for seed in range(arguments.count)]
    objects = 0
    with tempfile.TemporaryDirectory() as name:
        for at, text in enumerate(texts):
            file = Path(name) / f"case{at}.toml"
            file.write_text(text)
            objects += sum(check(ach, file, form) for form in FORMS)
            check_again(ach, file)
    print(f"{len(texts)} scenarios, {objects} objects")
    assert objects > 0


if __name__ == "__main__":
    main()
