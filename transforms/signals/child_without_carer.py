"""A child neither of whose parents can care for it, or with whom no grown-up is left (D2).

Who the parents are is read from the register's relations, and only where they tell: a grandchild's
parents are unknown, not absent, and so is a parent who is registered elsewhere. A disability lasts
as long as its card is valid, so only deaths and illnesses have a window.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ADULT_AGE, SERIOUS_DISEASES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.ages import full_years
from transforms.coverage import Coverage
from transforms.diagnoses import with_listed_disease
from transforms.disabilities import severe
from transforms.living import alive, confirmed_deaths, in_families
from transforms.periods import within
from transforms.signal import RED, YELLOW, signal

CHILDREN_WITHOUT_CARE = Reference(
    title="关于进一步加强事实无人抚养儿童保障工作的意见(民发〔2019〕62号)"
)

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="父母去世后多少天内仍作预警",
    reference=CHILDREN_WITHOUT_CARE,
    flags_more_when=Worse.HIGHER,
)
ILLNESS_WINDOW_DAYS = Parameter(
    name="illness_window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="父母重特大疾病出院后多少天内仍视为重病",
    reference=CHILDREN_WITHOUT_CARE,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="D2",
    title="儿童疑似无人照料",
    reference=CHILDREN_WITHOUT_CARE,
    parameters=(ADULT_AGE, SERIOUS_DISEASES, WINDOW_DAYS, ILLNESS_WINDOW_DAYS),
    county_sentence="未成年人({age}岁),登记的父母或同户成年人({count}人)均已去世、患重特大疾病或重度残疾,最近一项在{month}",
    township_sentence="家中孩子({age}岁)的日常照料和上学可能需要帮助",
    verify="现在谁照料;上学情况;监护人;是否已享受孤儿或事实无人抚养儿童保障",
    answered_by=("tekun", "dibao", "other"),
    worse={
        "death": Worse.HIGHER,
        "admission": Worse.HIGHER,
        "disability.disability_grade": ("4", "3", "2", "1"),
    },
)
def child_without_carer(
    resident: Table,
    death: Table,
    admission: Table,
    disability: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Is a minor whose registered parents cannot care for it, or with whom no adult is left.

    That nobody else is registered there is a silence, believed only where the register is complete.
    """
    troubles = ibis.union(
        _dead(death, resident, people, limits, on),
        _ill(admission, people, limits, on),
        _disabled(disability, people, on),
    )
    pairs = _parents_of_children(people, limits)
    unable = pairs.semi_join(troubles, _.parent_id == troubles.person_id)
    counted = pairs.group_by("child_id").aggregate(parents=_.parent_id.nunique())
    unable_counted = unable.group_by("child_id").aggregate(unable=_.parent_id.nunique())
    alone = counted.join(unable_counted, "child_id").filter(_.parents >= 2, _.parents == _.unable)
    bereft = _bereft(death, resident, people, limits, on)
    if not coverage.absence_tells("resident"):
        bereft = bereft.limit(0)
    return _proofs(pairs, alone, troubles).union(bereft)


def _bereft(
    death: Table, resident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Children with whom no adult is registered any more, and the adults who have died.

    Somebody of unknown age may be an adult.
    """
    families = in_families(people)
    may_be_grown = (alive(families).age >= limits.adult_age).fill_null(True)
    children = alive(families).anti_join(alive(families).filter(may_be_grown), "household_id")
    deaths = confirmed_deaths(death, resident, families).filter(
        within(_.died_on, on, limits.window_days),
        full_years(_.birth_date, _.died_on) >= limits.adult_age,
    )
    left = children.select("person_id", "household_id").join(
        deaths.select("record_key", "died_on", "household_id", dead_id=_.person_id), "household_id"
    )
    dead = left.group_by("person_id").aggregate(dead=_.dead_id.nunique())
    counted = left.join(dead, "person_id")
    return counted.select(
        "record_key",
        occurred_on=counted.died_on,
        person_id=counted.person_id,
        measure=counted.dead,
        severity=ibis.literal(RED, "int8"),
    )


def _proofs(pairs: Table, alone: Table, troubles: Table) -> Table:
    """What happened to the parents of each child alone; red as soon as one of them is dead."""
    proofs = pairs.join(alone, "child_id").join(troubles, _.parent_id == troubles.person_id)
    return proofs.select(
        "record_key",
        "occurred_on",
        person_id=proofs.child_id,
        measure=proofs.unable,
        severity=ibis.ifelse(proofs.is_dead, RED, YELLOW).cast("int8"),
    )


def _parents_of_children(people: Table, limits: SimpleNamespace) -> Table:
    """Each minor beside each registered parent, dead or alive, where relations tell."""
    families = in_families(people)
    minors = alive(families).filter(_.age < limits.adult_age)
    children = minors.select(
        "household_id", child_id=minors.person_id, parents_are=_parents_relation(minors)
    )
    parents = families.select(
        "household_id",
        parent_id=families.person_id,
        parents_are=ibis.ifelse(
            families.relation.isin(["head", "spouse"]), "head_or_spouse", families.relation
        ),
    )
    return children.join(parents, ["household_id", "parents_are"]).filter(_.child_id != _.parent_id)


def _parents_relation(minors: Table) -> ibis.Value:
    return ibis.cases(
        (minors.relation.isin(["son", "daughter"]), "head_or_spouse"),
        (minors.relation.isin(["head", "sibling"]), "parent"),
    )


def _dead(death: Table, resident: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    rows = confirmed_deaths(death, resident, people)
    recent = rows.filter(within(_.died_on, on, limits.window_days))
    return recent.select(
        "person_id", "record_key", occurred_on=_.died_on, is_dead=ibis.literal(True)
    )


def _ill(admission: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    listed = with_listed_disease(admission, limits.serious_diseases)
    recent = listed.filter(within(_.discharged_on, on, limits.illness_window_days))
    return recent.semi_join(alive(people), "person_id").select(
        "person_id", "record_key", occurred_on=_.discharged_on, is_dead=ibis.literal(False)
    )


def _disabled(disability: Table, people: Table, on: date) -> Table:
    """Grade one or two, of intellectual and mental disability also three and four."""
    return (
        severe(disability, on, "3", "4")
        .semi_join(alive(people), "person_id")
        .select("person_id", "record_key", occurred_on=_.issued_on, is_dead=ibis.literal(False))
    )
