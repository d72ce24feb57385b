"""docs/generated/pia.md: the impact assessment that PIPL articles 55 and 56 ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from data_contracts.sources import SOURCES
from data_contracts.terms import Privacy, Source
from flows.access.roles import DUTIES, Role
from flows.assessor.pia_words import DATA, HEAD, MEASURES, NEEDED, PURPOSES, RISKS, SIGNATURE
from flows.dictionary_words import DELIVERIES, PRIVACY
from flows.home import LogSettings
from flows.markdown import table
from flows.publish.work_order_csv import PREFILLED
from flows.publish.work_orders import KNOWN_UNTIL
from flows.retention.settings import RetentionSettings
from flows.retention.table import HEADS, rows
from transforms.signal import LeadsTo
from transforms.signals import SIGNALS


def render_pia() -> str:
    """The whole page; what only the site knows is left open."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    yield "## 一、处理目的和方式\n"
    yield PURPOSES.format(
        signals=len(SIGNALS),
        visits=_leading(LeadsTo.VISIT),
        reviews=_leading(LeadsTo.REVIEW),
        notes=_leading(LeadsTo.NOTE),
        sensitive=sum(one.is_sensitive for one in SIGNALS.values()),
    )
    yield "## 二、处理哪些个人信息\n"
    yield DATA
    yield _sources()
    yield "### 敏感个人信息(逐列)\n"
    yield _sensitive()
    yield "## 三、是否最小必要\n"
    yield NEEDED.format(
        received=sum(len(source.columns) for source in SOURCES.values()),
        refused=sum(len(source.unused) for source in SOURCES.values()),
    )
    yield "### 送出去的是什么\n"
    yield f"乡镇工作单只有这些列:{'、'.join([*PREFILLED, KNOWN_UNTIL])}。敏感种类的预警不下发乡镇。对外统计见 `doorstep statistics`。\n"
    yield "### 谁接触数据\n"
    yield table(("角色", "职责"), ((role.value, DUTIES[role]) for role in Role))
    yield "逐列、逐命令的对照见 [角色表](roles.md)。\n"
    yield "## 四、保存期限\n"
    yield "期限可在 doorstep.toml 的 [retention] 和 [logs] 中改,下表是默认值。\n"
    yield table(HEADS, rows(RetentionSettings(), LogSettings().keep_days))
    yield "## 五、风险、措施和剩余风险\n"
    yield table(("对个人权益的影响", "可能性", "已有措施", "剩余风险"), RISKS)
    yield MEASURES
    yield SIGNATURE


def _leading(to: LeadsTo) -> int:
    return sum(one.leads_to is to for one in SIGNALS.values())


def _sources() -> str:
    return table(
        ("来源", "提供部门", "依据", "交付方式", *PRIVACY.values(), "明确不收"),
        (
            (
                source.title + ("(可选)" if source.optional else ""),
                source.supplier,
                str(source.authority),
                DELIVERIES[source.delivery].partition("(")[0],
                *_classes(source),
                str(len(source.unused)),
            )
            for source in SOURCES.values()
        ),
    )


def _classes(source: Source) -> list[str]:
    counts = Counter(column.privacy for column in source.columns.values())
    return [str(counts[privacy]) for privacy in PRIVACY]


def _sensitive() -> str:
    return table(
        ("来源", "列"),
        (
            (source.title, "、".join(columns))
            for source in SOURCES.values()
            if (columns := _means(source, Privacy.SENSITIVE))
        ),
    )


def _means(source: Source, privacy: Privacy) -> list[str]:
    return [column.means for column in source.columns.values() if column.privacy is privacy]
