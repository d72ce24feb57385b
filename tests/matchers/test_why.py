"""The sentence that says why a record is whose it is."""

import re

import pytest

from matchers.address_levels import AddressLevel
from matchers.birth_levels import BirthLevel
from matchers.kin import KinLevel
from matchers.model import SHIPPED
from matchers.name_levels import NameLevel
from matchers.number_levels import NumberLevel
from matchers.phones import PhoneLevel
from matchers.text_levels import TextLevel
from matchers.why import COMMON, RARE, sentence

LEVELS = {
    "name": NameLevel,
    "birth": BirthLevel,
    "number": NumberLevel,
    "sex": (0, 1),
    "phone": PhoneLevel,
    "address": AddressLevel,
    "kin": KinLevel,
    "extra_1": TextLevel,
}


def told(probability=0.97, **levels):
    decision = {f"{name}_level": level for name, level in levels.items() if name in LEVELS}
    decision |= {f"{name}_weight": 1500 for name in levels if name in LEVELS}
    decision |= {name: value for name, value in levels.items() if name not in LEVELS}
    return sentence({**decision, "probability": probability})


def test_every_field_that_says_something_has_its_words_and_its_bits():
    said = sentence(
        {
            "name_level": NameLevel.SOUND, "name_weight": 6100, "name_rarity": RARE,
            "birth_level": BirthLevel.ONE_DIGIT, "birth_weight": -400,
            "phone_level": None, "phone_weight": 0,
            "probability": 0.97,
        }
    )  # fmt: skip
    assert "姓名同音(少见) +6.1" in said
    assert "生日差一位 -0.4" in said
    assert "电话" not in said
    assert said.endswith("合计 97%")


@pytest.mark.parametrize("name", LEVELS)
def test_every_level_of_every_field_has_words_of_its_own(name):
    assert name not in SHIPPED or {int(one) for one in LEVELS[name]} == {*map(int, SHIPPED[name])}
    said = {level: told(**{name: level}) for level in LEVELS[name]}
    silent = {level for level, text in said.items() if "+1.5" not in text}
    assert silent <= {KinLevel.NONE} if name == "kin" else not silent
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize(
    ("rarity", "word"), [(RARE, "少见"), (RARE - 1, ""), (COMMON + 1, ""), (COMMON, "常见")]
)
def test_a_name_is_called_rare_or_common_at_its_bounds(rarity, word):
    said = told(name=NameLevel.EQUAL, name_rarity=rarity)
    assert ("见)" in said) == bool(word)
    assert word in said


def test_a_name_that_does_not_agree_is_neither_rare_nor_common():
    assert "见" not in told(name=NameLevel.SAME_SURNAME, name_rarity=RARE)


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(1.0, "99.9%"), (0.99999, "99.9%"), (0.5, "50%"), (0.0, "0%"), (0.9876, "98.7%")],
)
def test_nothing_is_rounded_up_to_certainty(probability, shown):
    assert told(probability, sex=1).endswith(f"合计 {shown}")


def test_what_points_at_others_of_the_household_is_said_where_it_adds_something():
    assert "另有线索指向同户 +7.4" in told(name=NameLevel.EQUAL, home_weight=7400)
    assert "同户" not in told(name=NameLevel.EQUAL, home_weight=0)
    assert "同户" not in told(name=NameLevel.EQUAL, home_weight=None)


def test_a_sentence_holds_no_value_of_a_row():
    decision = {
        "rid": 4711, "founder": 4712, "candidate": 4713, "second_weight": 4714, "entity": 37088119,
        "name_key": "陈大成", "how": "evidence", "birth_level": BirthLevel.EQUAL,
        "birth_weight": 14_229, "probability": 0.99,
    }  # fmt: skip
    said = sentence(decision)
    assert "陈大成" not in said
    assert not re.search(r"471|370881", said)
