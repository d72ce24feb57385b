from tests.drawn import drawn
from transforms.covered import of_households


def test_a_person_without_household_brings_no_order_to_any():
    orders = drawn("order_no | severity\no1 | 2", severity="int8")
    members = drawn("order_no | person_id\no1 | ana\no1 | ben")
    people = drawn("person_id | household_id\nana | h1\nben |")
    rows = of_households(orders, members, people).to_pyarrow().to_pylist()
    assert [row["household_id"] for row in rows] == ["h1"]
