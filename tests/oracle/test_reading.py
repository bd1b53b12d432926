"""Reading, filters, and which items count, against cases by hand."""

from __future__ import annotations

import unittest
from dataclasses import replace

import reading
from counting import left
from filtering import passing
from hand import case, ids, scenario, told

PREMISES = {name: f"rests_on = ['{name}']" for name in ("e1", "e2", "e3", "e4")}


class Reading(unittest.TestCase):
    def test_grades(self) -> None:
        by_level: dict[int, set[str]] = {level: set() for level in (-1, 0, 1)}
        for letter in "ABCDEF":
            for digit in "123456":
                by_level[reading.grade_level(letter + digit)].add(letter + digit)
        self.assertEqual(by_level[1], {"A1", "A2", "B1", "B2"})
        low = {f"{x}{y}" for x in "ABCDEF" for y in "45"} | {"D3", "E3", "D6", "E6"}
        self.assertEqual(by_level[-1], low)

    def test_a_search_in_part_makes_an_absence_doubtful(self) -> None:
        absence = "kind = 'absence'\n"
        s = scenario(
            "a",
            f"a=I; {absence} searched = 'partial'\ncredibility = 'high'",
            f"a=I; {absence} searched = 'partial'\ngrade = 'A1'",
            f"a=I; {absence} searched = 'full'\ngrade = 'A1'",
            f"a=I; {absence} searched = 'none'\ncredibility = 'high'",
            "a=I; searched = 'partial'\ncredibility = 'high'",  # no absence: ignored
            "a=I; searched = 'none'",
        )
        self.assertEqual([e.level for e in s.items], [-1, -1, 1, 1, 1, 0])
        self.assertEqual([e.cell("a") for e in s.items], ["I", "I", "I", "NA", "I", "I"])

    def test_nobody_looked_so_even_a_blank_is_na(self) -> None:
        e = scenario("a b", "a=II; kind = 'absence'\nsearched = 'none'").items[0]
        self.assertEqual((e.cell("a"), e.cell("b"), e.ratings), ("NA", "NA", {"a": "II"}))
        self.assertEqual((e.value("a"), e.on_scale("a")), (0, False))

    def test_dates_count_from_their_last_day(self) -> None:
        days = [reading.last_day(d).isoformat() for d in ("2021", "2024-02", "2023-02", "2021-04-01")]
        self.assertEqual(days, ["2021-12-31", "2024-02-29", "2023-02-28", "2021-04-01"])

    def test_faults(self) -> None:
        source = "[[source]]\nid = 's'\nname = 's'\n"
        for hypotheses, items, more in (
            ("a:0.9 b:0.2", (), ""),
            ("a:0.9 b", (), ""),
            ("a:1 b:0", (), ""),
            ("a:residual b:residual,x", (), ""),
            ("a", ("a=I; source = 't'",), source),
            ("a", ("a=I; rests_on = ['e9']",), ""),
            ("a", ("a=I; rests_on = ['e1']",), ""),
            ("a", ("a=I; rests_on = ['e2']", "a=I; rests_on = ['e1']"), ""),
            ("a", (), "[[indicator]]\nid = 'i'\ntext = 't'\nhypothesis = 'b'\n"),
        ):
            s = scenario(hypotheses, *items, more=more)
            self.assertTrue(s.faults, (hypotheses, items, more))
            with self.assertRaises(reading.Unscorable):
                told("table", s)
        self.assertFalse(scenario("a:0.4999999 b:0.5 c:x,7", "a=I; source = 's'", more=source).faults)


class Counting(unittest.TestCase):
    def test_withdrawn_items_and_what_rests_on_them_do_not_count(self) -> None:
        s = scenario("a", f"a=I;{PREMISES['e2']}", "a=I; status = 'withdrawn'", "a=I", f"a=I;{PREMISES['e1']}")
        self.assertEqual((ids(case(s).items), ids(case(s).shown)), (["e3"], ["e1", "e2", "e3", "e4"]))

    def test_a_filter_takes_what_rests_on_the_items_out_of_sight_too(self) -> None:
        s = scenario("a", f"a=I;{PREMISES['e2']}", "a=I; kind = 'assumption'", "a=I", "a=I; status = 'withdrawn'")
        filtered = case(s, where="!kind:assumption")
        self.assertEqual((ids(filtered.items), ids(filtered.shown)), (["e3"], ["e3", "e4"]))

    def test_an_undated_item_counts_from_the_day_of_its_premise(self) -> None:
        s = scenario("a", f"a=I;{PREMISES['e2']}", "a=I; date = '2021-06'", "a=I; date = '2020'\nrests_on = ['e2']")
        self.assertEqual(ids(case(s, as_of="2021-06-29").items), [])
        self.assertEqual(ids(case(s, as_of="2021-06-30").items), ["e1", "e2", "e3"])

    def test_until_it_is_mended_a_circle_drops_nothing(self) -> None:
        s = scenario("a", f"a=I;{PREMISES['e2']}", f"a=I;{PREMISES['e1']}", f"a=I;{PREMISES['e1']}")
        self.assertEqual(ids(left(s, s.items, {"e1"})), ["e2"])

    def test_as_of_counts_partial_dates_from_their_last_day(self) -> None:
        s = scenario("a", "a=I", "a=I; date = '2021'", "a=I; date = '2021-06'", "a=I; date = 2021-06-30")
        kept = lambda d: ids(case(s, as_of=d).items)
        self.assertEqual(kept("2021-06-29"), ["e1"])
        self.assertEqual(kept("2021-06-30"), ["e1", "e3", "e4"])
        self.assertEqual(kept("2021"), ["e1", "e2", "e3", "e4"])


class Filters(unittest.TestCase):
    def setUp(self) -> None:
        more = "[[source]]\nid = 'watch'\nname = 'Harbour Watch'\n[[source]]\nid = 'press'\nname = 'P'\n"
        self.s = scenario(
            "thief owner:x",
            "thief=C owner=II/low; source = 'watch'\ndate = 2025-03-01\ngroup = 'The rope'",
            "thief=NA; kind = 'absence'\nsearched = 'partial'\nsource = ['press', 'watch']\ntags = ['Weather']",
            "; status = 'withdrawn'\ngrade = 'A5'\nrelevance = 'high'",
            more=more,
        )
        names = ("rope", "calm", "oars")
        texts = ("Rope cut at 12:30", "Calm", "Oars in the shed")
        self.s.items = [replace(e, id=i, text=t) for e, i, t in zip(self.s.items, names, texts)]

    def test_every_field(self) -> None:
        for line, expected in {
            "": "rope calm oars",
            "CUT": "rope",
            '"12:30"': "rope",
            "kind:fact": "rope oars",
            'group:"the rope"': "rope",
            "source:harbour": "rope calm",
            "source:press": "calm",
            "tag:weather": "calm",
            "date:2025-03": "rope",
            "blank": "calm oars",
            "unrated:thief": "oars",
            "unrated:owner": "calm oars",
            "rated:thief": "rope calm",
            "rated:thief=NA": "calm",
            "rated:owner=II": "rope",
            "status:withdrawn": "oars",
            "credibility:low": "calm oars",
            "!credibility:low": "rope",
            "relevance:high": "oars",
            "confidence:low": "rope",
            "confidence:medium": "rope",
            "confidence:high": "",
            "blank source:watch": "calm",
            "!blank !cut": "",
        }.items():
            self.assertEqual(passing(self.s, line), set(expected.split()), line)

    def test_unknown_fields_are_errors(self) -> None:
        for line in ("knd:fact", "rated:nobody"):
            with self.assertRaises(reading.Unscorable):
                passing(self.s, line)


if __name__ == "__main__":
    unittest.main()
