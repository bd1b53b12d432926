#!/usr/bin/env python3
"""Checks `ach import` with real spreadsheets: `sheets.py ACH [SCENARIO]...`.

An exported workbook that nobody edited changes nothing. After openpyxl has
changed three ratings there are three changes, and every other byte of the file
is as before. Files made to exhaust memory are refused in little of it.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl

#: Bytes of address space that a hostile file may take; the program itself maps some 100 MiB of it.
LIMIT = 640 * 1024 * 1024


def run(*words: str | Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    def confine() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    words_ = [str(word) for word in words]
    return subprocess.run(words_, capture_output=True, text=True, timeout=60, preexec_fn=confine)


def check(condition: bool, what: object) -> None:
    if not condition:
        raise SystemExit(f"sheets.py: {what}")


def way_back(ach: Path, scenario: Path, folder: Path) -> None:
    copy, book = folder / scenario.name, folder / "case.xlsx"
    text = scenario.read_text()
    copy.write_text(text)
    check(run(ach, "export", copy, "-o", book).returncode == 0, f"{scenario} is not exported")
    told = run(ach, "import", book, "--into", copy)
    check("nothing to change" in told.stdout, f"{scenario}: {told}")

    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Matrix"]
    heads = [cell.value for cell in sheet[1]]
    first = next(at for at, head in enumerate(heads) if head and ": " in str(head))
    edited = 0
    for row in sheet.iter_rows(min_row=2):
        if edited < 3 and row[first].value in ("C", "I"):
            row[first].value = "C" if row[first].value == "I" else "I"
            edited += 1
    check(edited == 3, f"{scenario}: {edited} ratings to edit")
    workbook.save(book)
    told = run(ach, "import", book, "--into", copy, "--format", "json")
    changes = json.loads(told.stdout)["changes"]
    check([change["kind"] for change in changes] == ["rating-set"] * 3, f"{scenario}: {told}")
    before, after = text.splitlines(), copy.read_text().splitlines()
    check(len(before) == len(after), f"{scenario}: lines came or went")
    differing = [(old, new) for old, new in zip(before, after) if old != new]
    swapped = str.maketrans("CI", "IC")
    for old, new in differing:
        same = old.replace('"C"', '"?"').replace('"I"', '"?"') == new.replace('"C"', '"?"').replace('"I"', '"?"')
        check(same and old.translate(swapped) != old, f"{scenario}: {old} became {new}")
    check(len(differing) == 3, f"{scenario}: {len(differing)} lines differ")


def workbook(sheet: bytes, strings: bytes | None = None) -> bytes:
    """A workbook of one sheet with this content."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def cells(rows: bytes, before: bytes = b"") -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return before + b'<worksheet xmlns="' + main + b'"><sheetData>' + rows + b"</sheetData></worksheet>"


def text(place: str, value: str) -> bytes:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'.encode()


def spreadsheet(rows: bytes, before: bytes = b"") -> bytes:
    """A file of LibreOffice's kind with one table of these rows."""
    spaces = "office table text".split()
    names = "".join(f' xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in spaces).encode()
    content = before + b"<office:document-content" + names + b"><office:body><office:spreadsheet>"
    content += b'<table:table table:name="S">' + rows + b"</table:table></office:spreadsheet></office:body>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content + b"</office:document-content>")
    return held.getvalue()


def ods_row(cells: bytes, repeats: int = 1) -> bytes:
    return b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>' % (repeats, cells)


def ods_cell(content: bytes, repeats: int = 1) -> bytes:
    start = b'<table:table-cell office:value-type="string" table:number-columns-repeated="%d">' % repeats
    return start + (b"<text:p>%s</text:p>" % content if content else b"") + b"</table:table-cell>"


def bombs() -> dict[str, bytes]:
    corners = b'<row r="1">' + text("A1", "C") + b'</row><row r="1048576">' + text("XFD1048576", "I") + b"</row>"
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    long = b"<row>" + text("A1", "x" * 1000) * 500_000 + b"</row>"
    shared = b'<row>' + b'<c t="s"><v>0</v></c>' * 200_000 + b"</row>"
    strings = b"<sst><si><t>" + b"y" * 1_000_000 + b"</t></si></sst>"
    return {
        "two cells at the corners.xlsx": workbook(cells(corners)),
        "entities.xlsx": workbook(cells(b"<row>" + text("A1", "&b;") + b"</row>", entity)),
        "unpacked.xlsx": workbook(cells(long)),
        "one text in many cells.xlsx": workbook(cells(shared), strings),
        "no archive.xlsx": b"PK\x03\x04" + b"\0" * 1000,
        "entities in UTF-16.xlsx": workbook(cells(b"", (entity.decode() + " ").encode("utf-16"))),
        "two cells at the corners.ods": spreadsheet(
            ods_row(ods_cell(b"C") + ods_cell(b"", 16_382) + ods_cell(b"I"))
            + ods_row(b"", 1_048_574)
            + ods_row(ods_cell(b"", 16_383) + ods_cell(b"II"))
        ),
        "one cell everywhere.ods": spreadsheet(ods_row(ods_cell(b"C", 16_384), 1_048_576)),
        "endless spaces.ods": spreadsheet(ods_row(ods_cell(b'<text:s text:c="4000000000"/>'))),
        "entities.ods": spreadsheet(ods_row(ods_cell(b"&b;")), entity),
        "unpacked.ods": spreadsheet(ods_row(ods_cell(b"x" * 1000)) * 70_000),
        "broken.ods": spreadsheet(b"<table:table-row>"),
        "small cells.csv": b"C,I\n" * 16_000_000,
        "small cells.md": b"|a|b|\n|-|-|\n" + b"|C|I|\n" * 10_000_000,
        "small cells, not as many.md": b"|a|b|\n|-|-|\n" + b"|C|I|\n" * 650_000,
        "marks.md": b"|a|b|\n|-|-|\n\n" + b"*a_b" * 1_000_000,
        "tables.csv": b"Evidence,A,B\nx,C,I\n\n" * 20_000,
        "deep.json": b"[" * 1_000_000,
        "values.json": b"[" + b"0," * 30_000_000 + b"0]",
        "columns.csv": b"," * 30_000_000 + b"a,C,I\n" * 10,
        "quote.csv": b'"' + b"a,\n" * 10_000_000,
    }


def main() -> None:
    ach = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scenario in map(Path, sys.argv[2:]):
            way_back(ach, scenario, folder)
        for bomb, content in bombs().items():
            path = folder / bomb
            path.write_bytes(content)
            told = run(ach, "import", path, "-o", folder / "bomb.toml", limit=LIMIT)
            check(told.returncode == 2 and "error: " in told.stderr, f"{bomb}: {told.returncode} {told.stderr[:300]}")
            path.unlink()
    print(f"{len(sys.argv) - 2} workbooks came back, {len(bombs())} hostile files were refused")


if __name__ == "__main__":
    main()
