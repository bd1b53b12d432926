"""The sentences of `ach estimate` and `ach post-mortem`, read line by line and worked out anew.

A page is given as Markdown, in which a sentence is a line. Every line must be of a known form, and what it claims must be
so; what a page owes must be on it.
"""

from __future__ import annotations

import calendar
import math
import re
from typing import Any, Iterator

from counting import Request, counting
from judging import Judged, Said, highest, told
from reading import METHODS, last_day

HEAD = rf"\d+ (?:of \d+ )?items?, |by (?:{'|'.join(METHODS)})\b"  # the line that says what is counted
RISE = 0.05
FEW = 20
NOISE = 2e-9


def per_cent(p: float) -> str:
    """A whole per cent; a half goes away from zero, and only what is 0 or 1 looks like it."""
    whole = math.floor(p * 100 + 0.5)
    return "<1%" if whole == 0 and p > NOISE else ">99%" if whole == 100 and p < 1 - NOISE else f"{whole}%"


def two(x: float) -> str:
    """Two decimals; only what is 0 looks like it."""
    text = f"{x:.2f}"
    return "<0.01" if text == "0.00" and x > NOISE else text


def listing(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def lines_of(page: str) -> list[str]:
    """The sentences of a page, without its marks of emphasis."""
    plain = page.replace("**", "").replace("\\", "").replace("&gt;", ">").replace("&lt;", "<")
    return [line.strip() for line in plain.splitlines() if line.strip()]


class Names:
    """How hypotheses are named on the page."""

    def __init__(self, judged: Judged, headers: dict[str, str]):
        self.of = headers
        self.judged = judged

    def all(self, ids: list[str]) -> str:
        return listing([self.of[h] for h in ids])


# ---------------------------------------------------------------- estimate


def thinking_owed(answer: dict[str, Any], judged: Judged, names: Names) -> Iterator[str]:
    """What the page of `ach estimate` must say, a pattern a sentence."""
    said = {s.id: s for s in judged.said}
    standing = [e for e in answer["estimates"] if e["latest"]]
    number = len(standing)
    if number == 0:
        yield re.escape("Nobody has said yet how probable the hypotheses are.")
        return
    first = f"{number} {'person has' if number == 1 else 'people have'} said what they think. "
    if answer["mean"] is None:
        yield re.escape(first + "None of the estimates names every active hypothesis, so there is no mean.")
    else:
        top = answer["highest"]
        share = answer["mean"][top[0]]
        on = "There " if answer["people"] == 1 else "On average "
        level = "is first" if len(top) == 1 else "are first together"
        end = "." if not answer["leaders"] else (
            ", as by the matrix." if top == answer["leaders"] else f"; the matrix has {names.all(answer['leaders'])}."
        )
        yield re.escape(f"{first}{on}{names.all(top)} {level}, ") + figure(share) + re.escape(end)
    for entry in standing:
        remarks = list(remarks_owed(entry, said[entry["id"]], names))
        if remarks:
            date = f", {entry['date']}" if entry["date"] else ""
            yield re.escape(f"{entry['by']}{date}: ") + "; ".join(remarks) + re.escape(".")
    for shift in answer["shifts"]:
        if shift["rise"] >= RISE - 1e-9 and shift["items_between"] == []:
            before, after = said[shift["from"]], said[shift["to"]]
            leading = shift["highest"][0]
            yield (
                re.escape(f"{shift['by']} rose from ") + figure(before.coherent.get(leading, 0.0)) + " to "
                + figure(after.coherent[leading])
                + re.escape(f" on {names.of[leading]} since {before.date}, and no item is dated between.")
            )
    if answer["people"] > 1:
        gaps = {h: answer["high"][h] - answer["low"][h] for h in answer["mean"]}
        widest = max(gaps.values())
        if widest > 1e-9:
            among = [h for h, gap in gaps.items() if gap >= widest - 1e-9]
            which = "|".join(
                f"{re.escape(names.of[h])} \\({figure(answer['low'][h])} to {figure(answer['high'][h])}\\)" for h in among
            )
            yield f"They differ most on (?:{which})\\."
    if answer["families"]:
        sums = [re.escape(f["family"]) + " " + figure(f["mean"]) for f in answer["families"]]
        yield "Families together: " + (sums[0] if len(sums) == 1 else f"{', '.join(sums[:-1])} and {sums[-1]}") + "\\."
    if number == 1:
        yield re.escape("This is one person alone; what has helped in studies is the mean of several.")
    given = any(h.prior is not None for h in judged.scenario.active)
    priors = "the priors of the scenario" if given else "even priors"
    yield re.escape(f"By the ratings: bayes, {priors}; the place is by {answer['method']}.")


def closing_owed(answer: dict[str, Any], names: Names) -> str | None:
    """The sentence with which a ranking closes where people and the matrix differ."""
    if answer["mean"] is None or not answer["leaders"] or set(answer["highest"]) & set(answer["leaders"]):
        return None
    who = "The one who gave an estimate puts" if answer["people"] == 1 else f"The {answer['people']} who gave estimates put"
    share = figure(answer["mean"][answer["highest"][0]])
    return re.escape(f"{who} {names.all(answer['highest'])} first (") + share + re.escape("): ach estimate ") + ".*"


def settled_owed(judged: Judged, names: Names) -> str | None:
    """The line below a title once it is known what was true."""
    outcome = told(judged.outcome)
    on = f" {outcome['date']}" if outcome["date"] else ""
    if outcome["annulled"]:
        return re.escape(f"Annulled{on}.")
    if outcome["hypothesis"] is None:
        return None
    what = names.all(outcome["hypothesis"]) if outcome["hypothesis"] else "none of these"
    return re.escape(f"Settled{on}: {what}.")


def date_words(text: str) -> str:
    """A date as a page of the report says it, with its preposition."""
    words = "in " + text if len(text) == 4 else f"{calendar.month_name[int(text[5:7])]} {text[:4]}"
    return words if len(text) == 4 else f"on {int(text[8:])} {words}" if len(text) == 10 else f"in {words}"


def settled_page_owed(judged: Judged, request: Request, full: dict[str, str]) -> str | None:
    """The line of a report below its title once it is known what was true; `full` are the names of the hypotheses."""
    outcome, scenario = told(judged.outcome), judged.scenario
    date = outcome["date"]
    when = f" {date_words(date)}" if date else ""
    if outcome["annulled"]:
        return re.escape(f"Annulled{when}: the question made no sense after all.")
    if outcome["hypothesis"] is None:
        return None
    what = listing([full[h] for h in outcome["hypothesis"]]) if outcome["hypothesis"] else "none of the hypotheses"
    known = f" as of {date_words(scenario.as_of).split(' ', 1)[1]}" if scenario.as_of else ""
    items = counting(scenario, request).items
    later = [e for e in items if date and e.date and last_day(e.date) > last_day(date)]
    unit = {4: "year", 7: "month", 10: "day"}[len(date or "0000-00-00")]
    after = f", with items from after that {unit}" if later else ""
    return re.escape(f"Settled{when}: {what}. Below is the analysis{known}, unchanged{after}.")


def elsewhere(page: str, owed: str | None, like: str) -> Iterator[str]:
    """Whether a line that begins in this way is on a page where it is owed, and only there."""
    found = [line for line in lines_of(page) if re.match(like, line)]
    if [bool(re.fullmatch(owed, line)) for line in found] != [True] if owed else found:
        yield f"expected {owed}, got {found}"


def figure(p: float) -> str:
    """A pattern of a share on the page."""
    hair = ["0%", "<1%"] if 0 < p < 2 * NOISE else ["100%", ">99%"] if 0 < 1 - p < 2 * NOISE else []
    return "(?:" + "|".join(dict.fromkeys([per_cent(q) for q in (p - 1e-9, p, p + 1e-9)] + hair)) + ")"


def remarks_owed(entry: dict[str, Any], said: Said, names: Names) -> Iterator[str]:
    if entry["missing"]:
        yield re.escape(f"not counted, since it does not state {names.all(entry['missing'])}")
    if entry["incoherence"] > 1e-9:
        goal = "adds up to 100%" if entry["complete"] else "adds up to no more than 100%"
        text = re.escape(", which adds up to ") + figure(entry["sum"]) + re.escape(f"; read as the nearest that {goal}")
        pairs = [(h, p, said.coherent[h]) for h, p in said.stated.items()]
        zeroed = [h for h, p, q in pairs if p > 0 and q <= 1e-9]
        lifted = [h for h, p, q in pairs if p <= 0 and q > 1e-9]
        text += re.escape(f", which takes {names.all(zeroed)} to 0") if zeroed else ""
        text += re.escape(f", which lifts {names.all(lifted)} from 0") if lifted else ""
        stated = [re.escape(names.of[h]) + " " + figure(p) for h, p, _ in pairs]
        if len(stated) <= 6:
            yield "said " + (stated[0] if len(stated) == 1 else f"{', '.join(stated[:-1])} and {stated[-1]}") + text
        else:
            yield "said .*" + text
    if entry["since"]:
        number = len(entry["since"])
        ids = listing(entry["since"]) if number <= 3 else None
        items = re.escape(f"({ids})") if ids else "\\(.*\\)"
        yield re.escape(f"made before {number} {'item' if number == 1 else 'items'} ") + items


# ---------------------------------------------------------------- post-mortem


def looking_back_owed(answer: dict[str, Any], judged: Judged, names: Names) -> Iterator[str]:
    """What the page of `ach post-mortem` on one file must say."""
    date = told(judged.outcome)["date"]
    on = f" ({date})" if date else ""
    reason = answer["not_scored"]
    if reason == "open":
        yield re.escape("It is not known yet what was true, so nothing is scored.")
    elif reason == "annulled":
        yield re.escape(f"Annulled{on}: the question made no sense after all, so nothing is scored.")
    elif reason == "several":
        ids = listing(answer["outcome"]["hypothesis"])
        yield re.escape(
            f"Several{on}: {ids} were all true, so that the hypotheses did not exclude each other and nothing is scored."
        )
    if reason:
        return
    true = (answer["outcome"]["hypothesis"] or [None])[0]
    text = f"It was {names.of[true] if true else 'none of the hypotheses listed'}{on}."
    own = answer["methods"][answer["method"]]
    if own["leaders"]:
        known = f" of {answer['known_by']}" if answer["known_by"] else ""
        text += f" The matrix{known} had {names.all(own['leaders'])}"
        if true:
            rank = own["rank"]
            text += (
                f"; {names.of[true]} did not compete" if rank is None else " in the lead" if rank == 1
                else f"; {names.of[true]} was {rank}{ordinal(rank)} of {own['of']}"
            )
        text += "."
    yield re.escape(text)
    people = sorted(answer["people"], key=lambda p: p["last"]["brier"])
    for person in people:
        last, first = person["last"], person["first"]
        days = last["days"]
        remark = [f"said {days:,} {'day' if days == 1 else 'days'} before"] if days is not None else []
        beside = re.escape("; ".join(remark))
        if first:
            beside += "; " * bool(remark) + f"first {figure(first['probability'])}, {score(first['brier'])}"
        yield row(person["by"], last["probability"], last["brier"], person["even"], beside)
    if answer["mean"]:
        mean = answer["mean"]
        yield row(f"mean of {mean['people']}", mean["probability"], mean["brier"], mean["even"], "")
    if answer["bayes"]:
        bayes = answer["bayes"]
        yield row("the ratings", bayes["probability"], bayes["brier"], bayes["even"], "bayes")
    if answer["rival"]:
        rival, truth = names.of[answer["rival"]], names.of[true]
        if answer["misled"]:
            yield re.escape(f"Put {rival} ahead of {truth}, by {answer['method']}")
        if answer["helped"]:
            yield re.escape(f"Spoke for {truth} against {rival}")
        for item in [*answer["misled"][:8], *answer["helped"][:8]]:
            yield f"\\| {re.escape(item['evidence'])} \\| {score(item['difference'])} \\| .*"
    if answer["people"] or answer["mean"] or answer["bayes"]:
        known = f" What counts was known on {answer['known_by']}." if answer["known_by"] else ""
        yield re.escape(
            "Brier: 0 is perfect, 2 the worst, and even odds are what knowing nothing would score." + known
        )


def ordinal(n: int) -> str:
    return "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def score(x: float) -> str:
    hair = ["0.00", "<0.01"] if 0 < abs(x) < 2 * NOISE else []  # whether that is noise the page may see otherwise
    return "(?:" + "|".join(dict.fromkeys([re.escape(two(abs(y))) for y in (x - 1e-9, x, x + 1e-9)] + hair)) + ")"


def row(who: str, given: float, points: float, even: float, beside: str) -> str:
    return f"\\| {re.escape(who)} \\| {figure(given)} \\| {score(points)} \\| {score(even)} \\| {beside} ?\\|"


# ---------------------------------------------------------------- record


def record_owed(answer: dict[str, Any]) -> Iterator[str]:
    """What the page of `ach post-mortem` on several files must say."""
    cases, out = len(answer["cases"]), answer["not_scored"]
    settled = cases - sum(out.values())
    words = {"open": "open", "annulled": "annulled", "several": "with several true answers"}
    reasons = ", ".join(f"{n} {words[reason]}" for reason, n in out.items() if n)
    rest = f"; not scored: {reasons}" if reasons else ""
    yield re.escape(f"Of {cases} {'case' if cases == 1 else 'cases'} {settled} {'is' if settled == 1 else 'are'} settled{rest}.")
    one_true = answer["methods"]["weighted"]["cases"]
    if one_true:
        led = [
            f"{own['alone']} by {m}" + (f" (and level in {own['level']})" if own["level"] else "")
            for m, own in ((m, answer["methods"][m]) for m in METHODS)
        ]
        yield re.escape(f"Of the {one_true} with one true hypothesis it led alone in {', '.join(led)}.")
    if not answer["record"]:
        return
    for own in answer["record"]:
        who = own["by"] or {"mean": "mean", "bayes": "the ratings"}[own["who"]]
        revised = f"{score(own['first_brier'])} -> {score(own['last_brier'])} \\({own['revised']} revised\\)" if own["revised"] else ""
        yield f"\\| {re.escape(who)} \\| {own['cases']} \\| {score(own['brier'])} \\| {score(own['even'])} \\| {revised} ?\\|"
        points = sum(b["count"] for b in own["calibration"])
        if own["who"] == "mean" and points >= FEW:
            yield re.escape(f"What the mean said, and how often it came true ({points} figures)")
            bins = [(n, b) for n, b in enumerate(own["calibration"]) if b["count"]]
            came = [f"{10 * n}% to {10 * n + 10}%: {round(b['true'] * b['count'])} of {b['count']}" for n, b in bins]
            yield re.escape("; ".join(came))
    yield re.escape(
        "Brier: 0 is perfect, 2 the worst. People who judged different cases cannot be compared by their scores."
    )


# ---------------------------------------------------------------- pages


def faults(page: str, owed: list[str], known: str, marked: bool) -> Iterator[str]:
    """Sentences that are owed and not there, and those that nothing allows; `known` is a pattern of what claims nothing."""
    lines = lines_of(page)
    # Title and question are the scenario's own; a marking stands above and below.
    heads = [n for n, line in enumerate(lines) if re.match(HEAD, line)]
    left = lines[heads[0] + 1 if heads else int(marked) : len(lines) - marked]
    for pattern in owed:
        found = next((line for line in left if re.fullmatch(pattern, line)), None)
        if found is None:
            yield f"not said: {pattern}"
        else:
            left.remove(found)
    yield from (f"not true or not known: {line}" for line in left if not re.fullmatch(known, line))
