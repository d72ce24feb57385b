"""Every exit code is documented, and the documents are current."""

import re
from pathlib import Path

import pytest

from flows.errors import Exit
from flows.exit_codes import MEANINGS, render_exit_codes

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "generated" / "exit_codes.md"


def test_every_code_has_a_meaning():
    assert set(MEANINGS) == set(Exit)


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == render_exit_codes(), "run make docs"


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/guides/engineer.md"])
def test_every_page_that_lists_codes_lists_them_all(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    table = re.search(r"\| (?:exit code|退出码) .*?\n\n", text, re.DOTALL)
    listed = {
        int(number)
        for cell in re.findall(r"^\| ([\d, ]+) \|", table.group(), re.MULTILINE)
        for number in cell.split(",")
    }
    assert listed == {int(code) for code in Exit}
