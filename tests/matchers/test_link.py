"""Every rule of linking, on both of its sides."""

from matchers.rules import HOW_IN_CHINESE, RULES
from tests.matchers.people import identities, linked, number, told

CHEN = number("1963-05-14", 35)
LI = number("1990-02-28", 22)
BOY = number("2021-03-03", 17)


def test_a_number_with_the_same_name_is_the_register_s_person():
    people = told(
        f"""
        record_key | record    | id_number        | name   | birth_date
        r          | resident  | {CHEN}           | 陈大成 | 1963-05-14
        plain      | vehicle   | {CHEN}           | 陈大成 |
        spaced     | vehicle   | {CHEN.lower()}   | 陈 大成|
        tradition  | property  | {CHEN}           | 陳大成 |
        """
    )
    assert people == {
        "r": ("r", "register_entry"),
        "plain": ("r", "number_and_name"),
        "spaced": ("r", "number_and_name"),
        "tradition": ("r", "number_and_name"),
    }


def test_fifteen_digits_and_a_lower_x_are_the_same_number():
    old, modern = "110105491231002", "11010519491231002X"
    people = told(
        f"""
        record_key | record   | id_number        | name
        r          | resident | {modern}         | 赵小丽
        old        | vehicle  | {old}            | 赵小丽
        small      | vehicle  | {modern.lower()} | 赵小丽
        """
    )
    assert people["old"] == people["small"] == ("r", "number_and_name")


def test_a_former_name_counts_and_any_other_name_does_not():
    people = told(
        f"""
        record_key | record   | id_number | name   | former_name
        r          | resident | {CHEN}    | 陈大成 | 陈狗蛋
        former     | vehicle  | {CHEN}    | 陈狗蛋 |
        other      | vehicle  | {CHEN}    | 王小红 |
        """
    )
    assert people["former"] == ("r", "number_and_former_name")
    assert people["other"] == ("other", "number_but_other_name")


def test_a_similar_name_counts_unless_birth_date_or_sex_contradict_it():
    people = told(
        f"""
        record_key | record    | id_number | name   | sex    | birth_date
        r          | resident  | {CHEN}    | 陈建国 | male   | 1963-05-14
        sound      | admission | {CHEN}    | 陈剑国 | male   | 1963-05-14
        typo       | vehicle   | {CHEN}    | 陈建图 |        |
        lost       | vehicle   | {CHEN}    | 陈?国  |        |
        brother    | admission | {CHEN}    | 陈建军 | male   | 1966-01-01
        sister     | admission | {CHEN}    | 陈建红 | female |
        """
    )
    for similar in ("sound", "typo", "lost"):
        assert people[similar] == ("r", "number_and_similar_name")
    assert people["brother"] == ("brother", "number_but_other_birth")
    assert people["sister"] == ("sister", "number_but_other_birth")


def test_the_same_name_forgives_a_wrong_birth_date_within_a_generation_only():
    people = told(
        f"""
        record_key | record    | id_number | name   | birth_date
        r          | resident  | {CHEN}    | 陈大成 | 1963-05-14
        slip       | admission | {CHEN}    | 陈大成 | 1936-05-14
        at_most    | admission | {CHEN}    | 陈大成 | 1978-05-14
        too_far    | admission | {CHEN}    | 陈大成 | 1979-05-14
        """
    )
    assert people["at_most"] == ("r", "number_and_name_not_birth")
    assert people["slip"] == ("slip", "number_but_other_birth")
    assert people["too_far"] == ("too_far", "number_but_other_birth")


def test_a_child_with_the_guardian_s_number_is_found_by_its_own_name_or_stays_alone():
    people = told(
        f"""
        record_key | record    | id_number | name   | sex  | birth_date
        mother     | resident  | {LI}      | 李秀英 |      | 1990-02-28
        boy        | resident  | {BOY}     | 王小宝 | male | 2021-03-03
        known      | admission | {LI}      | 王小宝 | male | 2021-03-03
        stranger   | admission | {LI}      | 王大宝 | male | 2022-03-03
        note       | admission | {LI}      | 李秀英之子 | male | 2023-01-01
        """
    )
    assert people["known"] == ("boy", "name_birth_sex")
    assert people["stranger"] == ("stranger", "number_of_another")
    assert people["note"] == ("note", "number_of_another")


def test_another_name_with_the_holder_s_birth_date_is_a_doubt():
    people = told(
        f"""
        record_key | record    | id_number | name   | birth_date
        r          | resident  | {CHEN}    | 陈大成 | 1963-05-14
        copied     | admission | {CHEN}    | 王小红 | 1963-05-14
        """
    )
    assert people["copied"] == ("copied", "number_but_other_name")


def test_a_row_without_a_name_goes_by_its_number_if_nothing_speaks_against():
    people = told(
        f"""
        record_key | record    | id_number | name       | sex    | birth_date
        r          | resident  | {CHEN}    | 陈大成     | male   | 1963-05-14
        bare       | incident  | {CHEN}    |            |        |
        dated      | incident  | {CHEN}    |            |        | 1963-05-14
        other_day  | incident  | {CHEN}    |            |        | 1964-05-14
        woman      | incident  | {CHEN}    |            | female |
        relative   | incident  | {CHEN}    | 陈大成之女 |        |
        child      | incident  | {CHEN}    |            |        | 2019-01-01
        """
    )
    assert people["bare"] == ("r", "number_alone")
    assert people["dated"] == ("r", "number_and_birth")
    assert people["other_day"] == ("other_day", "number_but_other_birth")
    assert people["woman"] == ("woman", "number_but_other_birth")
    assert people["relative"] == ("relative", "number_but_other_name")
    assert people["child"] == ("child", "number_of_another")


def test_twins_share_everything_but_number_and_name():
    first, second = number("2010-06-01", 11), number("2010-06-01", 13)
    people = told(
        f"""
        record_key | record     | id_number | name   | sex  | birth_date
        one        | resident   | {first}   | 孙文龙 | male | 2010-06-01
        two        | resident   | {second}  | 孙武虎 | male | 2010-06-01
        enrolled   | enrolment  | {second}  | 孙武虎 | male | 2010-06-01
        numberless | admission  |           | 孙文龙 | male | 2010-06-01
        mixed      | admission  | {first}   | 孙武虎 | male | 2010-06-01
        """
    )
    assert people["enrolled"][0] == "two"
    assert people["numberless"] == ("one", "name_birth_sex")
    assert people["mixed"] == ("mixed", "number_but_other_name")


def test_double_registration_is_one_person_named_after_the_eldest_row():
    people = told(
        f"""
        record_key | record   | arrival | row | id_number | name   | birth_date
        late       | resident | 2       | 1   | {CHEN}    | 陈大成 | 1963-05-14
        early      | resident | 1       | 9   | {CHEN}    | 陈大成 | 1963-05-14
        renamed    | resident | 1       | 10  | {CHEN}    | 陈达明 | 1963-05-14
        """
    )
    assert people == {
        "early": ("early", "register_entry"),
        "late": ("early", "register_number"),
        "renamed": ("early", "register_number"),
    }


def test_register_rows_that_disagree_on_name_and_birth_date_are_not_merged():
    people = told(
        f"""
        record_key | record   | id_number | name   | birth_date
        one        | resident | {CHEN}    | 陈大成 | 1963-05-14
        other      | resident | {CHEN}    | 王小红 | 1970-01-01
        row        | vehicle  | {CHEN}    | 陈大成 |
        """
    )
    assert people == {
        "one": ("one", "register_number_contested"),
        "other": ("other", "register_number_contested"),
        "row": ("row", "number_contested"),
    }


def test_a_former_name_keeps_two_register_rows_together():
    people = told(
        f"""
        record_key | record   | id_number | name   | former_name | birth_date
        one        | resident | {CHEN}    | 陈大成 |             | 1963-05-14
        other      | resident | {CHEN}    | 王小红 | 陈大成      | 1970-01-01
        """
    )
    assert people["other"][0] == people["one"][0]


def test_a_number_that_half_the_county_uses_is_nobody_s():
    names = ["陈大成", "王小红", "李秀英", "张建国", "刘德华", "孙文龙", "赵小丽"]
    names += ["周大福", "吴京生", "郑成功", "冯玉祥", "褚时健", "卫子夫"]
    rows = "\n".join(
        f"r{at} | resident | {CHEN} | {name} | 19{50 + at}-01-01" for at, name in enumerate(names)
    )
    people = told("record_key | record | id_number | name | birth_date\n" + rows)
    assert all(person == (key, "register_number_contested") for key, person in people.items())


def test_without_a_number_name_birth_date_and_sex_must_name_one_person():
    people = told(
        f"""
        record_key | record    | id_number                    | name   | sex    | birth_date
        he         | resident  | {number("1980-01-01", 11)}   | 张伟   | male   | 1980-01-01
        she        | resident  | {number("1980-01-01", 22)}   | 张伟   | female | 1980-01-01
        one        | resident  | {number("1985-01-01", 11)}   | 王强   | male   | 1985-01-01
        other      | resident  | {number("1985-01-01", 13)}   | 王强   | male   | 1985-01-01
        only       | resident  | {number("1988-01-01", 11)}   | 赵亮   | male   | 1988-01-01
        man        | admission |                              | 张伟   | male   | 1980-01-01
        woman      | admission | 123456                       | 张伟   | female | 1980-01-01
        sexless    | benefit   |                              | 张伟   |        | 1980-01-01
        ambiguous  | admission |                              | 王强   | male   | 1985-01-01
        sole       | benefit   |                              | 赵亮   |        | 1988-01-01
        wrong_sex  | admission |                              | 赵亮   | female | 1988-01-01
        other_day  | admission |                              | 赵亮   | male   | 1988-01-02
        dateless   | property  |                              | 赵亮   |        |
        partly     | admission |                              | 赵?    | male   | 1988-01-01
        """
    )
    assert people["man"] == ("he", "name_birth_sex")
    assert people["woman"] == ("she", "name_birth_sex")
    assert people["sole"] == ("only", "name_birth")
    for doubtful in ("sexless", "ambiguous", "wrong_sex"):
        assert people[doubtful] == (doubtful, "namesakes")
    for alone in ("other_day", "dateless", "partly"):
        assert people[alone] == (alone, "alone")


def test_a_double_registration_is_one_namesake():
    people = told(
        f"""
        record_key | record    | id_number | name   | sex  | birth_date
        old        | resident  | {CHEN}    | 陈大成 | male | 1963-05-14
        new        | resident  | {CHEN}    | 陈大成 | male | 1963-05-14
        row        | admission |           | 陈大成 | male | 1963-05-14
        """
    )
    assert people["row"] == ("old", "name_birth_sex")


def test_a_former_name_counts_as_a_namesake():
    people = told(
        f"""
        record_key | record    | id_number | name   | former_name | sex  | birth_date
        r          | resident  | {CHEN}    | 陈大成 | 陈狗蛋      | male | 1963-05-14
        row        | admission |           | 陈狗蛋 |             | male | 1963-05-14
        """
    )
    assert people["row"] == ("r", "name_birth_sex")


def test_visible_digits_of_a_masked_number_must_fit():
    people = told(
        f"""
        record_key | record    | id_number               | name   | sex  | birth_date
        r          | resident  | {CHEN}                  | 陈大成 | male | 1963-05-14
        fits       | admission | {CHEN[:6]}********{CHEN[-4:]} | 陈大成 | male | 1963-05-14
        few_stars  | admission | {CHEN[:3]}***{CHEN[-4:].lower()} | 陈大成 | male | 1963-05-14
        crosses    | admission | {CHEN[:6]}XXXXXXXX{CHEN[-4:]} | 陈大成 | male | 1963-05-14
        other_end  | admission | {CHEN[:6]}********9999  | 陈大成 | male | 1963-05-14
        """
    )
    for fitting in ("fits", "few_stars", "crosses"):
        assert people[fitting] == ("r", "name_birth_sex")
    assert people["other_end"] == ("other_end", "namesake_with_other_document")


def test_a_foreign_document_is_not_a_citizen_with_a_number():
    people = told(
        f"""
        record_key | record    | id_number | name   | sex  | birth_date
        citizen    | resident  | {CHEN}    | 陈大成 | male | 1963-05-14
        foreigner  | resident  | H12345678 | 陈小成 | male | 1963-05-14
        first      | admission | H12345678 | 陈大成 | male | 1963-05-14
        second     | admission | H12345678 | 陈小成 | male | 1963-05-14
        """
    )
    assert people["first"] == ("first", "namesake_with_other_document")
    assert people["second"] == ("foreigner", "name_birth_sex")


def test_two_different_valid_numbers_never_meet_even_with_all_else_equal():
    people = told(
        f"""
        record_key | record    | id_number                  | name   | sex  | birth_date
        r          | resident  | {CHEN}                     | 陈大成 | male | 1963-05-14
        other      | admission | {number("1963-05-14", 37)} | 陈大成 | male | 1963-05-14
        """
    )
    assert people["other"] == ("other", "number_new_person")


def test_a_newborn_without_a_number_has_an_entry_and_is_found_by_name():
    people = told(
        """
        record_key | record    | id_number | name   | sex  | birth_date
        baby       | resident  |           | 陈小宝 | male | 2026-01-01
        ward       | admission |           | 陈小宝 | male | 2026-01-01
        unnamed    | admission |           | 新生儿 | male | 2026-01-01
        """
    )
    assert people["baby"] == ("baby", "register_entry")
    assert people["ward"] == ("baby", "name_birth_sex")
    assert people["unnamed"] == ("unnamed", "alone")


def test_a_register_row_without_a_number_says_if_it_may_be_a_double():
    people = told(
        f"""
        record_key | record    | id_number | name   | sex  | birth_date
        first      | resident  | {CHEN}    | 陈大成 | male | 1963-05-14
        again      | resident  |           | 陈大成 | male | 1963-05-14
        """
    )
    assert people["again"] == ("again", "register_namesake")
    assert people["first"] == ("first", "register_entry")


def test_rows_with_a_number_unknown_to_the_register_are_one_new_person():
    people = told(
        f"""
        record_key | record    | arrival | row | id_number | name   | birth_date
        later      | admission | 2       | 1   | {LI}      | 李秀英 | 1990-02-28
        first      | vehicle   | 1       | 5   | {LI}      | 李秀瑛 |
        nameless   | incident  | 3       | 1   | {LI}      |        |
        child      | admission | 3       | 2   | {LI}      | 王小宝 | 2021-03-03
        """
    )
    for row in ("later", "first", "nameless"):
        assert people[row] == ("first", "number_new_person")
    assert people["child"] == ("child", "number_of_another")


def test_rows_with_an_unknown_number_and_different_names_stay_apart():
    people = told(
        f"""
        record_key | record    | id_number | name
        one        | admission | {LI}      | 李秀英
        other      | vehicle   | {LI}      | 王大宝
        """
    )
    assert people == {
        "one": ("one", "number_new_names_differ"),
        "other": ("other", "number_new_names_differ"),
    }


def test_a_link_says_what_was_compared_and_how_sure_it_is():
    people = linked(
        identities(
            f"""
            record_key | record    | id_number | name   | sex    | birth_date
            r          | resident  | {CHEN}    | 陈大成 | male   | 1963-05-14
            row        | admission | {CHEN}    | 陈大成 | female | 1963-05-15
            """
        )
    )
    assert people["row"] == {
        "record_key": "row",
        "founder": "r",
        "decision": "decided",
        "how": "number_and_name_not_birth",
        "probability": 0.995,
        "evidence": "number=equal name=equal birth=differs sex=differs",
    }


def test_a_new_person_s_row_says_what_was_compared_with_its_number():
    people = linked(
        identities(
            f"""
            record_key | record    | id_number | name   | sex    | birth_date
            right      | admission | {CHEN}    | 陈大成 | male   | 1963-05-14
            wrong      | admission | {CHEN}    | 陈大成 | female | 1963-05-15
            """
        )
    )
    assert people["right"]["evidence"] == "number=equal name=unknown birth=equal sex=equal"
    assert people["wrong"]["evidence"] == "number=equal name=unknown birth=differs sex=differs"


def test_every_rule_has_a_sentence_and_doubt_is_worth_one_half():
    assert HOW_IN_CHINESE.keys() == RULES.keys()
    assert {rule.decision for rule in RULES.values()} == {"decided", "doubtful", "new"}
    for rule in RULES.values():
        assert rule.sentence.endswith("。")
        assert (rule.probability == 0.5) == (rule.decision == "doubtful")
