"""SPEC.toml, read strictly: what is not understood is refused with what could be meant."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import files
from flows.errors import DoorstepError, UsageError
from flows.match.fields import EXTRA, FIELDS, NAMES, extra_field

LINK, DEDUPE = "link", "dedupe"
REGISTER, RECORDS = "register", "records"
_TABLE_KEYS = ("name", "file", "role", "columns")
_SIZE_LIMIT = 1 << 20


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """One table of people: where it lies, and which of its columns is which field."""

    name: str
    path: Path
    is_register: bool
    columns: Mapping[str, str]

    @property
    def place(self) -> str:
        """How a message speaks of this table."""
        return f"表 {self.name}({self.path.name})"


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What is to be matched."""

    task: str
    tables: tuple[TableSpec, ...]


class _Reader:
    """The spec as it is read; every refusal names the file and the place in it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, where: str, what: str) -> DoorstepError:
        """A refusal."""
        return DoorstepError(f"{self.path.name}{':' + where if where else ''}:{what}")

    def known(self, where: str, keys: Iterable[str], allowed: Iterable[str]) -> None:
        """Refuse keys that mean nothing here."""
        allowed = tuple(allowed)
        for key in keys:
            if key not in allowed:
                meant = nearest(key, allowed)
                hint = f"是否想写 {meant}?" if meant else ""
                raise self.wrong(where, f"不认识“{key}”。{hint}可用的是:{'、'.join(allowed)}。")

    def text(self, where: str, key: str, value: Any) -> str:
        """A text that is not empty."""
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(where, f'{key} 应是一段文字,例如 {key} = "…"。')
        return value


def read_spec(path: Path) -> Spec:
    """Read a spec; the files it names exist, what is in them is not looked at yet."""
    reader = _Reader(path)
    tree = _tree(reader)
    reader.known("", tree, ("task", "table"))
    task = tree.get("task")
    if task not in (LINK, DEDUPE):
        raise reader.wrong("", 'task 应是 "link"(几张表之间)或 "dedupe"(一张表之内)。')
    entries = tree.get("table")
    if not isinstance(entries, list) or not entries:
        raise reader.wrong(
            "", "没有 [[table]]。每张表写一段 [[table]],含 name、file、role、columns。"
        )
    tables = tuple(_table(reader, task, at, entry) for at, entry in enumerate(entries, 1))
    _fit_together(reader, task, tables)
    return Spec(task=task, tables=tables)


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The word that was probably meant, if any is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(among), scorer=fuzz.ratio, score_cutoff=50)
    return str(found[0]) if found else None


def _tree(reader: _Reader) -> dict[str, Any]:
    path = reader.path
    if not path.is_file():
        raise UsageError(f"找不到说明文件 {path}。请核对路径。")
    data = files.head(path, _SIZE_LIMIT + 1)
    if len(data) > _SIZE_LIMIT:
        raise reader.wrong("", "文件过大,不像是说明文件。请给出 SPEC.toml。")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise reader.wrong("", "不是 UTF-8 文字。请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as error:
        raise reader.wrong("", f"不是有效的 TOML:{error}。请改正后重试。") from None


def _table(reader: _Reader, task: str, at: int, entry: Any) -> TableSpec:
    where = f"第 {at} 个 [[table]]"
    if not isinstance(entry, dict):
        raise reader.wrong(where, "应写成 [[table]] 一段,含 name、file、role、columns。")
    reader.known(where, entry, _TABLE_KEYS)
    for key in ("name", "file", "columns"):
        if key not in entry:
            raise reader.wrong(where, f"缺少 {key}。")
    name = reader.text(where, "name", entry["name"])
    where = f"表 {name}"
    return TableSpec(
        name=name,
        path=_file(reader, where, entry["file"]),
        is_register=_is_register(reader, where, task, entry.get("role")),
        columns=_columns(reader, f"{where} 的 columns", entry["columns"]),
    )


def _file(reader: _Reader, where: str, value: Any) -> Path:
    path = reader.path.parent / reader.text(where, "file", value)
    if path.is_file():
        return path
    there = [file.name for file in files.listing(path.parent)]
    meant = nearest(path.name, there)
    hint = f"同一目录中有 {meant}。" if meant else "路径从说明文件所在目录算起。"
    raise reader.wrong(where, f"找不到文件 {value}。{hint}")


def _is_register(reader: _Reader, where: str, task: str, role: Any) -> bool:
    if role is None and task == DEDUPE:
        return False
    if role not in (REGISTER, RECORDS):
        raise reader.wrong(where, 'role 应是 "register"(人口底册)或 "records"(业务记录)。')
    if task == DEDUPE and role == REGISTER:
        raise reader.wrong(where, 'dedupe 的表是业务记录,请写 role = "records"。')
    return bool(role == REGISTER)


def _columns(reader: _Reader, where: str, entry: Any) -> dict[str, str]:
    """Field to column, the extra columns numbered."""
    if not isinstance(entry, dict) or not entry:
        raise reader.wrong(where, '应写成 { name = "姓名", … },左边是字段,右边是文件中的列名。')
    reader.known(where, entry, (*FIELDS, EXTRA))
    columns = {
        field: reader.text(where, field, column)
        for field, column in entry.items()
        if field != EXTRA
    }
    columns |= _extras(reader, where, entry.get(EXTRA, []))
    if not any(field in columns for field in NAMES):
        raise reader.wrong(where, f"没有姓名。请指定 {'、'.join(NAMES)} 中的至少一个。")
    seen: dict[str, str] = {}
    for field, column in columns.items():
        if column in seen:
            raise reader.wrong(
                where, f"列“{column}”同时用作 {seen[column]} 和 {field},只能用一次。"
            )
        seen[column] = field
    return columns


def _extras(reader: _Reader, where: str, value: Any) -> dict[str, str]:
    """An empty text keeps a place free where another table has a column."""
    if not isinstance(value, list) or not all(isinstance(column, str) for column in value):
        raise reader.wrong(where, 'extra 应是列名的列表,例如 extra = ["单位", "职业"]。')
    return {extra_field(at): column for at, column in enumerate(value) if column.strip()}


def _fit_together(reader: _Reader, task: str, tables: tuple[TableSpec, ...]) -> None:
    names = [table.name for table in tables]
    for name in names:
        if names.count(name) > 1:
            raise reader.wrong(f"表 {name}", "表名重复,每张表要有自己的 name。")
    if task == DEDUPE and len(tables) > 1:
        raise reader.wrong("", 'dedupe 只有一张表。几张表之间请写 task = "link"。')
    if task == LINK and len(tables) < 2:
        raise reader.wrong("", 'link 至少要有两张表。一张表之内查重请写 task = "dedupe"。')
