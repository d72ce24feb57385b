"""Drawn tables asked on DuckDB and on a real local Spark: equal rows of equal types."""

from decimal import Decimal

import duckdb
import ibis
import pyarrow as pa
import pytest
from ibis.expr import operations as ops

from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from flows.reference import similar_characters
from matchers import households
from matchers.linkage import link
from matchers.outcomes import outcomes
from tests.drawn import drawn
from tests.matchers.linking import MODELS, broken, frequencies_of, masked, number, read, records
from tests.portability import expressions as asked
from tests.signals.asking import ON, complete, days_ago, facts, people
from tests.signals.world import example_of, world
from tests.spark.awkward import rows_of
from transforms import standardise
from transforms.covered import ORDER_FINDINGS, ORDER_MEMBERS, ORDERS
from transforms.findings import findings
from transforms.helped import BEFORE_HELP, FORMER_HOMES
from transforms.known import PEOPLE, PLACES
from transforms.signal import PROOF_SCHEMA
from transforms.signals import SIGNALS
from transforms.triage import worklist

pytestmark = [
    pytest.mark.spark,
    # Py4J drops its sockets to the JVM without closing them.
    pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning"),
]

EVERY_SOURCE = pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))


def tables_of(world):
    """The drawn tables as the expressions of tests/portability name them."""
    return {
        name if name in ("people", "found", "refusal") else f"fact_{name}": table.to_pyarrow()
        for name, table in world.items()
    }


def table(text, schema):
    """A drawn table with exactly the columns of a schema."""
    header = [cell.strip() for cell in text.strip().splitlines()[0].split("|")]
    drawing = drawn(text, **{name: schema[name] for name in header})
    missing = {name: ibis.null(kind) for name, kind in schema.items() if name not in header}
    return drawing.mutate(**missing).select(*schema).to_pyarrow()


def test_a_sum_of_bills_and_refunds_is_the_same_to_the_fen(on_both):
    settlement = facts(
        "settlement",
        f"""
        record_key | person_id | settled_on      | is_refund | personal_amount
        a1         | ana       | {days_ago(40)}  | no        | 25999.99
        a2         | ana       | {days_ago(20)}  | no        | 300.10
        a3         | ana       | {days_ago(10)}  | yes       | -300.09
        b1         | ben       | {days_ago(300)} | no        | 40000
        b2         | ben       | {days_ago(290)} | yes       | -40000
        b3         | ben       | {days_ago(280)} | no        | 40000
        c1         | cho       | {days_ago(366)} | no        | 90000
        c2         | cho       | {days_ago(5)}   | yes       | -90000
        c3         | cho       | {days_ago(5)}   | no        | 26000
        d1         | dia       |                 | no        | 90000
        e1         | eli       | {days_ago(0)}   |           | 26000.00
        f1         | fay       | {days_ago(3)}   | no        |
        g1         | gus       | {days_ago(3)}   | no        | 90000
        """,
    )
    assistance = facts(
        "assistance",
        f"record_key | person_id | category | approved_on\nx | gus | dibao | {days_ago(90)}",
    )
    who = people(
        "person_id | household_id\n" + "\n".join(f"{name} | h" for name in ALL_BUT_DIA.split())
    )
    drawing = {**world({}), "settlement": settlement, "assistance": assistance, "people": who}
    signal = SIGNALS["high_medical_burden"]
    told = on_both(asked.proofs(signal, complete(*RECORDS)), tables_of(drawing))
    assert [(row["record_key"], row["measure"]) for row in told] == [
        ("a1", Decimal("26000.00")),
        ("a2", Decimal("26000.00")),
        ("a3", Decimal("26000.00")),
        ("b3", Decimal("40000.00")),
        ("c3", Decimal("26000.00")),
        ("e1", Decimal("26000.00")),
    ]


ALL_BUT_DIA = "ana ben cho eli fay gus"


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=list(SIGNALS))
def test_every_signal_finds_the_same_rows(on_both, signal):
    assert on_both(asked.proofs(signal, complete(*RECORDS)), tables_of(example_of(signal)))


@EVERY_SOURCE
def test_awkward_rows_are_read_and_refused_alike(on_both, source):
    told = on_both(asked.read(source), {"raw": rows_of(source)})
    assert any(row["reason"] for row in told)


@EVERY_SOURCE
def test_awkward_rows_are_said_alike_in_the_words_of_the_house(on_both, source):
    good = {"good": _parsed(source)}
    assert on_both(standardise.facts(asked.parsed(source), source), good)
    assert on_both(standardise.who(asked.parsed(source), source), good)


def _parsed(source):
    with duckdb.connect() as engine:
        engine.register("raw", rows_of(source))
        read = str(ibis.to_sql(asked.read(source), dialect="duckdb"))
        keyed = (
            f"SELECT 'k' || row AS record_key, * EXCLUDE (row, reason) FROM ({read}) ORDER BY row"
        )
        return engine.sql(keyed).to_arrow_table()


ANA, BEN, CHO, DIA = (
    number(f"19{year}-05-17", order) for year, order in ((80, 12), (75, 11), (60, 14), (90, 16))
)
A_DOZEN = f"""
    key | source   | number        | name   | former | birth      | sex | phone       | household | contact | address
    r1  | resident | {ANA}         | 陈安娜 |        | 1980-05-17 | 女  | 13800000001 | h         |         | 曲阜市姚村镇陈家寨村3组
    r2  | resident | {BEN}         | 孔令本 | 孔本   | 1975-05-17 | 男  | 13800000002 | h         |         |
    r3  | resident |               | 赵小秋 |        | 1960-05-17 | 女  |             |           |         |
    r4  | resident |               | 李平   |        | 1970-01-01 | 男  |             |           |         |
    r5  | resident |               | 李平   |        | 1970-01-01 | 男  |             |           |         |
    s1  |          | {ANA}         | 陈安那 |        | 1980-05-17 |     |             |           |         |
    s2  |          | {ANA}         | 孔令本 |        | 1975-05-17 | 男  |             |           | 陈安娜  |
    s3  |          | {CHO}         | 赵小秋 |        | 1960-05-17 |     |             |           |         |
    s4  |          | {masked(BEN)} | 孔本   |        |            |     | 13800000002 |           |         |
    s5  |          | {broken(ANA)} | 陈?娜  |        | 1980       |     |             |           |         | 曲阜市姚村镇陈家寨村
    s6  |          |               | 李平   |        | 1970-01-01 | 男  |             |           |         |
    s7  |          | {DIA}         | 周新来 |        | 1990-05-17 | 女  |             |           |         |
    s8  |          |               | 周新来 |        | 1990-05-17 | 女  |             |           |         |
    s9  |          |               | 吴他人 |        | 1990-12-17 | 男  | 13900000009 |           |         |
    s10 |          |               | 吴他人 |        | 1990-12-17 | 男  | 13900000009 |           |         |
    s11 |          |               |        |        |            |     |             |           |         |
    """


class BothEngines:
    """A workbench that asks both engines the same and goes on with their one answer."""

    def __init__(self, ask, **tables):
        self.ask, self.tables = ask, tables

    def table(self, name):
        return ibis.table(ibis.Schema.from_pyarrow(self.tables[name].schema), name=name)

    def keep(self, name, rows):
        return self.answer(name, rows, lambda told: told)

    def answer(self, name, questions, function):
        used = {one.name for one in questions.op().find(ops.UnboundTable)}
        told = self.ask(questions, {one: self.tables[one] for one in used})
        rows = pa.Table.from_pylist(told, questions.schema().to_pyarrow())
        self.tables[name] = function(rows)
        return self.table(name)

    def drop(self, *names):
        """Nothing is dropped: what is asked again replaces it."""


def test_everything_that_linking_asks_is_answered_alike(on_both):
    rows = read(records(A_DOZEN))
    bench, model = BothEngines(on_both, rows=rows, frozen=frequencies_of(rows)), MODELS["shipped"]
    kept = bench.table("rows")
    shapes, frozen = similar_characters(), bench.table("frozen")
    found = link(bench, kept, model, shapes, frequencies=frozen)
    bench.keep("told", outcomes(kept, found, model))
    told = {one["rid"]: (one["founder"], one["how"]) for one in bench.tables["told"].to_pylist()}
    assert told[2 + 5] == (2, "evidence")
    assert told[3 + 5] == (3, "number_and_name")
    assert told[13] == (12, "evidence_new_person")
    assert {how for _, how in told.values()} >= {"register_evidence", "newcomers", "alone", "doubt"}


def test_households_are_told_alike(on_both):
    rows = table(
        """
        person | record_key | arrival | row | person_type | life_status | status_on  | household_kind | household_hash
        ana    | r1         | 1       | 1   | registered  | normal      | 2020-01-01 | family         | one
        ana    | r2         | 2       | 1   | floating    | normal      |            | family         | two
        ben    | r3         | 1       | 2   | registered  | normal      |            |                | one
        cho    | r4         | 1       | 3   | registered  | normal      | 2021-01-01 | collective     | one
        dia    | r5         | 1       | 4   | registered  | moved_out   | 2021-01-01 | family         | one
        dia    | r6         | 1       | 5   |             |             |            |                |
        """,
        households.INPUTS,
    )
    question = households.households(ibis.table(households.INPUTS, name="register_rows"))
    told = on_both(question, {"register_rows": rows})
    assert [row["household_key"] for row in told] == ["one", "one", "cho", "dia"]


def test_people_are_known_alike(on_both):
    resident = facts(
        "resident",
        """
        record_key | person_id | person_type | life_status   | status_on  | birth_date | relation | sex
        r1         | ana       | registered  | normal        |            | 1980-11-23 | head     | female
        r2         | ana       | registered  | normal        | 2020-01-01 | 1980-11-22 | spouse   | female
        r3         | ben       | floating    | death_pending | 2026-01-01 | 2008-02-29 |          |
        """,
    )
    death = facts(
        "death",
        """
        record_key | person_id | confirmed | died_on    | reported_on
        d1         | ben       | pending   | 2026-02-01 | 2026-02-02
        d2         | cho       | confirmed |            | 2026-02-03
        d3         | cho       | confirmed | 2026-02-04 | 2026-02-05
        """,
    )
    places = table(
        f"""
        record_key | person_id | source | place_on      | precedence | in_county | township_code
        p1         | ana       | x      |               | 9          | true      | t1
        p2         | ana       | y      | {days_ago(1)} | 1          | true      | t2
        p3         | ana       | z      | {days_ago(1)} | 2          | false     |
        p4         | ben       | x      | {days_ago(9)} |            |           |
        """,
        PLACES,
    )
    told = on_both(
        asked.known_people(),
        {
            "persons": table(
                "person_id | household_id\nana | h\nben | h\ncho |\ndia | k", asked.PERSONS
            ),
            "fact_resident": resident.to_pyarrow(),
            "fact_death": death.to_pyarrow(),
            "born": table(
                "person_id | sex | birth_date\ncho | male | 1950-12-31\ncho | | 1950-12-31",
                asked.BORN,
            ),
            "places": places,
        },
    )
    assert [(row["person_id"], row["age"], row["life_status"]) for row in told] == [
        ("ana", 46, "alive"),
        ("ben", 18, "death_pending"),
        ("cho", 75, "dead"),
        ("dia", None, "alive"),
    ]


PROOFS = """
signal               | person_id | record_key | occurred_on   | measure  | severity
high_medical_burden  | ana       | s1         | 2026-11-01    | 26000.00 | 3
high_medical_burden  | ana       | s2         | 2026-11-05    | 26000.01 | 2
rent_arrears         | ben       | t1         | 2026-11-05    | 3        | 2
rent_arrears         | cho       | t2         |               |          | 1
cover_stopped        | dia       | e1         | 2026-08-01    | 95       | 1
rent_arrears         | nobody    | t3         | 2026-11-05    | 3        | 2
"""

MEMBERS = f"""
person_id | household_id | relation | birth_date | life_status | in_county | township_code | place_on
ana       | h1           | head     | 1980-01-01 | alive       |           |               |
ada       | h1           | spouse   |            | alive       | true      | t1            | {days_ago(3)}
ben       | h2           | head     | 1975-01-01 | alive       | true      | t1            |
cho       | h3           |          | 1960-01-01 |             | false     |               | {days_ago(1)}
dia       | h4           | head     | 1990-01-01 | alive       | true      | t1            | {days_ago(2)}
"""


def test_findings_and_the_worklist_are_the_same(on_both):
    members = table(MEMBERS, PEOPLE)
    judged = findings(ibis.table(PROOF_SCHEMA, name="proofs"), ibis.table(PEOPLE, name="people"))
    found = on_both(judged, {"proofs": table(PROOFS, PROOF_SCHEMA), "people": members})
    assert len(found) == 4
    listed = worklist(asked.triage_tables(), asked.VISITS, ON)
    told = on_both(listed, _triage_tables(found, members))
    assert [(row["household_id"], row["state"], row["position"]) for row in told] == [
        ("h1", "issued", 1),
        ("h2", "carried", 2),
        ("h3", "county", None),
        ("h4", "suppressed", None),
    ]


def _triage_tables(found, members):
    schema = ibis.schema(asked.FOUND).to_pyarrow()
    rows = [{**row, "first_found": ON, "is_sensitive": False} for row in found]
    helped = facts(
        "assistance",
        "record_key | person_id | category | approved_on\nx | dia | dibao | 2026-09-01",
    )
    who = members.to_pylist()
    (ordered,) = [row["person_id"] for row in who if row["household_id"] == "h2"][:1]
    order = "order_no | severity | issued_on | until\no2 | 1 | 2026-11-20 | 2026-12-20"
    return {
        "findings": pa.Table.from_pylist(rows, schema),
        "signals": table("signal | by_event\ncover_stopped | false", asked.TRAITS),
        "people": members,
        "answered_by": table("signal | category\ncover_stopped | dibao", asked.ANSWERED_BY),
        "fact_assistance": helped.to_pyarrow(),
        "former_homes": table("person_id | household_id\nben | h4", FORMER_HOMES),
        "before_help": table("person_id | signal", BEFORE_HELP),
        "needs": table("household_id | need\nh1 | 2", asked.NEEDS),
        "capacity": table("township_code | visits\n370881199 | 4", asked.CAPACITY),
        "orders": table(order, ORDERS),
        "order_members": table(f"order_no | person_id\no2 | {ordered}", ORDER_MEMBERS),
        "order_findings": table("order_no | signal\no2 | rent_arrears", ORDER_FINDINGS),
    }
