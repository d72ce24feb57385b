"""A household keeps its id through changes of its number, splits and merges."""

from matchers.household_ids import changes, found_again, revived
from tests.drawn import drawn


def ids(now, last, keys=""):
    members, before, known = tables(now, last, keys)
    rows = found_again(members, before, known).to_pyarrow().to_pylist()
    found = {row["household_key"]: row["household_id"] for row in rows}
    assert len(found) == len(rows) == len(set(found.values()))
    return found


def tables(now, last, keys=""):
    return (
        drawn("person_id | household_key | is_head\n" + now, is_head="boolean"),
        drawn("person_id | household_id | is_head\n" + last, is_head="boolean"),
        drawn("household_key | household_id\n" + (keys or "none | H0")),
    )


FAMILY = """
ana | H1 | true
ben | H1 | false
cho | H1 | false
"""


def test_the_number_of_the_register_comes_first_whoever_lives_there_now():
    assert ids("dan | h1 | true", FAMILY, "h1 | H1") == {"h1": "H1"}


def test_a_number_that_changes_keeps_its_household():
    now = "ana | new | true\nben | new | false\ncho | new | false"
    assert ids(now, FAMILY, "h1 | H1") == {"new": "H1"}


def test_a_number_under_which_only_the_dead_are_left_gives_its_id_to_the_living():
    now = "ana | new | true\nben | new | false\n    | h1 | false"
    assert ids(now, FAMILY, "h1 | H1") == {"new": "H1"}
    assert ids("    | h1 | false", FAMILY, "h1 | H1") == {"h1": "H1"}


def test_a_split_keeps_the_id_with_the_head_and_the_rest_is_new():
    now = "ana | x | true\nben | y | true\ncho | y | false"
    assert ids(now, FAMILY) == {"x": "H1"}


def test_without_its_head_the_larger_part_keeps_the_id_and_less_than_half_keeps_nothing():
    last = FAMILY.replace("true", "false")
    assert ids("ana | x | true\nben | y | true\ncho | y | false", last) == {"y": "H1"}
    kept = "ana | h1 | true\nben | h1 | false\ncho | y | true"
    assert ids(kept, last, "h1 | H2") == {"h1": "H2"}


def test_a_merge_keeps_the_older_id():
    now = "ana | x | true\nben | x | false"
    assert ids(now, "ana | H2 | true\nben | H1 | true") == {"x": "H1"}


def test_two_numbers_of_one_id_leave_it_to_the_part_with_the_head():
    now = "ana | old | true\nben | new | true"
    assert ids(now, "ana | H1 | true\nben | H1 | false", "old | H1\nnew | H1") == {"old": "H1"}


def told(now, last, named):
    members, before, _ = tables(now, last)
    rows = changes(members, before, drawn("household_key | household_id\n" + named)).to_pyarrow()
    return {(r["household_id"], r["into_household_id"], r["kind"]) for r in rows.to_pylist()}


def test_what_became_of_an_id_is_told():
    merged = told("ana | x | true\nben | x | false", "ana | H1 | true\nben | H2 | true", "x | H1")
    assert merged == {("H2", "H1", "merge")}
    split = told(
        "ana | x | true\nben | y | true", "ana | H1 | true\nben | H1 | false", "x | H1\ny | H3"
    )
    assert split == {("H1", "H3", "split")}
    assert told("ana | x | true", "ana | H1 | true\nben | H2 | true", "x | H1") == {
        ("H2", None, "ended")
    }
    assert told("ana | x | true", "ana | H1 | true", "x | H1") == set()


def test_an_id_that_was_merged_and_has_members_again_is_revived():
    named = drawn("household_key | household_id\nx | H1\ny | H2")
    closed = drawn("household_id\nH2\nH9")
    rows = revived(named, closed).to_pyarrow().to_pylist()
    assert [(row["household_id"], row["kind"]) for row in rows] == [("H2", "revived")]
