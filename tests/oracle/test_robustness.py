"""Rank acceptability, against computations by hand and by ranking every combination."""

from __future__ import annotations

import itertools
import math
import unittest
from dataclasses import replace
from decimal import localcontext

import documents
import robustness
import scoring
from exact import DIGITS, Surd
from hand import case, scenario, small_scenarios, told

G = "group = 'g'\n"


class Robustness(unittest.TestCase):
    def test_by_hand(self) -> None:
        # a is -1, 0, -2 with .7 .15 .15; b is 0, 1, -1 with .9 .05 .05
        document = told("robustness", scenario("a b", "a=I b=N/high"), "net")
        ahead, level = 0.15 * 0.05, 0.7 * 0.05 + 0.15 * 0.9
        self.assertAlmostEqual(document["pairwise"]["a"]["b"], ahead + level / 2, places=14)
        self.assertAlmostEqual(document["acceptability"]["a"][0], ahead + level / 2, places=14)
        self.assertAlmostEqual(document["acceptability"]["b"][1], ahead + level / 2, places=14)
        self.assertAlmostEqual(document["alone"]["a"], ahead, places=14)
        self.assertAlmostEqual(document["alone"]["b"], 1 - ahead - level, places=14)
        for h in "ab":
            self.assertAlmostEqual(document["level"][h], level, places=14)
        self.assertEqual((document["exact"], document["draws"], document["seed"]), (True, None, None))
        self.assertAlmostEqual(document["moving"], 0.3 + 0.1)
        self.assertEqual(document["cells"], 2)

    def test_a_group_by_hand(self) -> None:
        # the stronger of two I of medium confidence: 0 if both rise, -2 if one falls, else -1
        s = scenario("a b", f"a=I b=I/high;{G}", f"a=I b=N/high;{G}", "a=NA")
        with localcontext(DIGITS):
            total = robustness.distributions(case(s), "inconsistency", ["a"], "uniform")["a"]
        none, two = 0.15**2, 1 - 0.85**2
        got = {key >> 64: p for key, p in total.items()}
        for key, p in {0: none, -2: 1 - none - two, -4: two}.items():  # a of a surd is twice the score
            self.assertAlmostEqual(got[key], p, places=14)

    def test_what_a_cell_may_be(self) -> None:
        s = scenario("a b c", "a=CC/low b=NA", "a=II; kind = 'absence'\nsearched = 'none'")
        spread = lambda n, hid, unrated: {r: float(p) for r, p in robustness.chances(s.items[n], hid, unrated).items()}
        self.assertEqual(spread(0, "a", "uniform"), {"CC": 0.5, "C": 0.5})
        self.assertEqual(spread(0, "b", "uniform"), {"NA": 1.0})
        self.assertEqual(spread(0, "c", "uniform"), {"CC": 0.2, "C": 0.2, "N": 0.2, "I": 0.2, "II": 0.2})
        self.assertEqual(spread(0, "c", "neutral"), {None: 1.0})
        self.assertEqual(spread(1, "a", "uniform"), {"NA": 1.0})
        self.assertEqual(spread(1, "c", "uniform"), {"NA": 1.0})

    def test_ties_share_their_ranks(self) -> None:
        s = scenario("a b c d:x e", "a=C/high b=C/high c=C/high d=CC", "a=NA b=NA c=NA")
        document = told("robustness", s, "weighted")
        self.assertEqual(document["acceptability"]["b"], [1 / 3] * 3)
        self.assertEqual(document["pairwise"]["b"], {"a": 0.5, "c": 0.5})
        self.assertEqual((document["alone"]["a"], document["level"]["a"]), (0, 1))
        self.assertEqual(told("robustness", scenario("a", "a=I"), "net")["pairwise"], {"a": {}})

    def test_without_anybody_who_competes(self) -> None:
        for method in ("net", "bayes"):
            document = told("robustness", scenario("a:x b", "a=I"), method)
            self.assertEqual([document[key] for key in documents.DRAWN], [{}] * 4)
            self.assertEqual((document["moving"], document["cells"]), (0, 0))

    def test_the_lattice_keeps_the_order_of_surds(self) -> None:
        surds = [Surd(a, b) for a in range(-60, 61, 3) for b in range(-60, 61, 3)]
        surds.sort(key=lambda s: s.decimal())
        keys = [robustness.lattice(s) for s in surds]
        self.assertEqual(len(set(keys)), len(keys))
        self.assertEqual(keys, sorted(keys))

    def test_against_every_combination(self) -> None:
        """Every drawn scenario ranked as a whole, and its probability shared out."""
        compared = 0
        for s in small_scenarios(150):
            for unrated in ("uniform", "neutral"):
                with localcontext(DIGITS):
                    whole = case(s)
                    ids = scoring.competing(whole, s.method)
                    places = [(n, h) for n in range(len(whole.items)) for h in ids]
                    of = [robustness.chances(whole.items[n], h, unrated) for n, h in places]
                    if math.prod(map(len, of)) > 100:
                        continue
                    alone, level = dict.fromkeys(ids, 0.0), dict.fromkeys(ids, 0.0)
                    acceptability = {h: [0.0] * len(ids) for h in ids}
                    pairwise = {h: {k: 0.0 for k in ids if k != h} for h in ids}
                    for drawn in itertools.product(*(c.items() for c in of)):
                        p = float(math.prod(q for _, q in drawn))
                        items = [replace(e, ratings=dict(e.ratings)) for e in whole.items]
                        for (n, hid), (rating, _) in zip(places, drawn):
                            if rating is not None:
                                items[n].ratings[hid] = rating
                        ranks = scoring.ranking(whole.of(items), s.method).ranks
                        first = [h for h in ids if ranks[h] == 1]
                        for h in first:
                            (alone if len(first) == 1 else level)[h] += p
                        for h in ids:
                            beside = [k for k in ids if ranks[k] == ranks[h]]
                            for place in range(len(beside)):
                                acceptability[h][(ranks[h] or 0) - 1 + place] += p / len(beside)
                            for k in pairwise[h]:
                                ahead = (ranks[h] or 0) - (ranks[k] or 0)
                                pairwise[h][k] += p * (1 if ahead < 0 else 0.5 if ahead == 0 else 0)
                document = told("robustness", s, unrated=unrated)
                expected = {"alone": alone, "level": level, "acceptability": acceptability, "pairwise": pairwise}
                self.assertEqual(list(documents.differences(expected, {k: document[k] for k in expected})), [])
                compared += 1
        self.assertGreater(compared, 150)


if __name__ == "__main__":
    unittest.main()
