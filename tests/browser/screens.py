#!/usr/bin/env python3
"""Draws the pictures of the editor that README.md shows.

    screens.py BINARY [FOLDER]

FOLDER is docs/images unless given. Runs the editor in a pseudo-terminal, reads
its screen with pyte, and has Chromium draw it. Needs pyte, playwright,
Chromium, git and the font DejaVu Sans Mono.
"""

from __future__ import annotations

import fcntl
import html
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

sys.dont_write_bytecode = True

import pyte  # noqa: E402

from browser import Faults, chromium, done, fresh  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
DARK = {"paper": "#17181c", "ink": "#d9d9d9"}
LIGHT = {"paper": "#fdfdfb", "ink": "#222222"}

LEAK = """\
ach = 1
title = "The memo of 3 March"
question = "Who gave the memo of 3 March to the press?"

[[hypothesis]]
id = "assistant"
name = "The director's assistant"
short = "Assistant"

[[hypothesis]]
id = "printer"
name = "Somebody in the print room"
short = "Printer"

[[hypothesis]]
id = "hacker"
name = "Somebody from outside, by a break-in"
short = "Hacker"
"""
ITEMS = [
    ("draft-two", "The paper printed the second draft, which only four people had", "CC II C", "high"),
    ("no-badge", "No badge opened the print room on the evening of 3 March", "N C C", "medium"),
    ("no-malware", "Forensics found no foreign code on the file server", "C N II", "medium"),
    ("call", "The director's office called the paper at 18:40", "C I I", "low"),
]


def leak() -> str:
    """A made-up case of four items."""
    text = LEAK
    for name, says, ratings, relevance in ITEMS:
        text += f'\n[[evidence]]\nid = "{name}"\ntext = "{says}"\nrelevance = "{relevance}"\n\n[evidence.ratings]\n'
        for hypothesis, rating in zip(("assistant", "printer", "hacker"), ratings.split()):
            text += f'{hypothesis} = "{rating}"\n'
    return text


def screen(binary: str, file: Path, columns: int, rows: int, theme: str, keys: list[str]) -> pyte.Screen:
    """The screen of the editor after these keys."""
    settings = file.parent / "settings" / "ach"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "config.toml").write_text(f'theme = "{theme}"\n')
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(file.parent),
        "XDG_CONFIG_HOME": str(settings.parent),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
    }
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(file.parent)
        os.execve(binary, [binary, "edit", file.name], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    shown = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(shown)
    for typed in ["", *keys]:
        os.write(terminal, typed.encode())
        quiet = time.monotonic() + 1.5
        while time.monotonic() < quiet:
            if select.select([terminal], [], [], 0.1)[0]:
                stream.feed(os.read(terminal, 65536))
    os.write(terminal, b"\x1b\x1b:q!\r")
    time.sleep(0.3)
    os.close(terminal)
    os.waitpid(child, 0)
    return shown


def page(shown: pyte.Screen, colours: dict[str, str]) -> str:
    """The screen as a page."""
    named = {"default": ""}

    def colour(name: str, default: str) -> str:
        return named.get(name, f"#{name}" if len(name) == 6 else name) or default

    lines = []
    for row in range(shown.lines):
        spans: list[tuple[str, str]] = []
        for column in range(shown.columns):
            cell = shown.buffer[row][column]
            ink, paper = colour(cell.fg, colours["ink"]), colour(cell.bg, "transparent")
            if cell.reverse:
                ink, paper = colours["paper"], colour(cell.fg, colours["ink"])
            style = f"color:{ink};background:{paper}"
            style += ";font-weight:bold" if cell.bold else ""
            style += ";text-decoration:line-through" if cell.strikethrough else ""
            style += ";text-decoration:underline" if cell.underscore else ""
            text = cell.data or " "
            if spans and spans[-1][0] == style:
                spans[-1] = (style, spans[-1][1] + text)
            else:
                spans.append((style, text))
        lines.append("".join(f'<span style="{style}">{html.escape(text)}</span>' for style, text in spans))
    return (
        f'<body style="margin:0;background:{colours["paper"]}"><pre style="display:inline-block;margin:0;padding:16px 20px;'
        f"font:17px/1.25 'DejaVu Sans Mono'\">" + "\n".join(lines) + "</pre>"
    )


def main() -> None:
    binary = str(Path(sys.argv[1]).resolve())
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "docs" / "images")
    faults = Faults()
    border = (ROOT / "scenarios" / "tajik-border.toml").read_text()
    empty = 'ach = 1\ntitle = "Untitled"\n'
    # The name of a picture, the case, the size, the theme and the keys.
    pictures = [
        ("editor", border, 120, 37, "dark", ["/no-claim\r", "\x1b", "lll", "4"]),
        ("editor-light", border, 120, 30, "colour-blind", ["/no-claim\r", "\x1b", "l"]),
        ("guide", empty, 100, 14, "dark", []),
        ("form", leak(), 120, 21, "dark", ["j", "4", "\r", "The log has no gap, but a badge could be lent."]),
    ]
    with chromium() as browser:
        for name, case, columns, rows, theme, keys in pictures:
            with tempfile.TemporaryDirectory() as place:
                file = Path(place) / "case.toml"
                file.write_text(case)
                for command in (["init", "-q"], ["add", "case.toml"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "x"]):
                    subprocess.run(["git", "-C", place, *command], check=True)
                colours = LIGHT if name.endswith("-light") else DARK
                shown = screen(binary, file, columns, rows, theme, keys)
                with fresh(browser, faults, name, device_scale_factor=1.5) as drawn:
                    drawn.set_content(page(shown, colours))
                    drawn.locator("pre").screenshot(path=folder / f"{name}.png")
    done(faults, str(folder))


if __name__ == "__main__":
    main()
