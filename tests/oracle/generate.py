#!/usr/bin/env python3
"""Prints one random valid scenario: `generate.py SEED [--small | --version N]`.

The same seed gives the same bytes. The scenarios lean towards what scoring
gets wrong: ties, blanks, NA, groups with empty members, rejected hypotheses,
odd priors, mixed weights, partial dates, steered sources; and towards all the
ways in which TOML can say the same thing. `--small` gives one small enough to
enumerate, `--version N` the N-th of several versions, from 0, that raters have
of one scenario. Standard library only, Python 3.11.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
from typing import Any

RATINGS = ("CC", "C", "N", "I", "II", "NA")
WORDS = (
    "convoy border market harbour radio silence cargo manifest witness satellite drone permit ledger funeral strike "
    "Überwachung événement señal Очевидец граница 中国工人 遇袭 تقرير שמועה ελεύθερος łódź naïve e\u0301te\u0301 🚚 "
    "\"quoted\" it's back\\slash a|b <b>&amp; =SUM(A1) #hash 100% [x] {y}"
).split(" ")
Table = dict[str, Any]  # of TOML values: str, int, Raw, list or table
Content = dict[str, Any]  # "top" and "scoring" as tables, each kind of part as a list of tables
KINDS = ("hypothesis", "source", "evidence", "indicator")


class Raw(str):
    """A literal that is written as it stands."""


class Generator:
    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.style = {
            "literal_strings": self.chance(0.3),
            "comments": self.chance(0.4),
            "tight": self.chance(0.2),
            "crlf": self.chance(0.1),
            "quoted_keys": self.chance(0.15),
        }
        self.plain_cells = self.pick(0.75, 0.75, 0.3)

    def chance(self, p: float) -> bool:
        return self.r.random() < p

    def pick(self, *options: Any) -> Any:
        return self.r.choice(options)

    def maybe(self, p: float, key: str, value: Any) -> Table:
        return {key: value} if self.chance(p) else {}

    # ------------------------------------------------------------ values

    def text(self, most: int = 6) -> str:
        text = " ".join(self.r.choice(WORDS) for _ in range(self.r.randint(1, most)))
        if self.chance(0.02):
            text += self.pick("\u202e", "\u2066", "\u0007", "\u200f", "\u0085", "\n", "\t", "\x7f", "\u061c")
        return text

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
        out = []
        for hid, gone in zip(ids, rejected):
            table: Table = {"id": hid, "name": self.text()}
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
        undated = self.pick(0, 0.3, 0.8)
        cite = self.pick(0, 0.5, 0.9, 0.9)
        undeclared = [self.text(3) for _ in range(self.pick(1, 3, 6))]
        source = lambda: self.r.choice(declared or undeclared)
        out = []
        for eid, row in zip(ids, rows):
            table: Table = {"id": eid, "text": self.text(9)}
            table |= self.maybe(0.4, "kind", self.pick("fact", "assumption", "argument", "absence"))
            table |= self.maybe(1 - undated, "date", self.date())
            if self.chance(cite):
                several = list(dict.fromkeys(source() for _ in range(self.pick(0, 1, 2, 3))))
                table["source"] = source() if self.chance(0.6) else several
            table |= self.maybe(0.1, "url", "https://example.org/?q=1#x") | self.maybe(0.1, "quote", self.text())
            table |= self.weights(style)
            if groups:
                table |= self.maybe(0.5, "group", self.r.choice(groups))
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
        return out

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
        top |= self.maybe(0.2, "conclusion", self.text(12))
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
            rows.remove(self.r.choice(rows))
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

    # ------------------------------------------------------------ TOML

    def string(self, text: str) -> str:
        if self.style["literal_strings"] and "'" not in text and text.isprintable():
            return f"'{text}'"
        escape_all = self.chance(0.05)
        out = ""
        for c in text:
            if c in '"\\':
                out += "\\" + c
            elif not c.isprintable() or escape_all and ord(c) > 126:
                out += f"\\u{ord(c):04X}" if ord(c) < 65536 else f"\\U{ord(c):08X}"
            else:
                out += c
        quotes = '"""' if self.chance(0.03) else '"'
        return quotes + out + quotes

    def key(self, key: str) -> str:
        return f'"{key}"' if self.style["quoted_keys"] and self.chance(0.5) else key

    def value(self, value: Any) -> str:
        if isinstance(value, Raw):
            return value
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, dict):
            return "{ " + ", ".join(self.line(k, v) for k, v in value.items()) + " }" if value else "{}"
        if isinstance(value, list):
            return "[" + ", ".join(self.value(v) for v in value) + "]"
        return str(value)

    def line(self, key: str, value: Any) -> str:
        return self.key(key) + ("=" if self.style["tight"] else " = ") + self.value(value)

    def cells(self, cells: Table, out: list[str]) -> None:
        """The lines of a ratings table; cells are at times dotted keys."""
        for h, cell in cells.items():
            if isinstance(cell, dict) and self.chance(0.15):
                out.extend(f"{self.key(h)}.{self.line(k, v)}" for k, v in cell.items())
            else:
                out.append(self.line(h, cell))

    def table(self, name: str, table: Table, layout: str) -> list[str]:
        """One [[name]] with its ratings after it, dotted, inline or as sub-tables."""
        out = [f"[[{name}]]"]
        after: list[str] = []
        for key, value in table.items():
            if key != "ratings":
                out.append(self.line(key, value))
                if self.style["comments"] and self.chance(0.1):
                    out[-1] += "  # " + self.r.choice(WORDS)
            elif layout == "dotted" and value:
                cells: list[str] = []
                self.cells(value, cells)
                out.extend("ratings." + cell for cell in cells)
            elif layout == "inline" or layout == "dotted":
                out.append(self.line(key, value))
            elif layout == "sub-tables":
                after += [f"[{name}.ratings]"] + [self.line(h, c) for h, c in value.items() if isinstance(c, str)]
                for h, cell in value.items():
                    if not isinstance(cell, str):
                        after += [f"[{name}.ratings.{h}]"] + [self.line(k, v) for k, v in cell.items()]
            else:
                after += ["", f"[{name}.ratings]"] if self.chance(0.8) else [f"  [ {name} . ratings ]"]
                self.cells(value, after)
        return out + after

    def shuffled(self, table: Table) -> Table:
        return dict(self.r.sample(list(table.items()), len(table)))

    def render(self, content: Content) -> str:
        top, scoring = content["top"], content["scoring"]
        head = [self.line(k, v) for k, v in top.items()]
        blocks: list[list[str]] = []
        how = self.pick("table", "table", "dotted", "inline")
        if how == "dotted":
            head += ["scoring." + self.line(k, v) for k, v in scoring.items()]
        elif how == "inline" and scoring:
            head.append(self.line("scoring", scoring))
        elif scoring:
            blocks.append(["[scoring]"] + [self.line(k, v) for k, v in scoring.items()])
        layout = self.pick("after", "after", "after", "dotted", "inline", "mixed")
        for name in KINDS:
            tables = content[name]
            if tables and self.chance(0.12):  # key = [{...}], which must stand before all headers
                head += [f"{name} = ["] + [f"  {self.value(t)}," for t in tables] + ["]"]
                continue
            for table in tables:
                every = ("after", "after", "dotted", "inline", "sub-tables")
                blocks.append(self.table(name, table, self.pick(*every) if layout == "mixed" else layout))
        if self.chance(0.1):  # kinds mixed with each other, each kind in its own order
            self.interleave(blocks)
        self.meta(blocks)

        lines = head
        if self.chance(0.3):
            lines.insert(0, "#:schema ../docs/scenario.schema.json")
        for block in blocks:
            comment = ["# " + " ".join(self.text().split())] if self.style["comments"] and self.chance(0.2) else []
            lines += ["", *comment, *block]
        text = "\n".join("#" if line.startswith("#") and not line.isprintable() else line for line in lines)
        if self.style["crlf"]:
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if self.chance(0.05) else "") + text + ("" if self.chance(0.1) else "\n")

    def interleave(self, blocks: list[list[str]]) -> None:
        places: dict[str, list[list[str]]] = {}
        for block in blocks:
            places.setdefault(block[0], []).append(block)
        order = [block[0] for block in blocks]
        self.r.shuffle(order)
        blocks[:] = [places[name].pop(0) for name in order]

    def meta(self, blocks: list[list[str]]) -> None:
        """A [meta] table at the end, or between the last item and its ratings."""
        if not self.chance(0.25):
            return
        meta = ["[meta]", 'tool = "any"', "nested = { a = [1, 2.5], b = true }", "at = 2024-05-01T10:00:00Z"]
        items = [b for b in blocks if b[0] == "[[evidence]]"]
        if items and "[evidence.ratings]" in items[-1]:
            last = items[-1]
            at = last.index("[evidence.ratings]")
            last[at:at] = ["", *meta, ""]
        else:
            blocks.append(meta)


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
