"""Where alerts go: addresses from doorstep.toml, a file or the environment, each to a host that is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows import files
from flows.errors import DoorstepError
from flows.home import Home

VARIABLE = "DOORSTEP_ALERT_URLS"
_ROBOTS = {
    "wecombot": "qyapi.weixin.qq.com",
    "dingtalk": "oapi.dingtalk.com",
    "feishu": "open.feishu.cn",
    "lark": "open.larksuite.com",
}
_OWN_HOST = {"mailto", "mailtos", "json", "jsons"}
"""Mail through a relay, and the site's own gateway for short messages."""


def services(home: Home) -> list[Any]:
    """Apprise's services for all addresses; refused when one speaks to a host that is not named.

    An error never shows an address: it holds a token.
    """
    import apprise

    asset = apprise.AppriseAsset(
        app_id="Doorstep", app_desc="Doorstep", plugin_paths=[], async_mode=False
    )
    found = []
    for place, url in enumerate(_urls(home), 1):
        kind = url.split("://", 1)[0].lower()
        if kind not in {*_ROBOTS, *_OWN_HOST}:
            allowed = "、".join(sorted({*_ROBOTS, *_OWN_HOST}))
            raise DoorstepError(f"第 {place} 个告警地址的类型不可用。可用的类型:{allowed}。")
        service = apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        if service is None:
            raise DoorstepError(f"第 {place} 个告警地址({kind})写法不对,请对照说明核对。")
        host = _ROBOTS.get(kind) or getattr(service, "smtp_host", None) or service.host
        require_named(home, str(host))
        service.redirects = False
        found.append(service)
    if not found:
        raise DoorstepError(
            f"没有告警地址。请写在 [alerts] 的 urls_file 指定的文件中(权限 600),或环境变量 {VARIABLE}。"
        )
    return found


def ping_address(home: Home) -> str | None:
    """The address of the outside watch, if there is one; its host must be named, too."""
    url = home.config.alerts.ping
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise DoorstepError("doorstep.toml:[alerts] 的 ping 应以 http:// 或 https:// 开头。")
    require_named(home, parts.hostname)
    return url


def require_named(home: Home, host: str) -> None:
    """Only hosts that [alerts] names are ever spoken to."""
    if host.lower() not in {one.lower() for one in home.config.alerts.hosts}:
        raise DoorstepError(
            f"doorstep.toml:[alerts] 的 hosts 没有列出 {host},未发送。确认后请把它加入 hosts。"
        )


def _urls(home: Home) -> Iterator[str]:
    wanted = home.config.alerts
    yield from wanted.urls
    yield from os.environ.get(VARIABLE, "").split()
    if wanted.urls_file:
        yield from _lines(home.root / wanted.urls_file)


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise DoorstepError("doorstep.toml:[alerts] 的 urls_file 指定的文件不存在。")
    if path.stat().st_mode & 0o077:
        raise DoorstepError(f"告警地址文件其他用户可读,请运行 chmod 600 {path}。")
    lines = (line.strip() for line in files.read_text(path).splitlines())
    return [line for line in lines if line and not line.startswith("#")]
