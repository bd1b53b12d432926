"""The documents that follow from scores alone, against computations by hand."""

from __future__ import annotations

import json
import math
import unittest
from pathlib import Path

import answers
import documents
import oracle
import reading
from hand import bans, chance, scenario, told

SCORE_CASES = Path(__file__).parent.parent / "corpus" / "score"
G = "group = 'g'\n"


class Table(unittest.TestCase):
    def test_diagnosticity_counts_na_as_zero_and_leaves_blanks_out(self) -> None:
        none = "kind = 'absence'\nsearched = 'none'"
        s = scenario("a b c d:x", "a=II b=NA d=CC", "a=II", "a=C b=I c=N", "a=C b=C c=C", f"a=II;{none}")
        got = [e["diagnosticity"] for e in told("table", s)["evidence"]]
        self.assertEqual(got, [1.0, 0.0, math.sqrt(2 / 3), 0.0, 0.0])  # stdev of -2, 0; of one; of 1, -1, 0

    def test_information(self) -> None:
        s = scenario("a b", "a=C b=I", "a=C b=C", "a=NA")
        p = chance(1)
        bits = 1 + p * math.log2(p) + (1 - p) * math.log2(1 - p)
        got = [e["information"] for e in told("table", s)["evidence"]]
        self.assertAlmostEqual(got[0], bits, places=14)
        self.assertEqual(got[1:], [0.0, 0.0])

    def test_what_does_not_count_is_listed_and_what_is_filtered_is_not(self) -> None:
        s = scenario("a b", "a=I; status = 'withdrawn'", "a=I b=C; rests_on = ['e1']", "a=II", "a=I; kind = 'argument'")
        document = told("table", s, where="!kind:argument")
        self.assertEqual([(e["id"], e["counts"]) for e in document["evidence"]], [("e1", False), ("e2", False), ("e3", True)])
        self.assertEqual([e["diagnosticity"] for e in document["evidence"]], [0, 1, 0])
        a, b = document["hypotheses"]
        self.assertEqual((a["score"], a["rated"], a["unrated"], a["competes"]), (-2, 1, 0, True))
        self.assertEqual((b["score"], b["rated"], b["unrated"], b["competes"]), (None, 0, 1, False))
        self.assertEqual(document["where"], "!kind:argument")

    def test_cells_of_an_absence_that_nobody_looked_for_are_rated(self) -> None:
        s = scenario("a", "a=I; kind = 'absence'\nsearched = 'none'", "; kind = 'absence'\nsearched = 'none'", "a=I")
        document = told("table", s)
        self.assertEqual([e["ratings"] for e in document["evidence"]], [{"a": "I"}, {}, {"a": "I"}])
        self.assertEqual((document["hypotheses"][0]["rated"], document["hypotheses"][0]["score"]), (3, -1))

    def test_sorting(self) -> None:
        s = scenario(
            "a b",
            "a=I b=I",  # 0
            "a=C b=N; credibility = 'high'\nrelevance = 'low'",  # 0.5 * 1
            "a=C b=N",  # 0.5
            "a=C b=I; relevance = 'low'\ndate = '2021'",  # 0.707
            "a=C b=N; credibility = 'high'\ndate = '2021-06'",  # 0.707
        )
        order = lambda sort: [e["id"] for e in told("table", s, sort=sort)["evidence"]]
        self.assertEqual(order("diagnosticity"), ["e4", "e5", "e2", "e3", "e1"])
        self.assertEqual(order("date"), ["e5", "e4", "e1", "e2", "e3"])


class Rank(unittest.TestCase):
    def test_words(self) -> None:
        icd = {0.0499: "almost no chance", 0.05: "very unlikely", 0.2: "unlikely", 0.45: "roughly even chance"}
        icd |= {0.55: "roughly even chance", 0.551: "likely", 0.8: "likely", 0.95: "very likely", 0.951: "almost certain"}
        phia = {0.0749: "remote chance", 0.075: "highly unlikely", 0.225: "unlikely", 0.375: "realistic possibility"}
        phia |= {0.525: "likely", 0.775: "highly likely", 0.925: "almost certain", 1.0: "almost certain"}
        for yardstick, expected in (("icd203", icd), ("phia", phia)):
            self.assertEqual({p: answers.words(yardstick, p) for p in expected}, expected)
        five = told("rank", scenario("a b c d e", "a=N b=N c=N d=N e=N"))["ranking"][0]["methods"]["bayes"]
        self.assertEqual(five, {"score": 0.2, "rank": 1, "words": "unlikely"})

    def test_agreement_is_about_the_set_of_leaders(self) -> None:
        self.assertTrue(told("rank", scenario(""))["agreement"])
        self.assertTrue(told("rank", scenario("a b", "a=C b=I"))["agreement"])
        self.assertFalse(told("rank", scenario("a b", "a=C b=N"))["agreement"])  # level without what speaks for

    def test_each_method_says_whether_it_is_provisional(self) -> None:
        s = scenario("a b", "a=C b=N", "b=N", "a=N b=N")
        provisional = told("rank", s)["provisional"]  # level under the first two; a alone leads by net and bayes
        self.assertEqual(provisional, dict.fromkeys(reading.METHODS, True))
        s = scenario("a b", "a=I b=N", "b=C")
        self.assertEqual(told("rank", s)["provisional"], dict.fromkeys(reading.METHODS, False))


class Explain(unittest.TestCase):
    def test_contributions_by_size_and_equal_ones_in_file_order(self) -> None:
        s = scenario("a b", "a=I", "a=NA", "a=C; relevance = 'high'", "a=II", "a=I", "a=N", "a=CC")
        a = told("explain", s, "net")["hypotheses"][0]
        self.assertEqual([(c["evidence"], c["contribution"]) for c in a["against"]], [("e4", -2), ("e1", -1), ("e5", -1)])
        self.assertEqual([(c["evidence"], c["contribution"]) for c in a["for"]], [("e7", 2), ("e3", math.sqrt(2))])
        self.assertEqual(told("explain", s, "weighted")["hypotheses"][0]["for"], [])

    def test_versus_the_first_leader_in_file_order(self) -> None:
        s = scenario("a b c d:x", "a=II b=C c=C d=CC", "a=C b=I c=C d=II", "a=N b=C c=I", scoring="method = 'net'")
        document = told("explain", s)
        self.assertEqual(document["leaders"], ["b", "c"])
        a, b, c, d = document["hypotheses"]
        differences = lambda h: [(v["evidence"], v["difference"]) for v in h["versus_leader"]]
        self.assertEqual(differences(a), [("e1", 3), ("e2", -2), ("e3", 1)])
        self.assertEqual((differences(b), differences(c)), ([], []))
        self.assertEqual((d["rank"], d["score"]), (None, 0))
        self.assertEqual(differences(d), [("e1", -1), ("e2", 1), ("e3", 1)])
        self.assertEqual([h["id"] for h in told("explain", s, hypothesis="c")["hypotheses"]], ["c"])
        with self.assertRaises(reading.Unscorable):
            told("explain", s, hypothesis="z")

    def test_what_is_covered_stands_apart(self) -> None:
        s = scenario("a b", f"a=I;{G}", f"a=II b=C;{G}", f"a=II b=CC;{G}", "a=C", f"a=C b=I;{G}", f"a=N b=NA;{G}")
        a, b = told("explain", s, "net")["hypotheses"]
        self.assertEqual([c["evidence"] for c in (*a["against"], *a["for"])], ["e2", "e4", "e5"])
        self.assertEqual(a["covered"], [{"evidence": "e1", "by": "e2"}, {"evidence": "e3", "by": "e2"}])
        self.assertEqual(b["covered"], [{"evidence": "e2", "by": "e3"}])
        # b leads; what is covered for one side is 0: e2 0 + 2, e3 2 - 0, e4 -1, e5 -1 - 1
        self.assertEqual([(v["evidence"], v["difference"]) for v in a["versus_leader"]], [("e2", 2), ("e3", 2), ("e5", -2), ("e4", -1)])
        self.assertEqual(sum(v["difference"] for v in a["versus_leader"]), b["score"] - a["score"])

    def test_bans(self) -> None:
        s = scenario("a b c:x", "a=C b=N c=I", f"a=II;{G}", f"a=I b=C;{G}", f"c=I;{G}")
        document = told("explain", s, "bayes")
        a, b, c = document["hypotheses"]
        self.assertEqual(document["priors"], {"a": 0.5, "b": 0.5})
        self.assertIsNone(told("explain", s, "net")["priors"])
        self.assertEqual([x["evidence"] for x in (*a["against"], *a["for"], *b["for"])], ["e2", "e1", "e3"])
        self.assertEqual(a["covered"], [{"evidence": "e3", "by": "e2"}])
        self.assertAlmostEqual(a["against"][0]["contribution"], bans(-2), places=14)
        self.assertAlmostEqual(a["for"][0]["contribution"], bans(1), places=14)
        self.assertEqual((c["against"], c["for"], c["covered"], c["versus_leader"]), ([], [], [], []))
        # what stands in versus_leader adds up to the log posterior ratio
        total = sum(v["difference"] for h in (a, b) for v in h["versus_leader"])
        self.assertAlmostEqual(10**total, max(a["score"], b["score"]) / min(a["score"], b["score"]), places=12)


class Timeline(unittest.TestCase):
    def test_steps(self) -> None:
        items = ("a=I b=C; date = '2021'", "b=II; date = 2021-12-31", "a=II", "a=II c=CC; date = 2022-02-01")
        document = told("timeline", scenario("a b c:x", *items), "net")
        first, second = document["steps"]
        self.assertEqual((first["date"], first["added"], first["leaders"]), ("2021-12-31", ["e1", "e2"], ["b"]))
        self.assertEqual(first["scores"], {"a": -3, "b": -1, "c": None})
        self.assertEqual(first["ranks"], {"a": 2, "b": 1, "c": None})
        self.assertEqual((second["date"], second["added"]), ("2022-02-01", ["e4"]))
        self.assertEqual(second["scores"], {"a": -5, "b": -1, "c": 2})
        self.assertEqual([step["provisional"] for step in document["steps"]], [True, True])
        self.assertEqual(len(told("timeline", scenario("a b c:x", *items), as_of="2021")["steps"]), 1)
        self.assertEqual(told("timeline", scenario("a", "a=I"))["steps"], [])

    def test_who_competes_is_settled_at_each_date(self) -> None:
        s = scenario("a b", "a=II; date = 2021-01-01", "b=I; date = 2022-01-01")
        steps = told("timeline", s, "inconsistency")["steps"]
        self.assertEqual([step["leaders"] for step in steps], [["a"], ["b"]])
        self.assertEqual(steps[0]["ranks"], {"a": 1, "b": None})

    def test_an_item_that_waits_for_its_premise_is_added_on_its_own_day(self) -> None:
        s = scenario("a", "a=I; date = 2021-01-01\nrests_on = ['e2']", "a=N; date = 2022-01-01", "a=I; date = 2023-01-01\nstatus = 'withdrawn'")
        steps = told("timeline", s, "inconsistency")["steps"]
        self.assertEqual([(step["added"], step["scores"]["a"]) for step in steps], [(["e1"], None), (["e2"], -1)])


class Diff(unittest.TestCase):
    def test_each_side_by_its_own_method(self) -> None:
        before = scenario("a b", "a=CC b=N", scoring="method = 'net'")
        after = scenario("a b c", "a=CC b=N", scoring="method = 'inconsistency'")
        got = oracle.told("diff", [before, after], [])["conclusion"]
        self.assertEqual((got["method_before"], got["method"]), ("net", "inconsistency"))
        self.assertEqual(got["before"], {"leaders": ["a"], "ranks": {"a": 1, "b": 2}, "scores": {"a": 2, "b": 0}})
        self.assertEqual((got["after"]["leaders"], got["after"]["scores"]), (["a", "b"], {"a": 0, "b": 0, "c": None}))
        both = oracle.told("diff", [before, after], [], method="net")["conclusion"]
        self.assertEqual((both["method_before"], both["method"], both["after"]["leaders"]), ("net", "net", ["a"]))

    def test_bayes_says_nothing_of_what_is_inconsistent(self) -> None:
        s = scenario("a:0.4 b:0.4", "a=I b=C")
        of = lambda method: oracle.told("diff", [s, s], [], method=method)["conclusion"]["before"]
        nothing = {"a": None, "b": None}
        self.assertEqual(of("bayes"), {"leaders": [], "ranks": nothing, "scores": nothing})
        self.assertEqual(of("net"), {"leaders": ["b"], "ranks": {"a": 2, "b": 1}, "scores": {"a": -1, "b": 1}})


class Fixtures(unittest.TestCase):
    def test_the_fixtures_are_what_the_oracle_says(self) -> None:
        """Of each case the documents there are: `table.json`, `table--sort-date.json`."""
        for case in sorted(SCORE_CASES.iterdir()):
            for document in sorted(case.glob("*.json")):
                command, *flags = document.stem.split("--")
                options = {}
                for flag in flags:
                    name = next(n for n in ("as-of", "sort", "method", "unrated") if flag.startswith(n + "-"))
                    options[name.replace("-", "_")] = flag.removeprefix(name + "-")
                expected = json.loads(document.read_text(encoding="utf-8"))
                got = json.loads(oracle.dump(oracle.answer(command, [case / "scenario.toml"], **options)))
                self.assertEqual(list(documents.differences(got, expected)), [], f"{case.name}, {document.stem}")


if __name__ == "__main__":
    unittest.main()
