"""Nights publish while officers read: nobody meets an error, everybody sees the new night next.

    python -m benchmarks.desk_load.publishing [--officers 20] [--nights 5]

A county of 3,000 residents, real nights, real requests. Every officer opens the morning page, the list
and a listed household, one after the other, without a pause. A page shows a night that was published
when it was asked for, or a later one; what is older is an error.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from benchmarks.desk_load.plan import plan_of
from benchmarks.desk_load.served import county, served
from flows import files
from flows.desk.sessions import COOKIE
from flows.home import Home
from flows.site import deliver_night, synthetic_nights
from flows.start import Wish, start

_NIGHT = re.compile(r"<h1>[^<]*(\d{4}-\d{2}-\d{2})")


def main() -> None:
    """Serve, read and publish; print what was seen and end with 1 where it is not as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officers", type=int, default=20)
    parser.add_argument("--nights", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = county(Path(folder) / "home", nights=asked.nights + 1)
        with served(home, asked.officers) as (host, sessions):
            seen = _read_and_publish(home, host, sessions)
    clicks = sum(count for what, count in seen.items() if what != "nights")
    wrong = clicks - seen["current night"] - seen["page"]
    print(
        f"{asked.officers} officers, {seen['nights']} nights published, {clicks:,} clicks, "
        f"{seen['current night']:,} told the night: errors {seen['error']}, "
        f"an older night than was published {seen['old night']}"
    )
    raise SystemExit(1 if wrong or seen["nights"] < asked.nights else 0)


def _read_and_publish(home: Home, host: str, sessions: list[dict[str, str]]) -> Counter[str]:
    """How many clicks saw what, and under `nights` how many were published meanwhile."""
    stop, listed = Event(), plan_of(home)["households"]
    seen: Counter[str] = Counter()
    with ThreadPoolExecutor(len(sessions)) as pool:
        readers = [pool.submit(_reader, home, host, one, listed, stop) for one in sessions]
        for night in synthetic_nights(home)[2:]:
            deliver_night(home, night)
            start(home, Wish(on=night), prefect=False)
            seen["nights"] += 1
            time.sleep(2)
        stop.set()
        for reader in readers:
            seen += reader.result()
    return seen


def _reader(
    home: Home, host: str, session: dict[str, str], listed: list[str], stop: Event
) -> Counter[str]:
    seen: Counter[str] = Counter()
    while not stop.is_set():
        published = _published(home)
        page = _asked(f"{host}/", session)
        seen[_judged(page, published)] += 1
        for place in ("/list", f"/household/{listed[sum(seen.values()) % len(listed)]}"):
            seen["page" if _asked(f"{host}{place}", session) else "error"] += 1
    return seen


def _published(home: Home) -> str:
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        return str(snapshot.execute("SELECT told ->> 'night' FROM night_report").fetchone()[0])


def _judged(page: str, published: str) -> str:
    shown = _NIGHT.search(page)
    if not shown:
        return "error"
    return "current night" if shown[1] >= published else "old night"


def _asked(place: str, session: dict[str, str]) -> str:
    """The page, or nothing where the desk could not answer."""
    request = urllib.request.Request(place, headers={"cookie": f"{COOKIE}={session['cookie']}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()
    except OSError:
        return ""


if __name__ == "__main__":
    main()
