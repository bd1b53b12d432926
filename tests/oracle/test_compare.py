"""The comparison itself, and the scenarios that it compares on."""

from __future__ import annotations

import itertools
import math
import random
import unittest
from typing import Any

import documents
import generate
import oracle
from counting import Request, counting
from filtering import passing
from hand import scenario, told
from reading import Scenario, read
from runs import random_filter


def generated(count: int) -> list[Scenario]:
    return [read(generate.generate(seed).encode()) for seed in range(count)]


class Generated(unittest.TestCase):
    def test_scenarios_load_and_repeat(self) -> None:
        for seed in range(100):
            text = generate.generate(seed)
            self.assertEqual(text, generate.generate(seed))
            document = told("rank", read(text.encode()))
            self.assertEqual(documents.parse(oracle.dump(document).encode()), document)
            versions = generate.versions(seed)
            self.assertEqual(versions, generate.versions(seed))
            self.assertIn(len(versions), (2, 3, 4))
            for version in versions:
                self.assertEqual(read(version.encode()).faults, [])

    def test_everything_that_scoring_depends_on_is_there(self) -> None:
        seen: dict[str, int] = dict.fromkeys(("residual", "family", "withdrawn", "premise", "unsearched", "covered"), 0)
        for s in generated(200):
            case = counting(s, Request())
            seen["residual"] += any(h.residual and h.active for h in s.hypotheses)
            seen["family"] += len({h.family for h in s.active}) < len(s.active)
            seen["withdrawn"] += any(e.status == "withdrawn" for e in s.items)
            seen["premise"] += any(e.status == "active" and e not in case.items for e in s.items)
            seen["unsearched"] += any(e.unsearched for e in s.items)
            seen["covered"] += any(h["covered"] for h in told("explain", s)["hypotheses"])
        for name, times in seen.items():
            self.assertGreater(times, 15, name)

    def test_filters_pass_some_items(self) -> None:
        some = 0
        for n, s in enumerate(generated(200)):
            some += 0 < len(passing(s, random_filter(random.Random(n), s))) < len(s.items)
        self.assertGreater(some, 60)


class Differences(unittest.TestCase):
    def test_the_comparison_sees_differences(self) -> None:
        same: list[Any] = [([1.0], [1]), ({"score": 1e-22}, {"score": 1e-22 * (1 + 1e-12)}), ([0.3], [0.3 + 1e-10])]
        other: list[Any] = [([1], [1.0]), ([1], [True]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ([0.3], [0.3001])]
        other += [({"score": 1e-22}, {"score": 1e-20}), ([None], [0]), ([1], [1, 2]), ({"a": 1}, {}), (["x"], ["y"])]
        for left, right in same:
            self.assertEqual(list(documents.differences(left, right)), [])
        for left, right in other:
            self.assertEqual(len(list(documents.differences(left, right))), 1, (left, right))
        for text in (b"[-0.0]", b"[NaN]", b'{"a":1,"a":2}', '"\u202e"'.encode(), b"\xff", b""):
            with self.assertRaises(documents.Malformed):
                documents.parse(text)

    def test_escapes(self) -> None:
        self.assertEqual(oracle.dump("ü\u202e\x07\x9b граница"), '"ü\\u202e\\u0007\\u009b граница"\n')
        self.assertNotIn("-0.0", oracle.dump(told("table", scenario("a b", "a=C b=N"))))

    def test_the_comparison_of_draws(self) -> None:
        s = scenario("a b", "a=I b=N/high")
        expected = told("robustness", s, "net", draws=10000, seed=7)
        found = lambda actual: list(documents.drawn_differences(expected, actual))
        self.assertEqual(found(expected), [])
        self.assertEqual(found(drawn(expected, 0.0925 + 0.008)), [])  # the standard error is 0.0029
        self.assertNotEqual(found(drawn(expected, 0.0925 + 0.02)), [])
        self.assertNotEqual(found(drawn(expected, 0.0925) | {"standard_error": None}), [])
        incoherent = {"pairwise": {"a": {"b": 0.0925}, "b": {"a": 0.909}}}
        self.assertNotEqual(found(drawn(expected, 0.0925) | incoherent), [])
        self.assertNotEqual(found([]), [])


def drawn(expected: Any, p: float) -> Any:
    """A document that found a first in this share of draws, being level with b more often."""
    more = 2 * (p - 0.0925)
    figures = {
        "alone": {"a": expected["alone"]["a"], "b": expected["alone"]["b"] - more},
        "level": {h: expected["level"][h] + more for h in "ab"},
        "acceptability": {"a": [p, 1 - p], "b": [1 - p, p]},
        "pairwise": {"a": {"b": p}, "b": {"a": 1 - p}},
    }
    of = lambda x: math.sqrt(x * (1 - x) / 10000)
    errors: dict[str, Any] = {key: {h: of(x) for h, x in figures[key].items()} for key in ("alone", "level")}
    errors["acceptability"] = {h: [of(x) for x in row] for h, row in figures["acceptability"].items()}
    errors["pairwise"] = {k: {h: of(p)} for k, h in itertools.permutations("ab", 2)}
    return {**expected, **figures, "standard_error": errors}


if __name__ == "__main__":
    unittest.main()
