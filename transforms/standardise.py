"""Say what a department delivered in the words of the house: one row in, one row out.

Each parsed row is split in two: facts, which everybody downstream may read, and who it is about,
which only standardise, match and publish may.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from data_contracts.records import IDENTITY
from data_contracts.terms import Record, Source


def facts(parsed: ir.Table, source: Source) -> ir.Table:
    """The facts of `source.becomes`, keyed by record_key."""
    said = {
        name: _said(parsed, source, name).cast(fact.type.value)
        for name, fact in source.becomes.columns.items()
    }
    return parsed.select(record_key=parsed.record_key, **said)


def who(parsed: ir.Table, source: Source) -> ir.Table:
    """Who each row is about, in the columns of `identity`; what a source lacks is null."""
    return parsed.select(
        record_key=parsed.record_key,
        dated=parsed[source.dated_by].cast("date"),
        **_identity(parsed, source, IDENTITY),
    )


def _said(parsed: ir.Table, source: Source, name: str) -> ir.Value:
    if name in source.by:
        return source.by[name].resolve(parsed)
    return parsed[name]


def _identity(parsed: ir.Table, source: Source, identity: Record) -> dict[str, ir.Value]:
    return {
        name: (
            _said(parsed, source, name).cast(fact.type.value)
            if name in source.columns
            else ibis.null(fact.type.value)
        )
        for name, fact in identity.columns.items()
    }
