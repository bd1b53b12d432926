"""The recount of findings about people, outcome and indicators, on a case worked by hand."""

import sys
import unittest

sys.dont_write_bytecode = True

from judging import Judged  # noqa: E402
from recounting import differing, expected  # noqa: E402

CASE = """
ach = 1
title = "t"
[outcome]
hypothesis = "a"
[[hypothesis]]
id = "a"
name = "A"
[[hypothesis]]
id = "b"
name = "B"
[[evidence]]
id = "seen"
text = "x"
date = 2025-02-01
ratings = { a = { rating = "I", note = "why" }, b = "I" }
[[indicator]]
id = "seen"
text = "x"
status = "observed"
ratings = { a = "C", b = "II" }
[[indicator]]
id = "alike"
text = "x"
ratings = { a = "N", b = "NA" }
[[estimate]]
id = "ann"
by = "Ann"
date = 2025-01-01
probabilities = { a = 0.96, b = 0.5 }
[[estimate]]
id = "ben"
by = "Ben"
date = "2025-02"
probabilities = { a = 0.1 }
"""


def codes(text: str, as_of: str | None = None) -> list[str]:
    return sorted(code for code, _ in expected(Judged.of(text.encode()), text, as_of))


class Recount(unittest.TestCase):
    def test_each_doubt_is_counted_once(self) -> None:
        of_all = ["estimate-incoherent", "estimate-incomplete", "estimate-stale"]
        self.assertEqual(
            codes(CASE), [*of_all, "non-diagnostic-indicator", "outcome-undated", "preregistered-changed"]
        )

    def test_a_month_counts_from_its_last_day_and_an_outcome_from_its_first(self) -> None:
        dated = CASE.replace('[outcome]', '[outcome]\ndate = "2025-02"')
        self.assertEqual(codes(dated).count("estimate-after-outcome"), 1)
        self.assertEqual(codes(dated, "2025-02-15").count("estimate-after-outcome"), 0)

    def test_a_finding_that_is_not_owed_is_told(self) -> None:
        owed = [("outcome-undated", ".*")]
        answer = {"files": [{"diagnostics": [{"code": "estimate-stale", "message": "x is dated after ann"}]}]}
        self.assertEqual(
            list(differing(answer, owed)),
            ["not found: outcome-undated: .*", "not so: estimate-stale: x is dated after ann"],
        )


if __name__ == "__main__":
    unittest.main()
