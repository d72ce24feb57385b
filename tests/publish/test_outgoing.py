from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.leaks import leaks_in
from flows.publish.outgoing import CHECKS, withheld, without_leaks
from flows.publish.work_order_csv import work_order_csv
from flows.publish.work_order_xlsx import work_order_xlsx
from flows.publish.work_orders import OrderLine
from tests.publish.leak_corpus import HARMLESS, LEAKS, NAMES, PLACES, SENTENCES
from tests.publish.order_lines import CHEN, order, township

WRITERS = {"list.csv": work_order_csv, "list.xlsx": work_order_xlsx}
HARMLESS_ONCE_WRITTEN = {
    "list.csv": {"含控制字符"},
    "list.xlsx": {"含控制字符", "含公式", "证件号码未遮盖", "不是区划代码"},
}
"""Both writers clean cells of what cannot be seen; the workbook has text cells only, prints no more
than the last four characters of a number, and no village code."""

NOT_TEXT = {
    *("order_no", "severity", "township_code", "sex", "age", "household_size"),
    *("due_on", "due_provisional", "first_found"),
}


def line_with(sequence, field, text):
    is_many = isinstance(getattr(CHEN, field), tuple)
    return order(sequence, **{field: (text,) if is_many else text})


def lines_with(corpus):
    return [line_with(at, field, text) for at, (field, text) in enumerate(corpus, 1)]


def where(leaks):
    """How many of each field; the texts themselves are not shown."""
    return Counter(field for field, _ in leaks)


def test_every_text_of_a_line_is_judged():
    assert set(CHECKS) | NOT_TEXT == {field.name for field in fields(OrderLine)}


def test_no_leak_passes():
    assert len({text for _, text in LEAKS}) >= 60
    passed = [leak for leak in LEAKS if not withheld(line_with(1, *leak))]
    assert where(passed) == {}, [LEAKS.index(leak) for leak in passed]


def test_nothing_harmless_is_withheld():
    assert len({text for _, text in HARMLESS}) >= 30
    stopped = [one for one in HARMLESS if withheld(line_with(1, *one))]
    assert where(stopped) == {}, [HARMLESS.index(one) for one in stopped]


def test_why_a_line_is_withheld_repeats_nothing_of_it():
    for field, text in LEAKS:
        assert not any(text in why or why in text for why in withheld(line_with(1, field, text)))


@pytest.mark.parametrize("name", WRITERS)
def test_what_passes_is_clean_as_written_and_looking_finds_what_did_not(name):
    write = WRITERS[name]
    harmless = lines_with(HARMLESS)
    assert leaks_in(write(township(*harmless)), name) == []
    lasting = [
        leak for leak in LEAKS if set(withheld(line_with(1, *leak))) - HARMLESS_ONCE_WRITTEN[name]
    ]
    lines = lines_with(lasting)
    found = {number for number, _, _ in leaks_in(write(township(*lines)), name)}
    unseen = [leak for leak, line in zip(lasting, lines, strict=True) if line.order_no not in found]
    assert where(unseen) == {}, [LEAKS.index(leak) for leak in unseen]


@pytest.mark.parametrize("name", WRITERS)
def test_the_countys_own_list_is_clean_as_well(name):
    lines = [without_leaks(line) for line in lines_with(LEAKS)]
    assert leaks_in(WRITERS[name](township(*lines)), name) == []


def test_only_what_failed_is_held_back():
    line = order(1, address="370881196801010213", village_code="370881105201")
    assert without_leaks(line) == order(
        1, address="(请在县级控制台查看)", village_code="370881105201"
    )
    assert without_leaks(CHEN) == CHEN


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("reasons", "肺癌", "含诊断或病名"),
        ("reasons", "民警", "含警情或案件用语"),
        ("reasons", "风险等级", "含评分或贬损用语"),
        ("reasons", "13812345678", "含电话号码"),
        ("person_name", "陈西成(肺癌)", "含诊断或病名"),
        ("person_name", "=1+1", "含公式"),
        ("person_name", "陈" * 31, "不像姓名"),
        ("address", "13812345678、13987654321", "含多个电话号码"),
        ("address", "370881196801010213", "含完整证件号码"),
        ("address", "6222021234567890123", "含长号码"),
        ("village_name", "<script>", "含网址或代码"),
        ("person_name", "陈\u202e西成", "含控制字符"),
        ("number_last4", "1021X", "证件号码未遮盖"),
        ("village_code", "陈家寨村", "不是区划代码"),
    ],
)
def test_the_county_is_told_why(field, text, why):
    assert why in withheld(line_with(1, field, text))


@pytest.mark.parametrize(
    ("name", "is_withheld"),
    [
        ("公安", False),
        ("张公安", False),
        ("张三公安", True),
        ("公安(张)", True),
        ("张癌", False),
        ("张三癌", True),
    ],
)
def test_a_banned_word_is_a_name_until_a_whole_name_stands_beside_it(name, is_withheld):
    assert bool(withheld(order(1, person_name=name))) is is_withheld


@pytest.mark.parametrize(
    ("address", "is_withheld"),
    [
        ("陈家寨村派出所旁", False),
        ("陈家寨村(派出所旁)", False),
        ("陈家寨村(派出所)", True),
        ("陈家寨村(肺癌)", True),
    ],
)
def test_a_remark_behind_an_address_must_name_a_place(address, is_withheld):
    assert bool(withheld(order(1, address=address))) is is_withheld


@given(st.text(max_size=60), st.sampled_from([*NAMES, *PLACES, *SENTENCES, "phone"]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_either_clean_or_held_back(text, field):
    assert withheld(without_leaks(line_with(1, field, text))) == []


@given(
    st.sampled_from(["370881196801010213", "37088119680101021X", "110105194912310021"]),
    st.lists(
        st.sampled_from(["", " ", "-", "\u200b", ".", "\u3000", "/"]), min_size=17, max_size=17
    ),
    st.sampled_from([*NAMES, *PLACES, *SENTENCES, "phone"]),
)
@settings(max_examples=60, deadline=None)
def test_an_identity_number_never_passes_whatever_stands_between_its_digits(number, gaps, field):
    text = "".join(digit + gap for digit, gap in zip(number, [*gaps, ""], strict=True))
    assert withheld(line_with(1, field, text))
