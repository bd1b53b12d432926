#!/usr/bin/env python3
"""Looks at the HTML report in Chromium.

    page.py BINARY MODULES [FILE...]

MODULES is a folder `node_modules` with axe-core and html-validate. The pages of every FILE
(default: those of scenarios/) and of a scenario whose every text is an attack
are opened at 320, 390 and 1280 pixels, light and dark, with and without script:
nothing on the console, one request, nothing wider than the page, no violation
that axe finds, no text that runs or turns its surroundings round. A page with a
hole made on purpose still runs nothing: the policy holds, not luck. On paper
the marking stands on every page, and the finding with all hypotheses on the
first. All of the matrix can be reached by keyboard. What is saved or quoted is
the analysis, whatever a reader tried. The HTML is valid by html-validate, the
bytes are the same twice, and a large page stays usable.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

sys.dont_write_bytecode = True

from browser import Faults, chromium, done, opened  # noqa: E402

WIDTHS = (320, 390, 1280)
ATTACK = (
    "<script>window.pwned=1</script></script></style></textarea></title>\"'><svg onload=window.pwned=1>"
    "<img src=x onerror=window.pwned=1>{{7*7}} &amp; \\u202etxet\\u0000 =1+1 @everyone #1"
)
WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((node) => {
    if (node.closest(".frame, .skip, thead, svg")) return false;
    const box = node.getBoundingClientRect();
    return box.width > 0 && (box.right > wide + 1 || box.left < -1);
  });
  return out.slice(0, 3).map((node) => node.tagName + "." + node.className + " " + node.textContent.slice(0, 40));
}"""


def report(binary: str, file: Path, page: Path, *options: str) -> Path:
    subprocess.run([binary, "report", file, "-o", page, *options], check=True, capture_output=True)
    return page


def attacked(text: str) -> str:
    """The scenario with the attack in front of every text that is free."""
    keys = "title|question|conclusion|note|name|short|description|text|quote|locator|marking|family"
    text = re.sub(rf'^({keys}) = "', lambda found: f'{found[1]} = "{ATTACK_TOML} ', text, flags=re.M)
    text = re.sub(r'note = "(?!<)', lambda _: f'note = "{ATTACK_TOML} ', text)
    return re.sub(r'^(name = ".*"\nreliability = ".*")$', r'\1\nurl = "javascript:window.pwned=1"', text, flags=re.M)


ATTACK_TOML = ATTACK.replace('"', '\\"')


def look(browser: Any, file: Path, name: str, axe: str, faults: Faults) -> None:
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            for script in (True, False):
                where = f"{name}, {width} px, {scheme}{'' if script else ', no script'}"
                options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "java_script_enabled": script}
                with opened(browser, file, faults, where, **options) as page:
                    for wide in page.evaluate(WIDER):
                        faults.add(where, f"wider than the page: {wide}")
                    if not script:
                        continue
                    if page.evaluate("window.pwned"):
                        faults.add(where, "the attack ran")
                    page.evaluate(axe)
                    if page.query_selector("#w-panel"):
                        page.click("#grid td")
                        page.click("#w-rate button[value=II]")
                    found = page.evaluate("async () => (await axe.run()).violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 120)])")
                    for violation in found:
                        faults.add(where, f"axe: {violation}")


def valid(modules: Path, directory: Path, faults: Faults) -> None:
    """All pages by html-validate, which needs no network."""
    (directory / ".htmlvalidate.json").write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    pages = sorted(directory.rglob("*.html"))
    command = [modules / ".bin" / "html-validate", "--formatter", "text", *(page for page in pages if page.stem not in ("hole", "saved"))]
    checked = subprocess.run(command, capture_output=True, text=True, cwd=directory)
    for line in (checked.stdout + checked.stderr).splitlines()[:20]:
        faults.add("HTML", line)


def shelf(browser: Any, binary: str, files: list[Path], directory: Path, axe: str, faults: Faults) -> None:
    """A folder of pages: the list is well-formed, and its links lead somewhere."""
    site = directory / "site"
    subprocess.run([binary, "report", *files, "-o", f"{site}/"], check=True, capture_output=True)
    look(browser, site / "index.html", "list", axe, faults)
    for name in re.findall(r'href="([^"]*)"', (site / "index.html").read_text(encoding="utf-8")):
        if not (site / name).exists():
            faults.add("list", f"no page {name}")


def twice(binary: str, file: Path, directory: Path, faults: Faults) -> None:
    first, second = (report(binary, file, directory / name).read_bytes() for name in ("first.html", "second.html"))
    if first != second:
        faults.add(file.name, "other bytes the second time")


def attack(browser: Any, binary: str, directory: Path, axe: str, faults: Faults) -> None:
    file = directory / "attack.toml"
    source = Path(__file__).resolve().parents[2] / "scenarios" / "tajik-border.toml"
    file.write_text(attacked(source.read_text(encoding="utf-8")), encoding="utf-8")
    page_file = report(binary, file, directory / "attack.html")
    look(browser, page_file, "attack", axe, faults)
    text = page_file.read_text(encoding="utf-8")
    if "\u202e" in text or "\0" in text or "javascript:window" in re.sub(r">[^<]*<", "><", text):
        faults.add("attack", "a hidden character or a link that runs")
    with opened(browser, page_file, faults, "attack") as page:
        shown = page.inner_text("h1")
        if "<script>window.pwned=1</script>" not in shown or "\\u202e" not in shown:
            faults.add("attack", f"not shown as it is: {shown}")
        page.click("#grid td")
        page.click("#w-rate button[value=II]")
        if page.evaluate("window.pwned"):
            faults.add("attack", "ran in the panel")
    hole = directory / "hole.html"
    hole.write_text(text.replace("</main>", "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script></main>"), encoding="utf-8")
    with opened(browser, hole, Quiet(), "hole") as page:
        if page.evaluate("window.pwned"):
            faults.add("hole", "the policy lets it run")


class Quiet(Faults):
    """Faults that are expected."""

    def add(self, where: str, what: Any) -> None:
        self.append(f"{where}: {what}")


# Of the Tajik case the finding stands whole on the first page, and all hypotheses.
FIRST_PAGE = ("it proves none of the hypotheses", "Drug smugglers", "Others, or different attackers on the two days")


def on_paper(browser: Any, page_file: Path, marking: str, faults: Faults) -> None:
    for size in ("A4", "Letter"):
        with opened(browser, page_file, faults, size) as page:
            pdf = page_file.with_suffix(f".{size}.pdf")
            page.pdf(path=str(pdf), format=size, prefer_css_page_size=False, tagged=True)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        pages = text.rstrip("\f").split("\f")
        without = [number for number, page in enumerate(pages, 1) if marking not in page.replace("\n", "").replace(" ", "")]
        print(f"  {size}: {len(pages)} pages")
        if without:
            faults.add(size, f"pages without the marking: {without}")
        for part in FIRST_PAGE if page_file.stem == "tajik-border" else ():
            if part not in " ".join(pages[0].split()):
                faults.add(size, f"not on the first page: {part}")


def saved(browser: Any, page_file: Path, directory: Path, faults: Faults) -> None:
    """A page that is saved after a change opens with the analysis, and without a script shows that it was changed."""
    with opened(browser, page_file, faults, "before saving") as page:
        feet = page.inner_text("#grid tfoot")
        page.click("#grid tbody tr:nth-child(2) td:nth-of-type(2)")
        page.click("#w-rate button[value=II]")
        page.click("#grid tbody tr:nth-child(3) button.out")
        page.select_option("#w-method", "bayes")
        copy = directory / "saved.html"
        copy.write_text("<!doctype html>" + page.evaluate("document.documentElement.outerHTML"), encoding="utf-8")
        archive = directory / "saved.mhtml"
        archive.write_text(page.context.new_cdp_session(page).send("Page.captureSnapshot")["data"], encoding="utf-8", newline="")
    with opened(browser, copy, faults, "saved") as page:
        if page.inner_text("#grid tfoot") != feet or page.is_visible("#w-band") or page.query_selector("#grid [data-r]"):
            faults.add("saved", "opens with a reader's changes")
    with opened(browser, archive, Quiet(), "archive") as page:
        if not page.is_visible("#w-band"):
            faults.add("archive", "does not say that a reader changed it")


def by_keyboard(browser: Any, page_file: Path, faults: Faults) -> None:
    """Every rating can be opened, changed and left, and every item left out, without a pointer."""
    focused = "document.activeElement.closest('td, button, select, input')?.outerHTML.slice(0, 60)"
    with opened(browser, page_file, faults, "keyboard") as page:
        def expect(what: str, holds: Any) -> None:
            if not holds:
                faults.add("keyboard", f"{what}: focus is on {page.evaluate(focused)}")

        page.focus("#grid td[tabindex='0']")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect("Enter opens a rating", page.is_visible("#w-panel"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect("another rating is chosen", len(page.query_selector_all("#grid [data-r]")) == 1)
        page.keyboard.press("Escape")
        expect("Escape goes back to the cell", page.evaluate("document.activeElement.matches('#grid tr:nth-child(2) td:nth-of-type(2)')"))
        page.keyboard.press("Delete")
        expect("Delete leaves the item out", page.query_selector("#grid tr.off:nth-child(2)"))
        page.focus(".item .try")
        page.keyboard.press("Enter")
        before = page.inner_text("#w-note")
        page.focus("#w-of")
        page.keyboard.press("ArrowDown")
        expect("another hypothesis is chosen", page.inner_text("#w-note") != before)
        page.focus("#w-out")
        page.keyboard.press("Enter")
        expect("the item is left out from its panel", "status withdrawn" in page.input_value("#w-lines"))
        page.keyboard.press("Escape")
        expect("Escape goes back to the item", page.evaluate("document.activeElement.matches('.item .try')"))


def quoted(browser: Any, binary: str, file: Path, page_file: Path, faults: Faults) -> None:
    """The picture and the words to quote are those of the analysis, whatever the reader tried."""
    picture = report(binary, file, page_file.with_suffix(".svg"), "--classification", "TLP:AMBER")
    with opened(browser, page_file, Quiet(), "quote") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.click("#grid tbody tr:nth-child(1) td:nth-of-type(2)")
        page.click("#w-rate button[value=II]")
        with page.expect_download() as download:
            page.click("#w-save")
        if download.value.suggested_filename != f"{file.stem}.svg":
            faults.add("picture", f"is named {download.value.suggested_filename}")
        if canonicalize(from_file=download.value.path()) != canonicalize(from_file=picture):
            faults.add("picture", "differs from that of -o")
        page.click("#w-cite")
        page.wait_for_function("document.querySelector('#w-cite').textContent !== 'Copy with source'")
        words = page.evaluate("navigator.clipboard.readText()")
        if page.inner_text("#lead") not in words or "proves none" not in words or "version" not in words:
            faults.add("quote", words)


def large(browser: Any, binary: str, directory: Path, faults: Faults) -> None:
    """A page of ten hypotheses and a thousand items."""
    hypotheses = "".join(f'[[hypothesis]]\nid = "h{at}"\nname = "Hypothesis number {at}"\n' for at in range(10))
    words = ("CC", "C", "N", "I", "II")
    items = "".join(
        f'[[evidence]]\nid = "item-{row}"\ntext = "Item number {row}, told in a sentence of ordinary length for such files"\n'
        f'[evidence.ratings]\n' + "".join(f'h{at} = "{words[(row * 7 + at * 3) % 5]}"\n' for at in range(10))
        for row in range(1000)
    )
    file = directory / "large.toml"
    file.write_text(f'ach = 1\ntitle = "Large"\n{hypotheses}{items}', encoding="utf-8")
    start = time.monotonic()
    page_file = report(binary, file, directory / "large.html")
    took = time.monotonic() - start
    size = page_file.stat().st_size
    with opened(browser, page_file, faults, "large") as page:
        timed = """(query) => new Promise((resolve) => {
          const node = document.querySelector(query);
          const start = performance.now();
          node.click();
          document.body.offsetHeight;
          resolve(performance.now() - start);
        })"""
        opening = page.evaluate(timed, "#grid tbody tr:nth-child(500) td:nth-of-type(3)")
        flip = page.evaluate(timed, "#w-rate button[value=II]")
    print(f"  10 by 1,000: {size / 1e6:.2f} MB, made in {took:.2f} s; opening a cell {opening:.0f} ms, a flip {flip:.0f} ms")
    if size > 4_000_000:
        faults.add("large", f"{size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("modules", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    files = options.files or sorted((root / "scenarios").glob("*.toml"))
    axe = (options.modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    faults = Faults()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        directory = Path(folder)
        for file in files:
            page_file = report(options.binary, file, directory / f"{file.stem}.html", "--classification", "TLP:AMBER")
            size = page_file.stat().st_size
            print(f"  {file.name}: {size / 1000:.0f} kB")
            if size > 200_000:
                faults.add(file.name, f"{size} bytes")
            look(browser, page_file, file.name, axe, faults)
        on_paper(browser, page_file, "TLP:AMBER", faults)
        saved(browser, page_file, directory, faults)
        by_keyboard(browser, page_file, faults)
        quoted(browser, options.binary, files[-1], page_file, faults)
        attack(browser, options.binary, directory, axe, faults)
        shelf(browser, options.binary, files, directory, axe, faults)
        twice(options.binary, files[0], directory, faults)
        large(browser, options.binary, directory, faults)
        valid(options.modules.resolve(), directory, faults)
    done(faults, "pages")


if __name__ == "__main__":
    main()
