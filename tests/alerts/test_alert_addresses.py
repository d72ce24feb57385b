"""Addresses are Apprise's, of few kinds, each to a host that is named; no error shows one."""

import pytest

from flows.alerts.addresses import VARIABLE, ping_address, services
from flows.errors import DoorstepError
from tests.alerts.homes import wanting

TOKEN = "abcdefghijklmnopqrst"
LONG = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (f"wecombot://{TOKEN}", "qyapi.weixin.qq.com"),
        (f"dingtalk://{LONG}", "oapi.dingtalk.com"),
        (f"feishu://{TOKEN}", "open.feishu.cn"),
        (f"lark://{TOKEN}", "open.larksuite.com"),
        (f"mailto://u:{TOKEN}@mail.county.gov.cn?to=a@b.cn", "mail.county.gov.cn"),
        (f"mailtos://u:{TOKEN}@x.cn?smtp=smtp.x.cn&to=a@b.cn", "smtp.x.cn"),
        (f"jsons://gateway.county.gov.cn/{TOKEN}", "gateway.county.gov.cn"),
    ],
    ids=lambda text: text.split(":")[0],
)
def test_an_address_needs_its_host_to_be_named(tmp_path, url, host):
    with pytest.raises(DoorstepError, match="hosts") as refused:
        services(wanting(tmp_path / "home", urls=[url], hosts=["other.example"]))
    assert host in str(refused.value)
    assert TOKEN not in str(refused.value)
    [service] = services(wanting(tmp_path / "home", urls=[url], hosts=[host]))
    assert service.redirects is False


@pytest.mark.parametrize("url", [f"slack://{TOKEN}", f"file:///etc/{TOKEN}", TOKEN, "wecombot://"])
def test_other_kinds_and_nonsense_are_refused_without_showing_them(tmp_path, url):
    with pytest.raises(DoorstepError) as refused:
        services(wanting(tmp_path / "home", urls=[url], hosts=["h"]))
    assert TOKEN not in str(refused.value)


def test_addresses_come_from_settings_environment_and_file(tmp_path, monkeypatch):
    home = wanting(tmp_path / "home", urls=["json://h/1"], urls_file="alert_urls", hosts=["h"])
    (home.root / "alert_urls").write_text("# ours\njson://h/3\n\n", "utf-8")
    (home.root / "alert_urls").chmod(0o600)
    monkeypatch.setenv(VARIABLE, "json://h/2")
    assert [one.fullpath for one in services(home)] == ["/1", "/2", "/3"]


def test_a_file_that_others_can_read_is_refused(tmp_path):
    home = wanting(tmp_path / "home", urls_file="alert_urls", hosts=["h"])
    with pytest.raises(DoorstepError, match="不存在"):
        services(home)
    (home.root / "alert_urls").write_text("json://h/3", "utf-8")
    (home.root / "alert_urls").chmod(0o640)
    with pytest.raises(DoorstepError, match="chmod 600"):
        services(home)


def test_no_address_is_an_error_and_no_setting_shows_one(tmp_path):
    with pytest.raises(DoorstepError, match="没有告警地址"):
        services(wanting(tmp_path / "home", hosts=["h"]))
    shown = repr(wanting(tmp_path / "home", urls=[f"json://h/{TOKEN}"], hosts=["h"]).config)
    assert TOKEN not in shown


@pytest.mark.parametrize("ping", ["ftp://h/x", "h", "http://"])
def test_a_ping_is_a_web_address(tmp_path, ping):
    with pytest.raises(DoorstepError, match="ping"):
        ping_address(wanting(tmp_path / "home", ping=ping, hosts=["h"]))


def test_a_ping_needs_its_host_to_be_named(tmp_path):
    with pytest.raises(DoorstepError, match="watch"):
        ping_address(wanting(tmp_path / "home", ping="https://watch/1", hosts=["h"]))
    assert ping_address(wanting(tmp_path / "home", ping="https://watch/1", hosts=["Watch"]))


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"on": ["nonsense"]}, "nonsense"),
        ({"hosts": "h"}, "hosts"),
        ({"urls": [1]}, "urls"),
        ({"heartbeat_hours": 0}, "heartbeat_hours"),
        ({"heartbeat_hours": "26"}, "heartbeat_hours"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_settings_are_read_strictly(tmp_path, settings, says):
    with pytest.raises(DoorstepError, match=says):
        _ = wanting(tmp_path / "home", **settings).config
