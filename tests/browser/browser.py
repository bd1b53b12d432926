"""Chromium for the checks of the HTML report: a new profile, nothing but the page, every fault kept."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Faults(list[str]):
    """Everything that was found wrong, printed as it is found."""

    def add(self, where: str, what: Any) -> None:
        self.append(f"{where}: {what}")
        print(f"  {where}: {what}", flush=True)


@contextmanager
def fresh(browser: Browser, faults: Faults, where: str = "", **options: Any) -> Iterator[Page]:
    """An empty page; what it says on the console, and every request but for files that are opened, is a fault."""
    context = browser.new_context(**options)
    page = context.new_page()

    def check(request: Any) -> None:
        if not request.is_navigation_request() or not request.url.startswith("file:"):
            faults.add(where, f"request: {request.url}")

    page.on("console", lambda message: faults.add(where or page.url, f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.add(where or page.url, f"error: {error}"))
    page.on("request", check)
    try:
        yield page
    finally:
        context.close()


@contextmanager
def opened(browser: Browser, file: Path, faults: Faults, where: str, **options: Any) -> Iterator[Page]:
    """Like `fresh`, with a file that is opened."""
    with fresh(browser, faults, where, **options) as page:
        page.goto(file.resolve().as_uri())
        yield page


def done(faults: Faults, what: str) -> None:
    print(f"{what}: {len(faults)} faults" if faults else f"{what}: all well")
    sys.exit(1 if faults else 0)
