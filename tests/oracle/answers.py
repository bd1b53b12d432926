"""The documents that follow from scores alone: table, rank, explain, timeline.

What each says is in docs/method.md, its shape in docs/json.md.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from reading import METHODS, Scenario, Unscorable, last_day, up_to
from scoring import (
    DIGITS,
    Ranking,
    Surd,
    descending,
    diagnosticity,
    figure,
    information,
    likelihood,
    ordered,
    ranking,
    real,
    sign,
    size,
    summand,
    units,
    weight,
    words,
)


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


def bans(scenario: Scenario, hid: str) -> dict[str, Decimal]:
    """By item: log10(2 p'(e,h)) over the number of items of its group that take part; 0 for one that does not."""
    amounts = {e.id: Decimal(0) for e in scenario.items}
    for unit in units(scenario):
        for e in unit:
            amounts[e.id] = (2 * likelihood(scenario, e, hid)[0]).log10() / len(unit)
    return amounts


def explain(
    scenario: Scenario, method: str | None = None, as_of: str | None = None, hypothesis: str | None = None
) -> Any:
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        result = ranking(scenario, method)
        if hypothesis is not None and hypothesis not in result.ranks:
            raise Unscorable(f"no hypothesis {hypothesis!r}")

        def contributions(hid: str) -> dict[str, Surd] | dict[str, Decimal]:
            if method == "bayes":
                return bans(scenario, hid)
            return {e.id: summand(method, e, hid) for e in scenario.items}

        def listed(amounts: dict[str, Any], name: str) -> list[dict[str, Any]]:
            ids = [eid for eid, x in amounts.items() if sign(x) != 0]
            return [{"evidence": eid, name: figure(amounts[eid])} for eid in descending(ids, lambda i: size(amounts[i]))]

        def entry(hid: str, active: bool) -> dict[str, Any]:
            own = contributions(hid) if active or method != "bayes" else {}
            versus = {}
            if result.leaders and hid not in result.leaders:
                first = contributions(result.leaders[0])
                versus = {eid: first[eid] - x for eid, x in own.items()}
            return {
                "id": hid,
                "score": result.scores[hid],
                "rank": result.ranks[hid],
                "against": listed({eid: x for eid, x in own.items() if sign(x) < 0}, "contribution"),
                "for": listed({eid: x for eid, x in own.items() if sign(x) > 0}, "contribution"),
                "versus_leader": listed(versus, "difference"),
            }

        return {
            "format": 1,
            "marking": scenario.marking,
            "method": method,
            "leaders": result.leaders,
            "hypotheses": [entry(h.id, h.active) for h in scenario.hypotheses if hypothesis in (None, h.id)],
        }


def timeline(scenario: Scenario, method: str | None = None, as_of: str | None = None) -> Any:
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        days = {e.id: last_day(e.date) for e in scenario.items if e.date is not None}

        def step(day: Any) -> dict[str, Any]:
            result: Ranking = ranking(up_to(scenario, day.isoformat()), method)
            return {
                "date": day.isoformat(),
                "added": [eid for eid, d in days.items() if d == day],
                "scores": result.scores,
                "ranks": result.ranks,
                "leaders": result.leaders,
            }

        return {
            "format": 1,
            "marking": scenario.marking,
            "method": method,
            "steps": [step(day) for day in sorted(set(days.values()))],
        }
