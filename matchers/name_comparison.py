"""What two names have in common, once per distinct pair of normal forms.

Almost all pairs are two to four Han characters and are compared as numbers, all at once; long, Latin
and partly missing names are few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matchers.name_characters import MIDDLE_DOT, MISSING
from matchers.name_code_points import CodePoints, Numbers, Strings, code_points
from matchers.name_latin_pairs import compare_latin_names
from matchers.name_levels import NameLevel
from matchers.name_long_pairs import compare_long_names
from matchers.name_partial_pairs import compare_partial_names
from matchers.name_shapes import NO_SHAPES, Shapes
from matchers.name_short_pairs import WIDTH, compare_short_names
from matchers.name_taken_apart import taken_apart
from matchers.name_units import is_han


def compare_names(left: Strings, right: Strings, shapes: Shapes = NO_SHAPES) -> pa.Array:
    """A NameLevel (int8) for each pair of normal forms, null where either name is."""
    left, right = left.cast(pa.string()), right.cast(pa.string())
    known = np.asarray(pc.and_(pc.is_valid(left), pc.is_valid(right)))
    one, other = _side(left), _side(right)
    in_han, in_letters = one.in_han & other.in_han, one.in_letters & other.in_letters
    is_short = (one.points.lengths <= WIDTH) & (other.points.lengths <= WIDTH)
    levels = np.zeros(len(known), np.int8)
    levels[known & in_han & is_short] = _short(one, other, known & in_han & is_short, shapes)
    for wanted, function in (
        (known & in_han & ~is_short, lambda ones, others: compare_long_names(ones, others, shapes)),
        (known & in_letters, compare_latin_names),
        (known & ~in_han & ~in_letters, compare_partial_names),
    ):
        levels[wanted] = _apply(function, left, right, wanted)
    lengths_differ = known & in_han & (one.points.lengths != other.points.lengths)
    in_parts = lengths_differ & (levels < NameLevel.PARTIAL)
    rows = np.flatnonzero(in_parts)
    levels[rows[_apply(taken_apart, left, right, in_parts).astype(bool)]] = NameLevel.PARTIAL
    spelled_alike = np.asarray(pc.fill_null(pc.equal(left, right), False))
    levels[(levels == NameLevel.EQUAL) & ~spelled_alike] = NameLevel.VARIANT
    return pa.array(levels, mask=~known)


@dataclass(frozen=True)
class _Side:
    """One name of each pair, without dots, and whether all of it is Han or all of it letters."""

    points: CodePoints
    in_han: Numbers
    in_letters: Numbers


def _side(names: Strings) -> _Side:
    points = code_points(pc.replace_substring(pc.fill_null(names, ""), MIDDLE_DOT, ""))
    han, missing = is_han(points.flat), points.flat == ord(MISSING)
    return _Side(points, points.all_of(han), points.all_of(~han & ~missing))


def _short(one: _Side, other: _Side, wanted: Numbers, shapes: Shapes) -> Numbers:
    rows = np.flatnonzero(wanted)
    return compare_short_names(one.points.grid(rows, WIDTH), other.points.grid(rows, WIDTH), shapes)


def _apply(
    function: Callable[[list[str], list[str]], Numbers],
    left: Strings,
    right: Strings,
    wanted: Numbers,
) -> Numbers:
    """Of the pairs wanted only; asking for none costs nothing."""
    rows = pa.array(np.flatnonzero(wanted))
    if not len(rows):
        return np.zeros(0, np.int8)
    return function(left.take(rows).to_pylist(), right.take(rows).to_pylist())
