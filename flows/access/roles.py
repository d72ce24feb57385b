"""The roles, and which classes of columns each may see. With commands.py this is the whole table."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is here. The value is what people.csv says."""

    OPERATOR = "运维员"
    OFFICER = "民政数据员"
    REVIEWER = "核对员"
    TOWNSHIP = "乡镇经办"
    AUDITOR = "审计员"
    ADMINISTRATOR = "管理员"


class Sight(StrEnum):
    """A class of columns: what somebody who reads one learns about a person."""

    PLAIN = "计数、日期与来源状态"
    KEY = "编号(不透明)"
    PLACE = "乡镇与村"
    MASKED = "遮蔽的姓名与号码末四位"
    NAME = "姓名"
    ID_NUMBER = "证件号码"
    PHONE = "电话"
    ADDRESS = "住址"
    PERSONAL = "性别、年龄、家庭关系"
    DIAGNOSIS = "诊断与病种"
    AMOUNT = "金额"
    SIGNAL = "预警(一般)"
    SENSITIVE = "预警(敏感种类)"
    POLICE = "警情事实"
    SCORE = "权重与概率"
    NOTE = "走访结果与备注"


DUTIES: dict[Role, str] = {
    Role.OPERATOR: "运行每晚任务、看状态和自检;看不到任何一行数据",
    Role.OFFICER: "研判、放行、导出、核对;看得到全部列,逐人查看号码须写理由",
    Role.REVIEWER: "核对两条记录是否同一人;看不到完整号码、病情、警情、金额和敏感预警",
    Role.TOWNSHIP: "本乡镇的工作单",
    Role.AUDITOR: "查审计记录;看不到任何一行数据",
    Role.ADMINISTRATOR: "管账号、密钥与备份;看不到任何一行数据",
}

SEES: dict[Role, frozenset[Sight]] = {
    Role.OPERATOR: frozenset({Sight.PLAIN}),
    Role.OFFICER: frozenset(Sight),
    Role.REVIEWER: frozenset(
        {
            *(Sight.PLAIN, Sight.KEY, Sight.PLACE, Sight.MASKED),
            *(Sight.NAME, Sight.ADDRESS, Sight.PERSONAL, Sight.SCORE, Sight.SIGNAL),
        }
    ),
    Role.TOWNSHIP: frozenset({Sight.PLAIN, Sight.NAME, Sight.PHONE, Sight.ADDRESS}),
    Role.AUDITOR: frozenset({Sight.PLAIN, Sight.KEY}),
    Role.ADMINISTRATOR: frozenset({Sight.PLAIN}),
}
"""A role that is not named here sees nothing; a column without a class is seen by nobody."""
