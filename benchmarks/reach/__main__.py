"""Who is reached in a month of nights, against the truth of a synthetic county.

    python -m benchmarks.reach [--residents 20000] [--nights 30] [--seed 1] [--capacity N]

The capacity is of one township and night. Without it, the policy's 15 of a county of 650,000 are
scaled to the residents, at least 1. Every night is a real one: lists are visited by a simulated
visitor and come back through returns/ after 1 to 10 nights. Sample visits are switched off.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.reach.baselines import Seen, baselines
from benchmarks.reach.table import Reach, reach_table, yield_table
from benchmarks.reach.townships import Townships
from benchmarks.reach.truth import Truth, true_persons, truth_of
from flows import files
from flows.home import Home, existing_home
from flows.ledger import Ledger
from flows.lock import only_one
from flows.night import run
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish
from transforms.signal import LeadsTo
from transforms.signals import SIGNALS

_POLICY_CAPACITY, _POLICY_RESIDENTS = 15, 650_000
_TOLD_EVERY = 10
ANY = "any of them"


def main() -> None:
    """Make the county, run its nights, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--capacity", type=int)
    parser.add_argument("--home", type=Path, help="keep the county here")
    asked = parser.parse_args()
    scaled = max(1, round(_POLICY_CAPACITY * asked.residents / _POLICY_RESIDENTS))
    with tempfile.TemporaryDirectory() as folder:
        home = _county(asked.home or Path(folder) / "home", asked, asked.capacity or scaled)
        _measure(home, asked)


def _county(root: Path, asked: argparse.Namespace, capacity: int) -> Home:
    synthetic_home(root, residents=asked.residents, nights=asked.nights, seed=asked.seed)
    home = existing_home(root)
    policy = home.policy / "county.toml"
    text = files.read(policy).decode("utf-8")
    for name, value in (("township_capacity", capacity), ("sample_per_night", 0)):
        text = re.sub(rf"(\[\[{name}\]\]\nfrom = \S+\nvalue = )\d+", rf"\g<1>{value}", text)
    files.write(policy, text)
    return home


def _measure(home: Home, asked: argparse.Namespace) -> None:
    nights = synthetic_nights(home)
    truth = truth_of(
        home,
        residents=asked.residents,
        nights=asked.nights,
        first_night=nights[0],
        seed=asked.seed,
    )
    townships = Townships(home, truth, asked.seed)
    others = baselines(truth, asked.seed)
    flagged: dict[str, set[int]] = defaultdict(set)
    with only_one(home.lock):
        for place, night in enumerate(nights):
            deliver_night(home, night)
            back = townships.send_back(night)
            done = run(home, Wish(on=night, baseline=place == 0))
            seen = _seen(home, truth, night, flagged, townships if place else None)
            if place:
                doors, shown = seen
                for one in others:
                    one.night(shown, doors)
                print(
                    f"{night}  {sum(doors.values())} orders, {back} lists back, {done.state}",
                    flush=True,
                )
            if place and (place % _TOLD_EVERY == 0 or night == nights[-1]):
                ways = [Reach("Doorstep", townships.calls)]
                ways += [Reach(one.name, one.calls) for one in others]
                print(f"\nAfter {place} nights:\n{reach_table(ways, truth)}\n", flush=True)
    print(yield_table(flagged, truth))


def _seen(
    home: Home, truth: Truth, night: date, flagged: dict[str, set[int]], townships: Townships | None
) -> tuple[dict[str, int], Seen]:
    """Visit tonight's lists (none on the first night) and note whom tonight's findings are about."""
    ledger = Ledger(home.ledger)
    with_link = files.duckdb_database(home.snapshot, read_only=True)
    try:
        link = pl.from_arrow(
            with_link.execute(
                "SELECT source, delivery, row, person_id, household_id FROM link"
            ).to_arrow_table()
        )
        findings = with_link.execute("SELECT DISTINCT person_id, signal FROM finding").fetchall()
    finally:
        with_link.close()
    assert isinstance(link, pl.DataFrame)
    persons = true_persons(home, ledger, link)
    person = dict(persons.select("person_id", "truth_person").iter_rows())
    signals: dict[int, set[str]] = defaultdict(set)
    for person_id, signal in findings:
        if person_id in person and SIGNALS[signal].leads_to is LeadsTo.VISIT:
            signals[truth.household[person[person_id]]].add(signal)
    for household, names in signals.items():
        for name in (*names, ANY):
            flagged[name].add(household)
    doors = townships.visit(night, ledger, person) if townships else {}
    return doors, Seen(night, {household: len(names) for household, names in signals.items()})


if __name__ == "__main__":
    main()
