"""Money as the engines count it: whole fen, never a float."""

from __future__ import annotations

from decimal import Decimal

import ibis
import ibis.expr.types as ir

from data_contracts.terms import FactType


def yuan(amount: Decimal) -> ir.DecimalScalar:
    """A policy's amount as a literal that compares exactly with a money column."""
    return ibis.literal(amount, FactType.MONEY.value)
