"""Every record is told once: whose it is, how that came, how sure it is, and who else it may be."""

from matchers.rules import HOW_IN_CHINESE, RULES
from tests.matchers.linking import linked, number

HELD, OTHERS, FRESH = number("1963-05-14", 35), number("1965-08-22", 24), number("1979-09-19", 16)
MOVED = number("1974-04-24", 11)

EVERY_WAY = f"""
    key                     | source   | number   | name     | birth      | sex | phone
    register_entry          | resident | {HELD}   | 陈大成   | 1963-05-14 | 男  | 13800000001
    register_number         | resident | {HELD}   | 陈大成   | 1963-05-14 | 男  |
    holder                  | resident | {OTHERS} | 李秀英   | 1965-08-22 | 女  |
    register_evidence       | resident |          | 冯继刚   | 1974-04-24 | 男  |
    register_namesake       | resident |          | 彭丽华   | 1977-07-17 | 女  |
    double                  | resident |          | 彭丽华   | 1977-07-17 | 女  |
    number_and_name         |          | {HELD}   | 陈大成   |            |     |
    moved                   |          | {MOVED}  | 冯继刚   | 1974-04-24 | 男  |
    number_and_similar_name |          | {HELD}   | 陈达城   | 1963-05-14 |     |
    number_alone            |          | {HELD}   |          |            |     |
    number_new_person       |          | {FRESH}  | 司马若兰 | 1979-09-19 | 女  |
    evidence                |          |          | 陈大成   | 1963-05-14 | 男  | 13800000001
    evidence_new_person     |          |          | 司马若兰 | 1979-09-19 | 女  |
    newcomers               |          |          | 欧阳修远 | 1978-08-18 | 男  | 13822220001
    number_of_another       |          | {OTHERS} | 王桂兰   | 1990-03-04 | 男  |
    doubt                   |          |          | 彭丽华   | 1977-07-17 | 女  |
    alone                   |          |          | 蒋维平   | 1950-10-10 | 男  |
    beside                  |          |          | 欧阳修远 | 1978-08-18 | 男  | 13822220001
    """


def test_every_way_of_coming_to_a_person_is_told_as_what_it_is():
    found = linked(EVERY_WAY)
    ways = {how for how in RULES if not how.startswith("answered")}
    assert {key: one["how"] for key, one in found.items() if key in RULES} == {
        how: how for how in ways
    }
    for one in found.values():
        assert one["decision"] == RULES[one["how"]].decision
        assert HOW_IN_CHINESE[one["how"]]


def test_the_evidence_is_told_where_there_was_any_and_not_where_a_number_decided():
    found = linked(EVERY_WAY)
    for key in ("evidence", "evidence_new_person", "doubt", "register_evidence"):
        one = found[key]
        assert one["weight"] is not None, key
        assert (one["name_evidence"], one["birth_level"]) == (9, 6), key
        assert one["name_weight"] > 0, key
        assert one["candidate"], key
    for key in ("number_and_name", "number_alone", "number_new_person", "register_entry"):
        one = found[key]
        assert [one[name] for name in ("weight", "candidate", "birth_level")] == [None] * 3, key
        assert one["probability"] == 1, key


def test_how_sure_it_is_follows_the_decision():
    found = linked(EVERY_WAY)
    assert found["evidence"]["probability"] > 0.9
    assert 0.2 <= found["doubt"]["probability"] < 0.9
    assert found["alone"]["probability"] == 0
    assert found["doubt"]["founder"] == "doubt"
    assert found["doubt"]["candidate"] in ("register_namesake", "double")


def test_a_person_is_named_after_its_first_record_whatever_department_wrote_it():
    found = linked(
        f"""
        key   | source   | number | name   | birth
        first | hospital | {HELD} | 陈大成 | 1963-05-14
        entry | resident | {HELD} | 陈大成 | 1963-05-14
        later | school   |        | 陈大成 | 1963-05-14
        """
    )
    assert {one["founder"] for one in found.values()} == {"first"}
    assert [one["how"] for one in found.values()] == [
        "number_and_name", "register_entry", "evidence"
    ]  # fmt: skip
