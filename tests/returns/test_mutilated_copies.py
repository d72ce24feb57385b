"""Some of the benchmark's mutilations: every recoverable row is taken, none lands on a stranger."""

import pytest

from benchmarks.returned_copies import TODAY
from benchmarks.returned_mutilations import MUTILATIONS
from benchmarks.returns import main, mutilated, scored
from flows.returns.taking import take_return

ALONE = [
    *("code as a number", "words alone", "two conclusions and a sum", "day without a year"),
    *("ambiguous days", "number in full width", "mistyped numbers", "numbers gone"),
    *("titles on two lines", "rows in any order", "title and header in the middle"),
    *("orders filled twice differently", "numbers sorted alone", "columns moved", "columns added"),
    *("saved as the other kind", "cells merged", "a sheet for each part", "UTF-16 with tabs"),
]
TOGETHER = [
    ("day as a serial", "rows sorted by conclusion", "columns moved", "cells merged"),
    ("two conclusions and a sum", "households added below", "titles with a colon", "GB18030"),
    ("number with blanks", "numbers shifted by a row", "columns deleted"),
]


def score_of(names, kind):
    copy, content = mutilated([MUTILATIONS[name] for name in names], kind, seed=7)
    found = take_return(content, "x", copy.orders, on=TODAY)
    return copy, found, scored(copy, found)


@pytest.mark.parametrize("names", [*[(name,) for name in ALONE], *TOGETHER], ids=" + ".join)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_all_that_can_be_recovered_is_taken_and_nothing_lands_on_a_stranger(names, kind):
    copy, found, score = score_of(names, kind)
    assert (score.taken, score.wrong) == (score.recoverable, 0)
    assert len(found.visits) == score.taken
    assert found.counts.to_mend >= (1 if copy.lost else 0)


def test_the_measure_sees_a_row_that_landed_on_a_stranger():
    copy, found, score = score_of(["rows in any order"], "csv")
    assert score.recoverable > 30
    copy.owner = dict.fromkeys(copy.owner, "")
    assert scored(copy, found).wrong == score.taken


def test_the_benchmark_fails_when_nothing_can_be_taken(monkeypatch):
    monkeypatch.setattr("benchmarks.returns.TODAY", TODAY.replace(year=2020))
    assert main(1) == 1
