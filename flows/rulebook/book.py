"""The rulebook as one Markdown page."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.policy.shared import SHARED
from flows.first_found import LAPSE_DAYS
from flows.markdown import table
from flows.rulebook.issued import Issued
from flows.rulebook.parameters import parameter_table, value_of
from flows.rulebook.signals import article, by_code, dormant_table
from flows.rulebook.visits import conclusion_table
from flows.rulebook.words import (
    CRITERIA,
    HOW_COUNTY,
    HOW_DOUBTED,
    HOW_LISTED,
    HOW_PAUSED,
    HOW_SAMPLED,
    HOW_SEVERE,
    PREFACE,
    SHARED_HEADING,
    SIGNATURE,
)
from transforms.categories import KINDS
from transforms.programmes import PROGRAMMES, Programme
from transforms.signals import SIGNALS

_CHAPTERS = (
    ("轻重和期限", HOW_SEVERE),
    ("排队和名额", HOW_LISTED),
    ("暂不派单和新情况", HOW_PAUSED),
    ("县级处理", HOW_COUNTY),
    ("身份存疑(A2)", HOW_DOUBTED),
    ("随机走访", HOW_SAMPLED),
)


def render_rulebook(issued: Issued | None = None) -> str:
    """All rules; with a county the values in force on a day and their documents, too."""
    return "\n".join(_parts(issued))


def _parts(issued: Issued | None) -> Iterator[str]:
    yield from _title(issued)
    yield PREFACE
    yield "## 一、怎样运行\n"
    values = {name: value_of(name, one, issued) for name, one in SHARED.items()}
    for title, text in _CHAPTERS:
        yield f"### {title}\n"
        yield text.format(**values, lapse_days=LAPSE_DAYS)
    yield "### 共用参数\n"
    yield f"{SHARED_HEADING}\n"
    yield parameter_table(SHARED, issued, in_full=True)
    yield f"## 二、预警({len(SIGNALS)} 项)\n"
    yield from (article(one, issued) for one in by_code())
    yield "## 三、休眠的预警\n"
    yield "缺少数据,暂不运行;补上数据后另行签发。\n"
    yield dormant_table()
    yield "## 四、走访结论\n"
    yield conclusion_table(issued)
    yield "## 五、可以介绍的政策\n"
    yield "印在工作单上供走访人参考,只是提示。\n"
    yield _programmes()
    yield "## 六、六类低收入人口\n"
    yield "根据已知情况提示“可能符合”,由人核实认定;已在该类的不再提示。\n"
    yield table(
        ("类别", "何时提示", "要核实什么"),
        ((kind.title, CRITERIA[kind.name], kind.verify) for kind in KINDS),
    )
    yield "## 七、签署\n"
    yield SIGNATURE


def _title(issued: Issued | None) -> Iterator[str]:
    if issued is None:
        yield "# 主动发现规则手册\n"
        yield "本页不属于任何一县:只有规则的含义,没有数值。\n"
        return
    yield f"# {issued.name}主动发现规则手册\n"
    yield f"行政区划代码 {issued.county};数值以 {issued.on} 为准;政策指纹 `{issued.policy.fingerprint}`。\n"
    if issued.missing:
        names = "、".join(f"`{name}`" for name in issued.missing)
        yield f"**还有 {len(issued.missing)} 项数值没有写明,不能签发:**{names}\n"


def _programmes() -> str:
    return table(
        ("政策", "找谁、怎么办", "对应的预警"),
        ((one.title, one.ask, "、".join(_answering(one))) for one in PROGRAMMES),
    )


def _answering(programme: Programme) -> Iterator[str]:
    for name in programme.signals:
        if name in SIGNALS:
            yield f"{SIGNALS[name].code} {SIGNALS[name].title}"
