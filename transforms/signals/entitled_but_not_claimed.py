"""A minor child of somebody in dibao who is not in the assistance register at all (C3).

Dibao is granted to all who live together, so a child born or come since is entitled with its
parents unless they are covered alone. The child's absence is a silence: it is only believed where
the register of assistance is complete and fresh.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ADULT_AGE
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import standing
from transforms.coverage import Coverage
from transforms.helped import ONE_OFF
from transforms.living import alive, in_families
from transforms.signal import BLUE, signal
from transforms.together import with_households

LIVING_TOGETHER = Reference(
    title="最低生活保障审核确认办法(民发〔2021〕57号)", article="共同生活的家庭成员"
)

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="救助台账最近一次到数超过多少天即不再据以提示",
    reference=LIVING_TOGETHER,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="C3",
    title="应享未享",
    reference=LIVING_TOGETHER,
    parameters=(ADULT_AGE, WINDOW_DAYS),
    county_sentence="父母在享低保(非单人保),未成年子女({age}岁)不在救助台账中,可能应保未全保",
    township_sentence="家里的孩子({age}岁)可能还没有和父母一起享受保障,建议了解并说明办法",
    verify="孩子是否和父母一起生活;是否已申请增加保障人口;是否另有保障",
    # The parents' own dibao would always answer; the child's clears the finding by itself.
    answered_by=("tekun", "other"),
    worse={},
)
def entitled_but_not_claimed(
    resident: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Is the minor child of a dibao recipient not covered alone, and has no lasting aid on record.

    An unknown age, relation or kind of cover proves nothing, and any row about the child but a
    single payment, of whatever date, shows that somebody has decided about it.
    """
    recipients = standing(assistance, ["dibao"], on).filter(_.covered_alone == "no")
    grants = _of_parents(recipients, people)
    decided = assistance.filter(~_.category.isin(ONE_OFF).fill_null(False))
    children = _children(people, limits).anti_join(decided, "person_id")
    has_come = coverage.has_come_within("assistance", limits.window_days)
    if not (has_come and coverage.absence_tells("assistance")):
        children = children.limit(0)
    present = _present(resident)
    entitled = children.semi_join(grants, "household_id").semi_join(present, "person_id")
    proofs = present.semi_join(entitled, "person_id").union(_parents_rows(grants, entitled))
    return proofs.mutate(measure=ibis.literal(1), severity=ibis.literal(BLUE, "int8"))


def _of_parents(grants: Table, people: Table) -> Table:
    """The grants of heads of families and their spouses: whose children relations tell."""
    parents = people.filter(_.relation.isin(["head", "spouse"]))
    return with_households(grants, parents)


def _children(people: Table, limits: SimpleNamespace) -> Table:
    """The living minor sons and daughters of the heads of families."""
    members = alive(in_families(people))
    minors = members.filter(_.age < limits.adult_age, _.relation.isin(["son", "daughter"]))
    return minors.select("person_id", "household_id")


def _present(resident: Table) -> Table:
    """The present registrations of people who are not known to live elsewhere."""
    present = resident.filter(
        _.person_type == "registered",
        _.life_status == "normal",
        (_.lives_at_registered_address != "no").fill_null(True),
    )
    return present.select("person_id", "record_key", occurred_on=_.status_on)


def _parents_rows(grants: Table, children: Table) -> Table:
    """The grants of each child's parents."""
    given = grants.select("household_id", "record_key", occurred_on=_.approved_on)
    return given.join(children, "household_id").select("person_id", "record_key", "occurred_on")
