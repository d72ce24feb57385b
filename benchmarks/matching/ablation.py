"""What each step of the matcher earns: the same rows with one step taken out at a time.

    python -m benchmarks.matching.ablation FOLDER [--people 100000] [--only NAME]

FOLDER is a city. The steps are taken out from outside, by replacing a function or a table of keys
for one run; the product has no switch for it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import ibis

from benchmarks.matching.measured import HEADS, city, figures, scored
from benchmarks.matching.truth import Score
from flows import reference
from flows.match import command
from flows.models.learning import learned
from matchers import kin, linkage
from matchers.candidates import LAST, STRONG, WEAK, Key
from matchers.model import Model
from matchers.name_levels import NameLevel
from matchers.name_shapes import NO_SHAPES, Shapes
from matchers.rows import with_whole_dates
from matchers.verified import Verified, number_of

Parts = Mapping[tuple[Any, str], Any]
"""What stands in the place of what: (module, name) to the replacement."""

MEMORY_GB = 6


def every_number_is_its_bearers(bench: Any, rows: Any, shapes: Any) -> Verified:
    """No holder guard: a checksum is enough."""
    numbered = rows.filter(rows.id_clean.notnull())
    fits = numbered.select("rid", number=number_of(numbered.id_clean))
    equal = ibis.literal(int(NameLevel.EQUAL)).cast("int32").cast("int8")
    kept = bench.keep("link_fits", fits.mutate(name_level=equal))
    nobody = bench.keep(
        "link_misfits", kept.limit(0).mutate(name_level=kept.name_level.cast("int8"))
    )
    return Verified(fits=kept, misfits=nobody)


def claims_forgotten(rows: Any, misfits: Any) -> Any:
    """The guard works, but the number of another says nothing about whose record it is."""
    nobody, no = ibis.null("int64"), ibis.literal(False)
    return SEEKERS(rows, misfits).mutate(claim=nobody, claim_is_parent=no)


def one_rarity_for_all(
    bench: Any, seeking: Any, rows: Any, model: Model, frequencies: Any = None
) -> Any:
    """Names count as if all were equally common: -log2 of the chance that two people share one."""
    adjusted = RARITIES(bench, seeking, rows, model, frequencies)
    mean = {}
    for column, name in (("name_key", "name"), ("name_bag", "bag"), ("surname_sound", "surname")):
        counts = rows.filter(rows[column].notnull()).group_by(column).agg(n=ibis._.count())
        summed = counts.aggregate(squares=(counts.n * counts.n).sum(), total=counts.n.sum())
        (found,) = bench.fetch(summed).to_pylist()
        rarity = ibis.literal(float(found["total"]) ** 2 / float(found["squares"])).log2() * 1000
        mean[f"{name}_rarity"] = rarity.round().cast("int64")
    return adjusted.mutate(**mean)


def no_newcomers(side: Any, left: Any) -> Any:
    """Nobody outside the register is found twice."""
    return left.select("rid", entity=-1 - left.rid)


def nothing_moved(bench: Any, scored: Any, *others: Any) -> Any:
    """A register row without a number stays apart from what is known by number."""
    return bench.keep("link_moved", scored.select("rid", "entity").limit(0))


def learned_first(
    bench: Any, rows: Any, model: Model, shapes: Shapes, proven: Verified | None = None
) -> Any:
    """The weights that `doorstep model train` learns from the same rows."""
    whole = with_whole_dates(rows)
    trained = learned(bench, whole.mutate(record_key=whole.rid.cast("string")), None).model
    return LINK(bench, rows, trained, shapes, proven)


def silent(*names: str) -> Callable[..., Any]:
    """Fields that have nothing to say, as if a cell were always empty."""
    nothing = {f"{name}_level": ibis.null("int8") for name in names}
    return lambda *asked: COMPARED(*asked).mutate(**nothing)


def keys_without(*columns: str) -> Parts:
    """The candidate keys but those that hold one of the columns."""
    return {
        (linkage, wave): left_of(keys, columns)
        for wave, keys in (("STRONG", STRONG), ("WEAK", WEAK), ("LAST", LAST))
    }


def left_of(keys: Sequence[Key], columns: Sequence[str]) -> tuple[Key, ...]:
    """At least one key: a wave of none would be no query."""
    kept = [key for key in keys if not {*columns} & {*key.seeker, *key.known}]
    return tuple(kept or STRONG[:1])


def model_with(**changes: Any) -> Parts:
    """The shipped model, changed."""
    return {(command, "_model"): lambda number: replace(Model(), **changes)}


LINK, SEEKERS, RARITIES = linkage.link, linkage.seekers, linkage.with_rarities
COMPARED, HOMES, PHONES = linkage.compared, kin.homes, kin._phones
SIMILAR = reference.similar_characters
NUMBER_PARTS = ("id_text", "id_tail", "id_head", "id_ends", "last_four")
DISTINCT: Parts = {
    (linkage, "compared"): silent("number"),
    **keys_without(*NUMBER_PARTS),
}

VARIATIONS: Mapping[str, Parts] = {
    "as shipped": {},
    "no holder guard": {(linkage, "verified"): every_number_is_its_bearers},
    "another's number forgotten": {(linkage, "seekers"): claims_forgotten},
    "broken numbers not compared": DISTINCT,
    "no weak wave": {(linkage, "WEAK"): STRONG[:1]},
    "no last wave": {(linkage, "LAST"): STRONG[1:2]},
    "neither weak nor last": {(linkage, "WEAK"): STRONG[:1], (linkage, "LAST"): STRONG[1:2]},
    "no name frequencies": {(linkage, "with_rarities"): one_rarity_for_all},
    "similar shapes unknown": {
        (reference, "similar_characters"): lambda: Shapes(SIMILAR().variants, NO_SHAPES.alike)
    },
    "shapes and variants unknown": {(reference, "similar_characters"): lambda: NO_SHAPES},
    "no household (kin)": {(kin, "homes"): lambda known: HOMES(known).limit(0)},
    "no addresses": {
        (linkage, "compared"): silent("address"),
        **keys_without("place"),
    },
    "no phones": {
        (linkage, "compared"): silent("phone"),
        (kin, "_phones"): lambda seekers: PHONES(seekers).limit(0),
        **keys_without("phone", "contact_phone"),
    },
    "no sex": {(linkage, "compared"): silent("sex"), **keys_without("sex")},
    "register rows not moved": {(linkage, "moved_entries"): nothing_moved},
    "newcomers not grouped": {(linkage, "_newcomers"): no_newcomers},
    "weights learned": {(linkage, "link"): learned_first},
    "decided at 0.5": model_with(decided=0.5),
    "decided at 0.99": model_with(decided=0.99),
}


def matched(folder: Path, parts: Parts) -> Score:
    """The score with these parts replaced."""
    links = folder / "ablation.parquet"
    limits = command.Limits(threads=os.cpu_count() or 1, memory_gb=MEMORY_GB)
    with ExitStack() as changes:
        for (module, name), instead in parts.items():
            changes.enter_context(patch.object(module, name, instead))
        command.match_tables(folder / "spec.toml", links, limits)
    return scored(folder, links)


def line(name: str, result: Score, whole: Score) -> str:
    """The figures, and how many F1 points (hundredths of a per cent) are lost without the step."""
    lost = [
        (one.pairs.f1 - other.pairs.f1) * 1e4
        for one, other in ((whole.overall, result.overall), (whole.hard, result.hard))
    ]
    return f"{figures(name, result)}{lost[0]:>9.1f}{lost[1]:>9.1f}"


def main() -> None:
    """One line a variation."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.ablation")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--people", type=int, default=100_000)
    ask.add_argument("--only", action="append", default=[], choices=VARIATIONS)
    told = ask.parse_args()
    city(told.folder, told.people)
    print(f"{HEADS}{'lost':>9}{'HARD':>9}   (1e-4 F1)")
    whole = None
    for name in told.only or VARIATIONS:
        result = matched(told.folder, VARIATIONS[name])
        whole = whole or result
        print(line(name, result, whole), flush=True)


if __name__ == "__main__":
    main()
