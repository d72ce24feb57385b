"""What is other about known people than the night before, as far as a search can see it."""

import ibis
import pytest

from flows import files
from flows.engine import Engine
from matchers.candidates import Key
from matchers.changed_marks import changed_marks, of_kin, sharing
from tests.drawn import drawn

BEFORE = """
    entity | name_key | name_bag | phone | birth_date | address
    1      | 张三     | a b      | 7     | 1990-01-01 | 东村
    1      | 张三     | a b      |       | 1990-01-01 |
    2      | 李四     | c d      | 8     | 1991-01-01 | 西村
    """


@pytest.fixture(scope="module")
def bench():
    connection = files.duckdb_database(":memory:", threads=1)
    yield Engine(connection, ibis.duckdb.from_connection(connection))
    connection.close()


def changed(bench, after):
    before, now = (
        bench.register(name, drawn(text, entity="int64").to_pyarrow())
        for name, text in (("before", BEFORE), ("after", after))
    )
    return bench.keep("changed", changed_marks(before, now))


def marks(bench, told):
    return {
        (one["entity"], one["mark"].replace("\x1f", "=")) for one in bench.fetch(told).to_pylist()
    }


@pytest.mark.parametrize(
    "said_again",
    [
        "1 | 张三 | a b | 7 | 1990-01-01 | 东村",
        "1 | 张三 | a b | 7 |            |",
        "1 |      |     |   |            | 东村",
    ],
)
def test_a_row_that_says_what_is_known_already_is_no_change(bench, said_again):
    assert marks(bench, changed(bench, f"{BEFORE.rstrip()}\n    {said_again}\n")) == set()


def test_a_new_value_is_a_mark_alone_and_in_every_key_that_it_completes(bench):
    after = f"{BEFORE.rstrip()}\n    1 | 张三 | a b | 9 | |\n"
    assert marks(bench, changed(bench, after)) == {(1, "phone=9"), (1, "name_bag+phone=a b=9")}


def test_known_values_that_meet_for_the_first_time_are_a_new_key(bench):
    """The phone and the birth date were known, of two rows; now one row bears both."""
    before = BEFORE.replace("7     | 1990-01-01 | 东村", "7     |            | 东村")
    told = changed_marks(
        *(
            bench.register(name, drawn(text, entity="int64").to_pyarrow())
            for name, text in (("apart", before), ("together", BEFORE))
        )
    )
    assert marks(bench, told) == {(1, "birth_date+phone=1990-01-01=7")}


def test_what_is_said_no_more_is_a_change_too(bench):
    after = BEFORE.replace("李四     | c d      | 8 ", "李四     | c d      |   ")
    found = changed(bench, after)
    assert (2, "phone=8") in marks(bench, found)
    assert {entity for entity, _ in marks(bench, found)} == {2}


@pytest.mark.parametrize(
    ("column", "value", "of_family"),
    [("phone", "9", True), ("name_key", "张珊", True), ("address", "南村", False)],
)
def test_a_family_is_searched_again_for_names_and_phones_only(bench, column, value, of_family):
    names = ("entity", "name_key", "name_bag", "phone", "birth_date", "address")
    row = " | ".join({"entity": "1", column: value}.get(name, "") for name in names)
    found = changed(bench, f"{BEFORE.rstrip()}\n    {row}\n")
    assert (marks(bench, of_kin(found)) != set()) is of_family


def test_only_who_shares_the_whole_key_searches_again(bench):
    told = changed(bench, f"{BEFORE.rstrip()}\n    1 | 张三 | a b | 9 | |\n")
    seeking = drawn(
        """
        rid | name_bag | phone
        1   | a b      | 9
        2   | a b      | 8
        3   | c d      | 9
        4   | a b      |
        """,
        rid="int64",
    )
    key = Key("name and phone", ("name_bag", "phone"), ("name_bag", "phone"))
    lacking = Key("contact", ("contact_phone",), ("phone",))
    rows = bench.register("seeking", seeking.to_pyarrow())
    assert bench.fetch(sharing(rows, told, [key, lacking])).to_pylist() == [{"rid": 1}]
