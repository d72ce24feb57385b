"""Which programmes may answer a household's need: the eight kinds of assistance and social help (8+1).

A hint for the visitor, never a decision: policy looks for people, people decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data_contracts.terms import Reference

SOCIAL_ASSISTANCE = Reference(title="社会救助暂行办法", article="国务院令第649号")


@dataclass(frozen=True, kw_only=True)
class Programme:
    """One programme: whom to ask, what to bring, and the signals it may answer."""

    name: str
    title: str
    ask: str
    signals: tuple[str, ...]


PROGRAMMES = (
    Programme(
        name="dibao",
        title="最低生活保障",
        ask="乡镇民政窗口;家庭收入低于低保标准的可以申请,重病重残的可按单人户申请",
        signals=(
            *("margin_household_serious_illness", "minors_without_earner", "income_below_margin"),
            *("left_aid_and_in_trouble_again", "entitled_but_not_claimed", "burden_beyond_income"),
            *("elders_caring_for_ill", "several_ill_in_household", "several_needs_at_once"),
        ),
    ),
    Programme(
        name="tekun",
        title="特困人员供养",
        ask="乡镇民政窗口;无劳动能力、无生活来源且无人赡养抚养的",
        signals=("elder_alone_without_pension", "child_without_carer"),
    ),
    Programme(
        name="disaster",
        title="受灾人员救助",
        ask="应急管理部门;住房和基本生活因灾受损的",
        signals=("home_fire_or_disaster",),
    ),
    Programme(
        name="medical",
        title="医疗救助",
        ask="医保窗口;带上费用单据,问清是否已经一站式结算",
        signals=(
            *("high_medical_burden", "high_medical_burden_low_income", "heavy_bills_without_aid"),
            *("large_single_admission", "new_serious_disease", "long_outpatient_burden"),
            *("burden_beyond_income", "several_ill_in_household", "care_given_up"),
            *("margin_household_serious_illness", "recipient_household_newly_burdened"),
            *("medical_cover_lapsed", "newly_severely_disabled", "elders_caring_for_ill"),
            "family_burden_catastrophic",
        ),
    ),
    Programme(
        name="education",
        title="教育救助",
        ask="学校或教育部门;学费减免、助学金、生活补助",
        signals=("school_costs_heavy", "dropped_out_of_school", "child_without_carer"),
    ),
    Programme(
        name="housing",
        title="住房救助",
        ask="住建部门;农村危房改造、公租房、租赁补贴、租金减免",
        signals=("dilapidated_dwelling", "rent_arrears", "no_home_and_trouble"),
    ),
    Programme(
        name="employment",
        title="就业救助",
        ask="人社部门;公益岗位、职业介绍、灵活就业参保补贴",
        signals=("cover_stopped", "unemployment_benefit_ended", "minors_without_earner"),
    ),
    Programme(
        name="temporary",
        title="临时救助",
        ask="乡镇民政窗口;急难的可先行救助、后补手续",
        signals=(
            *("high_medical_burden", "large_single_admission", "death_of_main_earner"),
            *("home_fire_or_disaster", "hurt_in_accident", "earner_hurt_by_crime"),
            *("repeated_calls_for_help", "missing_or_self_harm", "rent_arrears"),
            *("unemployment_benefit_ended", "reported_by_people", "several_needs_at_once"),
            *("left_aid_and_in_trouble_again", "heavy_bills_without_aid"),
        ),
    ),
    Programme(
        name="social",
        title="社会力量帮扶",
        ask="慈善会、社工站、工会、残联;政策够不着的由他们接着帮",
        signals=(
            *("elders_caring_for_ill", "elder_alone_without_pension", "newly_severely_disabled"),
            *("pension_age_without_benefit", "benefit_suspended", "reported_by_people"),
        ),
    ),
)


def programmes_for(signals: Iterable[str]) -> tuple[Programme, ...]:
    """The programmes that may answer any of these signals, the surest first.

    A programme that answers more of them is surer; ties keep the order above.
    """
    asked = set(signals)
    fitting = [one for one in PROGRAMMES if asked & set(one.signals)]
    return tuple(sorted(fitting, key=lambda one: -len(asked & set(one.signals))))
