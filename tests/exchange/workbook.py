#!/usr/bin/env python3
"""Checks the workbooks of `ach export`: `workbook.py ACH [--count N] [SCENARIO]...`.

Two exports are the same bytes. openpyxl finds the ratings, notes, lists, rules
and panes; pandas reads the matrix. Then openpyxl changes ratings, levels and
the status of items, LibreOffice recalculates, and scores and ranks must be
those that `ach rank` gives of a scenario with the same changes. Beside the
scenarios named, N random ones of the oracle's generator are checked.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pandas

sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))
import generate  # noqa: E402

RATINGS = ["CC", "C", "N", "I", "II", "NA"]
LEVELS = ["low", "medium", "high"]


def run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{words}: {done.stderr}")
    return done.stdout


def is_same(shown: str | None, text: str) -> bool:
    """Whether a cell has a text. Characters that cannot be seen are shown as escapes."""
    return (shown or "") == text or not all(c.isprintable() or c.isspace() for c in text)


class Case:
    """A scenario and its workbook."""

    def __init__(self, ach: Path, file: Path, seed: int) -> None:
        self.ach, self.file, self.random = ach, file, random.Random(seed)
        self.book = file.with_suffix(".xlsx")
        run(ach, "export", file, "-o", self.book, "--heads", "id")
        again = file.with_suffix(".again.xlsx")
        run(ach, "export", file, "-o", again, "--heads", "id")
        assert self.book.read_bytes() == again.read_bytes(), f"{file}: two exports differ"
        self.scenario = tomllib.loads(file.read_text())
        self.items: list[dict[str, Any]] = self.scenario.get("evidence", [])
        self.hypotheses: list[str] = [h["id"] for h in self.scenario.get("hypothesis", [])]

    def check_content(self) -> None:
        book = openpyxl.load_workbook(self.book)
        sheet = book["Matrix"]
        heads = [cell.value for cell in sheet[1]]
        first = 2
        assert heads[:first] == ["id", "text"], heads
        assert heads[first : first + len(self.hypotheses)] == self.hypotheses, heads
        assert sheet.freeze_panes == "C2", sheet.freeze_panes
        if self.items and self.hypotheses:
            lists = [v.formula1 for v in sheet.data_validations.dataValidation]
            assert '"CC,C,N,I,II,NA"' in lists, lists
            assert sum(len(r.rules) for r in sheet.conditional_formatting) == len(RATINGS)
        noted = 0
        for row, item in zip(sheet.iter_rows(min_row=2), self.items, strict=True):
            assert row[0].value == item["id"]
            assert is_same(row[1].value, item["text"]), (row[1].value, item["text"])
            assert row[1].data_type != "f"
            for cell, hypothesis in zip(row[first:], self.hypotheses):
                rated = item.get("ratings", {}).get(hypothesis)
                rated = {"rating": rated} if isinstance(rated, str) else rated or {}
                assert cell.value == rated.get("rating"), (cell.coordinate, cell.value, rated)
                remark = [f"Confidence: {rated['confidence']}"] if "confidence" in rated else []
                remark += [rated["note"]] if "note" in rated else []
                assert is_same(cell.comment and cell.comment.text, "\n".join(remark)), (cell.comment, remark)
                noted += bool(remark)
        notes = book["Notes"].max_row - 1 if "Notes" in book.sheetnames else 0
        assert notes == noted, (notes, noted)
        frame = pandas.read_excel(self.book, sheet_name="Matrix", keep_default_na=False, dtype=str)
        assert list(frame["id"]) == [item["id"] for item in self.items]

    def change(self) -> None:
        """Makes the same changes in the workbook and in the scenario."""
        book = openpyxl.load_workbook(self.book)
        sheet = book["Matrix"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        places = [(i, h) for i in range(len(self.items)) for h in range(len(self.hypotheses))]
        for at, hypothesis in self.random.sample(places, min(8, len(places))):
            rating = self.random.choice(RATINGS)
            sheet.cell(at + 2, 3 + hypothesis).value = rating
            self.set(self.items[at]["id"], self.hypotheses[hypothesis], rating)
        for at in self.random.sample(range(len(self.items)), min(3, len(self.items))):
            item = self.items[at]
            if "relevance" in heads:
                self.put(sheet, at, heads["relevance"], item["id"], "relevance", self.random.choice(LEVELS))
            if "credibility" in heads and "grade" not in item:
                self.put(sheet, at, heads["credibility"], item["id"], "credibility", self.random.choice(LEVELS))
        self.changed = self.file.with_suffix(".changed.xlsx")
        book.save(self.changed)

    def put(self, sheet: Any, at: int, column: int, item: str, field: str, value: str) -> None:
        sheet.cell(at + 2, column).value = value
        self.set(f"evidence:{item}.{field}", value)

    def set(self, *words: str) -> None:
        run(self.ach, "set", self.file, *words, "-q")

    def check_scores(self, recalculated: Path) -> int:
        sheet = openpyxl.load_workbook(recalculated, data_only=True)["Scores"]
        heads = [cell.value for cell in sheet[1]]
        score, rank = heads.index("Weighted inconsistency"), heads.index("Weighted rank")
        answer = json.loads(run(self.ach, "rank", self.file, "--format", "json"))
        ours = {ranked["id"]: ranked["methods"]["weighted"] for ranked in answer["ranking"]}
        before = json.loads(run(self.ach, "rank", self.original, "--format", "json"))
        scored = {ranked["id"]: ranked["methods"]["weighted"] for ranked in before["ranking"]}
        checked = 0
        for row in list(sheet.iter_rows(min_row=2, values_only=True))[: len(self.hypotheses)]:
            was, now = scored[row[0]], ours[row[0]]
            # Who was not compared then has no formula.
            if was["score"] is not None and now["score"] is not None:
                assert abs(row[score] - now["score"]) < 1e-9, (self.file, row, now)
                checked += 1
        competes = [h for h in ours if (ours[h]["rank"] is None) == (scored[h]["rank"] is None)]
        if len(competes) == len(ours):
            for row in list(sheet.iter_rows(min_row=2, values_only=True))[: len(self.hypotheses)]:
                assert row[rank] == ours[row[0]]["rank"], (self.file, row, ours[row[0]])
        return checked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ach", type=Path)
    parser.add_argument("scenarios", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=0)
    arguments = parser.parse_args()
    ach = arguments.ach.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [file.read_text() for file in arguments.scenarios]
        texts += [generate.generate(seed) for seed in range(arguments.count)]
        cases = []
        for at, text in enumerate(texts):
            file = folder / f"case{at}.toml"
            file.write_text(text)
            case = Case(ach, file, at)
            case.check_content()
            case.original = file.with_suffix(".original.toml")
            case.original.write_text(text)
            case.change()
            cases.append(case)
        out = folder / "recalculated"
        profile = f"-env:UserInstallation=file://{folder}/profile"
        changed = [case.changed for case in cases]
        run("soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", out, *changed)
        checked = sum(case.check_scores(out / case.changed.name) for case in cases)
    print(f"{len(cases)} workbooks, {checked} recalculated scores")
    assert checked > 0


if __name__ == "__main__":
    main()
