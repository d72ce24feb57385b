"""Groups of records that are one person, from the pairs of records that were compared.

Connected components follow every link, so one wrong link makes two people one. Average linkage
(Sokal and Michener 1958) asks all pairs of two groups instead, and so does not chain. Groups that
are each other's nearest may be joined at once: for this linkage no later join brings either
anything nearer, so the order does not matter (Bruynooghe 1977).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]
_Truths = npt.NDArray[np.bool_]

NOT_COMPARED = -3_000
"""Weight of a pair that shares no key: one to eight that it is one person."""

_APART = -(10**12)
"""Weight by which two groups stay apart whatever joins them later."""


def components(edges: pa.Table) -> pa.Table:
    """From `left`, `right` (int64) to one row per node: `node`, and `root`, its least node."""
    nodes, left, right = _placed(edges)
    return pa.table({"node": nodes, "root": nodes[_roots(len(nodes), left, right)]})


class _Links(NamedTuple):
    """Between two groups each: the places of both, the sum of weights, the pairs compared."""

    left: _Ints
    right: _Ints
    weight: _Ints
    pairs: _Ints

    def taken(self, chosen: _Truths) -> _Links:
        return _Links(*(column[chosen] for column in self))


def average_linkage(edges: pa.Table, least: int = 0) -> pa.Table:
    """`node` and `root` as above, from `left`, `right`, `weight` of every pair that was compared.

    Groups are joined, nearest first, while the mean weight of all pairs between them is `least` or
    more (that of pairs not compared is `NOT_COMPARED`). All groups that are equally near are joined
    together or, where that mean is too low, not at all, so no order of rows decides.
    """
    nodes, left, right = _placed(edges)
    root, size = np.arange(len(nodes)), np.ones(len(nodes), np.int64)
    weight = edges["weight"].to_numpy().astype(np.int64)
    links = _merged(_Links(left, right, weight, np.ones(len(left), np.int64)), root)
    while True:
        near = _means(links, size)
        links, near = _reachable(links, near, least)
        if not len(near):
            return pa.table({"node": nodes, "root": nodes[root]})
        nearest = _nearest(links, near, len(nodes))
        joined = _roots(len(nodes), links.left[nearest], links.right[nearest])
        torn = _torn(links, size, joined, least)[joined]
        links.weight[nearest & torn[links.left]] = _APART
        joined = np.where(torn, np.arange(len(nodes)), joined)
        root = joined[root]
        size = _sums(joined, size, len(nodes))
        links = _merged(links, joined)


def _placed(edges: pa.Table) -> tuple[_Ints, _Ints, _Ints]:
    left, right = edges["left"].to_numpy(), edges["right"].to_numpy()
    nodes, places = np.unique(np.concatenate([left, right]), return_inverse=True)
    return nodes, places[: len(left)], places[len(left) :]


def _roots(nodes: int, left: _Ints, right: _Ints) -> _Ints:
    """The least node that each is connected with."""
    root = np.arange(nodes)
    while True:
        least = root.copy()
        np.minimum.at(least, left, root[right])
        np.minimum.at(least, right, root[left])
        least = least[least]
        if np.array_equal(least, root):
            return root
        root = least


def _means(links: _Links, size: _Ints) -> _Floats:
    every = size[links.left] * size[links.right]
    return np.asarray((links.weight + NOT_COMPARED * (every - links.pairs)) / every)


def _reachable(links: _Links, near: _Floats, least: int) -> tuple[_Links, _Floats]:
    """Without links that can matter no more: no chain of near enough groups leads over them."""
    enough = near >= least
    area = _roots(
        int(max(links.left.max(initial=0), links.right.max(initial=0))) + 1,
        links.left[enough],
        links.right[enough],
    )
    inside = area[links.left] == area[links.right]
    return links.taken(inside), near[inside]


def _nearest(links: _Links, near: _Floats, nodes: int) -> _Truths:
    """The links between groups that are each other's nearest, equally near ones too."""
    best = np.full(nodes, -np.inf)
    np.maximum.at(best, links.left, near)
    np.maximum.at(best, links.right, near)
    return (near == best[links.left]) & (near == best[links.right])


def _torn(links: _Links, size: _Ints, joined: _Ints, least: int) -> _Truths:
    """Places of joined groups whose parts, each with each, are on the mean not near enough."""
    nodes = len(joined)
    inside = joined[links.left] == joined[links.right]
    home = joined[links.left[inside]]
    whole, squares = _sums(joined, size, nodes), _sums(joined, size * size, nodes)
    every = (whole * whole - squares) // 2
    weight = _sums(home, links.weight[inside], nodes)
    pairs = _sums(home, links.pairs[inside], nodes)
    return np.asarray(weight + NOT_COMPARED * (every - pairs) < least * every)


def _merged(links: _Links, root: _Ints) -> _Links:
    """The links between what the groups have become, each once."""
    left, right = root[links.left], root[links.right]
    between = left != right
    low, high = np.minimum(left, right)[between], np.maximum(left, right)[between]
    keys, places = np.unique(low * len(root) + high, return_inverse=True)
    weight = _sums(places, links.weight[between], len(keys))
    pairs = _sums(places, links.pairs[between], len(keys))
    return _Links(keys // len(root), keys % len(root), weight, pairs)


def _sums(places: _Ints, values: _Ints, many: int) -> _Ints:
    """Exact sums by place: whole numbers, so no order of rows can change them."""
    totals = np.zeros(many, np.int64)
    np.add.at(totals, places, values)
    return totals
