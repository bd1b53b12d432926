"""The findings of `ach check` about estimates, outcome and rated indicators, counted one by one.

Each finding is worked out from docs/checks.md and docs/method.md with its subject, and must be told once, in words that
name the subject and its figures.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Iterator

from counting import Case, Request, counting
from judging import Judged, Said, dated, first_day, people, told
from reading import VALUE, last_day
from saying import listing

TOLERANCE = 0.05
CODES = (
    "estimate-incoherent",
    "estimate-incomplete",
    "estimate-stale",
    "estimate-after-outcome",
    "outcome-undated",
    "non-diagnostic-indicator",
    "preregistered-changed",
)


def expected(judged: Judged, text: str, as_of: str | None) -> Iterator[tuple[str, str]]:
    """The code of each finding, with a pattern of its message."""
    case = counting(judged.scenario, Request(None, as_of))
    by_person = people(judged, last_day(as_of) if as_of else None)
    for own in by_person.values():
        yield from of_standing(own[-1], case)
    outcome = told(judged.outcome)
    for said in (said for own in by_person.values() for said in own):
        if outcome["date"] and said.date and last_day(said.date) >= first_day(outcome["date"]):
            yield "estimate-after-outcome", re.escape(f"{said.id} was made when the outcome was known ") + ".*"
    if outcome["hypothesis"] is not None and outcome["date"] is None:
        yield "outcome-undated", ".*"
    raw = tomllib.loads(text.removeprefix("\ufeff"))
    yield from of_indicators(judged, raw)


def of_standing(said: Said, case: Case) -> Iterator[tuple[str, str]]:
    """What is doubtful of an estimate that stands."""
    total = sum(said.stated.values())
    if said.counts and abs(total - 1) > TOLERANCE + 1e-9:
        zeroed = [h for h, p in said.stated.items() if p > 0 and said.coherent[h] <= 1e-9]
        takes = re.escape(f", which takes {', '.join(zeroed)} to 0") if zeroed else ""
        known = re.escape(": the nearest that add up to 100% count")
        yield "estimate-incoherent", re.escape(f"{said.id} adds up to ") + tenths(total) + known + takes
    if said.missing:
        yield "estimate-incomplete", re.escape(f"{said.id} does not state {', '.join(said.missing)}, ") + ".*"
    since = dated(case, last_day(said.date)) if said.date else []
    if since:
        items = f"{listing(since)} is" if len(since) == 1 else f"{len(since)} items are"
        yield "estimate-stale", re.escape(f"{items} dated after {said.id}")


def tenths(p: float) -> str:
    """A pattern of a share with one decimal, which is left out where it is 0."""
    return "(?:" + "|".join(dict.fromkeys(re.escape(f"{round(q * 100, 1):g}%") for q in (p - 1e-9, p, p + 1e-9))) + ")"


def cell(raw: Any) -> dict[str, Any]:
    """A cell as a table, however it is written."""
    return raw if isinstance(raw, dict) else {} if raw is None else {"rating": raw}


def of_indicators(judged: Judged, raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Indicators that tell nothing, and cells that are rated otherwise than was said before."""
    active = [h.id for h in judged.scenario.active]
    items = {e["id"]: e for e in raw.get("evidence", [])}
    for indicator in raw.get("indicator", []):
        status, cells = indicator.get("status", "pending"), indicator.get("ratings", {})
        ratings = [cell(cells.get(h)).get("rating") for h in active]
        alike = None not in ratings and len({VALUE[r] for r in ratings}) == 1
        if status == "pending" and len(active) > 1 and alike:
            yield "non-diagnostic-indicator", re.escape(f"{indicator['id']} would tell nothing by itself: ") + ".*"
        if status != "observed" or indicator["id"] not in items:
            continue
        now = items[indicator["id"]].get("ratings", {})
        for h in judged.ids:
            before, after = cell(cells.get(h)).get("rating"), cell(now.get(h))
            if before is not None and after.get("rating") != before and "note" not in after:
                is_now = after.get("rating") or "(?:blank|not rated)"
                said = f"; before it was seen it was rated {before}"
                yield "preregistered-changed", re.escape(f"{indicator['id']} / {h} is ") + is_now + re.escape(said)


def differing(answer: Any, owed: list[tuple[str, str]]) -> Iterator[str]:
    """The findings of one file that are owed and not told, and those that are told and not owed."""
    left = [(d["code"], d["message"]) for d in answer["files"][0]["diagnostics"] if d["code"] in CODES]
    for code, pattern in owed:
        found = next((one for one in left if one[0] == code and re.fullmatch(pattern, one[1])), None)
        if found is None:
            yield f"not found: {code}: {pattern}"
        else:
            left.remove(found)
    yield from (f"not so: {code}: {message}" for code, message in left)
