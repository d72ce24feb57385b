"""Status says what waits for a person, and release takes a reason and a name."""

from datetime import timedelta

import pytest

from flows import files
from flows.errors import Exit
from flows.ledger import Ledger
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.cli.command import is_one_clear_line
from tests.cli.conftest import shortened
from tests.night import county


@pytest.fixture(scope="module")
def holding(after_first_night, tmp_path_factory):
    """A home in which a shrunken vehicle register waits."""
    home = shortened(county.copy(after_first_night, tmp_path_factory.mktemp("held") / "home"))
    night = synthetic_nights(home)[1] + timedelta(days=1)
    assert start(home, Wish(on=night), prefect=False).exit is Exit.WARNINGS
    return home, night


@pytest.fixture
def held(holding, tmp_path):
    """Such a home, the delivery that waits, and the night that holds it."""
    home, night = county.copy(holding[0], tmp_path / "home"), holding[1]
    (outcome,) = Ledger(home.ledger).outcomes(night, 1)
    assert outcome.verdict == "held"
    return home, outcome.delivery, night


def test_status_of_a_home_without_a_night_says_how_to_begin(fresh_county, run):
    ended = run("status", "--home", fresh_county.root)
    assert ended.code == 0
    assert "nightly --baseline" in ended.out
    assert not fresh_county.ledger.exists()


def test_status_names_the_last_night_and_every_source(home, run):
    ended = run("status", "--home", home.root)
    assert ended.code == 0
    assert f"上一夜:{synthetic_nights(home)[1]}" in ended.out
    assert ended.out.count("数据到") == len(home.config.sources)


def test_status_says_how_to_release_what_is_held(held, run):
    home, delivery, _ = held
    ended = run("status", "--home", home.root)
    assert f"doorstep release {delivery}" in ended.out
    assert ended.out.count("待放行") == 1


def test_a_released_delivery_is_loaded_by_the_next_night(held, run):
    home, delivery, night = held
    released = run(
        "release", delivery, "--home", home.root, "--reason", "车管所确认", "--who", "王"
    )
    assert released.code == 0
    assert delivery in released.out
    assert run("nightly", "--home", home.root, "--date", night).code in {0, 3}
    assert Ledger(home.ledger).deliveries()[-1].delivery == delivery
    assert "待放行" not in run("status", "--home", home.root).out


def test_a_delivery_that_is_not_held_cannot_be_released(held, run):
    home, delivery, _ = held
    ended = run("release", "0" * 16, "--home", home.root, "--reason", "确认", "--who", "王")
    assert ended.code == 2
    assert is_one_clear_line(ended.err)
    assert delivery in ended.err


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_release_needs_a_reason(reason, held, run):
    home, delivery, _ = held
    ended = run("release", delivery, "--home", home.root, "--reason", reason, "--who", "王")
    assert ended.code == 2
    assert is_one_clear_line(ended.err)
    assert Ledger(home.ledger).released() == {}


def test_a_release_needs_a_name_and_takes_the_users(held, run, monkeypatch):
    home, delivery, _ = held
    asked = ("release", delivery, "--home", home.root, "--reason", "确认")
    monkeypatch.delenv("USER", raising=False)
    nameless = run(*asked)
    assert nameless.code == 2
    assert "--who" in nameless.err
    monkeypatch.setenv("USER", "wang")
    assert run(*asked).code == 0


def test_exports_say_how_many_rows_they_wrote(home, run, tmp_path):
    for what in ("links", "findings"):
        out = tmp_path / f"{what}.parquet"
        ended = run(what, "--home", home.root, "--out", out)
        assert ended.code == 0
        assert str(out) in ended.out
        assert out.stat().st_mode & 0o777 == files.FILE_MODE


def test_exports_before_the_first_night_say_what_to_run(fresh_county, run, tmp_path):
    ended = run("links", "--home", fresh_county.root, "--out", tmp_path / "links.parquet")
    assert ended.code == 2
    assert is_one_clear_line(ended.err)
    assert "doorstep nightly" in ended.err
