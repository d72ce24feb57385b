"""The texts of the units, from templates and a site's settings."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.errors import DoorstepError
from flows.home import CONFIG_FILE, Home
from flows.start import PATIENCE

FILES = (
    "doorstep-nightly.service",
    "doorstep-nightly.timer",
    "doorstep-alert.service",
    "doorstep-alert.timer",
    "doorstep-heartbeat.service",
    "doorstep-heartbeat.timer",
    "doorstep-console.service",
    "doorstep.cron",
    "doorstep.logrotate",
    "说明.txt",
)
_BESIDE_THE_ENGINE_GB = 2
"""What Python, Prefect and the workbooks take beside the engine's memory_gb."""

_HIDDEN = ("/home", "/root", "/run/user")
"""What ProtectHome=yes would hide from the service."""


def render_units(home: Home, user: str, key_file: Path | None) -> dict[str, str]:
    """Every file by its name."""
    values = _values(home, user, key_file)
    environment = Environment(  # noqa: S701 - these are no pages
        loader=PackageLoader("flows.units"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return {name: environment.get_template(f"{name}.j2").render(values) for name in FILES}


def on_calendar(cron: str) -> str:
    """A daily cron line as systemd writes it, always in Shanghai's time."""
    minute, hour, *rest = (*cron.split(), "", "")
    if not (minute.isdigit() and hour.isdigit() and rest[:3] == ["*", "*", "*"]):
        raise DoorstepError(
            f'{CONFIG_FILE}:[night] 的 cron 不是每天一次的写法(如 "30 1 * * *"),'
            "无法写成 systemd 定时器。请改正后重试。"
        )
    if int(minute) > 59 or int(hour) > 23:
        raise DoorstepError(f"{CONFIG_FILE}:[night] 的 cron 的钟点不对。请改正后重试。")
    return f"*-*-* {int(hour):02}:{int(minute):02}:00 Asia/Shanghai"


def _values(home: Home, user: str, key_file: Path | None) -> dict[str, Any]:
    program = Path(sys.executable).parent / "doorstep"
    log, config = home.logs / "cron.log", home.config
    hidden = any(path.is_relative_to(folder) for path in (home.root, program) for folder in _HIDDEN)
    return {
        "user": user,
        "home": _for_systemd(home.root),
        "program": _for_systemd(program),
        "key_file": _for_systemd(key_file) if key_file else "",
        "protect_home": "read-only" if hidden else "yes",
        "memory_gb": config.night.memory_gb + _BESIDE_THE_ENGINE_GB,
        "calendar": on_calendar(config.night.cron),
        "cron": config.night.cron,
        "cron_home": str(home.root),
        "cron_program": _for_cron(program),
        "cron_log": _for_cron(log),
        "log": str(log),
        "wait": PATIENCE // 60,
        "keep_days": config.logs.keep_days,
    }


def _for_systemd(path: Path) -> str:
    """Systemd splits at blanks and reads % and quotes: a path with those is refused, not guessed at."""
    text = str(path)
    if any(character in text for character in " \t\n\"'\\%$"):
        raise DoorstepError(
            "工作目录、程序或密钥的路径含有空格、引号、% 或 $,无法写进服务配置。请换一个路径。"
        )
    return text


def _for_cron(path: Path) -> str:
    return shlex.quote(str(path))
