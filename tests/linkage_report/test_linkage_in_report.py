"""The ten lines in the morning report."""

from flows.publish.report import render_report
from tests.linkage_report.linkage_tables import BEFORE, TRUTH, quality
from tests.publish.report_values import report


def test_the_report_shows_the_ten_lines_in_place_of_the_one():
    lines = quality(truth=TRUTH, before=BEFORE)["lines_zh"]
    page = render_report(report(linkage=lines))
    assert page.count('<td class="w"><b>') == 10
    assert "<b>比上一夜</b>" in page
    assert "身份比对：" not in page


def test_a_report_without_them_keeps_its_line():
    assert "身份比对：" in render_report(report())


def test_every_line_has_a_title_and_figures():
    for line in quality()["lines_zh"]:
        title, colon, said = line.partition(":")
        assert 2 <= len(title) <= 6
        assert colon
        assert said
