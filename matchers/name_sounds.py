"""How names sound, as stable 63-bit numbers that every engine can compare and join.

Equal syllables give equal numbers, whatever characters they were written with; the same name gives
the same number on every machine and with every version of the libraries.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matchers.name_characters import MIDDLE_DOT
from matchers.name_code_points import CodePoints, Numbers, Strings, code_points
from matchers.name_odd_sounds import SOUND_COLUMNS, sounds_of_odd_names
from matchers.name_readings import TABLE_SIZE, Readings, readings
from matchers.name_sound_numbers import numbers_of_rows, syllable_hash


def sound_columns(keys: Strings) -> dict[str, Strings]:
    """name_pinyin, the four sounds and is_partial of normal forms; null where a name is null."""
    written = pc.fill_null(keys, "")
    points = code_points(pc.replace_substring(written, MIDDLE_DOT, ""))
    is_plain = (points.lengths > 0) & points.all_of(_has_reading(points.flat))
    parts = [_of_plain(points, rows) for rows in points.by_length(np.flatnonzero(is_plain))]
    odd = np.flatnonzero(~is_plain)
    parts.append(sounds_of_odd_names(keys.take(pa.array(odd))).append_column("row", pa.array(odd)))
    together = pa.concat_tables(part.select(["row", *SOUND_COLUMNS]) for part in parts)
    order = np.empty(len(written), np.int64)
    order[together["row"].to_numpy()] = np.arange(len(written))
    columns = {name: together[name].take(pa.array(order)) for name in SOUND_COLUMNS}
    is_dotted = np.asarray(pc.match_substring(written, MIDDLE_DOT)) & is_plain
    return columns | _of_dotted_parts(written, is_dotted, columns)


def _has_reading(flat: Numbers) -> Numbers:
    return np.append(readings().given > 0, False)[np.minimum(flat, TABLE_SIZE)]


def _of_plain(points: CodePoints, rows: Numbers) -> pa.Table:
    """Of names of one length in Han characters that all have a reading."""
    characters = points.grid(rows, int(points.lengths[rows[0]]))
    table, hashes = readings(), _syllable_hashes()
    spoken = table.given[characters]
    spoken[:, 0] = table.surname[characters[:, 0]]
    is_compound = _read_compounds(characters, spoken, table)
    sounds = hashes[spoken]
    in_any_order = np.sort(hashes[table.surname[characters]], axis=1)
    syllables = pa.array(table.syllables)
    return pa.table(
        {
            "row": rows,
            "name_pinyin": pc.binary_join_element_wise(
                *(syllables.take(pa.array(column)) for column in spoken.T), " "
            ),
            "name_sound": numbers_of_rows(sounds),
            "name_bag": numbers_of_rows(in_any_order),
            "surname_sound": numbers_of_rows(sounds[:, :1], sounds[:, :2], is_compound),
            "given_sound": numbers_of_rows(sounds[:, 1:], sounds[:, 2:], is_compound),
            "is_partial": np.zeros(len(rows), bool),
        }
    )


def _read_compounds(characters: Numbers, spoken: Numbers, table: Readings) -> Numbers:
    """Put the readings of 尉迟 and 万俟 in place, and say which names have such a surname."""
    if characters.shape[1] < 3:
        return np.zeros(len(characters), bool)
    heads = characters[:, 0].astype(np.int64) << 32 | characters[:, 1]
    places = np.minimum(np.searchsorted(table.compounds, heads), len(table.compounds) - 1)
    found = table.compounds[places] == heads
    spoken[found, :2] = table.compound_sounds[places[found]]
    return np.asarray(found)


def _of_dotted_parts(
    names: Strings, is_dotted: Numbers, columns: dict[str, Strings]
) -> dict[str, Strings]:
    """What stands after the last dot is the father's name and counts as the surname."""
    if not is_dotted.any():
        return {}
    mask = pa.array(is_dotted)
    split = pc.split_pattern(names.filter(mask), MIDDLE_DOT, max_splits=1, reverse=True)
    return {
        column: pc.replace_with_mask(
            columns[column], mask, _sounds_alone(pc.list_element(split, at))
        )
        for column, at in (("given_sound", 0), ("surname_sound", 1))
    }


def _sounds_alone(parts: Strings) -> pa.Array:
    points = code_points(pc.replace_substring(parts, MIDDLE_DOT, ""))
    numbers = np.zeros(len(points.lengths), np.int64)
    hashes = _syllable_hashes()[readings().given]
    for rows in points.by_length(np.arange(len(numbers))):
        characters = points.grid(rows, int(points.lengths[rows[0]]))
        numbers[rows] = numbers_of_rows(hashes[characters])
    return pa.array(numbers)


def _syllable_hashes() -> Numbers:
    return np.array([syllable_hash(one) for one in readings().syllables], np.uint64)
