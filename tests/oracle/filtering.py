"""The language of --where: words and fields, all of which must hold."""

from __future__ import annotations

import re
from typing import Callable

from reading import LEVEL, Item, Scenario, Unscorable

Test = Callable[[Item], bool]
TERM = re.compile(r'(!?)(?:([a-z-]+):)?((?:"[^"]*"|[^\s"])+)')


def passing(scenario: Scenario, line: str) -> set[str]:
    """The ids of the items that pass."""
    terms = [term(scenario, *match) for match in TERM.findall(line)]
    return {e.id for e in scenario.items if all(test(e) for test in terms)}


def term(scenario: Scenario, negated: str, field: str, value: str) -> Test:
    quoted = value.startswith('"')
    value = value.replace('"', "").lower()
    if field:
        test = of_field(scenario, field, value)
    elif value == "blank" and not quoted:
        test = lambda e: any(h.id not in e.ratings for h in scenario.hypotheses)
    elif value == "conflict" and not quoted:
        test = lambda e: False  # a scenario with a conflict is inconsistent
    else:
        test = lambda e: value in e.id or value in e.text.lower()
    return (lambda e: not test(e)) if negated else test


def of_field(scenario: Scenario, field: str, value: str) -> Test:
    level = lambda number: next(name for name, n in LEVEL.items() if n == number)
    if field in ("unrated", "rated"):
        return of_rating(scenario, field, value)
    if field == "source":
        named = {s.id for s in scenario.sources if value in s.name.lower()}
        return lambda e: any(value in s.lower() or s in named for s in e.sources)
    tests: dict[str, Test] = {
        "kind": lambda e: value in e.kind,
        "group": lambda e: e.group is not None and value in e.group.lower(),
        "tag": lambda e: any(value in tag.lower() for tag in e.tags),
        "date": lambda e: e.date is not None and e.date.startswith(value),
        "status": lambda e: e.status == value,
        "credibility": lambda e: level(e.level) == value,
        "relevance": lambda e: level(e.relevance) == value,
        "confidence": lambda e: any(
            e.confidence.get(hid, "medium") == value for hid, rating in e.ratings.items() if rating != "NA"
        ),
    }
    if field not in tests:
        raise Unscorable(f"{field!r} is not a field of a filter")
    return tests[field]


def of_rating(scenario: Scenario, field: str, value: str) -> Test:
    """`unrated:H`, `rated:H`, `rated:H=II`."""
    hid, _, rating = value.partition("=")
    if all(h.id != hid for h in scenario.hypotheses):
        raise Unscorable(f"no hypothesis {hid!r}")
    if field == "unrated":
        return lambda e: hid not in e.ratings
    return lambda e: hid in e.ratings and rating in ("", e.ratings[hid].lower())
