"""The geometry of the desk's pictures: bars with intervals, columns, and a map of townships.

Only places and sizes are reckoned here; templates/charts.html.j2 draws them, and a table with the same
figures stands beside every picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.outlines import Outline, Point

LABEL, WIDE, ROW = 190, 240, 24
"""Of a bar chart: the width of the titles, of the bars, and the height of a row."""

MAP_WIDTH, SHADES, TILE, TILES_A_ROW = 420, 5, 66, 6
HIDDEN = -1
"""The shade of a township whose figure is not told."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row: a bar from the axis to `x`, and a whisker; all None where the figure is not told."""

    title: str
    y: int
    x: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Bars:
    """A bar chart; `marks` are the lines of the axis: their place and what they say."""

    rows: tuple[Bar, ...]
    height: int
    marks: tuple[tuple[float, str], ...]


def share_bars(rows: Sequence[tuple[str, Mapping[str, float] | None]]) -> Bars:
    """Shares with their intervals (value, low, high from 0 to 1), on an axis that fits them."""
    top = max((found["high"] for _, found in rows if found), default=1.0)
    end = min(1.0, math.ceil(top * 10) / 10 or 0.1)
    return _bars(rows, end, [(end * part / 2, f"{end * part / 2:.0%}") for part in range(3)])


def ratio_bars(rows: Sequence[tuple[str, Mapping[str, float] | None]]) -> Bars:
    """Ratios with their intervals; the axis ends at the largest ratio, an interval may be cut."""
    top = max((found["value"] for _, found in rows if found), default=1.0)
    end = float(max(2, math.ceil(top * 1.25)))
    return _bars(rows, end, [(0.0, "0"), (1.0, "1"), (end, f"{end:g}")])


def count_bars(rows: Sequence[tuple[str, int | None]]) -> Bars:
    """Counts; the longest bar fills the width."""
    end = float(max((count for _, count in rows if count), default=1))
    told = [(title, None if n is None else {"value": float(n)}) for title, n in rows]
    return _bars(told, end, [(end, f"{end:,.0f}")])


def _bars(
    rows: Sequence[tuple[str, Mapping[str, float] | None]],
    end: float,
    marks: Sequence[tuple[float, str]],
) -> Bars:
    def place(value: float) -> float:
        return round(LABEL + WIDE * min(value, end) / end, 1)

    drawn = (
        Bar(title=title, y=ROW * nth)
        if found is None
        else Bar(
            title=title,
            y=ROW * nth,
            x=place(found["value"]),
            low=place(found["low"]) if "low" in found else None,
            high=place(found["high"]) if "high" in found else None,
        )
        for nth, (title, found) in enumerate(rows)
    )
    return Bars(
        rows=tuple(drawn),
        height=ROW * (len(rows) + 1),
        marks=tuple((place(value), word) for value, word in marks),
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """One township of the map: its outline as an SVG path, where its name stands, how dark it is."""

    code: str
    title: str
    said: str
    path: str
    x: float
    y: float
    shade: int


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map; `steps` say from which value on each shade is used."""

    places: tuple[Place, ...]
    width: int
    height: int
    steps: tuple[float, ...]
    is_tiles: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What the map says of one township: `value` None where it is not told."""

    title: str
    value: float | None
    said: str


def township_map(figures: Mapping[str, Figure], outlines: Sequence[Outline]) -> Map:
    """The townships by code, in their outlines; without any, as tiles in the order of their codes."""
    top = max((one.value for one in figures.values() if one.value is not None), default=0.0)
    steps = tuple(top * step / SHADES for step in range(SHADES))
    shapes = _outlined(outlines) if outlines else _tiled(sorted(figures))
    height = max((bottom for *_, bottom in shapes.values()), default=0.0)
    nothing = Figure(title="", value=None, said="")
    places = [
        Place(
            code=code,
            title=figures.get(code, nothing).title,
            said=figures.get(code, nothing).said,
            path=path,
            x=x,
            y=y,
            shade=_shade(figures.get(code, nothing).value, top),
        )
        for code, (path, x, y, _) in shapes.items()
    ]
    return Map(
        places=tuple(places),
        width=MAP_WIDTH,
        height=math.ceil(height),
        steps=steps,
        is_tiles=not outlines,
    )


_Shapes = Mapping[str, tuple[str, float, float, float]]


def _shade(value: float | None, top: float) -> int:
    if value is None:
        return HIDDEN
    return min(SHADES - 1, int(SHADES * value / top)) if top else 0


def _tiled(codes: Sequence[str]) -> _Shapes:
    """Code to path, middle and bottom of a square."""
    found = {}
    for nth, code in enumerate(codes):
        left, up = nth % TILES_A_ROW * (TILE + 4), nth // TILES_A_ROW * (TILE + 4)
        path = f"M{left} {up}h{TILE}v{TILE}h-{TILE}z"
        found[code] = (path, left + TILE / 2, up + TILE / 2, float(up + TILE))
    return found


def _outlined(outlines: Sequence[Outline]) -> _Shapes:
    """Code to path, middle of the largest ring and bottom, on a plane true at the county's middle."""
    points = [point for one in outlines for ring in one.rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = MAP_WIDTH / max((east - west) * narrow, north - south, 1e-9)
    bottom = (north - south) * scale

    def on_page(point: Point) -> tuple[float, float]:
        return round((point[0] - west) * narrow * scale, 1), round((north - point[1]) * scale, 1)

    found = {}
    for one in outlines:
        rings = [[on_page(point) for point in ring] for ring in one.rings]
        path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "z" for ring in rings)
        largest = max(rings, key=_extent)
        xs, ys = [x for x, _ in largest], [y for _, y in largest]
        middle = round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)
        found[one.code] = (path, *middle, bottom)
    return found


def _extent(ring: Sequence[tuple[float, float]]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
