"""Entries are added by many at once, and a process that dies in the middle loses nothing unseen."""

import multiprocessing
import secrets
import stat

import pytest

from flows.audit.anchors import read_anchor
from flows.audit.entries import TORN, Deed
from flows.audit.trail import Trail
from flows.errors import DoorstepError, UsageError
from flows.home import Home
from tests.audit.trails import entries, judged, trail_of


@pytest.fixture
def trail(tmp_path):
    return trail_of(tmp_path)


def note_some(folder, who):
    for _ in range(20):
        Trail(Home(folder)).note(Deed(what="why"), who, "民政数据员")


def test_five_processes_that_write_at_once_make_one_chain(trail, tmp_path):
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=note_some, args=(tmp_path, f"w{n}")) for n in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * 5
    assert judged(trail).entries == 110
    assert judged(trail).broken is None


def test_of_two_that_begin_a_trail_at_once_the_first_key_stays(tmp_path, monkeypatch):
    made = secrets.token_hex

    def overtaken(size):
        monkeypatch.setattr("flows.audit.trail.secrets.token_hex", made)
        Trail(Home(tmp_path)).note(Deed(what="why"), "li", "民政数据员")
        return made(size)

    monkeypatch.setattr("flows.audit.trail.secrets.token_hex", overtaken)
    slower = Trail(Home(tmp_path))
    slower.note(Deed(what="why"), "wang", "民政数据员")
    assert judged(slower).entries == 2
    assert judged(slower).broken is None
    assert {path.name for path in slower.file.parent.iterdir()} == {"key", "trail.jsonl"}


def test_trail_and_key_are_their_owners_only(trail):
    for path in (trail.file, trail.key_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_half_a_line_is_accounted_for_wherever_it_was_torn(trail):
    whole = trail.file.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for left in range(1, len(last) - 1, 37):
        trail.file.write_bytes(whole[: len(whole) - len(last) + left])
        assert judged(trail, anchors=()).unfinished
        entry = trail.note(Deed(what="why"), "wang", "民政数据员")
        found = judged(trail, anchors=())
        assert (found.broken, found.torn, found.entries) == (None, 1, 11)
        assert entry.number == 11
        assert [one.what for one in entries(trail) if one][-2:] == [TORN, "why"]


def test_a_line_that_lacks_only_its_end_is_completed(trail):
    trail.file.write_bytes(trail.file.read_bytes().rstrip(b"\n"))
    trail.note(Deed(what="why"), "wang", "民政数据员")
    found = judged(trail)
    assert (found.broken, found.torn, found.entries) == (None, 0, 11)


def test_torn_twice_is_accounted_for_as_well(trail):
    with trail.file.open("ab") as file:
        file.write(b'{"at":"2026\n{"at"')
    trail.note(Deed(what="why"), "wang", "民政数据员")
    found = judged(trail)
    assert (found.broken, found.torn) == (None, 1)


def test_half_a_line_that_was_changed_or_taken_away_afterwards_is_noticed(trail):
    with trail.file.open("ab") as file:
        file.write(b'{"at":"2026')
    trail.note(Deed(what="why"), "wang", "民政数据员")
    text = trail.file.read_bytes()
    for other in (
        text.replace(b'{"at":"2026\n', b'{"at":"2025\n'),
        text.replace(b'{"at":"2026\n', b""),
    ):
        trail.file.write_bytes(other)
        assert judged(trail).broken == 11


def test_without_its_key_nothing_is_added_and_no_new_key_is_made(trail, tmp_path):
    trail.key_file.unlink()
    with pytest.raises(DoorstepError, match="审计密钥"):
        Trail(Home(tmp_path)).note(Deed(what="why"), "wang", "民政数据员")
    assert not trail.key_file.exists()


def test_an_anchor_survives_being_read_out_and_typed(trail):
    (_, anchor) = trail.anchors()
    assert read_anchor(f" {str(anchor).upper()} ") == anchor
    assert str(anchor).startswith("10-")
    for wrong in ("", "10", "10-abcd", f"{anchor}-1234", "x" + str(anchor)):
        with pytest.raises(UsageError, match="锚点"):
            read_anchor(wrong)
