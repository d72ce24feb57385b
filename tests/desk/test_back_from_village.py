"""反馈: sheets handed in, receipts and error books, cases, new addresses, leads."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from flows import files
from flows.access.roles import Role
from flows.case_frames import STATE_WORDS
from flows.desk.cases_shown import is_overdue
from flows.desk.handing_in import MOST_BYTES, safe_name
from flows.desk.moved import REMARK
from flows.ledger import Ledger
from flows.site import synthetic_nights
from tests.cli.command import doorstep_here
from tests.desk.desk_client import OWN, TOWNSHIP, Desk, send, token, trail
from tests.night import county
from transforms.escalated import IN_VAIN

RESULT = {"走访人": "王走访", "是否见到本人": "是"}


@pytest.fixture(scope="module")
def home(after_first_night, tmp_path_factory):
    """The county after its first night, with one household of many vain orders and one that moved."""
    home = county.copy(after_first_night, tmp_path_factory.mktemp("back") / "home")
    moved = orders(home)[0]
    with files.duckdb_database(home.snapshot) as snapshot:
        snapshot.execute(
            'UPDATE "case" SET state = ?, visited_on = issued_on WHERE order_no = ?',
            [STATE_WORDS["moved_within"], moved.order_no],
        )
        snapshot.execute(
            "UPDATE worklist SET state = 'county', state_reason = ? WHERE order_no = ?",
            [IN_VAIN, orders(home)[1].order_no],
        )
    return home


def orders(home):
    """The night's orders, those of our clerk's township last."""
    ledger = Ledger(home.ledger)
    known = ledger.orders(ledger.position())
    return sorted(known, key=lambda one: (one.township_code == TOWNSHIP, one.order_no))


@pytest.fixture(scope="module")
def desk(home):
    """The desk on the day after the night."""
    desk = Desk(home)
    night = synthetic_nights(home)[1]
    noon = datetime(night.year, night.month, night.day, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    desk.clock.now = (noon + timedelta(days=1)).timestamp()
    return desk


@pytest.fixture(scope="module")
def officer(desk):
    return desk.browser()


@pytest.fixture(scope="module")
def clerk(desk):
    return desk.browser(Role.TOWNSHIP)


def sheet(*rows):
    """A filled list: order number and conclusion of each row, and what more it says."""
    titles = ["工作单号", "走访日期", *RESULT, "核实结论", "实际居住地址", "备注"]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, titles, restval="")
    writer.writeheader()
    for order, conclusion, more in rows:
        said = {
            "工作单号": order.order_no,
            "走访日期": str(order.issued_on),
            "核实结论": conclusion,
        }
        writer.writerow(said | RESULT | more)
    return text.getvalue().encode("utf-8-sig")


def hand_in(browser, content, name="反馈.csv"):
    """Upload a file as the form does."""
    return browser.post(
        "/back/upload",
        data={"csrf": token(browser.get("/me"))},
        files={"file": (name, content)},
        headers=OWN,
    )


def visit_of(home, order):
    ledger = Ledger(home.ledger)
    return ledger.visits(ledger.position()).get(order.order_no)


def returned(home):
    ledger = Ledger(home.ledger)
    return ledger.returned(ledger.position())


def test_good_rows_are_in_the_ledger_and_bad_ones_in_the_error_book(home, desk, officer):
    good, bad = orders(home)[2:4]
    content = sheet((good, "30", {}), (bad, "说不清楚", {}))
    assert hand_in(officer, content).headers["location"] == "/back"
    page = officer.get("/back").text
    assert "收到 2 单，有效 1 单，1 单需补" in page
    assert visit_of(home, good).codes == ("30",)
    assert visit_of(home, bad) is None
    newest = returned(home)[0]
    assert newest["who"] == "officer"
    place = f"/back/file/{newest['content']}"
    assert f'href="{place}/errors"' in page
    assert "1 单需补" in officer.get(f"{place}/receipt").text
    book = openpyxl.load_workbook(io.BytesIO(officer.get(f"{place}/errors").content))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert any("核实结论看不懂" in cell for cell in cells)
    assert trail(home)[-1].what == "desk export errors"


def test_the_same_file_again_is_recognised(home, officer):
    content = sheet((orders(home)[4], "53", {}))
    hand_in(officer, content)
    before = len(returned(home))
    hand_in(officer, content, "另一个名字.csv")
    assert "以前收过" in officer.get("/back").text
    assert len(returned(home)) == before


def bomb():
    """A small workbook that unpacks to more than any list needs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (60 << 20))
    return file.getvalue()


@pytest.mark.parametrize(("content", "said"), [
    (lambda: b"x" * (MOST_BYTES + 1), "有文件超过 10 MB"),
    (bomb, "解压后过大"),
    (lambda: b"\x00\x01nothing", ""),
    (lambda: b"", ""),
], ids=["too large", "bomb", "noise", "empty"])  # fmt: skip
def test_what_is_no_list_is_refused_and_notes_no_visit(home, officer, content, said):
    ledger = Ledger(home.ledger)
    before = ledger.visits(ledger.position())
    answer = hand_in(officer, content())
    page = answer.text if answer.status_code == 400 else officer.get("/back").text
    assert answer.status_code in {303, 400}
    assert said in page
    assert ledger.visits(ledger.position()) == before


def test_a_clerk_hands_in_their_own_orders_and_nobody_elses(home, officer, clerk):
    own, other = orders(home)[-1], orders(home)[5]
    assert own.township_code == TOWNSHIP != other.township_code
    content = sheet((own, "53", {}), (other, "53", {}))
    refused = hand_in(clerk, content)
    assert refused.status_code == 400
    assert "其他乡镇的工作单" in refused.text
    assert visit_of(home, own) is visit_of(home, other) is None
    assert hand_in(clerk, sheet((own, "54", {}))).status_code == 303
    assert visit_of(home, own).codes == ("54",)
    assert hand_in(officer, content).status_code == 303
    assert visit_of(home, other).codes == ("53",), "the refused file can be handed in by others"


def test_a_clerk_sees_their_own_sheets_and_counts_and_no_case(home, officer, clerk):
    hand_in(officer, sheet((orders(home)[6], "53", {})), "县里的.csv")
    foreign = next(one["content"] for one in returned(home) if one["who"] == "officer")
    hand_in(clerk, sheet((orders(home)[-2], "54", {})), "我们的.csv")
    page = clerk.get("/back").text
    assert "我们的.csv" in page
    assert "县里的.csv" not in page
    assert clerk.get(f"/back/file/{foreign}/receipt").status_code == 400
    assert "已派单，待走访" in page
    assert "/household/" not in page
    assert "ZF370881" not in page
    assert IN_VAIN[:8] not in page


def test_overdue_orders_are_red_and_an_answer_takes_them_off_at_once(home, officer, tmp_path):
    late = orders(home)[7]
    assert "没有。" in officer.get("/back?state=overdue").text
    assert late.order_no in officer.get("/back?state=waiting").text
    home = county.copy(home, tmp_path / "later")
    later = Desk(home)
    later.clock.now = datetime.fromisoformat(late.printed["due"]).timestamp() + 2 * 86400
    browser = later.browser()
    row = f'<td class="w bad">{late.printed["due"]}</td>'
    page = browser.get("/back").text
    assert late.order_no in page
    assert row in page
    hand_in(browser, sheet((late, "53", {})))
    assert late.order_no not in browser.get("/back?state=overdue").text
    assert late.order_no in browser.get("/back?state=came").text


@pytest.mark.parametrize(("due", "overdue"), [
    ("2026-11-21", True),
    ("2026-11-22", False),
    ("2026-11-23", False),
    (None, False),
])  # fmt: skip
def test_an_order_is_overdue_from_the_day_after_its_last_day(home, due, overdue):
    order = replace(orders(home)[0], printed={"due": due} if due else {})
    assert is_overdue(order, date(2026, 11, 22)) is overdue


def test_many_vain_orders_stand_on_top(home, desk):
    page = desk.browser().get("/back").text
    assert page.index("多次发单仍未获得帮助") < page.index("交回走访表")


def test_who_moved_goes_where_the_new_address_says(home, desk):
    moved, township = orders(home)[0], "370881103"
    browser = desk.browser()
    place = {"order": moved.order_no, "township": township, "address": "河夹店村3组"}
    assert send(browser, "/back/moved", **place).status_code == 400, "no visit has said so yet"
    hand_in(browser, sheet((moved, "51", {"备注": "邻居说的"})))
    assert "新住址不清楚" in browser.get("/back").text
    assert send(browser, "/back/moved", **place | {"address": "13812345678"}).status_code == 400
    assert send(browser, "/back/moved", **place).status_code == 303
    told = visit_of(home, moved)
    assert told.address.endswith("河夹店村3组")
    assert (told.codes, told.note) == (("51",), f"邻居说的;{REMARK}")
    assert "新住址已补记" in browser.get("/back").text
    assert len(Ledger(home.ledger).visit_history(moved.order_no)) == 2


LEAD = {
    "name": "王测试", "township": TOWNSHIP, "village": "陈家寨村", "address": "3组21号",
    "channel": "村级上报", "need": "疾病", "urgent": "1",
}  # fmt: skip


def leads(home):
    return files.listing(home.inbox / "field_lead")


def test_a_lead_takes_the_road_of_the_hotline(home, desk, clerk, monkeypatch, capsys):
    before = set(leads(home))
    assert send(clerk, "/back/lead", **LEAD).status_code == 303
    (path,) = set(leads(home)) - before
    (row,) = csv.DictReader(io.StringIO(files.read(path).decode("utf-8-sig")))
    assert row["所在村(社区)"].endswith("陈家寨村")
    assert (row["困难群众姓名"], row["困难类别"], row["是否紧急"]) == ("王测试", "疾病", "是")
    checked = doorstep_here(
        monkeypatch, capsys, "contract", "check", path, "--source", "field_lead"
    )
    assert checked.code == 0, checked.out
    assert "王测试" not in "".join(str(entry) for entry in trail(home))


@pytest.mark.parametrize("changed", [
    {"name": ""}, {"township": "370881103"}, {"village": "", "address": ""},
    {"number": "370881196803078811"}, {"need": "别的"}, {"channel": ""},
    {"reported_on": "2020-01-01"}, {"reported_on": "11月"}, {"address": "很" * 201},
], ids="-".join)  # fmt: skip
def test_a_lead_that_cannot_be_used_is_refused_without_repeating_it(home, clerk, changed):
    before = leads(home)
    answer = send(clerk, "/back/lead", **LEAD | changed)
    assert answer.status_code == 400
    assert leads(home) == before
    assert not [value for value in changed.values() if len(value) > 8 and value in answer.text]


@pytest.mark.parametrize(("name", "kept"), [
    ("姚村镇(反馈).xlsx", "姚村镇(反馈).xlsx"),
    ("../../state/secret", "secret"),
    ("C:\\returns\\a.csv", "a.csv"),
    ("<script>.csv", "_script_.csv"),
    ("张三370881196803078810.csv", "张三号码.csv"),
    (".hidden", "hidden"),
    ("", "走访反馈"),
])  # fmt: skip
def test_a_file_gets_a_harmless_name(name, kept):
    assert safe_name(name) == kept
