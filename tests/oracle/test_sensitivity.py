"""What-ifs, against computations by hand and by trying every subset."""

from __future__ import annotations

import itertools
import math
import unittest
from decimal import localcontext
from typing import Any

import scoring
from exact import DIGITS, TIE_LN, compare
from hand import bans, case, scenario, small_scenarios, told
from reading import Scenario
from sensitivity import WhatIf, any_of, overturn

G = "group = 'g'\n"


class ByHand(unittest.TestCase):
    def test_all_of_a_small_case(self) -> None:
        # inconsistency: a 0 -1 -1 = -2, b -2 -1 0 = -3, c 0 0 -4 = -4
        items = ("a=C b=II c=N", "a=I b=I c=C; kind = 'assumption'", "a=I b=C c=II", "c=II b=NA")
        document = told("sensitivity", scenario("a b c", *items), "inconsistency")
        self.assertEqual(document["leaders"], ["a"])
        # without e1: -2 -1 -4; e2: -1 -2 -4; e3: -1 -3 -2; e4: -2 -3 -2, a tie
        self.assertEqual(document["critical_evidence"], ["e1", "e4"])
        self.assertEqual(document["without_evidence"], {"e1": ["b"], "e4": ["a", "c"]})
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
        # e1, e2 and e3 are rated for all three: a 0 -1 -1, b -2 -1, c -2
        self.assertEqual(document["common"], {"items": 3, "leaders": ["a", "c"]})
        self.assertIsNone(document["level_priors"])

    def test_who_is_left_without_a_rating_does_not_lead(self) -> None:
        s = scenario("a b", "a=II", "b=I", "a=II")
        document = told("sensitivity", s, "inconsistency")
        self.assertEqual(document["leaders"], ["b"])
        self.assertEqual(document["without_evidence"], {"e2": ["a"]})  # not b, whom nothing is left of

    def test_what_rests_on_an_item_goes_with_it(self) -> None:
        s = scenario(
            "a b",
            "a=N b=N; kind = 'assumption'",
            "a=I b=C; rests_on = ['e1']",
            "b=I a=C; rests_on = ['e4']\nsource = 't'",
            "a=N b=N; source = 's'",
            "b=I a=C; credibility = 'low'",
        )
        document = told("sensitivity", s, "inconsistency")
        self.assertEqual(document["leaders"], ["a"])  # -1 to -2
        self.assertEqual(document["without_assumptions"], ["a"])
        # without e4 and e3: -1 to -1; without e3 alone: the same; without e5: the same
        self.assertEqual(document["without_evidence"], {"e3": ["a", "b"], "e4": ["a", "b"], "e5": ["a", "b"]})
        self.assertEqual(document["without_source"], {"t": ["a", "b"], "s": ["a", "b"]})
        self.assertEqual(document["without_low_credibility"], ["a", "b"])
        # a set is taken by itself: without e4, e3 stays
        self.assertEqual(document["overturn"]["b"]["tie_evidence"], ["e3"])

    def test_nothing_overturns_what_nothing_speaks_against(self) -> None:
        document = told("sensitivity", scenario("a b", "b=I", "b=II a=N"), "weighted")
        only = {"overturn": None, "tie": 2, "evidence": [], "tie_evidence": ["e1", "e2"], "leaders_after": None}
        self.assertEqual(document["overturn"], {"b": only})
        self.assertIsNone(told("sensitivity", scenario("a b", "a=I b=I"), "weighted")["overturn"])
        self.assertEqual(told("sensitivity", scenario("a b:x", "a=I"), "weighted")["overturn"], {})

    def test_priors_make_it_impossible_or_possible_without_an_item_against(self) -> None:
        strong = told("sensitivity", scenario("a:0.99 b:0.01", "a=C b=I"), "bayes")["overturn"]["b"]
        self.assertEqual((strong["overturn"], strong["tie"]), (None, None))
        weak = told("sensitivity", scenario("a:0.4 b:0.6", "a=CC b=II", "b=N a=N"), "bayes")["overturn"]["b"]
        self.assertEqual((weak["overturn"], weak["tie"], weak["leaders_after"]), (1, 1, ["b"]))
        nobody = told("sensitivity", scenario("a:0.4 b:0.6", "a=CC b=II"), "bayes")["overturn"]["b"]
        self.assertEqual((nobody["overturn"], nobody["leaders_after"]), (1, []))  # nothing is left to rank

    def test_level_priors(self) -> None:
        document = told("sensitivity", scenario("a:0.4 b:0.6 c:x", "a=CC b=II", "b=C"), "bayes")
        # a to b in bans: bans(2) - bans(-2) - bans(1), so b's less a's is its negative
        expected = bans(-2) + bans(1) - bans(2)
        self.assertAlmostEqual(document["level_priors"]["b"], expected, places=14)
        self.assertEqual(told("sensitivity", scenario("a", "a=I"), "bayes")["level_priors"], {})
        self.assertIsNone(told("sensitivity", scenario("a b", "a=I b=I"), "bayes")["level_priors"])

    def test_a_group_is_one_unit(self) -> None:
        s = scenario("a b", f"b=II a=N;{G}", "a=I", f"b=I a=C;{G}", f";{G}", "b=I", "b=I")
        # inconsistency: a -1, b -2 -1 -1 = -4; d: g 2, e2 -1, e5 1, e6 1; D = 3
        found = told("sensitivity", s, "inconsistency")["overturn"]["b"]
        self.assertEqual((found["tie"], found["tie_evidence"]), (2, ["e1", "e3", "e5"]))
        self.assertEqual((found["overturn"], found["evidence"]), (3, ["e1", "e3", "e5", "e6"]))
        # without e1, e3 still speaks against b: d(g) falls by 1 only
        self.assertEqual(told("sensitivity", s, "inconsistency")["critical_evidence"], [])

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
        items = ("b=II a=C; source = 's'", "a=I; source = ['s', 't']", "b=I a=II; source = 't'", "a=N", "b=II")
        document = told("sensitivity", scenario("a b c:x", *items, more=more), "inconsistency")
        self.assertEqual(document["leaders"], ["a"])  # -3 to -5; without e1 -3 to -3, without e3 -1 to -4
        self.assertEqual(list(document["without_source"].items()), [("t", ["a"]), ("s", ["a", "b"])])
        # a could stage e3, b could stage e1: -1 to -5, and -3 to -3, their own cells alone
        self.assertEqual(document["deception"], {"a": ["a"], "b": ["a", "b"]})
        free = scenario("a", "; source = 'Reuters'", "a=N; source = ['Agence', 'Reuters']")
        self.assertEqual(list(told("sensitivity", free)["without_source"]), ["Reuters", "Agence"])

    def test_deception_leaves_the_cells_of_others(self) -> None:
        more = "[[source]]\nid = 's'\nname = 's'\ncontrolled_by = ['a']\n"
        s = scenario("a b", "a=C b=I; source = 's'", "a=I b=N", more=more)
        # net: a 1 - 1, b -1: without a's own cell -1 to -1
        self.assertEqual(told("sensitivity", s, "net")["deception"], {"a": ["a", "b"]})

    def test_common_items_and_their_premises(self) -> None:
        s = scenario("a b c:residual", "a=I b=N", "a=N b=II", "b=II", "a=I b=C; rests_on = ['e3']")
        document = told("sensitivity", s, "inconsistency")
        self.assertEqual((document["leaders"], document["common"]), (["a"], {"items": 2, "leaders": ["a"]}))
        self.assertEqual(told("sensitivity", scenario("a b", "a=I", "b=I"))["common"], {"items": 0, "leaders": []})

    def test_without_anybody_who_competes(self) -> None:
        document = told("sensitivity", scenario("a:x b", "a=I; source = 's'"), "net")
        expected: dict[str, Any] = {"leaders": [], "critical_evidence": [], "without_evidence": {}, "critical_cells": []}
        expected |= {"overturn": None, "without_source": {"s": []}, "deception": {}, "without_assumptions": []}
        expected |= {"without_low_credibility": [], "common": {"items": 0, "leaders": []}, "level_priors": None}
        self.assertEqual({key: document[key] for key in expected}, expected)


class BySubsets(unittest.TestCase):
    def test_overturning_sets_are_the_smallest(self) -> None:
        """Against every subset of the units, by the scores of what is left."""
        compared = 0
        with localcontext(DIGITS):
            for s in small_scenarios(150):
                document = told("sensitivity", s)
                for k, found in (document["overturn"] or {}).items():
                    a = document["leaders"][0]
                    smallest: dict[str, int | None] = {"overturn": None, "tie": None}
                    parts = scoring.units(case(s).items)
                    for n in range(len(parts) + 1):
                        for gone in itertools.combinations(parts, n):
                            sign = self.sign(s, {e.id for part in gone for e in part}, k, a)
                            for name, least in (("overturn", 1), ("tie", 0)):
                                if sign >= least and smallest[name] is None:
                                    smallest[name] = n
                    self.assertEqual({name: found[name] for name in smallest}, smallest)
                    for name, key, least in (("overturn", "evidence", 1), ("tie", "tie_evidence", 0)):
                        if found[name] is not None:
                            self.assertGreaterEqual(self.sign(s, set(found[key]), k, a), least)
                            compared += 1
                        else:
                            self.assertEqual(found[key], [])
        self.assertGreater(compared, 100)

    def test_any_two_of_three(self) -> None:
        s = scenario("a b", "b=I", "b=I", "b=I", "a=I", "a=I", "b=N a=N")
        with localcontext(DIGITS):
            wide = any_of(WhatIf(case(s, "inconsistency")), "a", "b")
        self.assertEqual([[e.id for e in unit] for unit in wide], [["e1"], ["e2"], ["e3"]])

    def test_any_so_many_of_a_set_are_enough(self) -> None:
        """Against every subset of that size, and of the set with one unit more."""
        compared = 0
        with localcontext(DIGITS):
            for s in small_scenarios(400):
                what = WhatIf(case(s))
                for k, found in (overturn(what) or {}).items():
                    a, n = what.today[0], found["overturn"]
                    wide = any_of(what, a, k)
                    if not wide or not n:
                        continue
                    for gone in itertools.combinations(wide, n):
                        self.assertEqual(self.sign(s, {e.id for part in gone for e in part}, k, a), 1)
                    compared += 1
        self.assertGreater(compared, 5)

    def sign(self, s: Scenario, gone: set[str], k: str, a: str) -> int:
        """Whether k is ahead of a (1), level (0) or behind (-1) without some items, by today's priors."""
        whole = case(s)
        less = whole.of([e for e in whole.items if e.id not in gone])
        of = {h: scoring.score(less, s.method, h) for h in (k, a)}
        if s.method == "bayes":
            prior = scoring.priors(whole, scoring.competing(whole, "bayes"))
            of = {h: x + prior[h].ln() for h, x in of.items()}
        return compare(of[k], of[a], TIE_LN)


class AgainstEveryCell(unittest.TestCase):
    def test_critical_cells_by_ranking_the_changed_scenario(self) -> None:
        compared = 0
        with localcontext(DIGITS):
            for s in small_scenarios(60):
                document = told("sensitivity", s)
                listed = {(c["evidence"], c["hypothesis"]): c["steps"] for c in document["critical_cells"]}
                for e in case(s).items:
                    for hid in scoring.competing(case(s), s.method):
                        if not e.on_scale(hid):
                            continue
                        own, least = e.ratings[hid], math.inf
                        for n, rating in enumerate(("CC", "C", "N", "I", "II")):
                            e.ratings[hid] = rating
                            if scoring.leaders(case(s), s.method) != document["leaders"]:
                                least = min(least, abs(n - ("CC", "C", "N", "I", "II").index(own)))
                        e.ratings[hid] = own
                        self.assertEqual(listed.get((e.id, hid), math.inf), least)
                        compared += 1
        self.assertGreater(compared, 300)


if __name__ == "__main__":
    unittest.main()
