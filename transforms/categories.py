"""Which of the six kinds of low-income population a household may belong to, and what is to be verified.

Possible, never decided: the figures are proxies, and every kind has conditions that no extract
shows. A household whose income is unclear or unseen is not excluded by it, only to be asked.
Source: 国办发〔2023〕39号 (the six kinds); the county's policy for lines and shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

Situation = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of low-income population: when it is possible, and what nobody knows yet."""

    name: str
    title: str
    may_be: Callable[[Situation, SimpleNamespace], bool]
    verify: str


def _income_below(household: Situation, line: Any) -> bool:
    return bool(household["monthly_income"] < line * household["members"])


def _standard(limits: SimpleNamespace) -> Any:
    return max(limits.dibao_standard_urban, limits.dibao_standard_rural)


def _dibao(household: Situation, limits: SimpleNamespace) -> bool:
    return _income_below(household, _standard(limits))


def _tekun(household: Situation, limits: SimpleNamespace) -> bool:
    return bool(household["helpless"] == household["members"] and household["earners"] == 0)


def _margin(household: Situation, limits: SimpleNamespace) -> bool:
    return _income_below(household, _standard(limits) * limits.margin_multiple)


def _rigid(household: Situation, limits: SimpleNamespace) -> bool:
    yearly = household["monthly_income"] * 12
    is_below = yearly < limits.disposable_income_per_head * household["members"]
    burden = household["medical_burden"]
    return bool(is_below and burden > 0 and burden >= limits.rigid_expense_share * yearly)


def _monitored(household: Situation, limits: SimpleNamespace) -> bool:
    strikes = household["deaths"] or household["seriously_ill"] or household["unsafe_houses"]
    return bool(strikes and household["medical_burden"] + household["deaths"] > 0)


KINDS = (
    Kind(
        name="dibao",
        title="最低生活保障对象",
        may_be=_dibao,
        verify="全部收入(务农、零工、子女给的)、存款、房产和车辆;是否共同生活",
    ),
    Kind(
        name="tekun",
        title="特困人员",
        may_be=_tekun,
        verify="有无法定赡养、抚养、扶养人,其有没有能力;生活能否自理;有无生活来源",
    ),
    Kind(
        name="low_income_margin",
        title="最低生活保障边缘家庭",
        may_be=_margin,
        verify="全部收入和财产;是否已申请低保",
    ),
    Kind(
        name="rigid_expense",
        title="刚性支出困难家庭",
        may_be=_rigid,
        verify="近十二个月医疗、教育、残疾康复等自己负担的费用票据;家庭总收入;财产",
    ),
    Kind(
        name="monitored",
        title="防止返贫监测对象",
        may_be=_monitored,
        verify="是否农村户籍;收入和支出的变化;两不愁三保障",
    ),
    Kind(
        name="other",
        title="其他困难人员",
        may_be=lambda household, limits: False,
        verify="按本地规定认定",
    ),
)
"""The six kinds, in the order of 39号文; the last is defined locally and never guessed."""


def possible_kinds(household: Situation, limits: SimpleNamespace) -> tuple[Kind, ...]:
    """The kinds that what is known does not exclude, of a household that is in none of them yet.

    `household` is one row of SITUATION; `limits` are the shared policy values of the day.
    """
    on_aid = set(str(household["on_aid"]).split())
    return tuple(
        kind for kind in KINDS if kind.name not in on_aid and kind.may_be(household, limits)
    )
