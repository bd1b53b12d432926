"""Sentences and rows of log: how often the leader changed, and what each commit did to the conclusion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import oracle
from counting import counting
from figures import first, near, posterior, same, same_set, true
from scoring import provisional
from speech import HYPOTHESIS, TOKENS, Context, listed, says, says_rows

NAMES = rf"(?:{TOKENS['Hs']}|\d+ hypotheses|none)"
PROVISIONALLY = "(, provisionally)?"


def step(context: Context, at: int) -> Any:
    """The conclusion before and after the commit at a position, oldest first; nobody leads before the first."""
    before, after = context.versions[max(at - 1, 0)], context.versions[at]
    found = oracle.told("diff", [before, after], [], **context.given)["conclusion"]
    return found if at else found | {"before": {"leaders": [], "ranks": {}, "scores": {}}}


def doubtful(context: Context, at: int) -> bool:
    """Whether the conclusion after a commit is provisional."""
    conclusion = step(context, at)
    case = counting(context.versions[at], replace(context.request, method=conclusion["method"]))
    return provisional(case, conclusion["after"]["leaders"])


def turns(context: Context) -> list[int]:
    """The commits that changed the leader."""
    conclusions = {at: step(context, at) for at in range(1, len(context.versions))}
    return [at for at, c in conclusions.items() if set(c["before"]["leaders"]) != set(c["after"]["leaders"])]


def led_by(claimed: str, hids: list[str]) -> str | None:
    count = re.fullmatch(r"(\d+) hypotheses", claimed)
    return same(int(count[1]), len(hids)) if count else same_set([h.lower() for h in listed(claimed)], hids)


def moved(context: Context, at: int, before: str, after: str, doubt: str | None) -> str | None:
    """The leaders before and after a commit, and whether the lead is provisional."""
    conclusion = step(context, at)
    return first(
        led_by(before, conclusion["before"]["leaders"]),
        led_by(after, conclusion["after"]["leaders"]),
        same(doubt is not None, doubtful(context, at)),
    )


@says(rf"The leader changed (once|twice|\d+ times), last on {{d}} \(([0-9a-f]+)\): ({NAMES}) -> ({NAMES}){PROVISIONALLY}\.", commands="log")
def leader_changed(context: Context, often: str, _day: str, _commit: str, before: str, after: str, doubt: str | None) -> str | None:
    found = turns(context)
    times = {"once": 1, "twice": 2}.get(often) or int(often.split()[0])
    return first(same(times, len(found)), moved(context, found[-1], before, after, doubt))


@says(rf"The leader stayed the same: ({NAMES}){PROVISIONALLY}\.", commands="log")
def leader_stayed(context: Context, names: str, doubt: str | None) -> str | None:
    newest = len(context.versions) - 1
    return first(same([], turns(context)), moved(context, newest, names, names, doubt))


@says("No hypothesis leads in any version that could be read\\.", commands="log")
def nobody_led(context: Context) -> str | None:
    return same([], [h for at in range(len(context.versions)) for h in step(context, at)["after"]["leaders"]])


@says("Posteriors stand on the priors of each version\\.", commands="log")
def priors_of_each(context: Context) -> str | None:
    methods = [step(context, at)["method"] for at in range(len(context.versions))]
    return true("bayes" in methods, f"the methods are {methods}")


@says("(?:.+\\.toml +)?(?:TLP:CLEAR +)?(?:{w} +)?{n} commits? by Tester, {d}(?: to {d})?", commands="log")
def commits(context: Context, _marking: str | None, number: int, *_: object) -> str | None:
    return same(number, len(context.versions))


@says_rows(r"[0-9a-f]{7,} \d{4}-\d\d-\d\d Tester: Version \d+")
def of_commit(context: Context, rows: list[str]) -> Iterator[str | None]:
    at = int(context.heading.split()[-1])
    conclusion = step(context, at)
    verdicts = {name: words for name, _, words in (row.partition("  ") for row in rows)}
    if at == 0:
        found = re.fullmatch(rf" *[^;]+?(?:; leader: ({NAMES}){PROVISIONALLY})?", verdicts["new"])
        leaders = conclusion["after"]["leaders"]
        yield moved(context, at, "none", found[1], found[2]) if found and found[1] else same([], leaders)
        return
    yield same("leader" in verdicts, at in turns(context))
    if "leader" in verdicts:
        found = re.fullmatch(rf" *({NAMES}) -> ({NAMES}){PROVISIONALLY}", verdicts["leader"])
        yield moved(context, at, *found.groups()) if found else verdicts["leader"]
    yield from ranks_and_scores(conclusion, verdicts.get("ranks", verdicts.get("scores", "")).strip())


def ranks_and_scores(conclusion: Any, words: str) -> Iterator[str | None]:
    """Those in both versions whose rank or score, as it is shown, changed: `apple 1 -> 2 (0.00 -> -1.00) and ...`."""
    before, after = conclusion["before"], conclusion["after"]
    own = conclusion["method"] if conclusion["method"] == conclusion["method_before"] else None
    both = [hid for hid in after["ranks"] if hid in before["ranks"]]
    told: set[str] = set()
    for name, figures in re.findall(rf"({HYPOTHESIS}) ((?:[^,(]|\([^)]*\))+?)(?=, | and (?:{HYPOTHESIS}|\d+ more)|$)", words):
        hid = name.lower()
        told.add(hid)
        found = re.fullmatch(r"(\d+|-) -> (\d+|-)(?: \((\S+) -> (\S+)\))?|(\S+) -> (\S+)", figures)
        if not found:
            yield f"{name} {figures}"
            continue
        if found[1]:
            rank = lambda side: str(side["ranks"][hid] or "-")
            yield same((found[1], found[2]), (rank(before), rank(after)))
        for claimed, side in zip((found[3] or found[5], found[4] or found[6]), (before, after)):
            yield None if claimed is None else shows(own, claimed, side["scores"][hid])
    more = re.search(r" and (\d+) more$", words)
    differing = [hid for hid in both if before["ranks"][hid] != after["ranks"][hid]]
    yield true(set(differing) <= told or bool(more), f"the ranks of {differing} changed")


def shows(method: str | None, claimed: str, score: float | None) -> str | None:
    """A score as it is shown; none where the methods of the two versions differ."""
    if claimed == "-" or method is None or score is None:
        return same(claimed, "-") if method is None or score is None else None
    return posterior(claimed, score) if method == "bayes" else near(claimed, score)
