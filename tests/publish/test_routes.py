import pytest

from flows.publish.routes import villages_of
from flows.publish.sheet_names import sheet_name
from tests.publish.order_lines import order


def door(sequence, address, *, severity=1, village="陈家寨村", code="370881105201"):
    return order(
        sequence, address=address, severity=severity, village_name=village, village_code=code
    )


def walked(*doors):
    return [
        (village.sheet, [line.address for line in village.lines]) for village in villages_of(doors)
    ]


def test_in_a_village_urgent_doors_come_first_then_neighbours_stand_together():
    assert walked(
        door(1, "3组21号"),
        door(2, "12组1号"),
        door(3, "3组3号"),
        door(4, "12组9号", severity=3),
        door(5, "2组30号", severity=3),
    ) == [("陈家寨村", ["2组30号", "12组9号", "3组3号", "3组21号", "12组1号"])]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("3组2号", "3组10号"),
        ("3幢2单元501室", "3幢12单元101室"),
        ("\uff13组2号", "3组10号"),
        ("03组9号", "3组10号"),
        ("3组2号", "3组2号后院"),
        ("陈家寨村", None),
        ("陈家寨村", "  "),
    ],
)
def test_numbers_in_an_address_count_as_numbers_and_no_address_comes_last(first, then):
    assert walked(door(1, then), door(2, first))[0][1] == [first, then]


def test_doors_of_one_address_stand_in_the_order_of_their_numbers():
    (village,) = villages_of([door(3, "3组"), door(1, "3组"), door(2, "3组")])
    assert [line.order_no[-6:-2] for line in village.lines] == ["0001", "0002", "0003"]


def test_the_village_with_the_most_urgent_door_comes_first_then_as_triage_ranked():
    lines = (
        door(1, "甲", severity=2, village="王庄村", code="370881105202"),
        door(2, "乙", severity=1, village="李庄村", code="370881105203"),
        door(3, "丙", severity=3, village="李庄村", code="370881105203"),
        door(4, "丁", severity=2, village="赵庄村", code="370881105204"),
    )
    assert walked(*lines) == [("李庄村", ["丙", "乙"]), ("王庄村", ["甲"]), ("赵庄村", ["丁"])]


def test_households_without_a_known_village_stand_together():
    lines = (
        door(1, "甲", village=None, code=None),
        door(2, "乙", village=" \u200b", code="370881105299"),
        door(3, "丙", village=None, code="370881105298"),
    )
    assert walked(*lines) == [("村不详", ["丙", "乙", "甲"])]


def test_two_villages_of_one_name_are_two_sheets():
    lines = (door(1, "甲"), door(2, "乙", code="370881105209"))
    assert walked(*lines) == [("陈家寨村", ["甲"]), ("陈家寨村(2)", ["乙"])]


def test_a_village_called_like_a_sheet_of_ours_is_still_a_village():
    assert walked(door(1, "甲", village="总表")) == [("总表(2)", ["甲"])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("陈家寨村", "陈家寨村"),
        ("村[1]:*?/\\", "村 1"),
        ("'陈家寨村'", "陈家寨村"),
        ("History", "History(2)"),
        ("村" * 40, "村" * 31),
        ("\U0002ebf0" * 20, "\U0002ebf0" * 15),
        ("???", "村不详"),
        ("", "村不详"),
    ],
)
def test_a_sheet_is_called_what_excel_allows(text, name):
    assert sheet_name(text, [], otherwise="村不详") == name


def test_no_two_sheets_have_one_name_however_long_or_cased():
    taken = ["a" * 31, "B"]
    assert sheet_name("A" * 40, taken, otherwise="") == "A" * 28 + "(2)"
    assert sheet_name("b", [*taken, "b(2)"], otherwise="") == "b(3)"
