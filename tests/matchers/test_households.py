"""Who lives together according to the register."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.households import households
from tests.drawn import drawn

TYPES = {"arrival": "int64", "row": "int64", "status_on": "date"}
HEADER = (
    "person | record_key | arrival | row | person_type | life_status | status_on"
    " | household_kind | household_hash\n"
)


def keys(table):
    rows = households(table).to_pyarrow().to_pylist()
    assert len({row["person"] for row in rows}) == len(rows)
    return {row["person"]: row["household_key"] for row in rows}


def drawn_keys(rows):
    return keys(drawn(HEADER + rows, **TYPES))


def test_one_household_number_is_one_household_and_no_kind_means_a_family():
    assert drawn_keys(
        """
        ana | r1 | 1 | 1 | registered | normal | 2020-01-01 | family | h1
        ben | r2 | 1 | 2 | registered | normal | 2020-01-01 |        | h1
        cho | r3 | 1 | 3 | registered |        |            | family | h2
        """
    ) == {"ana": "h1", "ben": "h1", "cho": "h2"}


def test_members_of_a_collective_household_and_people_without_a_number_live_alone():
    assert drawn_keys(
        """
        ana | r1 | 1 | 1 | registered | normal | 2020-01-01 | collective | h1
        ben | r2 | 1 | 2 | registered | normal | 2020-01-01 | collective | h1
        cho | r3 | 1 | 3 | registered | normal | 2020-01-01 | family     |
        """
    ) == {"ana": "ana", "ben": "ben", "cho": "cho"}


def test_who_moved_lives_where_the_standing_row_says():
    assert drawn_keys(
        """
        ana | r1 | 2 | 1 | registered | moved_out | 2026-05-01 | family | old
        ana | r2 | 1 | 2 | registered | normal    | 2020-01-01 | family | new
        """
    ) == {"ana": "new"}


def test_who_moved_away_leaves_the_household_and_the_dead_stay_in_it():
    assert drawn_keys(
        """
        ana | r1 | 1 | 1 | registered | moved_out | 2026-05-01 | family | h1
        ben | r2 | 1 | 2 | registered | dead      | 2026-05-01 | family | h1
        cho | r3 | 1 | 3 | registered | normal    | 2020-01-01 | family | h1
        """
    ) == {"ana": "ana", "ben": "h1", "cho": "h1"}


def test_a_registration_comes_before_a_stay_however_new():
    assert drawn_keys(
        """
        ana | r1 | 1 | 1 | registered | normal | 2010-01-01 | family | home
        ana | r2 | 9 | 1 | floating   | normal | 2026-01-01 | family | away
        ben | r3 | 1 | 2 | floating   | normal | 2026-01-01 | family | away
        """
    ) == {"ana": "home", "ben": "away"}


def test_the_newest_status_holds_then_the_newest_delivery():
    assert drawn_keys(
        """
        ana | r1 | 1 | 1 | registered | normal | 2020-01-01 | family | older
        ana | r2 | 1 | 2 | registered | normal | 2021-01-01 | family | newer
        ben | r3 | 1 | 3 | registered | normal | 2020-01-01 | family | first
        ben | r4 | 2 | 1 | registered | normal | 2020-01-01 | family | second
        cho | r5 | 1 | 4 | registered | normal |            | family | undated
        cho | r6 | 1 | 5 | registered | normal | 1990-01-01 | family | dated
        """
    ) == {"ana": "newer", "ben": "second", "cho": "dated"}


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.integers(1, 2),
        st.sampled_from(["registered", "floating", None]),
        st.sampled_from(["normal", "moved_out", None]),
        st.sampled_from(["2020-01-01", "2021-01-01", None]),
        st.sampled_from(["h1", "h2", None]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=20, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    lines = [
        f"{who} | k{at} | {arrival} | {at} | {kind or ''} | {life or ''} | {day or ''} | | {home or ''}"
        for at, (who, arrival, kind, life, day, home) in enumerate(rows)
    ]
    assert drawn_keys("\n".join(random.sample(lines, len(lines)))) == drawn_keys("\n".join(lines))
