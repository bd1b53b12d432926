"""Figures as they stand in sentences, against the figures they stand for. Each check is None, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


def same(claimed: Any, true: Any) -> str | None:
    return None if claimed == true else f"it is {true!r}, not {claimed!r}"


@dataclass
class Some:
    """The first few of a list, and how many more there are."""

    named: list[str]
    more: int

    def __iter__(self) -> Iterator[str]:
        return iter(self.named)


def same_set(claimed: Iterable[str], true: Iterable[str]) -> str | None:
    found = sorted(true)
    if isinstance(claimed, Some):
        return first(same(len(claimed.named) + claimed.more, len(found)), same([], sorted(set(claimed) - set(found))))
    return same(sorted(claimed), found)


def true(holds: bool, otherwise: str) -> str | None:
    return None if holds else otherwise


def first(*wrongs: str | None) -> str | None:
    """The first thing that is wrong."""
    return next((wrong for wrong in wrongs if wrong), None)


def near(claimed: str, true_figure: float | None) -> str | None:
    """A figure with as many digits as it has, such as `0.71`, `-4.83`, `<0.01` or `>-0.01`."""
    if true_figure is None:
        return "there is none"
    if claimed.startswith(">-"):
        return true(-float(claimed[2:]) < true_figure < 0, f"it is {true_figure!r}")
    digits = claimed.lstrip("+-")
    if digits.startswith("<"):
        return true(0 < abs(true_figure) < float(digits[1:]), f"it is {true_figure!r}")
    if digits.startswith(">"):
        return true(true_figure > float(digits[1:]), f"it is {true_figure!r}")
    places = len(digits.partition(".")[2])
    return true(abs(float(claimed) - true_figure) <= 0.5 / 10**places + 1e-9, f"it is {true_figure!r}, not {claimed}")


def shown(p: float) -> str:
    """A posterior for people: a whole per cent, `<1%` and `>99%` at the ends."""
    if p < 0.01:
        return "<1%"
    if p > 0.99:
        return ">99%"
    return f"{int(p * 100 + 0.5)}%"


def per_cent(claimed: str, p: float | None) -> str | None:
    """A share with as many digits as it has; `<` and `>` at the ends."""
    if p is None:
        return "there is none"
    number = float(claimed.strip("<>%"))
    if claimed.startswith("<"):
        return true(0 <= p * 100 < number, f"it is {p!r}")
    if claimed.startswith(">"):
        return true(number < p * 100 <= 100, f"it is {p!r}")
    places = len(claimed.strip("%").partition(".")[2])
    return true(abs(p * 100 - number) <= 0.5 / 10**places + 1e-7, f"it is {p!r}, not {claimed}")


def whole(p: float) -> int:
    """A posterior for people as a number: what `<1%` and `>99%` stand beside."""
    return {"<1%": 1, ">99%": 99}.get(shown(p)) or int(p * 100 + 0.5)


def posterior(claimed: str, p: float | None) -> str | None:
    """A posterior is shown as a whole per cent. What rounds to 1 or to 99 may be shown so or by the end of the scale."""
    if p is None:
        return "there is none"
    if claimed == "100%":
        return true(p == 1, f"it is {p!r}")
    # a half may go either way
    rounded = {f"{int(p * 100 + 0.5 + noise)}%" for noise in (-1e-9, 1e-9)} - {"0%"}
    return None if claimed in rounded else same(claimed, shown(p))


def points(claimed: str, leader: float, other: float) -> str | None:
    """A margin is the difference of what is shown: more or less than it at the ends of the scale."""
    bound, _, number = claimed.rpartition(" ")
    ends = {"<1%", ">99%"} & {shown(leader), shown(other)}
    real, difference = 100 * (leader - other), whole(leader) - whole(other)
    if bound == "more than":
        return true(bool(ends) and real > int(number) - 1e-9, f"it is {real!r}")
    if bound == "less than":
        return true(real < int(number), f"it is {real!r}")
    return same(int(number), difference)
