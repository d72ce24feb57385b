"""Real header rows find their columns, and what must not be read finds none."""

import unicodedata
from collections import Counter

import pytest

from data_contracts.sources import SOURCES
from data_contracts.terms import Need
from tests.contracts.header_rows import (
    DISCHARGE_IN_CHINESE,
    HEADER_ROWS,
    OWNER_CHECK_SHEET,
    VEHICLE_CHECK_SHEET,
    mapped,
    numbered,
)

EVERY_SOURCE = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
EVERY_ROW = pytest.mark.parametrize(("name", "header_row"), HEADER_ROWS.values(), ids=HEADER_ROWS)

BANNED = (
    "民族", "MZ", "naty", "AAC005", "宗教", "籍贯", "政治面貌", "党派",
    "案情", "警情内容", "报警内容", "处警", "笔录", "前科", "违法记录",
    "银行", "账号", "开户",
    "医师", "护士", "主任", "民警", "经办人", "核对人", "鉴定人", "审批人",
    "备注", "死亡原因", "致困原因", "致贫原因", "工作单位", "单位名称", "服务处所", "AAB004",
    "指纹", "照片", "人员标签",
)  # fmt: skip
"""What no source may ask for, whatever the rest of the header says."""


def headers_of(source):
    return [header for name, column in source.columns.items() for header in (name, *column.headers)]


def spelled(header):
    """A header as a careless reader sees it: full and half width, case and blanks are one."""
    return "".join(unicodedata.normalize("NFKC", header).casefold().split())


@EVERY_ROW
def test_a_typical_header_row_brings_every_column_that_must_be_there(name, header_row):
    source = SOURCES[name]
    needed = {column for column, said in source.columns.items() if said.need is not Need.NOTHING}
    assert needed <= set(mapped(source, header_row))


@EVERY_ROW
def test_no_two_headers_of_a_typical_row_fill_one_column(name, header_row):
    source = SOURCES[name]
    found = [header for header in numbered(header_row) if header in headers_of(source)]
    assert len(found) == len(mapped(source, header_row))


@EVERY_ROW
def test_what_a_typical_row_has_beyond_the_contract_is_dropped(name, header_row):
    kept = set(mapped(SOURCES[name], header_row).values())
    assert not [header for header in kept for ban in BANNED if ban in header]


@EVERY_SOURCE
def test_no_header_asks_for_what_may_never_be_read(source):
    asked = [(header, ban) for header in headers_of(source) for ban in BANNED if ban == header]
    asked += [
        (header, ban)
        for header in headers_of(source)
        for ban in BANNED
        if not ban.isascii() and ban in header
    ]
    assert asked == []


@EVERY_SOURCE
def test_a_header_names_one_column_however_it_is_typed(source):
    owners = {
        (spelled(header), name)
        for name, column in source.columns.items()
        for header in (name, *column.headers)
    }
    counted = Counter(header for header, _ in owners)
    assert [header for header, count in counted.items() if count > 1] == []


@EVERY_SOURCE
def test_no_header_is_listed_twice_in_a_column(source):
    for column in source.columns.values():
        assert len(column.headers) == len(set(column.headers))


@EVERY_SOURCE
def test_a_header_is_not_both_read_and_refused(source):
    read = {spelled(header) for header in headers_of(source)}
    assert read.isdisjoint({spelled(header) for header in source.unused})


@EVERY_SOURCE
def test_every_column_has_a_chinese_header_and_headers_carry_no_blanks(source):
    for column in source.columns.values():
        assert any(not header.isascii() for header in column.headers)
        assert all(header == "".join(header.split()) for header in column.headers)


def test_the_second_phone_of_the_front_page_is_the_contacts():
    found = mapped(SOURCES["hospital_discharge"], DISCHARGE_IN_CHINESE)
    assert (found["phone"], found["contact_phone"]) == ("电话", "电话#2")
    assert "地址" not in found.values()


def test_of_a_check_sheet_the_owner_is_read_and_not_the_person_asked_about():
    found = mapped(SOURCES["property"], OWNER_CHECK_SHEET)
    assert (found["name"], found["id_number"]) == ("产权人姓名", "产权人身份证号")


def test_a_price_in_ten_thousands_is_never_read_as_yuan():
    found = mapped(SOURCES["vehicle"], VEHICLE_CHECK_SHEET)
    assert "value_amount" not in found
    for source in SOURCES.values():
        assert not [header for header in headers_of(source) if "万元" in header]
