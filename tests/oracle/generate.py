#!/usr/bin/env python3
"""Prints one random valid scenario: `generate.py SEED [--small | --version N]`.

The same seed gives the same bytes. The scenarios lean towards what scoring
gets wrong: ties, blanks, NA, groups of many sizes, hypotheses that are
rejected, residual or not rated, families, odd priors, mixed weights, partial
dates, steered sources, items that are withdrawn or rest on others. `--small`
gives one small enough to enumerate, `--version N` the N-th of several
versions, from 0, that raters have of one scenario. Standard library only,
Python 3.11.
"""

from __future__ import annotations

import argparse
import copy
import sys
from typing import Any

from writing import Content, Raw, Table, Writer

RATINGS = ("CC", "C", "N", "I", "II", "NA")


class Generator(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.plain_cells = self.pick(0.75, 0.75, 0.3)

    def maybe(self, p: float, key: str, value: Any) -> Table:
        return {key: value} if self.chance(p) else {}

    # ------------------------------------------------------------ values

    def ids(self, n: int, prefix: str) -> list[str]:
        plain = self.chance(0.5)
        seen: dict[str, None] = {}
        while len(seen) < n:
            if plain:
                new = f"{prefix}{len(seen) + 1}"
            else:
                length = self.pick(1, 3, 5, 8, 12, 40)
                new = "".join(self.r.choice("abcxyz0189-") for _ in range(length))
                new = self.r.choice("abchxyz019") + new[1:]
            seen.setdefault(new)
        out = list(seen)
        if self.chance(0.3):
            self.r.shuffle(out)
        return out

    def full_date(self) -> str:
        return f"{self.r.randint(2019, 2025)}-{self.pick(1, 2, 6, 12):02}-{self.pick(1, 15, 28):02}"

    def day(self) -> Any:
        return Raw(self.full_date()) if self.chance(0.6) else self.full_date()

    def date(self) -> Any:
        form = self.r.random()
        if form < 0.5:
            return self.day()
        if form < 0.8:
            return f"{self.r.randint(2019, 2025)}-{self.pick(1, 2, 4, 6, 12):02}"
        return str(self.r.randint(2019, 2025))

    # ------------------------------------------------------------ the content

    def priors(self, n: int) -> list[Raw]:
        """n positive decimals that sum to 1, or to 1 within 1e-6."""
        digits = self.pick(2, 2, 3, 6, 7)
        unit = 10**digits
        if n == 1:
            return [Raw(self.pick("1", "1.0", "0.9999995"))]
        if self.chance(0.1):  # one nearly certain
            small = [Raw(f"{self.pick(1, 3)}e-{self.r.randint(8, 30)}") for _ in range(n - 1)]
            return [*small, Raw("1.0")]
        if self.chance(0.3) and unit % n == 0:
            parts = [unit // n] * n
        else:
            cuts = sorted(self.r.sample(range(1, unit), n - 1))
            parts = [b - a for a, b in zip([0, *cuts], [*cuts, unit])]
        if digits == 7 and self.chance(0.5):
            largest = max(range(n), key=lambda i: parts[i])
            parts[largest] += self.pick(-9, -3, 2, 8)
        return [Raw(f"{part // unit}.{part % unit:0{digits}}") for part in parts]

    def hypotheses(self, ids: list[str]) -> list[Table]:
        share = self.pick(0, 0.2, 0.2, 0.2, 0.5, 0.5, 1) if self.chance(0.5) else 0
        rejected = [self.chance(share) for _ in ids]
        with_priors = self.chance(0.35)
        given = iter(self.priors(rejected.count(False)) if with_priors and False in rejected else [])
        families = [self.text(1) for _ in range(self.pick(0, 0, 1, 2))]
        residual = self.r.choice(ids) if ids and self.chance(0.35) else None
        out = []
        for hid, gone in zip(ids, rejected):
            table: Table = {"id": hid, "name": self.text()}
            table |= {"residual": True} if hid == residual else self.maybe(0.03, "residual", False)
            table |= self.maybe(0.6, "family", self.r.choice(families)) if families else {}
            table |= self.maybe(0.3, "short", self.text(1)) | self.maybe(0.2, "description", self.text(9))
            if not gone and with_priors:
                table["prior"] = next(given)
            elif gone:
                table |= self.maybe(0.4, "prior", Raw(self.pick("0.3", "0.05", "1", "0.999")))
            table |= {"status": "rejected"} if gone else self.maybe(0.2, "status", "active")
            out.append(table | self.maybe(0.2, "note", self.text()))
        return out

    def matrix(self, items: int, ids: list[str]) -> list[dict[str, str]]:
        """Ratings by row: half the time as analysts rate, else with columns equal, shuffled copies, all NA or blank."""
        usual = self.chance(0.5)
        odd = (RATINGS[:5], ("I", "N"), ("C", "I"), ("CC", "II"), ("NA", "N", "I"))
        pool = RATINGS if usual else self.pick(RATINGS, RATINGS, RATINGS, *odd)
        blank = self.pick(0, 0, 0.05, 0.1) if usual else self.pick(0, 0, 0.1, 0.3, 0.7, 1)
        cell = lambda: "" if self.chance(blank) else self.r.choice(pool)
        columns: list[list[str]] = []
        for _ in ids:
            kind = 1 if usual else self.r.random()
            if columns and kind < 0.15:
                columns.append(list(self.r.choice(columns)))
            elif columns and kind < 0.3:
                columns.append(self.r.sample(self.r.choice(columns), items))
            elif kind < 0.36:
                columns.append([self.pick("NA", "NA", "", "N")] * items)
            else:
                columns.append([cell() for _ in range(items)])
        rows = [{h: column[n] for h, column in zip(ids, columns) if column[n]} for n in range(items)]
        for row in rows:
            if self.chance(0.08):  # an item that nobody has rated, or that separates nothing
                rating = self.pick("", "NA", "C", "II")
                row.clear()
                row.update({h: rating for h in ids if rating})
        return rows

    def cell(self, rating: str) -> Any:
        """A string, or a table with a rating, a confidence, a note."""
        if rating and self.chance(self.plain_cells):
            return rating
        table = {"rating": rating} if rating else {}
        table |= self.maybe(0.6, "confidence", self.level()) | self.maybe(0.5, "note", self.text())
        return table if table else {"note": self.text()}

    def level(self) -> str:
        return self.pick("low", "medium", "high")

    def weights(self, style: str) -> Table:
        if style == "default":
            return {}
        if style == "one":  # all of weight 1, said in three ways
            return self.pick(
                {"credibility": "high", "relevance": "low"},
                {"credibility": "low", "relevance": "high"},
                {"grade": "A1", "relevance": "low"},
                {},
            )
        graded = style == "grades" or style == "mixed" and self.chance(0.4)
        out = {"grade": self.r.choice("ABCDEF") + self.r.choice("123456")} if graded else {}
        if not graded:
            out = self.maybe(0.7, "credibility", self.level())
        return out | self.maybe(0.6, "relevance", self.level())

    def evidence(self, ids: list[str], hypotheses: list[str], declared: list[str]) -> list[Table]:
        rows = self.matrix(len(ids), hypotheses)
        style = self.pick("default", "one", "grades", "mixed", "mixed", "mixed")
        groups = [self.text(1) for _ in range(self.pick(0, 1, 2, 4))]
        grouped = self.pick(0.3, 0.5, 0.9)
        withdrawn = self.pick(0, 0, 0.1, 0.2, 0.3)
        undated = self.pick(0, 0.3, 0.8)
        cite = self.pick(0, 0.5, 0.9, 0.9)
        undeclared = [self.text(3) for _ in range(self.pick(1, 3, 6))]
        source = lambda: self.r.choice(declared or undeclared)
        out = []
        for eid, row in zip(ids, rows):
            table: Table = {"id": eid, "text": self.text(9)}
            table |= self.maybe(0.5, "kind", self.pick("fact", "assumption", "argument", "absence", "absence"))
            searched = self.pick("full", "partial", "none") if table.get("kind") == "absence" else "none"
            table |= self.maybe(0.6 if table.get("kind") == "absence" else 0.02, "searched", searched)
            table |= {"status": "withdrawn"} if self.chance(withdrawn) else self.maybe(0.05, "status", "active")
            table |= self.maybe(0.05, "locator", self.text(2))
            table |= self.maybe(1 - undated, "date", self.date())
            if self.chance(cite):
                several = list(dict.fromkeys(source() for _ in range(self.pick(0, 1, 2, 3))))
                table["source"] = source() if self.chance(0.6) else several
            table |= self.maybe(0.1, "url", "https://example.org/?q=1#x") | self.maybe(0.1, "quote", self.text())
            table |= self.weights(style)
            if groups:
                table |= self.maybe(grouped, "group", self.r.choice(groups))
            table |= self.maybe(0.1, "tags", [self.text(1), "t"]) | self.maybe(0.1, "note", self.text())
            cells: Table = {}
            for h in hypotheses:
                if h in row or self.chance(0.05):
                    cells[h] = self.cell(row.get(h, ""))
            if self.chance(0.1):
                cells = self.shuffled(cells)
            if cells or self.chance(0.3):
                table["ratings"] = cells
            out.append(table)
        self.premises(out)
        return out

    def premises(self, items: list[Table]) -> None:
        """References to other items, without a circle: in an order that is not that of the file."""
        share = self.pick(0, 0.15, 0.4)
        order = self.r.sample(range(len(items)), len(items))
        for n, at in enumerate(order):
            if n and self.chance(share):
                named = self.r.sample(order[:n], min(n, self.pick(1, 1, 2)))
                items[at]["rests_on"] = [items[k]["id"] for k in named]

    def content(self, small: bool = False) -> Content:
        hypotheses = self.ids(self.pick(0, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8), "h")
        items = self.ids(self.pick(0, 1, 2, 3, 5, 5, 8, 8, 12, 12, 20, 30, 40), "e")
        if small:
            hypotheses = self.ids(self.pick(0, 1, 2, 2, 3, 3, 4), "h")
            items = self.ids(self.pick(0, 1, 2, 3, 4, 5, 5), "e")
        declared = self.ids(self.r.randint(1, 4), "s") if self.chance(0.6) else []
        top: Table = {"ach": 1, "title": self.text()}
        top |= self.maybe(0.5, "question", self.text()) | self.maybe(0.3, "as_of", self.day())
        top |= self.maybe(0.2, "authors", [self.text(2)]) | self.maybe(0.3, "marking", self.pick("TLP:CLEAR", self.text()))
        top |= self.maybe(0.2, "conclusion", self.text(12)) | self.maybe(0.1, "note", self.text(8))
        if self.chance(0.05):
            top = self.shuffled(top)
        scoring = self.maybe(0.6, "method", self.pick("inconsistency", "weighted", "net", "bayes"))
        steps = self.pick("0.5", "1", "1.0", "0.25", "2", "0.1", "5e-1", "3.5", "0.01", "40")
        scoring |= self.maybe(0.4, "bans_per_step", Raw(steps))
        scoring |= self.maybe(0.5, "yardstick", self.pick("icd203", "phia"))
        return {
            "top": top,
            "scoring": scoring,
            "hypothesis": self.hypotheses(hypotheses),
            "source": [self.source(sid, hypotheses) for sid in declared],
            "evidence": self.evidence(items, hypotheses, declared),
            "indicator": [self.indicator(iid, hypotheses) for iid in self.ids(self.pick(0, 0, 1, 2, 5), "i")],
        }

    def source(self, sid: str, hypotheses: list[str]) -> Table:
        source: Table = {"id": sid, "name": self.text(3)} | self.maybe(0.5, "reliability", self.r.choice("ABCDEF"))
        if hypotheses:
            actors = self.r.sample(hypotheses, self.r.randint(0, min(2, len(hypotheses))))
            source |= self.maybe(0.5, "controlled_by", actors)
        return source

    def indicator(self, iid: str, hypotheses: list[str]) -> Table:
        indicator: Table = {"id": iid, "text": self.text()}
        if hypotheses:
            indicator |= self.maybe(0.7, "hypothesis", self.r.choice(hypotheses))
        indicator |= self.maybe(0.5, "status", self.pick("pending", "pending", "observed", "not-observed"))
        return indicator | self.maybe(0.7, "due", self.day())

    # ------------------------------------------------------------ versions of one scenario

    def version(self, first: Content) -> Content:
        """What another rater may have made of it: other cells, other rows and columns, another order."""
        content = copy.deepcopy(first)
        rows, columns = content["evidence"], content["hypothesis"]
        with_priors = any("prior" in h for h in columns if h.get("status") != "rejected")
        if self.chance(0.3):
            new = {"id": self.pick("extra-1", "extra-2"), "name": self.text()}
            new |= {"status": "rejected"} if with_priors or self.chance(0.2) else {}
            if all(h["id"] != new["id"] for h in columns):
                columns.insert(self.r.randint(0, len(columns)), new)
        if columns and not with_priors and self.chance(0.2):
            self.drop_hypothesis(content, self.r.choice(columns)["id"])
        for _ in range(self.pick(0, 0, 1, 2)):
            new = {"id": self.pick("added-1", "added-2", "added-3"), "text": self.text()}
            if all(e["id"] != new["id"] for e in rows):
                rows.insert(self.r.randint(0, len(rows)), new)
        if rows and self.chance(0.3):
            self.drop_item(rows, self.r.choice(rows))
        for e in rows:
            if self.chance(0.05):
                e |= {"status": "active" if e.get("status") == "withdrawn" else "withdrawn"}
        if self.chance(0.2):
            self.r.shuffle(rows)
        if self.chance(0.1):
            self.r.shuffle(columns)
        if self.chance(0.3):
            content["top"].pop("marking", None)
            content["top"] |= self.maybe(0.5, "marking", self.text())
        changing, blanking = self.pick(0, 0.1, 0.4, 1), self.pick(0, 0.2, 0.8)
        for e in rows:
            cells = e.setdefault("ratings", {})
            for h in columns:
                if self.chance(changing):
                    cells.pop(h["id"], None)
                    if not self.chance(blanking):
                        cells[h["id"]] = self.cell(self.r.choice(RATINGS))
        return content

    def drop_item(self, rows: list[Table], gone: Table) -> None:
        rows.remove(gone)
        for e in rows:
            if gone["id"] in e.get("rests_on", []):
                e["rests_on"].remove(gone["id"])

    def drop_hypothesis(self, content: Content, hid: str) -> None:
        content["hypothesis"][:] = [h for h in content["hypothesis"] if h["id"] != hid]
        for e in content["evidence"]:
            e.get("ratings", {}).pop(hid, None)
        for s in content["source"]:
            if hid in s.get("controlled_by", []):
                s["controlled_by"].remove(hid)
        for i in content["indicator"]:
            if i.get("hypothesis") == hid:
                del i["hypothesis"]


def generate(seed: int, small: bool = False) -> str:
    generator = Generator(seed)
    return generator.render(generator.content(small))


def versions(seed: int) -> list[str]:
    """Two to four versions of one scenario; the first is one of small or middling size."""
    generator = Generator(seed)
    first = generator.content(small=generator.chance(0.5))
    contents = [first]
    while len(contents) < generator.pick(2, 3, 4):
        contents.append(generator.version(generator.pick(first, contents[-1])))
    return [generator.render(content) for content in contents]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--version", type=int, metavar="N")
    given = parser.parse_args()
    made = generate(given.seed, given.small) if given.version is None else versions(given.seed)[given.version]
    sys.stdout.buffer.write(made.encode())
