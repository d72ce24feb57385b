"""The mutator: what it changes, what it leaves alone, and that each mutant is the whole file."""

from __future__ import annotations

from pathlib import Path

from benchmarks.mutants.__main__ import TRIAGE, Score, equivalent, signal_targets
from benchmarks.mutants.mutations import mutants
from benchmarks.mutants.trials import KILLED, SURVIVED, Verdict
from transforms.signals import SIGNALS

SOURCE = '''"""A module with 3 words."""
CODES = ("a", "b")
UNREAD = ("c", "d")
LINE = Parameter(name="line", one_of=CODES)

@signal(code="X1", worse={"x": 1})
def rule(table: Table, limits: Limits = 3) -> Table:
    """Has 1 sentence."""
    return table.filter(table.kind.isin(CODES), ~(table.age >= limits.age)).limit(0)
'''


def changes(source):
    return {(one.kind, f"{one.before} -> {one.after}") for one in mutants(source, "x.py")}


def test_only_expressions_in_functions_and_the_constants_they_read_are_changed():
    assert changes(SOURCE) == {
        ("code left out", "('a', 'b') -> ['b']"),
        ("code left out", "('a', 'b') -> ['a']"),
        (
            "condition left out",
            "table.filter(table.kind.isin(CODES), ~(table.age >= limits.age))"
            " -> table.filter(~(table.age >= limits.age))",
        ),
        (
            "condition left out",
            "table.filter(table.kind.isin(CODES), ~(table.age >= limits.age))"
            " -> table.filter(table.kind.isin(CODES))",
        ),
        ("negation", "~(table.age >= limits.age) -> table.age >= limits.age"),
        ("comparison", "table.age >= limits.age -> table.age > limits.age"),
        ("constant", "0 -> 0 + 1"),
        ("constant", "0 -> 0 - 1"),
    }


def test_days_ages_and_what_is_compared_are_moved_by_one_either_way():
    found = changes(
        "def rule(x, limits):\n"
        "    return within(x, limits.window_days) & x.between(limits.a, limits.b) & (x > 2)\n"
    )
    assert {change for kind, change in found if kind == "boundary"} == {
        "limits.window_days -> limits.window_days + 1",
        "limits.window_days -> limits.window_days - 1",
        "limits.a -> limits.a + 1",
        "limits.a -> limits.a - 1",
        "limits.b -> limits.b + 1",
        "limits.b -> limits.b - 1",
        "2 -> 2 + 1",
        "2 -> 2 - 1",
    }


def test_each_mutant_is_the_whole_file_with_one_change():
    source = "def both(x):\n    return x >= 1 and not x == 3\n"
    results = {}
    for mutant in mutants(source, "x.py"):
        names = {}
        exec(mutant.code, names)
        results[mutant.before, mutant.after] = [names["both"](x) for x in (0, 1, 2, 3)]
    assert results["x >= 1", "x > 1"] == [False, False, True, False]
    assert results["not x == 3", "x == 3"] == [False, False, False, True]
    assert results["x == 3", "x != 3"] == [False, False, False, True]
    assert len(results) == 8


def test_every_signal_and_triage_have_their_own_tests():
    assert list(signal_targets()) == list(SIGNALS)
    assert len(TRIAGE) == 7


def test_a_listed_mutant_is_not_counted_and_one_that_is_killed_is_listed_untruly():
    def verdict(line, kind, fate):
        return Verdict("f.py", line, f"line {line}", kind, "a -> b", fate)

    found = [
        verdict(1, "comparison", KILLED),
        verdict(2, "comparison", SURVIVED),
        verdict(3, "constant", SURVIVED),
        verdict(4, "constant", SURVIVED),
    ]
    score = Score(found, {("f.py", "line 1", "a -> b"), ("f.py", "line 3", "a -> b")})
    assert (score.tried, score.killed, score.equivalent) == (3, 1, 1)
    assert [one.line for one in score.strict] == [2]
    assert score.untrue == {("f.py", "line 1", "a -> b")}


def test_what_is_listed_as_equivalent_stands_in_its_file():
    for source, line, __ in equivalent():
        assert line in [one.strip() for one in Path(source).read_text("utf-8").splitlines()]
