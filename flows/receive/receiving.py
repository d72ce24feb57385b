"""From the bytes of one file to judged rows: open it, parse it, sort it out, judge it.

The rows end up in the temporary tables `good` and `bad`. A file that cannot be read to its end
leaves both empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import duckdb

from data_contracts.terms import Source
from flows.receive import rules
from flows.receive.business_date import named_day
from flows.receive.chunks import DeliveredTable
from flows.receive.contract_rules import content_rules, opening_rules
from flows.receive.expectations import failures
from flows.receive.header import needed
from flows.receive.judgement import FailedExpectation, Judgement, Previous, Verdict
from flows.receive.keys import sort_out
from flows.receive.opening import opened
from flows.receive.parse import Parser
from flows.receive.summary import Counts, summary_of
from flows.receive.tables import count_reasons, latest_day, no_rows, set_aside
from flows.receive.unusable import UnusableFileError


def receive(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    data: bytes,
    file_name: str,
    *,
    on: date,
    previous: Previous | None,
    secret: bytes,
    control_rows: int | None = None,
    released: bool = False,
    dropped: int = 0,
) -> Judgement:
    """Judge one delivery by its contract; its rows stand in `good` and `bad` afterwards.

    `dropped` rows were taken out of the file before; what the department announced counts them.
    """
    no_rows(connection, source)
    judged_by = list(opening_rules(source))
    summary: dict[str, float] = {rule.name: 0 for rule in judged_by}
    said: dict[str, tuple[str, str]] = {}
    named = named_day(file_name)
    judgement = Judgement(verdict=Verdict.REFUSED, as_of=named, day_named=named is not None)
    summary[rules.FUTURE] = judgement.as_of is not None and judgement.as_of > on
    try:
        table = opened(data, source)
        judgement = _with_header(judgement, table, source)
        summary |= _header_faults(table, source)
        if not any(summary.values()):
            judgement, counts = _with_rows(connection, source, table, judgement, on, secret)
            summary |= summary_of(source, table, counts, dropped)
            judged_by += content_rules(
                source,
                counts.rows,
                control_rows=control_rows,
                stated_rows=table.stated_rows,
                previous=previous,
            )
    except UnusableFileError as broken:
        no_rows(connection, source)
        summary[broken.rule] = 1
        said[broken.rule] = (broken.reason, broken.reason_en)
    failed = failures(judged_by, summary, said)
    verdict = _verdict(failed, released=released)
    return replace(
        judgement, failed=failed, verdict=verdict, warnings=_warnings(judgement, previous)
    )


def _with_header(judgement: Judgement, table: DeliveredTable, source: Source) -> Judgement:
    """What the header tells; where it is none, its cells may be a person's and are not repeated."""
    known = table.header.fits(source)
    return replace(
        judgement,
        encoding=table.encoding,
        delimiter=table.delimiter,
        ended_with_newline=table.ended_with_newline,
        header=table.header.cells if known else (),
        undeclared=table.header.undeclared if known else (),
    )


def _header_faults(table: DeliveredTable, source: Source) -> dict[str, float]:
    missing: dict[str, float] = {
        rules.header_rule(name): name not in table.header.places for name in needed(source)
    }
    return missing | {rules.UNAMBIGUOUS: len(table.header.clashes)}


def _with_rows(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    table: DeliveredTable,
    judgement: Judgement,
    on: date,
    secret: bytes,
) -> tuple[Judgement, Counts]:
    """Parse the rows and tell good from bad; returns what became of how many."""
    parser = Parser(connection, source, table.header, on)
    rows = parser.parse(table)
    sorted_rows = sort_out(connection, source, secret)
    set_aside(connection, table, parser.faulty_cells)
    reasons = count_reasons(connection)
    counts = Counts(
        rows=rows,
        loaded=sorted_rows.loaded,
        quarantined=sorted_rows.faulty,
        duplicate=sorted_rows.duplicate,
        conflicting=sorted_rows.conflicting,
        by_check={check.name: reasons[check.reason] for check in parser.checks},
    )
    described = replace(
        judgement,
        rows=counts.rows,
        loaded=counts.loaded,
        quarantined=counts.quarantined,
        duplicate=counts.duplicate,
        as_of=judgement.as_of or latest_day(connection, source, on),
        reasons=dict(sorted(reasons.items())),
        announced=table.stated_rows is not None,
    )
    return described, counts


def _verdict(failed: Iterable[FailedExpectation], *, released: bool) -> Verdict:
    failed = tuple(failed)
    if any(one.raised or one.name not in rules.HOLDING for one in failed):
        return Verdict.REFUSED
    return Verdict.HELD if failed and not released else Verdict.ACCEPTED


def _warnings(judgement: Judgement, previous: Previous | None) -> tuple[str, ...]:
    before = previous.as_of if previous else None
    spoken = (
        (
            judgement.ended_with_newline is False and previous is None,
            "文件末尾没有换行,无法确认是否完整",
        ),
        (
            judgement.as_of is not None and before is not None and judgement.as_of < before,
            "数据日期早于上次接收的数据",
        ),
    )
    return tuple(text for applies, text in spoken if applies)
