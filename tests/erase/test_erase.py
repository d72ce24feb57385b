"""One person is gone from everything, stays gone after the next full extract, and nobody else changed.

One home is erased from once for the whole file: a night, an erasure, and the same registers again.
"""

import csv
import io
import json

import pytest

from flows import files
from flows.engine import engine
from flows.erasure import erasing
from flows.erasure.command import erase_person
from flows.erasure.known import known_of
from flows.erasure.remaining import remaining
from flows.erasure.subject import subject_of
from flows.errors import Exit, UsageError
from flows.home import Home, existing_home
from flows.keys import settle_hashes
from flows.ledger import Ledger
from flows.rebuild.command import rebuild_home
from flows.start import Wish, start
from tests.erase.differing import differing_rows
from tests.night import county
from tests.night.killing import die, ends_with

WHY, WHO, AT = "本人申请删除", "王敏", "2026-11-22T10:00:00+08:00"


def somebody(home):
    """Whom the first order is made out to."""
    return Ledger(home.ledger).orders(10**9)[0].printed["lead"]


def known(home, person):
    ledger = Ledger(home.ledger)
    with engine(home) as working:
        settle_hashes(working, home)
        return subject_of(home, ledger, working, person)


@pytest.fixture(scope="module")
def before(after_first_night):
    return after_first_night


@pytest.fixture(scope="module")
def subject(before, tmp_path_factory):
    copied = county.copy(before, tmp_path_factory.mktemp("asked") / "home")
    return known(copied, somebody(copied))


@pytest.fixture(scope="module")
def erased(before, subject, tmp_path_factory):
    home = county.copy(before, tmp_path_factory.mktemp("erased") / "home")
    code, lines = erase_person(home, subject.person_id, WHY, WHO, AT)
    assert code is Exit.DONE
    return home, "\n".join(lines)


def test_the_certificate_names_files_and_hashes_and_nobody(erased, subject):
    home, told = erased
    assert "0 处" in told
    assert "sha256" in told
    values = {*subject.numbers, *(said.name for _, _, said in subject.records if said.name)}
    assert not any(value in told for value in values)
    (page,) = (home.outbox / "删除证明").glob("*.html")
    assert subject.person_id in files.read_text(page)


def test_no_number_of_theirs_is_left_anywhere(erased, before, subject):
    home, _ = erased
    assert remaining(before, subject.traces), "the search finds what is there"
    assert not remaining(home, subject.traces)
    keys = [key.encode() for key in subject.keys]
    for path in files.inside(home.state):
        if path.suffix not in {".duckdb", ".parquet"}:
            assert not any(key in files.read_raw(path) for key in keys), path.name
    assert not home.erasing.exists()


def test_other_rows_of_a_text_file_are_byte_for_byte_the_same(erased, before):
    home, _ = erased
    (noted,) = Ledger(home.ledger).notes(("erased",))
    texts = [one for one in noted["body"]["files"] if one["path"].startswith("archive/")]
    texts = [one for one in texts if one["path"].endswith(".csv")]
    assert texts
    for one in texts:
        old = files.read(before.root / one["path"]).splitlines()
        new = files.read(home.root / one["path"]).splitlines()
        assert len(old) == len(new)
        changed = [(was, now) for was, now in zip(old, new, strict=True) if was != now]
        assert len(changed) == one["rows"]
        assert {now.strip(b"\0") for _, now in changed} == {b""}  # UTF-16 ends lines in two bytes


def test_table_by_table_only_this_person_is_missing(erased, before, subject):
    home, _ = erased
    found = differing_rows(before, home)
    about = {*subject.keys, *subject.ids, *subject.lists.households}
    for table in ("work.identities", "work.sighting", "work.record_resident"):
        gone, new = found[table]
        assert new == []
        assert all(subject.keys & {str(value) for value in row} for row in gone)
    gone, new = found["snapshot.link"]
    links = {row[4]: (row[5], row[6]) for row in new}
    for row in gone:  # probabilities may move in their last digits: there is one person less
        assert row[4] in subject.keys or links[row[4]] == (row[5], row[6])
    for table in ("snapshot.finding", "snapshot.member", "snapshot.case"):
        for row in [one for side in found.get(table, ((), ())) for one in side]:
            assert about & {str(value) for value in row}, table


def test_the_order_stays_without_what_it_said_of_them(erased, subject):
    home, _ = erased
    order = Ledger(home.ledger).orders(10**9)[0]
    assert order.order_no == subject.led[0].order_no
    assert not subject.ids & {*order.members, order.printed["lead"]}
    rows = [
        row
        for path in home.outbox.rglob("*.csv")
        for row in csv.reader(io.StringIO(files.read(path).decode("utf-8-sig")))
    ]
    assert not any(order.order_no in row for row in rows)


@pytest.mark.long
def test_a_rebuild_after_it_ends_as_it_stands(erased, tmp_path):
    home, _ = erased
    copied = county.copy(home, tmp_path / "home")
    code, lines = rebuild_home(copied)
    assert code is Exit.DONE, lines
    assert any("依法删除" in line for line in lines)


def test_the_next_full_extract_does_not_bring_them_back(erased, before, subject, tmp_path):
    home = county.copy(erased[0], tmp_path / "home")
    night = Ledger(home.ledger).nights()[-1]["night"]
    for one in Ledger(before.ledger).deliveries():
        if one.source in {"resident_register", "insurance_enrolment", "property"}:
            data = files.read(before.root / one.archived)
            files.write(home.inbox / one.source / one.file_name, _once_more(data, one.archived))
    ended = start(home, Wish(on=_after(night)), prefect=False)
    dropped = [
        warning
        for source in ended.report["sources"]
        for delivery in source["deliveries"]
        for warning in delivery["warnings"]
        if "依法删除" in warning
    ]
    assert dropped, "the report says that rows were kept out"
    assert not remaining(home, subject.traces)


def _after(night):
    from datetime import date, timedelta

    return date.fromisoformat(night) + timedelta(days=1)


def _once_more(data, name):
    """The same rows in a file that is not the same: departments export everybody again.

    To a file in UTF-16 these two bytes are half of something: it is refused, and kept as refused.
    """
    return data if name.endswith(".xlsx") else data + b"\r\n"


def killed_while_erasing(root, moment, person):
    home = Home(root)
    if moment == "after the ledger":
        erasing._change = die
    elif moment == "between two files":
        change, left = erasing._change, [1]

        def once(*told):
            change(*told)
            left[0] -= 1
            if not left[0]:
                die()

        erasing._change = once
    else:
        erasing._forget_databases = die
    erase_person(home, person, WHY, WHO, AT)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("between two files", marks=pytest.mark.long),
        pytest.param("after the ledger", marks=pytest.mark.long),
        pytest.param("before the databases", marks=pytest.mark.long),
    ],
)
def test_an_erasure_that_is_killed_is_finished_by_the_same_command(
    before, erased, subject, tmp_path, moment
):
    home = county.copy(before, tmp_path / "home")
    assert ends_with(killed_while_erasing, home.root, moment, subject.person_id) == -9
    assert home.erasing.exists()
    code, lines = erase_person(home, subject.person_id, WHY, WHO, AT)
    assert code is Exit.DONE
    assert "上一次删除中断,现已补完。" in lines
    assert len(Ledger(home.ledger).notes(("erased",))) == 1
    assert all(rows == ([], []) for rows in differing_rows(erased[0], home).values())


@pytest.mark.parametrize(
    ("asked", "reason", "who", "told"),
    [
        ("P99999999", WHY, WHO, "没有这个人员编号"),
        ("P00000001", "删", WHO, "至少四个字"),
        ("P00000001", "号码 370881197401300231", WHO, "不保存"),
        ("P00000001", WHY, " ", "--who"),
    ],
)
def test_a_wish_that_cannot_be_followed_is_refused(before, tmp_path, asked, reason, who, told):
    home = existing_home(before.root)
    if asked == "P99999999":
        home = county.copy(before, tmp_path / "home")
    with pytest.raises(UsageError, match=told):
        erase_person(home, asked, reason, who, AT)
    assert not home.erasing.exists()


def test_the_report_for_the_person_names_every_row_and_who_looked(before, tmp_path):
    home = county.copy(before, tmp_path / "home")
    ledger = Ledger(home.ledger)
    with engine(home) as working:
        settle_hashes(working, home)
        subject = subject_of(home, ledger, working, somebody(home))
        told = known_of(home, ledger, working, subject)
    assert told["rows"]
    assert all(row["file"] and row["line"] for row in told["rows"])
    assert len({row["source"] for row in told["rows"]}) == len(told["sources"])
    assert all(row["why"] for row in told["rows"])
    assert told["orders"][0]["order_no"] == subject.led[0].order_no
    assert told["findings"]
    assert json.dumps(told, ensure_ascii=False)
