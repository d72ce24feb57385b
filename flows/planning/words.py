"""A comparison of two policies in the county's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from flows.planning.compared import Change, Comparison, Row
from flows.planning.evaluation import Evaluated
from flows.publish.wording import Figures, county_sentence
from transforms.signals import SIGNALS

EXAMPLES = 5
_NO_TOWNSHIP = "乡镇不明"


def plan_lines(
    found: Comparison, before: Evaluated, after: Evaluated, townships: Mapping[str, str]
) -> Iterator[str]:
    """What would change, in figures and with a few examples; nobody is named."""
    yield f"预警家庭:{_change(found.flagged)}"
    yield f"当晚走访:{_change(found.visited)}"
    yield f"排队次序:{found.sooner} 户提前,{found.later} 户推后"
    yield from _table("按乡镇:", found.by_township, lambda key: township_name(key, townships))
    yield from _table("按预警(一户可有几种):", found.by_signal, signal_name)
    for what, homes, told in changed_homes(found, before, after):
        yield from _examples(what, homes, told.findings, townships)


def changed_homes(
    found: Comparison, before: Evaluated, after: Evaluated
) -> tuple[tuple[str, Sequence[str], Evaluated], ...]:
    """Who comes and who goes: the words for them, their ids, and the evaluation that knows them."""
    return (
        ("增加的预警家庭", found.flagged.added, after),
        ("减少的预警家庭", found.flagged.removed, before),
        ("增加的走访", found.visited.added, after),
        ("减少的走访", found.visited.removed, before),
    )


def township_name(code: str | None, townships: Mapping[str, str]) -> str:
    """A township's name, its code where the table has none, or that it is unknown."""
    return townships.get(code, code) if code else _NO_TOWNSHIP


def signal_name(name: str | None) -> str:
    """A signal as the rulebook lists it."""
    one = SIGNALS[name or ""]
    return f"{one.code} {one.title}"


def sentence_of(row: Mapping[str, object]) -> str:
    """The county's sentence about one finding; it holds figures and no name."""
    return county_sentence(SIGNALS[str(row["signal"])].county_sentence, Figures.of(row))


def _change(change: Change) -> str:
    return (
        f"现行 {len(change.before)} 户,试行 {len(change.after)} 户"
        f"(增加 {len(change.added)},减少 {len(change.removed)})"
    )


def _table(head: str, rows: Sequence[Row], name: Callable[[str | None], str]) -> Iterator[str]:
    if rows:
        yield head
    for row in rows:
        yield (
            f"  {name(row.key)}:预警 +{len(row.flagged.added)} −{len(row.flagged.removed)},"
            f"走访 +{len(row.visited.added)} −{len(row.visited.removed)}"
        )


def _examples(
    what: str, homes: Sequence[str], findings: pl.DataFrame, townships: Mapping[str, str]
) -> Iterator[str]:
    if homes:
        yield f"{what}(举 {min(len(homes), EXAMPLES)} 例,共 {len(homes)} 户):"
    for home, place, said in examples(homes, findings, townships):
        yield f"  {home} {place}:{said}"


def examples(
    homes: Sequence[str], findings: pl.DataFrame, townships: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The first few households: id, township, and what was found; nobody is named."""
    for home in homes[:EXAMPLES]:
        theirs = findings.filter(pl.col("household_id") == home)
        said = dict.fromkeys(sentence_of(row) for row in theirs.iter_rows(named=True))
        yield home, township_name(theirs["township_code"][0], townships), ";".join(said)
