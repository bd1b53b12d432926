"""Which items count: the status, the filters, and what rests on what does not count."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Iterable

from filtering import passing
from reading import Item, Scenario, last_day, premises


@dataclass(frozen=True)
class Request:
    """What every command that scores may be asked."""

    method: str | None = None
    as_of: str | None = None
    where: str | None = None


@dataclass
class Case:
    """A scenario and those of its items that count."""

    scenario: Scenario
    items: list[Item]
    shown: list[Item]  # with those that are withdrawn, or rest on what is
    method: str

    @property
    def ids(self) -> set[str]:
        return {e.id for e in self.items}

    def of(self, items: list[Item]) -> Case:
        """Another case with these items."""
        return replace(self, items=items)

    def without(self, gone: Iterable[str]) -> list[Item]:
        """The items that are left without some and without all that rests on them."""
        return left(self.scenario, self.items, set(gone))


def left(scenario: Scenario, items: list[Item], gone: set[str]) -> list[Item]:
    below = premises(scenario)
    circular = {eid for eid, those in below.items() if eid in those}
    if circular:  # until it is mended, a circle drops nothing
        open_ = replace(scenario, items=[replace(e, rests_on=[]) if e.id in circular else e for e in scenario.items])
        below = premises(open_)
    return [e for e in items if e.id not in gone and not below[e.id] & gone]


def counting(scenario: Scenario, request: Request) -> Case:
    out = later(scenario.items, request.as_of)
    if request.where is not None:
        out |= {e.id for e in scenario.items} - passing(scenario, request.where)
    shown = left(scenario, scenario.items, out)
    withdrawn = {e.id for e in scenario.items if e.status == "withdrawn"}
    items = left(scenario, shown, withdrawn)
    return Case(scenario, items, shown, request.method or scenario.method)


def later(items: list[Item], as_of: str | datetime.date | None) -> set[str]:
    """The ids of those dated after a day."""
    if as_of is None:
        return set()
    limit = as_of if isinstance(as_of, datetime.date) else last_day(as_of)
    return {e.id for e in items if e.date is not None and last_day(e.date) > limit}
