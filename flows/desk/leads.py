"""A hardship that somebody tells at the desk: a row of the source field_lead, like the hotline's."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

import pyarrow as pa

from flows import reference
from flows.desk.page import Visit
from flows.desk.words import N_
from flows.errors import UsageError
from flows.leads_in import put_leads
from matchers.identity_number import read_numbers

CHANNELS = {
    "热线": N_("救助热线"),
    "村级上报": N_("村(社区)上报"),
    "走访发现": N_("走访发现"),
    "本人求助": N_("本人求助"),
}
NEEDS = {
    "疾病": N_("看病"),
    "收入": N_("基本生活"),
    "住房": N_("住房"),
    "照料": N_("无人照料"),
    "受灾": N_("受灾或突发变故"),
    "上学": N_("上学"),
    "其他": N_("其他"),
}
"""What the contract of field_lead understands, and how the form says it."""

_LONGEST = {"name": 50, "number": 30, "phone": 40, "village": 40, "address": 200}
_OLDEST = timedelta(days=365)


def townships(visit: Visit) -> dict[str, str]:
    """The townships that the reader may name: a clerk's own, else all of the county."""
    known = reference.townships(visit.home.config.site.county)
    return {code: name for code, name in known.items() if visit.area in (None, code)}


def put_lead(visit: Visit) -> None:
    """Take the form into the inbox; the next night takes it up."""
    said = {name: visit.said(name) for name in _LONGEST}
    township = townships(visit).get(visit.said("township"))
    _refuse_unfit(said, township)
    row = (
        f"GZT{secrets.token_hex(6).upper()}",
        said["name"],
        said["number"],
        said["phone"],
        f"{township}{said['village']}",
        said["address"],
        _day(visit).isoformat(),
        _chosen(visit, "channel", CHANNELS),
        _chosen(visit, "need", NEEDS),
        "是" if visit.said("urgent") else "否",
    )
    visit.note("lead", count=1)
    put_leads(visit.home, f"工作台登记_{row[0]}.csv", [row])


def _refuse_unfit(said: Mapping[str, str], township: str | None) -> None:
    if not said["name"]:
        raise UsageError("请写明困难群众的姓名。")
    if township is None:
        raise UsageError("请选择乡镇。")
    if not (said["village"] or said["address"]):
        raise UsageError("请写明村(社区)或住址。")
    if any(len(said[name]) > longest for name, longest in _LONGEST.items()):
        raise UsageError("有一栏太长,没有登记。请写短一些。")
    if said["number"] and read_numbers(pa.array([said["number"]]))["number"].to_pylist() == [None]:
        raise UsageError("证件号码有误,没有登记。请核对;不知道就留空。")


def _chosen(visit: Visit, name: str, choices: Mapping[str, str]) -> str:
    chosen = visit.said(name)
    if chosen not in choices:
        raise UsageError("请选择线索渠道和困难类别。")
    return chosen


def _day(visit: Visit) -> date:
    today = visit.now.date()
    try:
        day = date.fromisoformat(visit.said("reported_on") or today.isoformat())
    except ValueError:
        raise UsageError("反映日期请写成 2026-11-25 的样子。") from None
    if not today - _OLDEST <= day <= today:
        raise UsageError("反映日期应在一年以内,且不晚于今天。")
    return day
