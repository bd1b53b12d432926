"""An independent count of what people think, what came of it, and what is doubtful about both.

    python3 tests/oracle/estimating.py target/debug/ach [CASES] [SEED]

Writes scenarios by chance with estimates and an outcome, asks `ach estimate` and `ach post-mortem` on one file, on several
and on a folder, and compares every figure with what judging.py counts, to 1e-9, every sentence with what saying.py works
out, and the findings of `ach check` about estimates, outcome and indicators with those that recounting.py counts.
"""

from __future__ import annotations

import datetime
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from decimal import localcontext
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True

import generate  # noqa: E402
import recounting  # noqa: E402
from counting import Request  # noqa: E402
from documents import differences, parse  # noqa: E402
from exact import DIGITS  # noqa: E402
from judging import Judged, looking_back, record, thinking, unscored  # noqa: E402
from reading import METHODS, Unscorable  # noqa: E402
from saying import Names, closing_owed, elsewhere, faults, looking_back_owed, record_owed, settled_owed, settled_page_owed, thinking_owed  # noqa: E402

SHARES = [0, 0, 1, 0.05, 0.1, 0.2, 0.25, 0.35, 0.5, 0.8, 0.333, 0.005]
PLAIN = r"[\w.-]+( [\w.-]+)*"  # a name that Markdown leaves as it is
MARKUP = r"[\\*_`\[\]<>&|#~\n]|[^\S ]|[^\w\s!-~]"  # what Markdown, or `ach`, may spell in another way
TOGETHER = 6  # cases of a folder


def day(dice: random.Random) -> str | None:
    """A date of the years in which items are dated, often on the same days, sometimes a month or a year."""
    date = datetime.date(dice.choice([2020, 2023, 2025]), dice.choice([1, 6, 12]), dice.choice([1, 15, 28]))
    return dice.choice([str(date), str(date), str(date), f'"{str(date)[:7]}"', f'"{date.year}"', None])


def watched(dice: random.Random, judged: Judged) -> Iterator[str]:
    """Indicators with ratings; those that were observed became an item, some of whose cells are rated as was said."""
    items = judged.scenario.items
    seen = dice.sample(items, min(len(items), dice.randint(0, 3)))
    taken = {i.id for i in judged.scenario.indicators}
    for iid, item in [*((f"watch-{n}", None) for n in range(dice.randint(0, 2))), *((e.id, e) for e in seen)]:
        if iid in taken:
            continue
        status = "observed" if item and dice.random() < 0.8 else dice.choice(["pending", "not-observed"])
        yield from ["[[indicator]]", f'id = "{iid}"', 'text = "It happens"', f'status = "{status}"', "[indicator.ratings]"]
        one = dice.choice([None, "N", "CC", "NA"])
        for h in judged.ids:
            rating = one or dice.choice(["CC", "C", "N", "I", "II", "NA"])
            rating = item.ratings.get(h, rating) if item and dice.random() < 0.7 else rating
            if dice.random() < 0.9:
                yield f'{h} = "{rating}"' if dice.random() < 0.8 else f'{h} = {{ rating = "{rating}", note = "n" }}'


def people_think(dice: random.Random, judged: Judged) -> str:
    """Rated indicators, estimates and an outcome, as tables at the end of a file."""
    ids = judged.ids
    lines = ["", *watched(dice, judged), "[outcome]"]
    true = dice.choice([None, None, [], "one", "one", "one", "one", ids[:2]])
    if true == "one":
        lines.append(f'hypothesis = "{dice.choice(ids)}"')
    elif true is not None:
        lines.append(f"hypothesis = {str(true)}")
    elif dice.random() < 0.5:
        lines.append("annulled = true")
    when = day(dice)
    lines += [f"date = {when}"] if when else []
    for n in range(dice.randint(0, 7)):
        when = day(dice)
        named = [h for h in ids if dice.random() < dice.choice([0.5, 0.95, 1, 1])]
        if dice.random() < 0.3 and named:  # as people who take care
            cuts = sorted(dice.random() for _ in named[1:])
            stated = [b - a for a, b in zip([0, *cuts], [*cuts, 1])]
        else:
            stated = [dice.choice(SHARES) for _ in named]
        lines += ["[[estimate]]", f'id = "s{n}"', f'by = "{dice.choice(["Ann", "Ben", "Cleo", "Dov"])}"']
        lines += [f"date = {when}"] if when else []
        lines += ["[estimate.probabilities]", *(f"{h} = {p}" for h, p in zip(named, stated))]
    return "\n".join(lines) + "\n"


def written(dice: random.Random, seed: int) -> tuple[str, Judged]:
    """A scenario by chance that can be scored, and what judging.py reads from it."""
    while True:
        text = generate.generate(seed, small=dice.random() < 0.8)
        seed += 1_000_000
        try:
            judged = Judged.of(text.encode())
            text += people_think(dice, judged) if judged.ids else ""
            judged = Judged.of(text.encode())
        except Unscorable:
            continue
        if judged.ids and len(judged.ids) < 12 and not judged.scenario.faults:
            return text, judged


def run(ach: str, *words: str) -> bytes:
    done = subprocess.run([ach, *words], capture_output=True, timeout=120)
    assert done.returncode == 0, (words, done.stderr.decode())
    return done.stdout


def headers(judged: Judged, data: str) -> Names:
    """Short names where there are some, else ids: as sentences name hypotheses."""
    import tomllib

    raw = {h["id"]: h.get("short") or h["id"] for h in tomllib.loads(data.removeprefix("\ufeff"))["hypothesis"]}
    return Names(judged, raw)


def wrong(ach: str, words: list[str], expected: dict[str, Any]) -> Iterator[str]:
    yield from differences(expected, parse(run(ach, *words, "--format", "json")))


def wrong_words(ach: str, words: list[str], owed: Iterator[str], known: str, marked: bool) -> Iterator[str]:
    yield from faults(run(ach, *words, "--format", "markdown").decode(), list(owed), known, marked)


def claims(judged: Judged) -> bool:
    """Whether the names of a scenario can be found again on a page of Markdown."""
    plain = lambda text: text is None or re.fullmatch(PLAIN, text) is not None
    named = [h.family for h in judged.scenario.hypotheses]
    return all(plain(text) for text in named)


def of_one(ach: str, path: Path, text: str, judged: Judged, seed: int) -> list[str]:
    """What is wrong with the answers on one file."""
    dice = random.Random(seed)
    found: list[str] = []
    for as_of in (None, dice.choice(["2020-06-15", "2023", "2025-01"])):
        method = dice.choice([None, *METHODS])
        words = [str(path), *(["--as-of", as_of] if as_of else []), *(["--method", method] if method else [])]
        request = Request(method, as_of)
        with localcontext(DIGITS):
            think, back = thinking(judged, request), looking_back(judged, request)
        found += [f"estimate {words[1:]}: {w}" for w in wrong(ach, ["estimate", *words], think)]
        found += [f"post-mortem {words[1:]}: {w}" for w in wrong(ach, ["post-mortem", *words], back)]
        names = headers(judged, text)
        limits = ["--as-of", as_of] if as_of else []
        findings = parse(run(ach, "check", str(path), *limits, "--format", "json"))
        found += [f"check {limits}: {w}" for w in recounting.differing(findings, [*recounting.expected(judged, text, as_of)])]
        full = {h.id: h.name for h in judged.scenario.hypotheses}
        if not any(re.search(MARKUP, name) for name in full.values()):
            page = run(ach, "report", *words, "--format", "markdown", "--sections", "method").decode()
            owed = settled_page_owed(judged, request, full)
            found += [f"report {words[1:]}: {w}" for w in elsewhere(page, owed, "Settled|Annulled")]
        if not claims(judged) or any(not re.fullmatch(PLAIN, n) for n in names.of.values()):
            continue
        about = r"\| .*"
        page = run(ach, "rank", *words, "--format", "markdown").decode()
        found += [f"rank {words[1:]}: {w}" for w in elsewhere(page, closing_owed(think, names), "The .* gave (an )?estimate")]
        found += [f"rank {words[1:]}: {w}" for w in elsewhere(page, settled_owed(judged, names), "Settled|Annulled")]
        marked = judged.scenario.marking is not None
        owed = thinking_owed(think, judged, names)
        found += [f"estimate {words[1:]}: {w}" for w in wrong_words(ach, ["estimate", *words], owed, about, marked)]
        owed = looking_back_owed(back, judged, names)
        about = r"\| (?:Who|---|Item) .*"
        found += [f"post-mortem {words[1:]}: {w}" for w in wrong_words(ach, ["post-mortem", *words], owed, about, marked)]
    return found


def of_several(ach: str, files: list[tuple[Path, Judged]], seed: int) -> list[str]:
    """What is wrong with the record over several files, named one by one and as their folder."""
    dice = random.Random(seed)
    as_of = dice.choice([None, None, "2023-06"])
    limits = ["--as-of", as_of] if as_of else []
    found: list[str] = []
    folder = files[0][0].parent
    for words, order in ([str(folder)], files), ([str(path) for path, _ in files[::-1]], files[::-1]):
        with localcontext(DIGITS):
            answer = record([(str(path), judged) for path, judged in order], Request(None, as_of))
        command = ["post-mortem", *words, *limits]
        found += [f"record: {w}" for w in wrong(ach, command, answer)]
        if not as_of:
            about = r"\| (?:Who|---) .*"
            found += [f"record: {w}" for w in wrong_words(ach, command, record_owed(answer), about, answer["marking"] is not None)]
    return found


def main() -> int:
    ach = sys.argv[1]
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    dice = random.Random(seed)
    reasons: dict[str | None, int] = {}
    with tempfile.TemporaryDirectory() as top:
        made = []
        for number in range(cases):
            folder = Path(top, f"{number // TOGETHER:05}")
            folder.mkdir(exist_ok=True)
            path = Path(folder, f"{number:05}.toml")
            text, judged = written(dice, seed * 10_000 + number)
            path.write_text(text)
            made.append((path, text, judged))
            reasons[unscored(judged.outcome)] = reasons.get(unscored(judged.outcome), 0) + 1
        groups = [made[n : n + TOGETHER] for n in range(0, cases, TOGETHER)]
        groups = [group for group in groups if len(group) > 1]
        with ThreadPoolExecutor(3) as pool:
            ones = [pool.submit(of_one, ach, *one, seed + n) for n, one in enumerate(made)]
            several = [
                pool.submit(of_several, ach, [(path, judged) for path, _, judged in group], seed + n)
                for n, group in enumerate(groups)
            ]
            found = [(str(one[0]), one[1], job.result()) for one, job in zip(made, ones)]
            found += [(str(group[0][0].parent), "", job.result()) for group, job in zip(groups, several)]
    bad = [one for one in found if one[2]]
    for path, text, what in bad[:5]:
        print(f"{path}:\n{text}\n" + "\n".join(what[:10]), file=sys.stderr)
    if bad:
        print(f"{len(bad)} differ", file=sys.stderr)
        return 1
    print(f"{cases} cases and {len(groups)} records agree: " + ", ".join(f"{n} {r or 'scored'}" for r, n in reasons.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
