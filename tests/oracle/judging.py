"""What people think and what came of it, counted from the definitions of docs/method.md.

Nearest probabilities are found by bisection on the threshold, not by sorting. Everything is worked out from the file
anew for each question; what the items say is taken from the rest of the oracle.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers import counted
from counting import Case, Request, counting
from exact import compare, descending, figure
from reading import METHODS, Scenario, day_text, last_day, read
from scoring import Ranking, ranking

Shares = dict[str, float]
DAY = datetime.timedelta(days=1)


@dataclass
class Said:
    """An estimate, and what is made of it."""

    id: str
    by: str
    date: str | None
    stated: Shares
    missing: list[str]
    coherent: Shares
    rest: float

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def counts(self) -> bool:
        return self.complete and bool(self.stated)


@dataclass
class Judged:
    """A file: its scenario, its estimates in order, and its outcome as written."""

    scenario: Scenario
    said: list[Said]
    outcome: dict[str, Any]

    @classmethod
    def of(cls, data: bytes) -> Judged:
        scenario, raw = read(data), tomllib.loads(data.decode("utf-8-sig"))
        said = [estimate(scenario, e) for e in raw.get("estimate", [])]
        return cls(scenario, said, raw.get("outcome", {}))

    @property
    def ids(self) -> list[str]:
        return [h.id for h in self.scenario.hypotheses]


def first_day(text: str) -> datetime.date:
    """The first day of a day, a month or a year."""
    return datetime.date.fromisoformat(text + "-01" * ((10 - len(text)) // 3))


def project(values: list[float], complete: bool) -> list[float]:
    """The nearest probabilities with a sum of 1 (complete), or of at most 1."""
    total = sum(values)
    if (abs(total - 1) if complete else total - 1) <= 1e-9:
        return list(values)
    low, high = -2.0, 2.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(max(v - middle, 0) for v in values) > 1 else (low, middle)
    return [max(v - low, 0.0) for v in values]


def estimate(scenario: Scenario, raw: dict[str, Any]) -> Said:
    written = raw.get("probabilities", {})
    stated = {h.id: float(written[h.id]) for h in scenario.hypotheses if h.id in written}
    missing = [h.id for h in scenario.active if h.id not in stated]
    coherent = dict(zip(stated, project(list(stated.values()), not missing)))
    closed = not missing and bool(stated)
    rest = 0.0 if closed else max(1.0 - sum(coherent.values(), 0.0), 0.0)
    return Said(raw["id"], raw["by"], day_text(raw.get("date")), stated, missing, coherent, rest)


def people(judged: Judged, until: datetime.date | None) -> dict[str, list[Said]]:
    """By person, in order of appearance: what is known of them, from the first to what stands."""
    known = [s for s in judged.said if until is None or s.date is None or last_day(s.date) <= until]
    found: dict[str, list[Said]] = {}
    for said in known:
        found.setdefault(said.by, []).append(said)
    day = lambda said: last_day(said.date) if said.date else datetime.date.min
    return {by: sorted(own, key=day) for by, own in found.items()}


def mean_of(judged: Judged, standing: list[Said]) -> tuple[int, Shares | None]:
    counting_ = [s for s in standing if s.counts]
    named = [h for h in judged.ids if any(h in s.coherent for s in counting_)]
    if not counting_:
        return 0, None
    return len(counting_), {h: sum(s.coherent.get(h, 0.0) for s in counting_) / len(counting_) for h in named}


def highest(shares: Shares) -> list[str]:
    return [h for h, p in shares.items() if max(shares.values()) - p <= 1e-9]


def dated(case: Case, after: datetime.date, until: datetime.date = datetime.date.max) -> list[str]:
    """The items that count and came within these days."""
    return [e.id for e in case.items if e.date and after < last_day(e.date) <= until]


# ---------------------------------------------------------------- estimate


def thinking(judged: Judged, request: Request) -> dict[str, Any]:
    """The answer of `ach estimate`."""
    case = counting(judged.scenario, request)
    by_person = people(judged, last_day(request.as_of) if request.as_of else None)
    known = [s for s in judged.said if any(s in own for own in by_person.values())]
    standing = [own[-1] for own in by_person.values()]
    number, mean = mean_of(judged, standing)
    among = [s for s in standing if s.counts]
    of = lambda pick: {h: pick(s.coherent.get(h, 0.0) for s in among) for h in mean} if mean else None
    posteriors = posteriors_of(case)
    return {
        "format": 1,
        "marking": judged.scenario.marking,
        "method": case.method,
        "as_of": request.as_of,
        "people": number,
        "mean": mean,
        "low": of(min),
        "high": of(max),
        "highest": highest(mean) if mean else [],
        "leaders": ranking(case, case.method).leaders,
        "bayes": posteriors or None,
        "families": families(judged, mean) if mean else [],
        "estimates": [listed(case, said, said in standing) for said in known],
        "shifts": [s for s in (shift(case, own) for own in by_person.values()) if s],
    }


def posteriors_of(case: Case) -> Shares:
    return {h: p for h, p in ranking(case, "bayes").scores.items() if p is not None}


def families(judged: Judged, mean: Shares) -> list[dict[str, Any]]:
    members: dict[str, list[str]] = {}
    for h in judged.scenario.active:
        if h.family is not None:
            members.setdefault(h.family, []).append(h.id)
    several = [(name, ids) for name, ids in members.items() if len(ids) > 1]
    return [{"family": name, "members": ids, "mean": sum(mean.get(h, 0.0) for h in ids)} for name, ids in several]


def listed(case: Case, said: Said, latest: bool) -> dict[str, Any]:
    moved = sum((said.coherent[h] - p) ** 2 for h, p in said.stated.items()) ** 0.5
    return {
        "id": said.id,
        "by": said.by,
        "date": said.date,
        "latest": latest,
        "complete": said.complete,
        "counts": latest and said.counts,
        "missing": said.missing,
        "stated": said.stated,
        "sum": sum(said.stated.values()) + 0.0,
        "coherent": said.coherent,
        "rest": said.rest,
        "incoherence": moved + 0.0,
        "since": dated(case, last_day(said.date)) if said.date else None,
    }


def shift(case: Case, own: list[Said]) -> dict[str, Any] | None:
    first, last = own[0], own[-1]
    if first is last or not (first.counts and last.counts):
        return None
    leading = highest(last.coherent)[0]
    between = dated(case, last_day(first.date), last_day(last.date)) if first.date and last.date else None
    return {
        "by": last.by,
        "from": first.id,
        "to": last.id,
        "highest": highest(last.coherent),
        "rise": last.coherent[leading] - first.coherent.get(leading, 0.0),
        "same_highest": highest(first.coherent) == highest(last.coherent),
        "items_between": between,
    }


# ---------------------------------------------------------------- outcome


def told(outcome: dict[str, Any]) -> dict[str, Any]:
    true = outcome.get("hypothesis")
    true = [true] if isinstance(true, str) else true
    return {"hypothesis": true, "annulled": outcome.get("annulled", False), "date": day_text(outcome.get("date"))}


def unscored(outcome: dict[str, Any]) -> str | None:
    true = told(outcome)["hypothesis"]
    if outcome.get("annulled"):
        return "annulled"
    return "open" if true is None else "several" if len(true) > 1 else None


def brier(shares: Shares, rest: float, true: str | None) -> float:
    rest = 0.0 if rest <= 1e-9 else rest
    return sum((p - (h == true)) ** 2 for h, p in shares.items()) + (rest - (true is None)) ** 2


@dataclass
class Settled:
    """A case against its outcome, as it was known before."""

    judged: Judged
    case: Case
    known_by: datetime.date | None
    true: str | None  # the hypothesis that was true, if one listed was

    @classmethod
    def of(cls, judged: Judged, request: Request) -> Settled:
        day = told(judged.outcome)["date"]
        days = [first_day(day) - DAY] if day else []
        days += [last_day(request.as_of)] if request.as_of else []
        known_by = min(days) if days else None
        case = counting(judged.scenario, Request(request.method, str(known_by) if known_by else None))
        true = told(judged.outcome)["hypothesis"]
        return cls(judged, case, known_by, true[0] if true else None)

    def score(self, shares: Shares, rest: float = 0.0) -> dict[str, float]:
        """What a vector gave the true class, and its scores."""
        residual = next((h.id for h in self.judged.scenario.hypotheses if h.residual), None)
        true = self.true if self.true in shares else residual if residual in shares else None
        even = {h: 1 / len(shares) for h in shares}
        given = shares[true] if true else 0.0 if rest <= 1e-9 else rest
        return {"probability": given, "brier": brier(shares, rest, true), "even": brier(even, 0.0, true)}

    def among(self, shares: Shares) -> list[tuple[float, bool]]:
        """Each probability that was said, and whether it came true."""
        residual = next((h.id for h in self.judged.scenario.hypotheses if h.residual), None)
        true = self.true if self.true in shares else residual if residual in shares else None
        return [(p, h == true) for h, p in shares.items()]

    def persons(self) -> list[tuple[str, list[Said]]]:
        dated_ = told(self.judged.outcome)["date"] is not None
        own = people(self.judged, self.known_by).items()
        scored = [(by, [s for s in said if s.stated and (s.date or not dated_)]) for by, said in own]
        return [(by, said) for by, said in scored if said]

    def mean(self) -> tuple[int, Shares | None]:
        return mean_of(self.judged, [said[-1] for _, said in self.persons()])

    def bayes(self) -> Shares:
        shares = posteriors_of(self.case)
        if shares and self.true and self.true not in shares:
            shares[self.true] = 0.0
        return {h: shares[h] for h in self.judged.ids if h in shares}

    def said_before(self, said: Said) -> dict[str, Any]:
        day = told(self.judged.outcome)["date"]
        days = (first_day(day) - last_day(said.date)).days if day and said.date else None
        scored = self.score(said.coherent, said.rest)
        return {
            "id": said.id,
            "date": said.date,
            "days": days,
            "probability": scored["probability"],
            "brier": scored["brier"],
        }

    def person(self, by: str, said: list[Said]) -> dict[str, Any]:
        return {
            "by": by,
            "first": self.said_before(said[0]) if len(said) > 1 else None,
            "last": self.said_before(said[-1]),
            "even": self.score(said[-1].coherent, said[-1].rest)["even"],
        }

    def differences(self) -> tuple[str | None, list[Any], list[Any]]:
        """The rival, and the items that spoke for it and for the truth."""
        method = self.case.method
        result: Ranking = ranking(self.case, method)
        order = sorted(result.who, key=lambda h: (result.ranks[h], self.judged.ids.index(h)))
        others = [h for h in order if h != self.true]
        if self.true not in result.who or not others:
            return None, [], []
        rival, truth = counted(self.case, method, others[0]), counted(self.case, method, self.true)
        ids = [e.id for e in self.case.items]

        def speaking(one: Any, other: Any) -> list[Any]:
            zero = lambda x: x - x
            gap = {e: one[e] - other[e] for e in ids}
            out = descending([e for e in ids if compare(gap[e], zero(gap[e])) > 0], lambda e: gap[e])
            return [{"evidence": e, "difference": figure(gap[e])} for e in out]

        return others[0], speaking(rival, truth), speaking(truth, rival)


def looking_back(judged: Judged, request: Request) -> dict[str, Any]:
    """The answer of `ach post-mortem` on one file."""
    settled = Settled.of(judged, request)
    reason = unscored(judged.outcome)
    rankings = {m: ranking(settled.case, m) for m in METHODS}
    true = None if reason else settled.true
    answer: dict[str, Any] = {
        "format": 1,
        "marking": judged.scenario.marking,
        "method": settled.case.method,
        "known_by": str(settled.known_by) if settled.known_by else None,
        "outcome": told(judged.outcome),
        "not_scored": reason,
        "people": [],
        "mean": None,
        "bayes": None,
        "methods": {
            m: {"rank": r.ranks[true] if true else None, "of": len(r.who), "leaders": r.leaders}
            for m, r in rankings.items()
        },
        "rival": None,
        "misled": [],
        "helped": [],
    }
    if reason:
        return answer
    number, mean = settled.mean()
    bayes = settled.bayes()
    rival, misled, helped = settled.differences() if true else (None, [], [])
    return answer | {
        "people": [settled.person(by, said) for by, said in settled.persons()],
        "mean": {"people": number, **settled.score(mean)} if mean else None,
        "bayes": settled.score(bayes) if bayes else None,
        "rival": rival,
        "misled": misled,
        "helped": helped,
    }


# ---------------------------------------------------------------- record


@dataclass
class Tally:
    """What one forecaster said over the cases."""

    last: list[dict[str, float]]
    first: list[tuple[float, float]]  # of who revised: first and last
    said: list[tuple[float, bool]]

    def document(self, who: str, by: str | None) -> dict[str, Any]:
        average = lambda numbers: sum(numbers) / len(numbers) if numbers else None
        bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
        for p, came in self.said:
            bins[min(9, int(10 * p + 1e-9))].append((p, came))
        return {
            "who": who,
            "by": by,
            "cases": len(self.last),
            "brier": average([s["brier"] for s in self.last]),
            "even": average([s["even"] for s in self.last]),
            "revised": len(self.first),
            "first_brier": average([f for f, _ in self.first]),
            "last_brier": average([s for _, s in self.first]),
            "calibration": [
                {"count": len(b), "mean": average([p for p, _ in b]), "true": average([float(c) for _, c in b])}
                for b in bins
            ],
        }


def record(files: list[tuple[str, Judged]], request: Request) -> dict[str, Any]:
    """The answer of `ach post-mortem` on several files."""
    reasons = [unscored(judged.outcome) for _, judged in files]
    scored = [Settled.of(judged, request) for (_, judged), reason in zip(files, reasons) if not reason]
    tallies: dict[tuple[str, str | None], Tally] = {}
    late = [("mean", None), ("bayes", None)]
    for settled in scored:
        for by, said in settled.persons():
            own = tallies.setdefault(("person", by), Tally([], [], []))
            before, after = (settled.score(s.coherent, s.rest) for s in (said[0], said[-1]))
            own.last.append(after)
            own.first += [(before["brier"], after["brier"])] if len(said) > 1 else []
            own.said += settled.among(said[-1].coherent)
        for who, shares in zip(late, (settled.mean()[1], settled.bayes())):
            if shares:
                own = tallies.setdefault(who, Tally([], [], []))
                own.last.append(settled.score(shares))
                own.said += settled.among(shares)
    order = [who for who in tallies if who not in late] + [who for who in late if who in tallies]
    one_true = [settled for settled in scored if settled.true]
    leaders = {m: [(ranking(s.case, m).leaders, s.true) for s in one_true] for m in METHODS}
    markings = list(dict.fromkeys(j.scenario.marking for _, j in files if j.scenario.marking))
    several = f"{', '.join(markings[:-1])} and {markings[-1]}" if len(markings) > 1 else None
    return {
        "format": 1,
        "marking": several or (markings[0] if markings else None),
        "cases": [
            {"path": path, "title": judged.scenario.title, "outcome": told(judged.outcome), "not_scored": reason}
            for (path, judged), reason in zip(files, reasons)
        ],
        "record": [tallies[who].document(*who) for who in order],
        "methods": {
            m: {
                "cases": len(one_true),
                "alone": sum(led == [true] for led, true in leaders[m]),
                "level": sum(true in led and len(led) > 1 for led, true in leaders[m]),
            }
            for m in METHODS
        },
        "not_scored": {reason: reasons.count(reason) for reason in ("open", "annulled", "several")},
    }


def judged_file(path: Path) -> Judged:
    return Judged.of(path.read_bytes())
