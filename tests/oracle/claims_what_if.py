"""Sentences about what would change who leads."""

from __future__ import annotations

import math
from collections.abc import Iterable

from figures import first, near, posterior, same, same_set, true
from reading import Item
from scoring import competing
from sensitivity import shortest_tie
from speech import Context, says


def critical(context: Context) -> dict[str, list[str]]:
    return context.sensitivity["without_evidence"]


def lost(context: Context, left: list[str]) -> bool:
    """Whether the sole leader no longer leads alone."""
    return len(context.leaders) == 1 and left != context.leaders


def losing(context: Context) -> list[str]:
    """The items and groups of several items without each of which the lead is lost or shared."""
    items = [eid for eid, left in critical(context).items() if lost(context, left)]
    grouped: dict[str, list[str]] = {}
    for e in context.case.items:
        if e.group is not None:
            grouped.setdefault(e.group, []).append(e.id)
    several = {group: ids for group, ids in grouped.items() if len(ids) > 1}
    without = lambda ids: context.what.without(lambda e: e.id in ids)
    return items + [group for group, ids in several.items() if lost(context, without(ids))]


def members(context: Context, names: Iterable[str]) -> set[str]:
    """The items that are meant by items and groups."""
    named = set(names)
    return {e.id for e in context.case.items if e.id in named or e.group in named}


# ---------------------------------------------------------------- items and groups


@says("The lead rests on (?:each of )?{G}(?:, each alone)?(?: \\({Gs}\\))?: leave out (?:either|one of them) and it is lost or shared\\.")
def rests_on_each(context: Context, number: int, names: list[str] | None) -> str | None:
    each = losing(context)
    wrong = None if names is None else true(set(names) <= set(each), f"it is lost without {each}")
    return first(true(number <= len(each), f"there are {len(each)}"), wrong, None if names is None else same(number, len(names)))


@says("To end the lead it would be enough to reject {G}\\.")
def enough_of_many(context: Context, number: int) -> str | None:
    """Too many to be named."""
    found = shortest_tie(context.what) or []
    gone = {eid for unit in found for eid in unit}
    alone = context.what.leaders([e for e in context.case.items if e.id not in gone])
    context.options["without"] = (alone, context.what.without(lambda e: e.id in gone))
    return same(number, len(found))


@says("(?:The lead rests on|To end the lead it would be enough to reject) {G} \\({Gs}\\)\\.")
def enough_to_reject(context: Context, number: int, names: list[str]) -> str | None:
    """Of several smallest sets it may name any."""
    found = shortest_tie(context.what)
    gone = members(context, names)
    alone = context.what.leaders([e for e in context.case.items if e.id not in gone])
    with_rest = context.what.without(lambda e: e.id in gone)
    # a single item may end it, too, since its dependents or the ratings of the leader go with it
    least = 1 if number == 1 else None if found is None else len(found)
    context.options["without"] = (alone, with_rest)
    return first(
        same(number, least),
        true(lost(context, alone) or lost(context, with_rest), "without them it still leads alone"),
    )


@says("By the {n} items? that compares? all hypotheses {n} hypotheses share the lead\\.")
def many_share_by_common(context: Context, items: int, number: int) -> str | None:
    common = context.sensitivity["common"]
    return first(same(items, common["items"]), same(number, len(common["leaders"])))


@says("Without {G} \\({Gs}\\) the leader still leads: a challenger has no rating left then\\.")
def a_challenger_is_gone(context: Context, number: int, names: list[str]) -> str | None:
    left = [e for e in context.case.items if e.id not in members(context, names)]
    who = competing(context.case.of(left), context.method, context.what.who)
    return first(
        same(number, len(names)),
        same(sorted(context.leaders), sorted(context.what.leaders(left))),
        true(set(who) < set(context.what.who), f"{who} compete as before"),
    )


@says("Without (?:it|them) {L}\\.")
def without_the_set(context: Context, phrase: str) -> str | None:
    """After the sentence that names the set, which is taken by itself or with what rests on it."""
    alone, with_rest = context.options["without"]
    claimed = sorted(context.led_by(phrase))
    return None if claimed == sorted(alone) else same(claimed, sorted(with_rest))


@says("The lead rests on the priors: no evidence left out would end it\\.")
def rests_on_priors(context: Context) -> str | None:
    return true(shortest_tie(context.what) is None and not losing(context), "evidence left out would")


@says("No single item decides who leads\\.")
def none_decides(context: Context) -> str | None:
    return same({}, critical(context))


@says("One item decides who leads: without {E} {L}\\.")
def one_decides(context: Context, item: str, phrase: str) -> str | None:
    return same({item: context.led_by(phrase)}, critical(context))


@says("{n} items decide who leads, each alone\\.")
def some_decide(context: Context, number: int) -> str | None:
    return same(number, len(critical(context)))


# ---------------------------------------------------------------- kinds of items


def of_kind(context: Context, key: str, items: list[Item], number: int | None, phrase: str) -> str | None:
    return first(same(number or 1, len(items)), same_set(context.led_by(phrase), context.sensitivity[key]))


@says("Without the (?:{n} assumptions|one assumption) {L}\\.")
def without_assumptions(context: Context, number: int | None, phrase: str) -> str | None:
    items = [e for e in context.case.items if e.kind == "assumption"]
    return of_kind(context, "without_assumptions", items, number, phrase)


@says("Without the (?:{n} items|one item) of low credibility {L}\\.")
def without_low_credibility(context: Context, number: int | None, phrase: str) -> str | None:
    return of_kind(context, "without_low_credibility", [e for e in context.case.items if e.level == -1], number, phrase)


@says("Every item compares all hypotheses\\.")
def all_are_common(context: Context) -> str | None:
    return same(len(context.case.items), context.sensitivity["common"]["items"])


@says("By the {n} items? that compares? all hypotheses {L}\\.")
def by_common(context: Context, number: int, phrase: str) -> str | None:
    found = context.sensitivity["common"]
    return first(same(number, found["items"]), same_set(context.led_by(phrase), found["leaders"]))


# ---------------------------------------------------------------- priors


@says("The priors, {p} for the leader and {p} for it, add {x} bans for the leader\\.", commands="explain")
def priors_add(context: Context, leader: str, other: str, amount: str) -> str | None:
    priors = context.explained["priors"]
    hid = context.options["subject"]
    own, its = priors[context.leaders[0]], priors[hid]
    return first(posterior(leader, own), posterior(other, its), near(amount, math.log10(own / its)))
