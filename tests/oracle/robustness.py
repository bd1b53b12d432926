"""Rank acceptability by enumeration: the document of robustness.

Cells are independent of each other, so the scores of hypotheses are too: the
distribution of each is convolved over exact keys, and the distributions are
then combined value by value. Where the program draws at random, this says
what it should come near to.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

from answers import heading
from counting import Case, Request, counting
from exact import TIE_LN, Amount, Surd, compare, sign
from reading import SCALE, VALUE, Item, Scenario
from scoring import competing, leaders, priors, provisional, units, worth

KEPT = {"high": Fraction(90, 100), "medium": Fraction(70, 100), "low": Fraction(50, 100)}
DRAWS, SEED = 100_000, 1
MOST = 50_000  # values of one hypothesis' score that are enumerated
LN_UNIT = Decimal("1e-13")  # far below what counts as a tie
Key = tuple[int, int]


class TooLarge(Exception):
    """More values than can be enumerated in reasonable time."""


# ---------------------------------------------------------------- cells


def spread(rating: str, confidence: str) -> dict[str | None, Fraction]:
    """The ratings a rated cell may have: its own, else one step off, inwards at an end of the scale."""
    at = SCALE.index(rating)
    beside = [n for n in (at - 1, at + 1) if 0 <= n < len(SCALE)]
    kept = KEPT[confidence]
    return {rating: kept, **{SCALE[n]: (1 - kept) / len(beside) for n in beside}}


def chances(e: Item, hid: str, unrated: str) -> dict[str | None, Fraction]:
    """Every rating a cell may have (None: blank), with its probability."""
    rating = e.cell(hid)
    if rating is None and unrated == "uniform":
        return {r: Fraction(1, 5) for r in SCALE}
    if rating is None or rating == "NA":
        return {rating: Fraction(1)}
    return spread(rating, e.confidence.get(hid, "medium"))


def amounts(case: Case, method: str, e: Item, hid: str, unrated: str) -> dict[Amount, float]:
    """What a cell may add, with its probability."""
    out: dict[Amount, float] = {}
    for rating, q in chances(e, hid, unrated).items():
        x = worth(case, method, e, VALUE[rating or "NA"])
        out[x] = out.get(x, 0.0) + float(q)
    return out


# ---------------------------------------------------------------- groups and sums


def of_group(cells: list[dict[Amount, float]], zero: Amount) -> dict[Amount, float]:
    """The distribution of the strongest against and the strongest for, together."""
    ways: dict[tuple[Amount, Amount], float] = {(zero, zero): 1.0}
    for cell in cells:
        after: dict[tuple[Amount, Amount], float] = {}
        for (against, favour), p in ways.items():
            for x, q in cell.items():
                low = x if sign(x) < 0 and compare(x, against) < 0 else against
                high = x if sign(x) > 0 and compare(x, favour) > 0 else favour
                after[low, high] = after.get((low, high), 0.0) + p * q
        ways = after
    total: dict[Amount, float] = {}
    for (against, favour), p in ways.items():
        both = against + favour
        total[both] = total.get(both, 0.0) + p
    return total


def convolve(parts: list[dict[Key, float]], start: Key) -> dict[Key, float]:
    """The distribution of the sum of independent parts, by exact key."""
    total = {start: 1.0}
    for part in parts:
        if len(part) == 1 and (0, 0) in part:
            continue
        after: dict[Key, float] = {}
        for (a, b), p in total.items():
            for (da, db), q in part.items():
                key = (a + da, b + db)
                after[key] = after.get(key, 0.0) + p * q
        if len(after) > MOST:
            raise TooLarge(f"over {MOST} values")
        total = after
    return total


def parts_of(case: Case, method: str, hid: str, unrated: str) -> list[dict[Amount, float]]:
    zero: Amount = Decimal(0) if method == "bayes" else Surd()
    cells = lambda unit: [amounts(case, method, e, hid, unrated) for e in unit]
    return [cells(unit)[0] if len(unit) == 1 else of_group(cells(unit), zero) for unit in units(case.items)]


def keyed(part: dict[Amount, float]) -> dict[Key, float]:
    """By (a, b) of a surd, by units of 1e-13 of a logarithm."""
    out: dict[Key, float] = {}
    for x, p in part.items():
        key = (x.a, x.b) if isinstance(x, Surd) else (round(x / LN_UNIT), 0)
        out[key] = out.get(key, 0.0) + p
    return out


def lattice(s: Surd) -> int:
    """(a + b*sqrt(2)) * 2^64 rounded down: distinct sums of this size differ by far more than 2^-64."""
    root = math.isqrt(2 * s.b**2 << 128)
    return (s.a << 64) + (root if s.b >= 0 else -root)


def distributions(case: Case, method: str, who: list[str], unrated: str) -> dict[str, dict[int, float]]:
    """Of each who competes the distribution of its score, by integers in the order of the scores."""
    out, prior = {}, priors(case, who)
    for hid in who:
        parts = [keyed(part) for part in parts_of(case, method, hid, unrated)]
        if method == "bayes":
            total = convolve(parts, (round(prior[hid].ln() / LN_UNIT), 0))
            out[hid] = {a: p for (a, _), p in total.items()}
        else:
            out[hid] = {lattice(Surd(*key)): p for key, p in convolve(parts, (0, 0)).items()}
    return out


# ---------------------------------------------------------------- ranks


class Distribution:
    """Sorted values with their probabilities, and what lies below, at and above a value."""

    def __init__(self, chances_by_key: dict[int, float]) -> None:
        self.values = sorted(chances_by_key)
        self.chances = [chances_by_key[v] for v in self.values]
        self.up_to = [0.0, *accumulate(self.chances)]
        self.from_top = [0.0, *accumulate(reversed(self.chances))]

    def around(self, value: int, tie: int) -> tuple[float, float, float]:
        """P(below), P(equal), P(above), equal meaning at most `tie` apart."""
        low, high = bisect_left(self.values, value - tie), bisect_right(self.values, value + tie)
        equal = math.fsum(self.chances[low:high])
        return self.up_to[low], equal, self.from_top[len(self.values) - high]


def combine(by_hypothesis: dict[str, dict[int, float]], tie: int) -> dict[str, dict[str, Any]]:
    """How often each is first alone and with others, has each rank, and is ahead of each other one."""
    ids = list(by_hypothesis)
    all_of = {h: Distribution(d) for h, d in by_hypothesis.items()}
    alone, level = dict.fromkeys(ids, 0.0), dict.fromkeys(ids, 0.0)
    acceptability = {h: [0.0] * len(ids) for h in ids}
    pairwise = {h: {k: 0.0 for k in ids if k != h} for h in ids}
    for h in ids:
        for value, p in by_hypothesis[h].items():
            # the probability of each pair (how many are ahead of h, how many level with it)
            ways = {(0, 0): p}
            for k in ids:
                if k == h:
                    continue
                below, equal, above = all_of[k].around(value, tie)
                pairwise[h][k] += p * (below + equal / 2)
                after: dict[tuple[int, int], float] = {}
                for (ahead, beside), q in ways.items():
                    for key, r in (((ahead, beside), below), ((ahead, beside + 1), equal), ((ahead + 1, beside), above)):
                        if r:
                            after[key] = after.get(key, 0.0) + q * r
                ways = after
            for (ahead, beside), q in ways.items():
                for place in range(ahead, ahead + beside + 1):  # those level share their ranks equally
                    acceptability[h][place] += q / (beside + 1)
                if ahead == 0:
                    first = level if beside else alone
                    first[h] += q
    return {"alone": alone, "level": level, "acceptability": acceptability, "pairwise": pairwise}


def error(p: float, draws: int) -> float:
    return math.sqrt(max(p * (1 - p), 0.0) / draws)


def errors(figures: Any, draws: int) -> Any:
    """The standard error of every figure."""
    if isinstance(figures, dict):
        return {k: errors(p, draws) for k, p in figures.items()}
    if isinstance(figures, list):
        return [errors(p, draws) for p in figures]
    return error(figures, draws)


def robustness(
    scenario: Scenario,
    request: Request,
    draws: int | None = None,
    seed: int | None = None,
    unrated: str = "uniform",
) -> Any:
    """Where `exact` is false the figures are what the draws should come near to."""
    case = counting(scenario, request)
    method = case.method
    who = competing(case, method)
    tie = round(TIE_LN / LN_UNIT) if method == "bayes" else 0
    figures = combine(distributions(case, method, who, unrated), tie)
    rated = [(e, h) for e in case.items for h in who if e.on_scale(h)]
    moving = sum((1 - KEPT[e.confidence.get(h, "medium")] for e, h in rated), Fraction(0))
    exact = method != "bayes" and draws is None
    draws = None if exact else DRAWS if draws is None else draws
    return {
        **heading(case, request),
        "provisional": provisional(case, leaders(case, method)),
        "moving": float(moving),
        "cells": len(rated),
        "exact": exact,
        "draws": draws,
        "seed": None if exact else SEED if seed is None else seed,
        "unrated": unrated,
        **figures,
        "standard_error": None if draws is None else errors(figures, draws),
    }
