"""An independent count of what people think and what came of it: estimates, their mean, and Brier scores.

    python3 tests/oracle/estimating.py target/debug/ach [CASES] [SEED]

Writes scenarios by chance, asks `ach estimate` and `ach post-mortem`, and compares every number with the ones counted here
from the definitions, to 1e-9. Nearest probabilities are found by bisection on the threshold, not by sorting.
"""

import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

DAYS = [date(2025, 12, 1) + timedelta(days=n) for n in range(0, 90, 9)]


def ask(ach, *words):
    done = subprocess.run([ach, *words, "--format", "json"], capture_output=True, text=True)
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


def project(values, complete):
    """The nearest probabilities with a sum of 1 (complete), or of at most 1."""
    total = sum(values)
    if (abs(total - 1) if complete else total - 1) <= 1e-9:
        return list(values)
    low, high = -2.0, 2.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(max(v - middle, 0) for v in values) > 1 else (low, middle)
    return [max(v - low, 0) for v in values]


def brier(shares, rest, truth):
    rest = 0 if rest <= 1e-9 else rest
    return sum((p - (h == truth)) ** 2 for h, p in shares.items()) + (rest - (truth is None)) ** 2


def chance(dice):
    """A scenario by chance, as plain values."""
    hypotheses = [{"id": f"h{n}", "active": dice.random() < 0.85, "residual": False} for n in range(dice.randint(1, 5))]
    if dice.random() < 0.5:
        hypotheses[-1]["residual"] = True
    ids = [h["id"] for h in hypotheses]
    items = [(f"e{n}", dice.choice([*DAYS, None])) for n in range(dice.randint(0, 4))]
    shares = [0, 0, 1, 0.05, 0.1, 0.2, 0.25, 0.35, 0.5, 0.8]
    estimates = []
    for n in range(dice.randint(0, 6)):
        named = [h for h in ids if dice.random() < 0.9]
        stated = {h: dice.choice(shares) for h in named}
        estimates.append((f"p{n}", dice.choice("ABC"), dice.choice([*DAYS, None]), stated))
    outcome = dice.choice([None, "annulled", [], [dice.choice(ids)], [dice.choice(ids)], ids[:2]])
    return hypotheses, items, estimates, outcome, dice.choice([None, *DAYS])


def spell(case, dice):
    hypotheses, items, estimates, outcome, day = case
    lines = ["ach = 1", 'title = "t"', "[outcome]"]
    if outcome == "annulled":
        lines.append("annulled = true")
    elif outcome is not None:
        lines.append(f"hypothesis = {json.dumps(outcome)}")
    if day:
        lines.append(f"date = {day}")
    for h in hypotheses:
        lines += ["[[hypothesis]]", f'id = "{h["id"]}"', 'name = "n"']
        lines += [] if h["active"] else ['status = "rejected"']
        lines += ["residual = true"] if h["residual"] else []
    for name, when in items:
        lines += ["[[evidence]]", f'id = "{name}"', 'text = "x"'] + ([f"date = {when}"] if when else [])
        row = ", ".join(f'{h["id"]} = "{dice.choice(["CC", "C", "N", "I", "II", "NA"])}"' for h in hypotheses)
        lines.append(f"ratings = {{ {row} }}")
    for name, by, when, stated in estimates:
        lines += ["[[estimate]]", f'id = "{name}"', f'by = "{by}"'] + ([f"date = {when}"] if when else [])
        lines += ["[estimate.probabilities]"] + [f"{h} = {p}" for h, p in stated.items()]
    return "\n".join(lines) + "\n"


def figures(hypotheses, estimate):
    active = [h["id"] for h in hypotheses if h["active"]]
    stated = estimate[3]
    complete = all(h in stated for h in active)
    coherent = dict(zip(stated, project(list(stated.values()), complete)))
    rest = 0 if complete and stated else max(1 - sum(coherent.values()), 0)
    return complete, coherent, rest


def standing(estimates, until):
    """By person the known estimates from the first to the last."""
    known = [(n, e) for n, e in enumerate(estimates) if until is None or e[2] is None or e[2] <= until]
    people = {}
    for n, e in known:
        people.setdefault(e[1], []).append((e[2] or date.min, n, e))
    return {by: [e for _, _, e in sorted(own, key=lambda one: one[:2])] for by, own in people.items()}


def mean_of(hypotheses, last):
    shares = [figures(hypotheses, e)[1] for e in last if figures(hypotheses, e)[0] and e[3]]
    named = [h["id"] for h in hypotheses if any(h["id"] in s for s in shares)]
    return len(shares), {h: sum(s.get(h, 0) for s in shares) / len(shares) for h in named} if shares else None


def same(told, counted, what):
    assert (told is None) == (counted is None), (what, told, counted)
    if isinstance(counted, dict):
        assert set(told) == set(counted), (what, told, counted)
        for key, value in counted.items():
            same(told[key], value, (what, key))
    elif counted is not None:
        assert abs(told - counted) < 1e-9, (what, told, counted)


def compare_estimates(ach, path, case):
    hypotheses, items, estimates, _, _ = case
    told = ask(ach, "estimate", path)
    people = standing(estimates, None)
    number, mean = mean_of(hypotheses, [own[-1] for own in people.values()])
    assert told["people"] == number, (told["people"], number)
    same(told["mean"], mean, "mean")
    for one, e in zip(told["estimates"], estimates, strict=True):
        complete, coherent, rest = figures(hypotheses, e)
        assert one["complete"] == complete and one["latest"] == (people[e[1]][-1] is e), one
        same(one["coherent"], coherent, "coherent")
        same(one["rest"], rest, "rest")
        moved = sum((coherent[h] - p) ** 2 for h, p in e[3].items()) ** 0.5
        same(one["incoherence"], moved, "incoherence")
        since = [name for name, when in items if when and e[2] and when > e[2]]
        assert one["since"] == (since if e[2] else None), one


def compare_outcome(ach, path, case):
    hypotheses, _, estimates, outcome, day = case
    told = ask(ach, "post-mortem", path)
    reason = {None: "open", "annulled": "annulled"}.get(outcome if not isinstance(outcome, list) else 0)
    reason = "several" if isinstance(outcome, list) and len(outcome) > 1 else reason
    assert told["not_scored"] == reason, (told["not_scored"], reason)
    if reason:
        assert told["people"] == [] and told["mean"] is None and told["bayes"] is None
        return
    until = day - timedelta(days=1) if day else None
    assert told["known_by"] == (str(until) if until else None)
    residual = next((h["id"] for h in hypotheses if h["residual"]), None)
    true_one = outcome[0] if outcome else None

    def truth(shares):
        return true_one if true_one in shares else residual if residual in shares else None

    last = []
    people = iter(told["people"])
    for by, own in standing(estimates, until).items():
        own = [e for e in own if e[3] and (e[2] or not day)]
        if not own:
            continue
        one = next(people)
        assert one["by"] == by and (one["first"] is None) == (len(own) == 1), one
        for said, e in ([(one["last"], own[-1])] + ([(one["first"], own[0])] if one["first"] else [])):
            _, shares, rest = figures(hypotheses, e)
            same(said["brier"], brier(shares, rest, truth(shares)), (by, "brier"))
            given = shares.get(truth(shares), 0 if rest <= 1e-9 else rest)
            same(said["probability"], given, (by, "probability"))
            assert said["days"] == ((day - e[2]).days if day and e[2] else None)
        _, shares, _ = figures(hypotheses, own[-1])
        same(one["even"], brier({h: 1 / len(shares) for h in shares}, 0, truth(shares)), (by, "even"))
        last.append(own[-1])
    assert next(people, None) is None
    number, mean = mean_of(hypotheses, last)
    same(told["mean"] and told["mean"]["brier"], mean and brier(mean, 0, truth(mean)), "mean brier")
    ranked = ask(ach, "rank", path, *(["--as-of", str(until)] if until else []))["ranking"]
    posteriors = {r["id"]: r["methods"]["bayes"]["score"] for r in ranked if r["methods"]["bayes"]["score"] is not None}
    if posteriors and true_one:
        posteriors.setdefault(true_one, 0)
    counted = brier(posteriors, 0, truth(posteriors)) if posteriors else None
    same(told["bayes"] and told["bayes"]["brier"], counted, "bayes brier")
    for method, place in told["methods"].items():
        rank = next((r["methods"][method]["rank"] for r in ranked if r["id"] == true_one), None)
        assert place["rank"] == rank, (method, place, rank)


def main():
    ach = sys.argv[1]
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "case.toml"))
        for number in range(cases):
            case = chance(dice)
            text = spell(case, dice)
            Path(path).write_text(text)
            try:
                compare_estimates(ach, path, case)
                compare_outcome(ach, path, case)
            except AssertionError:
                print(f"case {number}:\n{text}", file=sys.stderr)
                raise
    print(f"{cases} cases agree")


if __name__ == "__main__":
    main()
