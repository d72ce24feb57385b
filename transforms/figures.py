"""How amounts, measures and counts are read: with signs, separators and units, never by guessing."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from data_contracts.terms import Column, FactType

_WHOLE = "(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
_UNIT_WORDS = {1: "元", 1_000: "千元", 10_000: "万元?"}


def money(cell: ir.StringValue, column: Column) -> ir.DecimalValue:
    """An amount in yuan, to the fen; half a fen is rounded away from zero."""
    figure = _figure(cell, 3 + len(str(column.unit)), _UNIT_WORDS.get(column.unit, ""))
    return _counted(figure, column.unit, FactType.MONEY)


def number(cell: ir.StringValue, column: Column) -> ir.DecimalValue:
    """A measured number, with or without its unit of area."""
    figure = _figure(cell, 12, "(?:平方米|平米|㎡|m2|m²)" if column.unit == 1 else "")
    return _counted(figure, column.unit, FactType.NUMBER)


def integer(cell: ir.StringValue, column: Column) -> ir.IntegerValue:
    """A whole number, also where a spreadsheet wrote 3 as 3.0."""
    figure = _figure(cell, 1, "")
    exact = ibis.cases(
        (cell.re_search("^-?[0-9]+$"), cell),
        (figure.re_search("^-?[0-9]+(?:[.]0*)?$"), figure.re_replace("[.]0*$", "")),
    )
    return _counted(exact, column.unit, FactType.INTEGER)


def _counted(figure: ir.StringValue, unit: int, kind: FactType) -> ir.NumericValue:
    """The figure in canonical units; one that is too large is null and never an error."""
    if unit == 1:
        return figure.try_cast(kind.value)
    return (figure.try_cast("decimal(28, 8)") * unit).try_cast(kind.value)


def _figure(cell: ir.StringValue, decimals: int, unit: str) -> ir.StringValue:
    """The digits of a figure that is written with signs, thousands separators or its unit."""
    fraction = f"(?:[.][0-9]{{0,{decimals}}}0*)?"
    form = f"^¥?[+-]?¥?(?:{_WHOLE}{fraction}|[.][0-9]{{1,{decimals}}})(?:{unit})?$"
    undecorated = f"^-?[0-9]+(?:[.][0-9]{{1,{decimals}}})?$"
    # Nearly every figure is undecorated and needs no rewriting.
    return ibis.cases(
        (cell.re_search(undecorated), cell),
        (cell.re_search(form), cell.re_replace(f"(?:{unit})$", "").re_replace("[¥,+]", "")),
    )
