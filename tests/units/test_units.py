"""The files for a host are well formed, hardened, and say what the site's settings say."""

import re
import shutil

import pytest

from flows.errors import DoorstepError
from flows.home import existing_home
from flows.site import init_home
from flows.units.checking import asked_systemd, wrongs
from flows.units.rendering import FILES, on_calendar, render_units
from tests.cli.command import doorstep_here

SERVICES = [name for name in FILES if name.endswith(".service")]
HARDENED = {
    *("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "UMask=0077"),
    *("CapabilityBoundingSet=", "RestrictSUIDSGID=yes", "ProtectKernelModules=yes"),
    "SystemCallFilter=@system-service",
}


@pytest.fixture
def home(tmp_path):
    init_home(tmp_path / "home")
    return existing_home(tmp_path / "home")


@pytest.fixture
def texts(home, tmp_path):
    return render_units(home, "doorstep", tmp_path / "key")


def lines(text):
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("with_key", [True, False])
def test_all_files_are_well_formed_by_our_own_rules(home, tmp_path, with_key):
    assert wrongs(render_units(home, "doorstep", tmp_path / "key" if with_key else None)) == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_all_units_are_well_formed_for_systemd(home, monkeypatch, capsys, tmp_path):
    ended = doorstep_here(
        monkeypatch, capsys, "units", "--home", home.root, "--out", tmp_path / "units"
    )
    assert ended.code == 0
    assert "systemd-analyze verify" in ended.out
    assert {path.name for path in (tmp_path / "units").iterdir()} == set(FILES)
    unit = tmp_path / "units" / "doorstep-nightly.service"
    unit.write_text(unit.read_text("utf-8").replace("MemoryMax=", "MemoryMost="), "utf-8")
    assert asked_systemd(tmp_path / "units", [unit.name]), "it must notice what is wrong"


def test_without_systemd_it_says_who_judged(home, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    ended = doorstep_here(
        monkeypatch, capsys, "units", "--home", home.root, "--out", tmp_path / "units"
    )
    assert "没有 systemd-analyze" in ended.out


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_confined(texts, home, name):
    said = lines(texts[name])
    assert set(said) >= HARDENED
    assert f"ReadWritePaths={home.root}" in said
    assert any(line.startswith("MemoryMax=") for line in said)
    assert any(line.startswith("RestrictAddressFamilies=") for line in said)


@pytest.mark.parametrize("name", SERVICES)
def test_only_the_alert_service_can_reach_other_hosts(texts, name):
    said = lines(texts[name])
    confined = "IPAddressDeny=any" in said or "PrivateNetwork=yes" in said
    assert confined is (name != "doorstep-alert.service")


@pytest.mark.parametrize("name", SERVICES)
def test_only_who_reads_data_gets_the_key(texts, name):
    reads = name in {"doorstep-nightly.service", "doorstep-console.service"}
    assert ("LoadCredential=" in texts[name]) is reads


def test_a_failed_night_and_a_missed_heartbeat_start_the_alert_service(texts):
    for name in ("doorstep-nightly.service", "doorstep-heartbeat.service"):
        assert "OnFailure=doorstep-alert.service" in lines(texts[name])


def test_the_engines_memory_and_the_nights_hour_come_from_the_settings(home):
    config = home.config_file
    text = config.read_text("utf-8").replace("memory_gb = 4", "memory_gb = 9")
    config.write_text(text.replace("30 1 * * *", "5 23 * * *"), "utf-8")
    texts = render_units(existing_home(home.root), "doorstep", None)
    assert "nightly --wait 120\n" in texts["doorstep-nightly.service"]
    assert "MemoryMax=11G" in texts["doorstep-nightly.service"]
    assert "OnCalendar=*-*-* 23:05:00 Asia/Shanghai" in texts["doorstep-nightly.timer"]
    assert "\n5 23 * * * doorstep " in texts["doorstep.cron"]


@pytest.mark.parametrize(
    "cron", ["*/5 1 * * *", "30 1 * * 1", "30", "", "60 1 * * *", "0 24 * * *"]
)
def test_a_time_that_is_not_once_a_day_is_refused(cron):
    with pytest.raises(DoorstepError, match="cron"):
        on_calendar(cron)


@pytest.mark.parametrize("name", ["a b", "100%", 'a"b', "$x"])
def test_a_path_that_systemd_would_read_otherwise_is_refused(tmp_path, name):
    init_home(tmp_path / name)
    with pytest.raises(DoorstepError, match="路径"):
        render_units(existing_home(tmp_path / name), "doorstep", None)


CRON = "30 1 * * * doorstep true\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.service", "[Unit]\nnonsense\n"),
        ("a.service", "[Timer]\nOnCalendar=hourly\n"),
        ("a.service", "User=x\n"),
        ("a.timer", "[Service]\nUser=x\n"),
        ("a.cron", CRON.strip()),
        ("a.cron", CRON.replace("30", "60")),
        ("a.cron", CRON.replace("30", "1-2-3")),
        ("a.cron", CRON.replace("30", "*/0")),
        ("a.cron", "30 1 * * *\n"),
        ("a.cron", CRON.replace("true", "date +%F")),
        ("a.logrotate", "/x {\n"),
    ],
)
def test_our_own_rules_notice_what_is_malformed(name, text):
    assert wrongs({name: text})


def test_our_own_rules_let_well_formed_lines_pass():
    fine = {"a.service": "# x\n[Unit]\nAfter=\n", "a.cron": CRON.replace("30", "*/15,3-9")}
    assert wrongs(fine) == []


def test_every_command_in_the_files_exists(texts):
    from typer.main import get_command

    from flows.cli import app

    known = get_command(app)
    for text in texts.values():
        for said in re.findall(r"bin/doorstep ([a-z]+)(?: ([a-z]+))?", text):
            command = known.commands[said[0]]
            if said[1]:
                assert said[1] in command.commands
