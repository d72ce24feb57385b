"""The village of the demo answers: it visits the man who came home, and sends its list back.

The list is filled in the way a township would: the file it got, its words in the cells, saved as
GB18030 under a name of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta

from flows import files
from flows.home import Home
from flows.publish.work_orders import LISTS, ORDER_NUMBER_HEADER

VILLAGE = "陈家寨村"
_FILLED = {
    "走访人": "村民政协理员",
    "是否见到本人": "是",
    "核实结论": "临时救助2000元,低保单人保",
    "需要的帮助": "看病路费",
}


def send_back(home: Home, night: date) -> str | None:
    """Fill in the first order of the village on a night's lists; its number, None if it has none."""
    for row in _listed(home, night):
        if row["村或社区"] == VILLAGE:
            visited_on = (night + timedelta(days=1)).isoformat()
            files.write(
                home.returns / f"{VILLAGE}反馈.csv", _csv(row | _FILLED | {"走访日期": visited_on})
            )
            return row[ORDER_NUMBER_HEADER]
    return None


def _listed(home: Home, night: date) -> Iterator[dict[str, str]]:
    for path in files.listing(home.outbox / night.isoformat() / LISTS):
        if path.suffix == ".csv":
            yield from csv.DictReader(io.StringIO(files.read(path).decode("utf-8-sig")))


def _csv(row: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(row))
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue().encode("gb18030")
