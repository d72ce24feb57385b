"""A signal sees only what was delivered for its purpose; some inputs are refused whoever offers them."""

from datetime import date
from types import SimpleNamespace

import ibis
import pytest

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.purposes import is_closed, purposes_of, withheld
from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from data_contracts.terms import Column, Kind, Privacy, Purpose, Record, Reference
from transforms.purpose import permitted
from transforms.signal import LeadsTo, signal
from transforms.signals import SIGNALS

HERE = Reference(title="约定")


def declared(rule, leads_to=LeadsTo.VISIT):
    """A signal of that rule."""
    return signal(
        code="X9",
        title="试",
        reference=HERE,
        parameters=(),
        county_sentence="试",
        township_sentence="试",
        verify="试",
        leads_to=leads_to,
        worse={},
    )(rule)


def table(record):
    """The record's fact table, without rows."""
    schema = {"person_id": "string", "record_key": "string", **RECORDS[record].schema}
    return ibis.table(schema, name=f"fact_{record}")


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda one: one.name)
def test_every_source_says_what_it_may_be_used_for(source):
    assert source.purposes
    for name, column in source.columns.items():
        if column.privacy is Privacy.IDENTITY:
            assert purposes_of(source, name) == (Purpose.IDENTIFY,)


@pytest.mark.parametrize("one", SIGNALS.values(), ids=lambda one: one.name)
def test_every_signal_reads_only_records_open_to_its_purpose(one):
    assert not any(is_closed(record, one.purpose) for record in one.reads)


def test_police_and_hospital_facts_are_for_finding_need_and_never_for_reviewing_aid():
    for record in ("incident", "admission", "settlement", "benefit", "enrolment"):
        assert is_closed(record, Purpose.REVIEW)
        assert not is_closed(record, Purpose.FIND)


def test_columns_for_another_purpose_are_not_there():
    assert set(withheld("resident", Purpose.REVIEW)) >= {"marital"}
    assert "marital" not in permitted(table("resident"), "resident", Purpose.REVIEW).columns
    assert "marital" in permitted(table("resident"), "resident", Purpose.FIND).columns


def test_a_rule_that_reads_a_withheld_column_cannot_be_built():
    def nosy(resident):
        """Reads what was not delivered for reviewing aid."""
        return resident.filter(resident.marital == "single")

    one = declared(nosy, LeadsTo.REVIEW)
    with pytest.raises(AttributeError, match="marital"):
        one.proofs({"resident": table("resident")}, SimpleNamespace(), None, date(2026, 11, 22))


def test_a_signal_on_a_record_closed_to_its_purpose_does_not_load():
    def nosy(incident):
        """Reviews aid by police facts."""

    with pytest.raises(ValueError, match="incident 的来源没有声明用途 review"):
        declared(nosy, LeadsTo.REVIEW)


def test_what_was_found_in_order_to_help_is_no_ground_for_a_review():
    def nosy(found):
        """Reviews aid by what was found."""

    with pytest.raises(ValueError, match="不得用于在册复核"):
        declared(nosy, LeadsTo.REVIEW)


@pytest.mark.parametrize(
    ("means", "header"),
    [
        ("民族", "列"),
        ("一列", "MZ"),
        ("宗教信仰", "列"),
        ("是否曾受处罚", "列"),
        ("有无精神病史", "列"),
        ("政治面貌", "列"),
        ("籍贯", "列"),
        ("一列", "ever_convicted"),
    ],
)
def test_forbidden_columns_are_refused_by_title_and_by_header(means, header):
    with pytest.raises(ValueError, match="不得输入"):
        Column(means=means, kind=Kind.TEXT, headers=(header,), privacy=Privacy.PERSONAL)


@pytest.mark.parametrize("means", ["曾用名", "门诊", "每晚次数", "severe", "never_paid"])
def test_words_that_only_look_alike_are_welcome(means):
    assert Column(means=means, kind=Kind.TEXT, headers=(), privacy=Privacy.PERSONAL)


@pytest.mark.parametrize("name", ["ethnicity", "ever_in_care", "religion", "is_ever"])
def test_forbidden_facts_and_parameters_are_refused_by_name(name):
    fact = next(iter(RECORDS["resident"].columns.values()))
    with pytest.raises(ValueError, match="不得输入"):
        Record(name="r", title="t", grain="g", columns={name: fact})
    with pytest.raises(ValueError, match="不得输入"):
        Parameter(
            name=name,
            kind=ValueKind.COUNT,
            unit="个",
            means="试",
            reference=HERE,
            flags_more_when=Worse.NEITHER,
        )
