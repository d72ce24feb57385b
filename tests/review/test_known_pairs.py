"""Known pairs: how they are weighed, and which of them are asked first."""

import pytest

from flows.review.known_pairs import KnownPair, alternating, weighed_pair
from matchers.model import Model, bits
from matchers.name_levels import NameLevel

ROW = {"record_key": "a", "other_record_key": "b", "same": True, "bearers": 1}


def pair(name, same, probability):
    return KnownPair(
        record_key=name, other_record_key="z", same=same, probability=probability, why_zh=""
    )


@pytest.mark.parametrize(("seed", "order"), [(1, "cbad"), (2, "bcda")])
def test_the_truths_take_turns_and_the_seed_says_which_begins(seed, order):
    known = [
        pair("a", True, 0.8),
        pair("b", False, 0.6),
        pair("c", True, 0.55),
        pair("d", False, 0.3),
    ]
    assert "".join(one.record_key for one in alternating(known, seed)) == order


def test_a_pair_is_weighed_as_the_matcher_weighs_it():
    model = Model(people=1024)
    found = weighed_pair(ROW, {"name": NameLevel.EQUAL, "sex": 1}, model)
    weight = model.weights["name"][NameLevel.EQUAL] + 10_000 + model.weights["sex"][1] + model.prior
    assert found.probability == pytest.approx(1 / (1 + 2 ** (-weight / bits(1))))
    assert found.why_zh.startswith("姓名相同(常见) +9.9;性别相同 +1.0;合计 ")


def test_a_common_name_proves_less():
    model, levels = Model(people=1024), {"name": NameLevel.SOUND}
    rare, common = (weighed_pair(ROW | {"bearers": n}, levels, model) for n in (1, 16))
    assert common.probability < rare.probability


def test_what_points_at_a_household_has_a_limit():
    model = Model(people=1024)
    near = {"phone": 3, "address": 5}
    found = weighed_pair(ROW, near, model)
    alone = weighed_pair(ROW, {"phone": 3}, model)
    assert found.probability <= 1 / (1 + 2 ** (-(model.most_household + model.prior) / bits(1)))
    assert found.probability > alone.probability
