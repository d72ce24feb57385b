"""A row of the table of trust says yes only where something was proved, and is kept only on its code."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from benchmarks.trust import identity
from benchmarks.trust import tested as rows
from benchmarks.trust.__main__ import page_with
from benchmarks.trust.cases import CASES
from benchmarks.trust.prefect_kills import _is_of
from flows import files
from flows.home import Home
from flows.leftovers import MARK

PASSES = "def test_passes():\n    assert True\n"
SKIPS = "import pytest\n\n\ndef test_skips():\n    pytest.skip('no browser')\n"
FAILS = "def test_fails():\n    assert False\n"


@pytest.mark.parametrize(
    ("written", "passed", "seen"),
    [
        (PASSES, True, "1 tests passed, 0 failed, 0 not run"),
        (PASSES + SKIPS, False, "1 tests passed, 0 failed, 1 not run"),
        (PASSES + FAILS, False, "1 tests passed, 1 failed, 0 not run"),
        ("", False, "0 tests passed, 0 failed, 0 not run"),
    ],
    ids=["passed", "skipped", "failed", "none"],
)
def test_what_was_not_run_has_proved_nothing(written, passed, seen, tmp_path):
    path = files.write(tmp_path / "test_it.py", written)
    row = rows.tested("it", "all", str(path))()
    assert (row.passed, row.seen) == (passed, seen)


@pytest.mark.parametrize(
    ("place", "case", "is_other"),
    [
        ("benchmarks/trust/survive.py", "kills", True),
        ("flows/desk/templates/morning.html.j2", "kills", True),
        ("tests/audit/test_trail.py", "audit-trail", True),
        ("tests/audit/test_trail.py", "kills", False),
        ("tests/night/county.py", "audit-trail", True),
    ],
)
def test_a_row_is_kept_only_while_what_it_ran_is_the_same(
    place, case, is_other, tmp_path, monkeypatch
):
    for name in ("kills.py", "a.j2"):
        files.write(tmp_path / "benchmarks" / "trust" / name, "")
    files.write(tmp_path / place, "before")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(identity, "code_version", lambda: "0")
    named = []
    for text in ("before", "after"):
        files.write(tmp_path / place, text)
        identity._code.cache_clear()
        named.append(identity.code_of(CASES[case]))
    assert (named[0] != named[1]) is is_other


@pytest.mark.parametrize(
    ("page", "written"),
    [
        (None, "| new |\n"),
        ("no place for it", "| new |\n"),
        (
            "# Trust\n<!-- table -->\n| old |\n<!-- end of table -->\nbelow\n",
            "# Trust\n<!-- table -->\n| new |\n<!-- end of table -->\nbelow\n",
        ),
    ],
)
def test_the_table_goes_to_the_place_that_a_page_marks_for_it(page, written, tmp_path):
    path = tmp_path / "trust.md"
    if page is not None:
        files.write(path, page)
    assert page_with("| new |\n", path) == written


def test_the_page_of_the_docs_has_such_a_place():
    page = Path(__file__).parents[2] / "docs" / "benchmarks" / "trust.md"
    assert page_with("| new |\n", page).startswith("# The table of trust")


@pytest.mark.parametrize(
    ("around", "is_theirs"),
    [
        ({MARK: "{home}"}, True),
        ({"PREFECT_HOME": "{home}/state/prefect"}, True),
        ({MARK: "{home}-other"}, False),
        ({}, False),
    ],
)
def test_a_process_of_a_home_is_known_by_what_is_around_it(around, is_theirs, tmp_path):
    home = Home(tmp_path / "home")
    told = {name: value.format(home=home.root) for name, value in around.items()}
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=told) as process:
        found = _is_of(psutil.Process(process.pid), home)
        process.communicate(b"\n")
    assert found is is_theirs
