"""What is different since the night before: rows, answers, and the numbers that they concern."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.memory import Memory
from matchers.verified import number_of
from matchers.workbench import Workbench


@dataclass(frozen=True)
class Changed:
    """`came` and `gone` are rows (rid and what `_noted` keeps); a changed row is in both.

    `rows` are the rows that came, whole; `numbers` those whose rows must be judged again, and
    `numbered` all their rows.
    """

    came: ir.Table
    gone: ir.Table
    rows: ir.Table
    numbers: ir.Table
    numbered: ir.Table


def changed_rows(
    bench: Workbench, rows: ir.Table, answers: ir.Table | None, memory: Memory
) -> Changed:
    """Compare tonight's rows and answers with the remembered ones, and remember tonight's."""
    seen = bench.keep("link_row_seen", rows.select("rid", content=_content(rows)))
    like = _noted(rows, seen)
    before = memory.rows("row", like)
    asked = bench.keep("link_asked", _differently_answered(bench, rows, answers, memory))
    gone = before.anti_join(seen, ["rid", "content"]).union(before.semi_join(asked, "rid"))
    gone = bench.keep("link_row_gone", gone.distinct())
    came = seen.anti_join(before, ["rid", "content"]).union(seen.semi_join(asked, "rid"))
    came = bench.keep("link_row_came", _noted(rows, came.distinct()))
    numbers = bench.keep("link_number_changed", _numbers(before, came, gone))
    whole = bench.keep("link_row_whole", rows.semi_join(came, "rid"))
    after = memory.change("row", "rid", gone, came)
    theirs = after.semi_join(numbers, "number").select("rid")
    numbered = bench.keep("link_row_numbered", rows.semi_join(theirs, "rid"))
    return Changed(came, gone, whole, numbers, numbered)


def _content(rows: ir.Table) -> ir.IntegerValue:
    """A hash of everything in the row, so that no row changes unseen."""
    return ibis.struct({name: rows[name] for name in rows.columns}).hash()


def _noted(rows: ir.Table, seen: ir.Table) -> ir.Table:
    """What has to be known of a row after it is gone."""
    return rows.join(seen, "rid").select(
        "rid", "content", "is_register", "name_key",
        number=number_of(_.id_clean),
        born=_.id_birth_date,
        said_born=ibis.coalesce(_.birth_date, _.id_birth_date),
    )  # fmt: skip


def _differently_answered(
    bench: Workbench, rows: ir.Table, answers: ir.Table | None, memory: Memory
) -> ir.Table:
    """Rid of the rows about which people say something else than before."""
    nothing = rows.select(left="rid", right="rid", same="is_register").limit(0)
    now = bench.keep("link_answer_now", nothing if answers is None else answers.select(*_ANSWER))
    before = bench.keep("link_answer_before", memory.rows("answer", now))
    memory.replace("answer", now)
    other = now.anti_join(before, _ANSWER).union(before.anti_join(now, _ANSWER))
    return other.select(rid="left").union(other.select(rid="right")).distinct()


_ANSWER = ["left", "right", "same"]


def _numbers(before: ir.Table, came: ir.Table, gone: ir.Table) -> ir.Table:
    """Numbers of changed rows, and of rows that may be a changed register row's namesake."""
    changed = came.union(gone).filter(_.number.notnull())
    entries = changed.filter(_.is_register).select("name_key", said_born="born").distinct()
    exposed = before.filter(_.number.notnull()).semi_join(entries, ["name_key", "said_born"])
    return changed.select("number").union(exposed.select("number")).distinct()
