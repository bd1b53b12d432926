#!/usr/bin/env python3
"""Compares the what-ifs of the HTML report with the program.

    what_if.py BINARY [--count N] [--start SEED] [FILE...]

In the pages of N generated scenarios (default 200) and of every FILE, twenty
ratings and items are changed at random, as a reader would. The page then lists
commands; a shell runs them on the file, and `ach rank` of it must give the
scores and ranks that the page shows, by each of the four methods, as they are
rounded there, and the leaders that it names. Every fourth change is changed
again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

from browser import Faults, chromium, done, fresh  # noqa: E402
from playwright.sync_api import Page  # noqa: E402
from generate import generate  # noqa: E402

METHODS = ("inconsistency", "weighted", "net", "bayes")
RATINGS = ("CC", "C", "N", "I", "II", "NA", "")
CHANGES = 20
WORKERS = 3  # the browser waits for pages, they for the program

# What a reader does, without the pointer: open a cell, choose, leave out.
CHANGE = """([steps, methods]) => {
  const $ = (query) => document.querySelector(query);
  const rows = [...document.querySelectorAll("#grid tbody tr")];
  for (const [row, column, rating, out] of steps) {
    if (out) { rows[row].querySelector("button.out").click(); continue; }
    rows[row].querySelectorAll("td")[column].click();
    [...document.querySelectorAll("#w-rate button")].find((button) => button.value === rating).click();
    $("#w-close").click();
  }
  const lines = $("#w-lines").value;
  const picker = $("#w-method");
  const feet = methods.map((method) => {
    picker.value = method;
    picker.dispatchEvent(new Event("change"));
    return [...document.querySelectorAll("#grid tfoot td")].map((foot) => [
      foot.dataset.score,
      parseInt(foot.querySelector("b").textContent.slice(1)) || null,
      foot.querySelector("span").textContent,
    ]);
  });
  $("#w-back").click();
  const left = document.querySelectorAll("#grid [data-r]").length;
  const names = [...document.querySelectorAll("#grid th[data-id]")].map((head) => [head.dataset.id, head.dataset.name]);
  return { lines, feet, left, names, method: $("#grid").dataset.method };
}"""
SIZE = """() => [document.querySelectorAll("#grid tbody tr").length, document.querySelectorAll("#grid thead th").length - 1]"""


def shown(method: str, score: float | None) -> str:
    """A score as the page shows it."""
    if score is None:
        return "-"
    if method == "bayes":
        whole = round(100 * score)
        return "<1%" if whole == 0 else ">99%" if whole == 100 else f"{whole}%"
    text = f"{score if method == 'net' else -score:.2f}"
    return "0.00" if text == "-0.00" else text


def near(method: str, score: float | None, text: str) -> bool:
    """Whether a text shows a score, where the last digit may be rounded either way."""
    if score is None or text == shown(method, score):
        return text == shown(method, score)
    step = 1e-9
    return text in (shown(method, score - step), shown(method, score + step))


def rank(binary: str, file: Path) -> Any:
    answer = subprocess.run([binary, "rank", file, "--format", "json"], capture_output=True, check=True)
    return {entry["id"]: entry["methods"] for entry in json.loads(answer.stdout)["ranking"]}


def try_page(page: Page, file: Path, seed: int, faults: Faults) -> Any:
    """Changes the open page; what it then shows and lists, or None if it has no matrix."""
    r = random.Random(seed)
    if page.query_selector("#w-method") is None:
        return None
    rows, columns = page.evaluate(SIZE)
    steps = []
    for change in range(CHANGES):
        step = [r.randrange(rows), r.randrange(columns), r.choice(RATINGS), r.random() < 0.25]
        steps.append(step)
        if change % 4 == 3:
            steps.append([*step[:2], r.choice(RATINGS), step[3]])
    found = page.evaluate(CHANGE, [steps, METHODS])
    if found["left"]:
        faults.add(file.name, "changes are left after going back")
    if "ach set" not in found["lines"]:
        faults.add(file.name, "twenty changes leave nothing to send")
    return found


def compare(binary: str, file: Path, found: Any) -> list[str]:
    """Runs the commands of a page, and compares the ranking then with what it shows."""
    path = f"{Path(binary).resolve().parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    run = subprocess.run(["sh", "-e", "-c", found["lines"]], cwd=file.parent, capture_output=True, text=True, env=environment)
    if run.returncode != 0:
        return [f"the commands fail: {run.stderr.strip()[:300]}"]
    standing = rank(binary, file)
    wrong = []
    leaders = [name for hypothesis, name in found["names"] if standing[hypothesis][found["method"]]["rank"] == 1]
    named = " and ".join(part for part in (", ".join(leaders[:-1]), *leaders[-1:]) if part) or "nobody"
    # A comment of a shell is one line.
    named = re.sub(r"\s", " ", named)
    said = found["lines"].splitlines()[1]
    if f"{named} would" not in said:
        wrong.append(f"the page says {said}, though {named} would lead")
    for method, feet in zip(METHODS, found["feet"]):
        for hypothesis, place, score in feet:
            expected = standing[hypothesis][method]
            if place != expected["rank"] or not near(method, expected["score"], score):
                wrong.append(f"{method} {hypothesis}: the page shows rank {place}, {score}, not {expected}")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--start", type=int, default=1)
    options = parser.parse_intermixed_args()
    faults = Faults()
    with tempfile.TemporaryDirectory() as directory, chromium() as browser, ThreadPoolExecutor(WORKERS) as pool:
        jobs: list[tuple[Path, Any]] = []

        def files() -> Iterator[Path]:
            for number, file in enumerate(options.files):
                yield Path(shutil.copy(file, Path(directory) / f"{number}-{file.name}"))
            for seed in range(options.start, options.start + 4 * options.count):
                file = Path(directory) / f"case-{seed}.toml"
                file.write_text(generate(seed), encoding="utf-8")
                yield file

        def made(file: Path) -> bool:
            command = [options.binary, "report", file, "--sections", "matrix", "-o", file.with_suffix(".html")]
            return subprocess.run(command, capture_output=True).returncode == 0

        ahead = pool.map(lambda file: (file, made(file)), islice(files(), 2 * options.count + len(options.files)))
        with fresh(browser, faults) as page:
            for seed, (file, is_made) in enumerate(ahead):
                if len(jobs) == options.count + len(options.files):
                    break
                if not is_made:
                    continue
                page.goto(file.with_suffix(".html").as_uri())
                found = try_page(page, file, seed, faults)
                if found is not None:
                    jobs.append((file, pool.submit(compare, options.binary, file, found)))
        for file, job in jobs:
            for wrong in job.result():
                faults.add(file.name, wrong)
    done(faults, f"what-ifs of {len(jobs)} scenarios")


if __name__ == "__main__":
    main()
