"""Writes the content of a scenario as TOML, in all the ways in which TOML can say the same thing."""

from __future__ import annotations

import random
from typing import Any

WORDS = (
    "convoy border market harbour radio silence cargo manifest witness satellite drone permit ledger funeral strike "
    "Überwachung événement señal Очевидец граница 中国工人 遇袭 تقرير שמועה ελεύθερος łódź naïve e\u0301te\u0301 🚚 "
    "\"quoted\" it's back\\slash a|b <b>&amp; =SUM(A1) #hash 100% [x] {y}"
).split(" ")
Table = dict[str, Any]  # of TOML values: str, int, bool, Raw, list or table
Content = dict[str, Any]  # "top" and "scoring" as tables, each kind of part as a list of tables
KINDS = ("hypothesis", "source", "evidence", "indicator")


class Raw(str):
    """A literal that is written as it stands."""


class Writer:
    """Random choices, and a style that one scenario keeps to."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.style = {
            "literal_strings": self.chance(0.3),
            "comments": self.chance(0.4),
            "tight": self.chance(0.2),
            "crlf": self.chance(0.1),
            "quoted_keys": self.chance(0.15),
        }

    def chance(self, p: float) -> bool:
        return self.r.random() < p

    def pick(self, *options: Any) -> Any:
        return self.r.choice(options)

    def text(self, most: int = 6) -> str:
        text = " ".join(self.r.choice(WORDS) for _ in range(self.r.randint(1, most)))
        if self.chance(0.02):
            text += self.pick("\u202e", "\u2066", "\u0007", "\u200f", "\u0085", "\n", "\t", "\x7f", "\u061c")
        return text


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
        if isinstance(value, bool):
            return "true" if value else "false"
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
