"""Reads a scenario: what scoring depends on, as docs/format.md says.

An independent second reader on top of Python's own TOML parser. It knows
nothing of methods and scores.
"""

from __future__ import annotations

import calendar
import datetime
import re
import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

METHODS = ("inconsistency", "weighted", "net", "bayes")
YARDSTICKS = ("icd203", "phia")
SCALE = ("CC", "C", "N", "I", "II")
VALUE = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2, "NA": 0}
LEVEL = {"low": -1, "medium": 0, "high": 1}
STATUSES = ("pending", "observed", "not-observed")
PRIOR_SUM = Decimal("1e-6")


class Unscorable(Exception):
    """The scenario is unreadable or inconsistent: no command scores it."""


@dataclass
class Hypothesis:
    id: str
    name: str
    active: bool
    prior: Decimal | None


@dataclass
class Item:
    id: str
    text: str
    kind: str
    date: str | None  # as the file has it
    sources: list[str]
    credibility: int  # -1, 0, 1
    relevance: int
    group: str | None
    ratings: dict[str, str]  # hypothesis id -> rating; a blank has no key
    confidence: dict[str, str] = field(default_factory=dict)  # where a cell states one

    def rated(self, hid: str) -> bool:
        """Whether the cell has a rating of the scale, CC to II."""
        return self.ratings.get(hid, "NA") != "NA"


@dataclass
class Source:
    id: str
    controlled_by: list[str]


@dataclass
class Indicator:
    id: str
    hypothesis: str | None
    due: str | None
    status: str


@dataclass
class Scenario:
    title: str
    question: str | None
    marking: str | None
    as_of: str | None
    method: str
    beta: Decimal
    yardstick: str
    hypotheses: list[Hypothesis] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)  # the declared ones
    indicators: list[Indicator] = field(default_factory=list)

    def of(self, items: list[Item]) -> Scenario:
        """The same scenario with other items."""
        return replace(self, items=items)

    @property
    def active(self) -> list[Hypothesis]:
        return [h for h in self.hypotheses if h.active]


def choice(value: Any, allowed: Any, what: str) -> Any:
    if value not in allowed:
        raise Unscorable(f"{what}: {value!r} is none of {', '.join(allowed)}")
    return value


def number(value: Any, what: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not Decimal(value).is_finite():
        raise Unscorable(f"{what}: {value!r} is not a finite number")
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
    """Admiralty grade to credibility: the letter and the digit each say +1, 0 or -1."""
    if not re.fullmatch(r"[A-F][1-6]", grade):
        raise Unscorable(f"grade {grade!r}")
    total = {"A": 1, "B": 1, "C": 0, "D": -1, "E": -1, "F": 0}[grade[0]]
    total += {"1": 1, "2": 1, "3": 0, "4": -1, "5": -1, "6": 0}[grade[1]]
    return 1 if total == 2 else 0 if total >= 0 else -1


def as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def unique(ids: list[str], what: str) -> set[str]:
    if len(set(ids)) < len(ids):
        raise Unscorable(f"duplicate {what} id")
    return set(ids)


def read(data: bytes) -> Scenario:
    """Reads a scenario; checks what scoring depends on, not every key."""
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
    )
    if scenario.beta <= 0:
        raise Unscorable("bans_per_step must be positive")
    for h in raw.get("hypothesis", []):
        prior = h.get("prior")
        status = choice(h.get("status", "active"), ("active", "rejected"), "status")
        scenario.hypotheses.append(
            Hypothesis(h["id"], h["name"], status == "active", None if prior is None else number(prior, "prior"))
        )
    known = unique([h.id for h in scenario.hypotheses], "hypothesis")
    sources = raw.get("source", [])
    source_ids = unique([s["id"] for s in sources], "source")
    for entry in (*raw.get("hypothesis", []), *sources, *raw.get("evidence", []), *raw.get("indicator", [])):
        if "conflict" in entry:
            raise Unscorable(f"{entry['id']}: unresolved conflict")
    for e in raw.get("evidence", []):
        if "grade" in e and "credibility" in e:
            raise Unscorable("grade beside credibility")
        credibility = choice(e.get("credibility", "medium"), LEVEL, "credibility")
        ratings: dict[str, str] = {}
        confidence: dict[str, str] = {}
        for hid, cell in e.get("ratings", {}).items():
            if hid not in known:
                raise Unscorable(f"rating for unknown hypothesis {hid!r}")
            if isinstance(cell, dict):
                if "conflict" in cell:
                    raise Unscorable(f"{e['id']}: unresolved conflict")
                if "confidence" in cell:
                    confidence[hid] = choice(cell["confidence"], LEVEL, "confidence")
                cell = cell.get("rating")
            if cell is not None:
                ratings[hid] = choice(cell, VALUE, "rating")
        cited = as_list(e.get("source"))
        if sources and not source_ids.issuperset(cited):
            raise Unscorable(f"{e['id']} cites an unknown source")
        scenario.items.append(
            Item(
                id=e["id"],
                text=e["text"],
                kind=choice(e.get("kind", "fact"), ("fact", "assumption", "argument", "absence"), "kind"),
                date=day_text(e.get("date")),
                sources=cited,
                credibility=grade_level(e["grade"]) if "grade" in e else LEVEL[credibility],
                relevance=LEVEL[choice(e.get("relevance", "medium"), LEVEL, "relevance")],
                group=e.get("group"),
                ratings=ratings,
                confidence=confidence,
            )
        )
    unique([e.id for e in scenario.items], "evidence")
    scenario.sources = [Source(s["id"], as_list(s.get("controlled_by"))) for s in sources]
    for i in raw.get("indicator", []):
        status = choice(i.get("status", "pending"), STATUSES, "status")
        scenario.indicators.append(Indicator(i["id"], i.get("hypothesis"), day_text(i.get("due")), status))
    for referring, key in ((sources, "controlled_by"), (raw.get("indicator", []), "hypothesis")):
        if not known.issuperset(hid for entry in referring for hid in as_list(entry.get(key))):
            raise Unscorable(f"{key} names an unknown hypothesis")
    priors(scenario)
    return scenario


def priors(scenario: Scenario) -> dict[str, Decimal]:
    """Prior of each active hypothesis; one of a rejected hypothesis is as if absent."""
    given = [h.prior for h in scenario.active if h.prior is not None]
    if not given:
        return {h.id: Decimal(1) / len(scenario.active) for h in scenario.active}
    if len(given) < len(scenario.active):
        raise Unscorable("a prior is given, but not for every active hypothesis")
    if min(given) <= 0 or abs(sum(given) - 1) > PRIOR_SUM:
        raise Unscorable(f"the priors sum to {sum(given)}")
    return {h.id: h.prior for h in scenario.active if h.prior is not None}


def up_to(scenario: Scenario, as_of: str | None) -> Scenario:
    """The scenario with the items dated on or before a day, and the undated ones."""
    if as_of is None:
        return scenario
    limit = last_day(as_of)
    kept = [e for e in scenario.items if e.date is None or last_day(e.date) <= limit]
    return replace(scenario, items=kept, as_of=as_of)
