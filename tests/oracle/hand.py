"""Scenarios written by hand for the tests, and those that the generator makes."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import generate  # noqa: E402
import oracle  # noqa: E402
from counting import Case, Request, counting  # noqa: E402
from reading import METHODS, Scenario, read  # noqa: E402


def scenario(hypotheses: str, *items: str, scoring: str = "", more: str = "") -> Scenario:
    """`hypotheses` such as "a b:x c:0.3 d:residual e:family=f"; an item such as 'a=CC b=I/low; grade = "A1"'.

    Items are e1, e2 and so on. `more` is TOML for the end.
    """
    text = f'ach = 1\ntitle = "t"\n[scoring]\n{scoring}\n'
    for word in hypotheses.split():
        hid, _, rest = word.partition(":")
        text += f'[[hypothesis]]\nid = "{hid}"\nname = "{hid}"\n' + "".join(map(field, rest.split(",")))
    for n, line in enumerate(items, 1):
        cells, _, fields = line.partition(";")
        inline = ", ".join(map(cell, cells.split()))
        text += f'[[evidence]]\nid = "e{n}"\ntext = "t"\n{fields}\nratings = {{ {inline} }}\n'
    return read((text + more).encode())


def field(text: str) -> str:
    if text in ("", "x", "residual"):
        return {"": "", "x": 'status = "rejected"\n', "residual": "residual = true\n"}[text]
    return f'family = "{text[7:]}"\n' if text.startswith("family=") else f"prior = {text}\n"


def cell(text: str) -> str:
    """`a=CC` or, with a confidence, `a=CC/low`."""
    hid, _, rating = text.partition("=")
    rating, _, confidence = rating.partition("/")
    return f'{hid} = {{ rating = "{rating}", confidence = "{confidence or "medium"}" }}'


def told(command: str, s: Scenario, method: str | None = None, **options: Any) -> Any:
    return oracle.told(command, [s], ["file"], **({"method": method} if method else {}), **options)


def case(s: Scenario, method: str | None = None, **request: Any) -> Case:
    return counting(s, Request(method=method, **request))


def ids(items: list[Any]) -> list[str]:
    return [e.id for e in items]


def scores(s: Scenario, method: str) -> dict[str, Any]:
    return {h["id"]: h["score"] for h in told("table", s, method)["hypotheses"]}


def ranks(s: Scenario, method: str) -> dict[str, Any]:
    return {h["id"]: h["rank"] for h in told("table", s, method)["hypotheses"]}


def leaders(s: Scenario, method: str) -> list[str]:
    return told("table", s, method)["leaders"]


def chance(value: float, rho: float = 0.8, beta: float = 0.5) -> float:
    """p' of a rating of medium relevance."""
    return rho / (1 + 10 ** (-beta * value)) + (1 - rho) / 2


def bans(value: float, rho: float = 0.8) -> float:
    return math.log10(2 * chance(value, rho))


def small_scenarios(count: int, start: int = 0) -> Iterator[Scenario]:
    """Generated ones, each once under each method."""
    for seed in range(start, start + count):
        s = read(generate.generate(seed, small=True).encode())
        for method in METHODS:
            yield replace(s, method=method)


def sign_of(x: Any, tie: Decimal = Decimal("1e-9")) -> int:
    return 0 if abs(x) <= tie else 1 if x > 0 else -1
