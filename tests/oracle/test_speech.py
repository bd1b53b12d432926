"""Reading sentences: cutting a text up, and telling claims that hold from those that do not."""

from __future__ import annotations

import unittest

import plain
import speech
from counting import Request
from hand import scenario
from reading import read


class Reading(unittest.TestCase):
    def test_paragraphs_and_rows(self) -> None:
        text = "First line\nand second.\n\nA heading\n  e1  Apple leads\n  e2  no change\n\n─────\n 1  2\n"
        found = [(b.paragraph, b.rows) for b in speech.blocks(text)]
        rows = ["  e1  Apple leads", "  e2  no change"]
        self.assertEqual(found, [("First line and second.", []), ("A heading", rows), ("", [" 1  2"])])

    def test_tokens(self) -> None:
        template = speech.Template(r"{Hs} and more, {n} of {n} by {x}(?: and {E})?: {Es}\.", lambda *_: None)
        found = template.pattern.match("Apple, Berry and Cedar and more, Two of 1,000 by -0.71: e1, e12 and e3.")
        self.assertIsNotNone(found)
        values = template.values(found) if found else []
        self.assertEqual(values, [["apple", "berry", "cedar"], 2, 1000, "-0.71", None, ["e1", "e12", "e3"]])

    def test_plain_scenarios_can_be_told_from_words(self) -> None:
        for seed in range(50):
            text = plain.plain(seed)
            self.assertEqual(text, plain.plain(seed))
            s = read(text.encode())
            self.assertEqual(s.faults, [])
            self.assertEqual([h.name for h in s.hypotheses], plain.NAMES[: len(s.hypotheses)])
            self.assertFalse(any(speech.CLAIM.search(e.text) for e in s.items))

    def test_what_no_template_knows_is_told(self) -> None:
        context = speech.Context("table", scenario("apple", "apple=I"), Request())
        told = speech.read_out(context, "Apple is an odd word. This claims nothing. There are 3 of them.")
        self.assertEqual(told.unknown, ["Apple is an odd word.", "There are 3 of them."])


if __name__ == "__main__":
    unittest.main()
