"""What-ifs without chance: the document of sensitivity.

Every what-if is a changed scenario whose leaders are worked out anew.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any, Callable

from reading import SCALE, Item, Scenario, priors, up_to
from scoring import DIGITS, TIE_LN, Surd, compare, descending, leaders, summand, unit_ln, units


def changed(scenario: Scenario, eid: str, hid: str, rating: str) -> Scenario:
    """The scenario with one cell at another rating."""
    return scenario.of(
        [replace(e, ratings={**e.ratings, hid: rating}) if e.id == eid else e for e in scenario.items]
    )


def critical_evidence(scenario: Scenario, method: str, today: list[str]) -> list[str]:
    without = lambda e: scenario.of([x for x in scenario.items if x is not e])
    return [e.id for e in scenario.items if leaders(without(e), method) != today]


def critical_cells(scenario: Scenario, method: str, today: list[str]) -> list[dict[str, Any]]:
    out = []
    for e in scenario.items:
        for h in scenario.active:
            if not e.rated(h.id):
                continue
            at = SCALE.index(e.ratings[h.id])
            enough = [
                abs(n - at)
                for n, rating in enumerate(SCALE)
                if n != at and leaders(changed(scenario, e.id, h.id, rating), method) != today
            ]
            if enough:
                out.append({"evidence": e.id, "hypothesis": h.id, "rating": e.ratings[h.id], "steps": min(enough)})
    return out


def shortest(parts: list[tuple[list[Item], Any]], lead: Any, enough: Callable[[Any], bool]) -> list[list[Item]] | None:
    """The fewest units without which the lead is `enough`: the largest differences, equal ones in file order."""
    order = descending(parts, lambda part: part[1])
    for n in range(len(order) + 1):
        if enough(lead):
            return [unit for unit, _ in order[:n]]
        if n < len(order):
            lead = lead - order[n][1]
    return None


def overturning(scenario: Scenario, method: str, a: str, k: str) -> dict[str, Any]:
    """What must go for k to get ahead of the sole leader a, and to draw level or better."""
    parts: list[tuple[list[Item], Any]]
    lead: Surd | Decimal
    if method == "bayes":
        parts = [(unit, unit_ln(scenario, unit, a) - unit_ln(scenario, unit, k)) for unit in units(scenario)]
        prior = priors(scenario)
        lead = prior[a].ln() - prior[k].ln()
        ahead = lambda d: d < -TIE_LN
        level = lambda d: d <= TIE_LN
    else:
        parts = [([e], summand(method, e, a) - summand(method, e, k)) for e in scenario.items]
        lead = Surd()
        ahead = lambda d: compare(d, Surd()) < 0
        level = lambda d: compare(d, Surd()) <= 0
    for _, difference in parts:
        lead = lead + difference
    overturn, tie = shortest(parts, lead, ahead), shortest(parts, lead, level)
    named = lambda found: {e.id for unit in found or [] for e in unit}
    listed = lambda found: [e.id for e in scenario.items if e.id in named(found)]
    gone = named(overturn)
    return {
        "overturn": None if overturn is None else len(overturn),
        "tie": None if tie is None else len(tie),
        "evidence": listed(overturn),
        "tie_evidence": listed(tie),
        "leaders_after": None
        if overturn is None
        else leaders(scenario.of([e for e in scenario.items if e.id not in gone]), method),
    }


def without_source(scenario: Scenario, method: str) -> dict[str, list[str]]:
    """Declared sources in the order of their declaration, others in that of their first citation."""
    cited = list(dict.fromkeys(s for e in scenario.items for s in e.sources))
    declared = [s.id for s in scenario.sources if s.id in cited]
    without = lambda sid: scenario.of([e for e in scenario.items if set(e.sources) != {sid}])
    return {sid: leaders(without(sid), method) for sid in dict.fromkeys(declared + cited)}


def deception(scenario: Scenario, method: str) -> dict[str, list[str]]:
    out = {}
    for h in scenario.active:
        steered = {s.id for s in scenario.sources if h.id in s.controlled_by}
        if steered:
            kept = [e for e in scenario.items if not e.sources or not steered.issuperset(e.sources)]
            out[h.id] = leaders(scenario.of(kept), method)
    return out


def sensitivity(scenario: Scenario, method: str | None = None, as_of: str | None = None) -> Any:
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        today = leaders(scenario, method)
        overturn = None
        if len(today) == 1:
            others = [h.id for h in scenario.active if h.id != today[0]]
            overturn = {k: overturning(scenario, method, today[0], k) for k in others}
        return {
            "format": 1,
            "marking": scenario.marking,
            "method": method,
            "leaders": today,
            "critical_evidence": critical_evidence(scenario, method, today),
            "critical_cells": critical_cells(scenario, method, today),
            "overturn": overturn,
            "without_source": without_source(scenario, method),
            "deception": deception(scenario, method),
            "without_assumptions": leaders(scenario.of([e for e in scenario.items if e.kind != "assumption"]), method),
        }
