"""A table as a purpose may see it: columns delivered for something else are not there."""

from __future__ import annotations

import ibis.expr.types as ir

from data_contracts.purposes import withheld
from data_contracts.terms import Purpose


def permitted(table: ir.Table, record: str, purpose: Purpose) -> ir.Table:
    """The table without the columns of its record that may not be used for the purpose."""
    closed = [name for name in withheld(record, purpose) if name in table.columns]
    return table.drop(*closed) if closed else table
