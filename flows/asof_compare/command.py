"""`doorstep compare`: a past night as it was known then, beside the same night as known now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows import reference
from flows.asof_compare.recalling import Recalled, recalled
from flows.asof_compare.words import change_lines
from flows.home import Home
from flows.program import code_version
from flows.steps import Step, plainly


def compare(home: Home, on: date, limit: int, step: Step = plainly) -> list[str]:
    """The lines that `doorstep compare` prints; of each kind of change at most `limit`."""
    return list(told(home, recalled(home, on, step), limit))


def told(home: Home, both: Recalled, limit: int) -> Iterator[str]:
    """A comparison in the county's words."""
    then, now = both.deliveries
    yield f"{both.asked.night} 夜:当时收到 {then} 批数据,现在 {now} 批。"
    if both.asked.code != code_version():
        yield "注意:程序版本已与当时不同,“当时”是按现在的程序重算的。"
    config = home.config
    townships = reference.townships(config.site.county)
    yield from change_lines(both.differing, townships, config.sources, limit)
    yield "以上只是对照:没有派单,没有发布,也没有记入台账。"
