"""The Qufu story from end to end: discharge, sheet, visit, help, and the village is not sent again."""

import csv
import io
from datetime import timedelta

import pytest

from flows import files
from flows.ledger import Ledger
from flows.return_answers import RECEIPTS
from flows.returned_files import take_returns
from flows.site import synthetic_nights
from flows.start import Wish, start
from flows.why_household import why_household
from tests.night import county

TOWNSHIP = "姚村镇"
FILLED = {
    "走访人": "村民政协理员",
    "是否见到本人": "是",
    "核实结论": "临时救助2000元,低保单人保",
    "需要的帮助": "看病路费",
}


@pytest.fixture(scope="module")
def home(after_first_night, tmp_path_factory):
    """The county on the night after the man of 陈家寨村 came home from hospital."""
    home = county.copy(after_first_night, tmp_path_factory.mktemp("loop") / "home")
    county.run(home, 3)
    return home


def listed(home, night):
    """Township to the rows of its list of a night."""
    lists = (home.outbox / night.isoformat() / "工作单").glob("*.csv")
    texts = [(path.name, path.read_bytes().decode("utf-8-sig")) for path in lists]
    return {name.split("_")[1]: list(csv.DictReader(io.StringIO(text))) for name, text in texts}


def send_back(home, rows, name):
    """Put filled rows into returns/ as a township would: GB18030, its own file name."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    home.returns.mkdir(exist_ok=True)
    (home.returns / name).write_bytes(text.getvalue().encode("gb18030"))


def test_the_man_is_visited_helped_and_not_listed_again_and_why_says_so(home, tmp_path):
    night = synthetic_nights(home)[3]
    rows = listed(home, night)[TOWNSHIP]
    (his,) = [row for row in rows if "约6.8万元" in row["走访原因"]]
    assert his["村或社区"] == "陈家寨村"
    assert "肾" not in "".join(his.values())

    visited_on = (night + timedelta(days=1)).isoformat()
    neighbour = dict.fromkeys(his, "") | {
        "姓名": "王测试",
        "村或社区": "陈家寨村",
        "联系电话": "1.38123E+10",
        "需要的帮助": "丈夫刚去世,孩子还小",
    }
    send_back(home, [his | FILLED | {"走访日期": visited_on}, neighbour], "姚村镇反馈.csv")
    (receipt,) = take_returns(home, Ledger(home.ledger), night + timedelta(days=2))
    assert "收到 1 单,有效 1 单,0 单需补" in receipt.lines
    assert "新线索:1 条" in receipt.lines
    assert list((home.outbox / RECEIPTS).rglob("*_回执.txt"))
    assert not list(home.returns.iterdir())

    visit = Ledger(home.ledger).visits(Ledger(home.ledger).position())[his["工作单号"]]
    assert (visit.codes, visit.amount) == (("15", "11"), 2000)

    later = night + timedelta(days=2)
    done = start(home, Wish(on=later), prefect=False)
    again = [row["工作单号"] for rows in listed(home, later).values() for row in rows]
    told = "\n".join(why_household(home, his["工作单号"]))
    assert "状态:冷却期内——已走访,尚在冷却期内,期间没有新的情况" in told
    assert f"工作单 {his['工作单号']}" in told
    assert "已帮扶" in told
    assert "临时救助、低保(单人保)" in told
    assert "2,000.00 元" in told
    assert his["工作单号"] not in again
    assert done.report["worklist"]["resting"] >= 1

    leads = [one for one in done.report["sources"] if one["source"] == "field_lead"]
    assert [one["loaded"] for one in leads[0]["deliveries"]] == [1]


def test_the_same_file_again_changes_nothing_and_a_corrected_one_replaces_with_history(home):
    ledger = Ledger(home.ledger)
    night = synthetic_nights(home)[3]
    rows = [row for rows in listed(home, night).values() for row in rows]
    row = next(one for one in rows if one["工作单号"] not in ledger.visits(ledger.position()))
    visited_on = (night + timedelta(days=1)).isoformat()
    for conclusion, name in (("53", "a.csv"), ("53", "b.csv"), ("30 暂不符合", "c.csv")):
        filled = row | {"走访日期": visited_on, "核实结论": conclusion}
        send_back(home, [filled], name)
        take_returns(home, ledger, night + timedelta(days=3))
    history = ledger.visit_history(row["工作单号"])
    assert [visit.codes for visit in history] == [("53",), ("30",)]
    assert ledger.visits(ledger.position())[row["工作单号"]].codes == ("30",)


def test_killed_between_archive_and_ledger_the_file_is_simply_taken_again(home, monkeypatch):
    ledger = Ledger(home.ledger)
    night = synthetic_nights(home)[3]
    rows = [row for rows in listed(home, night).values() for row in rows]
    row = next(one for one in rows if one["工作单号"] not in ledger.visits(ledger.position()))
    visited_on = (night + timedelta(days=1)).isoformat()
    send_back(home, [row | {"走访日期": visited_on, "核实结论": "54"}], "d.csv")
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "take_back", _unplugged)
        with pytest.raises(KeyboardInterrupt):
            take_returns(home, ledger, night + timedelta(days=4))
    assert [path.name for path in home.returns.iterdir()] == ["d.csv"]
    take_returns(home, ledger, night + timedelta(days=4))
    assert len(ledger.visit_history(row["工作单号"])) == 1


def test_whoever_a_visit_found_dead_is_asked_for_no_more_though_the_register_says_nothing_yet(home):
    ledger = Ledger(home.ledger)
    nights = synthetic_nights(home)
    visited = ledger.visits(ledger.position())
    lists = [rows for night in nights[1:4] for rows in listed(home, night).values()]
    open_now = [row for rows in lists for row in rows if row["工作单号"] not in visited]
    told = {"走访日期": (nights[3] + timedelta(days=3)).isoformat(), "核实结论": "特困供养(已死亡)"}
    send_back(home, [row | told for row in open_now], "e.csv")
    start(home, Wish(on=nights[3] + timedelta(days=5)), prefect=False)
    numbers = {row["工作单号"] for row in open_now}
    orders = [one for one in ledger.orders(ledger.position()) if one.order_no in numbers]
    dead = {one.printed["lead"] for one in orders}
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        found = snapshot.execute("SELECT person_id FROM finding").fetchall()
        asked = snapshot.execute("SELECT lead_person_id FROM worklist").fetchall()
    assert dead & {person for (person,) in found}
    assert not dead & {person for (person,) in asked}


def _unplugged(*_anything):
    raise KeyboardInterrupt
