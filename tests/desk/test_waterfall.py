"""The steps from the start to the system's certainty, as a picture and as rows."""

import pytest

from flows.desk.waterfall import WIDTH, waterfall

WHY = "所填证号是他人的;姓名同音(少见) +6.1;生日差一位 -0.4;合计 60%"


def test_steps_lead_from_the_start_to_the_probability():
    fall = waterfall(WHY, 0.6)
    assert [(step.words, step.bits) for step in fall.steps] == [
        ("", -5.1),
        ("姓名同音(少见)", 6.1),
        ("生日差一位", -0.4),
    ]
    assert [step.after for step in fall.steps] == [-5.1, 1.0, 0.6]
    assert fall.remarks == ("所填证号是他人的",)


def test_each_bar_begins_where_the_one_before_ended():
    fall = waterfall(WHY, 0.6)
    start, name, birth = fall.steps
    assert name.x == start.x
    assert start.x + start.width == pytest.approx(fall.zero, abs=0.2)
    assert name.x + name.width == pytest.approx(birth.x + birth.width, abs=0.2)
    assert all(step.x >= 0 and step.x + step.width <= WIDTH for step in fall.steps)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certainty_stays_on_the_paper(probability):
    fall = waterfall("姓名相同 +9.0;合计 99.9%", probability)
    assert all(0 <= step.x <= WIDTH for step in fall.steps)


@pytest.mark.parametrize(
    ("why", "probability"), [("走访反馈:不是本人", 0.9), ("", 0.5), (None, None), (WHY, None)]
)
def test_where_nothing_was_weighed_there_is_no_picture(why, probability):
    assert waterfall(why, probability) is None
