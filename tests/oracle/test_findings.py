"""The rules of findings, each on a scenario that has it and one that has not."""

from __future__ import annotations

import unittest

import findings
from counting import Request
from hand import scenario

G = "group = 'g'\n"
ABSENCE = "kind = 'absence'\n"
CASES = {
    # code: (a scenario that has it, one that has not)
    "unrated-cells": (("a b", "a=I b=C", "a=I"), ("a b", "a=I")),  # b as a whole is unrated-hypothesis
    "leader-unrated": (("a b", "a=C b=I", "b=I"), ("a b", "a=C b=I", "a=C")),
    "unrated-hypothesis": (("a b", "a=I b=NA"), ("a b:residual c:x", "a=I")),
    "non-diagnostic-item": (("a b", "a=C b=C"), ("a b", "a=C b=CC")),
    "only-consistent": (("a b", "a=C b=CC"), ("a b", "a=C b=N")),
    "one-hypothesis-item": (("a b", "a=C b=NA", "a=C b=C"), ("a b:residual", "a=C b=NA")),
    "nothing-against": (("a b", "a=C b=N"), ("a b:residual", "a=I b=C")),
    "identical-hypotheses": (("a b", "a=I b=I"), ("a b:residual c", "a=I b=I c=II")),
    "uneven-attention": (("a b", "a=I b=I", "a=I", "a=I"), ("a b", "a=I b=I", "a=I")),
    "few-hypotheses": (("a b c:residual", "a=I"), ("a b c", "a=I")),
    "absence-unsearched": (("a", f"a=I; {ABSENCE}"), ("a", f"a=I; {ABSENCE} searched = 'none'", "a=I")),
    "searched-without-absence": (("a", "a=I; searched = 'full'"), ("a", f"a=I; {ABSENCE} searched = 'full'")),
    "undated": (("a", "a=I"), ("a", "a=I; date = '2021'", "a=I; status = 'withdrawn'")),
    "unsourced": (("a", "a=I"), ("a", "a=I; kind = 'argument'", "a=I; source = 's'")),
    "lead-on-one-item": (("a b", "b=I a=C"), ("a b", "b=I a=C", "b=I a=C")),
    "lead-on-one-source": (("a b", "b=I a=C; source = 's'", "b=N a=N"), ("a b", "b=I a=C; source = ['s', 't']")),
    "lead-on-assumptions": (("a b", "b=I a=N; kind = 'assumption'", "b=N a=N"), ("a b", "b=I a=C")),
    "lead-on-group": (("a b", f"b=I a=N;{G}", f"b=I a=N;{G}", "b=N a=N"), ("a b", "b=I a=C", f"b=I a=N;{G}")),
    "lead-on-low-credibility": (("a b", "b=I a=N; grade = 'A4'", "b=N a=N"), ("a b", "b=I a=N; grade = 'A3'")),
    "lead-on-uncommon-items": (("a b", "b=I", "a=N b=N"), ("a b", "b=I", "a=N")),  # without any common item it is silent
    # e1 sets a and b apart by 1; e2 says the same of both and is stronger
    "group-hides-item": (("a b", f"a=I b=C;{G}", f"a=II b=II;{G}"), ("a b", f"a=II b=C;{G}", f"a=I b=I;{G}")),
}


class Findings(unittest.TestCase):
    def test_each_rule(self) -> None:
        for code, (has, has_not) in CASES.items():
            for given, expected in ((has, True), (has_not, False)):
                s = scenario(*given)
                found = findings.findings(s, Request(method="weighted"))
                self.assertEqual(code in found, expected, (code, given))

    def test_those_that_depend_on_more_than_items(self) -> None:
        of = lambda s, method="bayes": findings.findings(s, Request(method=method))
        many = ["a=CC b=II"] * 9
        self.assertIn("extreme-posterior", of(scenario("a b", *many)))
        self.assertNotIn("extreme-posterior", of(scenario("a b", *many), "net"))
        self.assertNotIn("extreme-posterior", of(scenario("a", *["a=CC"] * 9)))
        self.assertIn("no-catch-all", of(scenario("a b")))
        self.assertNotIn("no-catch-all", of(scenario("a b:residual")))
        self.assertNotIn("no-catch-all", of(scenario("a b"), "net"))
        late = "[[indicator]]\nid = 'i'\ntext = 't'\ndue = 2021-01-01\n"
        s = scenario("a", "a=I; date = '2022'", more=late)
        self.assertFalse({"overdue-indicator", "stale-as-of"} & of(s))
        s.as_of = "2021-12-31"
        self.assertLessEqual({"overdue-indicator", "stale-as-of"}, of(s))
        s.as_of = "2022-01-01"  # not all of the year is late
        self.assertNotIn("stale-as-of", of(s))


if __name__ == "__main__":
    unittest.main()
