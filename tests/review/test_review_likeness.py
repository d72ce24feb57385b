"""In which words two records are alike; what is not written on one side says nothing."""

from datetime import date

import pytest

from flows.review.likeness import exact, in_words, likenesses

NOTHING = dict.fromkeys(
    ("name_key", "former_name_key", "id_text", "id_clean", "birth_date", "id_birth_date", "sex",
     "id_sex", "phone_key", "address", "registered_address")
)  # fmt: skip
VALID = "370881196803078810"


def words(one, other):
    (levels,) = likenesses([(exact(NOTHING | one), exact(NOTHING | other))])
    return in_words(levels)


@pytest.mark.parametrize(("one", "other", "said"), [
    ({"name_key": "陈西成"}, {"name_key": "陈西成"}, {"name": "姓名相同"}),
    ({"name_key": "陈西成"}, {"name_key": "陈希成"}, {"name": "姓名同音"}),
    ({"name_key": "王未"}, {"name_key": "王末"}, {"name": "姓名有一字形近"}),
    ({"name_key": "陈西成"}, {"name_key": "李兰"}, {"name": "姓名不同"}),
    ({"name_key": "陈西成", "former_name_key": "陈大"}, {"name_key": "陈大"}, {"name": "姓名相同"}),
    ({"birth_date": date(1968, 3, 7)}, {"birth_date": date(1968, 3, 17)}, {"birth_date": "生日差一位"}),
    ({"birth_date": date(1968, 3, 7)}, {"id_birth_date": date(1968, 7, 3)}, {"birth_date": "生日月日颠倒"}),
    ({"phone_key": "13812345678"}, {"phone_key": "13812345679"}, {"phone": "电话差一位"}),
    ({"sex": "male"}, {"id_sex": "female"}, {"sex": "性别不同"}),
    ({"id_text": VALID[:-1]}, {"id_text": VALID, "id_clean": VALID}, {"number": "证号差一处"}),
    ({"id_text": VALID, "id_clean": VALID}, {"id_text": VALID[:-1]}, {"number": "证号差一处"}),
    ({"address": "姚村镇陈家寨村"}, {"registered_address": "姚村镇陈家寨村"}, {"address": "地址相同"}),
    ({"name_key": "陈西成"}, {"sex": "male"}, {}),
])  # fmt: skip
def test_the_words_are_the_matchers_own(one, other, said):
    assert words(one, other) == said


def test_no_pairs_say_nothing():
    assert likenesses([]) == []
