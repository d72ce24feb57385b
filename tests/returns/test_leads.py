"""A household written below the list: what of it reaches the inbox, and what is told when not all does."""

import csv
import io
from datetime import datetime
from types import SimpleNamespace

import pytest

from flows.leads_in import LEAD_HEADER, pass_on_leads
from flows.returns.receipt import receipt
from tests.returns.returned import CHEN, Copy, taken

AT = datetime(2026, 11, 27, 9, 5)  # noqa: DTZ001 - a wall clock
NEIGHBOUR = {"姓名": "孙二婶", "村或社区": "陈家寨村", "需要的帮助": "没人照料"}
NO_PHONE = ["电话被表格软件改坏或太长,没有采用"]


def told(**said):
    """The lead of a row below a list, why something was left out of it, and the receipt."""
    found = Copy().fill(CHEN).add(**NEIGHBOUR | said).taken()
    (lead,) = found.leads
    return lead, [one.fault.reason for one in found.left_out], receipt(found, AT)


def delivered(tmp_path, found, county="370881"):
    """The leads as they lie in the inbox."""
    site = SimpleNamespace(county=county)
    home = SimpleNamespace(inbox=tmp_path, config=SimpleNamespace(site=site))
    pass_on_leads(home, "a" * 64, found.leads)
    (path,) = tmp_path.rglob("*.csv")
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("phone", "registered", "kept", "reasons"),
    [
        ("13812300000", "", "13812300000", []),
        ("", "13812300000", "13812300000", []),
        ("", "", "", []),
        ("1.38123E+10", "", "", NO_PHONE),
        ("1.38123e+10", "", "", NO_PHONE),
        ("", "1.38123E+10", "", NO_PHONE),  # full-width, as an input method writes it
        ("1.38123E+10", "13812300000", "13812300000", []),
        ("1" * 40, "", "1" * 40, []),
        ("1" * 41, "", "", NO_PHONE),
    ],
)
def test_a_ruined_phone_is_left_out_and_told_and_the_lead_is_kept(phone, registered, kept, reasons):
    lead, left_out, _ = told(联系电话=phone, 登记电话=registered)
    assert (lead.name, lead.phone, left_out) == ("孙二婶", kept, reasons)


def test_the_receipt_tells_what_was_left_out_beside_the_lead():
    _, _, lines = told(联系电话="1.38123E+10")
    assert "新线索:1 条" in lines
    at = lines.index("线索已登记,但有没采用的:")
    assert lines[at + 1].startswith("  第 6 行“联系电话”:电话被表格软件改坏或太长")
    assert lines[-1] == "没有需要补的。"


def test_a_lead_taken_whole_says_nothing_more():
    assert not any("没采用" in line for line in told()[2])


@pytest.mark.parametrize(
    ("title", "field", "longest"), [("村或社区", "village", 40), ("登记住址", "address", 200)]
)
def test_where_somebody_lives_is_cut_where_it_is_too_long(title, field, longest):
    lead, left_out, _ = told(**{title: "村" * longest})
    assert (len(getattr(lead, field)), left_out) == (longest, [])
    lead, left_out, _ = told(**{title: "村" * (longest + 1)})
    assert len(getattr(lead, field)) == longest
    assert left_out == [f"文字太长,只采用前 {longest} 个字"]


@pytest.mark.parametrize(
    ("name", "leads"), [("孙" * 50, 1), ("孙" * 51, 0), ("不详", 0), ("孙二婶", 1)]
)
def test_without_a_name_that_the_inbox_takes_the_row_goes_back(name, leads):
    found = Copy().add(**NEIGHBOUR | {"姓名": name}).taken()
    assert (len(found.leads), len(found.problems)) == (leads, 1 - leads)


@pytest.mark.parametrize(
    ("village", "placed"),
    [
        ("陈家寨村", "尼山镇陈家寨村"),
        ("", "尼山镇"),
        ("尼山镇陈家寨村", "尼山镇陈家寨村"),
        ("曲阜市吴村镇簸箕掌村", "曲阜市吴村镇簸箕掌村"),
    ],
)
def test_a_village_goes_on_behind_the_township_of_its_sheet(tmp_path, village, placed):
    found = Copy().fill(CHEN).add(**NEIGHBOUR | {"村或社区": village}).taken()
    (row,) = delivered(tmp_path, found)
    assert tuple(row) == LEAD_HEADER
    assert row["所在村(社区)"] == placed


def test_of_a_sheet_that_is_of_no_one_township_only_the_village_is_known(tmp_path):
    found = taken(Copy().add(**NEIGHBOUR).saved(), orders={})
    (row,) = delivered(tmp_path, found)
    assert row["所在村(社区)"] == "陈家寨村"
