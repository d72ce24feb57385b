"""The policy files that `doorstep init` writes: every value asked for, none given."""

from __future__ import annotations

from collections.abc import Iterable

from data_contracts.policy.shared import SHARED
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from flows.policy.declared import COUNTY_FILE, SIGNALS_FILE, full_name
from transforms.signal import Signal
from transforms.signals import SIGNALS

_HEAD = """\
# {title}
# 每一项写一段或多段;标准调整时另加一段,不要改动旧段,过去的夜晚要能照旧重算。
# from          自哪一天起生效(不带引号的日期)
# value         数值:金额写数字,天数和个数写整数,代码写带引号的文字或列表
# document      依据文件的名称和文号
# document_date 依据文件的日期
# 去掉行首的“# ”并填写后生效;没有填写的项,夜间运行会指出并停下。
"""

_DIRECTION = {
    Worse.LOWER: "调低(或列得更少)会多发现",
    Worse.HIGHER: "调高(或列得更多)会多发现",
    Worse.NEITHER: "不直接决定发现多少",
}

_FORM = {
    ValueKind.MONEY: "金额",
    ValueKind.SHARE: "0 到 1 之间的比例",
    ValueKind.MULTIPLE: "不小于 1 的倍数",
    ValueKind.DAYS: "整数",
    ValueKind.COUNT: "整数",
    ValueKind.CODE: "一个带引号的代码",
    ValueKind.CODES: "代码列表",
}


def template() -> dict[str, str]:
    """File name to text of a policy without values, commented in the county's language."""
    signals = [_section(signal) for signal in SIGNALS.values()]
    county = [_asked(name, parameter) for name, parameter in SHARED.items()]
    return {
        COUNTY_FILE: "\n".join([_HEAD.format(title="全县共用的标准、年龄和走访规则"), *county]),
        SIGNALS_FILE: "\n".join([_HEAD.format(title="各预警指标自己的参数"), *signals]),
    }


def _section(signal: Signal) -> str:
    own = [each for each in signal.parameters if not each.shared]
    shared = [each.name for each in signal.parameters if each.shared]
    head = [f"# ==== {signal.title}({signal.code}) ====", f"# 依据:{signal.reference}"]
    if shared:
        head.append(f"# 另用 {COUNTY_FILE} 中的:{'、'.join(shared)}")
    asked = [_asked(full_name(signal, each), each) for each in own]
    return "\n".join([*head, "", *asked])


def _asked(name: str, parameter: Parameter) -> str:
    lines = [
        parameter.means,
        f"单位:{parameter.unit};写成{_FORM[parameter.kind]};{_DIRECTION[parameter.flags_more_when]}",
        f"依据:{parameter.reference}",
        *_choices(parameter.one_of),
        f"[[{name}]]",
        "from =",
        "value =",
        "document =",
        "document_date =",
    ]
    return "".join(f"# {line}\n" for line in lines)


def _choices(one_of: Iterable[str]) -> list[str]:
    return [f"可选:{'、'.join(one_of)}"] if one_of else []
