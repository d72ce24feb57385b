"""A planted difference is found; where there is none, none is told."""

import numpy as np
import pytest

from flows.yields.telling import yields
from tests.yields.yield_tables import (
    NIGHT,
    one,
    order,
    people_of,
    person,
    seen_of,
    told,
    visit,
)

TOWNS = ["370881001", "370881002", "370881101", "370881102"]
SEEDS = [1, 2, 3, 4]


def simulated(seed, size=6000, *, flag=lambda who: 0.2, real=lambda who: 0.4, wait=lambda who: 10):
    """A county in which chances may depend on who it is: (sex, age, town, has number)."""
    rng = np.random.default_rng(seed)
    people, seen, orders, visits = [], [], [], {}
    for number in range(size):
        name = f"P{number:05d}"
        who = (
            str(rng.choice(["female", "male"])),
            int(rng.integers(0, 95)),
            str(rng.choice(TOWNS)),
            bool(rng.random() < 0.9),
        )
        people.append(person(name, f"H{number}", sex=who[0], age=who[1], town=who[2], has=who[3]))
        if rng.random() >= flag(who):
            continue
        seen.append((name, "rent_arrears", NIGHT))
        if rng.random() < 0.7:
            issued = NIGHT.replace(month=8)
            orders.append(order(name, on=issued, town=who[2], lead=name))
            late = int(rng.poisson(wait(who)))
            code = "15" if rng.random() < real(who) else "30"
            visits[name] = visit(name, code, on=issued.fromordinal(issued.toordinal() + late))
    return yields(orders, visits, seen_of(*seen), people_of(*people), 0, NIGHT)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_difference_no_alert(seed):
    assert simulated(seed)["alerts_zh"] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_women_found_less_often_are_told(seed):
    found = simulated(seed, flag=lambda who: 0.15 if who[0] == "female" else 0.3)
    ratio = one(found["groups"]["sex"], "female")["ratios"]["flagged"]
    assert ratio["alert"]
    assert ratio["low"] < 0.5 < ratio["high"]
    assert any("“女”:预警率" in line for line in found["alerts_zh"])
    assert all("性别" in line for line in found["alerts_zh"])


@pytest.mark.parametrize("seed", SEEDS)
def test_people_without_a_number_whose_visits_rarely_prove_real_are_told(seed):
    found = simulated(seed, size=9000, real=lambda who: 0.6 if who[3] else 0.15)
    assert one(found["groups"]["number"], "missing")["ratios"]["confirmed"]["alert"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_township_that_waits_twice_as_long_is_told(seed):
    found = simulated(seed, wait=lambda who: 20 if who[2] == TOWNS[2] else 10)
    row = one(found["groups"]["township"], TOWNS[2])
    assert row["ratios"]["days"]["alert"]
    assert row["days"]["low"] <= 20 <= row["days"]["high"]
    assert not one(found["groups"]["township"], TOWNS[0])["ratios"]["days"]["alert"]


def test_nothing_is_told_of_a_group_too_small():
    found = told(
        """
        times | sex    | signal       | issued | result
        5     | male   | rent_arrears | 20     | helped
        30    | female | rent_arrears | 20     | helped
        400   | female |              |        |
        400   | male   |              |        |
        """
    )
    for sex in ("male", "female"):
        row = one(found["groups"]["sex"], sex)
        assert isinstance(row["counts"]["visited"], str)
        assert set(row["ratios"].values()) == {None}
        assert (row["days"], row["rates"]["confirmed"]) == (None, None)
