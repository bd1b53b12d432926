"""Sentences: the text of a command cut into paragraphs and rows, and templates that recognise what they claim."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Callable, Iterator

import oracle
from figures import Some
from counting import Case, Request, counting
from plain import NAMES
from reading import Scenario
from robustness import TooLarge
from scoring import Ranking, provisional, ranking
from sensitivity import WhatIf

NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
HYPOTHESIS = "(?:" + "|".join(f"{name}|{name.lower()}" for name in (*NAMES, "Extra-1", "Extra-2")) + ")"
ITEM = r"(?:e\d+|added-\d)"
COUNT = r"(?:\d[\d,]*|" + "|".join([*NUMBERS, *map(str.capitalize, NUMBERS)]) + ")"


def several(one: str) -> str:
    return rf"{one}(?:, {one})*(?:,? and {one})?"


TOKENS = {
    "H": HYPOTHESIS,
    "Hs": several(HYPOTHESIS),
    "E": ITEM,
    "Es": several(ITEM),
    "n": COUNT,
    "x": r"(?:[+-]?<?|>-)\d+\.\d+",
    "p": r"[<>]?\d+(?:\.\d+)?%",
    "w": r"[a-z ]+?",
    "d": r"\d{4}-\d\d-\d\d",
    "s": r"[\w ]+?",
    "L": rf"(?:the lead goes to )?{several(HYPOTHESIS)}(?: and \d+ more)?(?: leads?(?: alone)?| share the lead)?|all are level|both are level"
    r"|no change|nothing changes at the top|nothing is left to rank|nobody leads",
    "t": "once|twice",
    "HPs": several(rf"{HYPOTHESIS} [<>]?\d+%"),
    "G": r"(?:\d+ items?|\d+ groups?)(?: and (?:\d+ items?|\d+ groups?))?",
    "Gs": rf"(?:{ITEM}|(?:group )?[a-z]+)(?:(?:, | and )(?:{ITEM}|(?:group )?[a-z]+))*",
    "Ps": several(rf"{ITEM} \([<>]?-?\d+\.\d+(?: bans)?\)"),
    "m": several("(?:inconsistency|weighted|net|bayes)"),
}


def number(text: str) -> int:
    word = text.lower()
    return NUMBERS.index(word) if word in NUMBERS else int(text.replace(",", ""))


def listed(text: str) -> list[str]:
    return re.findall(rf"{HYPOTHESIS}|{ITEM}", text)


PARSE: dict[str, Callable[[str], Any]] = {
    "H": lambda t: t.lower(),
    "Hs": lambda t: [name.lower() for name in listed(t)],
    "Es": listed,
    "n": number,
    "HPs": lambda t: [(h.lower(), p) for h, p in re.findall(rf"({HYPOTHESIS}) ([<>]?\d+%)", t)],
    "G": lambda t: sum(map(int, re.findall(r"\d+", t))),
    "Gs": lambda t: [word.removeprefix("group ") for word in re.split(r", | and ", t)],
    "Ps": lambda t: re.findall(rf"({ITEM}) \(([<>]?-?\d+\.\d+)", t),
    "m": lambda t: re.findall("inconsistency|weighted|net|bayes", t),
}


@dataclass
class Context:
    """A command on a scenario, and what the oracle says of it."""

    command: str
    scenario: Scenario
    request: Request
    options: dict[str, Any] = field(default_factory=dict)
    versions: list[Scenario] = field(default_factory=list)  # of diff and team; the scenario is the last, the first
    heading: str = ""  # of the rows that are checked

    @cached_property
    def case(self) -> Case:
        return counting(self.scenario, self.request)

    @property
    def method(self) -> str:
        return self.case.method

    @cached_property
    def what(self) -> WhatIf:
        return WhatIf(self.case)

    @cached_property
    def result(self) -> Ranking:
        return self.ranked(self.method)

    def ranked(self, method: str) -> Ranking:
        return ranking(self.case, method)

    @property
    def leaders(self) -> list[str]:
        return self.result.leaders

    def document(self, command: str, **options: Any) -> Any:
        return oracle.told(command, [self.scenario], ["file"], **self.given, **options)

    @property
    def given(self) -> dict[str, str]:
        """What the request asks for."""
        return {key: getattr(self.request, key) for key in oracle.REQUEST if getattr(self.request, key)}

    @cached_property
    def sensitivity(self) -> Any:
        return self.document("sensitivity")

    def led_by(self, phrase: str) -> list[str] | Some:
        """Who leads according to a phrase such as `Apple leads`, `both are level` or `no change`."""
        if phrase.startswith("no change") or phrase.startswith("nothing changes"):
            return self.leaders
        if phrase.endswith("are level"):
            return self.result.who
        if phrase.startswith("nothing is left") or phrase.startswith("nobody"):
            return []
        names = [name.lower() for name in listed(phrase)]
        more = re.search(r" and (\d+) more", phrase)
        return Some(names, int(more[1])) if more else names

    @property
    def provisional(self) -> bool:
        return provisional(self.case, self.leaders)

    @cached_property
    def sides(self) -> Any:
        """The conclusion of diff."""
        return oracle.told("diff", [self.versions[0], self.versions[-1]], [], **self.given)["conclusion"]

    @cached_property
    def team(self) -> Any:
        names = [f"rater-{n}" for n in range(len(self.versions))]
        return oracle.told("team", self.versions, names, **self.given)

    @cached_property
    def explained(self) -> Any:
        return self.document("explain")

    @cached_property
    def robust(self) -> Any:
        return self.document("robustness")

    @cached_property
    def next(self) -> Any:
        return self.document("next")

    def name(self, hid: str) -> str:
        return next(h.name for h in self.scenario.hypotheses if h.id == hid)


Check = Callable[..., Any]  # of a context and what the tokens hold: None, or what is wrong


@dataclass
class Template:
    """A sentence with tokens in braces, which may not stand in a group (...); else a regular expression."""

    text: str
    check: Check
    commands: tuple[str, ...] = ()
    kinds: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        marks = re.findall(r"\{([A-Za-z]\w*)\}|(?<!\\)(\()(?!\?)", self.text)  # tokens, and groups of the text itself
        self.kinds = [token or "text" for token, _ in marks]
        self.pattern = re.compile(re.sub(r"\{([A-Za-z]\w*)\}", lambda m: f"({TOKENS[m[1]]})", self.text))

    def values(self, found: re.Match[str]) -> list[Any]:
        """What the tokens hold; a token of a part that is not there is None."""
        parse = lambda kind, text: None if text is None else PARSE.get(kind, str)(text)
        return [parse(kind, text) for kind, text in zip(self.kinds, found.groups())]


TEMPLATES: list[Template] = []


def says(*texts: str, commands: str = "") -> Callable[[Check], Check]:
    """Registers a check for what the texts claim: it is passed what the tokens and the groups hold."""

    def register(check: Check) -> Check:
        TEMPLATES.extend(Template(text, check, tuple(commands.split())) for text in texts)
        return check

    return register


ROWS: list[tuple[re.Pattern[str], Check, bool]] = []


def says_rows(heading: str, strips: bool = True) -> Callable[[Check], Check]:
    """Registers a check for the rows below a heading, which yields what is wrong with each; indented or stripped."""

    def register(check: Check) -> Check:
        ROWS.append((re.compile(heading), check, strips))
        return check

    return register


# ---------------------------------------------------------------- text


@dataclass
class Block:
    """Lines without a blank one between: a paragraph, and the indented rows below it."""

    paragraph: str
    rows: list[str]


def blocks(text: str) -> Iterator[Block]:
    for part in re.split(r"\n[ \t]*\n", text):
        lines = [line for line in part.split("\n") if line.strip()]
        flush = [line.strip() for line in lines if not line.startswith(" ") and "─" not in line]
        rows = [line for line in lines if line.startswith(" ")]
        yield Block(" ".join(flush), rows)


def sentence_end(text: str, at: int) -> int:
    found = re.compile(r"[.?!](?= |$)").search(text, at)
    return found.end() if found else len(text)


@dataclass
class Told:
    """What was found in a text."""

    checked: list[str] = field(default_factory=list)  # texts of templates
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # sentences that claim something, of no template

    def absorb(self, other: Told) -> None:
        self.checked += other.checked
        self.wrong += other.wrong
        self.unknown += other.unknown


def shape(text: str) -> str:
    """A sentence with tokens for its names and figures."""
    for token in ("Hs", "Es", "d", "p", "x"):
        text = re.sub(rf"\b{TOKENS[token]}(?![\w])" if token in ("Hs", "Es") else TOKENS[token], f"{{{token}}}", text)
    return re.sub(r"\b\d+\b", "{n}", text)


CLAIM = re.compile(rf"\b(?:{HYPOTHESIS}|{ITEM})\b|\d|[Pp]rovisional|\b(?:leads?|leader|lead)\b")


def read_out(context: Context, paragraph: str) -> Told:
    """Matches templates one after the other, the longest first; skips a sentence that none recognises."""
    told, at = Told(), 0
    while at < len(paragraph):
        best: tuple[int, Template, re.Match[str]] | None = None
        for template in TEMPLATES:
            if template.commands and context.command not in template.commands:
                continue
            found = template.pattern.match(paragraph, at)
            whole = found and (found.end() == len(paragraph) or paragraph[found.end()] == " ")
            if found and whole and (best is None or found.end() > best[0]):
                best = (found.end(), template, found)
        if best is None:
            end = sentence_end(paragraph, at)
            sentence = paragraph[at:end]
            if CLAIM.search(sentence):
                told.unknown.append(sentence)
        else:
            end, template, found = best
            told.checked.append(template.text)
            try:
                wrong = template.check(context, *template.values(found))
            except TooLarge:
                wrong = None  # more than can be enumerated
            except (ArithmeticError, LookupError, StopIteration, TypeError, ValueError) as error:
                wrong = f"it speaks of what is not there ({type(error).__name__}: {error})"
            if wrong:
                told.wrong.append(f"{found[0]!r}: {wrong}")
        at = end + 1
    return told


def read_rows(context: Context, block: Block) -> Told:
    told = Told()
    for heading, check, strips in ROWS:
        if heading.fullmatch(block.paragraph):
            context.heading = block.paragraph
            wrongs = list(check(context, [row.strip() for row in block.rows] if strips else block.rows))
            told.checked += [f"{heading.pattern} (rows)"] * len(wrongs)
            told.wrong += [f"{block.paragraph!r}: {wrong}" for wrong in wrongs if wrong]
    return told


def of_markdown(context: Context, page: str) -> Told:
    """The sentences of a page; tables are those of CSV and of the text."""
    told = Told()
    for part in re.split(r"\n[ \t]*\n", html.unescape(re.sub(r"\\([^\w\s])", r"\1", page.replace("**", "")))):
        lines = [line.strip() for line in part.split("\n") if not re.match(r"[|#]", line)]
        paragraph = " ".join(lines)
        found = read_out(context, paragraph)
        if any(heading.fullmatch(paragraph) for heading, *_ in ROWS):
            found.unknown = []  # it stands above a table
        told.absorb(found)
    return told


def of_text(context: Context, text: str) -> Told:
    told = Told()
    for block in blocks(text):
        if not block.paragraph.startswith("ach "):  # a command to try next
            rows = read_rows(context, block)
            is_heading = any(heading.fullmatch(block.paragraph) for heading, *_ in ROWS)
            told.absorb(Told() if is_heading else read_out(context, block.paragraph))
            told.absorb(rows)
    return told
