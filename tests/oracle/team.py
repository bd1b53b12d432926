"""Several raters of one scenario: the document of team."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from reading import SCALE, VALUE, Scenario, up_to
from scoring import DIGITS, real

BY_VALUE = {VALUE[r]: r for r in SCALE}
Given = list[str | None]  # the ratings of one cell, by rater


def variance(values: list[int]) -> Fraction:
    """Of a sample; 0 for fewer than two."""
    if len(values) < 2:
        return Fraction(0)
    mean = Fraction(sum(values), len(values))
    return sum((v - mean) ** 2 for v in values) / (len(values) - 1)


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
    mean = Fraction(sum(values), len(values))
    below = mean.numerator // mean.denominator
    if mean - below != Fraction(1, 2):
        return BY_VALUE[round(mean)]
    return BY_VALUE[min(below, below + 1, key=abs)]


def alpha(units: list[list[int]]) -> float | None:
    """Krippendorff's alpha, ordinal, by its matrix of coincidences; null where nothing can be said."""
    coincidences: Counter[tuple[int, int]] = Counter()
    for values in units:
        for i, c in enumerate(values):
            for j, k in enumerate(values):
                if i != j:
                    coincidences[c, k] += Fraction(1, len(values) - 1)
    number: Counter[int] = Counter()
    for (c, _), o in coincidences.items():
        number[c] += o
    n = sum(number.values())
    categories = sorted(number)

    def distance(c: int, k: int) -> Fraction:
        low, high = min(c, k), max(c, k)
        between = sum(number[g] for g in categories if low <= g <= high)
        return (between - (number[c] + number[k]) / Fraction(2)) ** 2

    observed = sum(o * distance(c, k) for (c, k), o in coincidences.items())
    expected = sum(number[c] * number[k] * distance(c, k) for c in categories for k in categories)
    return None if expected == 0 else float(1 - (n - 1) * observed / expected)


def team(versions: list[Scenario], raters: list[str], as_of: str | None = None) -> Any:
    with localcontext(DIGITS):
        versions = [up_to(v, as_of) for v in versions]
        columns = dict.fromkeys(h.id for v in versions for h in v.hypotheses)
        rows = dict.fromkeys(e.id for v in versions for e in v.items)
        given: dict[tuple[str, str], Given] = {}
        tables = [{e.id: e.ratings for e in v.items} for v in versions]
        for eid in rows:
            for hid in columns:
                given[eid, hid] = [table.get(eid, {}).get(hid) for table in tables]
        on_scale = [[VALUE[r] for r in ratings if r not in (None, "NA")] for ratings in given.values()]
        return {
            "format": 1,
            "marking": versions[0].marking,
            "alpha": alpha(on_scale),
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
