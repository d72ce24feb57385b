"""A report.json that the tests draw on: a night with one of everything."""

from copy import deepcopy

from transforms.signals import SIGNALS

TOWNSHIPS = {
    "370881001": "鲁城街道",
    "370881002": "书院街道",
    "370881003": "小雪街道",
    "370881004": "时庄街道",
    "370881100": "吴村镇",
    "370881101": "姚村镇",
    "370881102": "陵城镇",
    "370881103": "尼山镇",
    "370881104": "王庄镇",
    "370881105": "息陬镇",
    "370881106": "石门山镇",
    "370881107": "防山镇",
}


def delivery(verdict="accepted", rows=1000, quarantined=10, duplicate=5, **changes):
    return {
        "delivery": "9f86d081884c7d65",
        "file_name": "住院病案首页_20261121.csv",
        "verdict": verdict,
        "rows": rows,
        "loaded": rows - quarantined - duplicate,
        "quarantined": quarantined,
        "duplicate": duplicate,
        "reasons": {"出院日期早于入院日期": quarantined} if quarantined else {},
        "undeclared": [],
        "warnings": [],
        "failed": [],
        **changes,
    }


def source(title, *deliveries, latest="2026-11-21", late_days=None):
    return {
        "source": "hospital_discharge",
        "title": title,
        "supplier": "卫生健康局(各医院)",
        "deliveries": list(deliveries),
        "latest": latest,
        "late_days": late_days,
    }


def report(**changes):
    """The report of a degraded night."""
    failed = [{"name": "row_count_band", "reason": "行数比上次少 48%,超出约定的范围"}]
    held = delivery("held", rows=2000, quarantined=0, duplicate=0, failed=failed)
    others = ("医保结算", "不动产", "公租房", "参保缴费", "社保待遇", "死亡", "机动车", "警情")
    told = {
        "schema_version": 1,
        "site": "曲阜市",
        "night": "2026-11-22",
        "number": 1,
        "baseline": False,
        "state": "degraded",
        "message_zh": "完成,但有来源异常(降级):装载 985 行,派出走访 34 户,2 件事需要人处理。",
        "inputs": "4a7d1ed414474e4033ac29ccb8653d9b",
        "sources": [
            source("住院病案首页", delivery(undeclared=["民族"], warnings=["表头有空格"])),
            source("人口登记", held, late_days=9, latest="2026-11-01"),
            *(source(title, delivery(quarantined=0)) for title in others),
            source("危房", latest=None),
            source("救助台账"),
        ],
        "links": {
            "records": 123456,
            "decided": 120000,
            "doubtful": 456,
            "new": 3000,
            "persons": 31000,
            "households": 10500,
        },
        "findings": [
            {
                "signal": name,
                "title": signal.title,
                "total": 7 * at + 3,
                "new": at,
                "by_township": {"370881101": 4 * at, "370881001": 3 * at, "": 3},
            }
            for at, (name, signal) in enumerate(SIGNALS.items())
        ],
        "worklist": {
            "issued": 34,
            "carried": 12,
            "open": 45,
            "resting": 7,
            "suppressed": 101,
            "county": 6,
            "sampled": 2,
        },
        "visits": {"answered": 80, "answered_since": 5, "open": 45, "overdue": 3},
        "orders": [
            {"township_code": "370881001", "township_name": "鲁城街道", "count": 20, "file": "a"},
            {"township_code": "370881101", "township_name": "姚村镇", "count": 14, "file": "b"},
        ],
        "people_outside": 812,
        "needs_a_person": [
            "人口登记 人口.csv 暂缓接收:行数比上次少 48%,超出约定的范围 核实后可运行 "
            "doorstep release 9f86d081884c7d65 --reason 理由",
            "危房 从未收到数据",
        ],
        "townships": TOWNSHIPS,
    }
    return deepcopy({**told, **changes})
