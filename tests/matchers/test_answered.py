"""People's answers: what follows from them, and that linking honours every one."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import files
from flows.engine import Engine
from flows.reference import similar_characters
from matchers.answered import closed
from matchers.linkage import link
from matchers.model import Model
from matchers.outcomes import outcomes
from tests.matchers.linking import number, read, records


def answers(*said):
    """(left, right, same) as linking takes them."""
    columns = zip(*said, strict=True) if said else ((), (), ())
    types = (pa.int64(), pa.int64(), pa.bool_())
    names = ("left", "right", "same")
    return pa.table({n: pa.array(c, t) for n, c, t in zip(names, columns, types, strict=True)})


def pairs(table, same):
    return {(row["left"], row["right"]) for row in table.to_pylist() if row["same"] == same}


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ([(1, 2, False)], {(1, 2)}),
        ([(1, 2, True)], set()),
        ([(1, 2, True), (2, 3, False)], {(2, 3), (1, 3)}),
        ([(1, 2, True), (3, 4, True), (2, 3, False)], {(1, 3), (1, 4), (2, 3), (2, 4)}),
        ([(1, 2, True), (3, 4, False)], {(3, 4)}),
        ([], set()),
    ],
    ids=["apart", "same", "through one", "through both", "unrelated", "nothing said"],
)
def test_who_is_one_with_somebody_is_apart_from_whom_that_one_is_apart(said, apart):
    assert pairs(closed(answers(*said)), same=False) == apart


ANSWERS = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 8), st.booleans()).filter(lambda a: a[0] < a[1]),
    max_size=8,
)


@given(ANSWERS)
def test_what_follows_from_what_follows_is_nothing_new(said):
    once = closed(answers(*said))
    assert pairs(closed(once), same=False) == pairs(once, same=False)
    assert pairs(once, same=True) == pairs(answers(*said), same=True)


ANNA, BEN, CLARA = number("1968-03-07", 11), number("1970-05-09", 22), number("1985-11-21", 33)

ROWS = f"""
    key  | source   | name   | number  | birth      | sex | phone       | address
    r1   | resident | 陈细成 | {ANNA}  | 1968-03-07 | 男  | 13812345678 | 姚村镇陈家寨村3组21号
    r2   | resident | 李慧兰 | {BEN}   | 1970-05-09 | 女  |             | 姚村镇陈家寨村3组22号
    r3   | resident | 孔令仪 | {CLARA} | 1985-11-21 | 女  |             | 姚村镇保安村
    h1   | hospital | 陈细成 | {ANNA}  | 1968-03-07 | 男  |             |
    h2   | hospital | 李慧兰 | {BEN}   | 1970-05-09 | 女  |             |
    h3   | hospital | 孔令仪 |         | 1985-11-21 | 女  |             |
    h4   | hospital | 欧阳雪 |         | 1991-02-03 | 女  |             |
    h5   | hospital | 司马迁 |         | 1955-06-17 | 男  |             |
    """
R1, R2, R3, H1, H2, H3, H4, H5 = range(1, 9)

SAID = {
    "one of a shared number is somebody else": (R1, H1, False),
    "a row that evidence attached is not that person": (R3, H3, False),
    "a row that nobody claimed is the registered one": (R2, H4, True),
    "two strangers are one": (H3, H5, True),
}


@pytest.fixture(scope="module")
def placed():
    """By rid: the founder and how, with the answers of SAID; and without."""
    connection = files.duckdb_database(":memory:", threads=1)
    engine = Engine(connection, ibis.duckdb.from_connection(connection))
    rows = engine.register("answered_rows", read(records(ROWS)))
    said = engine.register("answered_said", closed(answers(*SAID.values())))
    found = {}
    for name, given_ in (("said", said), ("unsaid", None)):
        linked = link(engine, rows, Model(people=1000), similar_characters(), answers=given_)
        told = engine.keep(f"told_{name}", outcomes(rows, linked, Model(people=1000)))
        told_rows = engine.rows(f"SELECT rid, founder, how FROM {told.get_name()}")
        found[name] = {row["rid"]: (row["founder"], row["how"]) for row in told_rows}
    yield found
    connection.close()


def test_without_answers_numbers_and_evidence_decide(placed):
    founders = {rid: founder for rid, (founder, _how) in placed["unsaid"].items()}
    assert founders == {R1: R1, R2: R2, R3: R3, H1: R1, H2: R2, H3: R3, H4: H4, H5: H5}


@pytest.mark.parametrize("answer", SAID.values(), ids=SAID)
def test_every_answer_is_honoured(placed, answer):
    left, right, same = answer
    founder = {rid: place[0] for rid, place in placed["said"].items()}
    assert (founder[left] == founder[right]) == same


def test_what_nobody_asked_about_stays(placed):
    assert placed["said"][H2] == placed["unsaid"][H2]


def test_a_link_that_an_answer_made_says_so(placed):
    assert placed["said"][H4] == (R2, "answered_same")
