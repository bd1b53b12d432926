"""Sentences of robustness, timeline and next."""

from __future__ import annotations

from typing import Any

from figures import first, near, per_cent, same, same_set, true
from reading import premises
from speech import Context, says

TIMES = {"once": 1, "twice": 2}
UNSURE = "If ratings were a step off(?: and blank cells turned out any way)?, "
ALONE_AND_LEVEL = "alone in (?:about )?{p} of cases(?: and level with others in (?:about )?{p}(?: of cases)?)?"


# ---------------------------------------------------------------- robustness


def share(context: Context, claimed: str | None, p: float) -> str | None:
    """A share of cases; what is drawn is near it."""
    if claimed is None:
        return true(p < 0.0005 or not context.robust["exact"], f"it is {p!r}")
    if context.robust["exact"]:
        return per_cent(claimed, p)
    return true(abs(float(claimed.strip("<>%")) / 100 - p) < 0.01, f"it is about {p!r}")


def shares(context: Context, hid: str, alone: str | None, level: str | None) -> str | None:
    robust = context.robust
    return first(share(context, alone, robust["alone"][hid]), share(context, level, robust["level"][hid]))


def most_often(context: Context) -> dict[str, float]:
    return context.robust["alone"]


@says(f"{UNSURE}{{H}} would lead {ALONE_AND_LEVEL}(?:; next {{Hs}} (?:(?:each )?{ALONE_AND_LEVEL}|never alone, level with others in {{p}} of cases))?\\.")
def leads_alone(
    context: Context,
    hid: str,
    alone: str,
    level: str | None,
    others: list[str] | None,
    its_alone: str | None,
    its_level: str | None,
    only_level: str | None,
) -> str | None:
    wrongs = [shares(context, other, its_alone, its_level or only_level) for other in others or []]
    return first(shares(context, hid, alone, level), *wrongs)


@says(f"{UNSURE}{{Hs}} would lead each {ALONE_AND_LEVEL}(?:; next {{Hs}} (?:each )?{ALONE_AND_LEVEL})?\\.")
def lead_each_alone(
    context: Context,
    hids: list[str],
    alone: str,
    level: str | None,
    others: list[str] | None,
    its_alone: str | None,
    its_level: str | None,
) -> str | None:
    wrongs = [shares(context, hid, alone, level) for hid in hids]
    return first(*wrongs, *(shares(context, hid, its_alone, its_level) for hid in others or []))


@says(f"{UNSURE}(?:{{Hs}}|{{n}} hypotheses) would lead never alone, level with others in (?:{{p}} of cases|every case)\\.")
def leads_never_alone(context: Context, hids: list[str] | None, number: int | None, level: str | None) -> str | None:
    who = hids or [hid for hid, share in context.robust["level"].items() if share == max(context.robust["level"].values())]
    return first(same(number or len(who), len(who)), *(shares(context, hid, None, level or "100%") for hid in who))


@says(f"{UNSURE}{{Hs}} would lead never alone, level with others in (?:{{p}} of cases|every case); next {{Hs}} never alone, level with others in {{p}} of cases\\.")
def two_never_alone(context: Context, hids: list[str], level: str | None, others: list[str], next_: str) -> str | None:
    return first(leads_never_alone(context, hids, None, level), leads_never_alone(context, others, None, next_))


@says("As the ratings stand, others are level in the lead: {Hs}\\.")
def others_lead(context: Context, hids: list[str]) -> str | None:
    return same_set(hids, context.leaders)


@says("No item is dated(?: by {d})?, so there is no timeline yet\\.", commands="timeline")
def no_timeline(context: Context, _: str | None) -> str | None:
    return same([], steps(context))


@says(f"{UNSURE}{{H}} would lead alone in every case\\.")
def leads_always(context: Context, hid: str) -> str | None:
    return share(context, "100%", context.robust["alone"][hid])


@says(f"As the ratings stand, another leads: {{H}}, {ALONE_AND_LEVEL}\\.")
def another_leads(context: Context, hid: str, alone: str, level: str | None) -> str | None:
    return first(same([hid], context.leaders), shares(context, hid, alone, level))


@says("On average {x} of {n} ratings move at once\\.")
def moving(context: Context, average: str, number: int) -> str | None:
    return first(near(average, context.robust["moving"]), same(number, context.robust["cells"]))


@says("{n} blank cells? turns? out as each of the five ratings equally often; --unrated neutral leaves blanks at 0\\.")
def blank_cells(context: Context, number: int) -> str | None:
    return same(number, sum(e.cell(h) is None for e in context.case.items for h in context.what.who))


# ---------------------------------------------------------------- timeline


def steps(context: Context) -> list[Any]:
    return context.document("timeline")["steps"]


def since(context: Context, first_on: bool) -> str:
    """The first date of the last run of steps in which today's leaders lead, or are among those who do."""
    day = ""
    for step in reversed(steps(context)):
        together = set(context.leaders) <= set(step["leaders"])
        if step["leaders"] != context.leaders and not (first_on and together):
            break
        day = step["date"]
    return day


@says("(?:It has led|They have led together|They have been level in the lead)(?: alone)? since {d}\\.", commands="timeline")
def led_since(context: Context, day: str) -> str | None:
    return same(day, since(context, False))


@says("(?:It has led|They have led together|They have been level in the lead)(?: alone)? from the first date on, {d}\\.", commands="timeline")
def led_throughout(context: Context, day: str) -> str | None:
    return first(same(day, since(context, False)), same(day, steps(context)[0]["date"]))


@says(
    "It has led alone since {d}, after sharing the lead from {d} on\\.",
    "They have been level in the lead since {d}, after sharing it with more from {d} on\\.",
    commands="timeline",
)
def shared_since(context: Context, day: str, earlier: str) -> str | None:
    return first(same(day, since(context, False)), same(earlier, since(context, True)))


def changes(context: Context) -> int:
    course = [step["leaders"] for step in steps(context)]
    return sum(x != y for x, y in zip(course, course[1:]))


@says("Over {n} dates the lead changed (?:{t}|{n} times)\\.", commands="timeline")
def changed(context: Context, dates: int, word: str | None, times: int | None) -> str | None:
    claimed = TIMES[word] if word else times
    return first(same(dates, len(steps(context))), same(claimed, changes(context)))


@says("The lead never changed\\.", commands="timeline")
def unchanged(context: Context) -> str | None:
    return same(0, changes(context))


@says("{n} changes? of the lead", commands="timeline")
def number_of_changes(context: Context, number: int) -> str | None:
    return same(number, changes(context))


@says("{n} items? without a date counts? from the start\\.", commands="timeline")
def undated(context: Context, number: int) -> str | None:
    """Those that rest on no dated item."""
    dated = {e.id for e in context.scenario.items if e.date is not None}
    below = premises(context.scenario)
    return same(number, sum(e.date is None and not below[e.id] & dated for e in context.case.items))


# ---------------------------------------------------------------- next


@says("More ratings can still change who leads: {n} cells? (?:is|are) blank\\.", commands="next")
def unsettled(context: Context, number: int) -> str | None:
    return first(same(False, context.next["settled"]), same(number, context.next["blanks"]))


@says("{n} cells? (?:is|are) blank\\.", commands="next")
def blank(context: Context, number: int) -> str | None:
    return same(number, context.next["blanks"])


@says("No cell is blank: only second thoughts can change who leads\\.", commands="next")
def nothing_blank(context: Context) -> str | None:
    return same(0, context.next["blanks"])


@says("No rating of a blank cell can change who leads: you can stop, although {n} cells? (?:is|are) blank\\.", commands="next")
def settled(context: Context, number: int) -> str | None:
    return first(same(True, context.next["settled"]), same(number, context.next["blanks"]))


@says("{n} open cells?(?:, the likeliest to change the leader first)?", commands="next")
def open_cells(context: Context, number: int) -> str | None:
    return same(number, len(context.next["cells"]))


@says("The {n} of {n} open cells that are likeliest to change the leader", commands="next")
def most_telling(context: Context, _: int, number: int) -> str | None:
    return same(number, len(context.next["cells"]))


@says("{n} indicators? to watch", commands="next")
def indicators(context: Context, number: int) -> str | None:
    return same(number, len(context.next["indicators"]))


@says("New leader: how often it would change who leads by {m}\\.", commands="next")
def leader_by(context: Context, methods: list[str]) -> str | None:
    return same_set(methods, [context.method])


@says("{n} items? without a date counts? from the date of (?:its|their) premises? on\\.", commands="timeline")
def waiting(context: Context, number: int) -> str | None:
    """Those that rest on a dated item."""
    dated = {e.id for e in context.scenario.items if e.date is not None}
    below = premises(context.scenario)
    return same(number, sum(e.date is None and bool(below[e.id] & dated) for e in context.case.items))


@says("Counted over {n} random draws with seed {n}: standard error at most {x} percentage points\\.", commands="robustness")
def drawn(context: Context, draws: int, seed: int, error: str) -> str | None:
    robust = context.robust
    bound = 100 * (0.25 / draws) ** 0.5
    asked = first(same(draws, robust["draws"]), same(seed, robust["seed"]))
    return first(asked, true(float(error) <= bound + 0.005, f"it is {bound!r} at most"))
