"""A numbered model as it is frozen, and the JSON that says all of it.

Levels are written by name: a program whose levels mean something else refuses the file instead of
misreading it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import pyarrow as pa

from flows import files
from flows.models.words import levels_of
from flows.program import code_version
from matchers.model import SHIPPED, Model

FORMAT = 1


class UnreadableModelError(ValueError):
    """What is written is not a model that this program understands."""


@dataclass(frozen=True, kw_only=True)
class FrozenModel:
    """A model, how common names were (column, value, people; None: count the rows of the day).

    `sha256` is of the model's JSON, which holds the hash of the frequencies.
    """

    number: int
    model: Model
    frequencies: pa.Table | None
    sha256: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def shipped() -> FrozenModel:
    """Model 0, which came with the program."""
    model = Model()
    text = written(0, model, None, "", {})
    sha256 = files.sha256(text.encode("utf-8"))
    return FrozenModel(number=0, model=model, frequencies=None, sha256=sha256, code=code_version())


def written(
    number: int,
    model: Model,
    frequencies_sha256: str | None,
    code: str,
    facts: Mapping[str, Any],
) -> str:
    """The JSON of a model, always the same for the same content."""
    content = {
        "format": FORMAT,
        "number": number,
        "model": plain(model),
        "frequencies_sha256": frequencies_sha256,
        "code": code,
        "facts": facts,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def plain(model: Model) -> dict[str, Any]:
    """A model as plain values; levels by name."""
    values = {one.name: getattr(model, one.name) for one in fields(Model) if one.name != "number"}
    weights = {
        name: {levels_of(name)(int(level)).name: int(weight) for level, weight in worth.items()}
        for name, worth in model.weights.items()
    }
    return {**values, "weights": weights}


def understood(number: int, values: Any) -> Model:
    """The model that `plain` wrote; raises UnreadableModelError for anything else.

    What a later program added to models has its shipped value in an older one.
    """
    shipped = {
        one.name: getattr(Model(), one.name) for one in fields(Model) if one.name != "number"
    }
    if not isinstance(values, dict) or not {*values} <= {*shipped}:
        raise UnreadableModelError("fields")
    for name, value in values.items():
        wanted = dict if name == "weights" else (int, type(shipped[name]))
        if isinstance(value, bool) or not isinstance(value, wanted):
            raise UnreadableModelError(name)
    weights = {name: _worth(name, worth) for name, worth in values.get("weights", {}).items()}
    merged = {**shipped["weights"], **weights}
    model = Model(**{**values, "weights": merged, "number": number})
    if not _is_sensible(model):
        raise UnreadableModelError("values")
    return model


def _worth(name: str, worth: Any) -> dict[int, int]:
    levels = levels_of(name).__members__
    if not isinstance(worth, dict) or not {*worth} <= {*levels}:
        raise UnreadableModelError(name)
    if not all(type(weight) is int for weight in worth.values()):
        raise UnreadableModelError(name)
    learned = {int(levels[level]): weight for level, weight in worth.items()}
    before = {int(level): weight for level, weight in SHIPPED.get(name, {}).items()}
    return {**before, **learned}


def _is_sensible(model: Model) -> bool:
    thresholds = 0 < model.doubtful <= model.decided <= model.settled < 1
    return thresholds and model.people >= 1
