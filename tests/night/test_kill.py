"""A pulled plug costs nothing: kill -9 anywhere, start again, and the same bytes are published."""

import pytest

from flows.ledger import Ledger
from flows.site import deliver_night, synthetic_nights
from flows.steps import FIRST_STEP
from tests.night import county
from tests.night.killing import (
    BETWEEN_COMMIT_AND_LEDGER,
    MOMENTS,
    ends_with,
    finished,
    killed_at_moment,
    killed_at_step,
)

STEPS = (
    FIRST_STEP,
    "补齐工作库",
    "接收 社会救助台账",
    "接收 住院病案首页",
    "接收 医保结算",
    "比对人员",
    "编号与家庭",
    "画像",
    "预警信号",
    "派单与报告",
    "提交与发布",
)


@pytest.fixture(scope="session")
def before_a_busy_night(after_first_night, tmp_path_factory):
    """A home whose inbox holds what two nights brought."""
    home = county.copy(after_first_night, tmp_path_factory.mktemp("busy") / "home")
    for night in synthetic_nights(home)[2:4]:
        deliver_night(home, night)
    return home


@pytest.fixture(scope="session")
def undisturbed(before_a_busy_night, tmp_path_factory):
    """What the busy night publishes when nothing happens to it."""
    home = county.copy(before_a_busy_night, tmp_path_factory.mktemp("calm") / "home")
    assert ends_with(finished, home.root, synthetic_nights(home)[3]) == 0
    return county.published(home)


IN_EVERY_RUN = {BETWEEN_COMMIT_AND_LEDGER}


def _long(names):
    """The others are proved by `make prove`."""
    mark = pytest.mark.long
    return [pytest.param(one, marks=() if one in IN_EVERY_RUN else mark) for one in names]


@pytest.mark.parametrize("step", _long(STEPS))
def test_killed_as_a_step_begins(step, before_a_busy_night, undisturbed, tmp_path):
    home = county.copy(before_a_busy_night, tmp_path / "home")
    night = synthetic_nights(home)[3]
    assert ends_with(killed_at_step, home.root, night, step) == -9
    assert ends_with(finished, home.root, night) == 0
    assert county.published(home) == undisturbed


@pytest.mark.parametrize("moment", _long(MOMENTS))
def test_killed_where_two_stores_could_disagree(moment, before_a_busy_night, undisturbed, tmp_path):
    home = county.copy(before_a_busy_night, tmp_path / "home")
    night = synthetic_nights(home)[3]
    assert ends_with(killed_at_moment, home.root, night, moment) == -9
    assert ends_with(finished, home.root, night) == 0
    assert county.published(home) == undisturbed
    arrivals = [delivery.arrival for delivery in Ledger(home.ledger).deliveries()]
    assert arrivals == list(range(1, len(arrivals) + 1))
