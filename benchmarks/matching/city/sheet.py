"""One department's extract while it is being written."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from benchmarks.matching.city.luck import Ints, Texts
from benchmarks.matching.city.rates import BIT


@dataclass
class Sheet:
    """Columns of text by field, the person behind every row, and the dirt so far (one bit a kind)."""

    table: str
    person: Ints
    fields: dict[str, Texts]
    tags: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.tags = np.zeros(len(self.person), dtype=np.int64)

    def __len__(self) -> int:
        return len(self.person)

    def mark(self, rows: Ints, kind: str) -> None:
        """These rows have this dirt."""
        self.tags[rows] |= 1 << BIT[kind]
