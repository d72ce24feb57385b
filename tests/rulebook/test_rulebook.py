"""The rulebook says what the declarations and the county's policy say."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from data_contracts.policy.shared import SHARED
from data_contracts.visit_results import VISIT_RESULTS, Outcome
from flows.home import Home
from flows.policy import Policy, load, parse
from flows.rulebook.book import render_rulebook
from flows.rulebook.command import rulebook
from flows.rulebook.issued import Issued
from flows.rulebook.signals import by_code, extracts, place
from flows.rulebook.visits import pause
from flows.rulebook.words import CRITERIA
from flows.site import init_home
from transforms.categories import KINDS
from transforms.programmes import PROGRAMMES
from transforms.signals import DORMANT, SIGNALS

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "docs" / "generated" / "rulebook.md"
POLICY = load(ROOT / "flows" / "synth" / "policy")
ON = date(2026, 11, 22)


def issued(policy=POLICY, on=ON):
    return Issued(name="示例县", county="990101", on=on, policy=policy)


@pytest.fixture(scope="module")
def general():
    """The page of no county."""
    return render_rulebook()


@pytest.fixture(scope="module")
def countys():
    """The page with the synthetic county's values."""
    return render_rulebook(issued())


def article(page, signal):
    return page.split(f"### {signal.code} {signal.title}\n")[1].split("\n### ")[0].split("\n## ")[0]


def test_the_committed_rulebook_is_current(general):
    assert COMMITTED.read_text(encoding="utf-8") == general, "the rules changed: run `make docs`"


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda one: one.name)
def test_every_live_signal_is_told_with_what_it_needs(signal, general):
    told = article(general, signal)
    for text in (signal.verify, str(signal.reference), f"`{signal.name}`"):
        assert text in told
    assert all(parameter.means in told for parameter in signal.parameters)
    assert all(extracts(record) in told for record in signal.reads)
    assert ("- **写给乡镇**:不下发乡镇\n" in told) == signal.is_sensitive


def test_the_signals_stand_in_the_order_of_their_codes(general):
    codes = re.findall(r"\n### (\w+) ", general.split("\n## 二、")[1].split("\n## 三、")[0])
    assert codes == [one.code for one in by_code()]
    assert sorted(["R1h", "M10", "M2", "D2b", "D2"], key=place) == ["D2", "D2b", "M2", "M10", "R1h"]


def test_what_sleeps_is_told_with_what_it_lacks(general):
    chapter = general.split("\n## 三、")[1].split("\n## 四、")[0]
    assert all(
        f"| {one.code} | {one.title} | {one.lacking} |" in chapter for one in DORMANT.values()
    )


def test_conclusions_programmes_and_kinds_are_told(general):
    assert all(f"| {one.code} | {one.words} |" in general for one in VISIT_RESULTS.values())
    assert all(f"| {one.title} | {one.ask} |" in general for one in PROGRAMMES)
    assert set(CRITERIA) == {kind.name for kind in KINDS}
    assert all(
        f"| {kind.title} | {CRITERIA[kind.name]} | {kind.verify} |" in general for kind in KINDS
    )


def test_every_shared_value_in_force_is_told_with_its_document_and_days(countys):
    chapter = countys.split("### 共用参数")[1].split("\n## 二、")[0]
    for name in SHARED:
        (row,) = [line for line in chapter.splitlines() if line.startswith(f"| `{name}` |")]
        stated = POLICY.value(name, ON)
        assert row.endswith(f"| {stated.document} | {stated.document_date} | {stated.since} |")
    assert f"政策指纹 `{POLICY.fingerprint}`" in countys


def test_the_value_told_is_the_one_in_force_on_the_day():
    entries = "".join(
        f"[[elder_age]]\nfrom = {since}\nvalue = {age}\n"
        f'document = "第{age}号"\ndocument_date = 2025-12-01\n'
        for since, age in (("2026-01-01", 60), ("2026-11-22", 65))
    )
    policy = parse({"county.toml": entries.encode()})
    before = render_rulebook(issued(policy, date(2026, 11, 21)))
    after = render_rulebook(issued(policy, date(2026, 11, 22)))
    assert "| 60 周岁 | 第60号 | 2025-12-01 | 2026-01-01 |" in before
    assert "| 65 周岁 | 第65号 | 2025-12-01 | 2026-11-22 |" in after


def test_a_value_nobody_has_stated_keeps_it_from_being_signed(countys):
    page = render_rulebook(issued(Policy({})))
    assert "**未写明**" in page
    assert "不能签发" in page.split("\n## ")[0]
    assert "不能签发" not in countys
    assert "**未写明**" not in countys


def test_a_page_of_no_county_has_no_value_and_a_countys_leaves_none_open(general, countys):
    assert "〔由县定〕" in general
    assert "〔由县定〕" not in countys
    assert "示例县" not in general


def test_no_blank_of_a_sentence_is_left(general, countys):
    assert not set("{}") & set(general + countys)


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(countys):
    for above, line in pairwise(countys.splitlines()):
        if above.startswith("|") and line.startswith("|"):
            assert above.replace("\\|", "").count("|") == line.replace("\\|", "").count("|")


@pytest.mark.parametrize(
    ("outcome", "by_county", "follows"),
    [
        (Outcome.HELPED, False, "`helped_pause_days`"),
        (Outcome.NOT_ELIGIBLE, False, "`cool_down_days`"),
        (Outcome.IN_PROCEDURE, False, "`procedure_days`"),
        (Outcome.AWAY, False, "`retry_days`"),
        (Outcome.NOT_FOUND, False, "转县级处理"),
        (Outcome.NOT_FOUND, True, "`retry_days`"),
        (Outcome.MOVED_WITHIN, False, "转新住地"),
    ],
)
def test_what_follows_a_conclusion_is_what_the_pauses_do(outcome, by_county, follows):
    assert follows in pause(outcome, by_county=by_county, issued=None)


def test_a_pause_is_told_with_the_days_in_force():
    days = POLICY.value("retry_days", ON).value
    assert pause(Outcome.AWAY, by_county=False, issued=issued()).startswith(f"暂不派单 {days} 天")


def test_the_command_writes_the_page_of_a_home(tmp_path):
    init_home(tmp_path / "home")
    said = rulebook(Home(tmp_path / "home"), ON, tmp_path / "book.md")
    assert said.endswith("book.md")
    assert "不能签发" in (tmp_path / "book.md").read_text(encoding="utf-8")


def test_without_a_place_to_write_it_is_shown(general):
    assert rulebook(None, ON, None) == general.rstrip("\n")
