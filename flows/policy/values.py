"""How one policy value is read from TOML, by the kind its parameter declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from data_contracts.policy.terms import Parameter, ValueKind
from flows.errors import DoorstepError

Value = Decimal | int | str | tuple[str, ...]

_CODE = re.compile(r"[A-Za-z0-9_.]*[A-Za-z0-9][A-Za-z0-9_.]*")
_LARGEST_MONEY = Decimal("99999999999999.99")
_LARGEST_COUNT = 36_500


class PolicyRefused(DoorstepError, ValueError):  # noqa: N818 - says what happened to the file
    """A policy file states something that cannot be taken; the message says what to change."""


def read_value(where: str, parameter: Parameter, given: Any) -> Value:
    """The value as rules take it; one of another kind is refused, never converted."""
    return _READERS[parameter.kind](where, parameter, given)


def _money(where: str, parameter: Parameter, given: Any) -> Decimal:
    amount = _number(where, parameter, given)
    if amount > _LARGEST_MONEY or amount != amount.quantize(Decimal("0.01")):
        raise PolicyRefused(f"{where} 的 value 最多两位小数(单位:{parameter.unit})")
    return amount.quantize(Decimal("0.01"))


def _share(where: str, parameter: Parameter, given: Any) -> Decimal:
    share = _number(where, parameter, given)
    if share > 1:
        raise PolicyRefused(f"{where} 的 value 是比例,要在 0 到 1 之间")
    return share.normalize()


def _multiple(where: str, parameter: Parameter, given: Any) -> Decimal:
    multiple = _number(where, parameter, given)
    if not 1 <= multiple <= 100 or multiple != multiple.quantize(Decimal("0.01")):
        raise PolicyRefused(f"{where} 的 value 是倍数,要在 1 到 100 之间,最多两位小数")
    return multiple.quantize(Decimal("0.01"))


def _count(where: str, parameter: Parameter, given: Any) -> int:
    if type(given) is not int or not 0 <= given <= _LARGEST_COUNT:
        raise PolicyRefused(
            f"{where} 的 value 要写成 0 到 {_LARGEST_COUNT} 的整数(单位:{parameter.unit})"
        )
    return given


def _code(where: str, parameter: Parameter, given: Any) -> str:
    if not isinstance(given, str):
        raise PolicyRefused(f"{where} 的 value 要写成一个带引号的代码")
    if not _CODE.fullmatch(given):
        raise PolicyRefused(f"{where} 的代码只能用字母、数字、点和下划线,且不能为空")
    if parameter.one_of and given not in parameter.one_of:
        raise PolicyRefused(f"{where} 的代码只能是:{'、'.join(parameter.one_of)}")
    return given


def _codes(where: str, parameter: Parameter, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise PolicyRefused(f'{where} 的 value 要写成代码的列表,如 ["C34", "N18"]')
    return tuple(sorted({_code(where, parameter, each) for each in given}))


def _number(where: str, parameter: Parameter, given: Any) -> Decimal:
    is_number = type(given) is int or isinstance(given, Decimal)
    if not is_number or not Decimal(given).is_finite() or given < 0:
        raise PolicyRefused(f"{where} 的 value 要写成不带引号的非负数(单位:{parameter.unit})")
    return Decimal(given)


_READERS: Mapping[ValueKind, Callable[[str, Parameter, Any], Value]] = {
    ValueKind.MONEY: _money,
    ValueKind.SHARE: _share,
    ValueKind.MULTIPLE: _multiple,
    ValueKind.DAYS: _count,
    ValueKind.COUNT: _count,
    ValueKind.CODE: _code,
    ValueKind.CODES: _codes,
}
