"""What to settle next, against computations by hand and by every filling."""

from __future__ import annotations

import itertools
import math
import unittest
from dataclasses import replace
from decimal import localcontext

import reading
import scoring
from exact import DIGITS
from hand import case, chance, scenario, small_scenarios, told


def entropy(p: float) -> float:
    return -p * math.log2(p) - (1 - p) * math.log2(1 - p)


class Cells(unittest.TestCase):
    def test_bits_and_switch_of_one_blank(self) -> None:
        s = scenario("a b", "b=N", "a=N b=N")
        post = [p / (p + 0.5) for p in map(chance, (2, 1, 0, -1, -2))]
        bits = entropy(sum(post) / 5) - sum(map(entropy, post)) / 5
        document = told("next", s, "inconsistency")
        only = document["cells"][0]
        self.assertEqual((only["rating"], only["confidence"], document["blanks"]), (None, None, 1))
        self.assertAlmostEqual(only["bits"], bits, places=14)
        self.assertAlmostEqual(only["switch"], 0.4)  # level today; I and II change that
        self.assertAlmostEqual(told("next", s, "net")["cells"][0]["switch"], 0.8)
        self.assertFalse(document["settled"])
        self.assertIsNone(told("next", s, "bayes")["settled"])

    def test_a_rating_makes_its_hypothesis_compete(self) -> None:
        s = scenario("a b", "b=I")
        document = told("next", s, "inconsistency")
        only = document["cells"][0]
        self.assertEqual((only["hypothesis"], only["switch"]), ("a", 0.8))  # ahead with CC to N, level with I; b stays first with II
        post = [p / (p + chance(-1)) for p in map(chance, (2, 1, 0, -1, -2))]
        self.assertAlmostEqual(only["bits"], entropy(sum(post) / 5) - sum(map(entropy, post)) / 5, places=14)
        self.assertFalse(document["settled"])

    def test_bits_of_a_doubtful_rating_weigh_its_neighbours(self) -> None:
        s = scenario("a:0.3 b:0.7", "a=CC/low b=I")
        low = chance(-1)
        post = [0.3 * p / (0.3 * p + 0.7 * low) for p in map(chance, (2, 1))]
        got = told("next", s, "net")["cells"]
        self.assertEqual([(c["hypothesis"], c["rating"], c["confidence"]) for c in got], [("a", "CC", "low")])
        self.assertAlmostEqual(got[0]["bits"], entropy(sum(post) / 2) - sum(map(entropy, post)) / 2, places=14)
        self.assertEqual(got[0]["switch"], 0)

    def test_candidates(self) -> None:
        none = "kind = 'absence'\nsearched = 'none'"
        s = scenario("a b c:x d:residual", "a=C/low b=I/high", "a=NA/low", "a=N b=N", f"a=I/low;{none}")
        names = lambda every: {c["evidence"] + c["hypothesis"] for c in told("next", s, every=every)["cells"]}
        self.assertEqual(names(False), {"e1a", "e2b"})
        self.assertEqual(names(True), {"e1a", "e1b", "e2b", "e3a", "e3b"})
        self.assertEqual(told("next", s)["blanks"], 1)

    def test_most_switching_first_then_most_bits_then_file_order(self) -> None:
        s = scenario("a b", "a=N b=N", "; credibility = 'low'", "", "; credibility = 'low'", "b=II a=C")
        order = [c["evidence"] + c["hypothesis"] for c in told("next", s, "inconsistency")["cells"]]
        # a leads by 2: only a's II draws level; b's ratings change nothing
        self.assertEqual(order, ["e3a", "e2a", "e4a", "e3b", "e2b", "e4b"])


class Settled(unittest.TestCase):
    def settled(self, *given: str, method: str = "inconsistency") -> object:
        return told("next", scenario(*given), method)["settled"]

    def test_by_hand(self) -> None:
        self.assertTrue(self.settled("a b", "a=C b=I"))
        self.assertFalse(self.settled("a b", "a=C b=I", "b=N"))  # a can fall to -2
        self.assertTrue(self.settled("a b", "a=C b=I", "a=N"))  # b can fall only
        self.assertFalse(self.settled("a b", "a=C b=I", "a=N", method="net"))  # b can rise above 1
        self.assertTrue(self.settled("a b", "a=N b=N"))  # two lead, and nothing is blank
        self.assertFalse(self.settled("a b", "a=N b=N", "a=N"))

    def test_the_unrated(self) -> None:
        self.assertFalse(self.settled("a b", "a=I"))  # b may come to compete, and be ahead
        self.assertTrue(self.settled("a b", "a=I b=NA"))
        self.assertTrue(self.settled("a b:residual c:x", "a=I"))
        self.assertFalse(self.settled("a", ""))  # nobody competes yet
        self.assertTrue(self.settled("a", "a=NA"))
        self.assertTrue(self.settled("a:residual", ""))
        self.assertIsNone(self.settled("a", "", method="bayes"))

    def test_against_every_filling(self) -> None:
        seen = set()
        with localcontext(DIGITS):
            for s in small_scenarios(300):
                whole = case(s)
                blanks = [(e.id, h.id) for e in whole.items for h in s.weighed if e.cell(h.id) is None]
                if s.method == "bayes" or len(blanks) > 3:
                    continue
                today = scoring.leaders(whole, s.method)
                changes = False
                for filling in itertools.product((None, *reading.SCALE), repeat=len(blanks)):
                    chosen = {at: r for at, r in zip(blanks, filling) if r}
                    cells = lambda e: {h: r for (eid, h), r in chosen.items() if eid == e.id}
                    items = [replace(e, ratings={**e.ratings, **cells(e)}) for e in whole.items]
                    changes = changes or scoring.leaders(whole.of(items), s.method) != today
                self.assertEqual(told("next", s)["settled"], not changes)
                seen.add((len(blanks) > 0, changes))
        self.assertEqual(seen, {(False, False), (True, False), (True, True)})


class Indicators(unittest.TestCase):
    def test_the_pending_ones_by_the_day_they_are_due(self) -> None:
        indicator = '[[indicator]]\nid = "{}"\ntext = "t"\n{}\n'
        fields = {"a": "", "b": "due = 2025-03-01", "c": "due = '2025-01-31'\nhypothesis = 'h'"}
        fields |= {"d": "due = 2024-01-01\nstatus = 'observed'", "e": "due = 2025-03-01\nstatus = 'pending'"}
        s = scenario("h", more="".join(indicator.format(*pair) for pair in fields.items()))
        got = told("next", s)["indicators"]
        self.assertEqual([(i["id"], i["hypothesis"], i["due"], i["overdue"]) for i in got][0], ("c", "h", "2025-01-31", None))
        self.assertEqual([i["id"] for i in got], ["c", "b", "e", "a"])
        overdue = lambda day: [i["overdue"] for i in told("next", s, as_of=day)["indicators"]]
        self.assertEqual(overdue("2025-02"), [True, False, False, False])
        self.assertEqual(overdue("2025-01-31"), [False, False, False, False])
        self.assertEqual([i["overdue"] for i in told("next", replace(s, as_of="2026-01-01"))["indicators"]][0], True)


if __name__ == "__main__":
    unittest.main()
