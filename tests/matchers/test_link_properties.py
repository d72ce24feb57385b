"""What holds for any people, however their rows are written and in whatever order they come."""

from collections import defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.rules import RULES
from tests.matchers.people import linked, number, read

NAMES = ["陈大成", "陈大戍", "王小红", "王晓红", "李?英", "张三之子", None]
DAYS = [date(1963, 5, 14), date(1963, 5, 15), date(2019, 1, 1), None]
NUMBERS = [
    number("1963-05-14", 35),
    number("1963-05-14", 37),
    number("1990-02-28", 22),
    "370881********0358",
    "E12345678",
    "123456",
    None,
]
FEW = settings(max_examples=20, deadline=None)

rows = st.fixed_dictionaries(
    {
        "record": st.sampled_from(["resident", "resident", "admission", "vehicle"]),
        "arrival": st.integers(1, 3),
        "id_number": st.sampled_from(NUMBERS),
        "name": st.sampled_from(NAMES),
        "former_name": st.sampled_from([None, None, "陈狗蛋"]),
        "sex": st.sampled_from(["male", "female", None]),
        "birth_date": st.sampled_from(DAYS),
    }
)
towns = st.lists(rows, min_size=1, max_size=14).map(
    lambda town: [row | {"record_key": f"k{at:02d}", "row": at} for at, row in enumerate(town)]
)


@FEW
@given(towns, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(town, random):
    shuffled = random.sample(town, len(town))
    assert linked(read(shuffled)) == linked(read(town))


@FEW
@given(towns)
def test_an_unrelated_person_changes_no_link(town):
    stranger = {
        "name": "欧阳娜娜",
        "id_number": number("1950-07-07", 22),
        "birth_date": date(1950, 7, 7),
        "arrival": 1,
    }
    strangers = [
        stranger | {"record_key": "new1", "record": "resident", "row": 90},
        stranger | {"record_key": "new2", "record": "vehicle", "row": 91},
    ]
    before, after = linked(read(town)), linked(read(town + strangers))
    assert {key: after[key] for key in before} == before
    assert after["new2"]["founder"] == "new1"


@FEW
@given(towns)
def test_two_verified_numbers_are_never_one_person(town):
    people = read(town)
    keys, numbers = people["record_key"].to_pylist(), people["id_clean"].to_pylist()
    number_of = dict(zip(keys, numbers, strict=True))
    held = defaultdict(set)
    for key, link in linked(people).items():
        disproved = link["how"].startswith("name_")
        if number_of[key] and not disproved:
            held[link["founder"]].add(number_of[key])
    assert all(len(found) == 1 for found in held.values())


@FEW
@given(towns)
def test_every_record_has_one_link_and_a_founder_is_its_own(town):
    found = linked(read(town))
    assert found.keys() == {row["record_key"] for row in town}
    for link in found.values():
        assert found[link["founder"]]["founder"] == link["founder"]
        assert link["decision"] == RULES[link["how"]].decision
        assert link["decision"] != "doubtful" or link["founder"] == link["record_key"]


@FEW
@given(towns)
def test_a_row_outside_the_register_founds_no_decided_person(town):
    found = linked(read(town))
    record = {row["record_key"]: row["record"] for row in town}
    for link in found.values():
        if link["decision"] == "decided":
            assert record[link["founder"]] == "resident"
