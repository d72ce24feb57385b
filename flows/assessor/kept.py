"""What is kept, where, and for how long in this version."""

from flows.home import LogSettings

KEPT = (
    ("部门送来的文件", "archive/", "不自动删除;重建和追溯要用", "与提供部门约定的年限"),
    ("决定台账", "state/ledger.sqlite", "不自动删除,只增不改", "救助档案的保管年限"),
    ("工作数据库、快照", "state/", "随时可由前两项重建", "无"),
    ("隔离文件", "quarantine/", "不自动删除;含原始行", "退回部门以后何时删除"),
    ("名单、报告、回执", "outbox/", "不自动删除", "走访结束以后何时删除"),
    (
        "运行日志",
        "state/logs/",
        f"{LogSettings().keep_days} 天,可设;不含任何一行的值",
        "不少于六个月的另行备份",
    ),
    ("审计记录", "state/", "不自动删除,只增不改", "不少于六个月"),
)
"""What, where, how it stands, what the site has to decide."""
