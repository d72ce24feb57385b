"""An archived file that is not what was accepted is named and never loaded, whoever asks for it.

Nothing is committed then: neither the ledger nor what was published changes, and once the file is back
the same command goes on.
"""

import json

import pytest

from flows import files
from flows.archived import ARCHIVED_SHA256
from flows.erasure.command import erase_person
from flows.errors import DoorstepError, Exit
from flows.inputs import LIST_FILE
from flows.ledger import Ledger
from flows.rebuild.command import rebuild_home
from flows.site import deliver_night, synthetic_nights
from flows.start import Wish, start
from flows.states import DEGRADED, DONE
from tests.night import county

WHOLE_REGISTER, OTHER = "resident_register", "property"


def archived(home, source):
    """The last delivery of a source, as it lies in the archive."""
    return home.root / Ledger(home.ledger).last_delivery(source).archived


def cut(home):
    path = archived(home, WHOLE_REGISTER)
    files.write(path, files.read(path)[: len(files.read(path)) // 2])
    return [path]


def one_byte_edited(home):
    path = archived(home, WHOLE_REGISTER)
    data = bytearray(files.read(path))
    data[len(data) // 2] ^= 1
    files.write(path, bytes(data))
    return [path]


def two_swapped(home):
    one, other = archived(home, WHOLE_REGISTER), archived(home, OTHER)
    first, second = files.read(one), files.read(other)
    files.write(one, second)
    files.write(other, first)
    return [one, other]


def missing(home):
    path = archived(home, WHOLE_REGISTER)
    files.remove(path)
    return [path]


DAMAGES = (cut, one_byte_edited, two_swapped, missing)


def known_before_hashes_were_noted(home):
    """Leave ledger and working database as earlier versions wrote them."""
    with files.ledger_database(home.ledger) as ledger, files.duckdb_database(home.work) as work:
        for connection, table, row in ((ledger, "outcome", "entry"), (work, "delivery", "arrival")):
            query = f"SELECT {row}, judgement FROM {table}"
            for number, text in connection.execute(query).fetchall():
                judgement = json.loads(text)
                judgement.pop(ARCHIVED_SHA256, None)
                text = json.dumps(judgement, ensure_ascii=False, sort_keys=True)
                connection.execute(
                    f"UPDATE {table} SET judgement = ? WHERE {row} = ?", [text, number]
                )


def no_hash_known(home):
    """Neither ledger nor lists know one: as where rows were kept out by an earlier version."""
    known_before_hashes_were_noted(home)
    for path in (home.state / "nights").rglob(LIST_FILE):
        listed = json.loads(files.read_text(path))
        for file in listed["new_files"]:
            file["sha256"] = ""
        files.write(path, json.dumps(listed))


def kept(home):
    """What must not change: the ledger's entries and every published byte."""
    published = {path: files.read_raw(path) for path in files.inside(home.outbox)}
    return Ledger(home.ledger).position(), published, files.read_raw(home.snapshot)


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


@pytest.fixture(params=[True, False], ids=["hash noted", "an earlier version's home"])
def damaged(request, home):
    """A home of this version, and one of an earlier version that noted no hashes."""
    if not request.param:
        known_before_hashes_were_noted(home)
    return home


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_rebuild_names_the_file_and_changes_nothing(damaged, damage):
    paths, before = damage(damaged), kept(damaged)
    work = files.read_raw(damaged.work)
    with pytest.raises(DoorstepError, match="从备份恢复") as refused:
        rebuild_home(damaged)
    assert all(str(path.relative_to(damaged.root)) in str(refused.value) for path in paths)
    assert kept(damaged) == before
    assert files.read_raw(damaged.work) == work


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_night_without_its_working_database_refuses_too(home, damage):
    files.remove(home.work)
    damage(home)
    before, night = kept(home), synthetic_nights(home)[2]
    deliver_night(home, night)
    waiting = sorted(files.inside(home.inbox))
    with pytest.raises(DoorstepError, match="从备份恢复"):
        start(home, Wish(on=night), prefect=False)
    assert kept(home) == before
    assert sorted(files.inside(home.inbox)) == waiting


@pytest.mark.long
def test_once_the_file_is_back_the_night_goes_on(home, after_first_night):
    night = synthetic_nights(home)[2]
    deliver_night(home, night)
    files.remove(home.work)
    (path,) = cut(home)
    with pytest.raises(DoorstepError, match="从备份恢复"):
        start(home, Wish(on=night), prefect=False)
    files.write(path, files.read(after_first_night.root / path.relative_to(home.root)))
    assert start(home, Wish(on=night), prefect=False).state in {DONE, DEGRADED}


def test_a_home_of_an_earlier_version_is_rebuilt_as_it_was(home):
    known_before_hashes_were_noted(home)
    code, lines = rebuild_home(home)
    assert code is Exit.DONE, lines


def test_where_no_hash_is_known_what_is_read_is_compared(home):
    no_hash_known(home)
    (path,), before = cut(home), kept(home)
    with pytest.raises(DoorstepError, match="现在读出") as refused:
        rebuild_home(home)
    assert str(path.relative_to(home.root)) in str(refused.value)
    assert kept(home) == before


def test_nobody_is_erased_from_an_archive_that_is_damaged(home):
    one_byte_edited(home)
    before = kept(home)
    person = Ledger(home.ledger).orders(10**9)[0].printed["lead"]
    with pytest.raises(DoorstepError, match="从备份恢复"):
        erase_person(home, person, "本人申请删除", "王敏", "2026-11-22T10:00:00+08:00")
    assert not home.erasing.exists()
    assert kept(home) == before
