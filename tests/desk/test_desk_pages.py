"""The pages on a real published night: what they say, what they hide, what they write."""

import csv
import io
import json
from urllib.parse import unquote

import pytest

from flows import files
from flows.ledger import Ledger
from flows.publish.cells import typeset
from tests.desk.desk_client import Desk, send, trail
from tests.night import county


def asked(home, sql, *values):
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        return snapshot.execute(sql, list(values)).fetchall()


def test_the_morning_says_what_the_report_says(officer, desk_home):
    (told,) = asked(desk_home, "SELECT told FROM night_report")[0]
    report = json.loads(told)
    page = officer.get("/").text
    assert report["night"] in page
    assert all(typeset(source["title"]) in page for source in report["sources"])
    totals = report["totals"]
    assert totals["rows"] == totals["loaded"] + totals["quarantined"] + totals["duplicate"]
    assert f"{totals['rows']:,}" in page


def test_a_held_delivery_is_released_with_a_reason_as_on_the_command_line(own, browser):
    held = own.home.held / "vehicle" / "0123456789abcdef__车辆.csv"
    files.write(held, b"x")
    assert "0123456789abcdef" in browser.get("/").text
    empty = send(browser, "/release", delivery="0123456789abcdef", reason=" ")
    assert empty.status_code == 400
    numbered = send(
        browser, "/release", delivery="0123456789abcdef", reason="问了 370881199003071234"
    )
    assert "台账不保存" in numbered.text
    done = send(browser, "/release", delivery="0123456789abcdef", reason="车管所确认批量过户")
    assert done.status_code == 303
    assert Ledger(own.home.ledger).released() == {"0123456789abcdef": "车管所确认批量过户"}
    assert "已放行" in browser.get("/").text
    assert trail(own.home)[-1].what == "desk release"


def test_facets_count_what_a_click_on_them_shows(officer, desk_home):
    counted = dict(asked(desk_home, "SELECT severity, count(*) FROM worklist GROUP BY 1"))
    for severity, households in counted.items():
        page = officer.get(f"/list?severity={severity}").text
        assert f"{households:,} 户" in page.replace("\n", "").replace("  ", " ")


@pytest.mark.parametrize(
    "query",
    ["severity=' OR 1=1", "township=--", "order=drop table", "page=99999999999", "search=unknown",
     "signal=%00", "age=x&state=y&mark=z&visitor=w&source=v&village=u"],
)  # fmt: skip
def test_what_an_address_makes_up_is_an_empty_list_or_a_line(officer, query):
    answer = officer.get(f"/list?{query}")
    assert answer.status_code in {200, 400}
    assert "程序内部错误" not in answer.text


def test_a_list_is_its_address(officer, desk_home):
    (township,) = asked(
        desk_home, "SELECT township_code FROM worklist GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )[0]
    expected = {
        household
        for (household,) in asked(
            desk_home, "SELECT household_id FROM worklist WHERE township_code = ?", township
        )
    }
    page = officer.get(f"/list?township={township}&order=found").text
    assert {word for word in page.replace('"', "/").split("/") if word.startswith("H0")} == expected


def test_an_export_says_its_filter_count_and_hash_and_is_noted(officer, desk_home):
    answer = officer.get("/list/export?severity=3&as=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    gap = rows.index([])
    remarks = [row[0] for row in rows[gap + 1 :]]
    households = gap - 1
    assert (households,) == asked(desk_home, "SELECT count(*) FROM worklist WHERE severity = 3")[0]
    assert "筛选:等级:紧急" in remarks
    assert f"户数:{households}" in remarks
    known = next(line for line in remarks if line.startswith("各部门数据截至日期:"))
    for title, day in asked(desk_home, "SELECT title, last_business_date FROM source_status"):
        assert title in known.partition(f"{day} ")[2].partition(";")[0]
    body = b"".join(
        line.encode() + b"\r\n" for line in answer.content.decode("utf-8-sig").split("\r\n")[:gap]
    )
    digest = files.sha256(body)
    assert any(digest in line for line in remarks)
    assert f"{digest[:8]}.csv" in unquote(answer.headers["content-disposition"])
    noted = trail(desk_home)[-1]
    assert (noted.what, noted.filter, noted.count, noted.sha256) == (
        "desk export list", "等级:紧急", households, digest,
    )  # fmt: skip


def test_a_workbook_holds_the_same_rows(officer):
    import openpyxl

    answer = officer.get("/list/export?as=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    text = officer.get("/list/export?as=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    printed = [[cell or "" for cell in row] for row in book["名单"].iter_rows(values_only=True)]
    assert printed == rows[: rows.index([])]
    assert "内部使用" in book["说明"]["A6"].value


def test_a_list_is_kept_by_name_for_oneself_or_for_all(own, browser):
    from flows.desk.saved_lists import lists_for

    send(browser, "/list/keep?severity=3&order=due&page=2", name="红色的", shared="1")
    send(browser, "/list/keep?severity=2", name="自己的")
    path = own.home.state / "desk_lists.json"
    assert [(one.name, one.query) for one in lists_for(path, "officer")] == [
        ("红色的", "severity=3&order=due"),
        ("自己的", "severity=2"),
    ]
    assert [one.name for one in lists_for(path, "somebody")] == ["红色的"]
    assert "红色的" in browser.get("/list").text
    send(browser, "/list/keep?", name="红色的", drop="1")
    assert [one.name for one in lists_for(path, "officer")] == ["自己的"]


def test_a_household_shows_members_findings_proofs_and_rows_and_is_noted(
    officer, listed, desk_home
):
    household = listed[0]
    page = officer.get(f"/household/{household}").text
    for name, file_name, line in asked(
        desk_home,
        "SELECT member.name, file_name, line FROM proof JOIN finding USING (signal, person_id) "
        "JOIN member USING (household_id, person_id) WHERE finding.household_id = ?",
        household,
    ):
        assert name in page
        assert file_name in page
        assert f"第 {line} 行" in page
    noted = trail(desk_home)[-1]
    assert (noted.what, noted.on, noted.who) == ("desk view household", household, "officer")


def test_every_listed_household_has_a_page(officer, listed):
    for household in listed[:25]:
        answer = officer.get(f"/household/{household}")
        assert answer.status_code == 200, household
        assert "None" not in answer.text


def test_an_unknown_household_is_said_in_words_that_repeat_nothing(officer):
    answer = officer.get("/household/<img src=x onerror=alert(1)>")
    assert answer.status_code == 400
    assert "没有这一户" in answer.text
    assert "onerror" not in answer.text.split("<main")[1]


def test_a_past_night_shows_what_the_ledger_held_then(officer, listed, desk_home):
    nights = sorted({row["night"] for row in Ledger(desk_home.ledger).nights()})
    ordered = asked(
        desk_home, "SELECT household_id, order_no FROM worklist WHERE order_no NOT NULL"
    )
    household, order = ordered[0]
    assert (
        order
        not in officer.get(f"/household/{household}?night={nights[0]}").text.split("过去的一夜")[1]
    )
    assert (
        order
        in officer.get(f"/household/{household}?night={nights[-1]}").text.split("过去的一夜")[1]
    )


def test_a_person_is_shown_in_full_only_for_a_reason_that_is_noted_first(own, browser, listed):
    household = listed[0]
    person, key = asked(
        own.home,
        "SELECT member.person_id, record_key FROM member JOIN link USING (person_id) "
        "WHERE member.household_id = ? AND length(id_last4) > 4 ORDER BY 1, 2 LIMIT 1",
        household,
    )[0]
    with files.duckdb_database(own.home.work, read_only=True) as working:
        (number,) = working.execute(
            "SELECT coalesce(id_clean, id_number) FROM identities "
            "WHERE record_key = ? AND known_to IS NULL", [key],
        ).fetchone()  # fmt: skip
    place = f"/household/{household}/unmask"
    before = len(trail(own.home))
    assert send(browser, place, person=person, reason="看").status_code == 400
    assert len(trail(own.home)) == before
    assert number not in browser.get(f"/household/{household}").text
    shown = send(browser, place, person=person, reason="电话核实住址")
    assert number in shown.text
    noted = [entry for entry in trail(own.home) if entry.what == "desk unmask"]
    assert [(entry.on, entry.reason) for entry in noted] == [(person, "电话核实住址")]
    assert send(browser, place, person="P99999999", reason="电话核实住址").status_code == 400


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "写明为什么要看"),
        ("看", "写明为什么要看"),
        ("    ", "写明为什么要看"),
        ("工作需要", "写明为什么要看"),
        ("啊啊啊啊啊", "写明为什么要看"),
        ("test", "写明为什么要看"),
        ("核对13912345678", "审计记录不保存"),
    ],
)
def test_a_reason_that_says_nothing_shows_nobody_as_on_the_command_line(
    own, browser, listed, reason, said
):
    unmasked = [entry for entry in trail(own.home) if entry.what == "desk unmask"]
    answer = send(browser, f"/household/{listed[0]}/unmask", person="P00000001", reason=reason)
    assert answer.status_code == 400
    assert said in answer.text
    assert "--reason" not in answer.text
    assert [entry for entry in trail(own.home) if entry.what == "desk unmask"] == unmasked


def test_before_the_first_night_the_desk_says_what_to_do(fresh_county, tmp_path):
    home = county.copy(fresh_county, tmp_path / "home")
    answer = Desk(home).browser().get("/")
    assert answer.status_code == 503
    assert "doorstep nightly" in answer.text


def test_english_is_a_click_away_and_stays(own):
    browser = own.browser()
    assert 'lang="zh-CN"' in browser.get("/list").text
    assert "The list" in browser.get("/list?lang=en").text
    assert "The list" in browser.get("/list").text
    assert "名单" in browser.get("/list?lang=zh").text


def test_a_night_that_publishes_meanwhile_is_seen_at_the_next_click(own, browser, after_baseline):
    import shutil

    shown = browser.get("/").text
    kept = own.home.state / "kept.duckdb"
    shutil.copy(own.home.snapshot, kept)
    fresh = own.home.state / "snapshot.next"
    shutil.copy(after_baseline.snapshot, fresh)
    view = own.app._app.state.desk.published.view()
    fresh.replace(own.home.snapshot)
    assert view.rows("SELECT count(*) AS n FROM worklist")[0]["n"] > 0
    view.close()
    newer = browser.get("/").text
    night = str(asked(after_baseline, 'SELECT "on" FROM night')[0][0])
    assert night in newer
    assert newer != shown
    kept.replace(own.home.snapshot)
    assert browser.get("/").text == shown
