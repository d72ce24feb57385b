"""EM, knowing no numbers, finds again the m that candidate pairs were drawn with."""

import random
from collections import Counter

import pyarrow as pa

from matchers.em_check import ENOUGH, em_check
from matchers.model import SHIPPED

TOP = {name: max(int(level) for level in worth) for name, worth in SHIPPED.items()}
M = {"name": 0.9, "birth": 0.95, "sex": 0.98, "phone": 0.7, "address": 0.5}
U = {"name": 0.001, "birth": 0.001, "sex": 0.5, "phone": 0.002, "address": 0.02}


def patterns(pairs, matches, fixed=None, seed=3):
    """Pairs of which a share match; each field agrees fully with chance m or u, or not at all."""
    luck = random.Random(seed)
    seen = Counter()
    for _ in range(pairs):
        chance = M if luck.random() < matches else U
        seen[
            tuple(TOP[one] if one == fixed or luck.random() < chance[one] else 0 for one in M)
        ] += 1
    columns = {
        f"{one}_level": pa.array([key[at] for key in seen], pa.int8()) for at, one in enumerate(M)
    }
    return pa.table({**columns, "pairs": pa.array(list(seen.values()), pa.int64())})


def test_em_agrees_with_counting_where_the_records_are_alike():
    proven = patterns(20_000, 1.0)
    blocks = {"birth": patterns(20_000, 0.2, "birth"), "name": patterns(20_000, 0.2, "name")}
    found = em_check(proven, blocks)
    assert set(found["fields"]) == set(M)
    assert found["largest_difference"] < 0.06
    assert abs(found["blocks"]["birth"]["matches"] - 0.2) < 0.02


def test_too_few_pairs_say_nothing():
    found = em_check(patterns(5_000, 1.0), {"birth": patterns(ENOUGH - 1, 0.2, "birth")})
    assert (found["fields"], found["largest_difference"]) == ({}, None)


def test_a_field_that_nobody_fills_is_left_out():
    empty = patterns(5_000, 0.2, "birth")
    at = empty.column_names.index("phone_level")
    empty = empty.set_column(at, "phone_level", pa.nulls(empty.num_rows, pa.int8()))
    found = em_check(patterns(5_000, 1.0), {"birth": empty})
    assert set(found["fields"]) == {"name", "sex", "address"}
