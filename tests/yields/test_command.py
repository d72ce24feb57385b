"""`doorstep yield` tells the last night that published a yield."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from flows import inputs
from flows.errors import UsageError
from flows.inputs import Inputs
from flows.ledger import Ledger
from flows.yields.command import yield_lines
from tests.ledger.test_ledger import end
from tests.yields.yield_tables import told

COUNTY = """
  times | signal       | issued | result
  20    | rent_arrears | 20     | helped
  20    | rent_arrears | 20     | too_rich
  3     | rent_arrears |        |
"""


@pytest.fixture
def home(tmp_path):
    place = SimpleNamespace(
        ledger=tmp_path / "ledger.sqlite", state=tmp_path / "state", outbox=tmp_path / "outbox"
    )
    night = date(2026, 11, 16)
    Ledger(place.ledger).end_night(end())
    listed = Inputs(
        night=night,
        number=1,
        baseline=False,
        known_arrivals=0,
        ledger_position=0,
        human_position=0,
        new_files=(),
        settings="",
        tables="",
        code="",
    )
    inputs.write_list(place, listed)
    (place.outbox / listed.label).mkdir(parents=True)
    return place


def test_the_last_yield_in_a_few_lines(home):
    content = json.dumps(told(COUNTY, unflagged=100), ensure_ascii=False)
    (home.outbox / "2026-11-16" / "yield.json").write_text(content, encoding="utf-8")
    lines = list(yield_lines(home))
    assert "预警 43 户;派单 40,走访到 40,属实 20,落实帮扶 20。" in lines[0]
    assert "50.0%" in lines[1]
    assert "无法估计遗漏" in lines[2]
    assert lines[3] == "各组之间没有超出界限的差别。"
    assert lines[-1].endswith("成效.html")


def test_a_night_before_there_were_yields_has_none(home):
    with pytest.raises(UsageError, match="nightly"):
        list(yield_lines(home))
