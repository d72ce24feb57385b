"""A need that comes back after half a year begins anew; one that was away for some nights does not."""

from datetime import date, timedelta

import duckdb
import ibis
import polars as pl
import pytest

from data_contracts.sources import SOURCES
from flows.engine import Engine
from flows.first_found import LAPSE_DAYS, note_findings, recall_seen
from flows.ledger import Ledger, NightEnd

FIRST = date(2026, 11, 16)
ARREARS, POOR, SEVERAL = "rent_arrears", "income_below_margin", "several_needs_at_once"
TENANCY = frozenset({"tenancy"})


class Nights:
    """Nights that only find, with a real ledger; a night is a number of days after the first."""

    def __init__(self, folder):
        self.ledger = Ledger(folder / "ledger.sqlite")

    def run(self, day, *found, late=frozenset(), into=None):
        """What is found, as person and signal, with the day since when it is known to be."""
        on = FIRST + timedelta(days=day)
        with duckdb.connect() as connection:
            engine = Engine(duckdb=connection, ibis=ibis.duckdb.from_connection(connection))
            recall_seen(engine, self.ledger.seen(self.ledger.position()), into or {})
            columns = {"person_id": pl.String, "signal": pl.String}
            tonight = pl.DataFrame(found, schema=columns, orient="row")
            engine.register("finding_tonight", tonight.to_arrow())
            ended = self.ledger.nights()
            is_past = any(one["night"] > on.isoformat() for one in ended)
            noted = note_findings(engine, on, late, is_past=is_past)
            self.ledger.end_night(_end(on, len(ended), noted))
            rows = engine.rows("SELECT person_id, signal, first_found FROM finding ORDER BY ALL")
        return {tuple(row.values())[:2]: (row["first_found"] - FIRST).days for row in rows}

    def noted(self):
        """How many rows the ledger keeps of what was found, came and went."""
        rows = "SELECT (SELECT count(*) FROM seen) + (SELECT count(*) FROM lapse)"
        return self.ledger._value(rows)


def _end(on, number, noted):
    return NightEnd(
        night=on,
        number=number,
        question="q",
        state="done",
        manifest="m",
        body={},
        seen=noted.new,
        lapses=noted.lapses,
        **dict.fromkeys(IDS, pl.DataFrame(schema=dict.fromkeys(ID_COLUMNS, pl.String))),
    )


IDS = (
    *("persons", "person_keys", "merges", "households", "household_keys"),
    *("household_members", "household_changes"),
)
ID_COLUMNS = (
    *("number", "person_id", "founder", "person_key", "into_person_id", "kind", "reason"),
    *("household_id", "household_key", "is_head", "into_household_id"),
)


@pytest.fixture
def nights(tmp_path):
    return Nights(tmp_path)


GONE = 11
OVER = GONE + LAPSE_DAYS + 1


@pytest.mark.parametrize(
    ("last_absent", "since"),
    [(GONE, 0), (OVER - 1, 0), (OVER, OVER + 1)],
    ids=["one night", "180 days", "181 days"],
)
def test_a_finding_that_was_away_for_longer_than_180_days_begins_anew(nights, last_absent, since):
    nights.run(0, ("P1", ARREARS))
    nights.run(10, ("P1", ARREARS))
    nights.run(GONE)
    nights.run(last_absent)
    assert nights.run(last_absent + 1, ("P1", ARREARS)) == {("P1", ARREARS): since}


def test_short_absences_do_not_add_up(nights):
    for gone in range(1, 400, 100):
        nights.run(gone - 1, ("P1", ARREARS))
        nights.run(gone)
        nights.run(gone + 90)
    assert nights.run(500, ("P1", ARREARS)) == {("P1", ARREARS): 0}


def test_a_late_source_neither_ends_a_finding_nor_begins_its_absence(nights):
    """Also where the finding is made of what other signals found."""
    everything = [("P1", ARREARS), ("P1", SEVERAL), ("P1", "high_medical_burden")]
    nights.run(0, *everything)
    nights.run(1, late=TENANCY)
    nights.run(OVER, late=TENANCY)
    assert nights.run(OVER + 1, *everything) == {
        ("P1", ARREARS): 0,
        ("P1", SEVERAL): 0,
        ("P1", "high_medical_burden"): OVER + 1,
    }


def test_an_absence_that_was_noted_ends_the_finding_only_when_its_source_is_heard_again(nights):
    nights.run(0, ("P1", ARREARS), ("P2", ARREARS))
    nights.run(GONE)
    nights.run(OVER, late=TENANCY)
    assert nights.run(OVER + 1, ("P1", ARREARS)) == {("P1", ARREARS): 0}
    assert nights.run(OVER + 2, ("P2", ARREARS)) == {("P2", ARREARS): OVER + 2}


def test_a_past_day_asked_about_again_ends_nothing(nights):
    nights.run(0, ("P1", ARREARS))
    nights.run(OVER, ("P1", ARREARS))
    nights.run(1)
    nights.run(OVER + 1)
    assert nights.run(OVER + 2, ("P1", ARREARS)) == {("P1", ARREARS): 0}


def test_what_is_found_of_two_ids_that_became_one_is_gone_with_the_last_of_them(nights):
    nights.run(0, ("P1", ARREARS))
    nights.run(5, ("P1", ARREARS), ("P2", ARREARS))
    nights.run(GONE, ("P2", ARREARS))
    into = {"P1": "P2"}
    assert nights.run(GONE + 1, ("P2", ARREARS), into=into) == {("P2", ARREARS): 0}
    nights.run(GONE + 2, into=into)
    nights.run(OVER + 2, into=into)
    assert nights.run(OVER + 3, ("P2", ARREARS), into=into) == {("P2", ARREARS): OVER + 3}


def test_nights_that_change_nothing_add_nothing(nights):
    nights.run(0, ("P1", ARREARS), ("P2", POOR))
    nights.run(GONE, ("P1", ARREARS))
    before = nights.noted()
    for day in range(GONE + 1, GONE + 20):
        nights.run(day, ("P1", ARREARS))
    assert nights.noted() == before == 3
    nights.run(OVER, ("P1", ARREARS))
    nights.run(OVER + 300, ("P1", ARREARS))
    assert nights.noted() == 4


def test_the_slowest_source_is_heard_of_within_the_time_that_a_finding_may_be_away():
    assert max(2 * source.cadence_days for source in SOURCES.values()) <= LAPSE_DAYS
