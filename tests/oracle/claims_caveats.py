"""Sentences that say why a conclusion is provisional."""

from __future__ import annotations

import re

from figures import first, same, same_set, true
from scoring import rated
from speech import HYPOTHESIS, Context, listed, number, says

NOT_RATED = re.compile(rf"(\w+) cells? of (the leaders|{HYPOTHESIS}) (?:is|are) not rated")
FEW = re.compile(rf"({HYPOTHESIS}) is rated CC to II in (\w+) of (\w+) items only")
NOBODY = re.compile(rf"nothing is rated yet for (?:(\d+) hypotheses|({HYPOTHESIS}.*))")


def blanks(context: Context, hids: list[str]) -> int:
    return sum(e.cell(h) is None for e in context.case.items for h in hids)


def part(context: Context, text: str) -> str | None:
    """One reason of several."""
    leaders = [h for h in context.leaders if any(w.id == h for w in context.scenario.weighed)]
    found = NOT_RATED.fullmatch(text)
    if found:
        hids = leaders if found[2] == "the leaders" else [found[2].lower()]
        several = blanks(context, leaders) == blanks(context, hids)
        return first(true(set(hids) <= set(leaders), "it does not lead"), true(several, "other leaders have blanks"), same(number(found[1]), blanks(context, hids)))
    found = FEW.fullmatch(text)
    if found:
        own = sum(e.on_scale(found[1].lower()) for e in context.case.items)
        every = len(context.case.items)
        return first(true(found[1].lower() in leaders, "it does not lead"), same((int(found[2]), int(found[3])), (own, every)), true(2 * own < every, "that is half of them"))
    found = NOBODY.fullmatch(text)
    if found:
        there = [h.id for h in context.scenario.weighed if not rated(context.case, h.id)]
        return same(int(found[1]), len(there)) if found[1] else same_set([h.lower() for h in listed(found[2])], there)
    return "a reason of no known form"


def reasons(context: Context) -> int:
    """How many reasons there are: blanks of leaders, each leader that is thinly rated, hypotheses that are not rated."""
    leaders = [h.id for h in context.scenario.weighed if h.id in context.leaders]
    thin = [h for h in leaders if 2 * sum(e.on_scale(h) for e in context.case.items) < len(context.case.items)]
    nobody = any(not rated(context.case, h.id) for h in context.scenario.weighed)
    return (blanks(context, leaders) > 0) + len(thin) + nobody


@says("Provisional: ([^.]+)\\.")
def provisional(context: Context, text: str) -> str | None:
    parts = text.split("; ")
    return first(
        true(context.provisional, "it is not"),
        *(part(context, one) for one in parts),
        true(len(parts) <= reasons(context), f"there are {reasons(context)} reasons"),
    )


@says("In all, {n} of {n} cells (?:is|are) not rated\\.", "{n} of {n} cells (?:is|are) not rated, none of them the leader's\\.")
def unrated_cells(context: Context, number_: int, of: int) -> str | None:
    hids = [h.id for h in context.scenario.weighed]
    return first(same(number_, blanks(context, hids)), same(of, len(hids) * len(context.case.items)))
