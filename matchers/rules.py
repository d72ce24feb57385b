"""Every way in which a record comes to its person: what was decided, how sure, and in what words.

decided: the person stands in the resident register. new: the record founds or joins a person
outside it. doubtful: somebody may know better, so the record stays with an id of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class Rule:
    """One way to decide, as it is stored and as it is read out."""

    decision: str
    sentence: str


RULES = {
    "register_entry": Rule("decided", "人口登记中的本人记录。"),
    "register_number": Rule("decided", "人口登记中身份证号相同的另一条记录,视为同一人。"),
    "register_evidence": Rule(
        "decided", "人口登记中本条无有效证号,与其他部门有证号的记录是同一人。"
    ),
    "register_namesake": Rule(
        "doubtful", "人口登记中另有很可能是同一人的记录,可能重复登记,请核对。"
    ),
    "number_and_name": Rule("decided", "身份证号有效,姓名一致。"),
    "number_and_similar_name": Rule(
        "decided", "身份证号有效,姓名同音、形近、缺字或次序颠倒,出生日期不矛盾。"
    ),
    "number_alone": Rule("decided", "身份证号有效,未填姓名,没有矛盾。"),
    "number_new_person": Rule("new", "身份证号有效,不在人口登记中,按该证号立为新的人。"),
    "evidence": Rule("decided", "无可用证号,按姓名、出生日期、电话、地址等综合判断。"),
    "evidence_new_person": Rule("new", "无可用证号,综合判断属于人口登记以外的同一人。"),
    "newcomers": Rule("new", "不在人口登记中,几条记录互相印证,立为新的人。"),
    "alone": Rule("new", "没有相符的人,单独立人。"),
    "number_of_another": Rule("doubtful", "填写的是他人的身份证号,本人未能确定。"),
    "doubt": Rule("doubtful", "有相近的人,但不够确定,请人工核对。"),
    "answered_same": Rule("decided", "人工核对确认是同一人。"),
    "answered_different": Rule("new", "人工核对确认不是同一人。"),
}

HOW_IN_CHINESE = {how: rule.sentence for how, rule in RULES.items()}


def decision_of(how: ir.StringValue) -> ir.StringValue:
    """decided, doubtful or new."""
    return how.cases(*((name, rule.decision) for name, rule in RULES.items()))
