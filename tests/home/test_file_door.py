"""The file door: what is written appears whole or not at all, and only its owner can read it."""

import stat

import pytest

from flows import files


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_written_file_is_for_its_owner_only_and_leaves_no_part(tmp_path):
    path = files.write(tmp_path / "deep" / "er" / "file.txt", "内容")
    assert path.read_text(encoding="utf-8") == "内容"
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["file.txt"]


def test_a_write_that_fails_leaves_the_old_file_as_it_was(tmp_path, monkeypatch):
    path = files.write(tmp_path / "file", b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(path, b"new and longer")
    assert path.read_bytes() == b"old"


def test_what_is_written_once_stays_as_the_first_wrote_it(tmp_path):
    path = tmp_path / "deep" / "key"
    assert files.write_first(path, "first")
    assert not files.write_first(path, "second")
    assert path.read_text(encoding="utf-8") == "first"
    assert mode(path) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_a_folder_appears_whole_and_replaces_the_one_before(tmp_path):
    target = tmp_path / "out"
    files.write_folder(target, {"a.txt": b"1", "inner/b.txt": b"2"})
    files.write_folder(target, {"c.txt": b"3"})
    assert sorted(str(p.relative_to(target)) for p in target.rglob("*")) == ["c.txt"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_links_hidden_temporary_and_office_lock_files_are_not_deliveries(tmp_path):
    (tmp_path / "secret.csv").write_text("x")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.csv").write_text("x")
    (inbox / "link.csv").symlink_to(tmp_path / "secret.csv")
    for name in (".hidden", "~$open.xlsx", "copying.csv.part"):
        (inbox / name).write_text("x")
    (inbox / "folder").mkdir()
    assert [path.name for path in files.listing(inbox)] == ["good.csv"]


def test_a_folder_that_is_not_there_lists_nothing(tmp_path):
    assert files.listing(tmp_path / "none") == []
