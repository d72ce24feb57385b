"""How a night can end, and how that is said."""

from __future__ import annotations

DONE, DEGRADED, NOTHING_NEW = "done", "degraded", "nothing_new"

STATE_WORDS = {DONE: "完成", DEGRADED: "完成,但有来源异常(降级)", NOTHING_NEW: "没有新内容"}
