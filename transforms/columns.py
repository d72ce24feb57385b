"""How a cell of each kind is read: one function per kind, from what is said to a value or null.

Reading takes three steps, each a layer of its own so that an engine computes it once. `cleaned`
takes away blanks and full-width digits. `said` takes away fillers such as "-": null means that the
cell says nothing. `read` gives the value: null means that it cannot be read. What was read is read
again as the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir

from data_contracts.terms import AMBIGUOUS, NOT_STATED, Column, Kind
from transforms.cells import (
    NOTHING,
    UNKNOWN,
    narrowed,
    narrowed_capitals,
    narrowed_word,
    trimmed,
)
from transforms.days import NO_DAY, day, month
from transforms.figures import integer, money, number

SCIENTIFIC = "^[0-9]([.][0-9]+)?[Ee][+][0-9]+$"
"""What a spreadsheet makes of a long number: its last digits are lost."""

DIGITS_MATTER = frozenset({Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE, Kind.PLACE_CODE})
"""Kinds whose cells are numbers of something, so that a lost digit is a wrong number."""

_DIAGNOSIS = "^[A-Z][0-9]{2}[0-9A-Z.+*/†-]*$"
_PLACE = "^[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?$"
_CALL = "^1[0-9]{10}$"
_FOREIGN_CALL = "^(?:[+]?86|0086)-?1[0-9]{10}$"
_PARTED_CALL = "^1[0-9]{2}-?[0-9]{4}-?[0-9]{4}(?:[.]0)?$"


def cleaned(raw: ir.StringValue, column: Column) -> ir.StringValue:
    """The raw cell without what nobody sees, and in half-width characters where words matter not."""
    return _CLEANERS.get(column.kind, narrowed)(raw)


def said(clean: ir.StringValue, column: Column) -> ir.StringValue:
    """What a cleaned cell says, or null when it says nothing."""
    return ibis.cases((clean.isin(sorted(_nothing(column))), ibis.null("string")), else_=clean)


def read(cell: ir.StringValue, column: Column) -> ir.Value:
    """The value of a cell that says something, or null when it cannot be read as its kind."""
    return _READERS[column.kind](cell, column)


def _nothing(column: Column) -> frozenset[str]:
    match column.kind:
        case Kind.DATE | Kind.MONTH | Kind.DAY_OR_MONTH:
            return NOTHING | NO_DAY
        case Kind.MONEY | Kind.NUMBER | Kind.INTEGER | Kind.PLACE_CODE:
            return NOTHING
        case Kind.CODE:
            meanings = _meanings(column)
            unstated = {word for word, meaning in meanings.items() if meaning == NOT_STATED}
            return ((NOTHING | UNKNOWN) - set(meanings)) | unstated
        case _:
            return NOTHING | UNKNOWN


def _text(cell: ir.StringValue, column: Column) -> ir.StringValue:
    return cell


def _phone(cell: ir.StringValue, column: Column) -> ir.StringValue:
    return ibis.cases(
        (cell.re_search(_CALL), cell),
        (cell.re_search(_FOREIGN_CALL), cell.right(11)),
        (cell.re_search(_PARTED_CALL), cell.re_replace("-|[.]0$", "")),
        else_=cell,
    )


def _place_code(cell: ir.StringValue, column: Column) -> ir.StringValue:
    return ibis.cases((cell.re_search(_PLACE), cell))


def _diagnosis(cell: ir.StringValue, column: Column) -> ir.StringValue:
    # A name may follow the code after a blank.
    code = narrowed_capitals(cell.re_extract("^[^ \u3000]+", 0))
    return ibis.cases((cell.re_search(_DIAGNOSIS), cell), (code.re_search(_DIAGNOSIS), code))


def _code(cell: ir.StringValue, column: Column) -> ir.StringValue:
    known = ((cell == word, one) for word, one in _meanings(column).items() if one != AMBIGUOUS)
    return ibis.cases(*known)


def _meanings(column: Column) -> Mapping[str, str]:
    """Every narrowed spelling of a code; with and without leading zeros where that is unambiguous.

    In some lists (kinship) 1 and 01 mean different things: there only what is listed counts.
    """
    listed = {narrowed_word(word).upper(): meaning for word, meaning in column.codes.items()}
    bare: dict[str, str] = {}
    for word, meaning in listed.items():
        if word.isdecimal() and bare.setdefault(str(int(word)), meaning) != meaning:
            return listed
    padded = {f"{int(word):0{width}}": bare[word] for word in bare for width in (1, 2, 3)}
    return padded | {f"{word}.0": meaning for word, meaning in bare.items()} | listed


_CLEANERS = dict.fromkeys(
    (
        *(Kind.TEXT, Kind.NAME, Kind.ADDRESS, Kind.ICD10),
        *(Kind.DATE, Kind.MONTH, Kind.DAY_OR_MONTH),
    ),
    trimmed,
) | dict.fromkeys((Kind.CODE, Kind.ID_NUMBER), narrowed_capitals)
"""Where a blank inside a cell means something it stays; every other kind is narrowed."""

_READERS: Mapping[Kind, Callable[[ir.StringValue, Column], ir.Value]] = {
    Kind.TEXT: _text,
    Kind.NAME: _text,
    Kind.ADDRESS: _text,
    Kind.ID_NUMBER: _text,
    Kind.PHONE: _phone,
    Kind.PLACE_CODE: _place_code,
    Kind.DATE: lambda cell, column: day(cell),
    Kind.MONTH: lambda cell, column: month(cell),
    Kind.DAY_OR_MONTH: lambda cell, column: ibis.coalesce(day(cell), month(cell)),
    Kind.MONEY: money,
    Kind.NUMBER: number,
    Kind.INTEGER: integer,
    Kind.CODE: _code,
    Kind.ICD10: _diagnosis,
}
