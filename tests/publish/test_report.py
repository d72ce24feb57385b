import re
from html.parser import HTMLParser

import pytest

from flows.publish.report import render_report
from tests.publish.report_values import delivery, report, source


class Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.links, self.hidden = [], [], False

    def handle_starttag(self, tag, attrs):
        self.hidden = tag == "style"
        self.links += [value for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


def read(told):
    page = Text()
    page.feed(render_report(told))
    return re.sub(r"\s+", " ", " ".join(page.words))


@pytest.mark.parametrize(
    ("state", "colour", "word"),
    [
        ("done", "green", "完成"),
        ("degraded", "amber", "降级"),
        ("failed", "red", "失败"),
        ("nothing_new", "grey", "无新内容"),
    ],
)
def test_the_light_says_how_the_night_ended(state, colour, word):
    page = render_report(report(state=state))
    assert f'class="light {colour}"' in page
    assert f"<b>{word}</b>" in page


def test_the_page_loads_nothing_from_anywhere():
    page = Text()
    page.feed(render_report(report()))
    assert page.links == []
    assert "http" not in re.sub(r'http-equiv="[^"]*"', "", render_report(report()))
    assert "default-src 'none'" in render_report(report())


def test_rows_are_shown_to_add_up_and_those_of_a_held_delivery_stand_apart():
    said = read(
        report(sources=[source("甲", delivery()), source("乙", delivery("held", rows=2000))])
    )
    assert "1,000 = 985 + 10 + 5" in said
    assert "另有 2,000 行随整份文件未装载" in said
    assert "整份未装载" in said
    assert "不平" not in said


def test_rows_that_do_not_add_up_are_pointed_at():
    said = read(report(sources=[source("甲", delivery(loaded=984))]))
    assert said.count("行数不平") == 2


def test_late_missing_and_silent_sources_are_named():
    told = report(
        sources=[source("甲", latest="2026-11-01", late_days=9), source("乙", latest=None)]
    )
    said = read(told)
    assert "迟 9 天" in said
    assert "从未收到" in said
    assert said.count("今日没有新文件") == 2


def test_what_needs_a_person_comes_before_the_figures():
    said = read(report())
    assert said.index("需要人处理") < said.index("收到的数据")
    assert "需要人处理\uff08" not in read(report(needs_a_person=[]))


def test_reasons_columns_and_warnings_of_a_delivery_are_told_the_worst_first():
    told = delivery(
        reasons={"少": 1, "多": 9},
        undeclared=["民族"],
        failed=[{"name": "x", "reason": "整份不合"}],
    )
    said = read(report(sources=[source("甲", told)]))
    assert said.index("整份不合") < said.index("多 9 行") < said.index("少 1 行")
    assert "另有 1 条" in said


def test_findings_and_orders_are_counted_by_township_and_those_without_one_too():
    said = read(report())
    assert "姚村镇" in said
    assert "乡镇不明" in said
    assert "工作单\uff08户\uff09 34" in said


def test_a_township_without_a_name_is_shown_by_its_code():
    told = report(orders=[])
    del told["townships"]
    assert "370881101" in read(told)


def test_names_from_outside_cannot_become_markup():
    hostile = '<script>alert("x")</script>\u202e'
    page = render_report(
        report(
            sources=[source("甲", delivery(file_name=hostile, undeclared=[hostile]))],
            needs_a_person=[hostile],
        )
    )
    assert "<script>" not in page
    assert "\u202e" not in page


def test_the_same_report_gives_the_same_page():
    assert render_report(report()) == render_report(report())


def test_a_first_night_says_that_it_only_loads():
    assert "首夜装载" in read(report(baseline=True))
