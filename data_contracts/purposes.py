"""Which columns of each canonical record may be used for what, as its sources allow."""

from __future__ import annotations

from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from data_contracts.terms import Privacy, Purpose, Source


def purposes_of(source: Source, name: str) -> tuple[Purpose, ...]:
    """What a column of an extract may be used for; who somebody is, for that alone."""
    column = source.columns[name]
    if column.privacy is Privacy.IDENTITY:
        return (Purpose.IDENTIFY,)
    return source.purposes if column.purposes is None else column.purposes


def _allowed() -> dict[str, dict[str, frozenset[Purpose]]]:
    """By record and column: what every source that fills the column allows."""
    found: dict[str, dict[str, frozenset[Purpose]]] = {}
    for name, record in RECORDS.items():
        feeding = [source for source in SOURCES.values() if source.becomes.name == name]
        found[name] = {
            column: frozenset.intersection(*(_of(source, column) for source in feeding))
            if feeding
            else frozenset()
            for column in record.columns
        }
    return found


def _of(source: Source, column: str) -> frozenset[Purpose]:
    """A column that the contract computes is for what the source is for."""
    column_known = column in source.columns
    return frozenset(purposes_of(source, column) if column_known else source.purposes)


_ALLOWED = _allowed()


def withheld(record: str, purpose: Purpose) -> tuple[str, ...]:
    """The columns of a record that may not be used for a purpose; what is no record withholds none."""
    columns = _ALLOWED.get(record, {})
    return tuple(name for name, allowed in columns.items() if purpose not in allowed)


def is_closed(record: str, purpose: Purpose) -> bool:
    """Whether nothing of a record may be used for a purpose."""
    return record in _ALLOWED and set(withheld(record, purpose)) == set(_ALLOWED[record])
