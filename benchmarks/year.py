"""A simulated year: every night run for real, orders visited and sent back, and what must hold of it.

    python -m benchmarks.year --residents 700 --nights 365 --seed 1 --home FOLDER

Prints, and exits 1 unless: no household is listed again while an order stands over it without new
evidence; no order and no waiting household is lost; what a night adds to ledger and databases does
not grow from the second quarter of the year to the last.
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

from flows import files
from flows.cases import Case, cases, pause_rules
from flows.home import Home, existing_home
from flows.ledger import Ledger
from flows.lock import only_one
from flows.policy import load
from flows.sample import SAMPLE
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish
from transforms.signal import RenewedBy
from transforms.signals import SIGNALS

_RESULTS = (
    *(("15 临时救助", 0.15), ("10 已纳入低保", 0.05), ("20 已受理,办理中", 0.1), ("30", 0.25)),
    *(("33", 0.1), ("40", 0.05), ("53", 0.1), ("54", 0.05), ("50", 0.04), ("51", 0.05)),
    *(("52", 0.02), ("60", 0.01), ("61", 0.02), ("90", 0.01)),
)
_SLOWEST_ANSWER, _NEVER_ANSWERED = 10, 0.05


def main() -> int:
    """Run the year and print what was measured."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--residents", type=int, default=700)
    asked.add_argument("--nights", type=int, default=365)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--home", type=Path, required=True)
    wish = asked.parse_args()
    synthetic_home(wish.home, residents=wish.residents, nights=wish.nights, seed=wish.seed)
    home = existing_home(wish.home)
    sizes = run_year(home, random.Random(wish.seed))
    return told(home, sizes)


def run_year(home: Home, luck: random.Random) -> list[tuple[int, int, float]]:
    """Every night in order; gives the bytes of ledger and working database, and the seconds, of each."""
    from flows.night import run

    sizes = []
    answers: dict[date, list[tuple[str, bytes]]] = {}
    with only_one(home.lock):
        for place, night in enumerate(synthetic_nights(home)):
            deliver_night(home, night)
            for name, content in answers.pop(night, ()):
                files.write(home.returns / name, content)
            started = time.perf_counter()
            run(home, Wish(on=night, baseline=place == 0))
            took = time.perf_counter() - started
            sizes.append((home.ledger.stat().st_size, home.work.stat().st_size, took))
            for day, name, content in _answers(home, night, luck):
                answers.setdefault(day, []).append((name, content))
            if place % 10 == 0:
                sys.stdout.write(f"night {place}: {took:.1f} s\n")
                sys.stdout.flush()
    return sizes


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


def told(home: Home, sizes: Sequence[tuple[int, int, float]]) -> int:
    """Print what the year came to; 1 when anything that must hold does not."""
    ledger = Ledger(home.ledger)
    position = ledger.position()
    last = synthetic_nights(home)[-1]
    shared = load(home.policy).shared(last)
    orders, visits = ledger.orders(position), ledger.visits(position)
    into = ledger.merged_persons(position)
    known = cases(orders, visits, pause_rules(shared), home.config.site.county, last)
    again = _listed_again(known, into, shared)
    lost = [one for one in orders if not _on_a_list(home, one.order_no, one.issued_on)]
    unseen, longest = _waiting(home, last)
    quarter = len(sizes) // 4
    growth = [_per_night(sizes, at, quarter) for at in (1, 3)]
    say = sys.stdout.write
    say(f"nights {len(sizes)}, orders {len(orders)}, answered {len(visits)}\n")
    say(f"listed again within a rest without new evidence: {len(again)}\n")
    say(f"orders on no list: {len(lost)}; waiting households without a state: {unseen}\n")
    say(f"longest wait of a household still in line: {longest} nights\n")
    for name, at in (("ledger", 0), ("working database", 1)):
        early, late = growth[0][at], growth[1][at]
        say(
            f"{name}: {early / 1024:.0f} KiB a night in quarter 2, {late / 1024:.0f} in quarter 4\n"
        )
    say(f"seconds a night: {growth[0][2]:.1f} in quarter 2, {growth[1][2]:.1f} in quarter 4\n")
    is_flat = growth[1][0] <= 1.25 * growth[0][0] + 4096
    return int(bool(again or lost or unseen or not is_flat))


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


def _per_night(
    sizes: Sequence[tuple[int, int, float]], quarter: int, length: int
) -> tuple[float, float, float]:
    part = sizes[quarter * length : (quarter + 1) * length + 1]
    ledger, work = ((part[-1][at] - part[0][at]) / max(len(part) - 1, 1) for at in (0, 1))
    return ledger, work, sum(took for _, _, took in part) / len(part)


if __name__ == "__main__":
    raise SystemExit(main())
