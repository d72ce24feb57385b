from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signal import LeadsTo
from transforms.signals.lives_elsewhere_than_registered import lives_elsewhere_than_registered

LIMITS = SimpleNamespace(window_days=730)
RESIDENT = (
    "record_key | person_id | person_type | life_status | status_on | lives_at_registered_address\n"
)
EXAMPLE = {"resident": f"{RESIDENT}r | ana | registered | normal | {days_ago(720)} | no"}


def asked(entry, life_status="alive"):
    return ask(
        lives_elsewhere_than_registered,
        people(f"person_id | household_id | life_status\nana | h1 | {life_status}"),
        LIMITS,
        resident=facts("resident", f"{RESIDENT}r-ana | ana | {entry}"),
    )


def test_it_is_a_blue_note_that_asks_for_no_visit():
    (row,) = asked(f"registered | normal | {days_ago(9)} | no")
    assert (row["person_id"], row["record_key"], row["severity"]) == ("ana", "r-ana", 1)
    assert int(row["measure"]) == 1
    assert lives_elsewhere_than_registered.leads_to is LeadsTo.NOTE


@pytest.mark.parametrize(
    "entry",
    [
        f"registered | normal | {days_ago(9)} | yes",
        f"registered | normal | {days_ago(9)} |",
        f"floating | normal | {days_ago(9)} | no",
        f" | normal | {days_ago(9)} | no",
        f"registered | moved_out | {days_ago(9)} | no",
        f"registered | | {days_ago(9)} | no",
    ],
)
def test_only_a_present_registration_marked_so_tells(entry):
    assert asked(entry) == []


@pytest.mark.parametrize(
    ("day", "fires"),
    [
        (days_ago(730), True),
        (days_ago(731), False),
        (days_ago(0), True),
        (days_ago(-1), False),
        ("", False),
    ],
)
def test_the_entry_is_of_the_window(day, fires):
    assert bool(asked(f"registered | normal | {day} | no")) is fires


@pytest.mark.parametrize(("life_status", "fires"), [("death_pending", True), ("dead", False)])
def test_the_dead_live_nowhere(life_status, fires):
    assert bool(asked(f"registered | normal | {days_ago(9)} | no", life_status)) is fires
