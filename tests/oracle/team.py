"""Several raters of one scenario: the document of team."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

from counting import Request, counting
from exact import real
from reading import SCALE, VALUE, Scenario

BY_VALUE = {VALUE[r]: r for r in SCALE}
Given = list[str | None]  # the ratings of one cell, by rater
Units = list[list[int]]  # the values of each cell


def variance(values: list[int]) -> Fraction:
    """Of a sample; 0 for fewer than two."""
    if len(values) < 2:
        return Fraction(0)
    mean = Fraction(sum(values), len(values))
    return sum(((v - mean) ** 2 for v in values), Fraction(0)) / (len(values) - 1)


def disagreement(given: Given) -> float | None:
    ratings = [r for r in given if r is not None]
    if not ratings:
        return None
    spread = variance([VALUE[r] for r in ratings if r != "NA"])
    applicable = variance([int(r != "NA") for r in ratings])
    larger = max(spread, applicable)
    return real((Decimal(larger.numerator) / larger.denominator).sqrt())


def consensus(given: Given) -> str | None:
    ratings = [r for r in given if r is not None]
    values = [VALUE[r] for r in ratings if r != "NA"]
    if not ratings:
        return None
    if len(ratings) - len(values) > len(values):
        return "NA"
    if min(values) < 0 < max(values):
        return None
    mean = Fraction(sum(values), len(values))
    below = mean.numerator // mean.denominator
    if mean - below != Fraction(1, 2):
        return BY_VALUE[round(mean)]
    return BY_VALUE[min(below, below + 1, key=abs)]


def alpha(units: Units) -> Fraction | None:
    """Krippendorff's alpha, ordinal, by its matrix of coincidences; None where nothing can be said."""
    coincidences: Counter[tuple[int, int]] = Counter()
    for values in units:
        for i, c in enumerate(values):
            for j, k in enumerate(values):
                if i != j:
                    coincidences[c, k] += Fraction(1, len(values) - 1)  # type: ignore[assignment]
    number: Counter[int] = Counter()
    for (c, _), o in coincidences.items():
        number[c] += o
    n = sum(number.values())
    categories = sorted(number)

    def distance(c: int, k: int) -> Fraction:
        low, high = min(c, k), max(c, k)
        between = sum(number[g] for g in categories if low <= g <= high)
        return (between - (number[c] + number[k]) / Fraction(2)) ** 2

    far = {(c, k): distance(c, k) for c in categories for k in categories}
    observed = sum((o * far[pair] for pair, o in coincidences.items()), Fraction(0))
    expected = sum((number[c] * number[k] * far[c, k] for c, k in far), Fraction(0))
    return None if expected == 0 else Fraction(1 - (n - 1) * observed / expected)


def interval(units: Units) -> tuple[float | None, float | None]:
    """The ends of the interval by the jackknife over the cells that can be paired."""
    pairable = [values for values in units if len(values) > 1]
    whole = alpha(pairable)
    n = len(pairable)
    known: dict[tuple[int, ...], Fraction | None] = {}  # cells alike leave the same
    without = []
    for at, values in enumerate(pairable):
        key = tuple(sorted(values))
        if key not in known:
            known[key] = alpha(pairable[:at] + pairable[at + 1 :])
        without.append(known[key])
    there = [a for a in without if a is not None]
    if whole is None or n < 3 or len(there) < n:
        return None, None
    mean = sum(there, Fraction(0)) / n
    spread = Fraction(n - 1, n) * sum(((a - mean) ** 2 for a in there), Fraction(0))
    half = 1.96 * math.sqrt(spread)
    return max(-1.0, float(whole) - half), min(1.0, float(whole) + half)


def team(versions: list[Scenario], raters: list[str], request: Request) -> Any:
    counted = [{e.id: e.ratings for e in counting(v, request).items} for v in versions]
    columns = dict.fromkeys(h.id for v in versions for h in v.hypotheses)
    rows = [eid for eid in dict.fromkeys(e.id for v in versions for e in v.items) if any(eid in c for c in counted)]
    given: dict[tuple[str, str], Given] = {}
    for eid in rows:
        for hid in columns:
            given[eid, hid] = [of.get(eid, {}).get(hid) for of in counted]
    on_scale = [[VALUE[r] for r in ratings if r not in (None, "NA")] for ratings in given.values()]
    whole = alpha(on_scale)
    low, high = interval(on_scale)
    return {
        "format": 1,
        "marking": versions[0].marking,
        "where": request.where,
        "alpha": None if whole is None else float(whole),
        "alpha_low": low,
        "alpha_high": high,
        "pairable": sum(len(values) > 1 for values in on_scale),
        "raters": raters,
        "cells": [
            {
                "evidence": eid,
                "hypothesis": hid,
                "ratings": ratings,
                "disagreement": disagreement(ratings),
                "consensus": consensus(ratings),
            }
            for (eid, hid), ratings in given.items()
        ],
    }
