"""What must be true of linking whatever town it is asked about, for a fixed model."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.rules import RULES
from tests.matchers.linking import (
    MODELS,
    OTHER,
    REGISTER,
    Tape,
    ask,
    number,
    outcome_of,
    partition,
    read,
    records,
)  # fmt: skip
from tests.matchers.towns import towns

FEW = settings(deadline=None, max_examples=3)

TIED = "candidate", "entity", "founder"
"""They name a record or a person, so a new name for the record changes them."""


@FEW
@given(towns(), st.randoms(use_true_random=False))
def test_order_of_rows_and_files_and_number_of_threads_change_nothing(town, luck):
    rows, order, names = read(town), list(range(len(town))), [one["rid"] for one in town]
    before = outcome_of(rows)
    luck.shuffle(order)
    assert outcome_of(rows.take(order), threads=2) == before
    luck.shuffle(names)
    renamed = dict(zip(before, names, strict=True))
    after = outcome_of(read([{**one, "rid": renamed[one["rid"]]} for one in town]))
    parts = {frozenset(renamed[rid] for rid in part) for part in partition(before)}
    assert parts == partition(after)
    assert _hows(before, renamed) == _hows(after, {rid: rid for rid in after})
    for rid, one in before.items():
        assert _measured(one) == _measured(after[renamed[rid]])


def _hows(found, renamed):
    """Of each person the ways in which its rows came to it; which entry was first is the order's."""
    groups = defaultdict(list)
    for rid, one in found.items():
        groups[one["founder"]].append((renamed[rid], one["how"]))
    return {
        frozenset(rid for rid, _ in rows): Counter(how for _, how in rows)
        for rows in groups.values()
    }


def _measured(one):
    """What was measured; between two equal candidates either may be shown."""
    is_tied = one["weight"] == one["second_weight"]
    kept = ("weight", "second_weight", "probability", "decision") if is_tied else one.keys()
    return {name: one[name] for name in kept if name not in ("rid", "how", *TIED)}


@FEW
@given(towns(), st.booleans())
def test_an_unrelated_person_changes_no_link(town, is_registered):
    stranger = {
        "name": "阿依古丽·热合曼",
        "number": number("1948-12-30", 501),
        "birth": "1948-12-30",
        "phone": "15099999999",
        "household": "far away",
        "source": REGISTER if is_registered else OTHER,
    }
    again = {**stranger, "number": None, "source": OTHER}
    new = [{**one, "rid": 1000 + at} for at, one in enumerate((stranger, again))]
    before, after = outcome_of(read(town)), outcome_of(read(town + new))
    assert {rid: after[rid] for rid in before} == before
    assert after[1000]["founder"] == after[1001]["founder"] == 1000


@FEW
@given(towns())
def test_two_verified_numbers_are_never_one_person_nor_two_strangers(town):
    rows = read(town)
    clean = dict(zip(rows["rid"].to_pylist(), rows["id_clean"].to_pylist(), strict=True))
    found = outcome_of(rows)
    held = defaultdict(set)
    for rid, one in found.items():
        _is_well_formed(rid, one, found)
        if one["how"] in ("evidence", "evidence_new_person", "register_evidence"):
            other_name = one["name_evidence"] is not None and one["name_evidence"] <= 1
            other_birth = one["birth_level"] is not None and one["birth_level"] <= 1
            assert not (other_name and other_birth)
            assert one["probability"] >= MODELS["shipped"].decided
        is_own = one["how"].startswith("number_") and one["how"] != "number_of_another"
        if clean[rid] and (is_own or one["how"] == "register_number"):
            held[one["founder"]].add(clean[rid])
    assert all(len(numbers) == 1 for numbers in held.values())


def _is_well_formed(rid, one, found):
    assert one["decision"] == RULES[one["how"]].decision
    assert found[one["founder"]]["founder"] == one["founder"] <= rid
    assert one["entity"] == found[one["founder"]]["entity"]
    assert 0 <= one["probability"] <= 1


@FEW
@given(towns())
def test_reading_what_was_read_changes_nothing(town):
    rows = read(town)
    fields = {
        "name": "name_key",
        "number": "id_text",
        "phone": "phone",
        "contact": "contact_name_key",
    }
    again = [
        {**one, **{field: rows[key][at].as_py() for field, key in fields.items()}}
        for at, one in enumerate(town)
    ]
    told, parents = read(again), ["parent_name_key", "parent_name_bag"]
    assert told.drop_columns(parents) == rows.drop_columns(parents)


def test_asking_again_is_linking():
    town = records(
        f"""
        key | source   | number                     | name   | birth      | phone       | contact
        a   | resident | {number("1963-05-14")}     | 陈大成 | 1963-05-14 | 13800000001 |
        b   | resident |                            | 陈大方 | 1963-05-15 |             |
        c   |          | {number("1963-05-14")}     | 陈大方 | 1963-05-15 |             |
        d   |          | {number("1963-05-14")[:17]} | 陈达城 |           |             | 陈大成
        e   |          |                            | 王强   | 1985-04-04 | 13611110000 |
        f   |          |                            | 王强   | 1985-04-04 | 13611110000 |
        """
    )
    rows, fresh = read(town), Tape(threads=1)
    ask(fresh, rows, MODELS["shipped"])
    told = {one["rid"]: one for one in fresh.engine.rows("SELECT * FROM told")}
    assert told == outcome_of(rows)
    assert len(partition(told)) == 3


def test_no_rows_are_no_people():
    assert outcome_of(read([])) == {}


@pytest.mark.parametrize("rows", [1, 40])
def test_rows_that_say_nothing_are_each_alone(rows):
    found = outcome_of(read([{}] * rows))
    assert {one["how"] for one in found.values()} == {"alone"}
    assert len(partition(found)) == rows
