"""Reads a scenario: what scoring depends on, as docs/format.md says.

An independent second reader on top of Python's own TOML parser. It knows
nothing of methods and scores.
"""

from __future__ import annotations

import calendar
import datetime
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

METHODS = ("inconsistency", "weighted", "net", "bayes")
YARDSTICKS = ("icd203", "phia")
SCALE = ("CC", "C", "N", "I", "II")
VALUE = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2, "NA": 0}
LEVEL = {"low": -1, "medium": 0, "high": 1}
KINDS = ("fact", "assumption", "argument", "absence")
SEARCHED = ("full", "partial", "none")
STATUSES = ("pending", "observed", "not-observed")
PRIOR_SUM = Decimal("1e-6")


class Unscorable(Exception):
    """The scenario is unreadable or inconsistent: no command scores it."""


@dataclass
class Hypothesis:
    id: str
    name: str
    short: str | None = None
    active: bool = True
    prior: Decimal | None = None
    residual: bool = False
    family: str | None = None


@dataclass
class Item:
    id: str
    text: str
    kind: str
    status: str  # active, withdrawn
    searched: str | None  # as the file has it
    date: str | None  # as the file has it
    sources: list[str]
    credibility: int  # -1, 0, 1: what is stated or graded
    relevance: int
    group: str | None
    rests_on: list[str]
    tags: list[str]
    ratings: dict[str, str]  # hypothesis id -> rating as written; a blank has no key
    confidence: dict[str, str] = field(default_factory=dict)  # where a cell states one

    @property
    def unsearched(self) -> bool:
        """An absence where nobody looked: its cells count as NA."""
        return self.kind == "absence" and self.searched == "none"

    @property
    def level(self) -> int:
        """The effective credibility: an absence that was looked for in part only is low."""
        return -1 if self.kind == "absence" and self.searched == "partial" else self.credibility

    def cell(self, hid: str) -> str | None:
        """The rating that counts; None for a blank."""
        return "NA" if self.unsearched else self.ratings.get(hid)

    def on_scale(self, hid: str) -> bool:
        """Whether the cell counts as one of CC to II."""
        return self.cell(hid) not in (None, "NA")

    def value(self, hid: str) -> int:
        return VALUE[self.cell(hid) or "NA"]


@dataclass
class Source:
    id: str
    name: str
    controlled_by: list[str]


@dataclass
class Indicator:
    id: str
    hypothesis: str | None
    due: str | None
    status: str
    seen: Item  # what it would be as evidence, at medium credibility and relevance


@dataclass
class Scenario:
    title: str
    question: str | None
    marking: str | None
    as_of: str | None
    method: str
    beta: Decimal
    yardstick: str
    conclusion: str | None = None
    hypotheses: list[Hypothesis] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)  # the declared ones
    indicators: list[Indicator] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # why it is inconsistent

    @property
    def active(self) -> list[Hypothesis]:
        return [h for h in self.hypotheses if h.active]

    @property
    def weighed(self) -> list[Hypothesis]:
        """The active hypotheses that are judged by their ratings: all but a residual."""
        return [h for h in self.active if not h.residual]


def choice(value: Any, allowed: Any, subject: str) -> Any:
    if value not in allowed:
        raise Unscorable(f"{subject}: {value!r} is none of {', '.join(allowed)}")
    return value


def number(value: Any, subject: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not Decimal(value).is_finite():
        raise Unscorable(f"{subject}: {value!r} is not a finite number")
    return Decimal(value)


def day_text(value: Any) -> str | None:
    """A TOML local date, or a date in quotes, as text."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        value = value.isoformat()
    if value is not None:
        last_day(value)  # validates
    return value


def last_day(text: Any) -> datetime.date:
    """The day a date counts from: a partial one from its last day."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise Unscorable(f"{text!r} is not a date")
    parts = [int(p) for p in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    try:
        day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
        return datetime.date(year, month, day)
    except ValueError as error:
        raise Unscorable(f"{text!r}: {error}") from None


def grade_level(grade: str) -> int:
    """Admiralty grade to credibility: 4 and 5 are low, else the letter and the digit each say +1, 0 or -1."""
    if not re.fullmatch(r"[A-F][1-6]", grade):
        raise Unscorable(f"grade {grade!r}")
    letter, digit = grade
    if digit in "45":
        return -1
    total = {"A": 1, "B": 1, "C": 0, "D": -1, "E": -1, "F": 0}[letter] + {"1": 1, "2": 1, "3": 0, "6": 0}[digit]
    return 1 if total == 2 else 0 if total >= 0 else -1


def as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def unique(ids: list[str], subject: str) -> set[str]:
    if len(set(ids)) < len(ids):
        raise Unscorable(f"duplicate {subject} id")
    return set(ids)


def read(data: bytes) -> Scenario:
    """Reads a scenario; checks what scoring depends on, not every key. Inconsistencies are in its `faults`."""
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unscorable(str(error)) from None
    try:
        return build(raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unscorable(f"missing or of the wrong type: {error}") from None


def build(raw: dict[str, Any]) -> Scenario:
    if raw["ach"] != 1:
        raise Unscorable("unsupported version")
    scoring = raw.get("scoring", {})
    scenario = Scenario(
        title=raw["title"],
        question=raw.get("question"),
        marking=raw.get("marking"),
        as_of=day_text(raw.get("as_of")),
        method=choice(scoring.get("method", "weighted"), METHODS, "method"),
        beta=number(scoring.get("bans_per_step", Decimal("0.5")), "bans_per_step"),
        yardstick=choice(scoring.get("yardstick", "icd203"), YARDSTICKS, "yardstick"),
        conclusion=raw.get("conclusion"),
    )
    if scenario.beta <= 0:
        raise Unscorable("bans_per_step must be positive")
    scenario.hypotheses = [hypothesis(h) for h in raw.get("hypothesis", [])]
    known = unique([h.id for h in scenario.hypotheses], "hypothesis")
    scenario.items = [item(e, known) for e in raw.get("evidence", [])]
    unique([e.id for e in scenario.items], "evidence")
    for s in raw.get("source", []):
        scenario.sources.append(Source(s["id"], s["name"], as_list(s.get("controlled_by"))))
    unique([s.id for s in scenario.sources], "source")
    for i in raw.get("indicator", []):
        status = choice(i.get("status", "pending"), STATUSES, "status")
        seen = item({"id": i["id"], "text": i["text"], "ratings": i.get("ratings", {})}, known)
        scenario.indicators.append(Indicator(i["id"], i.get("hypothesis"), day_text(i.get("due")), status, seen))
    scenario.faults = [*conflicts(raw), *dangling(scenario, known), *circles(scenario), *prior_faults(scenario)]
    if sum(h.residual for h in scenario.hypotheses) > 1:
        scenario.faults.append("two residuals")
    return scenario


def hypothesis(h: dict[str, Any]) -> Hypothesis:
    prior = h.get("prior")
    return Hypothesis(
        id=h["id"],
        name=h["name"],
        short=h.get("short"),
        active=choice(h.get("status", "active"), ("active", "rejected"), "status") == "active",
        prior=None if prior is None else number(prior, "prior"),
        residual=bool(choice(h.get("residual", False), (True, False), "residual")),
        family=h.get("family"),
    )


def item(e: dict[str, Any], known: set[str]) -> Item:
    if "grade" in e and "credibility" in e:
        raise Unscorable("grade beside credibility")
    credibility = choice(e.get("credibility", "medium"), LEVEL, "credibility")
    ratings: dict[str, str] = {}
    confidence: dict[str, str] = {}
    for hid, cell in e.get("ratings", {}).items():
        if hid not in known:
            raise Unscorable(f"rating for unknown hypothesis {hid!r}")
        if isinstance(cell, dict):
            if "confidence" in cell:
                confidence[hid] = choice(cell["confidence"], LEVEL, "confidence")
            cell = cell.get("rating")
        if cell is not None:
            ratings[hid] = choice(cell, VALUE, "rating")
    return Item(
        id=e["id"],
        text=e["text"],
        kind=choice(e.get("kind", "fact"), KINDS, "kind"),
        status=choice(e.get("status", "active"), ("active", "withdrawn"), "status"),
        searched=choice(e.get("searched"), (*SEARCHED, None), "searched"),
        date=day_text(e.get("date")),
        sources=as_list(e.get("source")),
        credibility=grade_level(e["grade"]) if "grade" in e else LEVEL[credibility],
        relevance=LEVEL[choice(e.get("relevance", "medium"), LEVEL, "relevance")],
        group=e.get("group"),
        rests_on=as_list(e.get("rests_on")),
        tags=as_list(e.get("tags")),
        ratings=ratings,
        confidence=confidence,
    )


# ---------------------------------------------------------------- inconsistencies


def conflicts(raw: dict[str, Any]) -> list[str]:
    parts = [raw, *(p for name in ("hypothesis", "source", "evidence", "indicator") for p in raw.get(name, []))]
    cells = [cell for e in raw.get("evidence", []) for cell in e.get("ratings", {}).values()]
    held = any("conflict" in part for part in parts) or any(isinstance(c, dict) and "conflict" in c for c in cells)
    return ["an unresolved conflict"] if held else []


def dangling(scenario: Scenario, known: set[str]) -> list[str]:
    """References to what is not there. Sources are free text until the first is declared."""
    declared = {s.id for s in scenario.sources}
    ids = {e.id for e in scenario.items}
    named = [hid for s in scenario.sources for hid in s.controlled_by]
    named += [i.hypothesis for i in scenario.indicators if i.hypothesis is not None]
    faults = [f"unknown hypothesis {hid!r}" for hid in named if hid not in known]
    for e in scenario.items:
        if declared and not declared.issuperset(e.sources):
            faults.append(f"{e.id} cites an unknown source")
        if not ids.issuperset(e.rests_on):
            faults.append(f"{e.id} rests on an unknown item")
    return faults


def premises(scenario: Scenario) -> dict[str, set[str]]:
    """By item: all that it rests on, directly or not."""
    direct = {e.id: set(e.rests_on) for e in scenario.items}
    reached = {eid: set(those) for eid, those in direct.items()}
    changed = True
    while changed:
        changed = False
        for those in reached.values():
            more = set().union(*(direct.get(p, set()) for p in those)) - those
            changed = changed or bool(more)
            those |= more
    return reached


def circles(scenario: Scenario) -> list[str]:
    return [f"{eid} rests on itself" for eid, those in premises(scenario).items() if eid in those]


def prior_faults(scenario: Scenario) -> list[str]:
    """A prior of a rejected hypothesis is as if absent."""
    given = [h.prior for h in scenario.active if h.prior is not None]
    if not given:
        return []
    if len(given) < len(scenario.active):
        return ["a prior is given, but not for every active hypothesis"]
    if min(given) <= 0 or abs(sum(given) - 1) > PRIOR_SUM:
        return [f"the priors sum to {sum(given)}"]
    return []
