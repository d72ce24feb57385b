"""What is kept, where, and for how long in this version."""

from flows.home import LogSettings
from flows.retention.settings import RetentionSettings

_KEPT = RetentionSettings()

KEPT = (
    (
        "部门送来的文件、收回的清单",
        "archive/",
        f"{_KEPT.archive_months} 个月,可设;全量数据保留到期限时仍有效的一批",
        "与提供部门约定的年限",
    ),
    (
        "决定台账",
        "state/ledger.sqlite",
        "不自动删除,只增;依法删除一人时改写其内容",
        "救助档案的保管年限",
    ),
    ("工作数据库、快照", "state/", "随时可由前两项重建", "无"),
    (
        "隔离文件",
        "quarantine/",
        f"{_KEPT.quarantine_days} 天,可设;含原始行",
        "退回部门以后何时删除",
    ),
    ("拒收文件", "refused/", f"{_KEPT.refused_days} 天,可设", "无"),
    ("名单、报告、回执", "outbox/", f"{_KEPT.lists_months} 个月,可设", "走访结束以后何时删除"),
    ("备份", "由使用单位指定", f"{_KEPT.backups_days} 天,可设;最新一份总保留", "异地存放"),
    (
        "运行日志",
        "state/logs/",
        f"{LogSettings().keep_days} 天,可设;不含任何一行的值",
        "不少于六个月的另行备份",
    ),
    ("审计记录", "state/", "不自动删除,只增不改", "不少于六个月"),
)
"""What, where, how it stands, what the site has to decide."""
