"""Parameters as tables: what each sets, its value in force and the document that says so."""

from __future__ import annotations

from collections.abc import Mapping

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from flows.markdown import table
from flows.policy.values import Value
from flows.rulebook.issued import Issued
from flows.rulebook.meanings import said

UNSTATED = "**未写明**"
BY_COUNTY = "〔由县定〕"
_MOST_CODES = 12

_DIRECTIONS = {
    Worse.LOWER: "调低会多发现",
    Worse.HIGHER: "调高会多发现",
    Worse.NEITHER: "不直接决定",
}
_LISTS = {
    Worse.LOWER: "列得少会多发现",
    Worse.HIGHER: "列得多会多发现",
    Worse.NEITHER: "不直接决定",
}


def parameter_table(
    parameters: Mapping[str, Parameter], issued: Issued | None, *, in_full: bool = False
) -> str:
    """Full name to parameter; with a county the values in force, without it only the meanings.

    A long list stands in full only with the shared parameters.
    """
    heads = ("参数", "规定什么", "单位", "依据", "调整方向")
    rows = ((f"`{name}`", *_meant(one)) for name, one in parameters.items())
    if issued is None:
        return table(heads, rows)
    return table(
        (*heads, "现行数值", "文件", "文件日期", "起始日期"),
        (
            (*row, *_stated(name, parameters[name], issued, in_full=in_full))
            for name, row in zip(parameters, rows, strict=True)
        ),
    )


def value_of(name: str, parameter: Parameter, issued: Issued | None) -> str:
    """A value in force with its unit; without a county, that the county sets it."""
    if issued is None:
        return f"{BY_COUNTY}{parameter.unit}"
    stated = issued.value(name)
    return _short(parameter, stated.value) if stated else UNSTATED


def _meant(parameter: Parameter) -> tuple[str, str, str, str]:
    is_list = parameter.kind is ValueKind.CODES
    direction = (_LISTS if is_list else _DIRECTIONS)[parameter.flags_more_when]
    return parameter.means, parameter.unit, str(parameter.reference), direction


def _stated(
    name: str, parameter: Parameter, issued: Issued, *, in_full: bool
) -> tuple[str, str, str, str]:
    stated = issued.value(name)
    if stated is None:
        return UNSTATED, "", "", ""
    return (
        (said if in_full else _short)(parameter, stated.value),
        stated.document,
        stated.document_date.isoformat(),
        stated.since.isoformat(),
    )


def _short(parameter: Parameter, value: Value) -> str:
    if isinstance(value, tuple) and len(value) > _MOST_CODES:
        return f"共 {len(value)} 项,见共用参数"
    return said(parameter, value)
