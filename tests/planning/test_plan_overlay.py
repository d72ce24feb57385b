"""Which values are tried: the plan's that are in force tonight, whatever the policy says."""

from datetime import date

from flows.planning.overlay import overlaid
from flows.policy import parse

TONIGHT = date(2026, 11, 22)
MONTHS, DAYS = "rent_arrears.threshold_months", "rent_arrears.window_days"


def stated(name, since, value):
    return (
        f"[[{name}]]\nfrom = {since}\nvalue = {value}\n"
        'document = "试行"\ndocument_date = 2026-01-01\n'
    )


def policy(*entries):
    return parse({"one.toml": "".join(entries).encode()})


def test_a_planned_value_replaces_the_one_in_force_and_leaves_the_others():
    found = overlaid(
        policy(stated(MONTHS, "2026-01-01", 3), stated(DAYS, "2026-01-01", 180)),
        policy(stated(MONTHS, "2026-11-22", 6)),
        TONIGHT,
    )
    assert found.policy.value(MONTHS, TONIGHT).value == 6
    assert found.policy.value(DAYS, TONIGHT).value == 180
    assert found.tried == (MONTHS,)


def test_a_planned_value_wins_over_a_newer_one_of_the_policy():
    found = overlaid(
        policy(stated(MONTHS, "2026-06-01", 3)), policy(stated(MONTHS, "2026-01-01", 6)), TONIGHT
    )
    assert found.policy.value(MONTHS, TONIGHT).value == 6


def test_a_planned_value_of_tomorrow_is_not_tried_but_told():
    found = overlaid(
        policy(stated(MONTHS, "2026-01-01", 3)), policy(stated(MONTHS, "2026-11-23", 6)), TONIGHT
    )
    assert found.policy.value(MONTHS, TONIGHT).value == 3
    assert found.tried == ()
    assert found.later == (MONTHS,)


def test_a_value_the_policy_lacks_is_added():
    found = overlaid(policy(), policy(stated(MONTHS, "2026-01-01", 6)), TONIGHT)
    assert found.policy.value(MONTHS, TONIGHT).value == 6
