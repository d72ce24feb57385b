"""Files broken in every way we know, each about one person whom nobody else is called like."""

import io

import xlsxwriter

NAME, NUMBER, PHONE, PLATE = "鬱薜嬿", "370881199003078812", "13987654321", "鲁H鬱7Q7"
CANARIES = {NAME, NUMBER, PHONE}

_HEADER = "号牌号码,身份证明号码,机动车所有人,使用性质,车辆类型,初次登记日期,登记价值(元),机动车状态,联系电话"
_ROW = f"{PLATE},{NUMBER},{NAME},A,K33,2020-03-01,50000,正常,{PHONE}"


def _rows(row: str, count: int = 30) -> str:
    return "".join(f"{row.replace(PLATE, PLATE + str(at))}\n" for at in range(count))


def _workbook(*sheets: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def _text(text: str) -> bytes:
    return text.encode("utf-8")


_HEADER_CELLS, _ROW_CELLS = _HEADER.split(","), _ROW.split(",")

WAYS = {
    "no_header": ("csv", _text(_rows(_ROW))),
    "no_header_but_quotes": ("csv", _text(_rows(",".join(f'"{one}"' for one in _ROW_CELLS)))),
    "no_header_in_a_workbook": ("xlsx", _workbook([_ROW_CELLS] * 5)),
    "a_person_as_a_column": ("csv", _text(f"{_HEADER},{NAME}{NUMBER}\n" + _rows(f"{_ROW},1"))),
    "a_column_twice": ("csv", _text(f"{_HEADER},{_HEADER}\n" + _rows(f"{_ROW},{_ROW}"))),
    "cut_in_a_line": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW) + _ROW[:40])),
    "an_open_quote": ("csv", _text(f'{_HEADER}\n"{_ROW}\n' + _rows(_ROW))),
    "too_many_cells": ("csv", _text(f"{_HEADER}\n" + _rows(f"{_ROW},{NAME},{PHONE}"))),
    "too_few_cells": ("csv", _text(f"{_HEADER}\n" + _rows(f"{PLATE},{NUMBER},{NAME}"))),
    "a_name_as_a_date": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW.replace("2020-03-01", NAME)))),
    "a_number_as_money": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW.replace("50000", NUMBER)))),
    "a_phone_as_money": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW.replace("50000", PHONE + "元")))),
    "a_name_as_a_code": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW.replace("正常", NAME)))),
    "a_name_too_long": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW.replace(NAME, NAME * 40)))),
    "a_key_too_long": (
        "csv",
        _text(f"{_HEADER}\n" + _rows(_ROW.replace(PLATE, PLATE + NUMBER * 3))),
    ),
    "the_same_key_and_other_facts": (
        "csv",
        _text(f"{_HEADER}\n" + "".join(f"{_ROW.replace('50000', str(at))}\n" for at in range(30))),
    ),
    "bytes_of_no_encoding": ("csv", _text(f"{_HEADER}\n{_ROW}\n") + b"\xff\xfe\x81" + _text(_ROW)),
    "a_zero_byte": ("csv", _text(f"{_HEADER}\n" + _rows(_ROW.replace(NAME, NAME + "\0")))),
    "a_broken_workbook": ("xlsx", _workbook([_HEADER_CELLS, _ROW_CELLS])[:-200]),
    "two_data_sheets": ("xlsx", _workbook([_HEADER_CELLS, _ROW_CELLS], [_ROW_CELLS, _ROW_CELLS])),
    "a_web_page": ("csv", _text(f"<html><td>{NAME}</td><td>{NUMBER}</td></html>")),
    "an_error_page": ("csv", _text(f'{{"error": "no rows for {NAME} {NUMBER} {PHONE}"}}')),
}
"""Suffix and bytes of each, by what is wrong with it."""
