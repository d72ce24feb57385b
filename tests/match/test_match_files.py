"""What matching asks of the file door."""

import stat

import pytest

from flows import files


def test_a_file_written_by_somebody_else_appears_whole_and_private(tmp_path):
    out = tmp_path / "new" / "out.bin"
    with files.appearing(out) as part:
        part.write_bytes(b"whole")
        assert not out.exists()
    assert out.read_bytes() == b"whole"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [entry.name for entry in out.parent.iterdir()] == ["out.bin"]


def test_a_file_that_somebody_else_failed_to_write_is_as_it_was(tmp_path):
    out = files.write(tmp_path / "out.bin", b"old")
    with pytest.raises(FileNotFoundError), files.appearing(out) as part:
        part.with_name("elsewhere").write_bytes(b"ha")
    (tmp_path / "elsewhere").unlink()
    assert out.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.bin"]


def test_a_text_is_recoded_a_piece_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_PIECE", 3)
    text = "姓名,住址\r\n张𠮷三,一\n"
    old = files.write(tmp_path / "old.csv", text.encode("gb18030"))
    new = files.recode(old, "gb18030", tmp_path / "new.csv")
    assert new.read_bytes() == text.encode("utf-8")
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    with pytest.raises(UnicodeError):
        files.recode(files.write(tmp_path / "cut.csv", b"\xd5"), "gb18030", tmp_path / "new.csv")


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"a\n\nb\r\n", 3), (b"\n" * 10, 10)],
)
def test_lines_are_counted_with_the_last_one(tmp_path, monkeypatch, data, lines):
    monkeypatch.setattr(files, "_PIECE", 2)
    assert files.count_lines(files.write(tmp_path / "lines.txt", data)) == lines


def test_the_head_is_no_more_than_asked_for(tmp_path):
    path = files.write(tmp_path / "file", b"abcdef")
    assert files.head(path, 3) == b"abc"
    assert files.head(path, 99) == b"abcdef"
