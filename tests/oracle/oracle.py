#!/usr/bin/env python3
"""A second, independent implementation of ach's scoring, for cross-checking.

    oracle.py table FILE [--method M] [--as-of D] [--sort S]
    oracle.py rank  FILE [--method M] [--as-of D] [--sort S]

The formulas are those of docs/method.md, the output is that of docs/json.md.
Slow and exact on purpose: the additive scores are (a + b*sqrt(2))/2 with
Python integers, everything transcendental is done with 60-digit decimals,
and a float appears only in the output. Standard library only, Python 3.11.

Exit status: 0 done, 2 wrong usage or a scenario that cannot be scored.
"""

from __future__ import annotations

import argparse
import calendar
import datetime
import json
import re
import sys
import tomllib
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any, Callable

METHODS = ("inconsistency", "weighted", "net", "bayes")
YARDSTICKS = ("icd203", "phia")
SORTS = ("file", "diagnosticity", "date", "id")
VALUE = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2, "NA": 0}
LEVEL = {"low": -1, "medium": 0, "high": 1}
RELIABILITY = {-1: Decimal("0.5"), 0: Decimal("0.8"), 1: Decimal("0.95")}
TIE_LN = Decimal("1e-9")  # equal posteriors: ln within this
TIE_SORT = Decimal("1e-12")  # equal sort keys
PRIOR_SUM = Decimal("1e-6")
DIGITS = Context(prec=60, Emin=-(10**17), Emax=10**17)
BIDI = "\u061c\u200e\u200f" + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
ESCAPED = re.compile(f"[\x7f-\x9f{BIDI}\u2028\u2029]")


class Unscorable(Exception):
    """The scenario is unreadable or inconsistent: no command scores it."""


# ---------------------------------------------------------------- reading


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
        for hid, cell in e.get("ratings", {}).items():
            if hid not in known:
                raise Unscorable(f"rating for unknown hypothesis {hid!r}")
            if isinstance(cell, dict):
                if "conflict" in cell:
                    raise Unscorable(f"{e['id']}: unresolved conflict")
                choice(cell.get("confidence", "medium"), LEVEL, "confidence")
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
            )
        )
    unique([e.id for e in scenario.items], "evidence")
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
    return Scenario(**{**vars(scenario), "items": kept, "as_of": as_of})


# ---------------------------------------------------------------- exact scores


@dataclass(frozen=True)
class Surd:
    """(a + b*sqrt(2)) / 2 with integers: every additive score is one."""

    a: int = 0
    b: int = 0

    def __add__(self, other: Surd) -> Surd:
        return Surd(self.a + other.a, self.b + other.b)

    def __sub__(self, other: Surd) -> Surd:
        return Surd(self.a - other.a, self.b - other.b)

    def times(self, n: int) -> Surd:
        return Surd(self.a * n, self.b * n)

    def sign(self) -> int:
        """Of a + b*sqrt(2): where a and b disagree, a*a against 2*b*b decides."""
        sign_a, sign_b = (self.a > 0) - (self.a < 0), (self.b > 0) - (self.b < 0)
        if sign_a * sign_b >= 0:
            return sign_a or sign_b
        return sign_a if self.a**2 > 2 * self.b**2 else sign_b

    def decimal(self) -> Decimal:
        return (self.a + self.b * Decimal(2).sqrt()) / 2


# w = sqrt(2)^k for k = credibility + relevance levels, as a Surd
WEIGHT = {-2: Surd(1, 0), -1: Surd(0, 1), 0: Surd(2, 0), 1: Surd(0, 2), 2: Surd(4, 0)}


def weight(e: Item) -> Surd:
    return WEIGHT[e.credibility + e.relevance]


def value(e: Item, hid: str) -> int:
    return VALUE[e.ratings[hid]] if hid in e.ratings else 0


def additive(scenario: Scenario, method: str, hid: str) -> Surd:
    total = Surd()
    for e in scenario.items:
        val = value(e, hid)
        if method == "inconsistency":
            total += WEIGHT[0].times(min(0, val))
        elif method == "weighted":
            total += weight(e).times(min(0, val))
        else:
            total += weight(e).times(val)
    return total


# ---------------------------------------------------------------- bayes


@lru_cache(maxsize=None)
def reported(beta: Decimal, credibility: int, relevance: int, val: int) -> tuple[Decimal, Decimal]:
    """p' and ln p' of a rating worth `val` in an item of these weights."""
    rho = RELIABILITY[credibility]
    exponent = -beta * WEIGHT[relevance].decimal() * val
    p = rho / (1 + Decimal(10) ** exponent) + (1 - rho) / 2
    return p, p.ln()


def likelihood(scenario: Scenario, e: Item, hid: str) -> tuple[Decimal, Decimal]:
    """p'(e,h), the probability of the report of e if h were true, and its logarithm."""
    return reported(scenario.beta, e.credibility, e.relevance, value(e, hid))


def ln_posteriors(scenario: Scenario) -> dict[str, Decimal]:
    """ln of the posterior of each active hypothesis."""
    active = scenario.active
    if not active:
        return {}
    groups: dict[Any, list[Item]] = {}
    for n, e in enumerate(scenario.items):
        if any(e.ratings.get(h.id, "NA") != "NA" for h in active):  # else it takes no part
            groups.setdefault(n if e.group is None else e.group, []).append(e)
    prior = priors(scenario)
    joint = {}
    for h in active:
        means = (sum(likelihood(scenario, e, h.id)[1] for e in members) / len(members) for members in groups.values())
        joint[h.id] = prior[h.id].ln() + sum(means, Decimal(0))
    top = max(joint.values())
    log_sum = top + sum((x - top).exp() for x in joint.values()).ln()
    return {hid: x - log_sum for hid, x in joint.items()}


def words(yardstick: str, posterior: float) -> str:
    """The word for a probability, taken as the float that is printed."""
    p = posterior
    if yardstick == "icd203":
        if p < 0.05:
            return "almost no chance"
        if p < 0.20:
            return "very unlikely"
        if p < 0.45:
            return "unlikely"
        if p <= 0.55:
            return "roughly even chance"
        if p <= 0.80:
            return "likely"
        return "very likely" if p <= 0.95 else "almost certain"
    names = ("remote chance", "highly unlikely", "unlikely", "realistic possibility", "likely", "highly likely")
    for name, end in zip(names, (0.075, 0.225, 0.375, 0.525, 0.775, 0.925)):
        if p < end:
            return name
    return "almost certain"


# ---------------------------------------------------------------- ranking


@dataclass
class Ranking:
    scores: dict[str, float | None]
    ranks: dict[str, int | None]
    leaders: list[str]
    margin: float | None


def real(x: Decimal) -> float:
    """The nearest float; never -0."""
    return float(x) + 0.0


def ranking(scenario: Scenario, method: str) -> Ranking:
    better: Callable[[str, str], bool]
    exact: dict[str, Decimal | None]
    active = [h.id for h in scenario.active]
    if method == "bayes":
        logs = ln_posteriors(scenario)
        exact = {h.id: logs[h.id].exp() if h.active else None for h in scenario.hypotheses}
        better = lambda k, h: logs[k] - logs[h] > TIE_LN
        best = lambda ids: max(ids, key=lambda h: logs[h])
    else:
        surds = {h.id: additive(scenario, method, h.id) for h in scenario.hypotheses}
        exact = {hid: s.decimal() for hid, s in surds.items()}
        better = lambda k, h: (surds[k] - surds[h]).sign() > 0
        best = lambda ids: next(k for k in ids if not any(better(h, k) for h in ids))
    ranks: dict[str, int | None] = {h.id: None for h in scenario.hypotheses}
    for h in active:
        ranks[h] = 1 + sum(better(k, h) for k in active)
    leaders = [h for h in active if ranks[h] == 1]
    lower = [h for h in active if ranks[h] != 1]
    margin = None
    if leaders and lower:
        first, second = best(leaders), best(lower)
        if method == "bayes":
            margin = real(exact[first] - exact[second])
        else:
            margin = real((surds[first] - surds[second]).decimal())
    scores = {hid: None if x is None else real(x) for hid, x in exact.items()}
    return Ranking(scores, ranks, leaders, margin)


# ---------------------------------------------------------------- diagnosticity


def variance(scenario: Scenario, e: Item) -> Fraction:
    """Population variance of val over the active hypotheses that are rated, NA as 0."""
    values = [VALUE[e.ratings[h.id]] for h in scenario.active if h.id in e.ratings]
    if len(values) < 2:
        return Fraction(0)
    mean = Fraction(sum(values), len(values))
    return sum((v - mean) ** 2 for v in values) / len(values)


def diagnosticity(scenario: Scenario, e: Item) -> Decimal:
    var = variance(scenario, e)
    return (Decimal(var.numerator) / var.denominator).sqrt()


def information(scenario: Scenario, e: Item) -> Decimal:
    """Bits between p' normalised over the active hypotheses and the uniform distribution."""
    p = [likelihood(scenario, e, h.id)[0] for h in scenario.active]
    if len(set(p)) < 2:
        return Decimal(0)
    total = sum(p)
    bits = sum(x / total * (x / total * len(p)).ln() for x in p) / Decimal(2).ln()
    return max(bits, Decimal(0))


def ordered(scenario: Scenario, sort: str) -> list[Item]:
    items = list(scenario.items)
    if sort == "id":
        return sorted(items, key=lambda e: e.id)
    if sort == "date":
        return sorted(items, key=lambda e: (e.date is None, last_day(e.date or "9999")))
    if sort == "diagnosticity":
        keyed = [(diagnosticity(scenario, e) * weight(e).decimal(), n) for n, e in enumerate(items)]
        keyed.sort(key=lambda pair: -pair[0])
        runs: list[list[tuple[Decimal, int]]] = []  # of keys equal to the first of the run
        for pair in keyed:
            if runs and runs[-1][0][0] - pair[0] <= TIE_SORT:
                runs[-1].append(pair)
            else:
                runs.append([pair])
        return [items[n] for run in runs for _, n in sorted(run, key=lambda pair: pair[1])]
    return items


# ---------------------------------------------------------------- the two commands


def table(scenario: Scenario, method: str | None = None, as_of: str | None = None, sort: str = "file") -> Any:
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        result = ranking(scenario, method)
        rated = {h.id: sum(h.id in e.ratings for e in scenario.items) for h in scenario.hypotheses}
        return {
            "format": 1,
            "title": scenario.title,
            "question": scenario.question,
            "marking": scenario.marking,
            "method": method,
            "as_of": scenario.as_of,
            "hypotheses": [
                {
                    "id": h.id,
                    "name": h.name,
                    "status": "active" if h.active else "rejected",
                    "rank": result.ranks[h.id],
                    "score": result.scores[h.id],
                    "rated": rated[h.id],
                    "unrated": len(scenario.items) - rated[h.id],
                }
                for h in scenario.hypotheses
            ],
            "evidence": [
                {
                    "id": e.id,
                    "text": e.text,
                    "kind": e.kind,
                    "date": e.date,
                    "sources": e.sources,
                    "weight": real(weight(e).decimal()),
                    "diagnosticity": real(diagnosticity(scenario, e)),
                    "information": real(information(scenario, e)),
                    "ratings": {h.id: e.ratings[h.id] for h in scenario.hypotheses if h.id in e.ratings},
                }
                for e in ordered(scenario, sort)
            ],
            "leaders": result.leaders,
            "margin": result.margin,
            "provisional": any(rated[h] < len(scenario.items) for h in result.leaders),
        }


def rank(scenario: Scenario, method: str | None = None, as_of: str | None = None, sort: str = "file") -> Any:
    """`sort` orders evidence, of which this document has none."""
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        results = {m: ranking(scenario, m) for m in METHODS}

        def entry(hid: str, m: str) -> dict[str, Any]:
            score = results[m].scores[hid]
            out = {"score": score, "rank": results[m].ranks[hid]}
            if m == "bayes":
                out["words"] = None if score is None else words(scenario.yardstick, score)
            return out

        chosen = results[method].ranks
        order = sorted((h.id for h in scenario.hypotheses), key=lambda hid: chosen[hid] or len(chosen) + 1)
        return {
            "format": 1,
            "marking": scenario.marking,
            "method": method,
            "ranking": [{"id": hid, "methods": {m: entry(hid, m) for m in METHODS}} for hid in order],
            "leaders": {m: results[m].leaders for m in METHODS},
            "margin": {m: results[m].margin for m in METHODS},
            "agreement": len({tuple(results[m].leaders) for m in METHODS}) == 1,
        }


def dump(document: Any) -> str:
    """JSON as docs/json.md has it: control and bidi characters as \\uXXXX, all else as it is."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("table", "rank"))
    parser.add_argument("file")
    parser.add_argument("--method", choices=METHODS)
    parser.add_argument("--as-of")
    parser.add_argument("--sort", choices=SORTS, default="file")
    options = parser.parse_args(arguments)
    try:
        with open(options.file, "rb") as file:
            scenario = read(file.read())
        run = {"table": table, "rank": rank}[options.command]
        sys.stdout.buffer.write(dump(run(scenario, options.method, options.as_of, options.sort)).encode())
    except (Unscorable, OSError) as error:
        print(f"oracle: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
