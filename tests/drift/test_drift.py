"""What a department changes without telling: held with the column's name, or read right and told."""

from dataclasses import replace

import pytest

from data_contracts.terms import DeliveryKind
from flows.drift.bands import band
from flows.receive import Verdict
from tests.drift.deliveries import HEADER, Deliveries, changed, kinds, ordinary, said
from tests.receive.clinic import CLINIC, csv_of

ROWS = ordinary()


@pytest.fixture
def known() -> Deliveries:
    """A source that has delivered twice."""
    source = Deliveries()
    source.rows(ROWS)
    source.rows(ordinary(210))
    return source


def times(factor: float):
    return lambda cell: f"{float(cell) * factor:.2f}"


def without(name: str) -> tuple[list[list[str]], list[str]]:
    at = HEADER.index(name)
    return [[*row[:at], *row[at + 1 :]] for row in ROWS], [*HEADER[:at], *HEADER[at + 1 :]]


def test_the_first_delivery_is_learned_from_and_the_second_is_as_usual():
    source = Deliveries()
    first, second = source.rows(ROWS), source.rows(ordinary(210))
    assert (first.verdict, kinds(first)) == (Verdict.ACCEPTED, set())
    assert (second.verdict, kinds(second)) == (Verdict.ACCEPTED, set())


@pytest.mark.parametrize(
    ("column", "rewritten", "expected", "words"),
    [
        ("cost", times(100), "unit cost", "元变为分"),
        ("cost", times(10), "unit cost", "总费用"),
        ("self_paid", times(0.0001), "unit self_paid", "元变为万元"),
        ("days", lambda _: "", "empty days", "天数"),
        ("mode", lambda cell: "1" if cell == "9" else "9", "codes mode", "代码表"),
        ("sex", lambda cell: {"1": "2", "2": "1"}[cell], "sex_agrees", "性别与证件号码"),
        ("birth_date", lambda cell: f"{int(cell[:4]) - 1}{cell[4:]}", "birth_date_agrees", "出生日期"),
        ("visited_on", lambda cell: f"2025{cell[4:]}", "days visited_on", "就诊日期"),
        ("visit_no", lambda cell: cell[1:], "form visit_no", "就诊号"),
        ("name", lambda _: "37088119", "form name", "姓名"),
    ],
)  # fmt: skip
def test_a_column_that_changed_holds_the_delivery_and_is_named(
    known, column, rewritten, expected, words
):
    judged = known.rows(changed(ROWS, column, rewritten))
    assert judged.verdict is Verdict.HELD
    assert expected in kinds(judged)
    assert words in said(judged)
    assert "上一批于 2026-03-02 接收" in judged.failed[0].reason


def test_a_part_of_the_rows_in_another_unit_is_seen_in_the_tails(known):
    rows = changed(ROWS[:40], "self_paid", times(0.0001)) + ROWS[40:]
    judged = known.rows(rows)
    assert (judged.verdict, kinds(judged)) == (Verdict.HELD, {"unit self_paid"})


def test_an_optional_column_that_is_gone_holds_and_the_new_name_is_suggested(known):
    header = ["随访电话" if title == "病区" else title for title in HEADER]
    judged = known.rows(ROWS, header)
    assert judged.verdict is Verdict.HELD
    assert "随访电话,可能是改名" in said(judged)
    assert known.rows(*without("病区")).verdict is Verdict.HELD


@pytest.mark.parametrize(
    ("rows", "header", "expected"),
    [
        ([[*row[-2:], *row[:-2]] for row in ROWS], [*HEADER[-2:], *HEADER[:-2]], "order"),
        ([[*row, "x"] for row in ROWS], [*HEADER, "新列"], "extra"),
        (ROWS, ["JZH" if one == "就诊号" else one for one in HEADER], "renamed visit_no"),
    ],
    ids=["reordered", "extra", "another agreed title"],
)
def test_what_is_read_right_all_the_same_is_only_told(rows, header, expected):
    titles = [*HEADER]
    titles[titles.index("电话", titles.index("电话") + 1)] = "电话#2"
    known = Deliveries()
    known.rows(ROWS, titles)
    judged = known.rows(rows, ["电话#2" if at == header.index("电话") + 1 else one
                               for at, one in enumerate(header)])  # fmt: skip
    assert (judged.verdict, kinds(judged)) == (Verdict.ACCEPTED, {expected})


def test_another_order_is_held_where_two_columns_have_one_title(known):
    judged = known.rows([row[::-1] for row in ROWS], HEADER[::-1])
    assert judged.verdict is Verdict.HELD
    assert "无法分辨" in said(judged)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_another_encoding_or_delimiter_is_read_and_told(known, encoding):
    judged = known.send(csv_of(ROWS, HEADER, encoding=encoding))
    assert (judged.verdict, kinds(judged)) == (Verdict.ACCEPTED, {"encoding"})
    judged = known.send(csv_of(ROWS, HEADER, encoding=encoding, delimiter="\t"))
    assert (judged.verdict, kinds(judged)) == (Verdict.ACCEPTED, {"delimiter"})


def test_a_released_delivery_is_the_new_normal(known):
    in_wan = changed(ROWS, "cost", times(10))
    assert known.rows(in_wan).verdict is Verdict.HELD
    assert known.rows(in_wan, released=True).verdict is Verdict.ACCEPTED
    known.past = [one for one in known.past if one.released]
    assert known.rows(in_wan).verdict is Verdict.ACCEPTED
    assert known.rows(ROWS).verdict is Verdict.HELD


def test_a_full_delivery_of_an_older_day_is_held_and_the_same_day_is_a_correction(known):
    older = known.rows(ROWS, file_name="诊疗_20260228.csv")
    same = known.rows(ROWS[:199], file_name="诊疗_20260302.csv")
    assert (older.verdict, kinds(older)) == (Verdict.HELD, {"older"})
    assert (same.verdict, kinds(same)) == (Verdict.ACCEPTED, {"corrected"})


def test_announced_totals_that_stop_coming_hold_the_delivery():
    source = Deliveries()
    source.rows(ROWS, announced=True)
    assert kinds(source.rows(ROWS)) == {"totals"}


@pytest.mark.parametrize("kind", list(DeliveryKind))
def test_days_that_leave_the_days_of_their_rows_are_held_whatever_the_calendar_says(kind):
    source = Deliveries(replace(CLINIC, delivery=kind))
    newborns = [without_number(row) for row in changed(ROWS, "birth_date", lambda _: "2026-02-01")]
    source.rows(newborns)
    assert kinds(source.rows(newborns)) == set()
    judged = source.rows(changed(newborns, "birth_date", lambda _: "2025-02-01"))
    assert (judged.verdict, kinds(judged)) == (Verdict.HELD, {"days birth_date"})


def without_number(row: list[str]) -> list[str]:
    return changed([row], "id_number", lambda _: "")[0]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(36, set()), (20, {"rows"}), (1000, {"rows"}), (500, set())],
)
def test_far_fewer_rows_than_any_day_before_are_told_before_they_are_held(count, expected):
    source = Deliveries(replace(CLINIC, delivery=DeliveryKind.APPEND))
    for rows in (80, 120, 100, 150, 300):
        source.rows(ordinary(rows))
    judged = source.rows(ordinary(count))
    assert (judged.verdict, kinds(judged)) == (Verdict.ACCEPTED, expected)


@pytest.mark.parametrize(
    ("count", "verdict"),
    [(40, "accepted"), (900, "accepted"), (3, "held"), (4000, "held")],
)
def test_single_days_may_vary_five_times_and_not_more(count, verdict):
    source = Deliveries(replace(CLINIC, delivery=DeliveryKind.APPEND))
    for _ in range(5):
        source.rows(ROWS)
    assert source.rows(ordinary(count)).verdict.value == verdict


def test_the_first_years_of_a_source_are_no_measure_of_its_single_days():
    source = Deliveries(replace(CLINIC, delivery=DeliveryKind.APPEND))
    years = changed(ordinary(1000), "visited_on", lambda cell: f"2024{cell[4:]}")
    source.rows(years)
    assert source.rows(ROWS[:4]).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("known_share", [{"known": 0.1}, {"known": 1.0, "changed_name": 0.9}])
def test_new_keys_or_new_names_of_nearly_everybody_are_held(known, known_share):
    assert known.rows(ROWS, shares=known_share).verdict is Verdict.HELD


def test_a_profile_holds_no_value_of_a_person_and_nothing_of_fewer_than_five(known):
    few = changed(ROWS[:4], "mode", lambda _: "1") + changed(ROWS[4:], "mode", lambda _: "9")
    judged = known.rows(changed(few, "days", lambda cell: cell), released=True)
    assert judged.profile["columns"]["mode"]["codes"] == {"other": 196}
    whole = str(judged.profile)
    for at, title in enumerate(HEADER):
        if title in {"姓名", "证件号码", "电话", "住址", "就诊号"}:
            assert not any(row[at] in whole for row in ROWS if row[at])


@pytest.mark.parametrize(
    ("past", "value", "inside"),
    [
        ([0.2], 0.29, True),
        ([0.2], 0.31, False),
        ([0.2, 0.3, 0.1], 0.7, True),
        ([0.2, 0.2, 0.2, 0.9], 0.31, False),
    ],
)
def test_a_band_is_as_wide_as_its_least_tolerance_and_the_usual_movement(past, value, inside):
    assert band(past, 0.1, 0.0).holds(value) is inside


@pytest.mark.parametrize(
    ("past", "value", "inside"),
    [
        ([0.2], 0.69, True),
        ([0.2], 0.71, False),
        ([0.15, 0.15, 0.05, 0.25], 0.64, True),
        ([0.15, 0.15, 0.05, 0.25], 0.66, False),
    ],
)
def test_the_movement_between_deliveries_holds_the_noise_of_few_rows_already(past, value, inside):
    assert band(past, 0.1, 0.1).holds(value) is inside
