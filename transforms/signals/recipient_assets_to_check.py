"""The family of somebody in assistance has dwellings or a dear car to its name (Q2).

A note for people to check, never a ground to stop: a flat may be another's in all but name or
shared with brothers, a car may earn the living or carry somebody disabled. It may only be used
where the county holds the family's signed authorisation to check its means (核对授权).
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import standing
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import BLUE, LeadsTo, signal
from transforms.together import with_households

MEANS_CHECKED = Reference(title="社会救助暂行办法(国务院令第649号)", article="第五十八条")

POPULATION = Parameter(
    name="population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="已取得核对授权、需要复核财产的在册类别",
    reference=MEANS_CHECKED,
    flags_more_when=Worse.HIGHER,
    one_of=STANDING_CATEGORIES,
)
DWELLINGS = Parameter(
    name="dwellings",
    kind=ValueKind.COUNT,
    unit="套",
    means="同一人名下登记住房达到多少套即提示(含)",
    reference=MEANS_CHECKED,
    flags_more_when=Worse.LOWER,
)
CAR_VALUE = Parameter(
    name="car_value",
    kind=ValueKind.MONEY,
    unit="元",
    means="非营运小客车登记价值达到多少即提示(含)",
    reference=MEANS_CHECKED,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="最近一套住房或车辆登记后多少天内仍提示",
    reference=MEANS_CHECKED,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="Q2",
    title="在册家庭财产待核对",
    reference=MEANS_CHECKED,
    parameters=(POPULATION, DWELLINGS, CAR_VALUE, WINDOW_DAYS),
    county_sentence="在册家庭名下登记住房或车辆{count}项,最近登记于{month},"
    "请凭核对授权人工复核(可能代持、营生或残疾人用车)",
    township_sentence="家里情况可能有变化,建议了解近况",
    verify="房子是谁在住、怎么来的;车子谁在用、作什么用",
    leads_to=LeadsTo.REVIEW,
    worse={
        "property_right": Worse.HIGHER,
        "vehicle": Worse.HIGHER,
        "vehicle.value_amount": Worse.HIGHER,
    },
)
def recipient_assets_to_check(
    property_right: Table,
    vehicle: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    on: date,
) -> Table:
    """Owns several dwellings or a dear private car in a family of which a member is in assistance.

    Dwellings are counted for each owner: what a couple owns together stands in the register twice.
    All that are owned today count, however long ago or undated; the newest must lie in the window.
    An unknown use, state or value proves nothing, nor does an unknown day by itself.
    """
    assets = _dwellings(property_right, limits, on).union(_cars(vehicle, limits, on))
    theirs = assets.semi_join(_members(assistance, people, limits, on), "person_id")
    counts = theirs.group_by("person_id").aggregate(assets=_.record_key.nunique())
    counted = theirs.join(counts, "person_id")
    return counted.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=counted.assets,
        severity=ibis.literal(BLUE, "int8"),
    )


def _members(assistance: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """The living recipients, and the living members of their families."""
    recipients = alive(people).semi_join(standing(assistance, limits.population, on), "person_id")
    everybody = people.select("person_id")
    families = with_households(everybody, people).semi_join(
        with_households(recipients.select("person_id"), people), "household_id"
    )
    return families.select("person_id").union(recipients.select("person_id"), distinct=True)


def _dwellings(property_right: Table, limits: SimpleNamespace, on: date) -> Table:
    """All dwellings of everybody who has enough of them and came by the newest in the window."""
    current = property_right.filter(
        _.use == "dwelling",
        _.right_status == "current",
        (_.cancelled_on > on).fill_null(True),
        (_.registered_on <= on).fill_null(True),
    )
    owned = current.group_by("person_id").aggregate(
        dwellings=_.record_key.nunique(), newest=_.registered_on.max()
    )
    several = owned.filter(
        _.dwellings >= limits.dwellings, within(_.newest, on, limits.window_days)
    )
    theirs = current.semi_join(several, "person_id")
    return theirs.select("person_id", "record_key", occurred_on=_.registered_on)


def _cars(vehicle: Table, limits: SimpleNamespace, on: date) -> Table:
    """The private cars that were worth a great deal."""
    dear = vehicle.filter(
        _.vehicle_use == "private",
        _.vehicle_kind == "car",
        _.vehicle_status == "normal",
        _.value_amount >= yuan(limits.car_value),
        within(_.registered_on, on, limits.window_days),
    )
    return dear.select("person_id", "record_key", occurred_on=_.registered_on)
