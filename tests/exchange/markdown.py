#!/usr/bin/env python3
"""Reads the Markdown of `ach export` as a forge does: `markdown.py ACH [--count N] [SCENARIO]...`.

By GitHub's own reader (cmark-gfm, raw HTML allowed) the matrix is one table
that keeps its shape and its texts, nothing in the page is a link, an image or
HTML of the scenario's, and no name or number in it mentions or closes anything.
Beside the scenarios named and N random ones of the oracle's generator, one is
checked whose every text is an attack.
"""

from __future__ import annotations

import argparse
import html.parser
import json
import random
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from cmarkgfm import github_flavored_markdown_to_html as to_html
from cmarkgfm.cmark import Options

sys.path.insert(0, str(Path(__file__).parent.parent / "oracle"))
import generate  # noqa: E402

#: Elements that the page may have.
ALLOWED = {"h1", "h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "br"}
#: What keeps a mention from being one.
APART = "\u200b"
ATTACKS = [
    "<script>pwned()</script>", "<img src=x onerror=pwned()>", "<!-- comment", "</table>", "<b>", "&lt;b&gt;",
    "![x](http://evil.example/x.png)", "[a](javascript:pwned())", "[a]: http://evil.example", "[a][a]",
    "http://evil.example/?q=1", "www.evil.example", "a@evil.example", "mailto:a@evil.example", "xmpp:a@evil.example",
    "@all", "@octocat/team", "#1", "GH-2", "octocat/hello#3", "fixes #4", "!5", "deadbeef",
    "| a | b |", "a | b", "|---|", "\\", "\\|", "`code`", "``", "```", "~~~", "**bold**", "_em_", "~~gone~~",
    "# head", "- item", "1. one", "> quote", "    code", "---", "===", "- [ ] task", "[^1]", "$x$", ":tada:",
    "\n\n| x | y |\n|---|---|\n| 1 | 2 |", "a\n# head", "a\r\nb", "tail \\", "<a href=http://evil.example>", "\u202eevil",
]


class Page(html.parser.HTMLParser):
    """The elements and the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.tables: list[list[list[str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        assert all(name == "align" for name, _ in attrs), (tag, attrs)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag == "br":
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def seen(text: str) -> str:
    """A text as it is compared: without blanks' kind and number, and what holds mentions apart."""
    return " ".join(text.replace(APART, "").split())


def is_shown_whole(text: str) -> bool:
    return all(c.isprintable() or c in "\r\n\t" for c in text)


def check(ach: Path, file: Path) -> int:
    done = subprocess.run([ach, "export", file, "--format", "markdown", "-q"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = Page()
    page.feed(to_html(done.stdout, Options.CMARK_OPT_UNSAFE))
    assert page.elements <= ALLOWED, (file, page.elements - ALLOWED)
    active = re.search(r"@(?=\w)|[#!](?=\d)|\bGH-(?=\d)|\bwww\.|https?:(?=//)", page.text)
    assert active is None, (file, page.text[max(0, active.start() - 40) : active.end() + 40])
    scenario: dict[str, Any] = tomllib.loads(file.read_text())
    items, hypotheses = scenario.get("evidence", []), scenario.get("hypothesis", [])
    if not items and not hypotheses:
        return 0
    assert len(page.tables) == 1, (file, len(page.tables))
    head, *rows = page.tables[0]
    head = [seen(cell) for cell in head]
    assert len(rows) == len(items) and all(len(row) == len(head) for row in rows), (file, len(rows), len(items))
    texts = head.index("text")
    for row, item in zip(rows, items):
        assert seen(row[0]) == item["id"], (file, row)
        if is_shown_whole(item["text"]):
            assert seen(row[texts]) == seen(item["text"]), (file, row[texts], item["text"])
    return len(items)


def attack() -> str:
    """A scenario whose every text is an attack."""
    dice = random.Random(1)

    def text() -> str:
        return json.dumps(" ".join(dice.sample(ATTACKS, dice.randint(1, 3))))

    lines = ["ach = 1", *(f"{key} = {text()}" for key in ["title", "question", "conclusion", "note", "marking"])]
    lines.append(f"authors = [{text()}]")
    for at in range(4):
        lines += ["[[hypothesis]]", f'id = "h{at}"', f"name = {text()}", f"description = {text()}"]
    for at, one in enumerate(ATTACKS * 2):
        lines += ["[[evidence]]", f'id = "e{at}"', f"text = {json.dumps(one) if at < len(ATTACKS) else text()}"]
        lines += [f"source = [{text()}]", f"tags = [{text()}]", f"quote = {text()}", f"url = {text()}"]
        lines += ["[evidence.ratings]", f'h0 = {{ rating = "C", note = {text()} }}']
    lines += ["[[indicator]]", 'id = "i"', f"text = {text()}", f"note = {text()}"]
    return "\n".join(lines).replace("\\/", "/") + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ach", type=Path)
    parser.add_argument("scenarios", type=Path, nargs="*")
    parser.add_argument("--count", type=int, default=0)
    arguments = parser.parse_intermixed_args()
    ach = arguments.ach.resolve()
    texts = [file.read_text() for file in arguments.scenarios]
    texts += [attack(), *(generate.generate(seed) for seed in range(arguments.count))]
    rows = 0
    with tempfile.TemporaryDirectory() as name:
        for at, text in enumerate(texts):
            file = Path(name) / f"case{at}.toml"
            file.write_text(text)
            rows += check(ach, file)
    print(f"{len(texts)} pages, {rows} rows")


if __name__ == "__main__":
    main()
