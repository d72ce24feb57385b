"""What goes to the county alone: reviews, and rows that go back to the department they came from."""

import csv
import io
import re
from datetime import date

import pytest

from flows import files
from flows.freshness import known_until, newest_days
from flows.ledger import Ledger
from flows.returned_files import take_returns
from flows.start import Wish, start
from tests.night import county
from tests.night.test_closed_loop import listed, send_back

NOT_POLICE = {"large_single_admission", "high_medical_burden", "new_serious_disease"}


@pytest.fixture(scope="module")
def answered(after_first_night, tmp_path_factory):
    """The county two nights on: a visit found wrong data, another the wrong person."""
    home = county.copy(after_first_night, tmp_path_factory.mktemp("county-lists") / "home")
    ledger = Ledger(home.ledger)
    orders = ledger.orders(ledger.position())
    night = orders[0].issued_on
    bills = [one for one in orders if set(one.signals) & NOT_POLICE]
    rows = {row["工作单号"]: row for rows in listed(home, night).values() for row in rows}
    for order, conclusion in zip(bills, ("61", "60"), strict=False):
        filled = {"走访日期": night.isoformat(), "核实结论": conclusion}
        send_back(home, [rows[order.order_no] | filled], f"{order.order_no}.csv")
    take_returns(home, ledger, night)
    start(home, Wish(on=night.replace(day=night.day + 1)), prefect=False)
    return home


def rows_of(home, name):
    newest = max(path for path in home.outbox.iterdir() if path.name[:4].isdigit())
    (path,) = newest.rglob(name)
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


def test_wrong_data_goes_back_by_file_and_line_and_says_nothing_of_the_visit(answered):
    newest = max(path for path in answered.outbox.iterdir() if path.name[:4].isdigit())
    corrections = list((newest / "县级" / "退回更正").glob("*.csv"))
    assert corrections
    for path in corrections:
        (header, *rows) = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
        assert header == ["来源文件", "行号", "记录日期", "问题", "数据截至"]
        assert rows
        assert all(line.isdigit() for __, line, __, __, __ in rows)
        assert {known.partition(" ")[2] for *__, known in rows} == {path.stem}, "its own alone"
    assert not any("人口" in path.name or "警情" in path.name for path in corrections)


def test_every_list_says_in_every_row_how_new_the_data_of_each_office_are(answered):
    ledger = Ledger(answered.ledger)
    newest = newest_days(ledger.deliveries(), ledger.repeats(ledger.position()))
    [told] = {row["数据截至"] for row in rows_of(answered, "复核到期.csv")}
    assert told == known_until(newest, answered.config.sources)
    lists = [row for rows in listed(answered, _newest_night(answered)).values() for row in rows]
    [on_the_road] = {row["数据截至"] for row in lists}
    days = {str(day) for source, day in newest.items() if source != "incident"}
    assert set(re.findall(r"\d{4}-\d\d-\d\d", on_the_road)) == days
    assert answered.config.sources["incident"].title not in on_the_road


def _newest_night(home):
    return date.fromisoformat(max(one.name for one in home.outbox.iterdir() if one.name[0] == "2"))


def test_reviews_that_are_due_name_masked_people_and_stop_nothing(answered):
    rows = rows_of(answered, "复核到期.csv")
    assert rows
    assert all("*" in row["姓名"] for row in rows)
    assert all(row["下次复核"] >= row["批准日期"] for row in rows)


def test_a_review_that_has_passed_stays_on_the_list_and_says_for_how_long(answered):
    rows = rows_of(answered, "复核到期.csv")
    newest = max(path.name for path in answered.outbox.iterdir() if path.name[:4].isdigit())
    overdue = [row for row in rows if row["提示"]]
    assert overdue
    for row in overdue:
        days = (date.fromisoformat(newest) - date.fromisoformat(row["下次复核"])).days
        assert row["提示"].startswith(f"已逾期{days}天")
    assert all(row["下次复核"] >= newest for row in rows if not row["提示"])
    assert [row["下次复核"] for row in rows] == sorted(row["下次复核"] for row in rows)


def test_the_wrong_person_is_asked_about_in_the_review_queue(answered):
    connection = files.duckdb_database(answered.snapshot, read_only=True)
    try:
        asked = connection.execute("SELECT why_zh FROM doubt").fetchall()
    finally:
        connection.close()
    assert ("走访反馈:不是本人",) in asked
