"""Scores, groups, posteriors and who competes, against computations by hand."""

from __future__ import annotations

import math
import unittest
from dataclasses import replace
from decimal import Decimal, localcontext

from exact import DIGITS, Surd, sign
from hand import case, chance, leaders, ranks, scenario, scores, small_scenarios, told
from reading import LEVEL, METHODS
from scoring import leaders as leading
from scoring import ranking, score, units

G = "group = 'g'\n"


class Additive(unittest.TestCase):
    def test_each_method_sums_what_it_says(self) -> None:
        s = scenario("a b", "a=II b=CC; credibility = 'high'", "a=C b=I; relevance = 'low'", "a=NA b=N")
        self.assertEqual(scores(s, "inconsistency"), {"a": -2, "b": -1})
        # weighted: a = -2 sqrt2, b = -1/sqrt2; net: a = -2 sqrt2 + 1/sqrt2 = -3/sqrt2, b = 2 sqrt2 - 1/sqrt2
        self.assertEqual(scores(s, "weighted"), {"a": -2 * math.sqrt(2), "b": -math.sqrt(0.5)})
        self.assertAlmostEqual(scores(s, "net")["a"], -3 / math.sqrt(2), places=14)
        self.assertAlmostEqual(scores(s, "net")["b"], 3 / math.sqrt(2), places=14)

    def test_sign_of_a_surd_is_decided_by_integers(self) -> None:
        self.assertEqual(Surd(0, 0).sign(), 0)
        self.assertEqual(Surd(3, -2).sign(), 1)  # 3 > 2.83
        self.assertEqual(Surd(-3, 2).sign(), -1)
        self.assertEqual(Surd(7, -5).sign(), -1)  # 7 < 7.07
        # a convergent of sqrt(2): a*a - 2*b*b = 1, far below what a float can see
        self.assertEqual(Surd(1855077841, -1311738121).sign(), -1)
        self.assertEqual(Surd(4478554083, -3166815962).sign(), 1)

    def test_an_exact_tie_is_one_though_floats_differ(self) -> None:
        low, high = "credibility = 'low'", "credibility = 'high'"
        self.assertNotEqual(math.sqrt(2) + math.sqrt(0.5) + 1, math.sqrt(2) + 1 + math.sqrt(0.5))
        s = scenario("a b", f"a=I;{high}", f"a=I;{low}", "a=I", f"b=I;{high}", "b=I", f"b=I;{low}")
        self.assertEqual(ranks(s, "weighted"), {"a": 1, "b": 1})
        self.assertIsNone(told("table", s, "weighted")["margin"])

    def test_ranks_are_1224_and_the_margin_is_to_the_next_score(self) -> None:
        s = scenario("a b c d e:x", "a=I b=N c=I d=II e=CC")
        self.assertEqual(ranks(s, "inconsistency"), {"a": 2, "b": 1, "c": 2, "d": 4, "e": None})
        self.assertEqual(told("table", s, "inconsistency")["margin"], 1)
        order = [e["id"] for e in told("rank", s, "inconsistency")["ranking"]]
        self.assertEqual(order, ["b", "a", "c", "d", "e"])

    def test_weight_is_a_float_once(self) -> None:
        s = scenario("a", *(f"a=C; credibility = '{c}'\nrelevance = '{r}'" for c in LEVEL for r in LEVEL))
        weights = [e["weight"] for e in told("table", s)["evidence"]]
        half, root = math.sqrt(0.5), math.sqrt(2)
        self.assertEqual(weights, [0.5, 0.7071067811865476, 1.0, half, 1.0, root, 1.0, root, 2.0])


class Groups(unittest.TestCase):
    def test_the_strongest_on_each_side_counts(self) -> None:
        s = scenario("a b", f"a=I b=C;{G}", f"a=II b=CC;{G}", f"a=C b=I;{G}", "a=I b=I", f"a=CC b=NA;{G}")
        self.assertEqual(scores(s, "inconsistency"), {"a": -3, "b": -2})
        self.assertEqual(scores(s, "net"), {"a": -2 + 2 - 1, "b": 2 - 1 - 1})
        a = chance(-2) * chance(2) * chance(-1)
        b = chance(2) * chance(-1) * chance(-1)
        self.assertAlmostEqual(scores(s, "bayes")["a"], a / (a + b), places=14)

    def test_a_weaker_rating_of_a_heavier_item_may_be_the_stronger(self) -> None:
        # weighted: 2 * -1 against 0.5 * -2; inconsistency: -1 against -2
        s = scenario("a", f"a=I;{G} credibility = 'high'\nrelevance = 'high'", f"a=II;{G} credibility = 'low'\nrelevance = 'low'")
        self.assertEqual((scores(s, "weighted")["a"], scores(s, "inconsistency")["a"]), (-2, -2))

    def test_repeating_an_item_changes_no_score(self) -> None:
        with localcontext(DIGITS):
            for s in small_scenarios(40):
                items = [replace(e, group=e.group or f"alone {n}") for n, e in enumerate(s.items)]
                of = lambda those: [score(case(s).of(those), s.method, h.id) for h in s.hypotheses]
                for e in items:
                    self.assertEqual(of([*items, replace(e, id="again")]), of(items))

    def test_evidence_against_can_never_raise_a_score(self) -> None:
        with localcontext(DIGITS):
            for s in small_scenarios(40):
                for h in s.hypotheses:
                    before = score(case(s), s.method, h.id)
                    for group in {e.group for e in s.items}:
                        more = scenario(h.id, f"{h.id}=I").items[0]
                        after = score(case(s).of([*case(s).items, replace(more, group=group)]), s.method, h.id)
                        self.assertLessEqual(sign(after - before), 0)

    def test_units_stand_in_the_order_of_their_first_item(self) -> None:
        s = scenario("a", "a=I", f"a=I;{G}", "a=I; group = 'h'", f"a=I;{G}", "a=I")
        self.assertEqual([[e.id for e in u] for u in units(s.items)], [["e1"], ["e2", "e4"], ["e3"], ["e5"]])


class Bayes(unittest.TestCase):
    def test_one_item(self) -> None:
        # p = 1/(1 + 10^-0.5) = 0.7597469..., p' = 0.8 p + 0.1
        s = scenario("a b", "a=C b=I")
        p = 0.8 / (1 + 10**-0.5) + 0.1
        self.assertAlmostEqual(scores(s, "bayes")["a"], p, places=14)  # p' of C and I make 1

    def test_relevance_scales_the_step_and_credibility_pulls_to_even(self) -> None:
        s = scenario("a b", "a=CC b=N; credibility = 'low'\nrelevance = 'high'", scoring="bans_per_step = 0.25")
        p = 0.5 / (1 + 10 ** (-0.25 * math.sqrt(2) * 2)) + 0.25
        self.assertAlmostEqual(scores(s, "bayes")["a"], p / (p + 0.5), places=14)

    def test_priors_are_divided_by_the_sum_of_those_who_compete(self) -> None:
        s = scenario("a:0.9 b:0.1", "a=I b=C", scoring="bans_per_step = 1")
        c = chance(1, beta=1)
        self.assertAlmostEqual(scores(s, "bayes")["b"], 0.1 * c / (0.1 * c + 0.9 * (1 - c)), places=14)
        s = scenario("a:0.2 b:0.3 c:0.5", "a=N b=N c=NA")
        self.assertEqual(told("rank", s)["priors"], {"a": 0.4, "b": 0.6})
        self.assertIsNone(scores(s, "bayes")["c"])

    def test_families_share_a_prior(self) -> None:
        s = scenario("a:family=f b:family=f c d:family=f,x e:family=g", "a=N b=N c=N d=N")
        self.assertEqual(told("rank", s)["priors"], {"a": 0.25, "b": 0.25, "c": 0.5})
        self.assertEqual(told("rank", s)["families"], [{"family": "f", "members": ["a", "b"], "posterior": 0.5}])
        s = scenario("a:family=f b:family=f c", "a=N c=N")  # b does not compete: a has all of the family's
        self.assertEqual(told("rank", s)["priors"], {"a": 0.5, "c": 0.5})
        self.assertEqual(told("rank", s)["families"], [])

    def test_splitting_into_a_family_leaves_the_others(self) -> None:
        whole = scores(scenario("a b c", "a=I b=C c=II", "a=C b=N c=C"), "bayes")
        split = scenario("a:family=f d:family=f b c", "a=I d=I b=C c=II", "a=C d=C b=N c=C")
        for hid in "bc":
            self.assertAlmostEqual(scores(split, "bayes")[hid], whole[hid], places=14)
        self.assertAlmostEqual(2 * scores(split, "bayes")["a"], whole["a"], places=14)

    def test_small_posteriors_are_no_tie(self) -> None:
        s = scenario("a:1.0 b:1e-20 c:1e-22", "a=N b=N c=N")
        self.assertEqual(ranks(s, "bayes"), {"a": 1, "b": 2, "c": 3})
        s = scenario("a:0.5000000001 b:0.4999999999", "a=N b=N")  # ln differs by 4e-10
        self.assertEqual(ranks(s, "bayes"), {"a": 1, "b": 1})


class WhoCompetes(unittest.TestCase):
    def test_an_unrated_hypothesis_has_neither_rank_nor_score(self) -> None:
        s = scenario("a b c d:x e:x", "a=I b=NA d=C", "a=II e=NA")
        for method in ("inconsistency", "net"):
            self.assertEqual(ranks(s, method), {"a": 1, "b": None, "c": None, "d": None, "e": None})
        self.assertEqual(scores(s, "net"), {"a": -3, "b": None, "c": None, "d": 1, "e": None})
        self.assertEqual(scores(s, "bayes"), {"a": 1, "b": None, "c": None, "d": None, "e": None})

    def test_a_residual_competes_under_bayes_beside_another(self) -> None:
        s = scenario("a b:residual", "a=I")
        self.assertEqual(ranks(s, "weighted"), {"a": 1, "b": None})
        self.assertEqual(scores(s, "weighted"), {"a": -1, "b": None})
        self.assertEqual(ranks(s, "bayes"), {"a": 2, "b": 1})
        self.assertEqual(leaders(scenario("a b:residual", "b=C"), "bayes"), [])
        s = scenario("a b:residual", "a=I b=I", "b=I")  # rated: it has a score, and still no rank
        self.assertEqual((scores(s, "weighted"), ranks(s, "weighted")), ({"a": -1, "b": -2}, {"a": 1, "b": None}))

    def test_it_is_settled_for_the_items_that_count(self) -> None:
        s = scenario("a b", "a=II", "b=I; status = 'withdrawn'", "b=I; date = 2022-01-01")
        at = lambda day: told("table", s, "net", as_of=day)["leaders"]
        self.assertEqual((at("2021"), at("2022")), (["a"], ["b"]))

    def test_without_anybody(self) -> None:
        for s in (scenario(""), scenario("a b"), scenario("a:x", "a=II"), scenario("a", "a=NA")):
            for method in METHODS:
                document = told("table", s, method)
                self.assertEqual((document["leaders"], document["margin"], document["provisional"]), ([], None, False))

    def test_leaders_are_those_of_the_ranking(self) -> None:
        with localcontext(DIGITS):
            for s in small_scenarios(100):
                self.assertEqual(leading(case(s), s.method), ranking(case(s), s.method).leaders)


class Provisional(unittest.TestCase):
    def provisional(self, *given: str, method: str = "weighted") -> bool:
        return bool(told("table", scenario(*given), method)["provisional"])

    def test_blanks_of_leaders(self) -> None:
        self.assertFalse(self.provisional("a b", "a=N b=I"))
        self.assertTrue(self.provisional("a b", "b=I a=C", "b=I"))
        self.assertFalse(self.provisional("a b c", "a=N b=N c=II", "a=N b=N"))  # c trails

    def test_a_leader_rated_in_fewer_than_half_of_the_items(self) -> None:
        self.assertTrue(self.provisional("a b", "a=C b=I", "a=NA b=I", "a=NA b=I"))
        self.assertFalse(self.provisional("a b", "a=C b=I", "a=NA b=I"))

    def test_somebody_who_is_not_rated_at_all(self) -> None:
        self.assertTrue(self.provisional("a b", "a=C b=NA"))
        self.assertTrue(self.provisional("a b", "a=C"))
        self.assertFalse(self.provisional("a b:x c:residual", "a=C"))
        self.assertFalse(self.provisional("a b", "b=NA"))  # no leader

    def test_a_residual_may_lead_with_blanks(self) -> None:
        s = ("a b:residual", "a=I", "a=II")
        self.assertFalse(self.provisional(*s, method="bayes"))
        self.assertEqual(leaders(scenario(*s), "bayes"), ["b"])


class Precision(unittest.TestCase):
    def test_many_items_neither_under_nor_overflow(self) -> None:
        s = scenario("a b", "a=II b=CC")
        s.items = s.items * 2000
        with localcontext(DIGITS):
            result = ranking(case(s), "bayes")
        self.assertEqual((result.leaders, result.scores["b"]), (["b"], 1.0))
        self.assertLess(Decimal(result.scores["a"] or 0), Decimal("1e-300"))


if __name__ == "__main__":
    unittest.main()
