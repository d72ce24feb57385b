"""Identity columns on their way to being spoiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from flows.synth.draws import Bools, Ints
from flows.synth.luck import Luck
from flows.synth.world import World

Slip = Callable[[str, int], str]
"""What should be there and a record's luck, to what stands there."""


@dataclass
class Sheet:
    """Identity columns, one row per record, with the marks of what was done to them.

    Nothing ever happens to the records of the story.
    """

    world: World
    person: Ints
    luck: Luck
    seen_on: Ints
    columns: dict[str, np.ndarray]
    marks: dict[str, Bools] = field(default_factory=dict)

    def spoil(self, column: str, kind: str, rows: Bools, values: np.ndarray) -> None:
        """Put `values` into these rows, and mark those rows where they differ from before."""
        before = self.columns[column]
        after = before.copy()
        after[rows] = values
        after = np.where(self.person == self.world.story, before, after)
        self.columns[column] = after
        self.marks[kind] = self.marks.get(kind, False) | (after != before)

    def people(self, column: str) -> np.ndarray:
        """A column of the people the records are about."""
        return self.world.people[column].to_numpy()[self.person]


def listed(marks: Mapping[str, Bools], count: int) -> pl.Series:
    """The marks of each record as a list of words."""
    if not marks:
        return pl.Series([[]] * count, dtype=pl.List(pl.String))
    frame = pl.DataFrame(dict(sorted(marks.items())))
    words = [pl.when(pl.col(kind)).then(pl.lit(kind)) for kind in frame.columns]
    return frame.select(pl.concat_list(words).list.drop_nulls()).to_series()
