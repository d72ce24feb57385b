"""The page is made from yield.json alone, loads nothing and prints no small count."""

import json
import re
from html.parser import HTMLParser

import pytest

from flows.publish.yield_page import render_yield
from tests.yields.yield_tables import told

COUNTY = """
  times | signal        | town      | sex    | age | has | issued | result
  60    | rent_arrears  | 370881101 | male   | 80  | yes | 20     | helped
  40    | rent_arrears  | 370881001 | female | 40  | yes | 20     | too_rich
  33    | rent_arrears  | 370881001 | male   | 40  | no  | 20     | known
  3     | rent_arrears  | 370881101 | female | 65  | no  | 20     | procedure
  9     | random_sample | 370881101 | male   | 40  | yes | 20     | too_rich
  900   |               | 370881101 | male   | 40  | yes |        |
  900   |               | 370881001 | female | 70  | no  |        |
"""


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
def county():
    return told(COUNTY, unflagged=1800)


def read(found, site="曲阜市"):
    page = Text()
    page.feed(render_yield(found, site))
    assert page.links == []
    return re.sub(r"\s+", " ", " ".join(page.words))


def test_the_page_says_what_is_missed_and_how_to_read_a_yield(county):
    said = read(county)
    assert "估计遗漏 0 户（95% 区间 0 到 600）" in said
    assert "不是全部预警户的" in said
    assert "≤7" in said


def test_the_page_and_the_json_hold_no_small_count(county):
    rows = [county["total"], *county["by_signal"], *county["by_township"], *county["by_month"]]
    rows += [row for members in county["groups"].values() for row in members]
    for row in rows:
        for count in row["counts"].values():
            assert count in {"≤7", "*"} or count == 0 or count > 7
    assert any("≤7" in row["counts"].values() for row in rows)


def test_alerts_stand_on_the_page(county):
    assert county["alerts_zh"]
    said = read(county)
    assert "倍" in said
    assert "没有一组" not in said


def test_the_same_inputs_give_the_same_bytes_from_the_json_alone(county):
    again = told(COUNTY, unflagged=1800)
    assert json.dumps(again) == json.dumps(county)
    assert render_yield(json.loads(json.dumps(county)), "县") == render_yield(again, "县")


def test_a_first_night_has_a_page():
    said = read(told("times | signal\n 20 |"))
    assert "还没有随机走访的结果" in said
    assert "还没有。" in said
    assert "没有一组与其余各组的差别超出界限" in said


def test_names_from_outside_cannot_become_markup(county):
    hostile = json.loads(json.dumps(county).replace("鲁城街道", "<script>"))
    page = render_yield(hostile, "<script>")
    assert "<script>" not in page
