"""How close two plain texts are: Latin given names, postcodes, and whatever else a table brings.

Distances are Winkler's (1990) and Damerau's in its restricted form (OSA); the cuts are those that
record linkage commonly uses for names.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist


class TextLevel(IntEnum):
    """Agreement of two texts, weakest first."""

    DIFFERENT = 0
    SHARED = 1
    SIMILAR = 2
    CLOSE = 3
    EQUAL = 4
    EQUAL_UNCOMMON = 5
    EQUAL_RARE = 6
    EQUAL_VERY_RARE = 7


RARE_FROM = {
    TextLevel.EQUAL_UNCOMMON: 1 / 32,
    TextLevel.EQUAL_RARE: 1 / 256,
    TextLevel.EQUAL_VERY_RARE: 1 / 2048,
}
"""Equal values are of these levels if no larger share of all records bears them.

What that is worth is learned like any level: in a table of families a rare surname proves little.
"""

_BLANKS = r"[\s\pZ\x{200B}-\x{200F}\x{FEFF}]+"
_SAYS_NOTHING = (
    r"^(|\(?null\)?|none|nan|n/?a|#n/a|\\n|unknown|不详|未知|不明|无|暂无|空|[-–—/\\.*?]+)$"
)

_CLOSE, _SIMILAR = 0.92, 0.85
_ONE_SLIP, _TWO_SLIPS = 4, 6
"""One slip is forgiven in texts of four characters, two in texts of six."""
_TOKEN = 3
"""Shorter words (of, st, de) are shared by everybody."""
_MOST_WORDS = 12
"""Further words of a long text are not looked at; a hostile one could take for ever."""


def read_texts(values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """One row per value: its text in half width, lower case and single blanks; null if it says nothing."""
    text = pc.utf8_lower(pc.utf8_normalize(values.cast(pa.string()), form="NFKC"))
    text = pc.utf8_trim(pc.replace_substring_regex(text, _BLANKS, " "), " ")
    nothing = pc.match_substring_regex(text, _SAYS_NOTHING)
    return pa.table({"value": values, "text": pc.if_else(nothing, pa.scalar(None), text)})


def text_levels(left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The TextLevel of each pair as int8; null where either side is null or empty."""
    texts, one, other = _encoded(left, right)
    # Jaro's greedy matching may depend on the order of its arguments.
    low, high = np.minimum(one, other), np.maximum(one, other)
    silent = low < 0
    levels = np.full(len(low), TextLevel.EQUAL, np.int8)
    asked = (low != high) & ~silent
    levels[asked] = _unequal(texts, low[asked], high[asked])
    return pa.array(levels, mask=silent)


def _encoded(
    left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray
) -> tuple[pa.Array, np.ndarray, np.ndarray]:
    """The distinct texts in order, and each side as places among them; -1 for what says nothing."""
    chunks = [chunk for side in (left, right) for chunk in _chunks(side)]
    found = pc.dictionary_encode(pa.chunked_array(chunks, pa.string())).combine_chunks()
    order = pc.array_sort_indices(found.dictionary)
    texts = found.dictionary.take(order)
    place = np.empty(len(order) + 1, np.int64)
    place[order.to_numpy()] = np.arange(len(order))
    place[-1] = -1
    if len(texts) and not texts[0].as_py():
        place[order[0].as_py()] = -1
    codes = place[pc.fill_null(found.indices, len(order)).to_numpy()]
    return texts, codes[: len(left)], codes[len(left) :]


def _chunks(values: pa.Array | pa.ChunkedArray) -> list[pa.Array]:
    chunks = values.chunks if isinstance(values, pa.ChunkedArray) else [values]
    return [chunk.cast(pa.string()) for chunk in chunks]


def _unequal(texts: pa.Array, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The best level that any of the measures gives."""
    spelled = texts.to_numpy(zero_copy_only=False)
    pair = spelled[low], spelled[high]
    winkler = cpdist(*pair, scorer=JaroWinkler.similarity, score_cutoff=_SIMILAR, dtype=np.float32)
    levels = np.where(winkler >= _CLOSE, TextLevel.CLOSE, TextLevel.DIFFERENT).astype(np.int8)
    levels[(levels == TextLevel.DIFFERENT) & (winkler >= _SIMILAR)] = TextLevel.SIMILAR
    lengths = pc.utf8_length(texts).to_numpy()
    shortest = np.minimum(lengths[low], lengths[high])
    apart = np.abs(lengths[low] - lengths[high])
    asked = np.flatnonzero((levels < TextLevel.CLOSE) & (shortest >= _ONE_SLIP) & (apart <= 2))
    slips = cpdist(
        pair[0][asked], pair[1][asked], scorer=OSA.distance, score_cutoff=2, dtype=np.int32
    )
    levels[asked[(slips == 2) & (shortest[asked] >= _TWO_SLIPS)]] = TextLevel.SIMILAR
    levels[asked[slips <= 1]] = TextLevel.CLOSE
    rest = np.flatnonzero(levels == TextLevel.DIFFERENT)
    levels[rest[_begin_alike(texts, low[rest], high[rest])]] = TextLevel.SHARED
    rest = np.flatnonzero(levels == TextLevel.DIFFERENT)
    levels[rest[_share_a_word(texts, low[rest], high[rest])]] = TextLevel.SHARED
    return levels


def _begin_alike(texts: pa.Array, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    heads = pc.utf8_slice_codeunits(texts, 0, _TOKEN)
    codes = heads.dictionary_encode().indices.to_numpy()
    long = pc.equal(pc.utf8_length(heads), _TOKEN).to_numpy(zero_copy_only=False)
    return (codes[low] == codes[high]) & long[low]


def _share_a_word(texts: pa.Array, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Whether any word of one text is a word of the other; every text is split once."""
    lists = pc.split_pattern_regex(texts, r"[^\pL\pN]+")
    words, owners = pc.list_flatten(lists), pc.list_parent_indices(lists)
    long = pc.greater_equal(pc.utf8_length(words), _TOKEN)
    codes = words.filter(long).dictionary_encode().indices.to_numpy()
    first = np.searchsorted(owners.filter(long).to_numpy(), np.arange(len(texts) + 1))
    counts = np.minimum(np.diff(first), _MOST_WORDS)
    shared = np.zeros(len(low), bool)
    # Words meet by their place in the text, so that each step is one comparison of columns.
    for mine in range(int(counts[low].max(initial=0))):
        asked = np.flatnonzero((counts[low] > mine) & ~shared)
        for theirs in range(int(counts[high[asked]].max(initial=0))):
            both = asked[counts[high[asked]] > theirs]
            same = codes[first[low[both]] + mine] == codes[first[high[both]] + theirs]
            shared[both[same]] = True
    return shared
