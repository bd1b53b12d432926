"""The oracle against computations by hand: `python3 -m unittest` in this directory."""

from __future__ import annotations

import itertools
import json
import math
import sys
import unittest
from dataclasses import replace
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, Iterator

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import compare  # noqa: E402
import generate  # noqa: E402
import oracle  # noqa: E402
import reading  # noqa: E402
import robustness  # noqa: E402
import scoring  # noqa: E402
import settling  # noqa: E402
import team  # noqa: E402

SCORE_CASES = Path(__file__).parent.parent / "corpus" / "score"


def scenario(hypotheses: str, *items: str, scoring: str = "", more: str = "") -> reading.Scenario:
    """`hypotheses` such as "a b"; an item such as 'a=CC b=I/low; grade = "A1"'; `more` is TOML for the end."""
    text = f'ach = 1\ntitle = "t"\n[scoring]\n{scoring}\n'
    for word in hypotheses.split():
        hid, _, rest = word.partition(":")
        fields = {"x": 'status = "rejected"'}.get(rest, f"prior = {rest}" if rest else "")
        text += f'[[hypothesis]]\nid = "{hid}"\nname = "{hid}"\n{fields}\n'
    for n, item in enumerate(items, 1):
        cells, _, fields = item.partition(";")
        text += f'[[evidence]]\nid = "e{n}"\ntext = "t"\n{fields}\nratings = {{ {", ".join(map(cell, cells.split()))} }}\n'
    return reading.read((text + more).encode())


def cell(text: str) -> str:
    """`a=CC` or, with a confidence, `a=CC/low`."""
    hid, _, rating = text.partition("=")
    rating, _, confidence = rating.partition("/")
    return f'{hid} = {{ rating = "{rating}", confidence = "{confidence or "medium"}" }}'


def small_scenarios(count: int) -> Iterator[reading.Scenario]:
    """Generated ones, each once under each method."""
    for seed in range(count):
        s = reading.read(generate.generate(seed, small=True).encode())
        for method in reading.METHODS:
            yield replace(s, method=method)


def scores(s: reading.Scenario, method: str) -> dict[str, Any]:
    return {h["id"]: h["score"] for h in oracle.table(s, method)["hypotheses"]}


def ranks(s: reading.Scenario, method: str) -> dict[str, Any]:
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
        self.assertEqual(scoring.Surd(0, 0).sign(), 0)
        self.assertEqual(scoring.Surd(3, -2).sign(), 1)  # 3 > 2.83
        self.assertEqual(scoring.Surd(-3, 2).sign(), -1)
        self.assertEqual(scoring.Surd(7, -5).sign(), -1)  # 7 < 7.07
        # a convergent of sqrt(2): a*a - 2*b*b = 1, far below what a float can see
        self.assertEqual(scoring.Surd(1855077841, -1311738121).sign(), -1)
        self.assertEqual(scoring.Surd(4478554083, -3166815962).sign(), 1)

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
                by_level[reading.grade_level(letter + digit)].add(letter + digit)
        self.assertEqual(by_level[1], {"A1", "A2", "B1", "B2"})
        low = {f"{x}{y}" for x in "DE" for y in "3456"} | {f"{x}{y}" for x in "CF" for y in "45"}
        self.assertEqual(by_level[-1], low)

    def test_weight_is_a_float_once(self) -> None:
        s = scenario("a", *(f"a=C; credibility = '{c}'\nrelevance = '{r}'" for c in reading.LEVEL for r in reading.LEVEL))
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
            with self.assertRaises(reading.Unscorable):
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
            self.assertEqual({p: scoring.words(yardstick, p) for p in expected}, expected)
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
        days = [reading.last_day(d).isoformat() for d in ("2021", "2024-02", "2023-02", "2021-04-01")]
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


class Explain(unittest.TestCase):
    def test_contributions_by_size_and_equal_ones_in_file_order(self) -> None:
        s = scenario("a b", "a=I", "a=NA", "a=C; relevance = 'high'", "a=II", "a=I", "a=N", "a=CC")
        a = oracle.explain(s, "net")["hypotheses"][0]
        self.assertEqual([(c["evidence"], c["contribution"]) for c in a["against"]], [("e4", -2), ("e1", -1), ("e5", -1)])
        self.assertEqual([(c["evidence"], c["contribution"]) for c in a["for"]], [("e7", 2), ("e3", math.sqrt(2))])
        self.assertEqual(oracle.explain(s, "weighted")["hypotheses"][0]["for"], [])

    def test_versus_the_first_leader_in_file_order(self) -> None:
        s = scenario("a b c d:x", "a=II b=C c=C d=CC", "a=C b=I c=C d=II", "a=N b=C c=I", scoring="method = 'net'")
        document = oracle.explain(s)
        self.assertEqual(document["leaders"], ["b", "c"])
        a, b, c, d = document["hypotheses"]
        differences = lambda h: [(v["evidence"], v["difference"]) for v in h["versus_leader"]]
        self.assertEqual(differences(a), [("e1", 3), ("e2", -2), ("e3", 1)])
        self.assertEqual((differences(b), differences(c)), ([], []))
        self.assertEqual((d["rank"], d["score"]), (None, 0))
        self.assertEqual(differences(d), [("e1", -1), ("e2", 1), ("e3", 1)])
        self.assertEqual([h["id"] for h in oracle.explain(s, hypothesis="c")["hypotheses"]], ["c"])
        with self.assertRaises(reading.Unscorable):
            oracle.explain(s, hypothesis="z")

    def test_bans_are_shared_among_the_members_of_a_group_that_take_part(self) -> None:
        s = scenario("a b c:x", "a=C b=N c=I", "a=II; group = 'g'", "b=C; group = 'g'", "c=I; group = 'g'")
        a, b, c = oracle.explain(s, "bayes")["hypotheses"]
        bans = lambda val: math.log10(2 * (0.8 / (1 + 10 ** (-0.5 * val)) + 0.1))
        self.assertEqual([x["evidence"] for x in (*a["against"], *a["for"], *b["for"])], ["e2", "e1", "e3"])
        self.assertAlmostEqual(a["against"][0]["contribution"], bans(-2) / 2, places=14)
        self.assertAlmostEqual(a["for"][0]["contribution"], bans(1), places=14)
        self.assertEqual((c["against"], c["for"], c["versus_leader"]), ([], [], []))
        # what stands in versus_leader adds up to the log posterior ratio
        total = sum(v["difference"] for h in (a, b) for v in h["versus_leader"])
        self.assertAlmostEqual(10**total, max(a["score"], b["score"]) / min(a["score"], b["score"]), places=12)


class Sensitivity(unittest.TestCase):
    def test_by_hand(self) -> None:
        # inconsistency: a 0 -1 -1 = -2, b -2 -1 0 = -3, c 0 0 -4 = -4
        items = ("a=C b=II c=N", "a=I b=I c=C; kind = 'assumption'", "a=I b=C c=II", "c=II b=NA")
        document = oracle.sensitivity(scenario("a b c", *items), "inconsistency")
        self.assertEqual(document["leaders"], ["a"])
        # without e1: -2 -1 -4; e2: -1 -2 -4; e3: -1 -3 -2; e4: -2 -3 -2, a tie
        self.assertEqual(document["critical_evidence"], ["e1", "e4"])
        self.assertEqual(document["without_assumptions"], ["a"])
        cells = {(c["evidence"], c["hypothesis"]): (c["rating"], c["steps"]) for c in document["critical_cells"]}
        expected = {("e1", "a"): ("C", 2), ("e1", "b"): ("II", 1), ("e2", "a"): ("I", 1), ("e2", "b"): ("I", 1)}
        expected |= {("e3", "a"): ("I", 1), ("e3", "c"): ("II", 2), ("e4", "c"): ("II", 2)}
        self.assertEqual(cells, expected)
        self.assertEqual(list(cells), sorted(cells))
        # a - b: +2 0 -1, D = 1: without e1 -1. a - c: 0 -1 +1 +2, D = 2: without e4 level, with e3 behind
        b = {"overturn": 1, "tie": 1, "evidence": ["e1"], "tie_evidence": ["e1"], "leaders_after": ["b"]}
        c = {"overturn": 2, "tie": 1, "evidence": ["e3", "e4"], "tie_evidence": ["e4"], "leaders_after": ["c"]}
        self.assertEqual(document["overturn"], {"b": b, "c": c})

    def test_nothing_overturns_what_nothing_speaks_against(self) -> None:
        document = oracle.sensitivity(scenario("a b", "b=I", "b=II"), "weighted")
        only = {"overturn": None, "tie": 2, "evidence": [], "tie_evidence": ["e1", "e2"], "leaders_after": None}
        self.assertEqual(document["overturn"], {"b": only})
        self.assertIsNone(oracle.sensitivity(scenario("a b", "a=I b=I"), "weighted")["overturn"])
        self.assertEqual(oracle.sensitivity(scenario("a b:x", "a=I"), "weighted")["overturn"], {})

    def test_priors_make_it_impossible_or_possible_without_an_item_against(self) -> None:
        strong = oracle.sensitivity(scenario("a:0.99 b:0.01", "a=C b=I"), "bayes")["overturn"]["b"]
        self.assertEqual((strong["overturn"], strong["tie"]), (None, None))
        weak = oracle.sensitivity(scenario("a:0.4 b:0.6", "a=CC b=II"), "bayes")["overturn"]["b"]
        self.assertEqual((weak["overturn"], weak["tie"], weak["leaders_after"]), (1, 1, ["b"]))

    def test_overturning_sets_are_the_smallest(self) -> None:
        """Against every subset of the units, by ranking what is left."""
        compared = 0
        with localcontext(scoring.DIGITS):
            for s in small_scenarios(150):
                document = oracle.sensitivity(s)
                for k, found in (document["overturn"] or {}).items():
                    a = document["leaders"][0]
                    smallest: dict[str, int | None] = {"overturn": None, "tie": None}
                    parts = scoring.units(s) if s.method == "bayes" else [[e] for e in s.items]
                    for n in range(len(parts) + 1):
                        for gone in itertools.combinations(parts, n):
                            ids = {e.id for part in gone for e in part}
                            sign = self.sign(s.of([e for e in s.items if e.id not in ids]), k, a)
                            for name, least in (("overturn", 1), ("tie", 0)):
                                if sign >= least and smallest[name] is None:
                                    smallest[name] = n
                    self.assertEqual({name: found[name] for name in smallest}, smallest)
                    for name, key, least in (("overturn", "evidence", 1), ("tie", "tie_evidence", 0)):
                        if found[name] is not None:
                            left = s.of([e for e in s.items if e.id not in found[key]])
                            self.assertGreaterEqual(self.sign(left, k, a), least)
                            compared += 1
                        else:
                            self.assertEqual(found[key], [])
        self.assertGreater(compared, 100)

    def sign(self, s: reading.Scenario, k: str, a: str) -> int:
        """Whether k is ahead of a (1), level (0) or behind (-1)."""
        if s.method == "bayes":
            logs = scoring.ln_posteriors(s)
            return 0 if abs(logs[k] - logs[a]) <= Decimal("1e-9") else 1 if logs[k] > logs[a] else -1
        return (scoring.additive(s, s.method, k) - scoring.additive(s, s.method, a)).sign()

    def test_a_group_is_one_unit_whose_items_are_those_that_take_part(self) -> None:
        g = "group = 'g'"
        s = scenario("a b", f"b=II;{g}", "a=I", f"b=II;{g}", f";{g}", "b=I")
        # a leads by ln 5 from the group and by 0 from e2 and e5: without the group they are level
        found = oracle.sensitivity(s, "bayes")["overturn"]["b"]
        self.assertEqual((found["tie"], found["tie_evidence"]), (1, ["e1", "e3"]))
        self.assertEqual((found["overturn"], found["evidence"], found["leaders_after"]), (2, ["e1", "e3", "e5"], ["b"]))

    def test_sources_and_deception(self) -> None:
        more = """
            [[source]]
            id = "t"
            name = "t"
            controlled_by = ["a", "c"]
            [[source]]
            id = "s"
            name = "s"
            controlled_by = ["b"]
            [[source]]
            id = "u"
            name = "u"
            controlled_by = ["a"]
        """
        items = ("b=II; source = 's'", "a=I; source = ['s', 't']", "b=I; source = 't'", "a=I")
        document = oracle.sensitivity(scenario("a b c:x", *items, more=more), "inconsistency")
        self.assertEqual(document["leaders"], ["a"])  # -2 to -3; without e1 -2 to -1, without e3 -2 to -2
        self.assertEqual(list(document["without_source"].items()), [("t", ["a", "b"]), ("s", ["b"])])
        self.assertEqual(document["deception"], {"a": ["a", "b"], "b": ["b"]})
        free = scenario("a", "; source = 'Reuters'", "; source = ['Agence', 'Reuters']")
        self.assertEqual(list(oracle.sensitivity(free)["without_source"]), ["Reuters", "Agence"])

    def test_without_an_active_hypothesis(self) -> None:
        document = oracle.sensitivity(scenario("a:x", "a=I; source = 's'"), "net")
        expected = {"leaders": [], "critical_evidence": [], "critical_cells": [], "overturn": None}
        expected |= {"without_source": {"s": []}, "deception": {}, "without_assumptions": []}
        self.assertEqual({key: document[key] for key in expected}, expected)


class Robustness(unittest.TestCase):
    def test_by_hand(self) -> None:
        # a is -1, 0, -2 with .7 .15 .15; b is 0, 1, -1 with .9 .05 .05
        document = oracle.robustness(scenario("a b", "a=I b=N/high"), "net")
        ahead, level = 0.15 * 0.05, 0.7 * 0.05 + 0.15 * 0.9
        self.assertAlmostEqual(document["pairwise"]["a"]["b"], ahead + level / 2, places=14)
        self.assertAlmostEqual(document["acceptability"]["a"][0], ahead + level / 2, places=14)
        self.assertAlmostEqual(document["acceptability"]["b"][1], ahead + level / 2, places=14)
        self.assertEqual((document["exact"], document["draws"], document["seed"]), (True, None, None))

    def test_what_a_cell_may_be(self) -> None:
        s = scenario("a b c", "a=CC/low b=NA")
        spread = lambda hid, unrated: {r: float(p) for r, p in robustness.chances(s.items[0], hid, unrated).items()}
        self.assertEqual(spread("a", "uniform"), {"CC": 0.5, "C": 0.5})
        self.assertEqual(spread("b", "uniform"), {"NA": 1.0})
        self.assertEqual(spread("c", "uniform"), {"CC": 0.2, "C": 0.2, "N": 0.2, "I": 0.2, "II": 0.2})
        self.assertEqual(spread("c", "neutral"), {None: 1.0})

    def test_ties_share_their_ranks(self) -> None:
        document = oracle.robustness(scenario("a b c d:x", "a=NA b=NA c=NA d=CC"), "weighted")
        self.assertEqual(document["acceptability"]["b"], [1 / 3] * 3)
        self.assertEqual(document["pairwise"]["b"], {"a": 0.5, "c": 0.5})
        self.assertEqual(oracle.robustness(scenario("a"), "net")["pairwise"], {"a": {}})
        none = oracle.robustness(scenario("a:x"), "bayes")
        self.assertEqual((none["acceptability"], none["pairwise"]), ({}, {}))

    def test_the_lattice_keeps_the_order_of_surds(self) -> None:
        surds = [scoring.Surd(a, b) for a in range(-60, 61, 3) for b in range(-60, 61, 3)]
        surds.sort(key=lambda s: s.decimal())
        keys = [robustness.lattice(s) for s in surds]
        self.assertEqual(len(set(keys)), len(keys))
        self.assertEqual(keys, sorted(keys))

    def test_against_every_combination(self) -> None:
        """Every drawn scenario ranked as a whole, and its probability shared out."""
        compared = 0
        for s in small_scenarios(80):
            for unrated in ("uniform", "neutral"):
                cells = [(e.id, h.id) for e in s.items for h in s.active]
                of = [robustness.chances(e, h.id, unrated) for e in s.items for h in s.active]
                if math.prod(map(len, of)) > 300:
                    continue
                ids = [h.id for h in s.active]
                acceptability = {h: [0.0] * len(ids) for h in ids}
                pairwise = {h: {k: 0.0 for k in ids if k != h} for h in ids}
                for drawn in itertools.product(*(c.items() for c in of)):
                    p = float(math.prod(q for _, q in drawn))
                    ratings: dict[str, dict[str, str]] = {e.id: {} for e in s.items}
                    for (eid, hid), (rating, _) in zip(cells, drawn):
                        if rating is not None:
                            ratings[eid][hid] = rating
                    with localcontext(scoring.DIGITS):
                        items = [replace(e, ratings=ratings[e.id]) for e in s.items]
                        ranks = scoring.ranking(s.of(items), s.method).ranks
                    for h in ids:
                        level = [k for k in ids if ranks[k] == ranks[h]]
                        for place in range(len(level)):
                            acceptability[h][ranks[h] - 1 + place] += p / len(level)
                        for k in pairwise[h]:
                            pairwise[h][k] += p * (1 if ranks[h] < ranks[k] else 0.5 if ranks[h] == ranks[k] else 0)
                document = oracle.robustness(s, unrated=unrated)
                expected = {"acceptability": acceptability, "pairwise": pairwise}
                self.assertEqual(list(compare.differences(expected, {k: document[k] for k in expected})), [])
                compared += 1
        self.assertGreater(compared, 100)


class Timeline(unittest.TestCase):
    def test_steps(self) -> None:
        items = ("a=I; date = '2021'", "b=II; date = 2021-12-31", "a=II", "a=II c=CC; date = 2022-02-01")
        document = oracle.timeline(scenario("a b c:x", *items), "net")
        first, second = document["steps"]
        self.assertEqual((first["date"], first["added"], first["leaders"]), ("2021-12-31", ["e1", "e2"], ["b"]))
        self.assertEqual(first["scores"], {"a": -3, "b": -2, "c": 0})
        self.assertEqual(first["ranks"], {"a": 2, "b": 1, "c": None})
        self.assertEqual((second["date"], second["added"]), ("2022-02-01", ["e4"]))
        self.assertEqual(second["scores"], {"a": -5, "b": -2, "c": 2})
        self.assertEqual(len(oracle.timeline(scenario("a b c:x", *items), as_of="2021")["steps"]), 1)
        self.assertEqual(oracle.timeline(scenario("a", "a=I"))["steps"], [])


class Next(unittest.TestCase):
    def test_bits_and_switch_of_one_blank(self) -> None:
        s = scenario("a b", "b=N")
        post = [p / (p + 0.5) for p in (0.8 / (1 + 10 ** (-0.5 * v)) + 0.1 for v in (2, 1, 0, -1, -2))]
        entropy = lambda p: -p * math.log2(p) - (1 - p) * math.log2(1 - p)
        bits = entropy(sum(post) / 5) - sum(map(entropy, post)) / 5
        document = oracle.next_steps(s, "inconsistency")
        only = document["cells"][0]
        self.assertEqual((only["rating"], only["confidence"], document["blanks"]), (None, None, 1))
        self.assertAlmostEqual(only["bits"], bits, places=14)
        self.assertAlmostEqual(only["switch"], 0.4)  # level today; I and II change that
        self.assertAlmostEqual(oracle.next_steps(s, "net")["cells"][0]["switch"], 0.8)
        self.assertFalse(document["settled"])
        self.assertIsNone(oracle.next_steps(s, "bayes")["settled"])

    def test_bits_of_a_doubtful_rating_weigh_its_neighbours(self) -> None:
        s = scenario("a:0.3 b:0.7", "a=CC/low b=I")
        low = 0.8 / (1 + 10**0.5) + 0.1
        post = [0.3 * p / (0.3 * p + 0.7 * low) for p in (0.8 / (1 + 10 ** (-0.5 * v)) + 0.1 for v in (2, 1))]
        entropy = lambda p: -p * math.log2(p) - (1 - p) * math.log2(1 - p)
        got = oracle.next_steps(s, "net")["cells"]
        self.assertEqual([(c["hypothesis"], c["rating"], c["confidence"]) for c in got], [("a", "CC", "low")])
        self.assertAlmostEqual(got[0]["bits"], entropy(sum(post) / 2) - sum(map(entropy, post)) / 2, places=14)
        self.assertEqual(got[0]["switch"], 0)

    def test_candidates(self) -> None:
        s = scenario("a b c:x", "a=C/low b=I/high", "a=NA/low", "a=N b=N")
        names = lambda every: {c["evidence"] + c["hypothesis"] for c in oracle.next_steps(s, every=every)["cells"]}
        self.assertEqual(names(False), {"e1a", "e2b"})
        self.assertEqual(names(True), {"e1a", "e1b", "e2b", "e3a", "e3b"})

    def test_most_bits_first_and_equal_ones_in_file_order(self) -> None:
        s = scenario("a b", "; credibility = 'low'", "", "; credibility = 'low'")
        order = [c["evidence"] + c["hypothesis"] for c in oracle.next_steps(s)["cells"]]
        self.assertEqual(order, ["e2a", "e2b", "e1a", "e1b", "e3a", "e3b"])

    def test_settled_against_every_filling(self) -> None:
        seen = set()
        with localcontext(scoring.DIGITS):
            for s in small_scenarios(150):
                blanks = [(e.id, h.id) for e in s.items for h in s.active if h.id not in e.ratings]
                if s.method == "bayes" or len(blanks) > 3:
                    continue
                today = scoring.leaders(s, s.method)
                changes = False
                for filling in itertools.product(reading.SCALE, repeat=len(blanks)):
                    chosen = dict(zip(blanks, filling))
                    cells = lambda e: {h: r for (eid, h), r in chosen.items() if eid == e.id}
                    items = [replace(e, ratings={**e.ratings, **cells(e)}) for e in s.items]
                    changes = changes or scoring.leaders(s.of(items), s.method) != today
                self.assertEqual(oracle.next_steps(s)["settled"], not changes)
                seen.add((len(blanks) > 0, changes))
        self.assertEqual(seen, {(False, False), (True, False), (True, True)})

    def test_indicators(self) -> None:
        indicator = '[[indicator]]\nid = "{}"\ntext = "t"\n{}\n'
        fields = {"a": "", "b": "due = 2025-03-01", "c": "due = '2025-01-31'\nhypothesis = 'h'"}
        fields |= {"d": "due = 2024-01-01\nstatus = 'observed'", "e": "due = 2025-03-01\nstatus = 'pending'"}
        s = scenario("h", more="".join(indicator.format(*pair) for pair in fields.items()))
        got = oracle.next_steps(s)["indicators"]
        self.assertEqual([(i["id"], i["hypothesis"], i["due"], i["overdue"]) for i in got][0], ("c", "h", "2025-01-31", None))
        self.assertEqual([i["id"] for i in got], ["c", "b", "e", "a"])
        overdue = lambda day: [i["overdue"] for i in oracle.next_steps(s, as_of=day)["indicators"]]
        self.assertEqual(overdue("2025-02"), [True, False, False, False])
        self.assertEqual(overdue("2025-01-31"), [False, False, False, False])
        self.assertEqual([i["overdue"] for i in oracle.next_steps(replace(s, as_of="2026-01-01"))["indicators"]][0], True)


class Team(unittest.TestCase):
    def test_the_published_example(self) -> None:
        """Krippendorff 2011, data C: four observers, twelve units, ordinal alpha 0.815."""
        observers = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
        by_unit = zip(*(o.split() for o in observers))
        alpha = team.alpha([[int(v) for v in values if v != "."] for values in by_unit])
        self.assertEqual(round(alpha, 3), 0.815)

    def test_alpha_by_hand(self) -> None:
        # o: (1,1) 2, (1,2) 1, (2,1) 1; n: 1 3, 2 1; distance 2^2: alpha = 1 - 3 * 2 * 4 / (2 * 3 * 4)
        self.assertEqual(team.alpha([[1, 1], [1, 2], [2]]), 0)
        self.assertIsNone(team.alpha([[1, 1], [1]]))
        self.assertIsNone(team.alpha([[1], [2], []]))

    def test_disagreement(self) -> None:
        cases: dict[tuple[str | None, ...], float | None] = {
            (None, None): None,
            ("NA", None): 0,
            ("CC",): 0,
            ("CC", "C"): math.sqrt(0.5),
            ("CC", "NA"): math.sqrt(0.5),  # one rated: only NA against rated varies
            ("CC", "CC", "NA"): math.sqrt(1 / 3),
            ("CC", "II", None): math.sqrt(8),
        }
        for given, expected in cases.items():
            self.assertEqual(team.disagreement(list(given)), expected, given)

    def test_consensus(self) -> None:
        cases = {"": None, "NA": "NA", "NA C": "C", "NA NA C": "NA", "CC C": "C", "II I": "I", "C N": "N", "I N": "N"}
        cases |= {"CC CC C": "CC", "CC II": "N", "II II I": "II", "C CC NA": "C"}
        for given, expected in cases.items():
            self.assertEqual(team.consensus([*given.split(), None]), expected, given)

    def test_rows_and_columns_in_order_of_appearance(self) -> None:
        first = scenario("a b", "a=C b=I", "a=N")
        second = scenario("c b a", "c=CC", "a=N b=II", "b=I")
        document = oracle.team([first, second], ["x", "y"])
        self.assertEqual(document["raters"], ["x", "y"])
        cells = [(c["evidence"] + c["hypothesis"], c["ratings"]) for c in document["cells"]]
        expected = [("e1a", ["C", None]), ("e1b", ["I", None]), ("e1c", [None, "CC"])]
        expected += [("e2a", ["N", "N"]), ("e2b", [None, "II"]), ("e2c", [None, None])]
        expected += [("e3a", [None, None]), ("e3b", [None, "I"]), ("e3c", [None, None])]
        self.assertEqual(cells, expected)
        self.assertIsNone(document["alpha"])  # one pair, both N


class Edges(unittest.TestCase):
    def test_nothing_at_all(self) -> None:
        nobody = oracle.rank(scenario("", ""))
        self.assertEqual(nobody["leaders"], {m: [] for m in reading.METHODS})
        self.assertEqual(nobody["margin"], {m: None for m in reading.METHODS})
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
            document = oracle.rank(reading.read(text.encode()))
            self.assertEqual(compare.parse(oracle.dump(document).encode()), document)
            versions = generate.versions(seed)
            self.assertEqual(versions, generate.versions(seed))
            self.assertIn(len(versions), (2, 3, 4))
            for version in versions:
                reading.read(version.encode())

    def test_leaders_are_those_of_the_ranking(self) -> None:
        with localcontext(scoring.DIGITS):
            for s in small_scenarios(100):
                self.assertEqual(scoring.leaders(s, s.method), scoring.ranking(s, s.method).leaders)

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

    def test_the_comparison_of_draws(self) -> None:
        s = scenario("a b", "a=I b=N/high")
        expected = oracle.robustness(s, "net", draws=10000, seed=7)
        found = lambda actual: list(compare.drawn_differences(expected, actual))
        self.assertEqual(found(expected), [])
        drawn = lambda p: {
            **expected,
            "acceptability": {"a": [p, 1 - p], "b": [1 - p, p]},
            "pairwise": {"a": {"b": p}, "b": {"a": 1 - p}},
            "standard_error": {
                "acceptability": {"a": [math.sqrt(p * (1 - p) / 10000)] * 2, "b": [math.sqrt(p * (1 - p) / 10000)] * 2},
                "pairwise": {k: {h: math.sqrt(p * (1 - p) / 10000)} for k, h in ("ab", "ba")},
            },
        }
        self.assertEqual(found(drawn(0.0925 + 0.01)), [])  # the standard error is 0.0029
        self.assertNotEqual(found(drawn(0.0925 + 0.02)), [])
        self.assertNotEqual(found(drawn(0.0925) | {"standard_error": None}), [])
        self.assertNotEqual(found(drawn(0.0925) | {"pairwise": {"a": {"b": 0.0925}, "b": {"a": 0.909}}}), [])
        self.assertNotEqual(found([]), [])

    def test_the_fixtures_are_what_the_oracle_says(self) -> None:
        """Of each case the documents there are: `table.json`, `table--sort-date.json`."""
        for case in sorted(SCORE_CASES.iterdir()):
            for document in sorted(case.glob("*.json")):
                command, *flags = document.stem.split("--")
                options = {}
                for flag in flags:
                    name = next(n for n in ("as-of", "sort", "method", "unrated") if flag.startswith(n + "-"))
                    options[name.replace("-", "_")] = flag.removeprefix(name + "-")
                expected = document.read_text(encoding="utf-8")
                got = oracle.dump(oracle.answer(command, [case / "scenario.toml"], **options))
                self.assertEqual(got, expected, f"{case.name}, {document.stem}")
                json.loads(expected)


if __name__ == "__main__":
    unittest.main()
