import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.publish.cells import (
    display_width,
    guarded,
    lines_needed,
    plain,
    shortened,
    shown_phone,
    typeset,
    unguarded,
)


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/c calc'!A1",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20A1",
        "'=1",
        "3-2-501",
        "1/2",
        "1E5",
        "12.5",
        "007",
        "\uff11\uff12\uff13",
        "50%",
        "\uffe5100",
        "3月",
        "3月5日",
        "2026年11月",
        "12:30",
        "TRUE",
        "330106198001010213",
    ],
)
def test_what_a_spreadsheet_would_change_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "陈西成", "3幢2单元501室", "**************021X", "138 1234 5678", "0537-4412345", "a=b"],
)
def test_what_a_spreadsheet_leaves_alone_is_left_alone(text):
    assert guarded(text) == text


@given(st.text())
def test_a_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text


@given(st.text())
def test_plain_text_is_one_visible_line_and_stays_as_it_is(text):
    once = plain(text)
    assert plain(once) == once
    assert not set(once) & set("\r\n\t\x00\u200b\u202e\u2066\ufeff\uffff")
    assert once.encode("utf-8").decode("utf-8") == once


def test_direction_marks_and_line_breaks_go_and_rare_characters_stay():
    assert plain("陈\u202e西\u2066成\r\n\U0002ebf0\u3000𬱖 ") == "陈西成 \U0002ebf0 𬱖"
    assert plain(None) == ""


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138 1234 5678"),
        ("+86 138-1234-5678", "138 1234 5678"),
        ("05374412345", "0537-4412345"),
        ("010-65432100", "010-65432100"),
        ("4412345", "4412345"),
        ("不详", "不详"),
        (None, ""),
    ],
)
def test_telephone_numbers_are_grouped_as_people_dial_them(phone, shown):
    assert shown_phone(phone) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("老人(76岁),约26,000元;9:30", "老人\uff0876岁\uff09\uff0c约26,000元\uff1b9:30"),
        ("(住址来自:登记 2026-11)", "\uff08住址来自\uff1a登记 2026-11\uff09"),
        ("登记(户籍);2026-11-16", "登记\uff08户籍\uff09\uff1b2026-11-16"),
        ("见表(2)", "见表\uff082\uff09"),
        ("f(a, b)", "f(a, b)"),
    ],
)
def test_our_own_words_get_chinese_punctuation_and_figures_keep_theirs(text, shown):
    assert typeset(text) == shown
    assert typeset(shown) == shown


def test_chinese_characters_are_two_columns_wide_rare_ones_too():
    assert display_width("陈a\U0002ebf0") == 5


def test_a_wrapped_cell_needs_a_line_for_every_piece_that_fits():
    assert lines_needed("陈" * 10, width=21) == 1
    assert lines_needed("陈" * 11, width=21) == 2
    assert lines_needed("陈\n\n西", width=21) == 3


@given(st.text(max_size=300), st.integers(4, 30), st.integers(1, 6))
def test_a_shortened_text_fits_and_is_marked_only_when_it_was_cut(text, width, most_lines):
    short = shortened(text, width, most_lines)
    assert lines_needed(short, width) <= most_lines
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
