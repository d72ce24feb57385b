"""A model learned from proven pairs: what it counts, what it keeps, and that nothing else matters."""

import itertools
import random
from dataclasses import replace

import pytest

from flows.reference import similar_characters
from matchers.birth_levels import BirthLevel
from matchers.fields import fields_of
from matchers.model import SHIPPED, Model
from matchers.training import ENOUGH, mixed, train
from matchers.verified import verified
from tests.drawn import drawn
from tests.matchers.linking import REGISTER, Tape, number, read

MODEL = Model(people=3_000)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙朱马胡林郭何高罗"
GIVEN = [
    "锦瑶",
    "霁川",
    "芷若",
    "砚秋",
    "沐阳",
    "乐康",
    "桂珍",
    "庆余",
    "凤仙",
    "松柏",
    "翠莲",
    "铁柱",
    "银锁",
    "招娣",
    "彦博",
]


def town(people, wrong_birth, another, seed=5):
    """Each person once in the register and once beside it; shares of the second rows go wrong."""
    luck, rows = random.Random(seed), []
    for at in range(people):
        born = f"{luck.randint(1940, 2010)}-{luck.randint(1, 12):02d}-{luck.randint(1, 28):02d}"
        one = {"name": luck.choice(SURNAMES) + luck.choice(GIVEN), "birth": born}
        one |= {"number": number(born, at % 999, str(110101 + at // 999)), "source": REGISTER}
        other = {**one, "source": "hospital"}
        if luck.random() < wrong_birth:
            other["birth"] = born[:8] + ("01" if born[8:] != "01" else "02")
        if luck.random() < another:
            other |= {"name": luck.choice(SURNAMES) + "大有", "birth": "1931-03-04"}
        rows += [one, other]
    return read(rows)


@pytest.fixture(scope="module")
def bench():
    return Tape(threads=1)


def trained(bench, rows, model=MODEL):
    kept = bench.engine.register("train_rows", rows)
    proven = verified(bench, kept, similar_characters())
    return train(bench, kept, proven, fields_of(kept, similar_characters()), model)


@pytest.fixture(scope="module")
def clean_and_dirty(bench):
    return [trained(bench, town(2_500, wrong, another)) for wrong, another in ((0, 0), (0.2, 0.1))]


def test_a_field_that_is_often_slightly_wrong_denies_less_where_it_is(clean_and_dirty):
    clean, dirty = (model.weights["birth"] for model in clean_and_dirty)
    below = [level for level in BirthLevel if level != BirthLevel.EQUAL]
    assert max(dirty[level] - clean[level] for level in below) > 500
    assert dirty[BirthLevel.EQUAL] <= clean[BirthLevel.EQUAL]


def test_a_closer_agreement_is_never_worth_less(clean_and_dirty):
    for model in clean_and_dirty:
        for name, worth in model.weights.items():
            weights = [worth[level] for level in sorted(worth)]
            assert name in ("name", "kin") or weights == sorted(weights), name


def test_numbers_of_somebody_else_make_a_number_worth_less(clean_and_dirty):
    clean, dirty = clean_and_dirty
    assert clean.right_number > dirty.right_number > 0


def test_fields_that_nobody_fills_keep_the_weights_they_had(clean_and_dirty):
    for name in ("phone", "address", "number", "kin"):
        assert clean_and_dirty[1].weights[name] == SHIPPED[name]


def test_nothing_but_what_can_be_counted_changes(clean_and_dirty):
    unchanged = replace(clean_and_dirty[1], weights=MODEL.weights, right_number=MODEL.right_number)
    assert unchanged == MODEL


def test_the_order_of_rows_changes_no_weight(bench, clean_and_dirty):
    rows = town(2_500, 0.2, 0.1)
    order = list(range(rows.num_rows))
    random.Random(1).shuffle(order)
    assert trained(bench, rows.take(order)) == clean_and_dirty[1]


def test_too_few_proven_pairs_change_nothing(bench):
    assert trained(bench, town(ENOUGH // 20, 0.2, 0)) == MODEL


def test_strangers_stand_in_an_order_that_has_nothing_to_do_with_birth_or_sex(bench):
    ordered = "\n".join(str(int(number("1980-05-17", at)[:17])) for at in range(1, 400))
    rows = bench.engine.register(
        "ordered", drawn(f"number\n{ordered}", number="int64").to_pyarrow()
    )
    placed = rows.mutate(place=mixed(rows.number)).order_by("place")
    found = bench.engine.fetch(placed)["number"].to_pylist()
    assert len(found) == 399
    neighbours = sum(abs(one - other) == 1 for one, other in itertools.pairwise(found))
    assert neighbours < 20
