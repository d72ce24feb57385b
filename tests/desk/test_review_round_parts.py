"""Small parts of a round: how many known pairs, where they stand, and one person through time."""

from dataclasses import dataclass

import pytest

from flows.desk.known_drawn import drawn_count, mixed
from flows.desk.person_history import changes_of


@dataclass(frozen=True)
class Asked:
    number: str


@pytest.mark.parametrize(("share", "questions", "fewest", "most"), [
    (0, 10, 0, 0),
    (0.05, 10, 0, 1),
    (0.5, 10, 5, 5),
])  # fmt: skip
def test_the_share_of_known_pairs_is_kept_over_many_rounds(share, questions, fewest, most):
    counts = [drawn_count(share, questions, sheet) for sheet in range(1, 201)]
    assert {fewest, most} == set(counts)
    assert sum(counts) / len(counts) == pytest.approx(share * questions, abs=0.15)


def test_real_questions_keep_their_order_and_known_ones_stand_anywhere():
    real, known = [Asked(f"R{at}") for at in range(9)], [Asked("K")]
    places = set()
    for sheet in range(200):
        found = mixed(real, known, sheet)
        assert [one for one in found if one in real] == real
        places.add(found.index(known[0]))
    assert places == set(range(10))


CHANGES = [
    {"person_id": "P2", "into_person_id": "P1", "kind": "merge"},
    {"person_id": "P8", "into_person_id": "P9", "kind": "merge"},
    {"person_id": "P3", "into_person_id": "P2", "kind": "merge"},
    {"person_id": "P1", "into_person_id": "P7", "kind": "split"},
]


@pytest.mark.parametrize("asked", ["P1", "P2", "P3", "P7"])
def test_a_person_is_followed_through_every_id_they_bore(asked):
    assert changes_of(asked, CHANGES) == [CHANGES[0], CHANGES[2], CHANGES[3]]


def test_a_person_who_was_never_merged_has_no_changes():
    assert changes_of("P4", CHANGES) == []
