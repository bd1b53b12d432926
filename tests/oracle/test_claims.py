"""Claims of sentences: those that hold pass, and one changed in a figure or a name does not."""

from __future__ import annotations

import unittest
from decimal import localcontext

import claims_caveats
import claims_explain
import claims_lead
import claims_log
import claims_more
import claims_rows
import claims_versions
import claims_what_if
import figures
import speech
from claims_owed import owed
from counting import Request
from exact import DIGITS
from hand import scenario

MODULES = (claims_caveats, claims_explain, claims_lead, claims_more, claims_rows, claims_versions, claims_what_if)
# apple -1, berry -2, cedar blank in one of three, daisy not rated, elder rejected
CASE = ("apple berry cedar daisy elder:x", "apple=I berry=C cedar=II", "berry=I", "berry=I apple=C cedar=I; credibility = 'low'")
TRUE = {
    "table": (
        "Of the 3 that are, least contradicted: Apple, 0.71 ahead of Berry.",
        "Not rated yet: Daisy.",
        "Rejected, so without a rank: Elder.",
        "Provisional: 1 cell of Apple is not rated; nothing is rated yet for Daisy.",
        "In all, 5 of 12 cells are not rated.",
        "boat rain  3 items, 5 hypotheses, by weighted",
        "By the 2 items that compare all hypotheses the lead goes to Berry.",
        "Without the one item of low credibility Apple and Berry share the lead.",
    ),
    "explain": ("Cedar: rank 3, -2.71.", "Against it: 2 items, -2.71", "Most weighs against Berry: e2 (-1.00) and e3 (-0.71); 2 items make -1.71."),
    "next": ("More ratings can still change who leads: 5 cells are blank.", "New leader: how often it would change who leads by weighted."),
}
FALSE = {
    "table": (
        "Least contradicted: Berry, 0.71 ahead of Apple.",
        "Least contradicted: Apple, 0.70 ahead of Berry.",
        "Of the 2 that are, least contradicted: Apple, 0.71 ahead of Berry.",
        "Best supported: Apple, 0.71 ahead of Berry.",
        "Not rated yet: Cedar.",
        "Provisional: 2 cells of Apple are not rated.",
        "Provisional: 1 cell of Berry is not rated.",
        "In all, 4 of 12 cells are not rated.",
        "boat rain  4 items, 5 hypotheses, by weighted",
        "By the 2 items that compare all hypotheses nothing changes at the top.",
        "By the 3 items that compare all hypotheses the lead goes to Berry.",
        "Without the one item of low credibility nothing changes at the top.",
        "The methods disagree. In the lead under weighted: Berry.",
    ),
    "explain": ("Cedar: rank 2, -2.71.", "Most weighs against Berry: e3 (-0.71) and e2 (-1.00); 3 items make -1.71."),
    "next": ("No cell is blank: only second thoughts can change who leads.", "More ratings can still change who leads: 4 cells are blank."),
}


class Claims(unittest.TestCase):
    def read_out(self, command: str, text: str) -> speech.Told:
        context = speech.Context(command, scenario(*CASE), Request(method="weighted"))
        if command == "explain":
            context.options["subject"] = "cedar"
        with localcontext(DIGITS):
            return speech.read_out(context, text)

    def test_what_holds_passes(self) -> None:
        self.assertGreater(sum(len(vars(module)) for module in MODULES), 0)
        for command, texts in TRUE.items():
            for text in texts:
                told = self.read_out(command, text)
                self.assertEqual((told.wrong, told.unknown), ([], []), text)
                self.assertTrue(told.checked, text)

    def test_what_does_not_hold_is_found(self) -> None:
        for command, texts in FALSE.items():
            for text in texts:
                self.assertTrue(self.read_out(command, text).wrong, text)


class History(unittest.TestCase):
    """Berry leads at first, then Apple, provisionally."""

    def setUp(self) -> None:
        before = scenario("apple berry", "apple=I berry=C")
        self.context = speech.Context("log", scenario("apple berry", "apple=C berry=I", "berry=I"), Request())
        self.context.versions = [before, self.context.scenario]

    def wrong(self, text: str) -> list[str]:
        with localcontext(DIGITS):
            told = speech.of_text(self.context, text)
        self.assertEqual(told.unknown, [])
        return told.wrong

    def test_the_leaders_of_all_commits(self) -> None:
        said = "The leader changed {}, last on 2025-01-02 (abcdef0): {} -> {}.".format
        self.assertEqual(self.wrong(said("once", "Berry", "Apple, provisionally")), [])
        for wrong in (said("twice", "Berry", "Apple, provisionally"), said("once", "Berry", "Apple"), said("once", "Apple", "Berry, provisionally")):
            self.assertEqual(len(self.wrong(wrong)), 1, wrong)
        self.assertEqual(len(self.wrong("The leader stayed the same: Apple, provisionally.")), 1)

    def test_the_rows_of_a_commit(self) -> None:
        rows = "abcdef0 2025-01-02 Tester: Version 1\n  leader  Berry -> Apple, provisionally\n  ranks   {}".format
        self.assertEqual(self.wrong(rows("apple 2 -> 1 (-1.00 -> 0.00) and berry 1 -> 2 (0.00 -> -2.00)")), [])
        for wrong in ("apple 2 -> 1 (-1.00 -> 0.00)", "apple 2 -> 1 (-1.00 -> 0.00) and berry 1 -> 2 (0.00 -> -1.00)"):
            self.assertEqual(len(self.wrong(rows(wrong))), 1, wrong)


class Owed(unittest.TestCase):
    def test_a_provisional_lead_is_called_so(self) -> None:
        context = speech.Context("rank", scenario("apple berry", "apple=C berry=I", "berry=I"), Request())
        self.assertEqual(len(list(owed(context, "Least contradicted: Apple."))), 1)
        self.assertEqual(list(owed(context, "Provisional: 1 cell of Apple is not rated.")), [])


class Figures(unittest.TestCase):
    def test_rounding(self) -> None:
        for claimed, figure in (("0.71", 0.7071), ("-4.83", -4.8284), ("<0.01", 0.004), (">-0.01", -0.004), ("+1.00", 1.0)):
            self.assertIsNone(figures.near(claimed, figure))
        for claimed, figure in (("0.70", 0.7071), ("4.83", -4.8284), ("<0.01", 0.02), (">-0.01", 0.004), ("0.00", None)):
            self.assertIsNotNone(figures.near(claimed, figure))

    def test_posteriors_and_their_margins(self) -> None:
        for claimed, p in (("<1%", 0.004), (">99%", 0.999), ("40%", 0.399), ("100%", 1.0)):
            self.assertIsNone(figures.posterior(claimed, p))
        for claimed, p in (("0%", 0.004), ("100%", 0.999), ("39%", 0.399), ("<1%", None)):
            self.assertIsNotNone(figures.posterior(claimed, p))
        self.assertIsNone(figures.points("less than 1", 0.504, 0.496))  # 50% and 50%, yet one leads
        self.assertIsNone(figures.points("27", 0.399, 0.131))
        self.assertIsNone(figures.points("more than 98", 0.9999, 0.0001))
        self.assertIsNotNone(figures.points("26", 0.399, 0.131))


if __name__ == "__main__":
    unittest.main()
