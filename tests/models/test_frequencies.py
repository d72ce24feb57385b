"""How many people bear a name: people, not rows; and nobody who bears it almost alone."""

from matchers.frequencies import frequencies, persons, rarities, records
from matchers.model import Model
from tests.drawn import drawn

TYPES = {
    "rid": "int64",
    "is_register": "boolean",
    "name_bag": "int64",
    "surname_sound": "int64",
}

ROWS = """
    rid | is_register | name_key | name_bag | surname_sound
    1   | true        | 张三     | 7        | 5
    2   | true        | 张三     | 7        | 5
    3   | true        | 章三     | 7        | 5
    4   | true        | 李四     | 8        | 6
    5   | false       | 张三     | 7        | 5
    6   | false       | 张三     | 7        | 5
    """
FITS = """
    rid | number
    1   | 11
    5   | 11
    2   | 12
    """


def counted(table):
    return {(one["column"], one["value"]): one["people"] for one in table.to_pyarrow().to_pylist()}


def test_rows_of_one_person_count_once_and_unknown_people_do_not_count():
    rows, fits = drawn(ROWS, **TYPES), drawn(FITS, rid="int64", number="int64")
    assert counted(frequencies(persons(rows, fits))) == {
        ("name_bag", "7"): 3,
        ("surname_sound", "5"): 3,
    }


def test_where_nothing_is_proven_every_record_counts():
    assert counted(frequencies(records(drawn(ROWS, **TYPES))))[("name_key", "张三")] == 4


def test_what_is_not_stored_is_as_rare_as_can_be_and_null_is_nothing():
    stored = drawn("column | value | people\n name_key | 张三 | 25", people="int64")
    asked = drawn("name_key | row\n 张三 | 1\n 张三 | 2\n | 3\n 孤 | 4")
    found = rarities(asked, "name_key", stored, Model(people=100)).to_pyarrow().to_pylist()
    assert sorted(found, key=lambda one: one["name_rarity"]) == [
        {"name_key": "张三", "name_rarity": 2000},
        {"name_key": "孤", "name_rarity": Model().most_rarity},
    ]
