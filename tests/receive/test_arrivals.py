"""What lies in the inbox: whole and still files are taken, everything else is passed over in words."""

import os

import pytest

from flows import files
from flows.arrivals import arrivals


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    (folder / "clinic").mkdir(parents=True)
    return folder


def taken(inbox):
    return [one.path.name for one in arrivals(inbox, ["clinic"]).taken]


def test_plain_files_are_taken_in_the_order_of_their_names(inbox):
    for name in ("b.csv", "a.csv", ".hidden", "~$a.xlsx", "a.csv.ok"):
        (inbox / "clinic" / name).write_bytes(b"3")
    found = arrivals(inbox, ["clinic", "empty"])
    assert ([one.path.name for one in found.taken], found.passed_over) == (["a.csv", "b.csv"], ())


def odd_things(inbox):
    """One of everything that is not a file of its own."""
    folder = inbox / "clinic"
    outside = inbox.parent / "outside.csv"
    outside.write_bytes(b"x")
    (folder / "link.csv").symlink_to(outside)
    os.link(outside, folder / "hard.csv")
    os.mkfifo(folder / "fifo.csv")
    (folder / "folder.csv").mkdir()
    (folder / "upload.filepart").write_bytes(b"x")
    (folder / "line\nbreak.csv").write_bytes(b"x")
    (folder / "bidi\u202evsc.csv").write_bytes(b"x")
    (folder / ("长" * 65 + ".csv")).write_bytes(b"x")
    (inbox / "unknown").mkdir()


def test_links_pipes_folders_and_odd_names_are_passed_over_in_words(inbox):
    odd_things(inbox)
    found = arrivals(inbox, ["clinic"])
    assert found.taken == ()
    told = "\n".join(found.passed_over)
    assert len(found.passed_over) == 9
    for words in ("符号链接", "硬链接", "不是普通文件", "文件夹", "正在传输", "不可见字符",
                  "超过 180 字节", "不属于任何来源"):  # fmt: skip
        assert words in told
    assert "\u202e" not in told
    assert told.count("\n") == 8


def test_a_file_that_grows_while_others_are_looked_at_waits(inbox, monkeypatch):
    (inbox / "clinic" / "a.csv").write_bytes(b"one\n")
    (inbox / "clinic" / "b.csv").write_bytes(b"two\n")
    look = files.still

    def grow(path):
        found = look(path)
        if path.name == "b.csv":
            with (inbox / "clinic" / "a.csv").open("ab") as file:
                file.write(b"more\n")
        return found

    monkeypatch.setattr(files, "still", grow)
    found = arrivals(inbox, ["clinic"])
    assert [one.path.name for one in found.taken] == ["b.csv"]
    assert found.passed_over == ("inbox/clinic/a.csv 未读取:正在写入",)


def test_a_file_that_is_replaced_while_it_is_read_waits(inbox, monkeypatch):
    path = inbox / "clinic" / "a.csv"
    path.write_bytes(b"one\n")
    digest = files.hashlib.file_digest

    def replace(file, name):
        found = digest(file, name)
        new = inbox / "new"
        new.write_bytes(b"two\n")
        new.replace(path)
        return found

    monkeypatch.setattr(files.hashlib, "file_digest", replace)
    assert taken(inbox) == []


@pytest.mark.parametrize(
    ("text", "rows", "digest"),
    [
        ("120", 120, None),
        ("120\n", 120, None),
        ("rows=120", 120, None),
        ("rows: 120", 120, None),
        ("A" * 64 + "  a.csv", None, "a" * 64),
        ("0123456789" * 6 + "abcd a.csv\n120 行", 120, "0123456789" * 6 + "abcd"),
        ("完成", -1, None),
        ("", -1, None),
    ],
)
def test_what_the_file_beside_announces(inbox, text, rows, digest):
    (inbox / "clinic" / "a.csv").write_bytes(b"x")
    (inbox / "clinic" / "a.csv.ok").write_text(text)
    (one,) = arrivals(inbox, ["clinic"]).taken
    assert (one.control_rows, one.announced_sha256) == (rows, digest)


def test_a_file_that_no_small_machine_could_read_is_passed_over_unopened(inbox, monkeypatch):
    monkeypatch.setattr("flows.arrivals.MOST_BYTES", 1 << 20)
    for name, size in (("fits.csv", 1 << 20), ("larger.csv", (1 << 20) + 1)):
        with (inbox / "clinic" / name).open("wb") as sparse:
            sparse.truncate(size)
    found = arrivals(inbox, ["clinic"])
    assert [one.path.name for one in found.taken] == ["fits.csv"]
    assert "请分成几份再传" in found.passed_over[0]
