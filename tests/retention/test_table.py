"""Nothing lies in a home of which the table does not say how long, why and by which law."""

from pathlib import Path

import pytest

from flows import files
from flows.home import existing_home
from flows.retention.command import retention
from flows.retention.settings import RetentionSettings
from flows.retention.table import HEADS, TABLE, rows
from tests.night import county

SYNTHETIC = ("inbox-by-night", "truth")
"""What only a made-up county has."""


def kept_under(inside):
    """The row of the table that says it, the nearest place first."""
    places = {place: kept for kept in TABLE for place in kept.places}
    return next((places[str(one)] for one in (inside, *inside.parents) if str(one) in places), None)


def test_every_file_of_a_county_after_its_nights_stands_in_the_table(after_first_night, tmp_path):
    home = county.copy(after_first_night, tmp_path / "home")
    files.write(home.root / "somewhere" / "else.csv", "x")
    inside = [path.relative_to(home.root) for path in files.inside(home.root)]
    unsaid = [path for path in inside if kept_under(path) is None]
    assert [str(path) for path in unsaid if path.parts[0] not in SYNTHETIC] == [
        "somewhere/else.csv"
    ]


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("archive/vehicle/a.csv", "部门送来、已接收的文件"),
        ("state/ledger.sqlite-wal", "决定台账"),
        ("archive/returns/a.csv", "收回的走访清单"),
        ("held/vehicle/a.csv", "暂缓接收、一直未放行的文件"),
        ("outbox/删除证明/a.html", "删除证明"),
        ("outbox/2026-11-22/晨报.html", "名单、报告、回执"),
    ],
)
def test_the_nearest_place_says_it(inside, what):
    assert kept_under(Path(inside)).what == what


def test_every_setting_stands_in_the_table_and_every_row_is_whole():
    said = " ".join(kept.how_long for kept in TABLE)
    assert all(f"{{{name}}}" in said for name in vars(RetentionSettings()))
    assert all(len(row) == len(HEADS) and all(row) for row in rows(RetentionSettings(), 90))


def test_the_command_tells_the_sites_own_times(after_first_night, tmp_path):
    home = county.copy(after_first_night, tmp_path / "home")
    home.config_file.write_text(
        home.config_file.read_text("utf-8") + "\n[retention]\nheld_days = 33\n", "utf-8"
    )
    _, lines = retention(existing_home(home.root), is_applied=False)
    assert "  暂缓接收、一直未放行的文件:最近一次收到后 33 天" in lines
    assert len([line for line in lines if line.startswith("  ")]) == len(TABLE)
