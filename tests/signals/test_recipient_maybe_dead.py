from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signal import LeadsTo
from transforms.signals.recipient_maybe_dead import recipient_maybe_dead

LIMITS = SimpleNamespace(population=("dibao", "tekun"), window_days=1095)
DEATH = "record_key | person_id | confirmed | died_on | reported_on\n"
EXAMPLE = {
    "assistance": f"""
        record_key | person_id | category | approved_on
        g          | dia       | dibao    | {days_ago(900)}
        """,
    "death": f"{DEATH}d1 | dia | confirmed | {days_ago(170)} | {days_ago(160)}",
}
LIVES = people(
    """
    person_id | household_id | life_status
    ana       | h1           | alive
    ben       | h2           | death_pending
    dia       | h3           | dead
    """
)


def asked(deaths="", grants=None, residents=""):
    head = "record_key | person_id | category | approved_on | exit_on\n"
    usual = "\n".join(
        f"g-{who} | {who} | dibao | {days_ago(900)} |" for who in ("ana", "ben", "dia")
    )
    return ask(
        recipient_maybe_dead,
        LIVES,
        LIMITS,
        death=facts("death", DEATH + deaths),
        assistance=facts("assistance", head + (usual if grants is None else grants)),
        resident=facts(
            "resident", "record_key | person_id | life_status | status_on\n" + residents
        ),
    )


def test_a_confirmed_death_measures_more_than_a_reported_one():
    rows = asked(
        f"""
        d1 | dia | confirmed | {days_ago(9)} |
        d2 | ben | pending   | {days_ago(9)} |
        """
    )
    assert [(row["person_id"], row["measure"], row["severity"]) for row in rows] == [
        ("ben", Decimal(1), 1),
        ("dia", Decimal(2), 1),
    ]


def test_it_is_a_review_and_nothing_more():
    assert recipient_maybe_dead.leads_to is LeadsTo.REVIEW


def test_the_register_speaks_of_deaths_too():
    rows = asked(
        residents=f"""
        r1 | dia | dead          | {days_ago(9)}
        r2 | ben | death_pending | {days_ago(9)}
        r3 | ana | normal        | {days_ago(9)}
        r4 | dia | normal        | {days_ago(9)}
        """
    )
    assert [row["record_key"] for row in rows] == ["r2", "r1"]


def test_a_report_about_somebody_who_is_known_to_live_proves_nothing():
    assert asked(f"d1 | ana | pending | {days_ago(9)} |") == []


@pytest.mark.parametrize(
    ("died_on", "reported_on", "fires"),
    [
        (days_ago(1095), "", True),
        (days_ago(1096), "", False),
        (days_ago(0), "", True),
        (days_ago(-1), "", False),
        ("", days_ago(1095), True),
        (days_ago(1096), days_ago(9), False),
        ("", "", False),
    ],
)
def test_the_day_of_death_counts_and_the_day_of_the_report_stands_in(died_on, reported_on, fires):
    assert bool(asked(f"d1 | dia | confirmed | {died_on} | {reported_on}")) is fires


@pytest.mark.parametrize("status_on", ["", days_ago(1096)])
def test_an_entry_of_no_date_or_too_old_proves_nothing(status_on):
    assert asked(residents=f"r1 | dia | dead | {status_on}") == []


@pytest.mark.parametrize(
    ("grant", "fires"),
    [
        (f"tekun | {days_ago(900)} |", True),
        (f"low_income_margin | {days_ago(900)} |", False),
        (f"temporary | {days_ago(900)} |", False),
        (f" | {days_ago(900)} |", False),
        ("dibao | |", False),
        (f"dibao | {days_ago(-1)} |", False),
        (f"dibao | {days_ago(900)} | {days_ago(0)}", False),
        (f"dibao | {days_ago(900)} | {days_ago(-1)}", True),
    ],
)
def test_only_who_stands_in_the_population_today(grant, fires):
    rows = asked(f"d1 | dia | confirmed | {days_ago(9)} |", grants=f"g1 | dia | {grant}")
    assert bool(rows) is fires


def test_every_report_of_a_death_is_a_proof():
    rows = asked(
        """
        d1 | dia | confirmed | 2026-11-01 |
        d2 | dia |           | 2026-11-02 | 2026-11-03
        """
    )
    assert [row["occurred_on"] for row in rows] == [date(2026, 11, 1), date(2026, 11, 2)]
    assert flagged(rows) == ["dia"]
