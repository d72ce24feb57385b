"""`alert send` is the one command that connects, and only to the hosts that are named."""

import socket
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.alerts import heartbeat, sending
from flows.alerts.alert import NightFailed
from flows.alerts.only_named import NotNamedError, only_named
from flows.alerts.pending import raise_alert, waiting
from flows.alerts.sending import send_alerts, try_alert
from flows.errors import AlreadyRunningError, DoorstepError, Exit
from flows.lock import only_one
from tests.alerts.homes import gateway, wanting

NIGHT = date(2026, 11, 22)
FAILED = NightFailed(day=NIGHT, exit=1)


@pytest.fixture
def taking():
    with gateway() as known:
        yield known


@pytest.fixture
def home(tmp_path, taking):
    return wanting(tmp_path / "home", urls=[taking.url()], hosts=["127.0.0.1"])


def test_a_test_message_arrives(home, taking):
    assert try_alert(home, NIGHT)[0] == Exit.DONE
    [one] = taking.arrived
    assert "告警测试" in one["message"]


def test_what_waits_is_sent_once_and_in_one_message(home, taking):
    raise_alert(home, FAILED)
    raise_alert(home, NightFailed(day=NIGHT, exit=2))
    assert send_alerts(home)[0] == Exit.DONE
    assert send_alerts(home)[0] == Exit.NOTHING_NEW
    [one] = taking.arrived
    assert one["message"].count("夜间任务失败") == 2


def test_what_is_refused_waits_and_is_tried_again_in_time(home, taking, monkeypatch):
    raise_alert(home, FAILED)
    taking.answer = 500
    assert send_alerts(home)[0] == Exit.FAILED
    assert send_alerts(home)[0] == Exit.NOTHING_NEW, "not before five minutes have passed"
    taking.answer = 200
    later = datetime.now(UTC) + timedelta(minutes=6)
    monkeypatch.setattr(sending, "datetime", type("Later", (), {"now": lambda _zone: later}))
    assert send_alerts(home)[0] == Exit.DONE
    assert len(taking.arrived) == 2


def test_one_address_that_takes_it_is_enough_and_the_other_is_told_of(tmp_path, taking):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        dead = unused.getsockname()[1]
    urls = [f"json://127.0.0.1:{dead}/", taking.url()]
    home = wanting(tmp_path / "home", urls=urls, hosts=["127.0.0.1"])
    raise_alert(home, FAILED)
    code, [line] = send_alerts(home)
    assert code == Exit.WARNINGS
    assert "1 个地址未送达" in line
    assert list(waiting(home)) == []


def test_a_night_that_was_killed_is_told_of_though_it_could_not_say_so(home, taking):
    heartbeat.begin(home, NIGHT)
    assert send_alerts(home)[0] == Exit.DONE
    assert "2026-11-22 夜间任务中断" in taking.arrived[0]["message"]


def test_without_named_hosts_nothing_is_sent(tmp_path, taking):
    home = wanting(tmp_path / "home", urls=[taking.url()])
    assert send_alerts(home)[0] == Exit.NOTHING_NEW
    with pytest.raises(DoorstepError, match="hosts"):
        try_alert(home, NIGHT)
    assert taking.arrived == []


def test_a_redirect_is_not_followed(home, taking):
    with gateway("127.0.0.2") as other:
        taking.answer, taking.leads_to = 307, f"http://127.0.0.2:{other.port}/"
        raise_alert(home, FAILED)
        assert send_alerts(home)[0] == Exit.FAILED
        assert other.arrived == []


def test_a_proxy_of_the_environment_is_not_named_and_not_reached(tmp_path, monkeypatch):
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    home = wanting(tmp_path / "home", urls=["json://gateway.example/x"], hosts=["gateway.example"])
    raise_alert(home, FAILED)
    with gateway("127.0.0.2") as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.2:{proxy.port}")
        assert send_alerts(home)[0] == Exit.FAILED
        assert proxy.arrived == []


def test_the_outside_watch_hears_of_nights_and_not_of_silence(tmp_path, taking):
    ping = f"http://127.0.0.1:{taking.port}/alive"
    home = wanting(tmp_path / "home", urls=[taking.url()], ping=ping, hosts=["127.0.0.1"])
    send_alerts(home)
    assert taking.arrived == []
    heartbeat.begin(home, NIGHT)
    heartbeat.end(home, NIGHT, well=True)
    send_alerts(home)
    assert taking.arrived == ["/alive"]


def test_two_at_once_do_not_send_twice(home):
    with only_one(home.state / "alerts.lock"), pytest.raises(AlreadyRunningError):
        send_alerts(home)


def test_while_alerts_are_sent_other_hosts_cannot_be_reached(taking):
    with gateway("127.0.0.2") as other, only_named(["127.0.0.1"]):
        socket.create_connection(("127.0.0.1", taking.port)).close()
        with pytest.raises(NotNamedError):
            socket.create_connection(("127.0.0.2", other.port))
        with socket.socket() as ours, pytest.raises(NotNamedError):
            ours.connect(("127.0.0.2", other.port))
        with pytest.raises(NotNamedError):
            socket.getaddrinfo("elsewhere.example", 443)
    socket.create_connection(("127.0.0.1", taking.port)).close()
