"""What-ifs without chance: the document of sensitivity.

Every what-if is a changed case whose leaders are worked out anew, among those
who competed in the case as it is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Callable

from answers import heading
from counting import Case, Request, counting
from exact import TIE_LN, Amount, Surd, compare, descending, real
from reading import SCALE, Item, Scenario
from scoring import competing, leaders, leading, of_unit, priors, provisional, score, standing, units


class WhatIf:
    """A case and who competes and leads in it, for asking who leads in others."""

    def __init__(self, case: Case) -> None:
        self.case, self.method = case, case.method
        self.who = competing(case, case.method)
        self.standings = standing(case, case.method, self.who)
        self.today = leading(self.standings)

    def leaders(self, items: list[Item]) -> list[str]:
        return leaders(self.case.of(items), self.method, self.who)

    def without(self, gone: Callable[[Item], bool]) -> list[str]:
        """Who leads without some items and what rests on them."""
        return self.leaders(self.case.without(e.id for e in self.case.items if gone(e)))


def changed(items: list[Item], eids: set[str], hid: str, rating: str) -> list[Item]:
    """The items with one column at another rating in some of them."""
    return [replace(e, ratings={**e.ratings, hid: rating}) if e.id in eids else e for e in items]


def without_evidence(what: WhatIf) -> dict[str, list[str]]:
    """By critical item: who leads without it."""
    every = {e.id: what.without(lambda x, eid=e.id: x.id == eid) for e in what.case.items}
    return {eid: left for eid, left in every.items() if left != what.today}


def critical_cells(what: WhatIf) -> list[dict[str, Any]]:
    """One step of the scale after another, in one cell; nobody stops competing by that."""
    case, out = what.case, []
    for e in case.items:
        for hid in what.who:
            if not e.on_scale(hid):
                continue
            at = SCALE.index(e.ratings[hid])
            enough = []
            for n, rating in enumerate(SCALE):
                other = score(case.of(changed(case.items, {e.id}, hid, rating)), what.method, hid)
                if what.method == "bayes":
                    other = other + priors(case, what.who)[hid].ln()
                if n != at and leading({**what.standings, hid: other}) != what.today:
                    enough.append(abs(n - at))
            if enough:
                out.append({"evidence": e.id, "hypothesis": hid, "rating": e.ratings[hid], "steps": min(enough)})
    return out


# ---------------------------------------------------------------- overturning sets


def shortest(parts: list[tuple[list[Item], Any]], lead: Any, enough: Callable[[Any], bool]) -> list[list[Item]] | None:
    """The fewest units without which the lead is `enough`: the largest differences, equal ones in file order."""
    order = descending(parts, lambda part: part[1], TIE_LN)
    for n in range(len(order) + 1):
        if enough(lead):
            return [unit for unit, _ in order[:n]]
        if n < len(order):
            lead = lead - order[n][1]
    return None


def differences(what: WhatIf, a: str, k: str) -> tuple[list[tuple[list[Item], Any]], Amount]:
    """By unit: S(g,a) - S(g,k); and the lead of a before any of it, from the priors."""
    case, method = what.case, what.method
    of = lambda unit, h: of_unit(case, method, unit, h)
    parts = [(unit, of(unit, a) - of(unit, k)) for unit in units(case.items)]
    if method == "bayes":
        prior = priors(case, what.who)
        return parts, prior[a].ln() - prior[k].ln()
    return parts, Surd()


def overturning(what: WhatIf, a: str, k: str) -> dict[str, Any]:
    """What must go for k to get ahead of the sole leader a, and to draw level or better."""
    parts, lead = differences(what, a, k)
    for _, difference in parts:
        lead = lead + difference
    zero = lead - lead
    overturn = shortest(parts, lead, lambda d: compare(d, zero, TIE_LN) < 0)
    tie = shortest(parts, lead, lambda d: compare(d, zero, TIE_LN) <= 0)
    inside = lambda found: {e.id for unit in found or [] for e in unit}
    rated = lambda e: any(e.on_scale(h) for h in what.who)
    listed = lambda found: [e.id for e in what.case.items if e.id in inside(found) and rated(e)]
    gone = inside(overturn)
    return {
        "overturn": None if overturn is None else len(overturn),
        "tie": None if tie is None else len(tie),
        "evidence": listed(overturn),
        "tie_evidence": listed(tie),
        # by themselves: what rests on them stays, else the shortest prefix would not be the smallest set
        "leaders_after": None
        if overturn is None
        else what.leaders([e for e in what.case.items if e.id not in gone]),
    }


def shortest_tie(what: WhatIf) -> list[list[str]] | None:
    """The smallest set over all challengers without which the sole leader no longer leads alone, by unit."""
    best: list[list[str]] | None = None
    for k in what.who if len(what.today) == 1 else []:
        if k == what.today[0]:
            continue
        parts, lead = differences(what, what.today[0], k)
        zero = lead - lead
        for _, difference in parts:
            lead = lead + difference
        found = shortest(parts, lead, lambda d, zero=zero: compare(d, zero, TIE_LN) <= 0)
        if found is not None and (best is None or len(found) < len(best)):
            rated = lambda e: any(e.on_scale(h) for h in what.who)
            best = [[e.id for e in unit if rated(e)] for unit in found]
    return best


def any_of(what: WhatIf, a: str, k: str) -> list[list[Item]]:
    """The most units of which any n would put k ahead of a, n being the size of the smallest such set."""
    parts, lead = differences(what, a, k)
    n = overturning(what, a, k)["overturn"]
    order = [part for part in descending(parts, lambda part: part[1], TIE_LN) if compare(part[1], lead - lead, TIE_LN) > 0]
    for _, difference in parts:
        lead = lead + difference
    for m in range(len(order), n or 0, -1):
        rest = lead
        for _, difference in order[m - (n or 0) : m]:  # the smallest of the m
            rest = rest - difference
        if n is not None and compare(rest, lead - lead, TIE_LN) < 0:
            return [unit for unit, _ in order[:m]]
    return []


def overturn(what: WhatIf) -> dict[str, Any] | None:
    if len(what.today) != 1:
        return None
    a = what.today[0]
    return {k: overturning(what, a, k) for k in what.who if k != a}


# ---------------------------------------------------------------- sources and actors


def without_source(what: WhatIf) -> dict[str, list[str]]:
    """Declared sources in the order of their declaration, others in that of their first citation."""
    cited = list(dict.fromkeys(s for e in what.case.items for s in e.sources))
    declared = [s.id for s in what.case.scenario.sources if s.id in cited]
    return {sid: what.without(lambda e: set(e.sources) == {sid}) for sid in dict.fromkeys(declared + cited)}


def staged(scenario: Scenario, items: list[Item], hid: str) -> set[str] | None:
    """The items that an actor could steer: all sources are its own; None where no source is."""
    own = {s.id for s in scenario.sources if hid in s.controlled_by}
    return {e.id for e in items if e.sources and own.issuperset(e.sources)} if own else None


def deception(what: WhatIf) -> dict[str, list[str]]:
    """Its own cells count as NA: what an actor could stage tells nothing about that actor."""
    out = {}
    for hid in what.who:
        own = staged(what.case.scenario, what.case.items, hid)
        if own is not None:
            out[hid] = what.leaders(changed(what.case.items, own, hid, "NA"))
    return out


def common(what: WhatIf) -> dict[str, Any]:
    """Only what is rated for everybody who competes, and does not rest on what is not."""
    residual = {h.id for h in what.case.scenario.hypotheses if h.residual}
    judged = [h for h in what.who if h not in residual]
    if not judged:
        return {"items": 0, "leaders": []}
    kept = what.case.without(e.id for e in what.case.items if not all(e.on_scale(h) for h in judged))
    return {"items": len(kept), "leaders": what.leaders(kept)}


def level_priors(what: WhatIf) -> dict[str, float] | None:
    """log10 of the prior odds of the leader against each other one at which the two would be level."""
    if what.method != "bayes" or len(what.today) != 1:
        return None
    own = {h: score(what.case, "bayes", h) for h in what.who}
    a = what.today[0]
    return {k: real((own[k] - own[a]) / Decimal(10).ln()) for k in what.who if k != a}


def sensitivity(scenario: Scenario, request: Request) -> Any:
    what = WhatIf(counting(scenario, request))
    critical = without_evidence(what)
    return {
        **heading(what.case, request),
        "leaders": what.today,
        "provisional": provisional(what.case, what.today),
        "critical_evidence": list(critical),
        "without_evidence": critical,
        "critical_cells": critical_cells(what),
        "overturn": overturn(what),
        "without_source": without_source(what),
        "deception": deception(what),
        "without_assumptions": what.without(lambda e: e.kind == "assumption"),
        "without_low_credibility": what.without(lambda e: e.level == -1),
        "common": common(what),
        "level_priors": level_priors(what),
    }
