"""The oracle against computations by hand: `python3 -m unittest` in this directory."""

from __future__ import annotations

import json
import math
import sys
import unittest
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import compare  # noqa: E402
import generate  # noqa: E402
import oracle  # noqa: E402

SCORE_CASES = Path(__file__).parent.parent / "corpus" / "score"


def scenario(hypotheses: str, *items: str, scoring: str = "") -> oracle.Scenario:
    """`hypotheses` such as "a b"; an item such as 'a=CC b=I; grade = "A1"'."""
    text = f'ach = 1\ntitle = "t"\n[scoring]\n{scoring}\n'
    for word in hypotheses.split():
        hid, _, rest = word.partition(":")
        fields = {"x": 'status = "rejected"'}.get(rest, f"prior = {rest}" if rest else "")
        text += f'[[hypothesis]]\nid = "{hid}"\nname = "{hid}"\n{fields}\n'
    for n, item in enumerate(items, 1):
        cells, _, fields = item.partition(";")
        ratings = ", ".join('{} = "{}"'.format(*cell.split("=")) for cell in cells.split())
        text += f'[[evidence]]\nid = "e{n}"\ntext = "t"\n{fields}\nratings = {{ {ratings} }}\n'
    return oracle.read(text.encode())


def scores(s: oracle.Scenario, method: str) -> dict[str, Any]:
    return {h["id"]: h["score"] for h in oracle.table(s, method)["hypotheses"]}


def ranks(s: oracle.Scenario, method: str) -> dict[str, Any]:
    return {h["id"]: h["rank"] for h in oracle.table(s, method)["hypotheses"]}


class Additive(unittest.TestCase):
    def test_each_method_sums_what_it_says(self) -> None:
        s = scenario("a b", "a=II b=CC; credibility = 'high'", "a=C b=I; relevance = 'low'", "a=NA b=N")
        self.assertEqual(scores(s, "inconsistency"), {"a": -2, "b": -1})
        # weighted: a = -2 sqrt2, b = -1/sqrt2; net: a = -2 sqrt2 + 1/sqrt2 = -3/sqrt2, b = 2 sqrt2 - 1/sqrt2
        self.assertEqual(scores(s, "weighted"), {"a": -2 * math.sqrt(2), "b": -math.sqrt(0.5)})
        self.assertAlmostEqual(scores(s, "net")["a"], -3 / math.sqrt(2), places=14)
        self.assertAlmostEqual(scores(s, "net")["b"], 3 / math.sqrt(2), places=14)

    def test_sign_of_a_surd_is_decided_by_integers(self) -> None:
        self.assertEqual(oracle.Surd(0, 0).sign(), 0)
        self.assertEqual(oracle.Surd(3, -2).sign(), 1)  # 3 > 2.83
        self.assertEqual(oracle.Surd(-3, 2).sign(), -1)
        self.assertEqual(oracle.Surd(7, -5).sign(), -1)  # 7 < 7.07
        # a convergent of sqrt(2): a*a - 2*b*b = 1, far below what a float can see
        self.assertEqual(oracle.Surd(1855077841, -1311738121).sign(), -1)
        self.assertEqual(oracle.Surd(4478554083, -3166815962).sign(), 1)

    def test_an_exact_tie_is_one_though_floats_differ(self) -> None:
        low, high = "credibility = 'low'", "credibility = 'high'"
        self.assertNotEqual(math.sqrt(2) + math.sqrt(0.5) + 1, math.sqrt(2) + 1 + math.sqrt(0.5))
        s = scenario("a b", f"a=I;{high}", f"a=I;{low}", "a=I", f"b=I;{high}", "b=I", f"b=I;{low}")
        self.assertEqual(ranks(s, "weighted"), {"a": 1, "b": 1})
        self.assertIsNone(oracle.table(s, "weighted")["margin"])

    def test_ranks_are_1224_and_the_margin_is_to_the_next_score(self) -> None:
        s = scenario("a b c d e:x", "a=I b=N c=I d=II e=CC")
        self.assertEqual(ranks(s, "inconsistency"), {"a": 2, "b": 1, "c": 2, "d": 4, "e": None})
        self.assertEqual(oracle.table(s, "inconsistency")["margin"], 1)
        order = [e["id"] for e in oracle.rank(s, "inconsistency")["ranking"]]
        self.assertEqual(order, ["b", "a", "c", "d", "e"])


class Weights(unittest.TestCase):
    def test_grades(self) -> None:
        by_level = {level: set() for level in (-1, 0, 1)}
        for letter in "ABCDEF":
            for digit in "123456":
                by_level[oracle.grade_level(letter + digit)].add(letter + digit)
        self.assertEqual(by_level[1], {"A1", "A2", "B1", "B2"})
        low = {f"{x}{y}" for x in "DE" for y in "3456"} | {f"{x}{y}" for x in "CF" for y in "45"}
        self.assertEqual(by_level[-1], low)

    def test_weight_is_a_float_once(self) -> None:
        s = scenario("a", *(f"a=C; credibility = '{c}'\nrelevance = '{r}'" for c in oracle.LEVEL for r in oracle.LEVEL))
        weights = [e["weight"] for e in oracle.table(s)["evidence"]]
        half, root = math.sqrt(0.5), math.sqrt(2)
        self.assertEqual(weights, [0.5, 0.7071067811865476, 1.0, half, 1.0, root, 1.0, root, 2.0])


class Bayes(unittest.TestCase):
    def test_one_item(self) -> None:
        # p = 1/(1 + 10^-0.5) = 0.7597469..., p' = 0.8 p + 0.1
        s = scenario("a b", "a=C b=I")
        p = 0.8 / (1 + 10**-0.5) + 0.1
        self.assertAlmostEqual(scores(s, "bayes")["a"], p / (p + (1 - p)), places=14)

    def test_relevance_scales_the_step_and_credibility_pulls_to_even(self) -> None:
        s = scenario("a b", "a=CC b=N; credibility = 'low'\nrelevance = 'high'", scoring="bans_per_step = 0.25")
        p = 0.5 / (1 + 10 ** (-0.25 * math.sqrt(2) * 2)) + 0.25
        self.assertAlmostEqual(scores(s, "bayes")["a"], p / (p + 0.5), places=14)

    def test_a_group_counts_as_its_mean_over_those_that_take_part(self) -> None:
        g = "group = 'g'"
        s = scenario("a b c:x", f"a=C b=I;{g}", f"a=CC;{g}", f"a=NA;{g}", f"c=II;{g}", f";{g}")
        c, cc = (0.8 / (1 + 10**-x) + 0.1 for x in (0.5, 1.0))
        a, b = math.sqrt(c * cc), math.sqrt((1 - c) * 0.5)  # two of the five take part
        self.assertAlmostEqual(scores(s, "bayes")["a"], a / (a + b), places=14)
        self.assertIsNone(scores(s, "bayes")["c"])

    def test_priors(self) -> None:
        s = scenario("a:0.9 b:0.1", "a=I b=C", scoring="bans_per_step = 1")
        c = 0.8 * 10 / 11 + 0.1
        self.assertAlmostEqual(scores(s, "bayes")["b"], 0.1 * c / (0.1 * c + 0.9 * (1 - c)), places=14)
        for wrong in ("a:0.9 b:0.2", "a:0.9 b", "a:1 b:0"):
            with self.assertRaises(oracle.Unscorable):
                scenario(wrong)

    def test_small_posteriors_are_no_tie(self) -> None:
        s = scenario("a:1.0 b:1e-20 c:1e-22")
        self.assertEqual(ranks(s, "bayes"), {"a": 1, "b": 2, "c": 3})
        s = scenario("a:0.5000000001 b:0.4999999999")  # ln differs by 4e-10
        self.assertEqual(ranks(s, "bayes"), {"a": 1, "b": 1})

    def test_words(self) -> None:
        icd = {0.0499: "almost no chance", 0.05: "very unlikely", 0.2: "unlikely", 0.45: "roughly even chance"}
        icd |= {0.55: "roughly even chance", 0.551: "likely", 0.8: "likely", 0.95: "very likely", 0.951: "almost certain"}
        phia = {0.0749: "remote chance", 0.075: "highly unlikely", 0.225: "unlikely", 0.375: "realistic possibility"}
        phia |= {0.525: "likely", 0.775: "highly likely", 0.925: "almost certain", 1.0: "almost certain"}
        for yardstick, expected in (("icd203", icd), ("phia", phia)):
            self.assertEqual({p: oracle.words(yardstick, p) for p in expected}, expected)
        five = oracle.rank(scenario("a b c d e"))["ranking"][0]["methods"]["bayes"]
        self.assertEqual(five, {"score": 0.2, "rank": 1, "words": "unlikely"})


class Evidence(unittest.TestCase):
    def test_diagnosticity_counts_na_as_zero_and_leaves_blanks_out(self) -> None:
        s = scenario("a b c d:x", "a=II b=NA d=CC", "a=II", "a=C b=I c=N", "a=C b=C c=C")
        got = [e["diagnosticity"] for e in oracle.table(s)["evidence"]]
        self.assertEqual(got, [1.0, 0.0, math.sqrt(2 / 3), 0.0])  # stdev of -2, 0; of one; of 1, -1, 0

    def test_information(self) -> None:
        s = scenario("a b", "a=C b=I", "a=C b=C", "a=NA")
        p = 0.8 / (1 + 10**-0.5) + 0.1
        bits = 1 + p * math.log2(p) + (1 - p) * math.log2(1 - p)
        got = [e["information"] for e in oracle.table(s)["evidence"]]
        self.assertAlmostEqual(got[0], bits, places=14)
        self.assertEqual(got[1:], [0.0, 0.0])

    def test_dates_count_from_their_last_day(self) -> None:
        days = [oracle.last_day(d).isoformat() for d in ("2021", "2024-02", "2023-02", "2021-04-01")]
        self.assertEqual(days, ["2021-12-31", "2024-02-29", "2023-02-28", "2021-04-01"])
        s = scenario("a", "a=I", "a=I; date = '2021'", "a=I; date = '2021-06'", "a=I; date = 2021-06-30")
        kept = lambda d: [e["id"] for e in oracle.table(s, as_of=d)["evidence"]]
        self.assertEqual(kept("2021-06-29"), ["e1"])
        self.assertEqual(kept("2021-06-30"), ["e1", "e3", "e4"])
        self.assertEqual(kept("2021"), ["e1", "e2", "e3", "e4"])
        self.assertEqual(oracle.table(s, as_of="2021-06-29")["hypotheses"][0]["score"], -1)
        self.assertEqual([e["id"] for e in oracle.table(s, sort="date")["evidence"]], ["e3", "e4", "e2", "e1"])

    def test_sorting_by_diagnosticity_keeps_file_order_in_ties(self) -> None:
        s = scenario(
            "a b",
            "a=I b=I",  # 0
            "a=C b=N; credibility = 'high'\nrelevance = 'low'",  # 0.5 * 1
            "a=C b=N",  # 0.5
            "a=C b=I; relevance = 'low'",  # 0.707
            "a=C b=N; credibility = 'high'",  # 0.707
        )
        self.assertEqual([e["id"] for e in oracle.table(s, sort="diagnosticity")["evidence"]], ["e4", "e5", "e2", "e3", "e1"])

    def test_provisional(self) -> None:
        self.assertFalse(oracle.table(scenario("a b", "a=NA b=I"))["provisional"])
        self.assertTrue(oracle.table(scenario("a b", "b=I"))["provisional"])
        self.assertFalse(oracle.table(scenario("a b c", "a=N b=N c=II", "a=N b=N"))["provisional"])  # c trails


class Edges(unittest.TestCase):
    def test_nothing_at_all(self) -> None:
        nobody = oracle.rank(scenario("", ""))
        self.assertEqual(nobody["leaders"], {m: [] for m in oracle.METHODS})
        self.assertEqual(nobody["margin"], {m: None for m in oracle.METHODS})
        self.assertTrue(nobody["agreement"])
        rejected = oracle.table(scenario("a:x", "a=II"))
        self.assertEqual((rejected["leaders"], rejected["margin"], rejected["provisional"]), ([], None, False))
        self.assertEqual(rejected["hypotheses"][0]["score"], -2)
        self.assertEqual(scores(scenario("a b"), "weighted"), {"a": 0, "b": 0})
        self.assertNotIn("-0.0", oracle.dump(oracle.table(scenario("a b", "a=C"))))

    def test_escapes(self) -> None:
        self.assertEqual(oracle.dump("ü\u202e\x07\x9b граница"), '"ü\\u202e\\u0007\\u009b граница"\n')

    def test_generated_scenarios_load_and_repeat(self) -> None:
        for seed in range(100):
            text = generate.generate(seed)
            self.assertEqual(text, generate.generate(seed))
            document = oracle.rank(oracle.read(text.encode()))
            self.assertEqual(compare.parse(oracle.dump(document).encode()), document)

    def test_the_comparison_sees_differences(self) -> None:
        same = [([1.0], [1]), ({"score": 1e-22}, {"score": 1e-22 * (1 + 1e-12)}), ([0.3], [0.3 + 1e-10])]
        other = [([1], [1.0]), ([1], [True]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ([0.3], [0.3001])]
        other += [({"score": 1e-22}, {"score": 1e-20}), ([None], [0]), ([1], [1, 2]), ({"a": 1}, {}), (["x"], ["y"])]
        for left, right in same:
            self.assertEqual(list(compare.differences(left, right)), [])
        for left, right in other:
            self.assertEqual(len(list(compare.differences(left, right))), 1, (left, right))
        for text in (b"[-0.0]", b"[NaN]", b'{"a":1,"a":2}', '"\u202e"'.encode(), b"\xff", b""):
            with self.assertRaises(compare.Malformed):
                compare.parse(text)

    def test_the_fixtures_are_what_the_oracle_says(self) -> None:
        for case in sorted(SCORE_CASES.iterdir()):
            read = oracle.read((case / "scenario.toml").read_bytes())
            for command, run in compare.RUNS.items():
                expected = (case / f"{command}.json").read_text(encoding="utf-8")
                self.assertEqual(oracle.dump(run(read)), expected, f"{case.name}, {command}")
                json.loads(expected)


if __name__ == "__main__":
    unittest.main()
