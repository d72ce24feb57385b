"""Help hangs on whoever lived with its recipient, as the nights have noted it."""

from datetime import timedelta

import polars as pl
import pytest

from flows.former_homes import former_homes
from flows.ledger import Ledger
from flows.site import synthetic_nights
from tests.night import county
from tests.night.test_households import deliver, family, households


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def test_who_is_elsewhere_since_tonight_has_a_former_home_once_the_night_is_noted(
    home, monkeypatch
):
    told = []

    def listened(tonight):
        told.append(former_homes(tonight))
        return told[-1]

    monkeypatch.setattr("flows.rank.former_homes", listened)
    line, person = next((line, who) for line, kin, who in family(home) if kin == "son")
    before = households(home)[person]
    deliver(home, [line], b"0881000999999")
    ledger, night = Ledger(home.ledger), synthetic_nights(home)[1] + timedelta(days=1)
    noted = ledger.former_homes(ledger.position())
    assert told[-1].sort(pl.all()).equals(noted.sort(pl.all()))
    moved = households(home)[person] != before
    assert ((person, before, None, night) in noted.rows()) is moved
