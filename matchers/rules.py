"""Every way in which a record comes to its person: what was decided, how sure, and in what words.

decided: the person stands in the resident register. new: the record founds or joins a person
outside it. doubtful: somebody may know better, so the record stays with an id of its own.
The probabilities are set by hand, one per rule; a learned model replaces them.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir


@dataclass(frozen=True)
class Rule:
    """One way to decide, as it is stored and as it is read out."""

    decision: str
    probability: float
    sentence: str


DOUBTFUL = 0.5

RULES = {
    "register_entry": Rule("decided", 1.0, "人口登记中的本人记录。"),
    "register_number": Rule("decided", 0.9999, "人口登记中身份证号相同的另一条记录,视为同一人。"),
    "register_number_contested": Rule(
        "doubtful", DOUBTFUL, "人口登记中身份证号相同但姓名和出生日期都不同,未合并,请核对登记。"
    ),
    "register_namesake": Rule(
        "doubtful", DOUBTFUL, "人口登记中另有姓名、出生日期相同的人,且本条无有效证号,可能重复登记。"
    ),
    "number_and_name": Rule("decided", 0.9999, "身份证号有效,姓名一致。"),
    "number_and_former_name": Rule("decided", 0.9995, "身份证号有效,姓名与登记的曾用名一致。"),
    "number_and_similar_name": Rule(
        "decided", 0.999, "身份证号有效,姓名同音、缺字或只差一字,性别和出生日期不矛盾。"
    ),
    "number_and_name_not_birth": Rule(
        "decided", 0.995, "身份证号有效,姓名一致,出生日期不同,视为录入错误。"
    ),
    "number_and_birth": Rule("decided", 0.999, "身份证号有效,未填姓名,出生日期一致。"),
    "number_alone": Rule("decided", 0.99, "身份证号有效,未填姓名和出生日期,没有矛盾。"),
    "number_but_other_name": Rule("doubtful", DOUBTFUL, "身份证号有效,但姓名与登记的不同,未归并。"),
    "number_but_other_birth": Rule(
        "doubtful", DOUBTFUL, "身份证号有效,但出生日期或性别与登记的矛盾,未归并。"
    ),
    "number_contested": Rule("doubtful", DOUBTFUL, "身份证号在人口登记中对应多人,未归并。"),
    "number_of_another": Rule(
        "doubtful", DOUBTFUL, "填写的是他人的身份证号(姓名和出生日期都不符,或年龄悬殊),未归并。"
    ),
    "name_birth_sex": Rule("decided", 0.995, "无可用证号,姓名、出生日期、性别在人口登记中唯一。"),
    "name_birth": Rule("decided", 0.99, "无可用证号和性别,姓名、出生日期在人口登记中唯一。"),
    "namesakes": Rule(
        "doubtful", DOUBTFUL, "人口登记中有姓名、出生日期相同的人,但不止一人或性别不符,未归并。"
    ),
    "namesake_with_other_document": Rule(
        "doubtful", DOUBTFUL, "姓名、出生日期、性别相同,但证号可见部分或证件种类不符,未归并。"
    ),
    "number_new_person": Rule("new", 0.999, "身份证号有效,不在人口登记中,按该证号立为新的人。"),
    "number_new_names_differ": Rule(
        "doubtful", DOUBTFUL, "身份证号有效,不在人口登记中,各条姓名不同,未合并。"
    ),
    "alone": Rule("new", 0.0, "没有可用证号,人口登记中没有相符的人,单独立人。"),
}

HOW_IN_CHINESE = {how: rule.sentence for how, rule in RULES.items()}


def decision_of(how: ir.StringValue) -> ir.StringValue:
    """decided, doubtful or new."""
    return how.cases(*((name, rule.decision) for name, rule in RULES.items()))


def probability_of(how: ir.StringValue) -> ir.FloatingValue:
    """That the record belongs to the person it was given to.

    Whole ten-thousandths, because Ibis cannot write a float for Spark where Spark is not installed.
    """
    shares = ((name, round(rule.probability * 10_000)) for name, rule in RULES.items())
    return how.cases(*shares) / 10_000


def founder_of(rows: ir.Table) -> ir.StringValue:
    """The candidate, where the rule attaches to one; else the record founds a person of its own."""
    doubtful = [name for name, rule in RULES.items() if rule.decision == "doubtful"]
    own = rows.candidate.isnull() | rows.how.isin(doubtful)
    return ibis.ifelse(own, rows.record_key, rows.candidate)
