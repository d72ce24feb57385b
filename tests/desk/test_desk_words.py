"""Every text of the desk has its English, and the English has no text of its own."""

from pathlib import Path

from babel.messages.extract import extract_from_dir

import flows.desk
from flows.access.roles import Role
from flows.desk.words import english, translator
from flows.publish.work_orders import SEVERITY_WORDS

ROOM = Path(flows.desk.__file__).parent


def texts():
    found = extract_from_dir(
        str(ROOM),
        method_map=[("**.py", "python"), ("**.j2", "jinja2")],
        options_map={"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true"}},
        keywords={"_": None, "N_": None},
    )
    return {str(message) for _, _, message, _, _ in found}


def test_every_text_has_its_english():
    wanted = texts() | set(SEVERITY_WORDS.values()) | {role.value for role in Role}
    assert sorted(wanted - set(english())) == []


def test_no_page_shows_chinese_of_ours_outside_the_catalogue():
    import re

    for path in (ROOM / "templates").glob("*.j2"):
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", path.read_text("utf-8"))
        assert not re.search("[一-鿿]", text), path.name


def test_chinese_is_typeset_and_an_unknown_text_stays():
    assert translator("zh")("暂缓,待放行") == "暂缓，待放行"
    assert translator("en")("没有人译过的话") == "没有人译过的话"
    assert translator("en")("今晨") == "This morning"
