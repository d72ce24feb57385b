"""The outlines of a county's townships: HOME/policy/townships.geojson, if the county supplies one.

A FeatureCollection of Polygons or MultiPolygons in degrees, each with the township's nine-digit code
as its property `code`. Nothing is drawn beside them: no borders of anybody else.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import files
from flows.errors import UsageError

OUTLINES_FILE = "townships.geojson"
MOST_BYTES, MOST_POINTS = 4 << 20, 50_000
"""More would make every page slow; a county simplifies its outlines before it supplies them."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


class OutlinesRefused(UsageError):  # noqa: N818 - says what happened to the file
    """The file cannot be drawn; the message says what to change."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"policy/{OUTLINES_FILE}:{problem}。请改正,或移走它(改用方格图)。")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One township: its code, and its rings in degrees east and north."""

    code: str
    rings: tuple[Ring, ...]


def read_outlines(policy_folder: Path, townships: Container[str]) -> tuple[Outline, ...]:
    """The outlines by code; none without the file. `townships` are the codes of the county."""
    path = policy_folder / OUTLINES_FILE
    if not path.is_file():
        return ()
    if path.stat().st_size > MOST_BYTES:
        raise OutlinesRefused(f"大于 {MOST_BYTES >> 20} MB,请先简化边界")
    try:
        tree = json.loads(files.read(path).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise OutlinesRefused("不是 UTF-8 的 JSON") from None
    found = [_outline(place, one, townships) for place, one in enumerate(_features(tree), start=1)]
    if len({one.code for one in found}) < len(found):
        raise OutlinesRefused("有乡镇出现两次,请合成一个 MultiPolygon")
    if sum(len(ring) for one in found for ring in one.rings) > MOST_POINTS:
        raise OutlinesRefused(f"多于 {MOST_POINTS} 个点,请先简化边界")
    return tuple(sorted(found, key=lambda one: one.code))


def _features(tree: Any) -> list[Any]:
    features = tree.get("features") if isinstance(tree, dict) else None
    if not isinstance(features, list) or not features:
        raise OutlinesRefused("应是有内容的 FeatureCollection")
    return features


def _outline(place: int, feature: Any, townships: Container[str]) -> Outline:
    parts = feature if isinstance(feature, dict) else {}
    properties, geometry = (parts.get(name) or {} for name in ("properties", "geometry"))
    code = properties.get("code") if isinstance(properties, dict) else None
    if not isinstance(code, str) or code not in townships:
        raise OutlinesRefused(f"第 {place} 块的 code 不是本县乡镇的 9 位代码")
    rings = tuple(_rings(place, geometry if isinstance(geometry, dict) else {}))
    return Outline(code=code, rings=rings)


def _rings(place: int, geometry: dict[str, Any]) -> Iterator[Ring]:
    shapes, kind = geometry.get("coordinates"), geometry.get("type")
    polygons: Any = {"Polygon": [shapes], "MultiPolygon": shapes}.get(str(kind))
    try:
        rings = [ring for polygon in polygons for ring in polygon]
        if not rings:
            raise ValueError
        for ring in rings:
            yield tuple(_point(point) for point in ring)
    except (TypeError, ValueError, IndexError, KeyError):
        raise OutlinesRefused(
            f"第 {place} 块应是以经纬度(度)为坐标的 Polygon 或 MultiPolygon"
        ) from None


def _point(point: Any) -> Point:
    east, north = float(point[0]), float(point[1])
    if not (-180 <= east <= 180 and -90 <= north <= 90):
        raise ValueError
    return east, north
