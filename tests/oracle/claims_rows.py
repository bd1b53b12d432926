"""Rows of sensitivity: each what-if that is listed, asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from figures import near, posterior, same, same_set, true
from reading import SCALE
from scoring import leaders
from sensitivity import any_of, changed, staged
from speech import HYPOTHESIS, ITEM, TOKENS, Context, listed, number, says_rows

L = TOKENS["L"]


def meant(context: Context, text: str) -> set[str]:
    """The items that a list of items and groups means: "e1, group rope and e3", "oars and wind"."""
    names = {word.removeprefix("the ").removeprefix("groups ").removeprefix("group ") for word in re.split(r", | and ", text)}
    return {e.id for e in context.case.items if e.id in names or e.group in names}


@says_rows("Leave one out and the lead is lost or shared")
def leave_one_out(context: Context, rows: list[str]) -> Iterator[str | None]:
    for row in rows:
        found = re.fullmatch(rf"without (.+): ({L})", row)
        if not found:
            yield row
            continue
        for one in re.split(r", | or ", re.sub(r" or one of \d+ more$", "", found[1])):
            gone = meant(context, one)
            yield same_set(context.led_by(found[2]), context.what.without(lambda e, gone=gone: e.id in gone))


@says_rows("To put another ahead it would be enough to reject")
def to_put_ahead(context: Context, rows: list[str]) -> Iterator[str | None]:
    for row in rows:
        found = re.match(rf"({HYPOTHESIS}) +(-|(\d+) of (\d+)|(?:\d+ \w+)(?: and \d+ \w+)?)  +", row)
        if not found:
            yield row
            continue
        detail = row[found.end() :]
        k, a = found[1].lower(), context.leaders[0]
        entry = (context.sensitivity["overturn"] or {})[k]
        if found[2] == "-":
            yield same(None, entry["overturn"])
            continue
        size = int(found[3]) if found[3] else sum(map(int, re.findall(r"\d+", found[2])))
        yield same(size, entry["overturn"])
        set_, _, then = detail.partition("; then ")
        taken = re.sub(r", taken by (?:itself|themselves)$", "", set_)
        any_ = re.fullmatch(r"any (\w+) of (.+)", taken)
        if any_:
            yield from any_so_many(context, a, k, number(any_[1]), int(found[4] or 0), any_[2])
        else:
            gone = meant(context, taken)
            left = context.what.leaders([e for e in context.case.items if e.id not in gone])
            yield same_set(context.led_by(then) if then else [k], left)


def any_so_many(context: Context, a: str, k: str, size: int, of: int, names: str) -> Iterator[str | None]:
    wide = any_of(context.what, a, k)
    items = {e.id for unit in wide for e in unit}
    yield same(of, len(wide))
    yield same(size, context.sensitivity["overturn"][k]["overturn"])
    yield true(meant(context, names) <= items, f"any of {sorted(items)}")


@says_rows(r"Single judgements that would change who leads(?: \(\d+ of \d+\))?")
def single_judgements(context: Context, rows: list[str]) -> Iterator[str | None]:
    listed_ = {(c["evidence"], c["hypothesis"]): c for c in context.sensitivity["critical_cells"]}
    for row in rows:
        found = re.fullmatch(rf"({ITEM}) +({HYPOTHESIS}) +(\w+) +-> (\w+) +(\d) steps?: ({L})", row)
        if not found:
            yield row
            continue
        eid, hid, now, then = found[1], found[2].lower(), found[3], found[4]
        cell = listed_.get((eid, hid))
        yield same((now, int(found[5])), (cell["rating"], cell["steps"]) if cell else None)
        yield same(int(found[5]), abs(SCALE.index(now) - SCALE.index(then)))
        left = leaders(context.case.of(changed(context.case.items, {eid}, hid, then)), context.method, context.what.who)
        yield same_set(context.led_by(found[6]), left)


def named_first(text: str) -> set[str]:
    """At most four items are named, then a count."""
    return set(listed(re.sub(r" and \d+ more$", "", text)))


@says_rows("Without what one source alone reports")
def by_source(context: Context, rows: list[str]) -> Iterator[str | None]:
    without = context.sensitivity["without_source"]
    names = {s.id: s.name for s in context.scenario.sources}
    quiet = 0
    for row in joined(rows):
        count = re.fullmatch(r"(\d+) sources? +no change(?:; of (\d+) no item is (?:theirs|its) alone)?(?:.*)", row)
        found = re.fullmatch(rf"(.+?) +without (.+): ({L})", row)
        if count:
            quiet = int(count[1])
        elif found:
            sid = next((s for s in without if names.get(s, s) == found[1]), "")
            own = {e.id for e in context.case.items if set(e.sources) == {sid}}
            gone = context.case.ids - {e.id for e in context.case.without(own)}
            yield true(named_first(found[2]) <= gone, f"what goes with it is {sorted(gone)}")
            yield same_set(context.led_by(found[3]), without.get(sid, []))
    yield same(quiet, sum(left == context.leaders for left in without.values()))


@says_rows("If an actor staged what only sources it could steer report")
def by_actor(context: Context, rows: list[str]) -> Iterator[str | None]:
    deception = context.sensitivity["deception"]
    for row in joined(rows):
        found = re.fullmatch(rf"({HYPOTHESIS}) .*?(?:without|aside in) (.+): ({L})", row)
        if found:
            hid = found[1].lower()
            own = staged(context.scenario, context.case.items, hid) or set()
            yield true(named_first(found[2]) <= own, f"it could stage {sorted(own)}")
            yield same_set(context.led_by(found[3]), deception[hid])


@says_rows(rf"Prior odds of {HYPOTHESIS} to another at which the two would be level")
def prior_odds(context: Context, rows: list[str]) -> Iterator[str | None]:
    for row in rows:
        found = re.fullmatch(rf"({HYPOTHESIS}) +([\d.,]+) to ([\d.,]+)", row)
        if not found:
            continue  # too large or too small to be told so
        odds = (context.sensitivity["level_priors"] or {})[found[1].lower()]
        first_, second = (float(text.replace(",", "")) for text in found.groups()[1:])
        rounded = 0.5 / max(first_, second) + 0.06 / min(first_, second)
        yield true(abs(first_ / second / 10**odds - 1) < rounded, f"it is {10**odds!r} to 1")


def joined(rows: list[str]) -> list[str]:
    """Rows that a long name has broken in two, in one."""
    out: list[str] = []
    for row in rows:
        if out and re.match(r"(?:without |its own |no change)", row):
            out[-1] += "  " + row
        else:
            out.append(row)
    return out


SCORES = "(?:Inconsistency|Weighted inconsistency|Net score|Posterior probability)"


@says_rows("Rank and (?:inconsistency|weighted inconsistency|net score|posterior probability)(?:, [\\w ]+)?(?: \\(\\d+ more below\\))?")
def standings(context: Context, rows: list[str]) -> Iterator[str | None]:
    """Those that compete, best first, twelve and a count at most."""
    best_first = sorted(context.result.who, key=lambda hid: context.result.ranks[hid] or 0)
    more = re.search(r"\((\d+) more below\)", context.heading)
    yield same(len(best_first), len(rows) + (int(more[1]) if more else 0))
    for row, hid in zip(rows, best_first):
        found = re.fullmatch(rf"(\d+) +([<>]?-?[\d.]+%?) +({HYPOTHESIS})", row)
        if not found:
            yield row
            continue
        score = context.result.scores[hid] or 0.0
        right = posterior(found[2], score) if context.method == "bayes" else near(found[2], score)
        yield same((int(found[1]), found[3].lower()), (context.result.ranks[hid], hid)) or right


@says_rows(r"(\d+) (?:judgements?|texts?|scenario fields?|(?:hypothes[ie]s|hypothesis|evidence|source|indicator) fields?|items?|hypothes[ie]s|sources?|indicators?)(?: (?:added|removed|moved|renamed|changed|edited))?(?: \(\d+ of \d+\))?", strips=False)
def counted_entries(context: Context, rows: list[str]) -> Iterator[str | None]:
    """A heading counts what stands below it."""
    yield same(int(context.heading.split()[0]), sum(not row.startswith("   ") for row in rows))


@says_rows(rf"{SCORES} (?:from \d{{4}}-\d\d-\d\d to \d{{4}}-\d\d-\d\d|on \d{{4}}-\d\d-\d\d)")
def course(context: Context, rows: list[str]) -> Iterator[str | None]:
    """First and last score of each hypothesis that is drawn, on the first and the last date."""
    steps = context.document("timeline")["steps"]
    days = re.findall(r"\d{4}-\d\d-\d\d", context.heading)
    yield same((days[0], days[-1]), (steps[0]["date"], steps[-1]["date"]))
