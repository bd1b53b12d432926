#!/usr/bin/env python3
"""A second, independent implementation of ach's figures, for cross-checking.

    oracle.py table|rank|sensitivity|robustness|timeline|next FILE [options]
    oracle.py explain FILE [HYPOTHESIS] [options]
    oracle.py team FILE...
    oracle.py diff BEFORE AFTER            the conclusion only

The formulas are those of docs/method.md, the output is that of docs/json.md.
What is drawn at random by the program is enumerated here. Standard library
only, Python 3.11.

Exit status: 0 done, 2 wrong usage or a scenario that cannot be scored.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from decimal import localcontext
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True

from answers import conclusion, explain, rank, table, timeline  # noqa: E402
from counting import Request  # noqa: E402
from diagnosing import SORTS  # noqa: E402
from exact import DIGITS  # noqa: E402
from reading import METHODS, Scenario, Unscorable, read  # noqa: E402
from robustness import TooLarge, robustness  # noqa: E402
from sensitivity import sensitivity  # noqa: E402
from settling import next_steps  # noqa: E402
from team import team  # noqa: E402

BIDI = "\u061c\u200e\u200f" + "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
ESCAPED = re.compile(f"[\x7f-\x9f{BIDI}\u2028\u2029]")
RUNS = {
    "table": table,
    "rank": rank,
    "explain": explain,
    "sensitivity": sensitivity,
    "robustness": robustness,
    "timeline": timeline,
    "next": next_steps,
}
COMMANDS = (*RUNS, "team", "diff")
REQUEST = ("method", "as_of", "where")


def answer(command: str, files: list[Path], **options: Any) -> Any:
    """The document of a command about files, as the program is to print it."""
    return told(command, [read(file.read_bytes()) for file in files], [str(file) for file in files], **options)


def told(command: str, versions: list[Scenario], names: list[str], **options: Any) -> Any:
    request = Request(**{key: options.pop(key) for key in REQUEST if key in options})
    with localcontext(DIGITS):
        if command == "diff":
            return {"conclusion": conclusion(versions[0], versions[1], request)}
        for version in versions:
            if version.faults:
                raise Unscorable(version.faults[0])
        if command == "team":
            return team(versions, names, request)
        return RUNS[command](versions[0], request, **options)


def dump(document: Any) -> str:
    """JSON as docs/json.md has it: control and bidi characters as \\uXXXX, all else as it is."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        command = commands.add_parser(name)
        number: Any = {"team": "+", "diff": 2}.get(name, 1)
        command.add_argument("files", nargs=number, type=Path, metavar="FILE")
        command.add_argument("--as-of")
        command.add_argument("--where")
        if name == "explain":
            command.add_argument("hypothesis", nargs="?")
        if name != "team":
            command.add_argument("--method", choices=METHODS)
        if name in ("table", "rank"):
            command.add_argument("--sort", choices=SORTS, default="file")
        if name == "robustness":
            command.add_argument("--draws", type=int)
            command.add_argument("--seed", type=int)
            command.add_argument("--unrated", choices=("uniform", "neutral"), default="uniform")
        if name == "next":
            command.add_argument("--all", action="store_true", dest="every")
    options = vars(parser.parse_args(arguments))
    try:
        sys.stdout.buffer.write(dump(answer(**options)).encode())
    except (Unscorable, TooLarge, OSError) as error:
        print(f"oracle: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
