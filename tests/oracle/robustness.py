"""Rank acceptability by enumeration: the document of robustness.

Cells are independent of each other, so the scores of hypotheses are too: the
distribution of each is convolved over exact keys, and the distributions are
then combined value by value. Where the program draws at random, this says
what it should come near to.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from typing import Any

from reading import SCALE, Item, Scenario, priors, up_to
from scoring import DIGITS, TIE_LN, Surd, likelihood, summand, units

KEPT = {"high": Fraction(90, 100), "medium": Fraction(70, 100), "low": Fraction(50, 100)}
DRAWS, SEED = 100_000, 1
MOST = 50_000  # values of one hypothesis' score that are enumerated
LN_UNIT = Decimal("1e-13")  # far below what counts as a tie
Chances = dict[Any, float]  # of a rating, or of a key


class TooLarge(Exception):
    """More values than can be enumerated in reasonable time."""


def spread(rating: str, confidence: str) -> dict[str, Fraction]:
    """The ratings a rated cell may have: its own, else one step off, inwards at an end of the scale."""
    at = SCALE.index(rating)
    beside = [n for n in (at - 1, at + 1) if 0 <= n < len(SCALE)]
    kept = KEPT[confidence]
    return {rating: kept, **{SCALE[n]: (1 - kept) / len(beside) for n in beside}}


def chances(e: Item, hid: str, unrated: str) -> dict[str | None, Fraction]:
    """Every rating a cell may have (None: blank), with its probability."""
    rating = e.ratings.get(hid)
    if rating is None and unrated == "uniform":
        return {r: Fraction(1, 5) for r in SCALE}
    if rating is None or rating == "NA":
        return {rating: Fraction(1)}
    return dict(spread(rating, e.confidence.get(hid, "medium")))


def with_rating(e: Item, hid: str, rating: str | None) -> Item:
    ratings = {h: r for h, r in e.ratings.items() if h != hid}
    return replace(e, ratings=ratings if rating is None else {**ratings, hid: rating})


def convolve(cells: list[dict[tuple[int, int], float]], start: tuple[int, int]) -> dict[tuple[int, int], float]:
    """The distribution of the sum of independent cells, by exact key."""
    total = {start: 1.0}
    for cell in cells:
        if len(cell) == 1 and (0, 0) in cell:
            continue
        after: dict[tuple[int, int], float] = {}
        for (a, b), p in total.items():
            for (da, db), q in cell.items():
                key = (a + da, b + db)
                after[key] = after.get(key, 0.0) + p * q
        if len(after) > MOST:
            raise TooLarge(f"over {MOST} values")
        total = after
    return total


def cell_keys(e: Item, hid: str, unrated: str, key: Any) -> dict[tuple[int, int], float]:
    out: dict[tuple[int, int], float] = {}
    for rating, q in chances(e, hid, unrated).items():
        at = key(with_rating(e, hid, rating))
        out[at] = out.get(at, 0.0) + float(q)
    return out


def additive_distribution(scenario: Scenario, method: str, hid: str, unrated: str) -> dict[int, float]:
    """By (a + b*sqrt(2)) * 2^64 rounded down: distinct sums of this size differ by far more than 2^-64."""

    def key(e: Item) -> tuple[int, int]:
        s = summand(method, e, hid)
        return s.a, s.b

    total = convolve([cell_keys(e, hid, unrated, key) for e in scenario.items], (0, 0))
    return {lattice(Surd(a, b)): p for (a, b), p in total.items()}


def lattice(s: Surd) -> int:
    root = math.isqrt(2 * s.b**2 << 128)
    return (s.a << 64) + (root if s.b >= 0 else -root)


def bayes_distributions(scenario: Scenario, unrated: str) -> dict[str, dict[int, float]]:
    """By ln of prior times likelihood, in units of 1e-13.

    Which items take part does not depend on the draw: a cell that is drawn has a rating of the scale.
    """
    drawn = scenario.of([filled(scenario, e, "N") if unrated == "uniform" else e for e in scenario.items])
    shares = {e.id: len(unit) for unit in units(drawn) for e in unit}
    prior = priors(scenario)
    out = {}
    for h in scenario.active:

        def key(e: Item) -> tuple[int, int]:
            return round(likelihood(scenario, e, h.id)[1] / shares[e.id] / LN_UNIT), 0

        cells = [cell_keys(e, h.id, unrated, key) for e in scenario.items if e.id in shares]
        total = convolve(cells, (round(prior[h.id].ln() / LN_UNIT), 0))
        out[h.id] = {a: p for (a, _), p in total.items()}
    return out


def filled(scenario: Scenario, e: Item, rating: str) -> Item:
    """The item with this rating in every blank cell of an active hypothesis."""
    return replace(e, ratings={**{h.id: rating for h in scenario.active}, **e.ratings})


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


def combine(
    by_hypothesis: dict[str, dict[int, float]], tie: int
) -> tuple[dict[str, list[float]], dict[str, dict[str, float]]]:
    """Acceptability and pairwise from the independent scores of the hypotheses."""
    ids = list(by_hypothesis)
    all_of = {h: Distribution(d) for h, d in by_hypothesis.items()}
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
                for (ahead, level), q in ways.items():
                    for key, r in (((ahead, level), below), ((ahead, level + 1), equal), ((ahead + 1, level), above)):
                        if r:
                            after[key] = after.get(key, 0.0) + q * r
                ways = after
            for (ahead, level), q in ways.items():
                for place in range(ahead, ahead + level + 1):  # those level share their ranks equally
                    acceptability[h][place] += q / (level + 1)
    return acceptability, pairwise


def error(p: float, draws: int) -> float:
    return math.sqrt(max(p * (1 - p), 0.0) / draws)


def robustness(
    scenario: Scenario,
    method: str | None = None,
    as_of: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    unrated: str = "uniform",
) -> Any:
    """Where `exact` is false the figures are what the draws should come near to."""
    with localcontext(DIGITS):
        scenario = up_to(scenario, as_of)
        method = method or scenario.method
        if method == "bayes":
            by_hypothesis = bayes_distributions(scenario, unrated)
        else:
            by_hypothesis = {h.id: additive_distribution(scenario, method, h.id, unrated) for h in scenario.active}
        acceptability, pairwise = combine(by_hypothesis, round(TIE_LN / LN_UNIT) if method == "bayes" else 0)
        exact = method != "bayes" and draws is None
        draws = None if exact else DRAWS if draws is None else draws
        seed = None if exact else SEED if seed is None else seed
        errors = None
        if draws is not None:
            errors = {
                "acceptability": {h: [error(p, draws) for p in row] for h, row in acceptability.items()},
                "pairwise": {h: {k: error(p, draws) for k, p in row.items()} for h, row in pairwise.items()},
            }
        return {
            "format": 1,
            "marking": scenario.marking,
            "method": method,
            "exact": exact,
            "draws": draws,
            "seed": seed,
            "unrated": unrated,
            "acceptability": acceptability,
            "pairwise": pairwise,
            "standard_error": errors,
        }
