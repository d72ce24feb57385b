"""Which pairs are worth comparing: equal keys, in blocks that are not too large."""

import ibis
import pytest

from flows import files
from flows.engine import Engine
from matchers.candidates import LAST, STRONG, WEAK, Key, candidates, same, text_keys
from matchers.rows import INPUTS
from matchers.seekers import known, seekers
from tests.drawn import drawn

NUMBERS = {"rid": "int64", "entity": "int64"}


@pytest.fixture(scope="module")
def bench():
    connection = files.duckdb_database(":memory:", threads=1)
    yield Engine(connection, ibis.duckdb.from_connection(connection))
    connection.close()


def pairs(bench, seeking, offered, *keys):
    tables = []
    for side, text in {"seeking": seeking, "offered": offered}.items():
        types = {name: kind for name, kind in NUMBERS.items() if name in text}
        tables.append(bench.register(side, drawn(text, **types).to_pyarrow()))
    found = bench.fetch(candidates(bench, "found", *tables, keys)).to_pylist()
    told = [(one["rid"], one["entity"]) for one in found]
    assert len(told) == len(set(told))
    return set(told)


SEEKING = """
    rid | name | born | phone
    1   | 甲   | 1990 | 7
    2   | 甲   |      | 8
    3   |      | 1990 | 7
    4   | 乙   | 1991 |
    """
OFFERED = """
    entity | name | born | phone
    10     | 甲   | 1990 | 7
    11     | 甲   | 1991 | 8
    11     | 甲   | 1991 | 9
    12     |      | 1990 |
    13     | 乙   |      |
    """


def test_every_column_of_a_key_must_be_equal_and_nothing_equals_nothing(bench):
    assert pairs(bench, SEEKING, OFFERED, same("both", "name", "born")) == {(1, 10)}
    assert pairs(bench, SEEKING, OFFERED, same("name", "name")) == {
        (1, 10), (1, 11), (2, 10), (2, 11), (4, 13)
    }  # fmt: skip


def test_keys_add_up_and_no_pair_comes_twice(bench):
    found = pairs(bench, SEEKING, OFFERED, same("both", "name", "born"), same("phone", "phone"))
    assert found == {(1, 10), (3, 10), (2, 11)}


def test_the_two_sides_of_a_key_may_be_different_columns(bench):
    seeking = "rid | contact\n 1 | 甲\n 2 | 丙"
    assert pairs(bench, seeking, OFFERED, Key("contact", ("contact",), ("name",))) == {
        (1, 10), (1, 11)
    }  # fmt: skip


@pytest.mark.parametrize(("people", "is_asked"), [(3, True), (4, False)])
def test_a_block_of_more_people_than_the_bound_is_left_out(bench, people, is_asked):
    offered = "entity | name\n" + "\n".join(f"{at} | 甲\n{at} | 甲" for at in range(people))
    found = pairs(bench, "rid | name\n 1 | 甲", offered, same("name", "name", bound=3))
    assert found == ({(1, at) for at in range(people)} if is_asked else set())


def test_who_is_not_sought_makes_no_block_too_large(bench):
    offered = "entity | name\n 1 | 甲\n" + "\n".join(f"{at} | 乙" for at in range(2, 9))
    found = pairs(bench, "rid | name\n 1 | 甲\n 2 | 乙", offered, same("name", "name", bound=3))
    assert found == {(1, 1)}


def test_a_key_of_columns_that_a_table_has_not_got_is_left_out(bench):
    wanted = same("name and place", "name", "place"), same("name", "name", bound=1)
    assert pairs(bench, SEEKING, OFFERED, *wanted) == {(4, 13)}


def test_every_key_of_the_waves_is_made_of_columns_that_both_sides_have():
    rows = ibis.table(INPUTS, name="rows")
    misfits = ibis.table({"rid": "int64", "number": "int64", "name_level": "int8"}, name="misfits")
    seeking = {*seekers(rows, misfits).columns, "place"}
    offered = {*known(rows, misfits, rows.select("rid")).columns, "place", "postcode"}
    for key in (*STRONG, *WEAK, *LAST):
        assert {*key.known} <= offered, key.name
        assert {*key.seeker} <= seeking | {"postcode"}, key.name


def test_plain_tables_get_keys_of_two_fields_and_of_one_that_is_rare():
    keys = text_keys(["given_name", "surname", "extra_1"])
    columns = {key.seeker for key in keys}
    assert {
        ("given_name", "surname"),
        ("given_name", "extra_1"),
        ("surname", "birth_date"),
    } <= columns
    assert next(key.bound for key in keys if key.seeker == ("extra_1",)) < same("", "x").bound
    assert text_keys([]) == () or all(key.seeker != ("birth_date",) for key in text_keys([]))
