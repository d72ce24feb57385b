"""A small source of every kind of column, and files of it as departments would send them."""

import io
from dataclasses import replace
from datetime import date

import duckdb
import xlsxwriter
from ibis import _

from data_contracts.terms import (
    NOT_STATED,
    Column,
    DeliveryKind,
    Fact,
    FactType,
    Kind,
    Need,
    Privacy,
    Record,
    Reference,
    RowRule,
    Source,
)
from flows.receive import Judgement, receive

ON = date(2026, 3, 1)
SECRET = b"a secret of the county"


def _column(kind, *headers, **more):
    return Column(
        means=headers[0], kind=kind, headers=headers, **{"privacy": Privacy.ORDINARY, **more}
    )


_treatment = Record(
    name="treatment",
    title="诊疗",
    grain="one row per visit",
    columns={
        "visited_on": Fact(type=FactType.DATE, means="就诊日期"),
        "paid_month": Fact(type=FactType.DATE, means="缴费月份"),
        "cost": Fact(type=FactType.MONEY, means="费用"),
        "self_paid": Fact(type=FactType.MONEY, means="自付"),
        "subsidy": Fact(type=FactType.MONEY, means="补助"),
        "days": Fact(type=FactType.INTEGER, means="天数"),
        "area_m2": Fact(type=FactType.NUMBER, means="面积"),
        "diagnosis": Fact(type=FactType.STRING, means="诊断"),
        "mode": Fact(type=FactType.STRING, means="方式", one_of=("ordered", "other")),
        "ward": Fact(type=FactType.STRING, means="病区"),
    },
)

CLINIC = Source(
    name="clinic",
    title="诊疗记录",
    supplier="卫生院",
    authority=Reference(title="共享协议"),
    grain="one row per visit",
    delivery=DeliveryKind.FULL,
    cadence_days=1,
    key=("visit_no",),
    own_key=True,
    dated_by="visited_on",
    complete_for="在卫生院就诊的人",
    becomes=_treatment,
    columns={
        "visit_no": _column(Kind.TEXT, "就诊号", "JZH", need=Need.VALUE, max_length=12),
        "id_number": _column(
            Kind.ID_NUMBER,
            "证件号码",
            "身份证号",
            need=Need.HEADER,
            privacy=Privacy.IDENTITY,
            max_length=30,
        ),
        "name": _column(
            Kind.NAME, "姓名", "患者姓名", need=Need.VALUE, privacy=Privacy.IDENTITY, max_length=50
        ),
        "sex": _column(
            Kind.CODE, "性别", codes={"1": "male", "男": "male", "2": "female", "9": NOT_STATED}
        ),
        "birth_date": _column(Kind.DATE, "出生日期"),
        "phone": _column(Kind.PHONE, "电话", privacy=Privacy.IDENTITY, max_length=40),
        "contact_phone": _column(Kind.PHONE, "电话#2", privacy=Privacy.IDENTITY, max_length=40),
        "address": _column(Kind.ADDRESS, "住址", privacy=Privacy.IDENTITY, max_length=60),
        "place_code": _column(Kind.PLACE_CODE, "区划代码"),
        "visited_on": _column(Kind.DATE, "就诊日期", need=Need.VALUE),
        "paid_month": _column(Kind.MONTH, "缴费年月"),
        "cost": _column(Kind.MONEY, "总费用", at_least=0, at_most=1_000_000),
        "self_paid": _column(Kind.MONEY, "自付金额", at_least=0),
        "subsidy": _column(Kind.MONEY, "补助(万元)", unit=10_000),
        "days": _column(Kind.INTEGER, "天数", at_least=0, at_most=366),
        "area_m2": _column(Kind.NUMBER, "面积", at_least=0),
        "diagnosis": _column(Kind.ICD10, "诊断编码", max_length=20),
        "mode": _column(Kind.CODE, "离院方式", codes={"1": "ordered", "9": "other"}),
        "ward": _column(Kind.TEXT, "病区", matches="[A-Z][0-9]{2}"),
    },
    rules=(
        RowRule(name="part_of_whole", holds=_.self_paid <= _.cost, reason="自付金额大于总费用"),
    ),
    unused={"民族": "不接收"},
    quarantine_limit=0.05,
)

PEOPLE = replace(
    CLINIC,
    name="people",
    columns={name: column for name, column in CLINIC.columns.items() if name != "visit_no"},
    key=("id_number", "name"),
    own_key=False,
    delivery=DeliveryKind.APPEND,
)
"""The same columns without a key of their own."""

HEADER = [
    "就诊号", "证件号码", "姓名", "性别", "出生日期", "电话", "电话", "住址", "区划代码", "就诊日期",
    "缴费年月", "总费用", "自付金额", "补助(万元)", "天数", "面积", "诊断编码", "离院方式", "病区",
]  # fmt: skip

TITLES = dict(zip(CLINIC.columns, HEADER, strict=True))


def visit(number: int, **changed: str) -> list[str]:
    """The cells of a good row; columns are changed by name."""
    cells = {
        "visit_no": f"V{number:06d}",
        "id_number": f"37088119800101{number % 10_000:04d}",
        "name": f"张{chr(0x4E00 + number % 5000)}",
        "sex": "1",
        "birth_date": "1980-01-01",
        "phone": f"138{number % 100_000_000:08d}",
        "contact_phone": "",
        "address": f"姚村镇陈家寨村{number % 300}号",
        "place_code": "370881102227",
        "visited_on": "2026-02-01",
        "paid_month": "202601",
        "cost": "1200.50",
        "self_paid": "300.25",
        "subsidy": "0.15",
        "days": "3",
        "area_m2": "89.5",
        "diagnosis": "N18.501",
        "mode": "1",
        "ward": "A12",
    }
    assert not set(changed) - set(cells)
    return list((cells | changed).values())


def visits(count: int, **changed: str) -> list[list[str]]:
    return [visit(number, **changed) for number in range(count)]


def csv_of(rows, header=HEADER, *, delimiter=",", encoding="utf-8", newline="\r\n", end=True):
    """Rows as the bytes of a delimited file without quotes."""
    text = newline.join(delimiter.join(cells) for cells in [header, *rows])
    return (text + newline * end).encode(encoding)


def xlsx_of(rows, header=HEADER, *, above=(), below=(), sheets=("数据",), numbers=()):
    """Rows as the bytes of a workbook; the columns in `numbers` are number cells."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for title in sheets:
            sheet = book.add_worksheet(title)
            for at, cells in enumerate([*above, header, *rows, *below]):
                for column, cell in enumerate(cells):
                    if column in numbers and at > len(above) and cell:
                        sheet.write_number(at, column, float(cell))
                    elif cell:
                        sheet.write_string(at, column, cell)
    return out.getvalue()


def received(
    data: bytes, source: Source = CLINIC, file_name: str = "诊疗.csv", connection=None, **more
) -> tuple[Judgement, duckdb.DuckDBPyConnection]:
    """Receive a file the way a night does."""
    connection = connection or duckdb.connect()
    settings = {"on": ON, "previous": None, "secret": SECRET, **more}
    return receive(connection, source, data, file_name, **settings), connection


def broken(judgement: Judgement) -> set[str]:
    return {failed.name for failed in judgement.failed}


def rows_of(connection, query: str) -> list[tuple]:
    return connection.execute(query).fetchall()
