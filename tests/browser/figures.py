#!/usr/bin/env python3
"""Compares the figures of the HTML report with the JSON of the commands it quotes.

    figures.py BINARY [--count N] [--start SEED] [FILE...]

The page is parsed, not searched: the table of the hypotheses, that of the four
methods, the feet of the matrix, its ratings, and the cards of judgements that
change who leads, against `rank`, `robustness`, `table` and `sensitivity`. Figures must be
the same as rounded there. Runs on every FILE and N generated scenarios
(default 40). Standard library only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

from generate import generate  # noqa: E402

METHODS = ("inconsistency", "weighted", "net", "bayes")
VOID = {"meta", "br", "img", "input", "hr", "line", "rect", "polyline"}


class Node:
    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name, self.attributes, self.children = name, attributes, []

    def all(self, name: str, **wanted: str) -> list["Node"]:
        return [node for node in self.walk() if node.name == name and all(node.attributes.get(key.rstrip("_")) == value for key, value in wanted.items())]

    def walk(self) -> Iterator["Node"]:
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def text(self) -> str:
        return "".join(child.text() if isinstance(child, Node) else child for child in self.children).strip()

    def main(self) -> str:
        """The text of a cell without the small lines below."""
        spans = self.all("span", class_="main")
        return spans[0].text() if spans else ""


class Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        node = Node(tag, dict(attributes))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attributes: Any) -> None:
        self.open[-1].children.append(Node(tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def shown(method: str, score: float | None) -> str:
    if score is None:
        return "-"
    if method == "bayes":
        whole = int(f"{100 * score:.0f}")
        return "<1%" if whole == 0 else ">99%" if whole == 100 else f"{whole}%"
    text = f"{score if method == 'net' else -score:.2f}"
    return "0.00" if text == "-0.00" else text


def of_hundred(share: float) -> str:
    text = f"{100 * share:.0f}"
    return "<1" if text == "0" and share > 0 else ">99" if text == "100" and share < 1 else text


def ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def compare(binary: str, file: Path) -> Iterator[str]:
    def ask(*words: str) -> Any:
        answer = subprocess.run([binary, words[0], file, *words[1:], "--format", "json"], capture_output=True)
        return json.loads(answer.stdout) if answer.returncode == 0 else None

    ranking = ask("rank")
    if ranking is None:
        return
    page = subprocess.run([binary, "report", file], capture_output=True, check=True).stdout.decode()
    parser = Parser()
    parser.feed(page)
    root, method = parser.root, ranking["method"]
    if len(parser.open) != 1:
        yield f"<{parser.open[-1].name}> is left open"
    sections = {node.attributes["id"]: node for node in root.all("section")}
    if "ranking" not in sections:
        if ranking["ranking"]:
            yield "no table of the hypotheses"
        return
    robust = ask("robustness")
    hypotheses = [entry["id"] for entry in ranking["ranking"]]
    standing = {entry["id"]: entry["methods"] for entry in ranking["ranking"]}
    tables = sections["ranking"].all("table")
    for entry, row in zip(hypotheses, tables[0].all("tbody")[0].all("tr")):
        cells = [node for node in row.children if isinstance(node, Node)]
        score, rank = standing[entry][method]["score"], standing[entry][method]["rank"]
        wanted = [str(rank or "-"), shown(method, score)]
        found = [cells[0].main(), cells[2].main()]
        if entry in robust["alone"]:
            wanted.append(f"{of_hundred(robust['alone'][entry])} of 100")
            found.append(cells[4].main())
            level = robust["level"][entry]
            wanted.append(f"level in {of_hundred(level)}" if level > 0 else "")
            found.append("".join(node.text() for node in cells[4].all("span", class_="beside")))
        if found != wanted:
            yield f"{entry} stands as {found}, not {wanted}"
    for entry, row in zip(hypotheses, tables[1].all("tbody")[0].all("tr")):
        cells = [node for node in row.children if isinstance(node, Node)][1:]
        for name, cell in zip(METHODS, cells):
            score, rank = standing[entry][name]["score"], standing[entry][name]["rank"]
            text = cell.main().split(",")[0]
            wanted = shown(name, score) if rank is None else f"{ordinal(rank)}: {shown(name, score)}"
            if text != wanted:
                yield f"{entry} by {name} is {text}, not {wanted}"
    if "matrix" in sections:
        grid = sections["matrix"].all("table")[0]
        table = ask("table")
        for foot in grid.all("tfoot")[0].all("td"):
            rank, score = standing[foot.attributes["data-score"]][method]["rank"], standing[foot.attributes["data-score"]][method]["score"]
            wanted = (f"#{rank} " if rank else "") + shown(method, score)
            if foot.text() != wanted:
                yield f"below {foot.attributes['data-score']} stands {foot.text()}, not {wanted}"
        heads = [head.attributes["data-id"] for head in grid.all("thead")[0].all("th") if "data-id" in head.attributes]
        for item, row in zip(table["evidence"], grid.all("tbody")[0].all("tr")):
            found = {head: cell.attributes["data-was"] for head, cell in zip(heads, row.all("td")) if cell.attributes["data-was"]}
            if row.attributes["id"] != "r-" + item["id"] or found != item["ratings"]:
                yield f"the row of {item['id']} has {found}"
    if "change" in sections and sections["change"].all("button"):
        cells = {(cell["evidence"], cell["hypothesis"]) for cell in ask("sensitivity")["critical_cells"] if cell["steps"] == 1}
        cards = {(node.attributes["data-item"], node.attributes["data-hypothesis"]) for node in sections["change"].all("button")}
        if not cards <= cells or len(cards) != min(10, len(cells)):
            yield f"the cards are about {cards - cells}, which change nothing in one step"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--start", type=int, default=1)
    options = parser.parse_intermixed_args()
    faults = 0
    with tempfile.TemporaryDirectory() as directory:
        made = []
        for seed in range(options.start, options.start + options.count):
            file = Path(directory) / f"case-{seed}.toml"
            file.write_text(generate(seed), encoding="utf-8")
            made.append(file)
        for file in [*options.files, *made]:
            for fault in compare(options.binary, file):
                faults += 1
                print(f"  {file.name}: {fault}")
    print(f"figures of {len(options.files) + options.count} pages: {faults or 'no'} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
