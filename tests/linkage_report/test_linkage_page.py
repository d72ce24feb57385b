"""The page is made from linkage.json alone, loads nothing and hides small counts."""

import json
import re
from html.parser import HTMLParser

import pytest

from flows.linkage_report.words import percent
from flows.publish.linkage_page import render_linkage
from tests.linkage_report.linkage_tables import BEFORE, TRUTH, quality
from tests.linkage_report.test_linkage_quality import answers


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


@pytest.fixture(scope="module")
def full():
    return quality(
        truth=TRUTH, before=BEFORE, review=answers((0.5, 20, 4)), waiting={"questions": 12}
    )


def read(told):
    page = Text()
    page.feed(render_linkage(told, "曲阜市"))
    assert page.links == []
    return re.sub(r"\s+", " ", " ".join(page.words))


def test_the_page_follows_the_order_of_the_guidance(full):
    said = read(full)
    titles = ["一、人群", "二、标识", "三、方法", "四、归入", "五、各类", "六、错误", "七、人口"]
    places = [said.index(title) for title in titles]
    assert places == sorted(places)
    assert "模型 7 号" in said
    assert "真值" in said
    assert "人工结论与模型概率" in said


def test_small_counts_by_group_are_not_printed(full):
    said = read(full)
    age = said[said.index("60至74岁") :]
    assert age.split()[1] == "*"


def test_the_page_comes_from_the_json_alone(full):
    again = json.loads(json.dumps(full))
    assert render_linkage(again, "曲阜市") == render_linkage(full, "曲阜市")


def test_a_night_without_anything_to_compare_says_so():
    said = read(quality())
    assert "没有可比的上一夜" in said
    assert "真值" not in said


def test_names_from_outside_cannot_become_markup(full):
    hostile = json.loads(json.dumps(full).replace("hospital", "<script>"))
    hostile["identifiers"][0]["title"] = "<script>\u202e"
    page = render_linkage(hostile, "<script>")
    assert "<script>" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "–"),
        (0.0, "0.00%"),
        (1.0, "100.00%"),
        (0.999999, ">99.99%"),
        (0.000001, "<0.01%"),
        (0.12345, "12.35%"),
    ],
)
def test_what_is_not_quite_all_never_reads_as_all(share, words):
    assert percent(share) == words
