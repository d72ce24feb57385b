"""Lists that went out, and what a township does to a copy before it comes back."""

import csv
import io
from datetime import date

import openpyxl

from flows.publish.order_numbers import order_number
from flows.publish.work_order_csv import work_order_csv
from flows.publish.work_order_xlsx import work_order_xlsx
from flows.returns.taken import IssuedOrder
from flows.returns.taking import take_return
from tests.publish.order_lines import ON, order, township

TODAY, VISITED = date(2026, 11, 27), date(2026, 11, 25)
NAMES = ("陈西成", "王秀兰", "欧阳建国", "李小明")
LINES = tuple(
    order(
        at,
        person_name=name,
        phone=f"1380000000{at}",
        address=f"山东省济宁市曲阜市姚村镇陈家寨村{at}组{at}号",
    )
    for at, name in enumerate(NAMES, 1)
)
CHEN, WANG, OUYANG, LI = (line.order_no for line in LINES)
NOT_ISSUED = order_number("370881", ON, 99)
ORDERS = {
    line.order_no: IssuedOrder(
        order_no=line.order_no,
        issued_on=ON,
        township_code=line.township_code,
        person_name=line.person_name,
        phone=line.phone,
        address=line.address,
    )
    for line in LINES
}
FILLED = {"走访日期": "2026-11-25", "走访人": "赵村医", "是否见到本人": "是", "核实结论": "15"}


class Copy:
    """A copy of the CSV as a grid that can be cut about; `saved` is what comes back."""

    def __init__(self, text=None):
        text = text or work_order_csv(township(*LINES)).decode("utf-8-sig")
        self.header, *self.rows = list(csv.reader(io.StringIO(text)))

    def fill(self, order_no=CHEN, **said):
        """Write results beside an order; what is not said is said as usual."""
        row = self.row(order_no)
        for title, text in {**FILLED, **said}.items():
            row[self.header.index(title)] = text
        return self

    def row(self, order_no):
        return next(row for row in self.rows if row[0] == order_no)

    def set(self, title, text, order_no=CHEN):
        self.row(order_no)[self.header.index(title)] = text
        return self

    def add(self, **said):
        """A row typed below the list."""
        self.rows.append([said.get(title, "") for title in self.header])
        return self

    def grid(self):
        return [self.header, *self.rows]

    def saved(self, encoding="utf-8-sig", delimiter=","):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(self.grid())
        return out.getvalue().encode(encoding)

    def taken(self, **how):
        return taken(self.saved(**how))


def book(*lines, **changes):
    """Our workbook as a person's program opens it."""
    data = work_order_xlsx(township(*(lines or LINES), **changes))
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def workbook_of(*sheets):
    """A workbook with these grids, a sheet each."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for at, rows in enumerate(sheets, 1):
        sheet = made.create_sheet(f"表{at}")
        for row in rows:
            sheet.append(row)
    return saved(made)


def taken(content, orders=ORDERS, on=TODAY):
    return take_return(content, "姚村镇.csv", orders, on=on)


def only(found):
    """The one visit of a file without problems."""
    assert [problem.fault for problem in found.problems] == []
    (visit,) = found.visits
    return visit


def reasons(found):
    """Line, column and reason of every problem."""
    return [(one.line, one.fault.column, one.fault.reason) for one in found.problems]
