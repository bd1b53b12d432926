"""Documents of the program: strictly read, and compared with those of the oracle."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Iterator

import oracle
import robustness

SIGMAS = 4.5
RARE = 8  # draws: what is rarer than a few in all does not spread like a normal distribution
NEVER = 1e-12
DRAWN = ("alone", "level", "acceptability", "pairwise")


class Malformed(Exception):
    """The output is not the JSON that docs/json.md promises."""


def strict_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise Malformed("a key stands twice in one object")
    return dict(pairs)


def strict_number(text: str) -> int | float:
    if re.fullmatch(r"-0(\.0+)?([eE].*)?", text):
        raise Malformed("-0")
    return float(text) if set(text) & set(".eE") else int(text)


def no_constant(text: str) -> Any:
    raise Malformed(text)


def parse(data: bytes) -> Any:
    try:
        text = data.decode("utf-8")
        raw = oracle.ESCAPED.search(text) or re.search("[\x00-\x08\x0b-\x1f]", text)
        if raw and raw[0] not in "\u2028\u2029":
            raise Malformed(f"the raw character U+{ord(raw[0]):04X}")
        return json.loads(
            text,
            object_pairs_hook=strict_object,
            parse_float=strict_number,
            parse_int=strict_number,
            parse_constant=no_constant,
        )
    except ValueError as error:
        raise Malformed(str(error)) from None


# ---------------------------------------------------------------- differences


def close(expected: float, actual: float, path: str) -> bool:
    """Within 1e-9, absolute or relative; scores relative only, so that tiny posteriors count."""
    floor = 1e-300 if path.endswith(".score") or ".scores." in path else 1e-9
    return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=floor)


def differences(expected: Any, actual: Any, path: str = "$") -> Iterator[str]:
    number = isinstance(actual, (int, float)) and not isinstance(actual, bool)
    if isinstance(expected, float) and number:
        if not close(expected, actual, path):
            yield f"{path}: expected {expected!r}, got {actual!r}"
    elif type(expected) is not type(actual):
        yield f"{path}: expected {expected!r}, got {actual!r}"
    elif isinstance(expected, dict):
        missing = [k for k in expected if k not in actual]
        surplus = [k for k in actual if k not in expected]
        if missing or surplus:
            yield f"{path}: missing keys {missing}, surplus keys {surplus}"
        elif list(expected) != list(actual):
            yield f"{path}: expected the key order {list(expected)}, got {list(actual)}"
        for key in expected:
            if key in actual:
                yield from differences(expected[key], actual[key], f"{path}.{key}")
    elif isinstance(expected, list):
        if len(expected) != len(actual):
            yield f"{path}: expected {len(expected)} entries, got {len(actual)}"
        for n, (left, right) in enumerate(zip(expected, actual)):
            yield from differences(left, right, f"{path}[{n}]")
    elif expected != actual:
        yield f"{path}: expected {expected!r}, got {actual!r}"


def plausible(expected: Any, actual: Any, draws: int) -> Any:
    """The probabilities that were drawn where they are near enough to the true ones, else the true ones."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {k: plausible(p, actual.get(k), draws) for k, p in expected.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [plausible(p, q, draws) for p, q in zip(expected, actual)]
    if not isinstance(expected, float) or not isinstance(actual, (int, float)):
        return expected
    certain = min(expected, 1 - expected) < NEVER
    allowed = NEVER if certain else SIGMAS * robustness.error(expected, draws) + RARE / draws
    return float(actual) if abs(actual - expected) <= allowed else expected


def drawn_differences(expected: Any, actual: Any) -> Iterator[str]:
    """Differences of a document whose probabilities are drawn: near the true ones, and coherent."""
    if not isinstance(actual, dict):
        actual = {}
    expected = dict(expected)
    for key in DRAWN:
        expected[key] = plausible(expected[key], actual.get(key), expected["draws"])
    expected["standard_error"] = robustness.errors({k: expected[k] for k in DRAWN}, expected["draws"])
    found = list(differences(expected, actual))
    yield from found
    if found:
        return
    rows = list(actual["acceptability"].values())
    for name, lines in (("row", rows), ("column", list(zip(*rows)))):
        for line in lines:
            if abs(math.fsum(line) - 1) > 1e-9:
                yield f"$.acceptability: a {name} sums to {math.fsum(line)!r}"
    for h, row in actual["pairwise"].items():
        for k, p in row.items():
            if abs(p + actual["pairwise"][k][h] - 1) > 1e-9:
                yield f"$.pairwise.{h}.{k}: {p!r} and the reverse do not make 1"
    for h, row in actual["acceptability"].items():
        if not actual["alone"][h] <= row[0] + 1e-9 or row[0] > actual["alone"][h] + actual["level"][h] / 2 + 1e-9:
            yield f"$.alone.{h}: {actual['alone'][h]!r} does not fit a first rank of {row[0]!r}"
