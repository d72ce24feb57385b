"""Whether nights come by themselves, whether they did, and whether anybody hears when they do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from flows import files
from flows.alerts import heartbeat
from flows.doctor.finding import Finding
from flows.errors import DoorstepError
from flows.home import Home

TIMER = "doorstep-nightly.timer"
_SYSTEMD = (Path("/etc/systemd/system"), Path("/usr/lib/systemd/system"))
_CRON = (Path("/etc/cron.d"), Path("/var/spool/cron"), Path("/var/spool/cron/crontabs"))


def installed(home: Home, today: date) -> Iterator[Finding]:
    """A timer, a cron line, or `doorstep serve`."""
    yield Finding(
        what="定时运行",
        well=_has_timer() or _has_cron_line() or _is_served(),
        mend="运行 doorstep units --out 目录,按其中的 说明.txt 安装定时器",
        mend_en="run doorstep units --out DIR and install the timer as its 说明.txt says",
    )


def last_night(home: Home, today: date) -> Iterator[Finding]:
    """Whether the last night ended, and not too long ago."""
    hours = heartbeat.silent_hours(home, datetime.now(UTC))
    has_run = home.heartbeat.exists()
    yield Finding(
        what="上一夜按时完成",
        well=has_run and hours is None,
        mend=f"已 {hours} 小时没有完成夜间任务,请看 state/logs 的最后几行"
        if hours
        else "还没有完成过夜间任务,或系统时间变动过",
        mend_en="no night has ended in time; read the last lines in state/logs",
    )
    killed = heartbeat.interrupted(home)
    yield Finding(
        what="没有中断的夜间任务",
        well=killed is None,
        mend=f"{killed} 的夜间任务中断:再次运行 doorstep nightly 即从原清单补完",
        mend_en=f"the night of {killed} was interrupted: run doorstep nightly again to finish it",
    )


def alerts(home: Home, today: date) -> Iterator[Finding]:
    """Whether somebody is told; addresses are checked, nothing is sent."""
    from flows.alerts.addresses import ping_address, services

    mend = "在 doorstep.toml 的 [alerts] 写明 hosts 和 urls_file;没有告警,失败就没有人知道"
    well = home.config.alerts.are_wanted
    if well:
        try:
            services(home)
            ping_address(home)
        except DoorstepError as error:
            well, mend = False, str(error)
    yield Finding(
        what="告警",
        well=well,
        mend=mend,
        mend_en="name hosts and urls_file under [alerts] in doorstep.toml, then doorstep alert test",
    )


def _has_timer() -> bool:
    return any((folder / TIMER).exists() for folder in _SYSTEMD)


def _has_cron_line() -> bool:
    return any(map(_names_us, (Path("/etc/crontab"), *_cron_files())))


def _cron_files() -> Iterator[Path]:
    for folder in _CRON:
        try:
            yield from files.listing(folder)
        except OSError:
            continue


def _names_us(path: Path) -> bool:
    try:
        return "doorstep nightly" in files.read_text(path)
    except (OSError, UnicodeError):
        return False


def _is_served() -> bool:
    import psutil

    for process in psutil.process_iter(["cmdline"]):
        said = process.info["cmdline"] or []
        if "serve" in said and any(word.endswith(("doorstep", "flows")) for word in said):
            return True
    return False
