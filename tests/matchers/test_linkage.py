"""Who a record belongs to when no number of its own says it: each case with what stops short of it."""

import pytest

from tests.matchers.linking import broken, linked, masked, number, told

FATHER, MOTHER = number("1963-05-14", 35), number("1965-08-22", 24)
SON, DAUGHTER = number("1993-11-07", 31), number("1996-02-18", 28)
FAMILY = f"""
    key      | source   | number     | name   | birth      | sex | phone       | household | contact | contact_phone
    father   | resident | {FATHER}   | 陈大成 | 1963-05-14 | 男  | 13800000001 | h         |         |
    mother   | resident | {MOTHER}   | 李秀英 | 1965-08-22 | 女  | 13800000002 | h         |         |
    son      | resident | {SON}      | 陈志远 | 1993-11-07 | 男  | 13800000003 | h         |         |
    daughter | resident | {DAUGHTER} | 陈美玲 | 1996-02-18 | 女  | 13800000004 | h         |         |
    """


def founders(text):
    return {key: founder for key, (founder, _) in told(text).items()}


def test_a_relative_s_number_leads_to_the_household_and_the_name_to_the_person():
    people = told(
        f"""{FAMILY}
        relative |  | {MOTHER} | 陈美玲 | 1996-02-18 | 女 | | | |
        above    |  | {FATHER} | 陈志远 | 1993-11-07 | 男 | | | 陈大成 | 13800000001
        stranger |  | {FATHER} | 王桂兰 | 1980-03-04 | 女 | | | |
        """
    )
    assert people["relative"] == ("daughter", "evidence")
    assert people["above"] == ("son", "evidence")
    assert people["stranger"] == ("stranger", "number_of_another")


def test_the_row_above_s_number_says_nothing_of_a_person_found_by_name_and_birth_date():
    people = told(
        f"""
        key   | source   | number   | name   | birth
        above | resident | {FATHER} | 陈大成 | 1963-05-14
        r     | resident | {SON}    | 王志远 | 1993-11-07
        row   |          | {FATHER} | 王志远 | 1993-11-07
        """
    )
    assert people["row"] == ("r", "evidence")


def test_of_two_people_in_one_cell_the_contact_says_which_is_meant():
    found = linked(
        f"""{FAMILY}
        contacts |  | {FATHER} | 李秀英 |  | | | | 李秀英 |
        hers     |  | {FATHER} | 李秀英 |  | | | | 陈大成 |
        nobody   |  | {FATHER} | 李秀英 |  | | | |        |
        birth    |  | {FATHER} | 李秀英 | 1963-05-14 | 男 | | | |
        """
    )
    assert found["contacts"]["founder"] == "father"
    assert found["hers"]["founder"] == "mother"
    assert found["birth"]["founder"] == "father"
    assert (found["nobody"]["how"], found["nobody"]["founder"]) == ("doubt", "nobody")


def test_a_contact_s_name_in_the_name_cell_is_overruled_by_the_birth_date():
    people = told(
        f"""{FAMILY}
        named   |  |  | 李秀英 | 1993-11-07 | 男 |             | | 李秀英 | 13800000002
        phoned  |  |  | 李秀英 | 1993-11-07 | 男 | 13800000003 | |        |
        unknown |  |  | 王桂兰 | 1993-11-07 | 男 |             | | 王桂兰 | 13999999999
        """
    )
    assert people["named"] == people["phoned"] == ("son", "evidence")
    assert people["unknown"][0] == "unknown"


def test_a_newborn_under_its_mother_s_name_is_neither_the_mother_nor_her_grown_child():
    newborn = number("2026-09-30", 17)
    people = told(
        f"""{FAMILY}
        known   | resident | {newborn} | 陈晨曦 | 2026-09-30 | 男 | | h |        |
        under   |          | {MOTHER}  | 李秀英 | 2026-09-30 | 男 | |   |        |
        unnamed |          |           | 李秀英之子 | 2026-09-30 | 男 | | | 李秀英 | 13800000002
        another |          | {MOTHER}  | 李秀英 | 2024-03-12 | 女 | |   |        |
        orphan  |          |           | 李秀英之子 | 2025-05-05 | 男 | | | |
        """
    )
    assert people["under"] == people["unnamed"] == ("known", "evidence")
    assert people["another"][0] == "another"
    assert people["orphan"][0] == "orphan"


def test_a_child_without_name_and_birth_date_is_the_parent_s_only_one_of_that_sex():
    brother = number("1995-02-02", 15)
    record = "李秀英之子 | | 男 | | | 李秀英 | 13800000002"
    only = told(f"{FAMILY}\n its |  |  | {record}")
    two = told(
        f"{FAMILY}\n other | resident | {brother} | 陈小明 | 1995-02-02 | 男 | | h | |"
        f"\n its |  |  | {record}"
    )
    assert only["its"] == ("son", "evidence")
    assert two["its"] == ("its", "doubt")


def test_twins_are_told_apart_by_the_whole_name_alone():
    one, other = number("2010-06-01", 11), number("2010-06-01", 13)
    found = linked(
        f"""
        key    | source   | number  | name   | birth      | household
        one    | resident | {one}   | 孙文龙 | 2010-06-01 | h
        other  | resident | {other} | 孙文虎 | 2010-06-01 | h
        whole  |          |         | 孙文龙 | 2010-06-01 |
        part   |          |         | 孙文?  | 2010-06-01 |
        mixed  |          | {other} | 孙文龙 |            |
        """
    )
    assert found["whole"]["founder"] == found["mixed"]["founder"] == "one"
    assert (found["part"]["founder"], found["part"]["how"]) == ("part", "doubt")


TWINS = f"""
    key    | source   | number                     | name   | birth      | sex | household | phone       | contact | contact_phone
    mother | resident | {number("1992-03-01", 22)} | 潘静章 | 1992-03-01 | 女  | h         | 13528266984 |         |
    one    | resident | {number("2025-06-29", 22)} | 胡诺琪 | 2025-06-29 | 女  | h         |             |         |
    """


def test_of_twins_nobody_is_meant_who_is_not_named():
    other = f"other | resident | {number('2025-06-29', 24)} | 胡诺妍 | 2025-06-29 | 女 | h | 13528266984 | |"
    record = "its | | | 潘静章之女 | 2025-06-29 | 女 | | 13528266984 | 潘静章 | 13528266984"
    assert told(f"{TWINS}\n{record}")["its"] == ("one", "evidence")
    assert told(f"{TWINS}\n{other}\n{record}")["its"] == ("its", "doubt")


def test_a_child_born_on_another_day_is_a_sister_or_brother():
    record = "its | | | 潘静章之女 | 2023-01-15 | 女 | | 13528266984 | 潘静章 | 13528266984"
    assert told(f"{TWINS}\n{record}")["its"][0] == "its"


def test_who_lives_with_the_named_parent_and_is_as_old_is_not_the_child():
    father = f"father | resident | {number('1990-02-02', 11)} | 胡凯杰 | 1990-02-02 | 男 | h | 13528266984 | |"
    son = f"son | resident | {number('2021-05-05', 11)} | 胡小明 | 2021-05-05 | 男 | h | | |"
    record = "its | | | 潘静章之子 | | 男 | | 13528266984 | 胡凯杰 | 13528266984"
    assert told(f"{TWINS}\n{father}\n{record}")["its"][0] == "its"
    assert told(f"{TWINS}\n{father}\n{son}\n{record}")["its"] == ("son", "evidence")


def test_what_points_at_a_household_does_not_choose_between_its_members():
    people = told(
        f"""
        key   | source   | number                     | name   | birth      | household | phone       | contact | contact_phone
        he    | resident | {number("1972-01-21", 11)} | 陆克涛 | 1972-01-21 | h         |             |         |
        wife  | resident | {number("1971-11-14", 22)} | 李宝萍 | 1971-11-14 | h         | 13519094095 |         |
        child | resident | {number("2005-10-19", 11)} | 陆子安 | 2005-10-19 | h         | 13519094095 |         |
        deed  |          |                            | 陆克涛 |            |           | 13519094095 |         |
        """
    )
    assert people["deed"] == ("he", "evidence")


def test_who_bears_the_contact_s_name_is_whom_the_birth_date_names():
    people = told(
        f"""
        key      | source   | number                     | name   | birth      | sex | phone       | contact | contact_phone
        father   | resident | {number("1955-12-14", 11)} | 全正桂 | 1955-12-14 | 男  | 13800000005 |         |
        daughter | resident | {number("1982-02-25", 22)} | 丁艳德 | 1982-02-25 | 女  | 18643074485 |         |
        named    |          |                            | 丁艳德 | 1955-12-14 | 男  | 13800000006 | 丁艳德  |
        unsaid   |          |                            | 丁艳德 | 1955-12-14 | 男  | 13800000006 | 王桂兰  |
        """
    )
    assert people["named"] == ("father", "evidence")
    assert people["unsaid"][0] == "unsaid"


CHANGED = number("1997-06-09", 22)
RENAMED = f"""
    key | source   | number    | name   | birth      | phone       | address
    r   | resident | {CHANGED} | 李文强 | 1997-06-09 | 13528266984 |
    """


def test_a_number_decides_where_nobody_of_the_name_is_known():
    deed = f"deed | | {CHANGED} | 李婷艳 | | 13528266984 |"
    bearer = f"bearer | resident | {number('1980-01-09', 22)} | 李婷艳 | 1980-01-09 | | "
    assert told(f"{RENAMED}\n{deed}")["deed"] == ("r", "evidence")
    assert told(f"{RENAMED}\n{bearer}\n{deed}")["deed"][0] == "deed"


def test_namesakes_of_one_birth_date_need_something_more():
    found = linked(
        f"""
        key     | source   | number                     | name | birth      | sex | phone
        he      | resident | {number("1980-01-01", 11)} | 张伟 | 1980-01-01 | 男  |
        she     | resident | {number("1980-01-01", 22)} | 张伟 | 1980-01-01 | 女  |
        one     | resident | {number("1985-04-04", 11)} | 王强 | 1985-04-04 | 男  |
        other   | resident | {number("1985-04-04", 13)} | 王强 | 1985-04-04 | 男  | 13611110000
        woman   |          |                            | 张伟 | 1980-01-01 | 女  |
        unsaid  |          |                            | 张伟 | 1980-01-01 |     |
        either  |          |                            | 王强 | 1985-04-04 | 男  |
        phoned  |          |                            | 王强 | 1985-04-04 | 男  | 13611110000
        """
    )
    assert found["woman"]["founder"] == "she"
    assert found["phoned"]["founder"] == "other"
    for key, candidates in {"unsaid": ("he", "she"), "either": ("one", "other")}.items():
        assert (found[key]["founder"], found[key]["how"]) == (key, "doubt")
        assert found[key]["candidate"] in candidates
        assert found[key]["probability"] < 0.51
        assert found[key]["weight"] == found[key]["second_weight"]


CHANG = number("1973-03-05", 11)
KNOWN = f"""
    key | source   | number  | name   | birth      | sex | phone       | former
    r   | resident | {CHANG} | 萧红军 | 1973-03-05 | 男  | 13911118888 | 萧卫国
    """


CELLS = {
    "the same": ("| | | 萧红军 | 1973-03-05 | 男 | |", True),
    "former name": ("| | | 萧卫国 | 1973-03-05 | 男 | |", True),
    "variant": ("| | | 肖红军 | 1973-03-05 | 男 | |", True),
    "sound": ("| | | 萧宏君 | 1973-03-05 | 男 | |", True),
    "order": ("| | | 红军萧 | 1973-03-05 | 男 | |", True),
    "part": ("| | | 萧?军 | 1973-03-05 | 男 | |", True),
    "part and phone": ("| | | 萧?军 | | 男 | 13911118888 |", True),
    "part alone": ("| | | 萧?军 | | 男 | |", False),
    "name alone": ("| | | 萧红军 | | | |", False),
    "name and phone": ("| | | 萧红军 | | | 13911118888 |", True),
    "month and day swapped": ("| | | 萧红军 | 1973-05-03 | 男 | |", True),
    "birth date wrong": ("| | | 萧红军 | 1981-10-29 | 男 | |", False),
    "only the year": ("| | | 萧红军 | 1973 | 男 | |", True),
    "only the year of a variant": ("| | | 肖红军 | 1973 | 男 | |", False),
    "only the wrong year": ("| | | 萧红军 | 1981 | 男 | |", False),
    "given name and phone": ("| | | 王红军 | 1973-03-05 | 男 | 13911118888 |", True),
    "birth date and phone": ("| | | 王小明 | 1973-03-05 | 男 | 13911118888 |", True),
    "birth date alone": ("| | | 王小明 | 1973-03-05 | 男 | |", False),
    "phone alone": ("| | | | | | 13911118888 |", False),
}


def test_a_person_is_found_by_enough_and_not_by_less():
    rows = "\n".join(f"{key} {said}" for key, (said, _) in CELLS.items())
    people = founders(f"{KNOWN}\n{rows}")
    assert {key: people[key] == "r" for key in CELLS} == {
        key: is_found for key, (_, is_found) in CELLS.items()
    }


def test_a_verified_number_says_when_its_holder_was_born():
    people = founders(
        f"""
        key     | source   | number  | name   | birth
        r       | resident | {CHANG} | 萧红军 |
        undated |          |         | 萧红军 | 1973-03-05
        """
    )
    assert people["undated"] == "r"


def test_what_is_left_of_a_number_tells_with_a_name_and_not_against_it():
    people = founders(
        f"""{KNOWN}
        digit     | | {broken(CHANG)}          | 萧红军 |            | | |
        cut       | | {CHANG[:17]}             | 萧红军 |            | | |
        masked    | | {masked(CHANG)}          | 萧红军 |            | | |
        lost      | | {broken(CHANG)}          | 萧**   |            | | |
        unfit     | | {CHANG[:6]}********9998  | 萧红军 |            | | |
        stranger  | | {broken(CHANG)}          | 王小明 | 1990-10-12 | | |
        filler    | | 111111111111111111       | 萧红军 |            | | |
        """
    )
    assert {key for key, founder in people.items() if founder == "r"} == {
        "r", "digit", "cut", "masked", "lost"
    }  # fmt: skip


@pytest.mark.parametrize(("people", "is_kin"), [(20, True), (21, False)])
def test_a_dormitory_s_number_gives_no_evidence_of_kin(people, is_kin):
    given = "甲乙丙丁戊己庚辛壬癸"
    rows = "\n".join(
        f"k{at} | resident | {number(f'19{60 + at}-02-03', 11)} | {surname}{given[at % 10]}{given[at // 10]} | home | 19{60 + at}-02-03"
        for at, surname in enumerate("王李张刘陈杨赵黄周吴徐孙朱马胡林郭何高罗郑"[:people])
    )
    found = linked(
        f"""key | source | number | name | household | birth
        {rows}
        x | | {number("1960-02-03", 11)} | 周壬甲 | | 1968-02-03
        """
    )
    assert found["x"]["founder"] == "k8"
    assert (found["x"]["kin_level"] or 0) == (4 if is_kin else 0)


def test_a_register_row_without_a_number_moves_to_who_is_known_by_number():
    held = number("1974-04-24", 11)
    people = told(
        f"""
        key      | source   | number                     | name   | birth      | sex
        entry    | resident |                            | 冯继刚 | 1974-04-24 | 男
        numbered |          | {held}                     | 冯继刚 | 1974-04-24 | 男
        plain    |          |                            | 冯继刚 | 1974-04-24 | 男
        homeless | resident |                            | 冯建业 | 1974-04-25 | 男
        other    |          | {number("1990-04-24", 11)} | 冯继刚 | 1990-04-24 | 男
        """
    )
    assert people == {
        "entry": ("entry", "register_evidence"),
        "numbered": ("entry", "number_and_name"),
        "plain": ("entry", "evidence"),
        "homeless": ("homeless", "register_entry"),
        "other": ("other", "number_new_person"),
    }


def test_two_register_rows_that_claim_one_number_stay_where_they_are():
    people = told(
        f"""
        key      | source   | number                     | name   | birth      | sex
        one      | resident |                            | 蒋维平 | 1976-06-16 | 男
        other    | resident |                            | 蒋维平 | 1976-06-16 | 男
        numbered |          | {number("1976-06-16", 11)} | 蒋维平 | 1976-06-16 | 男
        """
    )
    assert people == {
        "one": ("one", "register_namesake"),
        "other": ("other", "register_namesake"),
        "numbered": ("numbered", "number_new_person"),
    }


def test_doubles_in_the_register_are_reported_and_not_merged():
    found = linked(
        f"""
        key     | source   | number                     | name   | birth      | phone
        one     | resident |                            | 冯德全 | 1972-07-08 | 13811119999
        other   | resident |                            | 冯德全 | 1972-07-08 | 13811119999
        without | resident |                            | 蒋维平 | 1976-06-16 |
        with    | resident | {number("1976-06-16", 11)} | 蒋维平 | 1976-06-16 |
        row     |          |                            | 冯德全 | 1972-07-08 | 13811119999
        """
    )
    for key, double in {"one": "other", "other": "one", "without": "with"}.items():
        assert (found[key]["founder"], found[key]["candidate"]) == (key, double)
        assert (found[key]["how"], found[key]["decision"]) == ("register_namesake", "doubtful")
    assert (found["with"]["founder"], found["with"]["how"]) == ("with", "register_entry")
    assert (found["row"]["founder"], found["row"]["how"]) == ("row", "doubt")


def test_two_verified_numbers_are_never_one_person():
    one, other = number("1977-07-17", 12), number("1977-07-17", 14)
    people = founders(
        f"""
        key  | source   | number  | name   | birth      | sex | phone       | household | address
        r    | resident | {one}   | 彭丽华 | 1977-07-17 | 女  | 13511112222 | h         | 姚村镇陈家寨村1号
        s    | resident | {other} | 彭丽华 | 1977-07-17 | 女  | 13511112222 | h         | 姚村镇陈家寨村1号
        x    |          | {one}   | 彭丽华 | 1977-07-17 | 女  | 13511112222 |           | 姚村镇陈家寨村1号
        y    |          | {other} | 彭丽华 | 1977-07-17 | 女  | 13511112222 |           | 姚村镇陈家寨村1号
        """
    )
    assert people == {"r": "r", "x": "r", "s": "s", "y": "s"}


def test_departments_may_know_somebody_whom_the_register_does_not():
    held = number("1979-09-19", 16)
    people = told(
        f"""
        key      | source   | number | name     | birth      | sex | phone
        first    | hospital |        | 欧阳修远 | 1978-08-18 | 男  | 13822220001
        next     | school   |        | 欧阳修远 | 1978-08-18 | 男  | 13822220001
        day_off  | school   |        | 欧阳修远 | 1987-01-30 | 男  |
        numbered | hospital | {held} | 司马若兰 | 1979-09-19 | 女  |
        again    | tax      | {held} | 司马若兰 |            |     |
        plain    | tax      |        | 司马若兰 | 1979-09-19 | 女  |
        """
    )
    assert people == {
        "first": ("first", "newcomers"),
        "next": ("first", "newcomers"),
        "day_off": ("day_off", "alone"),
        "numbered": ("numbered", "number_new_person"),
        "again": ("numbered", "number_new_person"),
        "plain": ("numbered", "evidence_new_person"),
    }


def test_two_newcomers_of_one_household_stay_two():
    people = told(
        """
        key     | source   | name   | birth      | sex | phone       | address
        wife    | hospital | 欧阳兰 | 1980-08-18 | 女  | 13822220001 | 姚村镇陈家寨村1号
        husband | school   | 司马光 | 1978-05-06 | 男  | 13822220001 | 姚村镇陈家寨村1号
        son     | school   | 司马睿 | 2012-11-30 | 男  | 13822220001 | 姚村镇陈家寨村1号
        """
    )
    assert people == {key: (key, "alone") for key in ("wife", "husband", "son")}
