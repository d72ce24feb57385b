"""A record's facts as one line of the timeline: each kind of figure in its own way."""

from datetime import date
from decimal import Decimal

import pytest

from flows.snapshot import describe


@pytest.mark.parametrize(("area", "said"), [("89.5200", "89.52"), ("100.0000", "100"), ("0", "0")])
def test_a_measure_is_no_amount_of_money(area, said):
    assert describe("property_right", {"area_m2": Decimal(area)}, {}) == f"建筑面积 {said}"


def test_an_amount_a_day_and_a_code_are_said_as_the_county_writes_them():
    row = {"settled_on": date(2026, 5, 1), "is_refund": "no", "personal_amount": Decimal("1234.50")}
    said = describe("settlement", row, {"is_refund": {"no": "否"}}).split(";")
    assert {part.split(" ", 1)[1] for part in said} == {"2026-05-01", "否", "1,234.50 元"}
