"""Whatever encoding and delimiter a department uses, rare characters arrive unchanged."""

import pytest

from flows.receive import Verdict
from flows.receive.decode import encoding_of
from tests.receive.clinic import HEADER, broken, csv_of, received, rows_of, visit, visits

RARE = ["䶮", "𬎆", "㛃", "𠮷", "㐂", "𫘥", "買買提·吐尔逊", "\ue863"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_rare_names_arrive_unchanged(encoding, delimiter):
    rows = [visit(number, name=f"张{rare}") for number, rare in enumerate(RARE)]

    judgement, connection = received(csv_of(rows, encoding=encoding, delimiter=delimiter))

    assert judgement.verdict is Verdict.ACCEPTED, judgement.failed
    names = rows_of(connection, "SELECT name FROM good ORDER BY row")
    assert names == [(f"张{rare}",) for rare in RARE]


def test_a_big_endian_mark_is_understood():
    data = b"\xfe\xff" + csv_of(visits(3)).decode().encode("utf-16-be")

    assert received(data)[0].loaded == 3


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_rows_have_the_same_keys_and_content_in_every_encoding(encoding):
    query = "SELECT record_key, content FROM good ORDER BY record_key"
    _, utf8 = received(csv_of(visits(20)))

    _, other = received(csv_of(visits(20), encoding=encoding))

    assert rows_of(other, query) == rows_of(utf8, query)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(newline):
    judgement, _ = received(csv_of(visits(5), newline=newline))

    assert (judgement.loaded, judgement.ended_with_newline) == (5, True)


def test_the_delimiter_is_taken_from_the_header_and_not_from_the_data():
    rows = [visit(number, address="一,二;三,四;五|六") for number in range(5)]

    _, connection = received(csv_of(rows, delimiter="\t"))

    assert rows_of(connection, "SELECT DISTINCT address FROM good") == [("一,二;三,四;五|六",)]


def test_a_byte_that_breaks_utf8_is_located_and_not_read_as_something_else():
    data = csv_of(visits(50))
    place = data.index("张".encode(), 2000)
    line = data.count(b"\n", 0, place) + 1

    judgement, _ = received(data[:place] + b"\xff" + data[place + 1 :])

    (failed,) = judgement.failed
    assert failed.name == "file_is_readable"
    assert f"第 {line} 行(第 {place + 1} 字节)" in failed.reason


def test_a_byte_that_breaks_gb18030_is_located():
    data = csv_of(visits(50), encoding="gb18030")
    place = data.index("张".encode("gb18030"), 2000)

    judgement, _ = received(data[:place] + b"\xff\xff" + data[place + 2 :])

    (failed,) = judgement.failed
    assert failed.name == "file_is_readable"
    assert f"第 {place + 1} 字节" in failed.reason


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_in_the_middle_of_a_character_is_refused_as_cut(encoding):
    data = csv_of(visits(50), encoding=encoding)
    whole = data[: data.rindex("张".encode(encoding)[-2:])]

    judgement, _ = received(
        whole + "张".encode("utf-16-le" if encoding == "utf-16" else encoding)[:1]
    )

    assert broken(judgement) == {"file_is_complete"}
    assert "第 51 行" in judgement.failed[0].reason


def test_gb18030_whose_first_characters_look_like_utf8_is_still_gb18030():
    header = ["JZH", "身份证号", "姓名", "就诊日期"]
    rows = [[f"V{n}", "", "联通", "2026-02-01"] for n in range(3)]

    judgement, connection = received(csv_of(rows, header, encoding="gb18030"))

    assert judgement.encoding == "gb18030"
    assert rows_of(connection, "SELECT DISTINCT name FROM good") == [("联通",)]


def test_a_single_zero_byte_does_not_turn_a_file_into_utf16():
    data = csv_of([visit(0, address="a\0b"), *visits(30)[1:]])

    assert encoding_of(data) == "utf-8"


def test_a_header_in_latin_letters_is_read_in_any_case():
    header = ["jzh" if title == "就诊号" else title for title in HEADER]

    assert received(csv_of(visits(3), header))[0].loaded == 3
