"""How great a helped household's need was when its help came, as the rules tell it without later rows."""

from decimal import Decimal
from types import SimpleNamespace

import ibis
import pytest

from data_contracts.records import RECORDS
from flows import files
from flows.assess import Question, ask_signals
from flows.before_help import HAPPENINGS, before_help, is_told_by_its_rows
from flows.engine import Engine
from flows.first_found import recall_seen
from tests.drawn import arrow_of, drawn
from tests.portability.expressions import POLICY
from tests.signals.asking import ON, complete, days_ago, facts, found, people, refusals
from transforms.signals import SIGNALS

NOBODY_SEEN = drawn(
    "person_id | signal | first_found | is_over", first_found="date", is_over="boolean"
).to_polars()


@pytest.fixture
def engine(tmp_path):
    connection = files.duckdb_database(tmp_path / "work.duckdb")
    yield Engine(connection, ibis.duckdb.from_connection(connection))
    connection.close()


def asked(engine, helped):
    """`before_help` of what was found; `helped` names signals and days."""
    question = Question(on=ON, policy=POLICY, coverage=complete(*RECORDS))
    register = engine.register
    register(
        "last_help",
        arrow_of(f"household_id | signal | helped_on\n{helped}", helped_on="date"),
    )
    before_help(SimpleNamespace(engine=engine, question=question, rows=engine.rows))
    rows = engine.rows("FROM before_help ORDER BY ALL")
    return {(row["person_id"], row["signal"]): row["measure"] for row in rows}


def measured(engine, bills, helped):
    """`before_help` of Ana's and Ben's bills."""
    register = engine.register
    register("people", people("person_id | household_id\nana | h1\nben | h2").to_pyarrow())
    for name in RECORDS:
        text = f"record_key | person_id | settled_on | personal_amount\n{bills}"
        rows = facts(name, text) if name == "settlement" else facts(name)
        register(f"fact_{name}", rows.to_pyarrow())
    dated = "SELECT record_key, settled_on AS dated FROM fact_settlement"
    engine.duckdb.execute(f"CREATE TEMP TABLE known_identities AS {dated}")
    question = Question(on=ON, policy=POLICY, coverage=complete(*RECORDS))
    recall_seen(engine, NOBODY_SEEN, {})
    register("refusal", refusals("person_id").to_pyarrow())
    ask_signals(engine, question)
    engine.duckdb.execute("CREATE TEMP TABLE finding_visit AS FROM finding_tonight")
    return asked(engine, helped)


def test_the_bills_after_the_help_are_left_out(engine):
    bills = f"""
        s1 | ana | {days_ago(40)} | 40000
        s2 | ana | {days_ago(20)} | 1000
        s3 | ana | {days_ago(12)} | 12
        s4 | ben | {days_ago(40)} | 50000
        s5 | ben | {days_ago(12)} | 12
        """
    helped = f"""
        h1 | high_medical_burden       | {days_ago(20)}
        h1 | family_burden_catastrophic | {days_ago(21)}
        """
    assert measured(engine, bills, helped) == {
        ("ana", "high_medical_burden"): Decimal("41000.00"),
        ("ana", "family_burden_catastrophic"): Decimal("40000.00"),
    }


def test_bills_that_were_no_need_yet_when_help_came_give_no_measure(engine):
    bills = f"s1 | ana | {days_ago(40)} | 100\ns2 | ana | {days_ago(12)} | 60000"
    assert measured(engine, bills, f"h1 | high_medical_burden | {days_ago(20)}") == {}


def test_what_is_no_newer_than_the_help_is_not_asked_again(engine):
    bills = f"s1 | ana | {days_ago(40)} | 60000"
    assert measured(engine, bills, f"h1 | high_medical_burden | {days_ago(40)}") == {}


def test_what_other_signals_had_found_by_then_is_counted(engine):
    engine.register("people", people("person_id | household_id\nana | h1").to_pyarrow())
    proofs = found(
        f"""
        signal | person_id | record_key | occurred_on    | measure | severity | family
        one    | ana       | k1         | {days_ago(40)} | 1       | 2        | M
        two    | ana       | k2         | {days_ago(30)} | 1       | 2        | D
        one    | ana       | k3         | {days_ago(12)} | 1       | 2        | M
        three  | ana       | k4         | {days_ago(12)} | 1       | 2        | R
        """
    )
    engine.register("found", proofs.to_pyarrow())
    tonight = f"""
        household_id | person_id | signal                | occurred_on
        h1           | ana       | several_needs_at_once | {days_ago(12)}
        """
    engine.register("finding_visit", arrow_of(tonight, occurred_on="date"))
    engine.duckdb.execute("CREATE TEMP TABLE known_identities (record_key VARCHAR, dated DATE)")
    helped = f"h1 | several_needs_at_once | {days_ago(20)}"
    assert asked(engine, helped) == {("ana", "several_needs_at_once"): Decimal("2.00")}


@pytest.mark.parametrize(
    ("signal", "is_told"),
    [
        ("high_medical_burden", True),
        ("new_serious_disease", True),
        ("several_needs_at_once", True),
        ("elders_caring_for_ill", True),  # age is nobody's news
        ("cover_stopped", False),  # that somebody is insured no more is no further row
        ("income_below_margin", False),
        ("entitled_but_not_claimed", False),
        ("hurt_in_accident", False),  # an event counts by itself
    ],
)
def test_only_what_further_rows_make_worse_is_asked_again(signal, is_told):
    assert is_told_by_its_rows(SIGNALS[signal]) is is_told


def test_happenings_are_records():
    assert set(RECORDS) >= HAPPENINGS
