"""A lock is refused for what is missing, loose, stale or from elsewhere."""

from pathlib import Path

import pytest

from supply.check import State
from supply.lock import LOCKS, read_lock
from supply.pinning import pinning

ROOT = Path(__file__).parents[2]
HASH = "--hash=sha256:" + "0" * 64
GOOD = f"one==1.0 \\\n    {HASH}\n    # via -r requirements.in\ntwo[extra]==2.0 \\\n    {HASH}\n    # via one\n"


def tree(folder, asked="one\n", locked=GOOD, **others):
    """A folder with all pairs of files; those not given are empty."""
    texts = {f"{name}{end}": "" for name in LOCKS for end in (".in", ".lock")}
    for name, text in {
        **texts,
        "requirements.in": asked,
        "requirements.lock": locked,
        **others,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_our_locks_are_pinned_hashed_and_current():
    assert pinning(ROOT).problems == ()


def test_a_good_lock_has_no_problem(tmp_path):
    assert pinning(tree(tmp_path)).state is State.CLEAN
    assert [
        (one.name, one.version, one.asked) for one in read_lock(tmp_path, "requirements").packages
    ] == [
        ("one", "1.0", True),
        ("two", "2.0", False),
    ]


@pytest.mark.parametrize(
    ("asked", "locked", "problem"),
    [
        ("one\n", GOOD.replace(f" \\\n    {HASH}", "", 1), "one has no hash"),
        ("one\n", GOOD + "three>=1\n", "three>=1"),
        ("one\n", GOOD + "four @ https://example.org/four.whl\n", "four @"),
        ("one\n", "--extra-thing https://example.org\n" + GOOD, "--extra-thing"),
        ("one\n", GOOD.replace("sha256", "md5", 1), "one==1.0"),
        ("one\nfive\n", GOOD, "asks for five"),
        ("one>=1.1\n", GOOD, "asks for one>=1.1, locked is 1.0"),
        ("# nothing\n", GOOD, "no longer asks for"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, asked, locked, problem):
    found = pinning(tree(tmp_path, asked, locked))
    assert found.state is State.FOUND
    assert any(problem in one for one in found.problems)


def test_a_lock_for_the_same_environment_may_not_pin_otherwise(tmp_path):
    other = GOOD.replace("two[extra]==2.0", "two==2.1").replace("-r requirements.in", "elsewhere")
    found = pinning(tree(tmp_path, **{"requirements-dev.lock": other}))
    assert found.problems == ("requirements-dev.lock and requirements.lock pin two differently",)
