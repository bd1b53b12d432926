"""Sentences of explain: what speaks against and for a hypothesis."""

from __future__ import annotations

from typing import Any

from figures import first, near, posterior, same, same_set, true
from speech import Context, says


def about(context: Context, hid: str) -> Any:
    """The entry of explain of a hypothesis, which the next sentences are about."""
    context.options["subject"] = hid
    return next(h for h in context.explained["hypotheses"] if h["id"] == hid)


def subject(context: Context) -> Any:
    return about(context, context.options["subject"])


@says("{H}: rank {n}, (?:{x}|{p})\\.(?: Nothing speaks against it\\.)?", commands="explain")
def ranked(context: Context, hid: str, rank: int, score: str | None, p: str | None) -> str | None:
    entry = about(context, hid)
    wrong = near(score, entry["score"]) if score else posterior(p or "", entry["score"])
    return first(same(rank, entry["rank"]), wrong)


@says("{H}: (?:rejected|the residual, ranked by bayes only), {x}\\.(?: Nothing speaks against it\\.)?", commands="explain")
def unranked(context: Context, hid: str, score: str) -> str | None:
    return first(same(None, about(context, hid)["rank"]), near(score, about(context, hid)["score"]))


@says(
    "{H}: (?:rejected|not rated yet|the residual, ranked by bayes only), so without a (?:score|probability)\\.",
    commands="explain",
)
def without_score(context: Context, hid: str) -> str | None:
    return first(same(None, about(context, hid)["rank"]), same(None, about(context, hid)["score"]))


@says("Against it: {n} items?, {x}(?: bans)?(?: \\({n} more not shown\\))?", commands="explain")
def against(context: Context, number: int, total: str, _: int | None) -> str | None:
    amounts = [c["contribution"] for c in subject(context)["against"]]
    return first(same(number, len(amounts)), near(total, sum(amounts)))


@says("For it: {n} items?, {x}(?: bans)?(?: \\({n} more not shown\\))?", commands="explain")
def in_favour(context: Context, number: int, total: str, _: int | None) -> str | None:
    amounts = [c["contribution"] for c in subject(context)["for"]]
    return first(same(number, len(amounts)), near(total, sum(amounts)))


@says("What sets it apart from {H}: {n} items?, {x}(?: bans)? for the leader(?: \\({n} more not shown\\))?", commands="explain")
def apart(context: Context, leader: str, number: int, total: str, _: int | None) -> str | None:
    amounts = [c["difference"] for c in subject(context)["versus_leader"]]
    return first(same(leader, context.leaders[0]), same(number, len(amounts)), near(total, sum(amounts)))


Pairs = list[tuple[str, str]]


def largest(pairs: Pairs, figures: dict[str, float]) -> str | None:
    """Whether these are the largest of the figures, and as large as said."""
    sizes = sorted((abs(x) for x in figures.values()), reverse=True)[: len(pairs)]
    named = [abs(figures.get(eid, 0.0)) for eid, _ in pairs]
    wrong = [near(x.lstrip("-"), abs(figures.get(eid, 0.0))) for eid, x in pairs]
    close = len(sizes) == len(named) and all(abs(x - y) < 1e-9 for x, y in zip(sizes, named))
    return first(true(close, f"the largest are {sizes}"), *wrong)


def amounts(context: Context, hid: str, key: str, name: str) -> dict[str, float]:
    return {c["evidence"]: c[name] for c in about(context, hid)[key]}


@says("Only {Ps} speaks? against {H}\\.", commands="explain")
def only_against(context: Context, pairs: Pairs, hid: str) -> str | None:
    figures = amounts(context, hid, "against", "contribution")
    return first(same_set([eid for eid, _ in pairs], figures), largest(pairs, figures))


@says("Most weighs against {H}: {Ps}; {n} items make {x}(?: bans)?\\.", commands="explain")
def most_against(context: Context, hid: str, pairs: Pairs, number: int, total: str) -> str | None:
    figures = amounts(context, hid, "against", "contribution")
    return first(largest(pairs, figures), same(number, len(figures)), near(total, sum(figures.values())))


@says(
    "Next in rank: {H}; (?:beside|compared with) {H} it loses most by {Ps}(?: and wins most by {Ps}|; no item speaks the other way)\\.",
    commands="explain",
)
def next_in_rank(context: Context, hid: str, leader: str, losing: Pairs, winning: Pairs | None) -> str | None:
    ranks = [rank for rank in context.result.ranks.values() if rank is not None and rank > 1]
    figures = amounts(context, hid, "versus_leader", "difference")
    return first(
        same(leader, context.leaders[0]),
        same(context.result.ranks[hid], min(ranks)),
        largest(losing, {eid: x for eid, x in figures.items() if x > 0}),
        largest(winning or [], {eid: x for eid, x in figures.items() if x < 0}),
    )


@says("Next in rank: {H}; no item sets it apart from {H}\\.", commands="explain")
def next_alike(context: Context, hid: str, leader: str) -> str | None:
    return first(same(leader, context.leaders[0]), same({}, amounts(context, hid, "versus_leader", "difference")))
