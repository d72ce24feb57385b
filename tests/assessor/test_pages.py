"""The assessor's pages say what the code says, and claim nothing that is not there."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from data_contracts.sources import SOURCES
from data_contracts.terms import Privacy
from flows.access.commands import COMMANDS
from flows.assessor.control import Control, Whose
from flows.assessor.dengbao import AREAS, render_dengbao
from flows.assessor.pages import PAGES
from flows.assessor.pia import render_pia
from flows.assessor.transparency import render_transparency
from flows.models.frozen import shipped
from transforms.signals import SIGNALS

ROOT = Path(__file__).parents[2]
CONTROLS = [(area, control) for area in AREAS for control in area.controls]
EVERY_CONTROL = pytest.mark.parametrize(
    "control",
    [control for _, control in CONTROLS],
    ids=[f"{area.clause} {control.name}" for area, control in CONTROLS],
)


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_current(name):
    committed = (ROOT / "docs" / "generated" / name).read_text(encoding="utf-8")
    assert committed == PAGES[name](), "what it tells changed: run `make docs`"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_blank_left_and_no_broken_table_or_link(name):
    page = PAGES[name]()
    assert not set("{}") & set(page)
    for above, line in pairwise(page.splitlines()):
        if above.startswith("|") and line.startswith("|"):
            assert above.replace("\\|", "").count("|") == line.replace("\\|", "").count("|")
    for target in re.findall(r"\]\(([^)#]+)\)", page):
        assert (ROOT / "docs" / "generated" / target).is_file(), target


def test_the_standard_has_71_controls_at_level_three():
    assert [len(area.controls) for area in AREAS] == [10, 3, 6, 11, 4, 4, 5, 4, 10, 14]
    assert [area.clause for area in AREAS] == [f"8.1.{place}" for place in range(1, 11)]


@EVERY_CONTROL
def test_what_we_claim_can_be_looked_at(control):
    assert all((ROOT / file).is_file() for file in control.shown)
    if control.stands in {Whose.OURS, Whose.SHARED}:
        assert control.shown or control.commands


def test_without_its_command_a_control_is_not_covered():
    assert "no such command" not in COMMANDS
    control = Control(name="n", whose=Whose.OURS, how="h", commands=("doctor", "no such command"))
    assert control.missing == ["no such command"]
    assert control.stands is Whose.NOT_COVERED


def test_the_national_algorithms_are_said_not_to_be_covered():
    chapter = render_dengbao().split("## 密码应用")[1]
    assert "**未覆盖。**" in chapter
    assert all(name in chapter for name in ("SM2", "SM3", "SM4", "39786"))


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda one: one.name)
def test_the_assessment_lists_every_source_and_every_sensitive_column(source):
    page = render_pia()
    assert f"| {source.title}" in page
    for column in source.columns.values():
        if column.privacy is Privacy.SENSITIVE:
            assert column.means in page.split("敏感个人信息(逐列)")[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_record_tells_rules_and_model_as_they_are(language):
    page = render_transparency(language)
    assert str(len(SIGNALS)) in page
    assert f"`{shipped().sha256[:16]}`" in page


def test_both_languages_have_the_same_chapters_and_the_same_facts():
    zh, en = render_transparency("zh"), render_transparency("en")
    assert zh.count("\n## ") == en.count("\n## ")
    facts = r"`doorstep \w+`|`[0-9a-f]{16}`|\b\d+%"
    assert sorted(re.findall(facts, zh)) == sorted(re.findall(facts, en))
