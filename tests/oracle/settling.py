"""What to settle next: the document of next."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from reading import SCALE, Item, Scenario, last_day, up_to
from robustness import chances, filled
from scoring import DIGITS, TIE, additive, leaders, posteriors
from sensitivity import changed


def entropy(p: dict[str, Decimal]) -> Decimal:
    """In bits; p ln p is 0 at 0."""
    return -sum((x * x.ln() for x in p.values() if x > 0), Decimal(0)) / Decimal(2).ln()


def cell(scenario: Scenario, method: str, today: list[str], e: Item, hid: str) -> dict[str, Any]:
    """The mutual information of one cell and the hypothesis, and how likely it is to change who leads."""
    q = {r: Decimal(p.numerator) / p.denominator for r, p in chances(e, hid, "uniform").items()}
    at = {r: changed(scenario, e.id, hid, r) for r in q if r is not None}
    post = {r: posteriors(s) for r, s in at.items()}
    mean = {h.id: sum(q[r] * post[r][h.id] for r in q) for h in scenario.active}
    bits = entropy(mean) - sum(q[r] * entropy(post[r]) for r in q)
    return {
        "evidence": e.id,
        "hypothesis": hid,
        "rating": e.ratings.get(hid),
        "confidence": e.confidence.get(hid, "medium") if hid in e.ratings else None,
        "bits": max(bits, Decimal(0)),
        "switch": sum((q[r] for r in q if leaders(at[r], method) != today), Decimal(0)),
    }


def candidate(e: Item, hid: str, every: bool) -> bool:
    if hid not in e.ratings:
        return True
    return e.rated(hid) and (every or e.confidence.get(hid) == "low")


def settled(scenario: Scenario, method: str, today: list[str]) -> bool | None:
    """Whether no filling of the blanks of active hypotheses changes who leads: additive methods only."""
    if method == "bayes":
        return None
    if not today:
        return True
    rated = lambda rating: scenario.of([filled(scenario, e, rating) for e in scenario.items])
    worst = {h.id: additive(rated("II"), method, h.id) for h in scenario.active}
    best = {h.id: additive(rated("CC"), method, h.id) for h in scenario.active}
    if len(today) > 1 and any(worst[h] != best[h] for h in today):
        return False
    return all((worst[a] - best[k.id]).sign() > 0 for a in today for k in scenario.active if k.id not in today)


def overdue(scenario: Scenario, due: str | None) -> bool | None:
    """Null where there is no day to hold it against; what has no day to be due by is not overdue."""
    if scenario.as_of is None:
        return None
    return due is not None and last_day(due) < last_day(scenario.as_of)


def next_steps(scenario: Scenario, method: str | None = None, as_of: str | None = None, every: bool = False) -> Any:
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        today = leaders(scenario, method)
        cells = [
            cell(scenario, method, today, e, h.id)
            for e in scenario.items
            for h in scenario.active
            if candidate(e, h.id, every)
        ]
        cells.sort(key=lambda c: -c["bits"])
        runs: list[list[dict[str, Any]]] = []  # of cells whose bits equal those of the first of the run
        for c in cells:
            if runs and runs[-1][0]["bits"] - c["bits"] <= TIE:
                runs[-1].append(c)
            else:
                runs.append([c])
        place = {(e.id, h.id): n for n, (e, h) in enumerate((e, h) for e in scenario.items for h in scenario.active)}
        for run in runs:
            run.sort(key=lambda c: place[c["evidence"], c["hypothesis"]])
        pending = [i for i in scenario.indicators if i.status == "pending"]
        pending.sort(key=lambda i: (i.due is None, i.due or ""))
        return {
            "format": 1,
            "marking": scenario.marking,
            "method": method,
            "settled": settled(scenario, method, today),
            "blanks": sum(h.id not in e.ratings for e in scenario.items for h in scenario.active),
            "cells": [
                {**c, "bits": float(c["bits"]), "switch": float(c["switch"])} for run in runs for c in run
            ],
            "indicators": [
                {"id": i.id, "hypothesis": i.hypothesis, "due": i.due, "overdue": overdue(scenario, i.due)}
                for i in pending
            ],
        }
