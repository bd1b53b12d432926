"""Which warnings of `ach check` hold: those that follow from ratings, scores and dates."""

from __future__ import annotations

import datetime
from decimal import Decimal, localcontext
from typing import Any, Callable, Iterator

from counting import Case, Request, counting
from exact import DIGITS, Surd
from reading import VALUE, Item, Scenario, last_day
from scoring import contribution, of_unit, rated, ranking, units
from sensitivity import WhatIf, common
from settling import overdue

Rule = Callable[["Facts"], bool]
RULES: dict[str, Rule] = {}


class Facts:
    """A case, and who leads in it."""

    def __init__(self, case: Case) -> None:
        self.case, self.items = case, case.items
        self.what = WhatIf(case)
        self.weighed = [h.id for h in case.scenario.weighed]
        self.who = [h for h in self.what.who if h in self.weighed]

    @property
    def sole(self) -> list[str] | None:
        """The sole leader over others."""
        return self.what.today if len(self.what.today) == 1 and len(self.what.who) > 1 else None

    @property
    def begun(self) -> bool:
        """Whether any cell of a hypothesis that is judged by its ratings is rated, be it NA."""
        return any(e.cell(h) is not None for e in self.items for h in self.weighed)

    def lost(self, without: list[str]) -> bool:
        return self.sole is not None and without != self.sole

    def cells(self, e: Item) -> list[str | None]:
        return [e.cell(h) for h in self.weighed]

    def cited(self) -> set[str]:
        return {s for e in self.items for s in e.sources}


def rule(code: str) -> Callable[[Rule], Rule]:
    def register(check: Rule) -> Rule:
        RULES[code] = check
        return check

    return register


# ---------------------------------------------------------------- ratings


@rule("unrated-cells")
def _(f: Facts) -> bool:
    """As long as nothing is rated at all, this says so, and `unrated-hypothesis` nothing."""
    columns = [h for h in f.weighed if rated(f.case, h)] if f.begun else f.weighed
    return any(e.cell(h) is None for e in f.items for h in columns)


@rule("leader-unrated")
def _(f: Facts) -> bool:
    return any(e.cell(h) is None for e in f.items for h in f.what.today if h in f.weighed)


@rule("unrated-hypothesis")
def _(f: Facts) -> bool:
    return f.begun and any(not rated(f.case, h) for h in f.weighed)


@rule("non-diagnostic-item")
def _(f: Facts) -> bool:
    """N and NA are alike: both are worth nothing."""
    alike = lambda cells: len(cells) > 1 and None not in cells and len({VALUE[c or "NA"] for c in cells}) == 1
    return any(alike(f.cells(e)) for e in f.items if not e.unsearched)


@rule("only-consistent")
def _(f: Facts) -> bool:
    return any(len(set(f.cells(e))) > 1 and set(f.cells(e)) <= {"C", "CC"} for e in f.items)


@rule("one-hypothesis-item")
def _(f: Facts) -> bool:
    return len(f.weighed) > 1 and any(sum(e.on_scale(h) for h in f.weighed) == 1 for e in f.items)


@rule("nothing-against")
def _(f: Facts) -> bool:
    cells = lambda h: [e.cell(h) for e in f.items]
    return bool(f.items) and any(not {None, "I", "II"} & set(cells(h)) for h in f.weighed)


@rule("identical-hypotheses")
def _(f: Facts) -> bool:
    columns = [tuple(e.cell(h) for e in f.items) for h in f.weighed]
    there = [column for column in columns if any(column)]
    return len(set(there)) < len(there)


@rule("uneven-attention")
def _(f: Facts) -> bool:
    counts = [sum(e.on_scale(h) for e in f.items) for h in f.who]
    return any(2 * fewer < more for fewer in counts for more in counts)


@rule("few-hypotheses")
def _(f: Facts) -> bool:
    return len(f.weighed) < 3


@rule("no-catch-all")
def _(f: Facts) -> bool:
    scenario = f.case.scenario
    return f.case.method == "bayes" and bool(scenario.active) and not any(h.residual for h in scenario.active)


# ---------------------------------------------------------------- items


@rule("absence-unsearched")
def _(f: Facts) -> bool:
    return any(e.kind == "absence" and e.searched is None for e in f.items)


@rule("searched-without-absence")
def _(f: Facts) -> bool:
    return any(e.kind != "absence" and e.searched is not None for e in f.items)


@rule("undated")
def _(f: Facts) -> bool:
    return any(e.date is None for e in f.items)


@rule("unsourced")
def _(f: Facts) -> bool:
    return any(e.kind in ("fact", "absence") and not e.sources for e in f.items)


def first_day(text: str) -> datetime.date:
    """The first day of what a partial date names."""
    return last_day(text) if len(text) == 10 else datetime.date.fromisoformat((text + "-01-01")[:10])


@rule("stale-as-of")
def _(f: Facts) -> bool:
    as_of = f.case.scenario.as_of
    return as_of is not None and any(e.date and first_day(e.date) > last_day(as_of) for e in f.items)


# ---------------------------------------------------------------- who leads


@rule("lead-on-one-item")
def _(f: Facts) -> bool:
    return any(f.lost(f.what.without(lambda x, eid=e.id: x.id == eid)) for e in f.items)


@rule("lead-on-one-source")
def _(f: Facts) -> bool:
    return any(f.lost(f.what.without(lambda x, sid=sid: set(x.sources) == {sid})) for sid in f.cited())


@rule("lead-on-assumptions")
def _(f: Facts) -> bool:
    return f.lost(f.what.without(lambda e: e.kind == "assumption"))


@rule("lead-on-group")
def _(f: Facts) -> bool:
    """Of groups of several items."""
    groups = {unit[0].group for unit in units(f.items) if len(unit) > 1}
    return any(f.lost(f.what.without(lambda x, group=group: x.group == group)) for group in groups)


@rule("lead-on-low-credibility")
def _(f: Facts) -> bool:
    return f.lost(f.what.without(lambda e: e.level == -1))


@rule("lead-on-uncommon-items")
def _(f: Facts) -> bool:
    found = common(f.what)
    return found["items"] > 0 and f.lost(found["leaders"])


@rule("extreme-posterior")
def _(f: Facts) -> bool:
    scores = ranking(f.case, "bayes").scores if f.case.method == "bayes" else {}
    return len(f.what.who) > 1 and any(p is not None and p > 0.99 for p in scores.values())


# ---------------------------------------------------------------- groups

NOISE = Decimal("1e-30")


def deviation(amounts: list[Any]) -> Decimal:
    """Population standard deviation."""
    values = [x.decimal() if isinstance(x, Surd) else x for x in amounts]
    mean = sum(values, Decimal(0)) / len(values)
    return (sum(((x - mean) ** 2 for x in values), Decimal(0)) / len(values)).sqrt()


@rule("group-hides-item")
def _(f: Facts) -> bool:
    who, method = f.what.who, f.case.method

    def hides(unit: list[Item]) -> bool:
        whole = deviation([of_unit(f.case, method, unit, h) for h in who])
        largest = max(deviation([contribution(f.case, method, e, h) for h in who]) for e in unit)
        return 2 * whole < largest - NOISE  # half is not less than half, whatever the last digit of a root

    return bool(who) and any(hides(unit) for unit in units(f.items) if len(unit) > 1)


@rule("overdue-indicator")
def _(f: Facts) -> bool:
    scenario = f.case.scenario
    return any(i.status == "pending" and overdue(scenario.as_of, i.due) for i in scenario.indicators)


def findings(scenario: Scenario, request: Request) -> set[str]:
    """The codes of the rules that find something."""
    facts = Facts(counting(scenario, request))
    return {code for code, check in RULES.items() if check(facts)}


def differing(scenario: Scenario, request: Request, found: set[str]) -> Iterator[str]:
    """The codes that only one of the two has, of those that this module knows."""
    with localcontext(DIGITS):
        expected = findings(scenario, request)
    for code in RULES:
        if (code in expected) != (code in found):
            yield f"{code}: expected {code in expected}, got {code in found}"
