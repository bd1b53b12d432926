"""The documents that follow from scores alone: table, rank, explain, timeline, and the conclusion of diff.

What each says is in docs/method.md, its shape in docs/json.md.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from counting import Case, Request, counting, later, left
from diagnosing import diagnosticity, information, ordered
from exact import Amount, descending, figure, real, sign, size
from reading import METHODS, Scenario, Unscorable, last_day
from scoring import (
    Ranking,
    contribution,
    family,
    likelihood,
    priors,
    provisional,
    ranking,
    strongest,
    units,
    weight,
)

Lists = dict[str, list[dict[str, Any]]]


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


def heading(case: Case, request: Request) -> dict[str, Any]:
    """The keys that all documents begin with."""
    return {"format": 1, "marking": case.scenario.marking, "method": case.method, "where": request.where}


# ---------------------------------------------------------------- table


def table(scenario: Scenario, request: Request, sort: str = "file") -> Any:
    case = counting(scenario, request)
    result = ranking(case, case.method)
    counted = {h.id: sum(e.cell(h.id) is not None for e in case.items) for h in scenario.hypotheses}
    return {
        "format": 1,
        "title": scenario.title,
        "question": scenario.question,
        "marking": scenario.marking,
        "method": case.method,
        "as_of": request.as_of or scenario.as_of,
        "where": request.where,
        "hypotheses": [
            {
                "id": h.id,
                "name": h.name,
                "status": "active" if h.active else "rejected",
                "competes": h.id in result.who,
                "rank": result.ranks[h.id],
                "score": result.scores[h.id],
                "rated": counted[h.id],
                "unrated": len(case.items) - counted[h.id],
            }
            for h in scenario.hypotheses
        ],
        "evidence": [
            {
                "id": e.id,
                "text": e.text,
                "kind": e.kind,
                "status": e.status,
                "counts": e.id in case.ids,
                "searched": e.searched,
                "date": e.date,
                "sources": e.sources,
                "weight": real(weight(e).decimal()),
                "diagnosticity": real(diagnosticity(case, e)),
                "information": real(information(case, e)),
                "ratings": {h.id: e.ratings[h.id] for h in scenario.hypotheses if h.id in e.ratings},
            }
            for e in ordered(case, sort)
        ],
        "leaders": result.leaders,
        "margin": result.margin,
        "provisional": provisional(case, result.leaders),
    }


# ---------------------------------------------------------------- rank


def rank(scenario: Scenario, request: Request, sort: str = "file") -> Any:
    """`sort` orders evidence, of which this document has none."""
    case = counting(scenario, request)
    results = {m: ranking(case, m) for m in METHODS}

    def entry(hid: str, m: str) -> dict[str, Any]:
        score = results[m].scores[hid]
        out = {"score": score, "rank": results[m].ranks[hid]}
        if m == "bayes":
            out["words"] = None if score is None else words(scenario.yardstick, score)
        return out

    chosen = results[case.method].ranks
    order = sorted((h.id for h in scenario.hypotheses), key=lambda hid: chosen[hid] or len(chosen) + 1)
    bayes = results["bayes"]
    return {
        **heading(case, request),
        "ranking": [{"id": hid, "methods": {m: entry(hid, m) for m in METHODS}} for hid in order],
        "leaders": {m: results[m].leaders for m in METHODS},
        "margin": {m: results[m].margin for m in METHODS},
        "agreement": len({tuple(results[m].leaders) for m in METHODS}) == 1,
        "provisional": {m: provisional(case, results[m].leaders) for m in METHODS},
        "priors": priors_used(case, bayes),
        "families": families(case, bayes),
    }


def priors_used(case: Case, bayes: Ranking) -> dict[str, float]:
    return {hid: real(p) for hid, p in priors(case, bayes.who).items()}


def families(case: Case, bayes: Ranking) -> list[dict[str, Any]]:
    """Those of two or more members that compete, in the order of the first of each."""
    members: dict[tuple[str, str], list[str]] = {}
    for h in case.scenario.active:
        if h.id in bayes.who:
            members.setdefault(family(h), []).append(h.id)
    total = lambda ids: sum(bayes.scores[hid] or 0.0 for hid in ids)
    several = [(name, ids) for (_, name), ids in members.items() if len(ids) > 1]
    return [{"family": name, "members": ids, "posterior": total(ids)} for name, ids in several]


# ---------------------------------------------------------------- explain


def in_bans(case: Case, method: str, hid: str) -> dict[str, Amount]:
    """By item: s(e,h), under bayes in bans."""
    if method == "bayes":
        return {e.id: (2 * likelihood(case, e, hid)).log10() if e.value(hid) else Decimal(0) for e in case.items}
    return {e.id: contribution(case, method, e, hid) for e in case.items}


def covering(case: Case, method: str, hid: str) -> dict[str, str]:
    """By covered item, in file order: the one of its group that counts in its place."""
    by: dict[str, str] = {}
    for unit in units(case.items):
        amounts = [contribution(case, method, e, hid) for e in unit]
        for side in (-1, 1):
            best = strongest(amounts, side)
            others = (e for n, e in enumerate(unit) if n != best and sign(amounts[n]) == side)
            by |= {e.id: unit[best].id for e in others if best is not None}
    return {e.id: by[e.id] for e in case.items if e.id in by}


def counted(case: Case, method: str, hid: str) -> dict[str, Amount]:
    """Like `in_bans`, with 0 for what is covered."""
    covered = covering(case, method, hid)
    return {eid: x - x if eid in covered else x for eid, x in in_bans(case, method, hid).items()}


def listed(amounts: dict[str, Amount], name: str) -> list[dict[str, Any]]:
    ids = [eid for eid, x in amounts.items() if sign(x) != 0]
    return [{"evidence": eid, name: figure(amounts[eid])} for eid in descending(ids, lambda i: size(amounts[i]))]


def explain(scenario: Scenario, request: Request, hypothesis: str | None = None) -> Any:
    case = counting(scenario, request)
    result = ranking(case, case.method)
    if hypothesis is not None and hypothesis not in result.ranks:
        raise Unscorable(f"no hypothesis {hypothesis!r}")
    return {
        **heading(case, request),
        "leaders": result.leaders,
        "provisional": provisional(case, result.leaders),
        "priors": priors_used(case, result) if case.method == "bayes" else None,
        "hypotheses": [
            {"id": h.id, "score": result.scores[h.id], "rank": result.ranks[h.id], **speaking(case, result, h.id)}
            for h in scenario.hypotheses
            if hypothesis in (None, h.id)
        ],
    }


def speaking(case: Case, result: Ranking, hid: str) -> Lists:
    """What speaks against and for a hypothesis, what is covered, and what separates it from the first leader."""
    method = case.method
    if result.scores[hid] is None:
        return {"against": [], "for": [], "covered": [], "versus_leader": []}
    own, versus = counted(case, method, hid), {}
    if result.leaders and hid not in result.leaders:
        first = counted(case, method, result.leaders[0])
        versus = {eid: first[eid] - x for eid, x in own.items()}
    return {
        "against": listed({eid: x for eid, x in own.items() if sign(x) < 0}, "contribution"),
        "for": listed({eid: x for eid, x in own.items() if sign(x) > 0}, "contribution"),
        "covered": [{"evidence": eid, "by": by} for eid, by in covering(case, method, hid).items()],
        "versus_leader": listed(versus, "difference"),
    }


# ---------------------------------------------------------------- timeline


def timeline(scenario: Scenario, request: Request) -> Any:
    case = counting(scenario, request)
    days = {e.id: last_day(e.date) for e in case.items if e.date is not None}

    def step(day: Any) -> dict[str, Any]:
        then = case.of(left(scenario, case.items, later(case.items, day)))
        result = ranking(then, case.method)
        return {
            "date": day.isoformat(),
            "added": [eid for eid, d in days.items() if d == day],
            "scores": result.scores,
            "ranks": result.ranks,
            "leaders": result.leaders,
            "provisional": provisional(then, result.leaders),
        }

    return {**heading(case, request), "steps": [step(day) for day in sorted(set(days.values()))]}


# ---------------------------------------------------------------- diff


def concluding(scenario: Scenario, request: Request) -> dict[str, Any]:
    """One side of the conclusion of diff; bayes does not score what is inconsistent."""
    case = counting(scenario, request)
    ids = [h.id for h in scenario.hypotheses]
    if scenario.faults and case.method == "bayes":
        return {"leaders": [], "ranks": dict.fromkeys(ids), "scores": dict.fromkeys(ids)}
    result = ranking(case, case.method)
    return {"leaders": result.leaders, "ranks": result.ranks, "scores": result.scores}


def conclusion(before: Scenario, after: Scenario, request: Request) -> Any:
    """Each side by its own method, or both by the one asked for."""
    return {
        "method": request.method or after.method,
        "method_before": request.method or before.method,
        "before": concluding(before, request),
        "after": concluding(after, request),
    }
