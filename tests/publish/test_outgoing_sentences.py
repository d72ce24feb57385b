from datetime import date
from decimal import Decimal

import pytest

from data_contracts.visit_results import VISIT_RESULTS
from flows.publish.guide_sheet import TALK
from flows.publish.outgoing import check_outgoing
from flows.publish.wording import Figures, county_sentence, township_sentence
from flows.sample import SAMPLE_REASON, SAMPLE_VERIFY
from transforms.programmes import PROGRAMMES
from transforms.signals import SIGNALS

KNOWN = Figures(amount=Decimal("26412.50"), month=date(2026, 11, 3), count=4, age=76)
SPOKEN = {name: signal for name, signal in SIGNALS.items() if signal.township_sentence}


@pytest.mark.parametrize("signal", SPOKEN.values(), ids=SPOKEN)
@pytest.mark.parametrize("figures", [KNOWN, Figures()], ids=["known", "unknown"])
def test_what_a_signal_says_to_the_township_may_leave_the_county(signal, figures):
    sentence = township_sentence(signal.township_sentence, figures)
    assert "{" not in sentence + county_sentence(signal.county_sentence, figures)
    assert check_outgoing(sentence) == []


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=SIGNALS)
def test_what_a_signal_asks_to_verify_may_leave_the_county(signal):
    assert check_outgoing(signal.verify) == []


@pytest.mark.parametrize("one", PROGRAMMES, ids=lambda one: one.name)
def test_what_we_say_of_a_programme_may_leave_the_county(one):
    assert check_outgoing(f"{one.title}({one.ask})") == []


@pytest.mark.parametrize("one", VISIT_RESULTS.values(), ids=VISIT_RESULTS)
def test_what_a_visit_concluded_may_leave_the_county(one):
    assert check_outgoing(f"2026-11-10 走访:{one.words},2000元") == []


@pytest.mark.parametrize("text", [SAMPLE_REASON, SAMPLE_VERIFY, *TALK])
def test_what_we_say_at_any_door_may_leave_the_county(text):
    assert check_outgoing(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("因慢性肾衰竭住院", "含诊断或病名"),
        ("肺 癌 术后", "含诊断或病名"),
        ("肺\u200b癌\u200b术后", "含诊断或病名"),
        ("主要诊断N18.5", "含诊断或病名"),
        ("编码 n18.5", "含诊断或病名"),
        ("民警上门", "含警情或案件用语"),
        ("曾因家\n暴求助", "含警情或案件用语"),
        ("风险等级高", "含评分或贬损用语"),
        ("预计 87 分", "含评分或贬损用语"),
        ("证件370881196801010213", "含完整证件号码"),
        ("证件 3708 8119 6801 0102 1x", "含完整证件号码"),
        ("证件370881680101021", "含完整证件号码"),
        ("证件\uff13\uff17\uff10\uff18\uff18\uff11196801010213", "含完整证件号码"),
        ("护照E12345678", "含完整证件号码"),
        ("电话13812345678", "含电话号码"),
        ("电话 138-1234-5678", "含电话号码"),
        ("电话+8613812345678", "含电话号码"),
        ("电话0537-4412345", "含电话号码"),
        ("卡号6222021234567890123", "含长号码"),
    ],
)
def test_words_and_numbers_that_could_hurt_stay_at_the_county(text, why):
    found = check_outgoing(text)
    assert why in found
    assert not any(one in text for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "家中有人2026年11月住院一次(约2.6万元)",
        "2026-11-22 起没有续缴",
        "2026-11-22 2026-11-25 2026-12-01",
        "D级住房,3个月",
        "共120000元,再给0.5万元",
        "等了30分钟,在二分之一处",
        "看病,名下的地",
    ],
)
def test_neutral_words_may_leave(text):
    assert check_outgoing(text) == []
