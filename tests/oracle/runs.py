"""What is run: command lines of the program, and the options they stand for in the oracle."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

import generate
import oracle
from reading import KINDS, LEVEL, METHODS, VALUE, Scenario, read

COMMANDS = (*oracle.COMMANDS, "check")
Options = dict[str, Any]  # of one run, by the oracle's names


@dataclass
class Run:
    """One command line, and what it is called with in the oracle."""

    command: str
    options: Options = field(default_factory=dict)

    def words(self, files: list[Path], consensus: Path, shape: str = "json") -> list[str]:
        words = [self.command, *map(str, files)]
        if self.command == "team":
            words += ["--consensus-out", str(consensus)]
        for key, value in self.options.items():
            if key == "hypothesis":
                words.append(value)
            elif key == "every":
                words += ["--all"] if value else []
            else:
                words.append(f"--{key.replace('_', '-')}={value}")
        return [*words, "--format", shape]


# ---------------------------------------------------------------- options


def random_filter(r: random.Random, scenario: Scenario, columns: bool = True) -> str:
    """One to three terms, of things that are there more often than not; with `columns` also of hypotheses."""
    plain = lambda texts: [t for t in texts if t and t.isprintable() and '"' not in t] or ["nothing"]
    item = r.choice(scenario.items) if scenario.items else None
    texts = plain(item.text.split() if item else [])
    groups = plain([e.group for e in scenario.items if e.group])
    sources = plain([s for e in scenario.items for s in e.sources] + [s.name for s in scenario.sources])
    cites = sources != ["nothing"]  # a source that is nowhere is refused
    dates = [e.date for e in scenario.items if e.date] or ["2021"]
    level = lambda: r.choice(list(LEVEL))
    terms = [
        f'"{r.choice(texts)}"',
        item.id if item and "-" not in item.id else "e1",
        f"kind:{r.choice(KINDS)}",
        f'group:"{r.choice(groups)}"',
        f'source:"{r.choice(sources)}"' if cites else "kind:fact",
        "tag:t",
        f"date:{r.choice(dates)[: r.choice([4, 7, 10])]}",
        "blank",
        "status:active",
        "status:withdrawn",
        f"credibility:{level()}",
        f"relevance:{level()}",
        f"confidence:{level()}",
    ]
    if scenario.hypotheses and columns:
        hid = r.choice(scenario.hypotheses).id
        terms += [f"unrated:{hid}", f"rated:{hid}", f"rated:{hid}={r.choice(list(VALUE))}"]
    line = []
    for term in r.sample(terms, r.choice([1, 1, 2, 3])):
        line.append(("!" if r.random() < (0.4 if len(line) == 0 else 0.8) else "") + term)
    return " ".join(line)


def random_options(r: random.Random, command: str, scenario: Scenario) -> Options:
    options: Options = {}
    if r.random() < 0.6 and command != "team":
        options["method"] = r.choice(METHODS)
    if r.random() < (0.5 if command in ("table", "rank") else 0.25):
        day = f"{r.randint(2019, 2025)}-{r.choice(['01-31', '02-28', '06-15', '12-30', '12-31'])}"
        options["as_of"] = r.choice([day, day, day, day[:7], day[:4]])
    if r.random() < 0.35:
        options["where"] = random_filter(r, scenario, columns=command != "team")
    if command == "table" and r.random() < 0.6:
        options["sort"] = r.choice(oracle.SORTS)
    if command == "explain" and scenario.hypotheses and r.random() < 0.5:
        options = {"hypothesis": r.choice(scenario.hypotheses).id, **options}
    if command == "next" and r.random() < 0.5:
        options["every"] = True
    return options


def robust_options(r: random.Random, scenario: Scenario, drawn: bool) -> Options:
    """For a scenario of any size an exact run; for a small one, draws."""
    options = random_options(r, "robustness", scenario)
    if r.random() < 0.4:
        options["unrated"] = r.choice(["neutral", "neutral", "uniform"])
    if drawn:
        options["method"] = r.choice(["bayes", "bayes", *METHODS])
        if options["method"] != "bayes" or r.random() < 0.8:
            options["draws"] = r.choice([1000, 5000, 20000])
        options |= {"seed": r.randint(0, 2**32)} if r.random() < 0.5 else {}
    elif options.get("method", "bayes") == "bayes":
        options["method"] = r.choice(METHODS[:3])
    return options


# ---------------------------------------------------------------- runs


@dataclass
class Made:
    """The files of one seed."""

    file: Path
    small: Path
    raters: list[Path]

    @classmethod
    def of(cls, seed: int, directory: Path) -> Made:
        made = cls(Path(directory, f"{seed}.toml"), Path(directory, f"{seed}-small.toml"), [])
        made.file.write_bytes(generate.generate(seed).encode())
        made.small.write_bytes(generate.generate(seed, small=True).encode())
        for n, text in enumerate(generate.versions(seed)):
            made.raters.append(Path(directory, f"{seed}-rater-{n}.toml"))
            made.raters[-1].write_bytes(text.encode())
        return made


def runs_of_seed(seed: int, commands: list[str], directory: Path) -> Iterator[tuple[Run, list[Path]]]:
    """Every command plain, then with some options; draws where all can be enumerated."""
    made = Made.of(seed, directory)
    scenario, small = read(made.file.read_bytes()), read(made.small.read_bytes())
    for command in commands:
        r = random.Random(f"{seed} {command}")  # whatever other commands are run
        if command == "team":
            yield Run(command, random_options(r, command, read(made.raters[0].read_bytes()))), made.raters
        elif command == "diff":
            method = {"method": r.choice(METHODS)} if r.random() < 0.4 else {}
            yield Run(command, method), [made.raters[0], made.raters[-1]]
        elif command == "check":
            yield Run(command), [made.file]
            yield Run(command), [made.small]
        elif command == "robustness":
            yield Run(command, robust_options(r, scenario, drawn=False)), [made.file]
            yield Run(command, robust_options(r, small, drawn=True)), [made.small]
        else:
            yield Run(command), [made.file]
            yield Run(command, random_options(r, command, scenario)), [made.file]


def runs_of_file(file: Path, commands: list[str]) -> Iterator[tuple[Run, list[Path]]]:
    """Every command plain and under every method, and the table in every order."""
    for command in commands:
        if command in ("team", "diff"):
            yield Run(command), [file, file]
            continue
        if command == "check":
            yield Run(command), [file]
            continue
        for options in ({}, *({"method": m} for m in METHODS)):
            yield Run(command, options), [file]
        if command == "table":
            for sort in oracle.SORTS:
                yield Run(command, {"sort": sort}), [file]
        if command == "next":
            yield Run(command, {"every": True}), [file]
        if command == "robustness":
            yield Run(command, {"unrated": "neutral"}), [file]
