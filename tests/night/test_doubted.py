"""The doubts of a night: who is asked about, how sure the model is, what hangs on it, and why."""

import duckdb
import ibis
import pytest

from flows.doubted import doubts
from flows.engine import Engine
from flows.review.doubts import DOUBTS, normal
from flows.why_told import why_of
from matchers.birth_levels import BirthLevel
from matchers.name_levels import NameLevel
from tests.drawn import drawn

DECISION = """
record_key | founder | candidate | decision | how      | probability | weight | second_weight | name_evidence | name_weight | birth_level | birth_weight | name_rarity
hos        | hos     | reg       | doubtful | doubt    | 0.6         | 1000   | 0             | {name}        | 6100        | {birth}     | -400         | 16000
reg        | reg     |           | decided  | register |             |        |               |               |             |             |              |
sure       | reg     | reg       | decided  | evidence | 0.97        | 9000   |               | {name}        | 6100        |             | 0            | 16000
alone      | alone   |           | doubtful | doubt    |             |        |               |               |             |             |              |
""".format(name=int(NameLevel.SOUND), birth=int(BirthLevel.ONE_DIGIT))
NUMBERS = dict.fromkeys(
    ("weight", "second_weight", "name_evidence", "name_weight", "birth_level", "birth_weight",
     "name_rarity"),
    "int64",
)  # fmt: skip
LINK = """
record_key | person_id | household_id
hos        | P2        | H2
reg        | P1        | H1
sure       | P1        | H1
alone      | P3        | H3
"""
FINDING = """
person_id | household_id | signal                  | severity
P2        | H2           | large_single_admission  | 3
P2        | H2           | rent_arrears            | 2
P4        | H1           | rent_arrears            | 2
"""


@pytest.fixture
def engine():
    connection = duckdb.connect()
    made = Engine(connection, ibis.duckdb.from_connection(connection))
    for name, table in (
        ("decision", drawn(DECISION, probability="float64", **NUMBERS)),
        ("link", drawn(LINK)),
        ("finding", drawn(FINDING, severity="int8")),
    ):
        made.register(name, table.to_pyarrow())
    return made


def test_a_doubt_names_both_people_and_how_sure_the_model_is(engine):
    found = doubts(engine)
    assert dict(found.schema) == DOUBTS
    (row,) = found.to_dicts()
    assert (row["record_key"], row["other_record_key"]) == ("hos", "reg")
    assert (row["person_id"], row["other_person_id"]) == ("P2", "P1")
    assert row["weight"] == 1.0
    assert row["second_probability"] == pytest.approx(0.3)


def test_findings_would_pass_to_the_others_household_or_meet_one_that_is_there(engine):
    (row,) = doubts(engine).to_dicts()
    assert row["would_change"] == ["+red:large_single_admission", "-yellow:rent_arrears"]
    assert normal(doubts(engine))["severity"].to_list() == [3]


def test_the_sentence_tells_levels_and_weights(engine):
    (row,) = doubts(engine).to_dicts()
    assert row["why_zh"] == "姓名同音(少见) +6.1;生日差一位 -0.4;合计 60%"


def test_where_a_number_decided_there_is_no_sentence():
    assert why_of({"weight": None, "candidate": None, "probability": 1.0}) is None


def test_the_table_is_kept_for_the_snapshot(engine):
    doubts(engine)
    assert engine.rows("SELECT count(*) AS n FROM doubt") == [{"n": 1}]
