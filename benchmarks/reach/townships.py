"""The townships' side of a night: lists come out of the outbox, filled lists go back to returns/."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.reach.truth import Truth
from benchmarks.reach.visitor import COUNTY_CODE_LENGTH, MOVED_WITHIN, Call, Visitor
from data_contracts.visit_results import VISIT_RESULTS
from flows import files, reference
from flows.home import Home
from flows.ledger import Ledger, WorkOrder
from flows.publish.work_orders import LISTS, ORDER_NUMBER_HEADER

_LATEST_RETURN = 10


@dataclass
class Townships:
    """All visitors of the county, and the lists they have not sent back yet."""

    home: Home
    truth: Truth
    seed: int
    calls: list[Call] = field(default_factory=list)
    orders: list[tuple[WorkOrder, Call]] = field(default_factory=list)
    under_way: dict[date, dict[str, bytes]] = field(default_factory=dict)
    visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        """One visitor remembers how often each door was called at."""
        self.visitor = Visitor(self.truth, self.seed)

    def send_back(self, night: date) -> int:
        """Put the lists that are due into returns/; the night takes them up itself."""
        due = self.under_way.pop(night, {})
        for name, content in due.items():
            files.write(self.home.returns / name, content)
        return len(due)

    def visit(self, night: date, ledger: Ledger, person: Mapping[str, int]) -> dict[str, int]:
        """Go wherever tonight's lists say; returns how many doors each list had."""
        orders = {one.order_no: one for one in ledger.orders(ledger.position())}
        doors = Counter[str]()
        for path in sorted((self.home.outbox / night.isoformat() / LISTS).glob("*.csv")):
            luck = random.Random(f"{self.seed}:{path.name}")
            takes = luck.randint(1, _LATEST_RETURN)
            rows = list(csv.DictReader(io.StringIO(files.read(path).decode("utf-8-sig"))))
            for row in rows:
                order = orders[row[ORDER_NUMBER_HEADER]]
                doors[str(order.township_code)] += 1
                on = night + timedelta(days=luck.randrange(takes))
                self._fill_in(row, order, on, person)
            back = self.under_way.setdefault(night + timedelta(days=takes), {})
            back[f"{night}_{path.name}"] = _written(rows)
        return dict(doors)

    def _fill_in(
        self, row: dict[str, str], order: WorkOrder, on: date, person: Mapping[str, int]
    ) -> None:
        code = str(order.township_code)
        household = self._behind(order, person)
        call = self.visitor.call(household, None if len(code) == COUNTY_CODE_LENGTH else code, on)
        self.calls.append(call)
        self.orders.append((order, call))
        row["走访日期"] = on.isoformat()
        row["走访人"] = "基准走访员"
        row["是否见到本人"] = "是" if call.met else "否"
        row["核实结论"] = f"{call.code} {VISIT_RESULTS[call.code].words}"
        if call.code == MOVED_WITHIN and household is not None:
            township = min(self.truth.homes[household])
            row["实际居住地址"] = reference.townships(self.home.config.site.county)[township]

    def _behind(self, order: WorkOrder, person: Mapping[str, int]) -> int | None:
        """The true household of whom the list names, else of the first member who is known."""
        for one in (str(order.printed["lead"]), *order.members):
            if one in person:
                return self.truth.household[person[one]]
        return None


def _written(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
