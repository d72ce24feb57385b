"""A declaration refuses to exist when it contradicts itself."""

from dataclasses import replace

import pytest
from ibis import _

from data_contracts.terms import (
    NOT_STATED,
    Column,
    DeliveryKind,
    Fact,
    FactType,
    Kind,
    Privacy,
    Record,
    Reference,
    RowRule,
    Source,
    parsed_table,
)

ILLNESS = Record(
    name="illness",
    title="病假",
    grain="one row per sick note",
    columns={
        "begins_on": Fact(type=FactType.DATE, means="开始日期"),
        "degree": Fact(type=FactType.STRING, means="程度", one_of=("light", "grave")),
    },
)


def column(kind=Kind.TEXT, *headers, privacy=Privacy.ORDINARY, **more):
    return Column(means="一列", kind=kind, headers=headers, privacy=privacy, **more)


COLUMNS = {
    "note_no": column(Kind.TEXT, "编号"),
    "name": column(Kind.NAME, "姓名", privacy=Privacy.IDENTITY),
    "begins_on": column(Kind.DATE, "开始日期"),
    "degree": column(Kind.CODE, "程度", codes={"1": "light", "2": "grave", "9": NOT_STATED}),
}


def sick_notes(**changes):
    declared = {
        "name": "sick_notes",
        "title": "病假条",
        "supplier": "医院",
        "authority": Reference(title="约定"),
        "grain": "one row per sick note",
        "delivery": DeliveryKind.APPEND,
        "cadence_days": 1,
        "key": ("note_no",),
        "own_key": True,
        "columns": COLUMNS,
        "becomes": ILLNESS,
        "dated_by": "begins_on",
        "complete_for": "本院病人",
    }
    return Source(**{**declared, **changes})


def without(*names):
    return {name: declared for name, declared in COLUMNS.items() if name not in names}


def test_a_sound_declaration_exists():
    assert sick_notes().columns["degree"].codes["9"] == NOT_STATED


def test_a_code_column_needs_codes():
    with pytest.raises(ValueError, match=r"Kind.CODE needs them"):
        column(Kind.CODE, "程度")


def test_only_a_code_column_has_codes():
    with pytest.raises(ValueError, match=r"codes belong to Kind.CODE"):
        column(Kind.TEXT, "程度", codes={"1": "light"})


def test_the_key_must_be_declared():
    with pytest.raises(ValueError, match="serial_no is used but not declared"):
        sick_notes(key=("serial_no",))


def test_the_date_of_the_fact_must_be_declared():
    with pytest.raises(ValueError, match="noted_on is used but not declared"):
        sick_notes(dated_by="noted_on")


def test_every_fact_of_the_record_must_be_filled():
    with pytest.raises(ValueError, match=r"nothing fills .*degree.* of illness"):
        sick_notes(columns=without("degree"))


def test_a_fact_may_be_worked_out_from_other_columns():
    columns = {**without("degree"), "days": column(Kind.INTEGER, "天数")}
    worked_out = {"degree": (_.days > 30).ifelse("grave", "light")}
    assert sick_notes(columns=columns, by=worked_out).by == worked_out


def test_a_column_nobody_reads_is_refused():
    with pytest.raises(ValueError, match=r"'ward'.* declared and never used"):
        sick_notes(columns={**COLUMNS, "ward": column(Kind.TEXT, "病区")})


def test_a_column_that_only_a_rule_reads_is_used():
    rule = RowRule(name="short", holds=_.days <= 365, reason="病假超过一年")
    columns = {**COLUMNS, "days": column(Kind.INTEGER, "天数")}
    assert sick_notes(columns=columns, rules=(rule,)).rules == (rule,)


def test_a_rule_cannot_read_a_column_that_is_not_declared():
    rule = RowRule(name="short", holds=_.days <= 365, reason="病假超过一年")
    with pytest.raises(AttributeError, match="days"):
        sick_notes(rules=(rule,))


def test_an_identity_column_without_a_place_in_identities_is_refused():
    secret = replace(COLUMNS["note_no"], privacy=Privacy.IDENTITY)
    with pytest.raises(ValueError, match="identity column note_no has no place in identities"):
        sick_notes(columns={**COLUMNS, "note_no": secret})


def test_a_code_with_a_meaning_the_record_does_not_know_is_refused():
    invented = column(Kind.CODE, "程度", codes={"1": "light", "3": "hopeless"})
    with pytest.raises(ValueError, match="degree has codes unknown to illness"):
        sick_notes(columns={**COLUMNS, "degree": invented})


@pytest.mark.parametrize("shared", ["编号", "note_no"])
def test_a_header_that_names_two_columns_is_refused(shared):
    twice = column(Kind.NAME, "姓名", shared, privacy=Privacy.IDENTITY)
    with pytest.raises(ValueError, match="names two columns"):
        sick_notes(columns={**COLUMNS, "name": twice})


def test_a_reference_reads_as_title_and_article():
    assert str(Reference(title="办法", article="第三条")) == "办法 第三条"
    assert str(Reference(title="办法")) == "办法"


def test_parsed_columns_have_the_type_of_their_kind():
    schema = parsed_table(sick_notes()).schema()
    assert {name: str(kind) for name, kind in schema.items()} == {
        "note_no": "string",
        "name": "string",
        "begins_on": "date",
        "degree": "string",
    }


def test_a_record_tells_its_ibis_schema():
    assert ILLNESS.schema == {"begins_on": "date", "degree": "string"}
