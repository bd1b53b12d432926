#!/usr/bin/env python3
"""Draws the picture of a report that README.md and docs/report.md show.

    picture.py BINARY [OUT]

OUT is docs/images/report.png unless given. Needs Chromium and playwright, and
for the same look the fonts of the package fonts-noto-core.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from browser import Faults, chromium, done, opened  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    binary, out = sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "docs" / "images" / "report.png")
    faults = Faults()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "report.html"
        subprocess.run([binary, "report", ROOT / "scenarios" / "tajik-border.toml", "-o", file], check=True)
        options = {"viewport": {"width": 1000, "height": 950}, "color_scheme": "light"}
        with opened(browser, file, faults, "picture", **options) as page:
            page.screenshot(path=out)
    done(faults, str(out))


if __name__ == "__main__":
    main()
