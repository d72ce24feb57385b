"""Hostile texts in every text column of every source: does any of them do anything?

A county's baseline is delivered with the corpus written into names, addresses and other free text,
one night is run, its lists are sent back with the corpus in what a visitor writes, and a second
night is run. Then everything the house wrote is opened with its reader's eyes.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import openpyxl

from benchmarks.trust.row import Row
from data_contracts.sources import SOURCES
from data_contracts.terms import Kind, Source
from flows import files
from flows.home import Home, existing_home
from flows.receive.opening import opened
from flows.site import synthetic_home, synthetic_nights
from flows.start import Wish, start

MARK = "PWNED"
"""A file of this name anywhere, or a tag of it in a page, is an effect."""

CORPUS = (
    "'; DROP TABLE person; --",
    "\"); ATTACH 'PWNED.db'; --",
    "张三' OR '1'='1",
    "<script>PWNED()</script>",
    "<img src=x onerror=PWNED()>",
    "<svg/onload=PWNED()>",
    '"><a href="javascript:PWNED()">点我',
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "![x](http://192.0.2.1/PWNED.png)",
    "[点我](javascript:PWNED())",
    "| 列 | PWNED |",
    "$(touch PWNED)",
    "`touch PWNED`",
    "; touch PWNED #",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://192.0.2.1","点我")',
    "+1+PWNED",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "../../PWNED",
    "..\\..\\PWNED",
    "/tmp/PWNED",
    "C:\\PWNED",
    "张\u202e三\u2066四",
    "李\u200b四\ufeff五",
    "长" * 100,
    "%s%n%x",
    "file:///etc/passwd",
    "王\u2028五",
)
_KINDS = (Kind.TEXT, Kind.NAME, Kind.ADDRESS)
_TAGS = {"script", "iframe", "img", "svg", "object", "embed", "link", "form", "base", "meta"}
_RESIDENTS = 600


def injection() -> Row:
    """Run two nights over the corpus and count what it did."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        home, plain = _county(root / "hostile"), _county(root / "plain")
        first = synthetic_nights(home)[0]
        planted = _deliver(home, first, hostile=True)
        _deliver(plain, first, hostile=False)
        for one in (home, plain):
            start(one, Wish(on=first, baseline=True), prefect=False)
            start(one, Wish(on=first + timedelta(days=1)), prefect=False)
        _send_back(home, first)
        start(home, Wish(on=first + timedelta(days=2)), prefect=False)
        effects = [
            *_strangers(root),
            *_active(home, plain),
            *_formulas(home),
            *_lost_tables(home),
        ]
        written = sum(1 for path in home.root.rglob("*") if path.is_file())
    seen = (
        f"{len(effects)} effects of {len(CORPUS)} texts in {planted:,} cells; {written} files read"
    )
    if effects:
        seen += ": " + ", ".join(sorted(set(effects))[:5])
    return Row("injection corpus", "0 effects", seen, not effects and planted > 0)


def _county(root: Path) -> Home:
    synthetic_home(root, residents=_RESIDENTS, nights=1, seed=3)
    return existing_home(root)


def _deliver(home: Home, night: date, *, hostile: bool) -> int:
    """Put the night's files into the inbox, as UTF-8 text; how many cells were made hostile."""
    planted = 0
    for source in SOURCES.values():
        for path in files.listing(home.root / "inbox-by-night" / night.isoformat() / source.name):
            content, cells = _rewritten(source, files.read(path), hostile=hostile)
            files.write(home.inbox / source.name / f"{path.stem}.csv", content)
            planted += cells
    return planted


def _rewritten(source: Source, data: bytes, *, hostile: bool) -> tuple[bytes, int]:
    """The delivery as CSV, every fifth free text replaced by one of the corpus if it is hostile."""
    table = opened(data, source)
    places = table.header.places
    planted = 0
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.header.cells)
    for chunk in table.chunks():
        for at in range(len(chunk.rows)):
            cells = list(chunk.cells(at))
            for name, place in places.items():
                if hostile and source.columns[name].kind in _KINDS and (at + place) % 5 == 0:
                    cells[place] = CORPUS[(at + place) // 5 % len(CORPUS)]
                    planted += 1
            writer.writerow(cells)
    return text.getvalue().encode("utf-8"), planted


def _send_back(home: Home, night: date) -> None:
    """Every list comes back with the corpus in its open cells, under a hostile file name."""
    for nth, path in enumerate(_lists(home, night, ".csv")):
        rows = list(csv.DictReader(io.StringIO(files.read(path).decode("utf-8-sig"))))
        for at, row in enumerate(rows):
            for place, name in enumerate(("走访人", "需要的帮助", "新地址", "备注")):
                if name in row:
                    row[name] = CORPUS[(at + place) % len(CORPUS)]
            row["核实结论"] = "30"
            row["走访日期"] = (night + timedelta(days=1)).isoformat()
        if rows:
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
            name = f"$(touch {MARK})<b>{nth}.csv"
            files.write(home.returns / name, text.getvalue().encode("utf-8-sig"))


def _lists(home: Home, night: date, suffix: str) -> list[Path]:
    return sorted((home.outbox / night.isoformat()).rglob(f"*{suffix}"))


def _strangers(root: Path) -> Iterator[str]:
    """Files that a text has made, here or where the process stands."""
    for place in (root, Path.cwd(), Path("/tmp")):
        found = place.rglob("*") if place == root else place.glob("*")
        if any(path.name.startswith(MARK) for path in found):
            yield f"a file was made under {place.name or place}"


class _Tags(HTMLParser):
    """Tags that can do something, and attributes that run."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what could act."""
        if tag in _TAGS:
            self.active.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.active.append(name)


def _active(home: Home, plain: Home) -> Iterator[str]:
    """Pages that hold more that acts than those of the same night without the corpus."""
    for path in home.outbox.rglob("*.html"):
        other = plain.outbox / path.relative_to(home.outbox)
        if not other.exists():
            other = next(plain.outbox.rglob(path.name))
        if _acting(path) != _acting(other):
            yield f"a tag in {path.name}"


def _acting(path: Path) -> set[str]:
    tags = _Tags()
    tags.feed(files.read_text(path))
    return set(tags.active)


def _formulas(home: Home) -> Iterator[str]:
    for path in home.outbox.rglob("*.csv"):
        for row in csv.reader(io.StringIO(files.read(path).decode("utf-8-sig"), newline="")):
            if any(cell.startswith(tuple("=+-@\t\r")) and not _is_number(cell) for cell in row):
                yield f"a formula in a {path.suffix} list"
    for path in home.outbox.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(io.BytesIO(files.read(path))):
            for cells in sheet.iter_rows():
                if any(cell.data_type == "f" or cell.hyperlink for cell in cells):
                    yield "a formula in a workbook"


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def _lost_tables(home: Home) -> Iterator[str]:
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        (people,) = connection.execute("SELECT count(DISTINCT person_id) FROM link").fetchone()
    finally:
        connection.close()
    if people < _RESIDENTS // 2:
        yield "people were lost"
