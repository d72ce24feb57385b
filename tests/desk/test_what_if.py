"""试算: the screen says what `doorstep plan` says; a draft is in force only by a second person's click."""

import json
import time
from datetime import date, timedelta
from types import SimpleNamespace

import psutil
import pyotp
import pytest

from flows import files
from flows.access.roles import Role
from flows.desk import trials
from flows.desk.accounts import enrol
from flows.desk.sliders import sliders, typed
from flows.desk.trials import folder_of
from flows.errors import DoorstepError
from flows.ledger import Ledger
from flows.lock import holder, only_one
from flows.planning.command import plan
from flows.planning.trial import LOCK, POLICY, RESULT
from flows.policy import load
from flows.policy.drafts import ADOPTED, adopted_file, drafts
from tests.desk.desk_client import Desk, send, trail
from tests.night import county

THRESHOLD = "high_medical_burden.threshold"
CAPACITY = "township_capacity"
PATIENCE = 240
"""Seconds for a trial of a small county on a busy machine."""


@pytest.fixture(scope="module")
def own(desk_home, tmp_path_factory):
    """A desk with a second officer, whose home the tests may change."""
    desk = Desk(county.copy(desk_home, tmp_path_factory.mktemp("what_if") / "home"))
    desk.second = enrol(desk.accounts, "second", "另一人", Role.OFFICER, None)
    return desk


@pytest.fixture(scope="module")
def colleague(own):
    own.clock.now += 60
    other = own.stranger()
    code = pyotp.TOTP(own.second.account.second).at(int(own.clock.now))
    said = {"login": "second", "password": own.second.password, "code": code}
    assert own.try_login(other, **said).status_code == 303
    return other


@pytest.fixture(scope="module")
def night(own):
    return date.fromisoformat(Ledger(own.home.ledger).nights()[-1]["night"])


def done(browser):
    """The page of a trial that has ended."""
    for _ in range(PATIENCE):
        page = browser.get("/what-if/result")
        if "refresh" not in page.headers:
            return page.text
        time.sleep(1)
    raise AssertionError("the trial did not end")


def pretend(home, values, who="officer"):
    """A trial that has ended, without the work."""
    night = Ledger(home.ledger).nights()[-1]["night"]
    text = "".join(
        f'[[{name}]]\nfrom = {night}\nvalue = {value}\ndocument = "试算"\ndocument_date = {night}\n'
        for name, value in values.items()
    )
    change = {"before": 10, "after": 12, "added": ["H00000001", "H00000002"], "removed": []}
    files.write(folder_of(home, who) / POLICY, text)
    files.write(
        folder_of(home, who) / RESULT,
        json.dumps({"state": "done", "night": night, "lines": [], "flagged": change, "visited": change,
                    "waiting": {"before": 1, "after": 2}, "sooner": 0, "later": 0, "by_township": [],
                    "by_signal": [], "examples": []}),
    )  # fmt: skip


def drafted(own, browser, night, value, days=30):
    """Save a pretended trial as a draft; returns it."""
    pretend(own.home, {CAPACITY: value})
    answer = send(browser, "/what-if/draft", document="本县走访规程(2027)1号", document_date="2026-12-01",
                  since=str(night + timedelta(days=days)), reason="走访人手增加")  # fmt: skip
    assert answer.status_code == 303, answer.text
    return list(drafts(Ledger(own.home.ledger)).values())[-1]


def test_the_screen_says_what_doorstep_plan_says_to_the_household(own, browser):
    started = send(browser, "/what-if", **{f"value:{THRESHOLD}": "1", f"value:{CAPACITY}": "3"})
    assert started.status_code == 303
    assert "正在试算" in browser.get("/what-if/result").text
    assert browser.get("/list").status_code == 200, "others read meanwhile"
    assert send(browser, "/what-if", **{f"value:{THRESHOLD}": "2"}).status_code == 400
    page = done(browser)
    folder = folder_of(own.home, "officer")
    result = json.loads(files.read_text(folder / RESULT))
    assert result["state"] == "done", result
    assert result["lines"] == plan(own.home, folder / POLICY)
    assert result["flagged"]["added"]
    change = f"{result['flagged']['before']:,} → {result['flagged']['after']:,}"
    assert change in page
    for example in result["examples"]:
        assert all(row["household"] in page for row in example["rows"])
    assert trail(own.home)[-1].what == "desk plan" or any(
        one.what == "desk plan" and THRESHOLD in one.filter for one in trail(own.home)
    )


def test_nothing_is_in_force_noted_or_ordered_by_a_trial(own, browser):
    ledger = Ledger(own.home.ledger)
    before = (ledger.position(), load(own.home.policy).fingerprint)
    pretend(own.home, {THRESHOLD: 1})
    assert browser.get("/what-if/result").status_code == 200
    assert (ledger.position(), load(own.home.policy).fingerprint) == before


def test_a_trial_that_still_runs_is_said_so_and_another_is_refused(own, browser):
    folder = folder_of(own.home, "officer")
    with only_one(folder / LOCK, "试算"):
        page = browser.get("/what-if/result")
        assert page.headers["refresh"]
        again = send(browser, "/what-if", **{f"value:{THRESHOLD}": "5"})
        assert "还在进行" in again.text
        assert send(browser, "/what-if/draft").status_code == 400
    assert "refresh" not in browser.get("/what-if/result").headers


def left_by_an_earlier_desk(own, browser):
    """A trial under way that this desk did not start, as after a restart of the desk."""
    send(browser, "/what-if", **{f"value:{THRESHOLD}": "7"})
    folder = folder_of(own.home, "officer")
    trial = trials._RUNNING.pop(folder)
    for _ in range(PATIENCE * 10):
        if holder(folder / LOCK) == trial.pid:
            return trial
        time.sleep(0.1)
    raise AssertionError("the trial did not begin")


def stopped(browser):
    """What is said on the page after somebody has asked to stop the trial."""
    answer = send(browser, "/what-if/stop")
    return answer.text if answer.status_code == 400 else browser.get("/what-if").text


@pytest.mark.parametrize("is_restarted", [False, True], ids=["the same desk", "after a restart"])
def test_a_trial_is_stopped_by_the_desk_that_started_it_and_after_a_restart(
    own, browser, is_restarted
):
    trial = left_by_an_earlier_desk(own, browser)
    if not is_restarted:
        trials._RUNNING[folder_of(own.home, "officer")] = trial
    assert "已停止。" in stopped(browser)
    trial.wait()
    assert not psutil.pid_exists(trial.pid)
    assert "没有结束就停了" in browser.get("/what-if/result").text


def test_where_no_trial_runs_nothing_is_said_to_be_stopped(browser):
    assert "没有正在进行的试算" in stopped(browser)


def test_what_is_no_trial_is_left_alone_and_not_said_to_be_stopped(own, browser):
    with only_one(folder_of(own.home, "officer") / LOCK, "试算"):
        said = stopped(browser)
    assert "没有停下来" in said
    assert "已停止" not in said


def test_a_trial_that_was_killed_is_no_result(own, browser):
    pretend(own.home, {THRESHOLD: 1})
    files.remove(folder_of(own.home, "officer") / RESULT)
    assert "没有结束就停了" in browser.get("/what-if/result").text


def policy_of(name, value):
    return SimpleNamespace(
        value=lambda asked, on: SimpleNamespace(value=value if asked == name else 0)
    )


@pytest.mark.parametrize(
    ("given", "read"),
    [("12", 12), (" 12 ", 12), ("12.0", 12), ("12.5", None), ("-1", None), ("1e3", None), ("１２", None),
     ("5", None), ("", None), ('1\n[[adult_age]]', None), ("999999999", None)],
)  # fmt: skip
def test_only_numbers_that_differ_are_tried(given, read):
    form = {f"value:{CAPACITY}": given}
    if read is None:
        with pytest.raises(DoorstepError):
            typed(policy_of(CAPACITY, 5), date(2026, 11, 22), form)
    else:
        assert typed(policy_of(CAPACITY, 5), date(2026, 11, 22), form) == {CAPACITY: read}


def test_a_slider_reaches_beyond_what_is_in_force(own, night):
    policy = load(own.home.policy)
    for signal in ("", "high_medical_burden", "rent_arrears"):
        for one in sliders(policy, night, signal):
            assert float(one.least) <= float(one.value) <= float(one.most), one.name
    assert "serious_diseases" not in {one.name for one in sliders(policy, night, "")}


def test_a_draft_is_not_in_force_and_its_drafter_may_not_adopt_it(own, browser, night):
    before = load(own.home.policy).fingerprint
    draft = drafted(own, browser, night, 41)
    assert (own.home.policy / "drafts" / f"{draft.draft}.toml").is_file()
    assert load(own.home.policy).fingerprint == before
    refused = send(browser, f"/drafts/{draft.draft}", what="adopt", reason="大家都同意")
    assert "起草人不能采纳" in refused.text
    assert load(own.home.policy).fingerprint == before
    assert "adopt policy" not in [one.what for one in trail(own.home)]
    assert drafts(Ledger(own.home.ledger))[draft.draft].decided == ""


def test_a_colleague_adopts_it_and_it_is_in_force_from_its_day_on(own, browser, colleague, night):
    draft = drafted(own, browser, night, 42)
    page = colleague.get("/drafts").text
    assert draft.document in page
    assert send(colleague, f"/drafts/{draft.draft}", what="adopt", reason="x").status_code == 400
    done = send(colleague, f"/drafts/{draft.draft}", what="adopt", reason="局务会通过")
    assert done.status_code == 303, done.text
    policy = load(own.home.policy)
    since = night + timedelta(days=30)
    assert policy.value(CAPACITY, since).value == 42
    assert policy.value(CAPACITY, since).document == draft.document
    assert policy.value(CAPACITY, since - timedelta(days=1)).value != 42
    noted = Ledger(own.home.ledger).notes([ADOPTED])[-1]
    assert (noted["who"], noted["body"]["sha256"]) == ("second", draft.sha256)
    last = [one for one in trail(own.home) if one.what == "desk adopt policy"][-1]
    assert (last.who, last.on, last.sha256) == ("second", draft.draft, draft.sha256)
    assert "已采纳" in colleague.get("/drafts").text


def test_where_the_machine_stopped_in_between_adopting_again_writes_the_file_alone(
    own, browser, colleague, night
):
    draft = drafted(own, browser, night, 43, days=31)
    send(colleague, f"/drafts/{draft.draft}", what="adopt", reason="局务会通过")
    path = adopted_file(own.home, draft.draft)
    written = files.read(path)
    files.remove(path)
    position = Ledger(own.home.ledger).position()
    assert "再采纳一次" in colleague.get("/drafts").text
    send(colleague, f"/drafts/{draft.draft}", what="adopt", reason="补写政策文件")
    assert len(files.read(path)) == len(written)
    assert Ledger(own.home.ledger).position() == position


def test_a_draft_that_was_changed_or_came_too_late_or_clashes_is_not_adopted(
    own, browser, colleague, night
):
    changed = drafted(own, browser, night, 44, days=33)
    path = own.home.policy / "drafts" / f"{changed.draft}.toml"
    files.write(path, files.read_text(path).replace("44", "99"))
    answer = send(colleague, f"/drafts/{changed.draft}", what="adopt", reason="局务会通过")
    assert "改动过" in answer.text
    clashing = drafted(own, browser, night, 45)
    position = Ledger(own.home.ledger).position()
    answer = send(colleague, f"/drafts/{clashing.draft}", what="adopt", reason="局务会通过")
    assert "只留一段" in answer.text
    assert Ledger(own.home.ledger).position() == position
    pretend(own.home, {CAPACITY: 46})
    late = send(browser, "/what-if/draft", document="本县规程1号", document_date="2026-01-01",
                since=str(night), reason="走访人手增加")  # fmt: skip
    assert "之后" in late.text


def test_a_draft_that_nobody_wants_is_ended_and_stays_on_the_page(own, browser, colleague, night):
    draft = drafted(own, browser, night, 47, days=35)
    send(colleague, f"/drafts/{draft.draft}", what="reject", reason="名额够用")
    assert "名额够用" in browser.get("/drafts").text
    answer = send(colleague, f"/drafts/{draft.draft}", what="adopt", reason="又想采纳")
    assert "不采纳" in answer.text


def test_a_document_cannot_smuggle_a_value_into_the_policy(own, browser, night):
    pretend(own.home, {CAPACITY: 48})
    send(browser, "/what-if/draft", document='规程"\n[[adult_age]]\nvalue = 1 \\', document_date="2026-12-01",
         since=str(night + timedelta(days=36)), reason="走访人手增加")  # fmt: skip
    draft = list(drafts(Ledger(own.home.ledger)).values())[-1]
    text = files.read_text(own.home.policy / "drafts" / f"{draft.draft}.toml")
    from flows.policy import parse

    assert set(parse({"draft.toml": text.encode()}).stated) == {CAPACITY}
