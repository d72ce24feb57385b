"""From the policy's TOML files to its values; what nobody declared is refused, not passed over."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows import files
from flows.policy.declared import DECLARED
from flows.policy.in_force import Policy, PolicyValue
from flows.policy.values import PolicyRefused, read_value

_KEYS = ("from", "value", "document", "document_date")


def load(folder: Path) -> Policy:
    """The policy that the *.toml files of a folder state together."""
    return parse({path.name: files.read(path) for path in sorted(folder.glob("*.toml"))})


def parse(contents: Mapping[str, bytes]) -> Policy:
    """The policy that the contents of policy files, by file name, state together."""
    stated: dict[str, list[PolicyValue]] = {}
    for file, content in sorted(contents.items()):
        for name, entries in _entries(file, content):
            stated.setdefault(name, []).extend(_read(file, name, entry) for entry in entries)
    for name, values in stated.items():
        _refuse_same_day(name, values)
    return Policy({name: tuple(values) for name, values in sorted(stated.items())})


def _entries(file: str, content: bytes) -> Iterator[tuple[str, list[Any]]]:
    """Each full name of a file with what stands under it."""
    for name, under in _names(file, content):
        if name not in DECLARED:
            raise PolicyRefused(f"{file}:不认识的项“{name}”;请对照模板检查拼写,或删去它")
        if not isinstance(under, list) or not all(isinstance(each, dict) for each in under):
            raise PolicyRefused(f"{file}:“{name}”要写成 [[{name}]] 的一段或多段")
        yield name, under


def _names(file: str, content: bytes) -> Iterator[tuple[str, Any]]:
    for key, under in _toml(file, content).items():
        if isinstance(under, dict) and under:
            yield from ((f"{key}.{parameter}", value) for parameter, value in under.items())
        else:
            yield key, under


def _toml(file: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise PolicyRefused(f"{file}:不是 UTF-8 文本,请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyRefused(f"{file}:不是有效的 TOML({error})") from error


def _read(file: str, name: str, entry: Mapping[str, Any]) -> PolicyValue:
    where = f"{file}:[[{name}]]"
    wrong = sorted(set(entry) ^ set(_KEYS))
    if wrong:
        raise PolicyRefused(f"{where} 应当恰好写 {'、'.join(_KEYS)};缺少或多出:{'、'.join(wrong)}")
    document = entry["document"]
    if not isinstance(document, str) or not document.strip():
        raise PolicyRefused(f"{where} 的 document 要写明依据文件的名称和文号")
    return PolicyValue(
        value=read_value(where, DECLARED[name], entry["value"]),
        since=_day(where, "from", entry["from"]),
        document=document.strip(),
        document_date=_day(where, "document_date", entry["document_date"]),
    )


def _day(where: str, key: str, given: object) -> date:
    if isinstance(given, date) and type(given) is date:
        return given
    raise PolicyRefused(f"{where} 的 {key} 要写成不带引号的日期,如 2026-01-01")


def _refuse_same_day(name: str, values: list[PolicyValue]) -> None:
    days = [each.since for each in values]
    twice = sorted({day for day in days if days.count(day) > 1})
    if twice:
        raise PolicyRefused(f"“{name}”有两段都从 {twice[0]} 起生效,请只留一段")
