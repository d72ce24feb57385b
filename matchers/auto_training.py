"""The model for tables that nobody has trained one for: counted where numbers prove it, else EM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ibis.expr.types as ir
from ibis import _

from matchers.em_training import train_by_em
from matchers.fields import Field
from matchers.model import Model, bits
from matchers.rows import text_columns
from matchers.text_levels import TextLevel
from matchers.training import ENOUGH, train
from matchers.verified import Verified
from matchers.workbench import Workbench, fetched

RARELY = 0.1
"""Share of records with a verified number below which those say little about all the others."""

UNLEARNED: Mapping[int, int] = {
    TextLevel.DIFFERENT: bits(-3),
    TextLevel.SHARED: 0,
    TextLevel.SIMILAR: bits(2),
    TextLevel.CLOSE: bits(4),
    TextLevel.EQUAL: bits(4),
    TextLevel.EQUAL_UNCOMMON: bits(6),
    TextLevel.EQUAL_RARE: bits(8),
    TextLevel.EQUAL_VERY_RARE: bits(10),
}
"""Weights of a plain text field from which nothing could be learned; by hand."""


def model_for(
    bench: Workbench, rows: ir.Table, proven: Verified, fields: Sequence[Field], model: Model
) -> Model:
    """The model for as many people as the register has, or else for as many as there are records.

    Where nothing proves a pair and there are too few candidates for EM, the weights stay as shipped.
    """
    records, registered, numbered, pairs = _counted(bench, rows, proven)
    unlearned = dict.fromkeys(text_columns(rows), UNLEARNED)
    weights = {**unlearned, **model.weights}
    model = replace(model, people=max(registered or records, 1), weights=weights)
    if pairs >= ENOUGH and numbered >= RARELY * records:
        return train(bench, rows, proven, fields, model)
    return train_by_em(bench, rows, proven, fields, model)


def _counted(bench: Workbench, rows: ir.Table, proven: Verified) -> tuple[int, ...]:
    """Records, register rows, records with a verified number, and pairs that one number proves."""
    bearing = proven.fits.select("rid", "number").union(proven.misfits.select("rid", "number"))
    groups = bearing.group_by("number").agg(rows=_.count())
    told = rows.agg(records=_.count(), registered=_.is_register.cast("int64").sum())
    proved = groups.agg(numbered=_.rows.sum(), pairs=(_.rows - 1).sum())
    (figures,) = fetched(bench, "train_counted", told.cross_join(proved)).to_pylist()
    names = ("records", "registered", "numbered", "pairs")
    return tuple(int(figures[name] or 0) for name in names)
