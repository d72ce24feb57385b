"""Every text of the desk has its English, and the English has no text of its own."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import flows.desk
from data_contracts.sources import SOURCES
from flows.access.roles import DUTIES, Role
from flows.case_frames import STATE_WORDS
from flows.desk.words import english, in_english, translator
from flows.linkage_report.words import GROUP_TITLES, GROUPING_TITLES
from flows.publish.linkage_page import CHANGE_WORDS, IDENTIFIER_WORDS, OUTCOME_WORDS
from flows.publish.work_orders import SEVERITY_WORDS
from flows.publish.yield_page import FUNNELS
from flows.review.sheet_columns import SIDE_COLUMNS
from flows.statistics.monthly import STAGES
from flows.yields.disparity import MEASURES
from flows.yields.groups import GROUPINGS, TITLES
from matchers.rules import HOW_IN_CHINESE
from tests.desk.chinese_texts import CHINESE, in_code
from transforms.categories import KINDS
from transforms.programmes import PROGRAMMES
from transforms.signals import SIGNALS

ROOM = Path(flows.desk.__file__).parent
NOTEBOOKS = ROOM.parents[1] / "notebooks"
SPEAK_TO_OTHERS = {"agenda_docx.py", "exporting.py", "people.py", "serving.py"}
"""What they say goes into files for the house, or to the operator at a terminal."""

WRITTEN_NOT_SHOWN = {
    "是", "否", "号码", "中文", " {}元", "、有搜索", "在工作台上撤回", "工作台补记新住址", "{}.说明.txt",
    "工作台登记_{}.csv", "一事一议_{}_{}件.docx", "走访汇总_{}.{}", "名单_{}_{}户_{}",
}  # fmt: skip
"""Names of files, values of returned sheets and notes of the ledger; the language's own name."""

WORDS_OF_OTHER_ROOMS = (
    SEVERITY_WORDS, DUTIES, STATE_WORDS, HOW_IN_CHINESE, FUNNELS, GROUPINGS, *TITLES.values(), MEASURES,
    GROUPING_TITLES, *GROUP_TITLES.values(), OUTCOME_WORDS, CHANGE_WORDS, IDENTIFIER_WORDS, STAGES,
)  # fmt: skip
DECLARED = (SIGNALS.values(), SOURCES.values(), PROGRAMMES, KINDS, SIDE_COLUMNS)


def texts():
    found = extract_from_dir(
        str(ROOM),
        method_map=[("**.py", "python"), ("**.j2", "jinja2")],
        options_map={"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true"}},
        keywords={"_": None, "N_": None},
    )
    return {str(message) for _, _, message, _, _ in found}


def trees():
    return [
        ast.parse(path.read_text("utf-8"))
        for path in [*ROOM.rglob("*.py"), *NOTEBOOKS.glob("*.py")]
        if path.name not in SPEAK_TO_OTHERS
    ]


def test_every_text_has_its_english():
    wanted = texts() | {role.value for role in Role}
    assert sorted(wanted - set(english())) == []


def test_every_chinese_text_in_the_code_of_the_desk_has_its_english():
    wanted = set().union(*map(in_code, trees()))
    assert sorted(wanted - set(english()) - WRITTEN_NOT_SHOWN) == []


def test_every_refusal_of_what_the_desk_calls_has_its_english():
    called = {
        node.module
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("flows.")
    }
    refusals = [
        node.exc
        for module in called
        for node in ast.walk(ast.parse(Path(importlib.import_module(module).__file__).read_text()))
        if isinstance(node, ast.Raise) and node.exc
    ]
    assert sorted(set().union(*map(in_code, refusals)) - set(english())) == []


def test_the_words_of_other_rooms_that_pages_show_have_their_english():
    wanted = {word for words in WORDS_OF_OTHER_ROOMS for word in words.values()}
    wanted |= {one.title for declared in DECLARED for one in declared}
    wanted |= {one.supplier for one in SOURCES.values()}
    wanted |= {one.ask for one in PROGRAMMES} | {one.verify for one in KINDS}
    assert sorted(word for word in wanted if CHINESE.search(in_english(word))) == []


def test_the_english_names_every_value_that_the_chinese_names():
    values = re.compile(r"\{[0-9]?\}")
    for text, said in english().items():
        assert len(values.findall(text)) == len(values.findall(said)), text
        assert not CHINESE.search(said), text


def test_no_page_shows_chinese_of_ours_outside_the_catalogue():
    for path in (ROOM / "templates").glob("*.j2"):
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", path.read_text("utf-8"))
        assert not CHINESE.search(text), path.name


def test_chinese_is_typeset_and_an_unknown_text_stays():
    assert translator("zh")("暂缓,待放行") == "暂缓，待放行"
    assert translator("en")("没有人译过的话") == "没有人译过的话"
    assert translator("en")("今晨") == "This morning"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "一次最多处理 2000 户,请先筛选。",
            "At most 2000 households at once; narrow the list first.",
        ),
        ("已列入 2026-12-01 的议题 3 件。", "3 cases were put on the agenda of 2026-12-01."),
        ("公安局、教育局", "Police, Education bureau"),
        (
            "理由含电话号码、含长号码,台账不保存。请改写。",
            "The reason has a phone number in it, has a long number in it, "
            "which the ledger does not keep. Please write it differently.",
        ),
        ("王小明、李四", "王小明, 李四"),
        (
            "差异:年龄“0至17岁”存疑为他处的 2.0 倍、性别“男”存疑而他处没有(超出偶然,见 linkage.html)",
            "Differences: Age “0 to 17 years” Doubtful: 2.0 times as often as elsewhere, "
            "Sex “male” Doubtful: nowhere else (beyond chance, see linkage.html)",
        ),
    ],
)
def test_values_stand_in_the_english_sentence_and_words_among_them_are_translated(text, said):
    assert in_english(text) == said


def test_of_two_sentences_that_fit_the_longer_one_is_meant():
    assert in_english("3 人有预警但身份存疑,未派单,待人工核对").startswith("3 people have findings")
    assert in_english("3 人") == "3 people"
