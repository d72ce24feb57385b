"""The policy values that can be tried at the desk, each as a slider, and what was typed into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from data_contracts.policy.shared import SHARED
from data_contracts.policy.terms import ValueKind, Worse
from flows.desk.words import N_
from flows.errors import UsageError
from flows.policy import Policy
from flows.policy.declared import DECLARED, full_name
from flows.policy.values import Value, read_value
from flows.rulebook.meanings import said
from transforms.signals import SIGNALS

_NUMBER = re.compile(r"[0-9]{1,14}([.][0-9]{1,4})?")
_WHOLE = (ValueKind.DAYS, ValueKind.COUNT)
_STEPS = {ValueKind.SHARE: "0.01", ValueKind.MULTIPLE: "0.05"}
_LEAST_REACH = {ValueKind.DAYS: 60, ValueKind.COUNT: 10}
_CODES = (ValueKind.CODE, ValueKind.CODES)

WHICH_WAY = {
    Worse.LOWER: N_("调低会多发现"),
    Worse.HIGHER: N_("调高会多发现"),
    Worse.NEITHER: "",
}


@dataclass(frozen=True, kw_only=True)
class Slider:
    """One value: what it is called and means, what is in force, and how far the slider reaches."""

    name: str
    means: str
    unit: str
    value: str
    said: str
    document: str
    which_way: str
    least: str
    most: str
    step: str


def sliders(policy: Policy, on: date, signal: str) -> list[Slider]:
    """The numbers of a signal, or the shared ones; lists of codes are no numbers and stay out."""
    one = SIGNALS.get(signal)
    own = [each for each in one.parameters if not each.shared] if one else []
    names = [full_name(one, each) for each in own] if one else list(SHARED)
    return [_slider(policy, on, name) for name in names if DECLARED[name].kind not in _CODES]


def _slider(policy: Policy, on: date, name: str) -> Slider:
    parameter, in_force = DECLARED[name], policy.value(name, on)
    value = Decimal(str(in_force.value))
    return Slider(
        name=name,
        means=parameter.means,
        unit=parameter.unit,
        value=str(in_force.value),
        said=said(parameter, in_force.value),
        document=in_force.document,
        which_way=WHICH_WAY[parameter.flags_more_when],
        least="1" if parameter.kind is ValueKind.MULTIPLE else "0",
        most=str(_reach(parameter.kind, value)),
        step=_STEPS.get(parameter.kind, "1"),
    )


def _reach(kind: ValueKind, value: Decimal) -> Decimal | int:
    if kind is ValueKind.SHARE:
        return 1
    if kind is ValueKind.MULTIPLE:
        return max(Decimal(3), 2 * value)
    return max(_LEAST_REACH.get(kind, 1000), int(2 * value))


def typed(policy: Policy, on: date, form: Mapping[str, Any]) -> dict[str, Value]:
    """The values of a form (`value:NAME`) that differ from those in force; refused if none does."""
    found = {}
    for name, parameter in DECLARED.items():
        given = form.get(f"value:{name}")
        if parameter.kind in _CODES or not isinstance(given, str) or not given.strip():
            continue
        value = _read(name, given.strip())
        if value != policy.value(name, on).value:
            found[name] = value
    if not found:
        raise UsageError("没有改动任何数值。请先拖动滑块或填写新的数值。")
    return found


def _read(name: str, given: str) -> Value:
    parameter = DECLARED[name]
    if not _NUMBER.fullmatch(given):
        raise UsageError(f"“{parameter.means}”请写成不带逗号和单位的数。")
    number = Decimal(given)
    is_whole = parameter.kind in _WHOLE and number == number.to_integral_value()
    return read_value(parameter.means, parameter, int(number) if is_whole else number)


def changes(policy: Policy, on: date, values: Mapping[str, Value]) -> list[dict[str, str]]:
    """Each value with what is in force and what is tried, in words."""
    return [
        {
            "name": name,
            "means": DECLARED[name].means,
            "was": said(DECLARED[name], policy.value(name, on).value),
            "will_be": said(DECLARED[name], value),
        }
        for name, value in sorted(values.items())
    ]
