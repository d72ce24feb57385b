"""Deliveries of the clinic one after the other, each judged against those before it."""

import json
from datetime import date, timedelta

import duckdb

from flows.drift.bands import REMEMBERED
from flows.drift.judging import with_drift
from flows.drift.profile import Profile, profile_from
from flows.inputs import readable_json
from flows.receive import Judgement
from tests.receive.clinic import CLINIC, ON, TITLES, csv_of, received, visit

HEADER = list(TITLES.values())


def ordinary(count: int = 200, first: int = 0) -> list[list[str]]:
    """Rows that differ as those of real people do."""
    return [
        visit(
            number,
            id_number=f"370881{1950 + number % 50}0{1 + number % 9}1{number % 9}12{1 + number % 2}4",
            birth_date=f"{1950 + number % 50}-0{1 + number % 9}-1{number % 9}",
            sex="1" if number % 2 == 0 else "2",
            cost=f"{800 + 17 * (number % 90)}.50",
            self_paid=f"{100 + number % 60}.25",
            visited_on=f"2026-02-{1 + number % 27:02d}",
            mode="9" if number % 5 == 0 else "1",
        )
        for number in range(first, first + count)
    ]


def changed(rows: list[list[str]], name: str, rewritten) -> list[list[str]]:
    """The rows with one column rewritten."""
    at = list(TITLES).index(name)
    return [[*row[:at], rewritten(row[at]), *row[at + 1 :]] for row in rows]


class Deliveries:
    """A source that learns from each delivery it accepts."""

    def __init__(self, source=CLINIC) -> None:
        self.source = source
        self.past: list[Profile] = []
        self.on = ON
        self.connection = duckdb.connect()

    def send(self, data: bytes, **more) -> Judgement:
        """Judge the next delivery, a day after the last."""
        told = {"released": False, "announced": False, "shares": {}, **more}
        file_name = told.pop("file_name", f"诊疗_{self.on:%Y%m%d}.csv")
        judged, _ = received(data, self.source, file_name, connection=self.connection, on=self.on)
        judged = with_drift(
            judged, self.connection, self.source, self.past[-REMEMBERED:], on=self.on, **told
        )
        if judged.verdict.value == "accepted":
            self.past.append(profile_from(json.loads(readable_json(judged.profile))))
        self.on += timedelta(days=1)
        return judged

    def rows(self, rows, header=HEADER, **more) -> Judgement:
        """Judge the next delivery from its rows."""
        return self.send(csv_of(rows, header), **more)


def kinds(judged: Judgement) -> set[str]:
    """What changed, as 'kind column'."""
    return {f"{one['kind']} {one['column']}".strip() for one in judged.drift}


def said(judged: Judgement) -> str:
    return ";".join(one["said"] for one in judged.drift)


def day(text: str) -> date:
    return date.fromisoformat(text)
