"""Where numbered models lie: HOME/state/models/<number>/, each written once and never again.

`model.json` holds the hash of `frequencies.parquet`, and `sha256` the hash of `model.json`; so one
hash stands for both, and whatever was changed since is refused.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows import files
from flows.errors import DoorstepError, UsageError
from flows.home import Home
from flows.models.frozen import (
    FORMAT,
    FrozenModel,
    UnreadableModelError,
    shipped,
    understood,
    written,
)
from matchers.frequencies import COUNTED
from matchers.model import Model

JSON, FREQUENCIES, HASH = "model.json", "frequencies.parquet", "sha256"
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_SCHEMA = pa.schema([("column", pa.string()), ("value", pa.string()), ("people", pa.int64())])


def folder_of(home: Home, number: int) -> Path:
    """Where a model lies, and what was worked out about it."""
    return home.state / "models" / str(number)


def numbers(home: Home) -> list[int]:
    """The models that were trained here, the first one first; also broken ones."""
    folder = home.state / "models"
    if not folder.is_dir():
        return []
    named = [one.name for one in folder.iterdir() if one.is_dir() and _NUMBER.fullmatch(one.name)]
    return sorted(int(name) for name in named if name != "0")


def read(home: Home, number: int) -> FrozenModel:
    """A model by its number; refused if it is not there, broken, or not as it was written."""
    if number == 0:
        return shipped()
    if number not in numbers(home):
        raise UsageError(f"没有第 {number} 号模型。可用的模型见 doorstep model list。")
    folder = folder_of(home, number)
    try:
        text, table = files.read(folder / JSON), files.read(folder / FREQUENCIES)
        recorded = files.read_text(folder / HASH).split()[:1]
        if recorded != [files.sha256(text)]:
            raise UnreadableModelError(JSON)
        content = json.loads(text)
        if content["frequencies_sha256"] != files.sha256(table):
            raise UnreadableModelError(FREQUENCIES)
        return _frozen(number, content, files.sha256(text), pq.read_table(io.BytesIO(table)))
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        raise DoorstepError(
            f"第 {number} 号模型已损坏、被改动过,或是由不同版本的程序写成的,不能使用。"
            f"请从备份恢复 {folder.relative_to(home.root)},或重新训练并采用新的模型。"
        ) from None


def _frozen(number: int, content: Any, sha256: str, frequencies: pa.Table) -> FrozenModel:
    if content["format"] != FORMAT or content["number"] != number:
        raise UnreadableModelError("number")
    if not frequencies.schema.equals(_SCHEMA):
        raise UnreadableModelError(FREQUENCIES)
    return FrozenModel(
        number=number,
        model=understood(number, content["model"]),
        frequencies=frequencies,
        sha256=sha256,
        code=str(content["code"]),
        facts=dict(content["facts"]),
    )


def contents(
    number: int, model: Model, frequencies: pa.Table, code: str, facts: Mapping[str, Any]
) -> dict[str, bytes]:
    """The files of a model; the same content always gives the same bytes."""
    table = _parquet(frequencies)
    text = written(number, model, files.sha256(table), code, facts).encode("utf-8")
    return {
        JSON: text,
        FREQUENCIES: table,
        HASH: f"{files.sha256(text)}  {JSON}\n".encode(),
    }


def add(home: Home, number: int, parts: Mapping[str, bytes]) -> FrozenModel:
    """Write the files of a new model; a number that is taken is never written again."""
    folder = folder_of(home, number)
    if (folder / JSON).exists() or number in numbers(home):
        raise DoorstepError(f"第 {number} 号模型已经存在,不会被改写。")
    files.write_folder(folder, dict(parts))
    return read(home, number)


def _parquet(frequencies: pa.Table) -> bytes:
    ordered = frequencies.select(_SCHEMA.names).cast(_SCHEMA)
    ordered = ordered.sort_by([(name, "ascending") for name in _SCHEMA.names]).combine_chunks()
    unknown = {*ordered["column"].unique().to_pylist()} - {*COUNTED}
    if unknown:
        raise UnreadableModelError(FREQUENCIES)
    buffer = io.BytesIO()
    pq.write_table(ordered, buffer, compression="zstd")
    return buffer.getvalue()
