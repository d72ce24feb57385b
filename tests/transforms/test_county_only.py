"""Which rows tell of an illness that stays at the county, and which findings they make sensitive."""

import pytest

from tests.drawn import drawn
from tests.signals.asking import facts
from transforms.county_only import county_only, with_sensitivity
from transforms.known import FINDINGS

LISTED = ("B20", "B21", "B22", "B23", "B24", "Z21", "F")

STAY = """
record_key | person_id | admitted_on | discharged_on | diagnosis_main | diagnosis_2
stay       | ana       | 2026-09-01  | 2026-09-10    | {main}         | {second}
"""


def kept(diagnoses=LISTED, stays="", bills="", cards=""):
    rows = county_only(
        facts("admission", stays), facts("settlement", bills), facts("disability", cards), diagnoses
    )
    return sorted(rows.to_pyarrow()["record_key"].to_pylist())


@pytest.mark.parametrize(
    ("main", "second", "expected"),
    [
        ("B19.9", "", False),
        ("B20.6", "", True),
        ("b24x00", "", True),
        ("B25.0", "", False),
        ("Z20.6", "", False),
        ("Z21", "", True),
        ("Z22", "", False),
        ("E90", "", False),
        ("F00.0", "", True),
        ("F20.9", "", True),
        ("F99", "", True),
        ("G00.9", "", False),
        ("S72.0", "F32.1", True),
        ("S72.0", "I10", False),
        ("", "", False),
    ],
)
def test_a_stay_is_the_countys_by_any_of_its_diagnoses(main, second, expected):
    assert kept(stays=STAY.format(main=main, second=second)) == ["stay"] * expected


def test_what_the_county_does_not_list_is_not_the_countys():
    stays = STAY.format(main="F20.9", second="")
    assert kept(("B20",), stays) == []
    assert kept((), stays) == []


@pytest.mark.parametrize(
    ("settled_on", "kind", "expected"),
    [
        ("2026-08-31", "inpatient", False),
        ("2026-09-01", "inpatient", True),
        ("2026-09-10", "inpatient", True),
        ("2026-09-12", "inpatient", True),
        ("2026-09-12", "outpatient", False),
        ("2026-09-12", "chronic_outpatient", False),
        ("2026-09-12", "", False),
        ("2026-09-29", "inpatient", True),
        ("2026-09-30", "inpatient", False),
        ("", "inpatient", False),
    ],
)
def test_an_inpatient_bill_is_of_the_last_stay_that_had_begun(settled_on, kind, expected):
    stays = STAY.format(main="F20.9", second="") + (
        "next | ana | 2026-09-30 | 2026-10-05 | S72.0 |\n"
        "other | ben | 2026-09-11 | 2026-09-12 | S72.0 |"
    )
    bills = f"""
    record_key | person_id | settled_on   | visit_kind
    bill       | ana       | {settled_on} | {kind}
    bens       | ben       | 2026-09-12   | inpatient
    """
    assert kept(stays=stays, bills=bills) == ["bill"] * expected + ["stay"]


def test_of_two_listed_stays_the_bill_is_put_to_the_later():
    stays = (
        STAY.format(main="F20.9", second="") + "next | ana | 2026-09-20 | 2026-09-25 | B20.6 |\n"
    )
    bills = "record_key | person_id | settled_on | visit_kind\nbill | ana | 2026-09-26 | inpatient"
    assert kept(stays=stays, bills=bills) == ["bill", "next", "stay"]


def test_who_is_moved_to_another_ward_on_the_day_of_leaving_was_not_admitted_anew():
    stays = (
        STAY.format(main="F20.9", second="") + "next | ana | 2026-09-10 | 2026-09-20 | S72.0 |\n"
    )
    bills = "record_key | person_id | settled_on | visit_kind\nbill | ana | 2026-09-10 | inpatient"
    assert kept(stays=stays, bills=bills) == ["bill", "stay"]


def test_a_stay_of_unknown_beginning_is_known_by_its_end():
    stays = "record_key | person_id | discharged_on | diagnosis_main\nstay | ana | 2026-09-10 | F20"
    head = "record_key | person_id | settled_on | visit_kind\n"
    assert kept(stays=stays, bills=head + "bill | ana | 2026-09-09 | inpatient") == ["stay"]
    assert kept(stays=stays, bills=head + "bill | ana | 2026-09-10 | inpatient") == ["bill", "stay"]


@pytest.mark.parametrize(
    ("kind", "diagnoses", "expected"),
    [
        ("mental", LISTED, True),
        ("mental", (), True),
        ("intellectual", LISTED, True),
        ("intellectual", ("F7",), True),
        ("intellectual", ("F79",), True),
        ("intellectual", ("F2", "F78"), False),
        ("intellectual", (), False),
        ("physical", LISTED, False),
        ("visual", LISTED, False),
        ("hearing", LISTED, False),
        ("speech", LISTED, False),
        ("multiple", LISTED, False),
        ("", LISTED, False),
    ],
)
def test_a_card_is_the_countys_by_its_kind(kind, diagnoses, expected):
    cards = f"record_key | person_id | disability\ncard | ana | {kind}"
    assert kept(diagnoses, cards=cards) == ["card"] * expected


def test_a_finding_is_sensitive_by_its_kind_or_by_one_of_its_proofs():
    findings = drawn(
        """
        signal | person_id | household_id | severity | proof_count
        ill    | ana       | h1           | 2        | 2
        bills  | ana       | h1           | 2        | 1
        ill    | ben       | h1           | 2        | 1
        call   | cho       | h2           | 2        | 1
        """,
        severity="int8",
        proof_count="int64",
    )
    proofs = drawn(
        """
        signal | person_id | record_key
        ill    | ana       | s1
        ill    | ana       | s2
        bills  | ana       | b1
        ill    | ben       | s3
        call   | cho       | i1
        """
    )
    rows = drawn("record_key\ns2\ns9")
    marked = with_sensitivity(findings, proofs, rows, ["call"])
    assert marked.columns == (*findings.columns, "is_sensitive")
    assert set(findings.columns) < set(FINDINGS)
    told = {
        (row["signal"], row["person_id"]): row["is_sensitive"]
        for row in marked.to_pyarrow().to_pylist()
    }
    assert told == {
        ("ill", "ana"): True,
        ("bills", "ana"): False,
        ("ill", "ben"): False,
        ("call", "cho"): True,
    }
