"""An alert is made of numbers, dates and names of our own lists; nothing else fits into one."""

import typing
from datetime import date

import pytest

from data_contracts.sources import SOURCES
from flows.alerts import alert
from flows.alerts.alert import Alert, SourceName, as_plain, from_plain, kind_of, sentence
from flows.alerts.settings import KINDS
from flows.errors import DoorstepError

DAY = date(2026, 11, 22)
EXAMPLES = [
    alert.NightFailed(day=DAY, exit=1),
    alert.NightInterrupted(day=DAY),
    alert.NightDegraded(day=DAY, sources=2),
    alert.SourceLate(day=DAY, source=SourceName("vehicle"), days_late=9),
    alert.DeliveryHeld(day=DAY, source=SourceName("vehicle"), files=1),
    alert.LinesWithheld(day=DAY, lines=4),
    alert.HeartbeatMissed(day=DAY, hours=30),
    alert.Trial(day=DAY),
]


def test_every_kind_has_an_example_and_a_name_in_the_settings():
    assert {type(one) for one in EXAMPLES} == set(Alert.__subclasses__())
    assert {kind_of(one) for one in EXAMPLES} == {*KINDS, "test"}


@pytest.mark.parametrize("kind", Alert.__subclasses__(), ids=lambda kind: kind.__name__)
def test_no_field_of_an_alert_is_a_free_text(kind):
    assert set(typing.get_type_hints(kind).values()) <= {int, date, SourceName}


@pytest.mark.parametrize("one", EXAMPLES, ids=kind_of)
def test_what_lies_on_disk_is_the_same_alert_again(one):
    assert from_plain(as_plain(one)) == one
    assert sentence(from_plain(as_plain(one))) == sentence(one)


@pytest.mark.parametrize("value", ["鬱薜嬿", 13912345678, -1, True, 1.5, None])
def test_nothing_of_a_person_fits_where_a_count_belongs(value):
    with pytest.raises((TypeError, ValueError)):
        alert.LinesWithheld(day=DAY, lines=value)


def test_only_a_source_of_ours_is_named_and_by_its_title():
    with pytest.raises(ValueError, match="not a source"):
        SourceName("鬱薜嬿")
    assert SOURCES["vehicle"].title in sentence(EXAMPLES[3])


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"kind": "nonsense", "day": "2026-11-22"},
        {"kind": "night_interrupted", "day": "鬱薜嬿"},
        {"kind": "night_interrupted", "day": "2026-11-22", "note": "鬱薜嬿"},
        {"kind": "source_late", "day": "2026-11-22", "source": "鬱薜嬿", "days_late": 1},
        {"kind": "lines_withheld", "day": "2026-11-22", "lines": 13912345678},
    ],
)
def test_a_file_that_somebody_else_wrote_is_no_alert(plain):
    with pytest.raises(DoorstepError) as refused:
        from_plain(plain)
    assert "鬱薜嬿" not in str(refused.value)


def late(days, newest=DAY):
    return alert.SourceLate(day=newest, source=SourceName("vehicle"), days_late=days)


def test_a_late_source_is_said_once_a_week():
    assert late(8).key == late(13).key
    assert late(13).key != late(14).key
    assert late(8).key != late(8, date(2026, 11, 23)).key
