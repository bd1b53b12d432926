"""Sentences about several versions: those of diff and of team."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from counting import Request, counting
from figures import first, near, points, same, same_set, true
from reading import SCALE, VALUE, Scenario
from scoring import leaders, provisional, ranking
from speech import Context, listed, says
from team import consensus as agreed_on

POINTS = "((?:more than |less than )?\\d+) percentage points?"


# ---------------------------------------------------------------- diff


def margin(context: Context, before: bool, claimed: str, in_points: bool) -> str | None:
    """Of one side, by its own method."""
    scenario = context.versions[0 if before else -1]
    method = context.sides["method_before" if before else "method"]
    result = ranking(counting(scenario, Request(method=method)), method)
    if not in_points:
        return near(claimed, result.margin)
    ranked = sorted((result.scores[h] or 0 for h in result.who if h not in result.leaders), reverse=True)
    return points(claimed, result.scores[result.leaders[0]] or 0, ranked[0])


@says(f"The leaders? (?:is|are) the same: {{Hs}}(?:, (?:{POINTS}|{{x}}) ahead)?\\.", commands="diff")
def same_leaders(context: Context, hids: list[str], ahead: str | None, score: str | None) -> str | None:
    before, after = context.sides["before"]["leaders"], context.sides["after"]["leaders"]
    wrong = margin(context, False, ahead or score or "", bool(ahead)) if ahead or score else None
    return first(same_set(hids, after), same_set(before, after), wrong)


@says(f"The leaders? (?:is|are) the same: {{Hs}}, now {{x}} ahead instead of {{x}}\\.", commands="diff")
def same_leaders_by(context: Context, hids: list[str], now: str, then: str) -> str | None:
    return first(same_leaders(context, hids, None, now), margin(context, True, then, False))


@says(f"The leaders? (?:is|are) the same: {{Hs}}, now {POINTS} ahead instead of {POINTS}\\.", commands="diff")
def same_leaders_by_points(context: Context, hids: list[str], now: str, then: str) -> str | None:
    return first(same_leaders(context, hids, now, None), margin(context, True, then, True))


@says("The leaders? changed: (?:{Hs}|{n} hypotheses|none) -> (?:{Hs}|{n} hypotheses|none)", commands="diff")
def other_leaders(
    context: Context, before: list[str] | None, many: int | None, after: list[str] | None, many_after: int | None
) -> str | None:
    sides = [context.sides[side]["leaders"] for side in ("before", "after")]
    claims = ((before, many), (after, many_after))
    return first(*(same(n, len(found)) if n else same_set(hids or [], found) for (hids, n), found in zip(claims, sides)))


@says("No hypothesis leads, before or after\\.", commands="diff")
def nobody_leads(context: Context) -> str | None:
    return first(same([], context.sides["before"]["leaders"]), same([], context.sides["after"]["leaders"]))


@says("(?:[^ ]+ -> [^ ]+ +)?(?:TLP:CLEAR +)?(?:{w} +)?{n} hypothes[ie]s, scored by {m}", commands="diff")
def scored_by(context: Context, _marking: str | None, number: int, methods: list[str]) -> str | None:
    either = {h.id for version in context.versions for h in version.hypotheses}
    return first(same(number, len(either)), same(methods, [context.sides["method"]]))


# ---------------------------------------------------------------- team: agreement


def rated_cells(context: Context) -> list[list[str]]:
    """The ratings of each cell that several gave."""
    cells = [[r for r in c["ratings"] if r is not None] for c in context.team["cells"]]
    return [ratings for ratings in cells if len(ratings) > 1]


@says("They differ on {n} of {n} cells? that several rated(?:, most on {E} / {H} \\([^)]*\\))?\\.", commands="team")
def differ_on(context: Context, number: int, of: int, item: str | None, hid: str | None) -> str | None:
    cells = rated_cells(context)
    worst = max((c["disagreement"] or 0 for c in context.team["cells"]), default=0)
    named = [c["disagreement"] for c in context.team["cells"] if (c["evidence"], c["hypothesis"]) == (item, hid)]
    wrong = same(named, [worst]) if item else None
    return first(same(number, sum(len(set(c)) > 1 for c in cells)), same(of, len(cells)), wrong)


@says("There are too few cells to tell how far the raters agree: alpha is {x}, from {n} cells? that several rated\\.", commands="team")
def too_few(context: Context, alpha: str, number: int) -> str | None:
    pairable = context.team["pairable"]
    return first(near(alpha, context.team["alpha"]), same(number, pairable), true(pairable < 10, "they are not too few"))


@says("The (?:two|{n}) raters {w} \\(alpha {x}, between {x} and {x}, from {n} cells\\): [\\w ]+\\.", commands="team")
def agreement(context: Context, raters: int | None, _: str, alpha: str, low: str, high: str, cells: int) -> str | None:
    team = context.team
    return first(
        same(raters or 2, len(context.versions)),
        near(alpha, team["alpha"]),
        near(low, team["alpha_low"]),
        near(high, team["alpha_high"]),
        same(cells, team["pairable"]),
        true(team["pairable"] >= 10, "they are too few to tell"),
    )


@says("The (?:two|{n}) raters' agreement cannot be measured: [^.]+\\.", commands="team")
def no_agreement(context: Context, _: int | None) -> str | None:
    return same(None, context.team["alpha"])


# ---------------------------------------------------------------- team: leaders


def leading(context: Context) -> list[tuple[bool, list[str]]]:
    """Of each version whether it has a rating, and who leads in it by the method of the first."""
    method = context.versions[0].method
    cases = [counting(v, Request(method=method)) for v in context.versions]
    return [(any(e.ratings for e in case.items), leaders(case, method)) for case in cases]


@says("By (?:both|all) of them(?:, and by their consensus,| the lead is with {Hs}, yet by their consensus with (?:{Hs}|none))?(?: the lead is with {Hs})?\\.", commands="team")
def all_agree(context: Context, hids: list[str] | None, _: list[str] | None, both: list[str] | None) -> str | None:
    return first(*(same_set(hids or both or [], found) for rated, found in leading(context) if rated))


def consensus(context: Context) -> list[str]:
    """Who leads in the first version with its cells replaced."""
    agreed = {(c["evidence"], c["hypothesis"]): c["consensus"] for c in context.team["cells"]}
    own = context.versions[0]
    cell = lambda e, h: agreed.get((e.id, h.id), e.ratings.get(h.id))
    row = lambda e: {h.id: cell(e, h) for h in own.hypotheses if cell(e, h) is not None}
    agreeing = replace(own, items=[replace(e, ratings=row(e)) for e in own.items])
    return leaders(counting(agreeing, Request(method=own.method)), own.method)


@says("By their consensus: (?:{Hs}|{n} hypotheses|none)\\.", commands="team")
def by_consensus(context: Context, hids: list[str] | None, number: int | None) -> str | None:
    found = consensus(context)
    return same(number, len(found)) if number else same_set(hids or [], found)


@says("By none of them does anybody lead\\.", commands="team")
def nobody_by_any(context: Context) -> str | None:
    return same([], [found for _, found in leading(context) if found])


@says("They do not have the same leader: ([^.]+)\\.", commands="team")
def other_leaders_by(context: Context, text: str) -> str | None:
    claimed = {}
    for part in text.split("; "):
        who, _, files = part.rpartition(" (")
        for n in re.findall(r"\d+-(\d)\b", files):
            several = re.fullmatch(r"(\d+) hypotheses", who)
            claimed[int(n)] = int(several[1]) if several else sorted(listed(who))
    found = {n: sorted(f) for n, (_, f) in enumerate(leading(context)) if n in claimed}
    return first(*(same(c, len(found[n]) if isinstance(c, int) else found[n]) for n, c in claimed.items()))


def missing(context: Context, ids: Callable[[Scenario], set[str]]) -> list[str]:
    """What is not in every version."""
    every = [ids(version) for version in context.versions]
    return sorted(set().union(*every) - set.intersection(*every))


@says("Not in every version, and blank where they are not: (?:{n} items? \\({Es}\\))?(?: and )?(?:{n} hypothes[ie]s \\({Hs}\\))?\\.", commands="team")
def not_in_every(context: Context, n: int | None, items: list[str] | None, k: int | None, hids: list[str] | None) -> str | None:
    columns = missing(context, lambda v: {h.id for h in v.hypotheses})
    counting_somewhere = {e.id for v in context.versions for e in counting(v, Request()).items}
    rows = missing(context, lambda v: {e.id for e in v.items if e.id in counting_somewhere})
    return first(
        same(n or 0, len(rows)), same_set(items or [], rows), same(k or 0, len(columns)), same_set(hids or [], columns)
    )


@says("Provisional by ([^:]*): a leader has gaps, or a hypothesis is not rated\\.", commands="team")
def provisional_by(context: Context, names: str) -> str | None:
    """Versions are named by their files, `SEED-N`."""
    method = context.versions[0].method
    cases = [counting(v, Request(method=method)) for v in context.versions]
    expected = [n for n, case in enumerate(cases) if provisional(case, leaders(case, method))]
    return same([int(n) for n in re.findall(r"\d+-(\d)\b", names)], expected)


SCALE_VALUE = {rating: VALUE[rating] for rating in SCALE}


def apart(context: Context, pick: Callable[[list[str | None]], tuple[int | None, int | None]]) -> float | None:
    """Mean steps between two figures of each cell, over the cells that have both."""
    pairs = [pick(cell["ratings"]) for cell in context.team["cells"]]
    steps = [abs(x - y) for x, y in pairs if x is not None and y is not None]
    return sum(steps) / len(steps) if steps else None


@says("On average they are {x} steps of the scale apart\\.", commands="team")
def two_apart(context: Context, steps: str) -> str | None:
    return near(steps, apart(context, lambda cell: (SCALE_VALUE.get(cell[0] or ""), SCALE_VALUE.get(cell[1] or ""))))


@says("(?:[\\w.-]+) is farthest from the others: {x} steps of the scale from their consensus on average\\.", commands="team")
def farthest(context: Context, steps: str) -> str | None:
    def distance(rater: int) -> float:
        others = lambda cell: agreed_on([rating for at, rating in enumerate(cell) if at != rater])
        return apart(context, lambda cell: (SCALE_VALUE.get(cell[rater] or ""), SCALE_VALUE.get(others(cell) or ""))) or 0.0

    return near(steps, max(map(distance, range(len(context.versions)))))


@says("They differ less on {n} more cells?; --format csv lists every one\\.", commands="team")
def differ_less(context: Context, number: int) -> str | None:
    return same(number, sum((cell["disagreement"] or 0) > 0 for cell in context.team["cells"]) - 20)


@says("(?:Leaders?|Former leaders?): {Hs}\\.", commands="diff")
def only_leaders(context: Context, hids: list[str]) -> str | None:
    sides = context.sides
    return true(set(hids) in (set(sides["before"]["leaders"]), set(sides["after"]["leaders"])), f"they are {sides}")
