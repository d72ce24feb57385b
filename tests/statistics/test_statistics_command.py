"""`doorstep statistics`: what is counted, what the file says, what is refused."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from flows import files
from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger, Returned
from flows.sample import SAMPLE
from flows.statistics.command import month_of, write_statistics
from flows.statistics.monthly import Month, monthly_counts
from flows.statistics.sheet import NOTE
from tests.ledger.test_ledger import end
from tests.yields.yield_tables import order, visit

OCTOBER = Month(date(2026, 10, 1))
IN_OCTOBER = date(2026, 10, 15)
TODAY = date(2026, 11, 22)
TOWN, STREET, COUNTY = "370881101", "370881001", "370881"
TOWNSHIPS = {STREET: "鲁城街道", "370881005": "小雪街道", TOWN: "吴村镇"}


def issued(town, many, first=0, **more):
    return [
        order(f"{town}{first + at:04d}", town=town, **{"on": IN_OCTOBER, **more})
        for at in range(many)
    ]


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
    ],
)
def test_an_order_counts_in_the_month_of_its_issue(on, counts):
    found = monthly_counts([order("1", on=on)], {}, OCTOBER)
    assert found == ({TOWN: (1, 0, 0, 0)} if counts else {})


def test_a_result_counts_in_the_month_of_its_order_and_the_sample_does_not_count():
    orders = [*issued(TOWN, 3), order("9", [SAMPLE], on=IN_OCTOBER)]
    visits = {
        orders[0].order_no: visit(orders[0].order_no, "15", on=date(2026, 11, 3)),
        orders[1].order_no: visit(orders[1].order_no, "30", on=IN_OCTOBER),
        "9": visit("9", "15", on=IN_OCTOBER),
    }
    assert monthly_counts(orders, visits, OCTOBER) == {TOWN: (3, 2, 1, 1)}


@pytest.mark.parametrize(
    ("first", "before"),
    [
        (date(2026, 10, 1), "2026-09"),
        (date(2026, 1, 1), "2025-12"),
    ],
)
def test_the_month_before(first, before):
    assert str(Month(first).before) == before


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home whose ledger holds October: 40 orders in a town, 30 in a street, 3 of the county."""
    monkeypatch.setattr("flows.reference.townships", lambda _county: dict(TOWNSHIPS))
    orders = [*issued(TOWN, 40), *issued(STREET, 30), *issued(COUNTY, 3)]
    place = Home(tmp_path / "home")
    files.write(place.config_file, f'[site]\nname = "示例县"\ncounty = "{COUNTY}"\n')
    ledger = Ledger(place.ledger)
    ledger.end_night(end(orders=orders))
    sheet = Returned(
        content="c", file_name="f", archived="a", received_on=IN_OCTOBER, counts={"taken": 20}
    )
    visits = [visit(one.order_no, "15", on=IN_OCTOBER) for one in orders[:20]]
    ledger.take_back(sheet, visits, "tester")
    return place


EXPECTED = [
    ["月份", "乡镇", "派单", "走访到", "情况属实", "落实帮扶"],
    ["2026-10", "县级处理", "*", "*", "*", "*"],
    ["2026-10", "鲁城街道", "30", "*", "*", "*"],
    ["2026-10", "小雪街道", "*", "*", "*", "*"],
    ["2026-10", "吴村镇", "40", "*", "*", "*"],
    ["2026-10", "合计", "75", "20", "20", "20"],
]


def test_the_csv_says_only_what_is_safe(home, tmp_path):
    out = tmp_path / "o.csv"
    said = write_statistics(home, out, None, TODAY)
    rows = list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert rows == EXPECTED
    assert said.endswith(NOTE)


def test_the_workbook_says_the_same_with_the_note_and_the_same_bytes_again(home, tmp_path):
    out, again = tmp_path / "o.xlsx", tmp_path / "again.xlsx"
    write_statistics(home, out, OCTOBER, TODAY)
    write_statistics(home, again, OCTOBER, TODAY)
    assert out.read_bytes() == again.read_bytes()
    rows = list(openpyxl.load_workbook(out).active.iter_rows(values_only=True))
    assert [list(map(str, row)) for row in rows[: len(EXPECTED)]] == EXPECTED
    assert rows[-1][0] == NOTE


@pytest.mark.parametrize(
    ("name", "month", "words"),
    [
        ("o.txt", None, ".csv"),
        ("o.csv", date(2026, 11, 1), "还没有结束"),
        ("o.csv", date(2026, 8, 1), "没有派过单"),
    ],
)
def test_what_cannot_be_summed_up_is_refused_and_nothing_is_written(
    home, tmp_path, name, month, words
):
    with pytest.raises(UsageError, match=words):
        write_statistics(home, tmp_path / name, Month(month) if month else None, TODAY)
    assert not (tmp_path / name).exists()


def test_a_month_is_over_on_the_first_of_the_next(home, tmp_path):
    with pytest.raises(UsageError, match="还没有结束"):
        write_statistics(home, tmp_path / "o.csv", OCTOBER, date(2026, 10, 31))
    write_statistics(home, tmp_path / "o.csv", OCTOBER, date(2026, 11, 1))


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-10-05", "十月"])
def test_a_month_is_written_with_its_year(text):
    with pytest.raises(UsageError, match="YYYY-MM"):
        month_of(text)
    assert month_of("2026-10") == OCTOBER
