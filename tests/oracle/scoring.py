"""The four methods and the ranking, as docs/method.md says.

Slow and exact on purpose: an additive score is (a + b*sqrt(2))/2 with Python
integers, everything transcendental is done with 60-digit decimals, and a
float appears only where a figure is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from typing import Any, Callable, TypeVar

from reading import VALUE, Item, Scenario, last_day, priors

SORTS = ("file", "diagnosticity", "date", "id")
RELIABILITY = {-1: Decimal("0.5"), 0: Decimal("0.8"), 1: Decimal("0.95")}
TIE_LN = Decimal("1e-9")  # equal posteriors: ln within this
TIE = Decimal("1e-12")  # equal amounts that are not exact, equal sort keys
DIGITS = Context(prec=60, Emin=-(10**17), Emax=10**17)
T = TypeVar("T")


# ---------------------------------------------------------------- exact scores


@dataclass(frozen=True)
class Surd:
    """(a + b*sqrt(2)) / 2 with integers: every additive score is one."""

    a: int = 0
    b: int = 0

    def __add__(self, other: Surd) -> Surd:
        return Surd(self.a + other.a, self.b + other.b)

    def __sub__(self, other: Surd) -> Surd:
        return Surd(self.a - other.a, self.b - other.b)

    def __neg__(self) -> Surd:
        return Surd(-self.a, -self.b)

    def times(self, n: int) -> Surd:
        return Surd(self.a * n, self.b * n)

    def sign(self) -> int:
        """Of a + b*sqrt(2): where a and b disagree, a*a against 2*b*b decides."""
        sign_a, sign_b = (self.a > 0) - (self.a < 0), (self.b > 0) - (self.b < 0)
        if sign_a * sign_b >= 0:
            return sign_a or sign_b
        return sign_a if self.a**2 > 2 * self.b**2 else sign_b

    def decimal(self) -> Decimal:
        return (self.a + self.b * Decimal(2).sqrt()) / 2


# w = sqrt(2)^k for k = credibility + relevance levels, as a Surd
WEIGHT = {-2: Surd(1, 0), -1: Surd(0, 1), 0: Surd(2, 0), 1: Surd(0, 2), 2: Surd(4, 0)}


def weight(e: Item) -> Surd:
    return WEIGHT[e.credibility + e.relevance]


def value(e: Item, hid: str) -> int:
    return VALUE[e.ratings[hid]] if hid in e.ratings else 0


def summand(method: str, e: Item, hid: str) -> Surd:
    """s(e,h) of an additive method."""
    val = value(e, hid)
    if method == "inconsistency":
        return WEIGHT[0].times(min(0, val))
    return weight(e).times(min(0, val) if method == "weighted" else val)


def additive(scenario: Scenario, method: str, hid: str) -> Surd:
    summands = [summand(method, e, hid) for e in scenario.items]
    return Surd(sum(s.a for s in summands), sum(s.b for s in summands))


# ---------------------------------------------------------------- bayes


@lru_cache(maxsize=None)
def reported(beta: Decimal, credibility: int, relevance: int, val: int) -> tuple[Decimal, Decimal]:
    """p' and ln p' of a rating worth `val` in an item of these weights."""
    rho = RELIABILITY[credibility]
    exponent = -beta * WEIGHT[relevance].decimal() * val
    p = rho / (1 + Decimal(10) ** exponent) + (1 - rho) / 2
    return p, p.ln()


def likelihood(scenario: Scenario, e: Item, hid: str) -> tuple[Decimal, Decimal]:
    """p'(e,h), the probability of the report of e if h were true, and its logarithm."""
    return reported(scenario.beta, e.credibility, e.relevance, value(e, hid))


def units(scenario: Scenario) -> list[list[Item]]:
    """The items that take part, by group, in the order of the first of each; an ungrouped one is alone."""
    active = scenario.active
    groups: dict[Any, list[Item]] = {}
    for n, e in enumerate(scenario.items):
        if any(e.rated(h.id) for h in active):
            groups.setdefault(n if e.group is None else e.group, []).append(e)
    return list(groups.values())


def unit_ln(scenario: Scenario, unit: list[Item], hid: str) -> Decimal:
    """The mean over a unit of ln p'(e,h)."""
    return sum((likelihood(scenario, e, hid)[1] for e in unit), Decimal(0)) / len(unit)


def ln_joint(scenario: Scenario) -> dict[str, Decimal]:
    """ln of prior times likelihood of each active hypothesis."""
    prior, groups = priors(scenario), units(scenario)
    return {hid: sum((unit_ln(scenario, unit, hid) for unit in groups), p.ln()) for hid, p in prior.items()}


def ln_posteriors(scenario: Scenario) -> dict[str, Decimal]:
    """ln of the posterior of each active hypothesis."""
    joint = ln_joint(scenario)
    if not joint:
        return {}
    top = max(joint.values())
    log_sum = top + sum((x - top).exp() for x in joint.values()).ln()
    return {hid: x - log_sum for hid, x in joint.items()}


def posteriors(scenario: Scenario) -> dict[str, Decimal]:
    return {hid: x.exp() for hid, x in ln_posteriors(scenario).items()}


def words(yardstick: str, posterior: float) -> str:
    """The word for a probability, taken as the float that is printed."""
    p = posterior
    if yardstick == "icd203":
        if p < 0.05:
            return "almost no chance"
        if p < 0.20:
            return "very unlikely"
        if p < 0.45:
            return "unlikely"
        if p <= 0.55:
            return "roughly even chance"
        if p <= 0.80:
            return "likely"
        return "very likely" if p <= 0.95 else "almost certain"
    names = ("remote chance", "highly unlikely", "unlikely", "realistic possibility", "likely", "highly likely")
    for name, end in zip(names, (0.075, 0.225, 0.375, 0.525, 0.775, 0.925)):
        if p < end:
            return name
    return "almost certain"


# ---------------------------------------------------------------- ranking


@dataclass
class Ranking:
    scores: dict[str, float | None]
    ranks: dict[str, int | None]
    leaders: list[str]
    margin: float | None


def real(x: Decimal) -> float:
    """The nearest float; never -0."""
    return float(x) + 0.0


def ranking(scenario: Scenario, method: str) -> Ranking:
    better: Callable[[str, str], bool]
    exact: dict[str, Decimal | None]
    active = [h.id for h in scenario.active]
    if method == "bayes":
        logs = ln_posteriors(scenario)
        exact = {h.id: logs[h.id].exp() if h.active else None for h in scenario.hypotheses}
        better = lambda k, h: logs[k] - logs[h] > TIE_LN
        best = lambda ids: max(ids, key=lambda h: logs[h])
    else:
        surds = {h.id: additive(scenario, method, h.id) for h in scenario.hypotheses}
        exact = {hid: s.decimal() for hid, s in surds.items()}
        better = lambda k, h: (surds[k] - surds[h]).sign() > 0
        best = lambda ids: next(k for k in ids if not any(better(h, k) for h in ids))
    ranks: dict[str, int | None] = {h.id: None for h in scenario.hypotheses}
    for h in active:
        ranks[h] = 1 + sum(better(k, h) for k in active)
    leaders = [h for h in active if ranks[h] == 1]
    lower = [h for h in active if ranks[h] != 1]
    margin = None
    if leaders and lower:
        first, second = best(leaders), best(lower)
        if method == "bayes":
            margin = real(exact[first] - exact[second])
        else:
            margin = real((surds[first] - surds[second]).decimal())
    scores = {hid: None if x is None else real(x) for hid, x in exact.items()}
    return Ranking(scores, ranks, leaders, margin)


def leaders(scenario: Scenario, method: str) -> list[str]:
    """The active hypotheses that none is ahead of; short for ranking(...).leaders."""
    if method == "bayes":
        joint = ln_joint(scenario)
        return [h for h, x in joint.items() if max(joint.values()) - x <= TIE_LN]
    surds = {h.id: additive(scenario, method, h.id) for h in scenario.active}
    different = set(surds.values())
    best = [x for x in different if all((x - y).sign() >= 0 for y in different)]
    return [h for h, x in surds.items() if x in best]


# ---------------------------------------------------------------- amounts of single items


def compare(x: Surd | Decimal, y: Surd | Decimal) -> int:
    """The sign of x - y: exact for surds, with equals within 1e-12 for decimals."""
    if isinstance(x, Surd):
        return (x - y).sign()
    return 0 if abs(x - y) <= TIE else 1 if x > y else -1


def descending(things: list[T], amount: Callable[[T], Surd | Decimal]) -> list[T]:
    """The largest amount first, equal ones in the order given."""
    return sorted(things, key=cmp_to_key(lambda s, t: compare(amount(t), amount(s))))


def sign(x: Surd | Decimal) -> int:
    return compare(x, x - x)


def size(x: Surd | Decimal) -> Surd | Decimal:
    return -x if sign(x) < 0 else x


def figure(x: Surd | Decimal) -> float:
    return real(x.decimal() if isinstance(x, Surd) else x)


# ---------------------------------------------------------------- diagnosticity


def variance(scenario: Scenario, e: Item) -> Fraction:
    """Population variance of val over the active hypotheses that are rated, NA as 0."""
    values = [VALUE[e.ratings[h.id]] for h in scenario.active if h.id in e.ratings]
    if len(values) < 2:
        return Fraction(0)
    mean = Fraction(sum(values), len(values))
    return sum((v - mean) ** 2 for v in values) / len(values)


def diagnosticity(scenario: Scenario, e: Item) -> Decimal:
    var = variance(scenario, e)
    return (Decimal(var.numerator) / var.denominator).sqrt()


def information(scenario: Scenario, e: Item) -> Decimal:
    """Bits between p' normalised over the active hypotheses and the uniform distribution."""
    p = [likelihood(scenario, e, h.id)[0] for h in scenario.active]
    if len(set(p)) < 2:
        return Decimal(0)
    total = sum(p)
    bits = sum(x / total * (x / total * len(p)).ln() for x in p) / Decimal(2).ln()
    return max(bits, Decimal(0))


def ordered(scenario: Scenario, sort: str) -> list[Item]:
    items = list(scenario.items)
    if sort == "id":
        return sorted(items, key=lambda e: e.id)
    if sort == "date":
        return sorted(items, key=lambda e: (e.date is None, last_day(e.date or "9999")))
    if sort == "diagnosticity":
        keyed = [(diagnosticity(scenario, e) * weight(e).decimal(), n) for n, e in enumerate(items)]
        keyed.sort(key=lambda pair: -pair[0])
        runs: list[list[tuple[Decimal, int]]] = []  # of keys equal to the first of the run
        for pair in keyed:
            if runs and runs[-1][0][0] - pair[0] <= TIE:
                runs[-1].append(pair)
            else:
                runs.append([pair])
        return [items[n] for run in runs for _, n in sorted(run, key=lambda pair: pair[1])]
    return items
