"""What to settle next: the document of next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from answers import heading
from counting import Case, Request, counting
from diagnosing import diagnosticity, in_runs, information
from exact import Amount, compare
from reading import Indicator, Item, Scenario, last_day
from robustness import chances
from scoring import Scores, competing, leading, ln_joint, log_normal, provisional, score
from sensitivity import WhatIf, changed


def entropy(p: dict[str, Decimal]) -> Decimal:
    """In bits; p ln p is 0 at 0."""
    return -sum((x * x.ln() for x in p.values() if x > 0), Decimal(0)) / Decimal(2).ln()


def candidates(case: Case, every: bool) -> list[tuple[Item, str]]:
    """Row by row: the blanks and the doubtful cells, or every one on the scale."""
    out = []
    for e in case.items:
        for h in case.scenario.weighed:
            blank = e.cell(h.id) is None
            doubtful = e.on_scale(h.id) and (every or e.confidence.get(h.id) == "low")
            out += [(e, h.id)] if blank or doubtful else []
    return out


class Filling:
    """The scores of a case by method, for filling in one cell after another."""

    def __init__(self, case: Case) -> None:
        self.case = case
        ids = [h.id for h in case.scenario.active]
        self.scores = {m: {h: score(case, m, h) for h in ids} for m in dict.fromkeys(("bayes", case.method))}

    def at(self, e: Item, hid: str, rating: str, method: str) -> Scores:
        """What those are ranked by who compete with this cell filled."""
        then = self.case.of(changed(self.case.items, {e.id}, hid, rating))
        who = competing(then, method)
        scores = {**{h: self.scores[method][h] for h in who}, hid: score(then, method, hid)}
        return dict(ln_joint(then, who, scores)) if method == "bayes" else scores


def cell(filling: Filling, today: list[str], e: Item, hid: str) -> dict[str, Any]:
    """The mutual information of one cell and the hypothesis, and how likely it is to change who leads."""
    q = {r: Decimal(p.numerator) / p.denominator for r, p in chances(e, hid, "uniform").items() if r is not None}
    logs = {r: log_normal(filling.at(e, hid, r, "bayes")) for r in q}
    post = {r: {h: x.exp() for h, x in of.items()} for r, of in logs.items()}
    mean = {h: sum((q[r] * post[r][h] for r in q), Decimal(0)) for h in post[next(iter(q))]}
    bits = entropy(mean) - sum((q[r] * entropy(post[r]) for r in q), Decimal(0))
    method = filling.case.method
    return {
        "evidence": e.id,
        "hypothesis": hid,
        "rating": e.ratings.get(hid),
        "confidence": e.confidence.get(hid, "medium") if hid in e.ratings else None,
        "bits": max(bits, Decimal(0)),
        "switch": sum((q[r] for r in q if leading(filling.at(e, hid, r, method)) != today), Decimal(0)),
    }


def filled(case: Case, rating: str) -> Case:
    """The case with this rating in every blank cell of an active hypothesis."""
    ids = [h.id for h in case.scenario.active]
    return case.of([replace(e, ratings={**dict.fromkeys(ids, rating), **e.ratings}) for e in case.items])


def settled(what: WhatIf) -> bool | None:
    """Whether no filling of the blanks changes who leads: additive methods only."""
    if what.method == "bayes":
        return None
    case = what.case
    blank = {h.id for h in case.scenario.weighed if any(e.cell(h.id) is None for e in case.items)}
    if not what.who:
        return not blank
    worst = lambda h: score(filled(case, "II"), what.method, h)
    best = lambda h: score(filled(case, "CC"), what.method, h)
    if len(what.today) > 1 and any(compare(worst(h), best(h)) != 0 for h in what.today):
        return False
    others = [h.id for h in case.scenario.weighed if h.id not in what.today and (h.id in what.who or h.id in blank)]
    high: list[Amount] = [best(k) for k in others]
    return all(compare(worst(a), x) > 0 for a in what.today for x in high)


def seeing(case: Case, i: Indicator) -> dict[str, Any]:
    """What seeing an indicator would tell; nothing is said where fewer than two active hypotheses are rated."""
    given = sum(i.seen.cell(h.id) is not None for h in case.scenario.active)
    figures = (information(case, i.seen), diagnosticity(case, i.seen)) if given > 1 else (None, None)
    ratings = {h.id: i.seen.cell(h.id) for h in case.scenario.hypotheses if i.seen.cell(h.id) is not None}
    return {"information": figures[0], "diagnosticity": figures[1], "ratings": ratings}


def watched(case: Case) -> list[tuple[Indicator, dict[str, Any]]]:
    """The pending indicators with what each would tell: the most telling first, then by due day, undated last."""
    pending = [(i, seeing(case, i)) for i in case.scenario.indicators if i.status == "pending"]
    pending.sort(key=lambda pair: (pair[0].due is None, last_day(pair[0].due or "9999")))
    telling = [pair for pair in pending if pair[1]["information"] is not None]
    telling = [telling[n] for n in in_runs([(told["information"], n) for n, (_, told) in enumerate(telling)])]
    return telling + [pair for pair in pending if pair[1]["information"] is None]


def floats(told: dict[str, Any]) -> dict[str, Any]:
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in told.items()}


def overdue(as_of: str | None, due: str | None) -> bool | None:
    """Null where there is no day to hold it against; what has no day to be due by is not overdue."""
    if as_of is None:
        return None
    return due is not None and last_day(due) < last_day(as_of)


def ordered(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By switch, then by bits; those within 1e-12 of the first of a run in the order of the file."""
    out: list[dict[str, Any]] = []
    for switch in sorted({round(c["switch"], 12) for c in cells}, reverse=True):
        alike = [c for c in cells if round(c["switch"], 12) == switch]
        out += [alike[n] for n in in_runs([(c["bits"], n) for n, c in enumerate(alike)])]
    return out


def next_steps(scenario: Scenario, request: Request, every: bool = False) -> Any:
    what = WhatIf(counting(scenario, request))
    case, filling = what.case, Filling(what.case)
    cells = ordered([cell(filling, what.today, e, hid) for e, hid in candidates(case, every)])
    as_of = request.as_of or scenario.as_of
    return {
        **heading(case, request),
        "provisional": provisional(case, what.today),
        "settled": settled(what),
        "blanks": sum(e.cell(h.id) is None for e in case.items for h in case.scenario.weighed),
        "cells": [{**c, "bits": float(c["bits"]), "switch": float(c["switch"])} for c in cells],
        "indicators": [
            {"id": i.id, "hypothesis": i.hypothesis, "due": i.due, "overdue": overdue(as_of, i.due), **floats(told)}
            for i, told in watched(case)
        ],
    }
