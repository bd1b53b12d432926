"""Scores, who competes, and who leads, as docs/method.md says.

Slow on purpose: every score is a sum over groups that is worked out anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from counting import Case
from exact import TIE_LN, Amount, Surd, compare, real, sign
from reading import Hypothesis, Item

RELIABILITY = {-1: Decimal("0.5"), 0: Decimal("0.8"), 1: Decimal("0.95")}
# w = sqrt(2)^k for k = credibility + relevance levels, as a Surd
WEIGHT = {-2: Surd(1, 0), -1: Surd(0, 1), 0: Surd(2, 0), 1: Surd(0, 2), 2: Surd(4, 0)}
Scores = dict[str, Any]  # by hypothesis: Surd, or ln for bayes


def weight(e: Item) -> Surd:
    return WEIGHT[e.level + e.relevance]


# ---------------------------------------------------------------- contributions


@lru_cache(maxsize=None)
def reported(beta: Decimal, credibility: int, relevance: int, val: int) -> Decimal:
    """p', the probability of the report of an item of these weights."""
    rho = RELIABILITY[credibility]
    exponent = -beta * WEIGHT[relevance].decimal() * val
    return rho / (1 + Decimal(10) ** exponent) + (1 - rho) / 2


@lru_cache(maxsize=None)
def ln_against_even(beta: Decimal, credibility: int, relevance: int, val: int) -> Decimal:
    """ln(2 p'): 0 for a neutral rating."""
    return (2 * reported(beta, credibility, relevance, val)).ln() if val else Decimal(0)


def worth(case: Case, method: str, e: Item, val: int) -> Amount:
    """s(e,h) of a cell of this value."""
    if method == "bayes":
        return ln_against_even(case.scenario.beta, e.level, e.relevance, val)
    if method == "inconsistency":
        return WEIGHT[0].times(min(0, val))
    return weight(e).times(min(0, val) if method == "weighted" else val)


def contribution(case: Case, method: str, e: Item, hid: str) -> Amount:
    return worth(case, method, e, e.value(hid))


def likelihood(case: Case, e: Item, hid: str) -> Decimal:
    """p'(e,h), the probability of the report of e if h were true."""
    return reported(case.scenario.beta, e.level, e.relevance, e.value(hid))


# ---------------------------------------------------------------- groups


def units(items: list[Item]) -> list[list[Item]]:
    """The items by group, in the order of the first of each; an ungrouped one is alone."""
    groups: dict[Any, list[Item]] = {}
    for n, e in enumerate(items):
        groups.setdefault(n if e.group is None else e.group, []).append(e)
    return list(groups.values())


def strongest(amounts: list[Amount], side: int) -> int | None:
    """The place of the first amount that is the furthest out on a side (-1, 1); None where none is on it."""
    best = None
    for n, x in enumerate(amounts):
        if sign(x) == side and (best is None or compare(x, amounts[best]) == side):
            best = n
    return best


def of_unit(case: Case, method: str, unit: list[Item], hid: str) -> Amount:
    """S(g,h): the strongest against and the strongest for."""
    amounts = [contribution(case, method, e, hid) for e in unit]
    total = amounts[0] - amounts[0]
    for side in (-1, 1):
        best = strongest(amounts, side)
        if best is not None:
            total = total + amounts[best]
    return total


def score(case: Case, method: str, hid: str) -> Amount:
    total: Amount = Decimal(0) if method == "bayes" else Surd()
    for unit in units(case.items):
        total = total + of_unit(case, method, unit, hid)
    return total


# ---------------------------------------------------------------- who competes


def rated(case: Case, hid: str) -> bool:
    return any(e.on_scale(hid) for e in case.items)


def competing(case: Case, method: str, among: list[str] | None = None) -> list[str]:
    """The ids of those who compete, in file order; of a what-if, `among` those who competed without it."""
    allowed = lambda h: among is None or h.id in among
    judged = [h.id for h in case.scenario.weighed if allowed(h) and rated(case, h.id)]
    beside = lambda h: h.residual and method == "bayes" and bool(judged) and allowed(h)
    return [h.id for h in case.scenario.active if h.id in judged or beside(h)]


# ---------------------------------------------------------------- bayes


def family(h: Hypothesis) -> tuple[str, str]:
    """What tells its family from others; one without is a family of its own."""
    return ("alone", h.id) if h.family is None else ("family", h.family)


def priors(case: Case, who: list[str]) -> dict[str, Decimal]:
    """Prior of each who competes: those given, else even over families and within each."""
    there = [h for h in case.scenario.active if h.id in who]
    if all(h.prior is not None for h in there):
        total = sum((h.prior for h in there if h.prior is not None), Decimal(0))
        return {h.id: h.prior / total for h in there if h.prior is not None}
    families = [family(h) for h in there]
    share = Decimal(1) / max(len(set(families)), 1)
    return {h.id: share / families.count(family(h)) for h in there}


def log_normal(joint: dict[str, Decimal]) -> dict[str, Decimal]:
    """ln of each share of the sum, from ln of what is summed."""
    if not joint:
        return {}
    top = max(joint.values())
    log_sum = top + sum((x - top).exp() for x in joint.values()).ln()
    return {hid: x - log_sum for hid, x in joint.items()}


def ln_joint(case: Case, who: list[str], scores: Scores | None = None) -> dict[str, Decimal]:
    """ln of prior times likelihood of each who competes."""
    prior = priors(case, who)
    of = scores or {h: score(case, "bayes", h) for h in who}
    return {h: prior[h].ln() + of[h] for h in who}


def ln_posteriors(case: Case, who: list[str]) -> dict[str, Decimal]:
    return log_normal(ln_joint(case, who))


# ---------------------------------------------------------------- ranking


@dataclass
class Ranking:
    method: str
    who: list[str]  # who competes
    scores: dict[str, float | None]
    ranks: dict[str, int | None]
    leaders: list[str]
    margin: float | None


def standing(case: Case, method: str, who: list[str]) -> Scores:
    """What those who compete are ranked by: scores, for bayes ln(prior) + score."""
    return dict(ln_joint(case, who)) if method == "bayes" else {h: score(case, method, h) for h in who}


def leading(scores: Scores) -> list[str]:
    """Those whom none is ahead of."""
    best: Any = None
    for x in scores.values():
        if best is None or compare(x, best, Decimal(0)) > 0:
            best = x
    return [h for h, x in scores.items() if compare(best, x, TIE_LN) == 0]


def leaders(case: Case, method: str, among: list[str] | None = None) -> list[str]:
    """Who leads; of a what-if, `among` those who competed without it."""
    return leading(standing(case, method, competing(case, method, among)))


def ranking(case: Case, method: str) -> Ranking:
    who = competing(case, method)
    if method == "bayes":
        standings: Scores = dict(ln_posteriors(case, who))
        exact = {h: x.exp() for h, x in standings.items()}
    else:
        standings = standing(case, method, who)
        scored = [h.id for h in case.scenario.hypotheses if rated(case, h.id)]
        exact = {h: score(case, method, h).decimal() for h in scored}
    ids = [h.id for h in case.scenario.hypotheses]
    ranks: dict[str, int | None] = dict.fromkeys(ids)
    for h in who:
        ranks[h] = 1 + sum(compare(standings[k], standings[h], TIE_LN) > 0 for k in who)
    first = [h for h in who if ranks[h] == 1]
    lower = [exact[h] for h in who if ranks[h] != 1]
    margin = real(max(exact[h] for h in first) - max(lower)) if first and lower else None
    scores = {h: real(exact[h]) if h in exact else None for h in ids}
    return Ranking(method, who, scores, ranks, first, margin)


def provisional(case: Case, first: list[str]) -> bool:
    """Whether the conclusion rests on too little: a leader with gaps, or somebody who is not rated at all."""
    if not first:
        return False
    weighed = [h.id for h in case.scenario.weighed]
    gaps = lambda h: any(e.cell(h) is None for e in case.items)
    thin = lambda h: 2 * sum(e.on_scale(h) for e in case.items) < len(case.items)
    return any(h in weighed and (gaps(h) or thin(h)) for h in first) or any(not rated(case, h) for h in weighed)
