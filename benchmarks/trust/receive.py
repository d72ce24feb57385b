"""What the receiving of files survives, printed: `python -m benchmarks.trust.receive [case ...]`.

Every function without arguments that `CASES` names gives one row: the case, what is asked, what was
seen, and whether that passes. The files are those of a synthetic county, cut to some rows a source.
"""

from __future__ import annotations

import csv
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.trust.bad_rows import bad_rows
from benchmarks.trust.drift import DRIFTS, Table
from benchmarks.trust.row import Row
from data_contracts.sources import SOURCES
from data_contracts.terms import DeliveryKind, Source
from flows import files
from flows.drift.judging import with_drift
from flows.drift.known import known_shares
from flows.drift.profile import Profile, profile_from
from flows.home import existing_home
from flows.inputs import readable_json
from flows.receive import Judgement, Previous, Verdict, receive
from flows.receive.decode import encoding_of, lines
from flows.receive.opening import opened
from flows.site import synthetic_home, synthetic_nights

SECRET = b"trust"
ROWS = 1_200
RESIDENTS = 20_000
PARTS = 6
"""What is sent piece by piece is cut into so many deliveries; the last one is tested."""

RARE_NAMES = ("㛃", "𬱖", "䶮", "𠅤", "鿭", "王䶮", "欧阳𬱖", "赵㛃·买买提", "龚\ue863", "李囧囧")


@dataclass(frozen=True)
class Sent:
    """What a source of the county sends: its file, its rows, and the deliveries before."""

    source: Source
    on: date
    data: bytes
    tested: Table
    before: tuple[Table, ...]


@cache
def county() -> tuple[Sent, ...]:
    """Every source of a synthetic county, the baseline's rows as text."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "home"
        synthetic_home(root, residents=RESIDENTS, nights=1, seed=7)
        first = synthetic_nights(existing_home(root))[0]
        inbox = root / "inbox-by-night" / first.isoformat()
        return tuple(
            _sent(source, first, files.read(path))
            for name, source in SOURCES.items()
            for path in files.listing(inbox / name)[:1]
        )


def _sent(source: Source, on: date, data: bytes) -> Sent:
    table = opened(data, source)
    titles = [name for name, _ in sorted(table.header.places.items(), key=lambda one: one[1])]
    rows = [
        [chunk.cells(at)[table.header.places[name]] for name in titles]
        for chunk in table.chunks()
        for at in range(len(chunk.rows))
    ]
    random.Random(source.name).shuffle(rows)
    header = [table.header.cells[table.header.places[name]] for name in titles]
    if source.delivery is DeliveryKind.FULL:
        whole = Table(titles, header, rows[:ROWS])
        return Sent(source, on, data, whole, (whole,))
    size = min(len(rows), ROWS) // PARTS
    parts = [Table(titles, header, rows[at * size : (at + 1) * size]) for at in range(PARTS)]
    return Sent(source, on, data, parts[-1], tuple(parts[:-1]))


def as_csv(table: Table, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A table as a department would send it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([table.header, *table.rows])
    return text.getvalue().encode(encoding)


# ---------------------------------------------------------------- truncation


def truncation() -> Row:
    """A thousand cuts at random bytes; with announced rows, and by structure and band alone."""
    dice = random.Random(1000)
    connection = duckdb.connect()
    sent = [(one, _short(one)) for one in county()]
    announced = alone = 0
    slipped: Counter[str] = Counter()
    for at in range(1000):
        one, data = sent[at % len(sent)]
        cut = data[: dice.randrange(1, len(data) - 1)]
        rows = _rows_of(one, data)
        judged = receive(
            connection,
            one.source,
            cut,
            f"{one.source.name}_{one.on:%Y%m%d}.csv",
            on=one.on,
            previous=Previous(rows=rows, as_of=None, ended_with_newline=_ends(data)),
            secret=SECRET,
            control_rows=rows,
        )
        announced += judged.verdict is not Verdict.ACCEPTED
        others = [failed for failed in judged.failed if failed.name != "rows_match_control"]
        alone += bool(others)
        if not others:
            slipped[one.source.delivery.value] += 1
    rest = "、".join(f"{kind} {count}" for kind, count in sorted(slipped.items()))
    seen = f"with totals {announced}/1000; structure and band alone {alone}/1000 (missed: {rest})"
    return Row("truncation at 1,000 random bytes", "100 % with totals", seen, announced == 1000)


def _short(one: Sent) -> bytes:
    """The department's own bytes, a text cut to its first 300 lines."""
    if one.data.startswith(b"PK"):
        return one.data
    encoding = encoding_of(one.data)
    return "".join(islice(lines(one.data, encoding), 300)).encode(encoding)


@cache
def _counted(source: str, data: bytes) -> int:
    table = opened(data, SOURCES[source])
    return sum(len(chunk.rows) + len(chunk.malformed) for chunk in table.chunks())


def _rows_of(one: Sent, data: bytes) -> int:
    return _counted(one.source.name, data)


def _ends(data: bytes) -> bool | None:
    return None if data.startswith(b"PK") else data.endswith((b"\n", b"\r", b"\n\0", b"\0\n"))


# ---------------------------------------------------------------- drift


class Learned:
    """A source that has learned its deliveries, and what the tested one truly says."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent
        self.connection = duckdb.connect()
        self.past: list[Profile] = []
        self.on = sent.on
        self.last_rows = 0
        for at, table in enumerate(sent.before):
            self.on = sent.on + timedelta(days=30 * at)
            judged = self._judged(as_csv(table), shares={})
            self.past.append(profile_from(json.loads(readable_json(judged.profile))))
            self.last_rows = judged.rows
        self._keep_known()
        self.on += timedelta(days=30)
        self.quiet = self._judged(as_csv(sent.tested), shares=self._shares)
        self.truth = Counter(self._good())

    def silent_wrong(self, data: bytes, day: date) -> tuple[bool, Judgement]:
        """Whether a file is accepted, and nothing told of it, although its rows are not the truth's."""
        judged = self._judged(data, shares=self._shares, day=day)
        if judged.verdict is not Verdict.ACCEPTED or _rows_told(judged):
            return False, judged
        good = Counter(self._good())
        lost = sum((self.truth - good).values())
        return bool(good - self.truth) or lost > judged.quarantined, judged

    def _judged(self, data: bytes, *, shares: Any, day: date | None = None) -> Judgement:
        judged = receive(
            self.connection,
            self.sent.source,
            data,
            f"{self.sent.source.name}_{day or self.on:%Y%m%d}.csv",
            on=self.on,
            previous=Previous(rows=self.last_rows, as_of=None, ended_with_newline=True)
            if self.last_rows
            else None,
            secret=SECRET,
        )
        return with_drift(
            judged,
            self.connection,
            self.sent.source,
            self.past,
            on=self.on,
            released=False,
            announced=False,
            shares=shares() if callable(shares) else shares,
        )

    def _keep_known(self) -> None:
        for name in ("known", "identities"):
            self.connection.execute(
                f"CREATE TABLE {name} AS SELECT *, '{self.sent.source.name}' AS source, "
                "NULL AS known_to FROM good"
            )

    def _shares(self) -> dict[str, float]:
        return known_shares(self.connection, self.sent.source, "known")

    def _good(self) -> list[tuple[Any, ...]]:
        columns = ", ".join(f'"{name}"' for name in self.sent.source.columns)
        return self.connection.execute(f"SELECT {columns} FROM good").fetchall()


def drift() -> Row:
    """Every kind of drift in every source: read right, told, held or refused, never silent."""
    tried = 0
    silent: list[str] = []
    became: Counter[str] = Counter()
    false_alarms = [
        one.sent.source.name for one in _learned() if one.quiet.verdict is not Verdict.ACCEPTED
    ]
    for one in _learned():
        for kind, drifted in DRIFTS.items():
            for table in drifted(one.sent.source, one.sent.tested):
                day = one.on + timedelta(days=table.days)
                data = as_csv(table, table.encoding, table.delimiter)
                wrong, judged = one.silent_wrong(data, day)
                tried += 1
                told = judged.verdict is Verdict.ACCEPTED and _rows_told(judged)
                became["accepted, rows told" if told else judged.verdict.value] += 1
                if wrong:
                    silent.append(f"{one.sent.source.name}/{kind}/{table.where}")
    seen = (
        f"{len(DRIFTS)} kinds x {len(_learned())} sources = {tried} files: "
        f"{', '.join(f'{name} {count}' for name, count in sorted(became.items()))}; "
        f"silent wrong {len(silent)} {silent}; unchanged ones held: {len(false_alarms)} {false_alarms}"
    )
    return Row("drift kinds x sources", "0 silent wrong loads", seen, not silent)


def _rows_told(judged: Judgement) -> bool:
    """Whether the report says that this is an unusual number of rows."""
    return any(change["kind"] == "rows" for change in judged.drift)


@cache
def _learned() -> tuple[Learned, ...]:
    return tuple(Learned(one) for one in county())


# ---------------------------------------------------------------- bad rows, encodings


def bad_rows_among_good() -> Row:
    """A hundred kinds of bad rows among ten thousand good ones, over all sources."""
    good_lost = bad_loaded = reason_right = kinds = good_rows = 0
    share = 10_000 // len(county()) + 1
    connection = duckdb.connect()
    for one in county():
        whole = one.tested if one.source.delivery is DeliveryKind.FULL else _joined(one)
        clean = _clean_rows(connection, one, whole)
        good = [clean[at % len(clean)] for at in range(share)]
        good = [_renumbered(one.source, whole, row, at) for at, row in enumerate(good)]
        bad = list(bad_rows(one.source, whole, good[0]))[:12]
        table = replace(whole, rows=[*good, *(row for row, _ in bad)])
        lenient = replace(one.source, quarantine_limit=1.0)
        judged = receive(
            connection, lenient, as_csv(table), "x.csv", on=one.on, previous=None, secret=SECRET
        )
        reasons = dict(connection.execute("SELECT row, reason FROM bad").fetchall())
        kinds, good_rows = kinds + len(bad), good_rows + len(good)
        good_lost += sum(row <= len(good) for row in reasons)
        bad_loaded += len(bad) - sum(row > len(good) for row in reasons)
        reason_right += sum(
            wanted in reasons.get(len(good) + at, "") for at, (_, wanted) in enumerate(bad, 1)
        )
        assert judged.rows == len(table.rows)
    seen = (
        f"{kinds} kinds, {good_rows} good rows: good lost {good_lost}, bad loaded {bad_loaded}, "
        f"reason right {reason_right}/{kinds}"
    )
    passed = (good_lost, bad_loaded, reason_right) == (0, 0, kinds) and kinds >= 100
    return Row("100 kinds of bad rows x 10,000 good", "0; 0; 100 %", seen, passed)


def _joined(one: Sent) -> Table:
    return replace(one.tested, rows=[row for part in one.before for row in part.rows])


def _clean_rows(connection: Any, one: Sent, whole: Table) -> list[Sequence[str]]:
    """The rows that the contract finds nothing wrong with, each key once."""
    lenient = replace(one.source, quarantine_limit=1.0)
    data = as_csv(whole)
    receive(connection, lenient, data, "x.csv", on=one.on, previous=None, secret=SECRET)
    rows = connection.execute("SELECT row FROM good ORDER BY row").fetchall()
    return [whole.rows[row - 1] for (row,) in rows]


def _renumbered(source: Source, table: Table, row: Sequence[str], at: int) -> list[str]:
    """The row with a key of its own."""
    cells = list(row)
    place = table.names.index(next(name for name in source.key if name in table.names))
    cells[place] = f"T{at:07d}" if source.columns[source.key[0]].kind == "text" else cells[place]
    return cells


def encodings() -> Row:
    """Rare characters in every encoding and in workbooks: no name may change."""
    one = next(sent for sent in county() if sent.source.name == "medical_settlement")
    place = one.tested.names.index("name")
    rows = [list(row) for row in one.tested.rows[: 3 * len(RARE_NAMES)]]
    for at, row in enumerate(rows):
        row[place] = RARE_NAMES[at % len(RARE_NAMES)]
    table = replace(one.tested, rows=rows)
    connection = duckdb.connect()
    changed = tried = 0
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "xlsx"):
        data = _as_xlsx(table) if encoding == "xlsx" else as_csv(table, encoding)
        receive(connection, one.source, data, "x.csv", on=one.on, previous=None, secret=SECRET)
        read = connection.execute("SELECT row, name FROM good ORDER BY row").fetchall()
        tried += len(rows)
        changed += sum(name != rows[row - 1][place] for row, name in read)
        changed += len(rows) - len(read) - _duplicates(connection)
    seen = f"7 encodings x {len(RARE_NAMES)} names, {tried} cells: changed {changed}"
    return Row("encodings x rare characters", "0 names changed", seen, changed == 0)


def _duplicates(connection: Any) -> int:
    return int(connection.execute("SELECT count(*) FROM bad").fetchone()[0])


def _as_xlsx(table: Table) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([table.header, *table.rows]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return out.getvalue()


# ---------------------------------------------------------------- bombs


def bombs() -> Row:
    """Each in a process of its own: refused or set aside, memory above idle, seconds."""
    told, passed = [], True
    for name in BOMBS:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.trust.receive", "--bomb", name],
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        verdict, megabytes, seconds = (run.stdout.split() or ["died", "0", "0"])[:3]
        told.append(f"{name} {verdict} {megabytes} MB {seconds} s")
        fine = verdict == "refused" or (name in _SET_ASIDE and verdict == "set-aside")
        passed &= fine and float(megabytes) < 300 and float(seconds) < 5
    return Row("bombs, 1 MB fields, NUL", "all; < 300 MB; < 5 s", "; ".join(told), passed)


def _bomb(name: str) -> str:
    """Receive one bomb here, and say what became of it."""
    source = SOURCES["vehicle"]
    connection = duckdb.connect()

    def judged(data: bytes) -> Judgement:
        return receive(
            *(connection, source, data, "x.csv"),
            on=date(2026, 11, 22),
            previous=None,
            secret=SECRET,
        )

    data = BOMBS[name]()
    judged(_vehicles(50).encode())
    idle, started = _peak(), time.perf_counter()
    found = judged(data)
    aside = found.quarantined and found.loaded
    word = "set-aside" if aside else found.verdict.value
    return f"{word} {(_peak() - idle) / 1024:.0f} {time.perf_counter() - started:.1f}"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _vehicles(count: int, cell: str = "") -> str:
    """A file of vehicles, one of them with a name of our choice."""
    columns = SOURCES["vehicle"].columns
    titles = [column.headers[0] for column in columns.values()]
    rows = [_vehicle(list(columns), at, cell if at == count // 2 else "") for at in range(count)]
    return "\r\n".join(",".join(row) for row in [titles, *rows]) + "\r\n"


def _vehicle(names: Sequence[str], at: int, cell: str) -> list[str]:
    kinds = {"plate_no": f"鲁H{at:05d}", "name": "张三", "registered_on": "2020-01-02"}
    cells = []
    for name in names:
        column = SOURCES["vehicle"].columns[name]
        cells.append(kinds.get(name) or next(iter(column.codes), ""))
    cells[names.index("name")] = cell or "张三"
    return cells


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _far_cell() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [one.headers[0] for one in SOURCES["vehicle"].columns.values()])
        sheet.write_string(1_048_575, 16_383, "x")
    return out.getvalue()


def _lying() -> bytes:
    """A directory that says 1,000 bytes where 300 MB follow."""
    data = bytearray(_zip({"xl/worksheets/sheet1.xml": b" " * (300 << 20)}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


BOMBS: dict[str, Callable[[], bytes]] = {
    "ratio": lambda: _zip({"xl/worksheets/sheet1.xml": b"<c/>" * (75 << 20)}),
    "lying-directory": _lying,
    "nested": lambda: _zip({"inner.zip": _zip({"inner.zip": _zip({"a": b"0" * (64 << 20)})})}),
    "many-entries": lambda: _zip({f"xl/{at}.xml": b"" for at in range(10_001)}),
    "far-cell": _far_cell,
    "megabyte-field": lambda: _vehicles(60, "村" * 1_000_000).encode(),
    "megabyte-fields": lambda: ("村" * 1_000_000 + ",") .join(["", *[""] * 60]).encode(),
    "nul": lambda: b"\0" * (20 << 20),
    "nul-in-a-cell": lambda: _vehicles(60, "张\0三").encode(),
    "quotes": lambda: _vehicles(60, '"' * 9001).encode(),
    "one-line": lambda: b"a" * (60 << 20),
    "ten-thousand-columns": lambda: (",".join(f"c{at}" for at in range(10_000)) + "\r\n").encode() * 50,
}  # fmt: skip
_SET_ASIDE = {"megabyte-field", "nul-in-a-cell", "quotes"}


# ---------------------------------------------------------------- many small files


def small_files(count: int = 10_000) -> Row:
    """So many files of a few rows in one inbox, taken up by a night's own step."""
    from flows import inputs, reference
    from flows.engine import engine
    from flows.intake import take_up
    from flows.ledger import Ledger

    source = SOURCES["medical_settlement"]
    one = next(sent for sent in county() if sent.source.name == source.name)
    place = one.tested.names.index("settlement_no")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "home"
        synthetic_home(root, residents=500, nights=1, seed=3)
        home = existing_home(root)
        for at in range(count):
            row = list(one.tested.rows[at % len(one.tested.rows)])
            row[place] = f"S{at:09d}"
            data = as_csv(replace(one.tested, rows=[row]))
            files.write(home.inbox / source.name / f"{at:06d}.csv", data)
        started = time.perf_counter()
        ledger = Ledger(home.ledger)
        asked = inputs.gather(home, ledger, one.on, number=1, baseline=True)
        divisions = reference.divisions(home.config.site.county)
        with engine(home) as working:
            verdicts = Counter(
                take_up(home, working, ledger, asked, source, file, divisions).verdict
                for file in asked.new_files
            )
        seconds = time.perf_counter() - started
    seen = f"{dict(verdicts)}, {seconds / count:.3f} s a file, {seconds:.0f} s"
    whole = verdicts["accepted"] == count
    return Row(f"{count:,} small files", "all accepted, seconds stated", seen, whole)


CASES: dict[str, Callable[[], Row]] = {
    "truncation": truncation,
    "drift": drift,
    "bad-rows": bad_rows_among_good,
    "encodings": encodings,
    "bombs": bombs,
    "small-files": small_files,
}


def table(names: Sequence[str]) -> Iterator[str]:
    """The rows of the asked cases as Markdown."""
    yield "| case | asked | seen | passed |"
    yield "| --- | --- | --- | --- |"
    for name in names or CASES:
        row = CASES[name]()
        yield f"| {row.case} | {row.asked} | {row.seen} | {'yes' if row.passed else 'NO'} |"


def main(arguments: Sequence[str]) -> None:
    """Print the table, or be the child process of one bomb."""
    if arguments[:1] == ["--bomb"]:
        print(_bomb(arguments[1]))
        return
    for line in table(arguments):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
