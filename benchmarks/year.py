"""A simulated year: every night run for real, orders visited and sent back, and what must hold of it.

    python -m benchmarks.year --residents 700 --nights 365 --seed 1 --home FOLDER

Prints, and exits 1 unless: no night fails; no household is listed again while an order stands over it
without new evidence; no order and no waiting household is lost; what a night adds to the ledger, and to
everything else once retention has taken away what is over, does not grow from the second quarter of the
year to the last. The times of retention are the shortest that a site may set.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from flows import files
from flows.cases import Case, cases, pause_rules
from flows.home import Home, existing_home
from flows.ledger import Ledger
from flows.policy import load
from flows.retention.due import months_before, trusted_day
from flows.retention.settings import LEAST
from flows.sample import SAMPLE
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish, start
from transforms.signal import RenewedBy
from transforms.signals import SIGNALS

_RESULTS = (
    *(("15 临时救助", 0.15), ("10 已纳入低保", 0.05), ("20 已受理,办理中", 0.1), ("30", 0.25)),
    *(("33", 0.1), ("40", 0.05), ("53", 0.1), ("54", 0.05), ("50", 0.04), ("51", 0.05)),
    *(("52", 0.02), ("60", 0.01), ("61", 0.02), ("90", 0.01)),
)
_SLOWEST_ANSWER, _NEVER_ANSWERED = 10, 0.05
_PAGE = 4096


def main() -> int:
    """Run the year and print what was measured."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--residents", type=int, default=700)
    asked.add_argument("--nights", type=int, default=365)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--home", type=Path, required=True)
    wish = asked.parse_args()
    home = made(wish.home, residents=wish.residents, nights=wish.nights, seed=wish.seed)
    year = judged(home, run_year(home, random.Random(wish.seed)))
    sys.stdout.write("".join(f"{line}\n" for line in year.lines))
    return int(not year.passed)


def made(folder: Path, *, residents: int, nights: int, seed: int) -> Home:
    """The county before its first night, keeping everything as short as a site may."""
    synthetic_home(folder, residents=residents, nights=nights, seed=seed)
    text = files.read_text(Home(folder).config_file)
    least = "".join(f"{name} = {time}\n" for name, time in LEAST.items())
    files.write(Home(folder).config_file, f"{text}\n[retention]\n{least}")
    return existing_home(folder)


class Size(NamedTuple):
    """Bytes of the ledger and of all else that a home keeps, when a night and its retention ended."""

    ledger: int
    others: int
    seconds: float


def run_year(home: Home, luck: random.Random) -> list[Size]:
    """Every night in order, each with its retention as on a site."""
    sizes = []
    answers: dict[date, list[tuple[str, bytes]]] = {}
    for place, night in enumerate(synthetic_nights(home)):
        deliver_night(home, night)
        for name, content in answers.pop(night, ()):
            files.write(home.returns / name, content)
        started = time.perf_counter()
        start(home, Wish(on=night, baseline=place == 0), prefect=False)
        sizes.append(_size(home, time.perf_counter() - started))
        for day, name, content in _answers(home, night, luck):
            answers.setdefault(day, []).append((name, content))
        if place % 10 == 0:
            sys.stderr.write(f"night {place}: {sizes[-1].seconds:.1f} s\n")
    return sizes


def _size(home: Home, seconds: float) -> Size:
    """What departments and villages still have to send is no part of it."""
    places = (home.archive, home.held, home.quarantine, home.refused, home.outbox, home.state)
    kept = sum(path.stat().st_size for place in places for path in files.inside(place))
    ledger = home.ledger.stat().st_size
    return Size(ledger=ledger, others=kept - ledger, seconds=seconds)


def _answers(home: Home, night: date, luck: random.Random) -> list[tuple[date, str, bytes]]:
    """Each list of a night filled in by its visitors, and the night on which it comes back."""
    found = []
    for path in sorted((home.outbox / night.isoformat()).glob("工作单/*.csv")):
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
        back = night + timedelta(days=luck.randint(1, _SLOWEST_ANSWER))
        for row in rows:
            if luck.random() >= _NEVER_ANSWERED:
                row["走访日期"] = (back - timedelta(days=1)).isoformat()
                row["核实结论"] = luck.choices(*zip(*_RESULTS, strict=True))[0]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        found.append((max(back, night + timedelta(days=1)), path.name, text.getvalue().encode()))
    return found


class Year(NamedTuple):
    """What a year came to, in lines, and whether all that must hold of it does."""

    lines: list[str]
    passed: bool


def judged(home: Home, sizes: Sequence[Size]) -> Year:
    """Look back on a year that has been run."""
    ledger = Ledger(home.ledger)
    position = ledger.position()
    last = synthetic_nights(home)[-1]
    shared = load(home.policy).shared(last)
    orders, visits = ledger.orders(position), ledger.visits(position)
    into = ledger.merged_persons(position)
    known = cases(orders, visits, pause_rules(shared), home.config.site.county, last)
    again = _listed_again(known, into, shared)
    gone = trusted_day([date.fromisoformat(row["night"]) for row in ledger.nights()])
    listed_since = months_before(gone or last, home.config.retention.lists_months)
    lost = [
        one
        for one in orders
        if one.issued_on >= listed_since and not _on_a_list(home, one.order_no, one.issued_on)
    ]
    unseen, longest = _waiting(home, last)
    growth = [_per_night(sizes, at, len(sizes) // 4) for at in (1, 3)]
    is_flat = all(late <= 1.25 * max(early, 0) + _PAGE for early, late in _bytes(*growth))
    lines = [
        f"nights {len(sizes)}, orders {len(orders)}, answered {len(visits)}",
        f"listed again within a rest without new evidence: {len(again)}",
        f"orders on no list: {len(lost)}; waiting households without a state: {unseen}",
        f"longest wait of a household still in line: {longest} nights",
        *(
            f"{name}: {early / 1024:.0f} KiB a night in quarter 2, {late / 1024:.0f} in quarter 4"
            for name, (early, late) in zip(("ledger", "all else"), _bytes(*growth), strict=True)
        ),
        f"seconds a night: {growth[0].seconds:.1f} in quarter 2, {growth[1].seconds:.1f} in quarter 4",
    ]
    return Year(lines, passed=is_flat and not (again or lost or unseen))


def _listed_again(
    known: Sequence[Case], into: dict[str, str], shared: SimpleNamespace
) -> list[tuple[str, str]]:
    """Pairs of orders of which the later went to persons the earlier still kept others away from."""
    found = []
    members = {one.order.order_no: {into.get(p, p) for p in one.order.members} for one in known}
    for place, later in enumerate(known):
        for earlier in known[:place]:
            if later.order.issued_on <= earlier.order.issued_on:
                continue
            if not earlier.stands(later.order.issued_on) or not _was_told(earlier, later):
                continue
            shares = members[earlier.order.order_no] & members[later.order.order_no]
            if shares and not _has_new_evidence(earlier, later, shared):
                found.append((earlier.order.order_no, later.order.order_no))
    return found


def _was_told(earlier: Case, later: Case) -> bool:
    """Whether the earlier order's result, if it ended its rest early, was known by then."""
    return earlier.visit is None or earlier.visit.visited_on < later.order.issued_on


def _has_new_evidence(earlier: Case, later: Case, shared: SimpleNamespace) -> bool:
    before, now = earlier.order, later.order
    if now.severity > before.severity or set(now.signals) - set(before.signals) - {SAMPLE}:
        return True
    if any(SIGNALS[name].renewed_by is RenewedBy.EVENT for name in now.signals if name in SIGNALS):
        return True
    measures = before.printed.get("measures", {})
    return any(
        float(measure) >= float(shared.renewal_growth) * float(measures[name])
        for name, measure in now.printed.get("measures", {}).items()
        if name in measures
    )


def _on_a_list(home: Home, order_no: str, night: date) -> bool:
    lists = (home.outbox / night.isoformat()).glob("工作单/*.csv")
    return any(order_no in path.read_text(encoding="utf-8-sig") for path in lists)


def _waiting(home: Home, last: date) -> tuple[int, int]:
    """Households with findings that have no state, and how long the longest carried one waits."""
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        (unseen,) = connection.execute(
            "SELECT count(*) FROM (SELECT DISTINCT household_id FROM finding "
            "WHERE seen_to IS NULL AND household_id IS NOT NULL) "
            "JOIN (SELECT DISTINCT household_id FROM worklist WHERE state IS NULL) "
            "USING (household_id)"
        ).fetchone()
        (oldest,) = connection.execute(
            "SELECT min(first_found) FROM worklist WHERE state = 'carried'"
        ).fetchone()
    finally:
        connection.close()
    return int(unseen), (last - oldest).days if oldest else 0


class Growth(NamedTuple):
    """What a night of a quarter added, in bytes, and how long it took."""

    ledger: float
    others: float
    seconds: float


def _per_night(sizes: Sequence[Size], quarter: int, length: int) -> Growth:
    part = sizes[quarter * length : (quarter + 1) * length + 1]
    nights = max(len(part) - 1, 1)
    return Growth(
        ledger=(part[-1].ledger - part[0].ledger) / nights,
        others=(part[-1].others - part[0].others) / nights,
        seconds=sum(one.seconds for one in part) / len(part),
    )


def _bytes(early: Growth, late: Growth) -> list[tuple[float, float]]:
    return [(early.ledger, late.ledger), (early.others, late.others)]


if __name__ == "__main__":
    raise SystemExit(main())
