"""A town family in trouble for which no home is on record (R3h).

The registers that could show a home are the real-estate register, public rental leases and the survey
of houses; any row that may be a home, null states and uses included, is taken for one, whoever of the
family holds it, dead or alive. That there is no row is a silence, and believed only where property and
leases are complete and fresh. Most rural houses stand in no register: only families in town
sub-districts (街道) are concluded about, and none of which a living member is known to live elsewhere.
A family in a town that is a 镇 is therefore not found. A private lease stands in no register either.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.coverage import Coverage
from transforms.living import alive, in_families
from transforms.periods import within
from transforms.signal import BLUE, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="所依据的医疗或儿童预警事实发生后多少天内仍作预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="R3h",
    title="无房户又遇困难",
    reference=LOW_INCOME_MONITORING,
    parameters=(WINDOW_DAYS,),
    county_sentence="住在街道,登记中未见住房、公租房租约或房屋鉴定记录,同时有医疗或儿童类预警"
    "({count}项,最近{month})",
    township_sentence="家里近期遇到一些困难,现在住哪里、住得怎样建议了解一下",
    verify="现在住的房子是谁的;是否租房、租金多少;老家有没有房;能否申请公租房或租赁补贴",
    answered_by=("other", "temporary"),
    worse={},
)
def no_home_and_trouble(
    found: Table,
    property_right: Table,
    tenancy: Table,
    dangerous_house: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Is ill or uncared for in a town family that no register shows to have a home."""
    troubles = found.filter(
        (_.family == "M") | (_.signal == "child_without_carer"),
        within(_.occurred_on, on, limits.window_days),
    )
    if not (coverage.absence_tells("property_right") and coverage.absence_tells("tenancy")):
        troubles = troubles.limit(0)
    homes = _maybe_homes(property_right, tenancy, dangerous_house, on)
    housed = in_families(people).semi_join(homes, "person_id")
    homeless = _in_town(people).anti_join(housed, "household_id")
    theirs = troubles.join(homeless.select("person_id", "household_id"), "person_id")
    counted = theirs.group_by("household_id").aggregate(kinds=_.signal.nunique())
    proofs = theirs.join(counted, "household_id")
    return proofs.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=proofs.kinds,
        severity=ibis.literal(BLUE, "int8"),
    )


def _maybe_homes(property_right: Table, tenancy: Table, dangerous_house: Table, on: date) -> Table:
    """Whoever may own or rent a home, or was found living in a surveyed house."""
    is_given_up = (property_right.right_status == "cancelled") | (property_right.cancelled_on <= on)
    is_no_home = is_given_up | (property_right.use != "dwelling")
    owned = property_right.filter(~is_no_home.fill_null(False))
    is_over = (tenancy.lease_status == "ended") | (tenancy.leased_to <= on)
    rented = tenancy.filter(~is_over.fill_null(False))
    holders = [each.select("person_id") for each in (owned, rented, dangerous_house)]
    return ibis.union(*holders, distinct=True)


def _in_town(people: Table) -> Table:
    """The living of families that live in a town sub-district as far as is known."""
    members = alive(in_families(people))
    placed = members.mutate(
        in_town=(members.in_county & _is_sub_district(members.township_code)).fill_null(False),
        is_placed=members.in_county.notnull(),
    )
    elsewhere = placed.filter(_.is_placed, ~_.in_town)
    return placed.filter(_.in_town).anti_join(elsewhere, "household_id")


def _is_sub_district(township_code: ir.StringValue) -> ir.BooleanValue:
    """Of the nine digits the last three of a sub-district are 001 to 099 (GB/T 10114)."""
    return (township_code.length() == 9) & township_code.substr(6).between("001", "099")
