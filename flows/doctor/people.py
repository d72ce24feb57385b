"""Who may use the house: the table of people, or that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.access.people import read_people
from flows.doctor.finding import Finding
from flows.errors import DoorstepError
from flows.home import Home


def roles(home: Home, today: date) -> Iterator[Finding]:
    """Without a table one person runs everything: fit for a trial, and said so."""
    try:
        table = read_people(home)
    except DoorstepError as error:
        yield Finding(
            what="人员与角色", well=False, mend=str(error), mend_en="mend policy/people.csv"
        )
        return
    told = f"{len(table)} 人" if table is not None else "单人模式,能用本账号的人可使用全部命令"
    yield Finding(what=f"人员与角色({told})", well=True)
