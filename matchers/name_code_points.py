"""A column of names as code points, so that numpy reads all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Strings: TypeAlias = "pa.Array | pa.ChunkedArray"
Numbers: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True)
class CodePoints:
    """Every code point of a column in one row, and where each name begins."""

    flat: Numbers
    starts: Numbers
    lengths: Numbers

    def grid(self, rows: Numbers, width: int) -> Numbers:
        """One row per name, `width` code points each, zero after its end."""
        columns = np.arange(width)
        places = self.starts[rows][:, None] + columns
        inside = columns < self.lengths[rows][:, None]
        return np.where(inside, self.flat[np.where(inside, places, 0)], np.uint32(0))

    def edges(self) -> tuple[Numbers, Numbers]:
        """For each code point: is it the first of its name, and is it the last?"""
        first, last = np.zeros_like(self.flat, bool), np.zeros_like(self.flat, bool)
        starts, lengths = self.starts[self.lengths > 0], self.lengths[self.lengths > 0]
        first[starts] = last[starts + lengths - 1] = True
        return first, last

    def by_length(self, rows: Numbers) -> Iterator[Numbers]:
        """The same rows, those of one length together."""
        lengths = self.lengths[rows]
        return (rows[lengths == length] for length in np.unique(lengths))

    def all_of(self, holds: Numbers) -> Numbers:
        """For each name: does this hold of all its code points?"""
        fails = np.concatenate([[0], np.cumsum(~holds)])
        return np.asarray(fails[self.starts + self.lengths] == fails[self.starts])


def code_points(names: Strings) -> CodePoints:
    """Of names without nulls."""
    column = pa.chunked_array([names]) if isinstance(names, pa.Array) else names
    text = pa.concat_arrays([pa.array([""], pa.large_string()), *_chunks(column)])[1:]
    lengths = pc.utf8_length(text).to_numpy(zero_copy_only=False).astype(np.int64)
    flat = np.frombuffer(_bytes(text).decode().encode("utf-32-le"), np.uint32)
    starts = np.cumsum(lengths) - lengths
    return CodePoints(flat if len(flat) else np.zeros(1, np.uint32), starts, lengths)


def _chunks(column: pa.ChunkedArray) -> list[pa.Array]:
    return column.cast(pa.large_string()).chunks


def _bytes(text: pa.LargeStringArray) -> bytes:
    _validity, offsets, data = text.buffers()
    bounds = np.frombuffer(offsets, np.int64)[text.offset : text.offset + len(text) + 1]
    return memoryview(data)[bounds[0] : bounds[-1]].tobytes() if data else b""
