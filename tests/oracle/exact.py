"""Exact numbers: surds for the additive methods, 60-digit decimals for the rest.

An additive score is (a + b*sqrt(2))/2 with Python integers. A float appears
only where a figure is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cmp_to_key
from typing import Callable, TypeVar

TIE_LN = Decimal("1e-9")  # equal posteriors: ln within this
TIE = Decimal("1e-12")  # equal amounts that are not exact, equal sort keys
DIGITS = Context(prec=60, Emin=-(10**17), Emax=10**17)
T = TypeVar("T")


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


Amount = Surd | Decimal
Z = TypeVar("Z", Surd, Decimal)


def compare(x: Amount, y: Amount, tie: Decimal = TIE) -> int:
    """The sign of x - y: exact for surds, with equals within `tie` for decimals."""
    if isinstance(x, Surd):
        return (x - y).sign()
    return 0 if abs(x - y) <= tie else 1 if x > y else -1


def sign(x: Amount) -> int:
    return compare(x, x - x)


def size(x: Amount) -> Amount:
    return -x if sign(x) < 0 else x


def descending(things: list[T], amount: Callable[[T], Amount], tie: Decimal = TIE) -> list[T]:
    """The largest amount first, equal ones in the order given."""
    return sorted(things, key=cmp_to_key(lambda s, t: compare(amount(t), amount(s), tie)))


def real(x: Decimal) -> float:
    """The nearest float; never -0."""
    return float(x) + 0.0


def figure(x: Amount) -> float:
    return real(x.decimal() if isinstance(x, Surd) else x)
