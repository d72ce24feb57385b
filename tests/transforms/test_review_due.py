from datetime import date
from types import SimpleNamespace

import pytest

from transforms.review_due import area_of, next_review, overdue_review, review_months

LIMITS = SimpleNamespace(
    review_months_a=12, review_months_b=6, review_months_c_urban=1, review_months_c_rural=3
)


@pytest.mark.parametrize(
    ("grade", "area", "months"),
    [
        ("A", "rural", 12),
        ("B", "urban", 6),
        ("C", "urban", 1),
        ("C", "rural", 3),
        (None, "rural", 3),
    ],
)
def test_each_class_has_its_cycle_and_an_unknown_class_the_shortest(grade, area, months):
    assert review_months(grade, area, LIMITS) == months


@pytest.mark.parametrize(
    ("approved", "months", "on", "due"),
    [
        ("2026-01-15", 12, "2026-11-22", "2027-01-15"),
        ("2025-11-22", 12, "2026-11-22", "2026-11-22"),
        ("2025-11-21", 12, "2026-11-22", "2027-11-21"),
        ("2026-11-20", 1, "2026-11-22", "2026-12-20"),
        ("2026-08-31", 3, "2026-11-22", "2026-11-30"),
        ("2024-02-29", 12, "2026-02-27", "2026-02-28"),
        ("2024-02-29", 12, "2026-03-01", "2027-02-28"),
    ],
)
def test_the_next_review_is_counted_from_the_approval(approved, months, on, due):
    found = next_review(date.fromisoformat(approved), months, date.fromisoformat(on))
    assert found.isoformat() == due


@pytest.mark.parametrize(
    ("approved", "months", "on", "due"),
    [
        ("2025-11-21", 12, "2026-11-20", None),
        ("2025-11-21", 12, "2026-11-21", None),
        ("2025-11-21", 12, "2026-11-22", "2026-11-21"),
        ("2025-11-21", 12, "2027-02-21", "2026-11-21"),
        ("2025-11-21", 12, "2027-02-22", None),
        ("2021-11-21", 12, "2026-11-22", "2026-11-21"),
        ("2025-11-30", 12, "2027-02-28", "2026-11-30"),
        ("2025-11-30", 12, "2027-03-01", None),
        ("2026-05-21", 6, "2027-02-21", "2026-11-21"),
        ("2026-08-21", 3, "2026-12-21", "2026-11-21"),
        ("2026-08-21", 3, "2026-12-22", None),
        ("2026-10-21", 1, "2026-11-22", None),
        ("2026-11-22", 12, "2026-11-22", None),
        ("2026-11-23", 12, "2026-11-22", None),
    ],
)
def test_a_review_that_has_passed_is_asked_for_a_while_or_half_a_cycle(approved, months, on, due):
    found = overdue_review(date.fromisoformat(approved), months, date.fromisoformat(on))
    assert (found and found.isoformat()) == due


@pytest.mark.parametrize(
    ("stated", "township", "area"),
    [
        (None, "370881001", "urban"),
        (None, "370881099", "urban"),
        (None, "370881100", "rural"),
        (None, "370881000", "rural"),
        (None, None, "rural"),
        ("urban", "370881100", "urban"),
        ("rural", "370881001", "rural"),
        ("urban", None, "urban"),
    ],
)
def test_the_register_says_what_is_urban_and_else_it_is_a_street_office(stated, township, area):
    assert area_of(stated, township) == area
