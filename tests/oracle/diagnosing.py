"""How much single items tell apart, and the orders in which items are listed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from counting import Case
from exact import TIE
from reading import VALUE, Item, last_day
from scoring import likelihood, weight

SORTS = ("file", "diagnosticity", "date", "id")


def variance(case: Case, e: Item) -> Fraction:
    """Population variance of val over the active hypotheses that are rated, NA as 0."""
    cells = [e.cell(h.id) for h in case.scenario.active]
    values = [VALUE[rating] for rating in cells if rating is not None]
    if len(values) < 2:
        return Fraction(0)
    mean = Fraction(sum(values), len(values))
    return sum(((v - mean) ** 2 for v in values), Fraction(0)) / len(values)


def diagnosticity(case: Case, e: Item) -> Decimal:
    var = variance(case, e)
    return (Decimal(var.numerator) / var.denominator).sqrt()


def information(case: Case, e: Item) -> Decimal:
    """Bits between p' normalised over the active hypotheses and the uniform distribution."""
    p = [likelihood(case, e, h.id) for h in case.scenario.active]
    if len(set(p)) < 2:
        return Decimal(0)
    total = sum(p)
    bits = sum(x / total * (x / total * len(p)).ln() for x in p) / Decimal(2).ln()
    return max(bits, Decimal(0))


def ordered(case: Case, sort: str) -> list[Item]:
    items = list(case.shown)
    if sort == "id":
        return sorted(items, key=lambda e: e.id)
    if sort == "date":
        return sorted(items, key=lambda e: (e.date is None, last_day(e.date or "9999")))
    if sort == "diagnosticity":
        keyed = [(diagnosticity(case, e) * weight(e).decimal(), n) for n, e in enumerate(items)]
        return [items[n] for n in in_runs(keyed)]
    return items


def in_runs(keyed: list[tuple[Decimal, int]]) -> list[int]:
    """The places by key, the largest first; those within 1e-12 of the first of a run by place."""
    runs: list[list[tuple[Decimal, int]]] = []
    for pair in sorted(keyed, key=lambda pair: -pair[0]):
        if runs and runs[-1][0][0] - pair[0] <= TIE:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return [n for run in runs for n in sorted(place for _, place in run)]
