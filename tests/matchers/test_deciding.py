"""From the weights of all candidates to the best one and how sure it is."""

import duckdb
import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.deciding import best_candidates
from matchers.model import BIT
from matchers.weighing import NEVER

WEIGHED = {"rid": "int64", "entity": "int64", "weight": "int64"}
SQL = str(ibis.to_sql(best_candidates(ibis.table(WEIGHED, name="weighed")), dialect="duckdb"))


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE weighed (rid BIGINT, entity BIGINT, weight BIGINT)")
        yield connection


def best(engine, rows):
    """By rid: entity, probability and the weight of the runner-up."""
    engine.execute("DELETE FROM weighed")
    if rows:
        engine.executemany("INSERT INTO weighed VALUES (?, ?, ?)", rows)
    found = engine.execute(f"SELECT rid, entity, probability, second FROM ({SQL})").fetchall()
    assert len(found) == len({rid for rid, *_ in found})
    return {rid: (entity, probability, second) for rid, entity, probability, second in found}


def bits(*weights):
    return [(1, at, round(weight * BIT)) for at, weight in enumerate(weights, 1)]


@pytest.mark.parametrize(
    ("weights", "entity", "probability"),
    [
        ((0,), 1, 1 / 2),
        ((1,), 1, 2 / 3),
        ((-1,), 1, 1 / 3),
        ((3, 0), 1, 8 / 10),
        ((0, 3), 2, 8 / 10),
        ((20, 20), 1, 1 / 2),
        ((20, 20, 20, 20), 1, 1 / 4),
        ((60,), 1, 1),
        ((-60,), 1, 0),
    ],
)
def test_every_candidate_and_nobody_known_share_the_probability(
    engine, weights, entity, probability
):
    found, how_sure, _ = best(engine, bits(*weights))[1]
    assert (found, how_sure) == (entity, pytest.approx(probability, abs=1e-6))


def test_the_runner_up_is_told_and_nobody_s_is_null(engine):
    assert best(engine, bits(5, 9, 7))[1][2] == 7 * BIT
    assert best(engine, bits(5))[1][2] is None


def test_a_lead_is_needed_as_well_as_a_weight(engine):
    assert best(engine, bits(30))[1][1] > 0.999
    assert best(engine, bits(30, 29))[1][1] < 0.7


def test_what_can_never_be_is_no_candidate_at_all(engine):
    (_, alone, _), (_, beside, _) = (
        best(engine, rows)[1] for rows in (bits(4), [*bits(4), (1, 2, NEVER)])
    )
    assert alone == beside
    assert best(engine, [(1, 1, NEVER)])[1][1] == pytest.approx(0)


def test_every_record_is_decided_for_itself(engine):
    found = best(engine, [(1, 7, 0), (2, 7, 60 * BIT), (3, 8, 0), (3, 9, 0)])
    assert found[1] == (7, 0.5, None)
    assert found[2][1] == 1
    assert found[3][1] == pytest.approx(1 / 3)
    assert best(engine, []) == {}


WEIGHTS = st.lists(st.integers(NEVER, 120_000), min_size=1, max_size=9)


@settings(deadline=None, max_examples=25)
@given(WEIGHTS, st.integers(NEVER, 120_000), st.randoms(use_true_random=False))
def test_a_rival_never_helps_and_order_never_counts(engine, weights, rival, luck):
    rows = [(1, at, weight) for at, weight in enumerate(weights)]
    entity, probability, _ = best(engine, rows)[1]
    assert 0 <= probability <= 1
    assert (1, entity, max(weights)) in rows
    luck.shuffle(rows)
    assert best(engine, rows)[1][:2] == (entity, probability)
    top = max(weights)
    with_rival = best(engine, [*rows, (1, 99, min(rival, top - 1))])[1]
    assert (with_rival[0], with_rival[1] <= probability) == (entity, True)
    raised = best(engine, [(1, at, top + 500 if at == entity else w) for _, at, w in rows])[1]
    assert (raised[0], raised[1] >= probability) == (entity, True)
