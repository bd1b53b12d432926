"""Several raters, against a published example and computations by hand."""

from __future__ import annotations

import math
import unittest

import oracle
import team
from hand import scenario


class Agreement(unittest.TestCase):
    def test_the_published_example(self) -> None:
        """Krippendorff 2011, data C: four observers, twelve units, ordinal alpha 0.815."""
        observers = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
        by_unit = zip(*(o.split() for o in observers))
        alpha = team.alpha([[int(v) for v in values if v != "."] for values in by_unit])
        self.assertEqual(round(float(alpha or 0), 3), 0.815)

    def test_alpha_by_hand(self) -> None:
        # o: (1,1) 2, (1,2) 1, (2,1) 1; n: 1 3, 2 1; distance 2^2: alpha = 1 - 3 * 2 * 4 / (2 * 3 * 4)
        self.assertEqual(team.alpha([[1, 1], [1, 2], [2]]), 0)
        self.assertIsNone(team.alpha([[1, 1], [1]]))
        self.assertIsNone(team.alpha([[1], [2], []]))

    def test_the_interval_by_hand(self) -> None:
        units = [[0, 0], [1, 1], [0, 1], [2]]
        # whole: n 3 3, distance 9: 1 - 5 * 2 * 9 / (2 * 9 * 9) = 4/9
        self.assertEqual(float(team.alpha(units) or 0), 4 / 9)
        # without the first: o (1,1) 2, (0,1) 1, (1,0) 1: 0; the second likewise; the third: 1
        without = [0, 0, 1]
        half = 1.96 * math.sqrt(2 / 3 * sum((a - 1 / 3) ** 2 for a in without))
        low, high = team.interval(units)
        self.assertAlmostEqual(low or 0, max(-1, 4 / 9 - half), places=14)
        self.assertAlmostEqual(high or 0, min(1, 4 / 9 + half), places=14)
        self.assertEqual(team.interval([[0, 0], [1, 1], [2]]), (None, None))  # two cells
        self.assertEqual(team.interval([[0, 0], [1, 1], [0, 0]]), (None, None))  # without the second, no variation


class Cells(unittest.TestCase):
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
        cases |= {"CC CC C": "CC", "CC II": None, "C I N": None, "II II I": "II", "C CC NA": "C", "NA NA NA C I": "NA"}
        for given, expected in cases.items():
            self.assertEqual(team.consensus([*given.split(), None]), expected, given)

    def test_rows_and_columns_in_order_of_appearance(self) -> None:
        first = scenario("a b", "a=C b=I", "a=N")
        second = scenario("c b a", "c=CC", "a=N b=II", "b=I")
        document = oracle.told("team", [first, second], ["x", "y"])
        self.assertEqual(document["raters"], ["x", "y"])
        cells = [(c["evidence"] + c["hypothesis"], c["ratings"]) for c in document["cells"]]
        expected = [("e1a", ["C", None]), ("e1b", ["I", None]), ("e1c", [None, "CC"])]
        expected += [("e2a", ["N", "N"]), ("e2b", [None, "II"]), ("e2c", [None, None])]
        expected += [("e3a", [None, None]), ("e3b", [None, "I"]), ("e3c", [None, None])]
        self.assertEqual(cells, expected)
        self.assertEqual((document["alpha"], document["pairable"]), (None, 1))  # one pair, both N

    def test_what_does_not_count_in_a_version_is_blank_there(self) -> None:
        gone = "status = 'withdrawn'"
        none = "kind = 'absence'\nsearched = 'none'"
        first = scenario("a", f"a=C;{gone}", f"a=I;{gone}", f"a=II;{none}")
        second = scenario("a", "a=C", f"a=I;{gone}", "a=I")
        cells = oracle.told("team", [first, second], ["x", "y"])["cells"]
        self.assertEqual([(c["evidence"], c["ratings"]) for c in cells], [("e1", [None, "C"]), ("e3", ["II", "I"])])


if __name__ == "__main__":
    unittest.main()
