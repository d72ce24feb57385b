"""What a home keeps, how long, why, and by which law: the one table, for settings, command and assessors.

A place that does not stand here is kept by nobody's decision; a test walks a home and asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.retention.settings import RetentionSettings

HEADS = ("内容", "在哪里", "保存多久", "为什么", "依据", "须由使用单位决定")

_LEAST_NEEDED = "个人信息保护法第十九条:为实现目的所必要的最短时间"
_LAWFUL_DUTY = "个人信息保护法第十三条:履行法定职责所必需"
_SECURITY = "个人信息保护法第五十一条:加密、去标识化等安全措施"
_LOGS = "网络安全法第二十一条:日志不少于六个月"
_NONE_OF_A_PERSON = "不含个人信息"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of thing. places: files and folders as seen from HOME; none where they lie elsewhere.

    how_long may name settings in braces. decides: what is left to the site.
    """

    what: str
    places: tuple[str, ...]
    how_long: str
    why: str
    law: str
    decides: str = "无"


TABLE = (
    Kept(
        what="部门送来、已接收的文件",
        places=("archive",),
        how_long="{archive_months} 个月;全量数据保留到期限时仍有效的一批",
        why="信号最长回看两年;工作库和过去各夜由它重算",
        law=_LEAST_NEEDED,
        decides="与提供部门约定的年限",
    ),
    Kept(
        what="收回的走访清单",
        places=("archive/returns",),
        how_long="{archive_months} 个月",
        why="走访结果的原件,供核对",
        law=_LEAST_NEEDED,
    ),
    Kept(
        what="各夜所用的设置和政策",
        places=("archive/settings", "doorstep.toml", "policy"),
        how_long="不自动删除",
        why="说明当时按什么规则办",
        law=_LAWFUL_DUTY,
    ),
    Kept(
        what="暂缓接收、一直未放行的文件",
        places=("held",),
        how_long="最近一次收到后 {held_days} 天",
        why="等人放行;过了期限,该由部门重新发送",
        law=_LEAST_NEEDED,
        decides="多久之内必须决定放行与否",
    ),
    Kept(
        what="隔离的行(待更正清单)",
        places=("quarantine",),
        how_long="{quarantine_days} 天",
        why="退回部门更正;含原始行",
        law=_LEAST_NEEDED,
        decides="退回部门以后何时删除",
    ),
    Kept(
        what="拒收的文件",
        places=("refused",),
        how_long="最近一次收到后 {refused_days} 天",
        why="部门据此查找错误",
        law=_LEAST_NEEDED,
    ),
    Kept(
        what="名单、报告、回执",
        places=("outbox",),
        how_long="{lists_months} 个月",
        why="走访要用;报告说明办了什么",
        law=_LEAST_NEEDED,
        decides="走访结束以后何时删除",
    ),
    Kept(
        what="删除证明",
        places=("outbox/删除证明",),
        how_long="不自动删除",
        why="证明已依法删除;只有编号和散列",
        law="个人信息保护法第四十七条",
    ),
    Kept(
        what="决定台账",
        places=("state/ledger.sqlite", "state/ledger.sqlite-wal", "state/ledger.sqlite-shm"),
        how_long="不自动删除,只增;依法删除一人时改写其内容",
        why="派单、走访、答复是他人行事的依据",
        law=_LAWFUL_DUTY,
        decides="救助档案的保管年限",
    ),
    Kept(
        what="工作库:身份信息、每种记录及其旧版本",
        places=("state/work.duckdb", "state/work.duckdb.wal"),
        how_long="各表各行随所属批次;批次到期后,下一夜重建整库",
        why="旧版本说明当时所知",
        law=_LEAST_NEEDED,
    ),
    Kept(
        what="快照(已遮蔽)",
        places=("state/snapshot.duckdb",),
        how_long="只有最近一夜,下一夜整份替换",
        why="工作台和查询由它读取",
        law=_LEAST_NEEDED,
    ),
    Kept(
        what="各夜的输入清单、记录归属(只有编号)",
        places=("state/nights",),
        how_long="不自动删除",
        why="说明哪一夜依据什么、哪条记录当时归谁",
        law=_LAWFUL_DUTY,
    ),
    Kept(
        what="比对模型",
        places=("state/models",),
        how_long="不自动删除",
        why="说明当时怎样比对;只有权重和频次",
        law="个人信息保护法第二十四条:自动化决策的透明",
    ),
    Kept(
        what="审计记录",
        places=("state/audit",),
        how_long="不自动删除,只增不改",
        why="谁看过什么、为什么;只有账号和编号",
        law="网络安全法第二十一条:不少于六个月;个人信息保护法第五十六条:评估所据不少于三年",
        decides="副本存放在哪里",
    ),
    Kept(
        what="运行日志",
        places=("state/logs",),
        how_long="{log_days} 天",
        why="查找故障;不含任何一行的值",
        law=_LOGS,
        decides="不少于六个月的另行备份",
    ),
    Kept(
        what="告警、心跳、上一夜的状态、锁、调度记录",
        places=(
            *("state/alerts", "state/heartbeat.json", "state/standing.json", "state/prefect"),
            *("state/prefect-server.json", "state/night.lock", "state/returns.lock"),
            *("state/alerts.lock", "state/accounts.lock", "state/desk_lists.lock"),
        ),
        how_long="随写随换,已发送的告警 120 天",
        why="无人值守时得知出了事",
        law=_NONE_OF_A_PERSON,
    ),
    Kept(
        what="工作台的账号、登录失败次数、保存的筛选",
        places=("state/accounts.json", "state/attempts.json", "state/desk_lists.json"),
        how_long="账号停用后仍保留",
        why="记录是谁作的决定",
        law=_LAWFUL_DUTY,
    ),
    Kept(
        what="试算、重建、恢复时的临时文件",
        places=(
            *("state/trials", "state/spill", "state/rebuild", "state/restored", "state/drill"),
            *("state/erasing.json", "state/join_secret.next"),
        ),
        how_long="用完即清除",
        why="计算时放不进内存的部分",
        law=_LEAST_NEEDED,
    ),
    Kept(
        what="密钥和名单口令",
        places=("state/secret", "state/join_secret", "state/list_password", "state/sealed.json"),
        how_long="与数据同在",
        why="没有它们,数据无法读取,编号无法延续",
        law=_SECURITY,
        decides="另存在哪里",
    ),
    Kept(
        what="尚未收取的文件和回单",
        places=("inbox", "returns"),
        how_long="到下一夜收取为止",
        why="收取之前属于发送者",
        law=_LEAST_NEEDED,
    ),
    Kept(
        what="备份",
        places=(),
        how_long="{backups_days} 天;最新一份总保留",
        why="磁盘损坏后恢复;被删除的人随旧备份到期",
        law=_SECURITY,
        decides="异地存放",
    ),
)


def how_long(settings: RetentionSettings, log_days: int) -> Iterator[tuple[Kept, str]]:
    """Every kind with its time as a site has set it."""
    values = vars(settings) | {"log_days": log_days}
    for kept in TABLE:
        yield kept, kept.how_long.format(**values)


def rows(settings: RetentionSettings, log_days: int) -> Iterator[tuple[str, ...]]:
    """The table under `HEADS`."""
    for kept, long in how_long(settings, log_days):
        where = "、".join(kept.places) or "由使用单位指定"
        yield kept.what, where, long, kept.why, kept.law, kept.decides
