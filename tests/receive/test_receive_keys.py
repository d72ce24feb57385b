"""A record is known again by its key and content, in whatever file, row or order it comes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.receive import Verdict
from tests.receive.clinic import CLINIC, PEOPLE, csv_of, received, rows_of, visit, visits, xlsx_of

KEYS = "SELECT record_key, content FROM good ORDER BY record_key"


def keys_of(rows, source=CLINIC, **more) -> list[tuple]:
    return rows_of(received(csv_of(rows), source, **more)[1], KEYS)


def test_a_key_is_twenty_four_hexadecimal_digits():
    ((key, content),) = keys_of([visit(0)])

    assert len(key) == 24
    assert len(content) == 32
    assert int(key + content, 16)


def test_equal_rows_count_as_duplicates_and_the_first_is_kept():
    judgement, connection = received(csv_of([visit(0), visit(1), visit(0), visit(0)]))

    assert (judgement.rows, judgement.loaded, judgement.duplicate) == (4, 2, 2)
    assert rows_of(connection, "SELECT row FROM good ORDER BY row") == [(1,), (2,)]


def test_rows_that_differ_only_in_how_they_are_written_are_duplicates():
    written = visit(0, visited_on="2026年2月1日", cost="1,200.50", sex="男", days="3.0")

    judgement, _ = received(csv_of([visit(0), [f'"{cell}"' for cell in written]]))

    assert (judgement.loaded, judgement.duplicate) == (1, 1)


def test_one_key_with_two_contents_sets_all_its_rows_aside():
    rows = [*visits(20), visit(3, cost="1000"), visit(3)]

    judgement, connection = received(csv_of(rows))

    assert judgement.verdict is Verdict.ACCEPTED
    assert (judgement.loaded, judgement.quarantined, judgement.duplicate) == (19, 3, 0)
    bad = rows_of(connection, "SELECT row, line, reason, cells[13] FROM bad ORDER BY row")
    why = "同一主键出现两条内容不同的记录"
    assert bad == [(4, 5, why, "300.25"), (21, 22, why, "300.25"), (22, 23, why, "300.25")]


SIGNED = replace(
    CLINIC,
    signed_by="cost",
    columns={**CLINIC.columns, "cost": replace(CLINIC.columns["cost"], at_least=None)},
    rules=(),
)


def test_a_charge_and_its_reversal_under_one_key_are_two_records():
    rows = [*visits(20), visit(3, cost="-1200.50"), visit(3, cost="-1200.50")]

    judgement, connection = received(csv_of(rows), SIGNED)

    assert (judgement.loaded, judgement.quarantined, judgement.duplicate) == (21, 0, 1)
    costs = f"SELECT record_key, cost FROM good WHERE visit_no = '{visit(3)[0]}' ORDER BY cost"
    (reversal, first), (charge, then) = rows_of(connection, costs)
    assert first == -then
    alone = keys_of([visit(3, cost="-1200.50")], SIGNED)
    assert alone[0][0] == reversal != charge


@pytest.mark.parametrize("other", ["1000", "0", "-1000"])
def test_two_contents_of_one_sign_still_set_all_rows_of_the_key_aside(other):
    rows = [*visits(20), visit(3, cost=other), visit(3, cost="-1200.50")]

    judgement, _ = received(csv_of(rows), SIGNED)

    assert (judgement.loaded, judgement.quarantined) == (19, 3)


def test_a_source_without_its_own_key_tells_equal_keys_apart_by_an_ordinal():
    rows = [visit(0), visit(0, cost="1000"), visit(0, cost="2000"), visit(0)]

    judgement, connection = received(csv_of(rows), PEOPLE)

    assert (judgement.loaded, judgement.duplicate, judgement.quarantined) == (3, 1, 0)
    assert rows_of(connection, "SELECT count(DISTINCT record_key) FROM good") == [(3,)]


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(12)))
def test_the_order_of_rows_changes_no_key_and_no_content(order):
    rows = [visit(number // 3, cost=f"{1000 + number % 3}") for number in range(12)]

    assert keys_of([rows[at] for at in order], PEOPLE) == keys_of(rows, PEOPLE)


def test_a_key_depends_on_neither_file_nor_neighbours_nor_form():
    among_others = keys_of(visits(50))
    alone = keys_of([visit(7)], file_name="另一个文件.csv")
    in_excel = rows_of(received(xlsx_of([visit(7)]))[1], KEYS)

    assert alone == in_excel
    assert set(alone) <= set(among_others)


def test_a_key_depends_on_the_secret_and_on_the_source():
    assert keys_of([visit(0)]) != keys_of([visit(0)], secret=b"another")
    assert keys_of([visit(0)]) != keys_of([visit(0)], replace(CLINIC, name="ward"))


def test_a_new_content_under_the_same_key_keeps_the_key():
    ((key, content),) = keys_of([visit(0)])

    ((same, other),) = keys_of([visit(0, cost="999")])

    assert key == same
    assert content != other


@pytest.mark.parametrize(
    ("left", "right"),
    [(("a", "b"), ("ab", "")), (("1:a", ""), ("", "1:a")), (("", "~"), ("~", ""))],
)
def test_neighbouring_values_never_run_into_each_other(left, right):
    source = replace(PEOPLE, key=("phone", "address"))
    rows = [visit(0, phone=phone, address=address) for phone, address in (left, right)]

    assert len({key for key, _ in keys_of(rows, source)}) == 2


def test_an_unwritten_part_of_a_key_is_another_key_than_a_written_one():
    source = replace(CLINIC, key=("visit_no", "id_number"), own_key=True)

    assert len(keys_of([visit(0), visit(0, id_number="-")], source)) == 2
