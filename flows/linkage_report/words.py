"""The Chinese words of the linkage report."""

from __future__ import annotations

from typing import Any

GROUPING_TITLES = {
    "department": "部门",
    "age": "年龄",
    "sex": "性别",
    "township": "乡镇",
    "name": "姓名",
    "number": "证件号码",
}
GROUP_TITLES = {
    "age": {
        "000-001": "不满2岁",
        "002-017": "2至17岁",
        "018-044": "18至44岁",
        "045-059": "45至59岁",
        "060-074": "60至74岁",
        "075-120": "75岁及以上",
    },
    "sex": {"female": "女", "male": "男"},
    "name": {
        "ordinary": "一般姓名",
        "rare": "含生僻字",
        "minority": "带间隔点或五字以上",
        "partial": "缺字",
        "latin": "拉丁字母",
        "missing": "没有姓名",
    },
    "number": {
        "usable": "号码可用",
        "damaged": "号码残缺或有误",
        "foreign": "其他证件",
        "missing": "没有号码",
    },
    "township": {"unknown": "记录中无乡镇"},
}
OUTCOME_WORDS = {"decided": "已确定", "doubtful": "存疑", "new": "未归入登记"}
NUMBER_STATUS_WORDS = {
    "valid": "有效",
    "converted15": "由15位换算",
    "bad_checksum": "校验不符",
    "masked": "已脱敏",
    "placeholder": "占位",
    "scientific": "电子表格截断",
    "foreign": "其他证件",
    "dropped": "少一位",
    "several": "一格多号",
    "bad_shape": "不成号码",
    "bad_date": "日期不实",
    "missing": "空缺",
}
FIELD_WORDS = {
    "name": "姓名",
    "birth": "出生日期",
    "number": "证件号码",
    "sex": "性别",
    "phone": "电话",
    "address": "地址",
    "kin": "家属与联系人",
}
UNKNOWN_WORD = "不详"


def group_title(grouping: str, entry: dict[str, Any]) -> str:
    """The words for one group."""
    words = GROUP_TITLES.get(grouping, {})
    key = entry["group"]
    return words.get(key) or (UNKNOWN_WORD if key == "unknown" else str(entry["title"]))


def percent(share: float | None, digits: int = 2) -> str:
    """A share for reading; a dash of nothing. What is not quite all never reads as all."""
    if share is None:
        return "–"
    shown = f"{share:.{digits}%}"
    whole, none = f"{1:.{digits}%}", f"{0:.{digits}%}"
    if shown == whole and share < 1:
        return f">{100 - 10**-digits:.{digits}f}%"
    return f"<{10**-digits:.{digits}f}%" if shown == none and share > 0 else shown


def spread(one: dict[str, float] | None, digits: int = 2) -> str:
    """An estimated share with its interval."""
    if one is None:
        return "–"
    ends = f"{percent(one['low'], digits)}至{percent(one['high'], digits)}"
    return f"{percent(one['estimate'], digits)}({ends})"
