"""What a visit may conclude: the codes of a returned work order, their words, what they mean.

The codes are what a returned sheet is read by; the words may be polished, the codes may not change.
Doorstep stores the answer and decides nothing from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a conclusion says about the household, whatever help it names."""

    HELPED = "helped"
    IN_PROCEDURE = "in_procedure"
    NOT_ELIGIBLE = "not_eligible"
    RELIEVED = "relieved"
    UNWILLING = "unwilling"
    NOT_FOUND = "not_found"
    MOVED_WITHIN = "moved_within"
    MOVED_AWAY = "moved_away"
    AWAY = "away"
    REFUSED = "refused"
    DIED = "died"
    WRONG_PERSON = "wrong_person"
    WRONG_DATA = "wrong_data"
    ALREADY_HELPED = "already_helped"
    COUNTY = "county"


@dataclass(frozen=True, kw_only=True)
class VisitResult:
    """One conclusion; `category` is the assistance category of records/assistance.py it stands for.

    Only help has a category. 16 covers medical, educational and housing aid alike, so it is `other`.
    """

    code: str
    words: str
    outcome: Outcome
    category: str | None = None


def _helped(code: str, words: str, category: str) -> VisitResult:
    return VisitResult(code=code, words=words, outcome=Outcome.HELPED, category=category)


def _said(code: str, words: str, outcome: Outcome) -> VisitResult:
    return VisitResult(code=code, words=words, outcome=outcome)


VISIT_RESULTS = {
    result.code: result
    for result in (
        _helped("10", "已纳入低保", "dibao"),
        _helped("11", "低保(单人保)", "dibao"),
        _helped("12", "特困供养", "tekun"),
        _helped("13", "低保边缘", "low_income_margin"),
        _helped("14", "刚性支出困难", "rigid_expense"),
        _helped("15", "临时救助", "temporary"),
        _helped("16", "医疗、教育、住房等专项救助", "other"),
        _helped("17", "防返贫监测", "monitored"),
        _helped("18", "慈善或其他服务", "other"),
        _said("20", "已受理,办理中", Outcome.IN_PROCEDURE),
        _said("30", "暂不符合:收入超标准", Outcome.NOT_ELIGIBLE),
        _said("31", "暂不符合:财产超标准", Outcome.NOT_ELIGIBLE),
        _said("32", "暂不符合:有赡养(抚养)能力", Outcome.NOT_ELIGIBLE),
        _said("33", "困难已缓解", Outcome.RELIEVED),
        _said("40", "本人不愿申请", Outcome.UNWILLING),
        _said("50", "查无此人", Outcome.NOT_FOUND),
        _said("51", "不住这里:在本县其他乡镇", Outcome.MOVED_WITHIN),
        _said("52", "不住这里:在县外", Outcome.MOVED_AWAY),
        _said("53", "长期外出或住院", Outcome.AWAY),
        _said("54", "未能入户,本人谢绝", Outcome.REFUSED),
        _said("55", "已去世", Outcome.DIED),
        _said("60", "信息有误:不是本人", Outcome.WRONG_PERSON),
        _said("61", "信息有误:金额或日期不对", Outcome.WRONG_DATA),
        _said("62", "早已在保", Outcome.ALREADY_HELPED),
        _said("90", "需要县里多部门一起研究(一事一议)", Outcome.COUNTY),
    )
}
"""What a visitor may conclude, by code."""


PRECEDENCE = (
    Outcome.DIED,
    Outcome.WRONG_PERSON,
    Outcome.COUNTY,
    Outcome.HELPED,
    Outcome.IN_PROCEDURE,
    Outcome.ALREADY_HELPED,
    Outcome.MOVED_WITHIN,
    Outcome.MOVED_AWAY,
    Outcome.NOT_ELIGIBLE,
    Outcome.UNWILLING,
    Outcome.RELIEVED,
    Outcome.WRONG_DATA,
    Outcome.AWAY,
    Outcome.REFUSED,
    Outcome.NOT_FOUND,
)
"""What several conclusions of one visit come to: the one that stands first here, however written.

First what makes the rest an answer about somebody else: a 特困供养 that has died was not helped. Then
what is still to be done before what was done, so that no family is forgotten over a single payment:
the county's part, help given, an application under way. Then where the family is to be sought; then
why nothing is given, first the answers after which it is still watched; last that nobody answered.
"""


def said_by(codes: Iterable[str]) -> frozenset[Outcome]:
    """All that the codes of a visit say."""
    return frozenset(VISIT_RESULTS[code].outcome for code in codes)


def main_outcome(said: Iterable[Outcome]) -> Outcome:
    """What a visit came to, by the first of PRECEDENCE among all that it says."""
    return min(said, key=PRECEDENCE.index)
