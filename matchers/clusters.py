"""Groups of records that are one person: connected components of the links between them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def components(edges: pa.Table) -> pa.Table:
    """From `left`, `right` (int64) to one row per node: `node`, and `root`, its least node."""
    left = edges["left"].to_numpy()
    right = edges["right"].to_numpy()
    nodes, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    root = np.arange(len(nodes))
    a, b = places[: len(left)], places[len(left) :]
    while True:
        least = root.copy()
        np.minimum.at(least, a, root[b])
        np.minimum.at(least, b, root[a])
        least = least[least]
        if np.array_equal(least, root):
            return pa.table({"node": nodes, "root": nodes[root]})
        root = least
