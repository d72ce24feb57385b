"""A small published snapshot with invented people, in the columns that the night publishes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb

from flows.publish.order_numbers import order_number

NIGHT = date(2026, 3, 7)
STORY = "H000001"
"""The household of the published story: kidney failure, a large bill, an old mother at home."""
WHY = "姓名相同(少见) +15.2;生日相同 +14.2;合计 99.7%"

TABLES = {
    "night": '("on" date, number bigint, state varchar, message varchar, site varchar)',
    "source_status": "(source varchar, title varchar, supplier varchar, last_delivery varchar,"
    " last_business_date varchar, late_days bigint, rows bigint, loaded bigint, quarantined bigint,"
    " duplicate bigint, verdict varchar, message varchar)",
    "worklist": "(household_id varchar, severity tinyint, state varchar, state_reason varchar,"
    " position bigint, township_code varchar, township_name varchar, village_name varchar,"
    " order_no varchar, due_on date, first_found date, signals varchar, lead_person_id varchar,"
    " lead_name varchar, sentences varchar)",
    "member": "(household_id varchar, person_id varchar, name varchar, sex varchar, age bigint,"
    " relation varchar, id_last4 varchar, life_status varchar, township_code varchar,"
    " place_source varchar, place_on date, household_how varchar, household_since date)",
    "timeline": "(household_id varchar, person_id varchar, record varchar, source varchar,"
    " source_title varchar, happened_on date, what varchar, delivery varchar, file_name varchar,"
    " line bigint, row bigint, record_key varchar, how varchar, probability double,"
    " why_zh varchar)",
    "finding": "(household_id varchar, person_id varchar, signal varchar, title varchar,"
    " severity tinyint, measure decimal(16, 2), occurred_on date, first_found date,"
    " sentence varchar, verify varchar, reference varchar, parameters varchar,"
    " history_note varchar)",
    "proof": "(signal varchar, person_id varchar, record_key varchar, source_title varchar,"
    " file_name varchar, delivery varchar, line bigint, happened_on date, what varchar)",
    "signal": "(name varchar, code varchar, title varchar, means varchar, reference varchar)",
    "township": "(code varchar, name varchar)",
}

TOWNSHIPS = [("370881102", "姚村镇"), ("370881103", "陵城镇"), ("370881105", "尼山镇")]
VILLAGES = {"姚村镇": "陈家寨村", "陵城镇": "河夹店村", "尼山镇": "圣源村"}
SIGNALS = [
    ("large_admission", "B2", "单次大额住院", "一次住院自付金额较大的家庭。", "示例县办法 第三条"),
    ("new_serious_disease", "B3", "新患重大疾病", "新近确诊重大疾病的人。", "示例县办法 第四条"),
    ("rent_arrears", "H2", "公租房欠租", "连续欠缴公租房租金的家庭。", "示例县办法 第九条"),
]
DISCHARGE = ("住院病案首页", "hospital_0306.csv", "9f2c41d07ab3e518", 418)
SETTLEMENT = ("医保结算", "jiesuan_20260306.xlsx", "07be55a1c9d2f346", 1203)


def build_snapshot(path: Path, households: int = 30) -> Path:
    """Write the invented snapshot to `path` and return it."""
    with duckdb.connect(str(path)) as con:
        for name, columns in TABLES.items():
            con.execute(f'CREATE TABLE "{name}" {columns}')
        con.executemany("INSERT INTO township VALUES (?, ?)", TOWNSHIPS)
        con.executemany("INSERT INTO signal VALUES (?, ?, ?, ?, ?)", SIGNALS)
        con.execute(
            "INSERT INTO night VALUES (?, 1, 'degraded', ?, '示例县')",
            [NIGHT, "公租房台账已迟到 12 天,沿用 2026-02-20 的数据"],
        )
        _sources(con)
        _story(con)
        for number in range(2, households + 1):
            _plain_household(con, number)
    return path


def _sources(con: duckdb.DuckDBPyConnection) -> None:
    rows = [
        ("hospital_discharge", "住院病案首页", "卫生健康局(各医院)", "9f2c41d07ab3e518", NIGHT,
         0, 128, 124, 3, 1, "accepted", None),
        ("medical_settlement", "医保结算", "医疗保障局", "07be55a1c9d2f346", NIGHT,
         0, 2210, 2207, 2, 1, "accepted", None),
        ("resident_register", "人口登记", "公安局", "1b7706e2dd90ac35", date(2026, 3, 1),
         0, 30512, 30507, 5, 0, "accepted", None),
        ("insurance_benefit", "社保待遇", "人力资源和社会保障局", "aa10f4be77c3d921",
         date(2026, 2, 28), 0, 6120, 6118, 1, 1, "accepted", None),
        ("public_rental", "公租房", "住房和城乡建设局", None, date(2026, 2, 20),
         12, 0, 0, 0, 0, None, ""),
        ("vehicle", "机动车登记", "公安局", None, None, None, 0, 0, 0, 0, None, ""),
        ("property", "不动产", "自然资源局", "c6de0192f3a8b745", date(2026, 3, 1),
         0, 9000, 0, 0, 0, "held", "行数比上一批少 42%,等待人工放行"),
    ]  # fmt: skip
    con.executemany(f"INSERT INTO source_status VALUES ({_marks(12)})", rows)


def _story(con: duckdb.DuckDBPyConnection) -> None:
    household, man, mother = STORY, "P000001", "P000002"
    con.execute(
        f"INSERT INTO worklist VALUES ({_marks(15)})",
        [household, 3, "issued", "首次预警", 1, "370881102", "姚村镇", "陈家寨村",
         order_number("370881", NIGHT, 1), date(2026, 3, 12), NIGHT, "large_admission,new_serious_disease", man,
         "陈**", "单次住院自付约 8.6 万元\n2026 年 3 月新确诊重大疾病"],
    )  # fmt: skip
    con.executemany(
        f"INSERT INTO member VALUES ({_marks(13)})",
        [
            (household, man, "陈**", "male", 47, "head", "021X", "alive", "370881102",
             "hospital_discharge", date(2026, 3, 6), "register", date(2008, 5, 9)),
            (household, mother, "孔**", "female", 79, "parent", "4427", "alive", "370881102",
             "resident_register", date(2019, 8, 2), "living_here", None),
        ],
    )  # fmt: skip
    keys = ("K-admission-1", "K-settlement-1")
    con.executemany(
        f"INSERT INTO timeline VALUES ({_marks(15)})",
        [
            _happened(man, "admission", "hospital_discharge", DISCHARGE, date(2026, 3, 6),
                      "出院,主要诊断 N18.5,总费用 152,300.00 元", keys[0], 1.0),
            _happened(man, "settlement", "medical_settlement", SETTLEMENT, date(2026, 3, 6),
                      "住院结算,个人负担 86,412.35 元", keys[1], 1.0),
            _happened(mother, "benefit", "insurance_benefit",
                      ("社保待遇", "daiyu_202602.csv", "aa10f4be77c3d921", 66), date(2026, 2, 15),
                      "居民养老金 发放中,218.00 元/月", "K-benefit-1", 0.997),
            _happened(man, "resident", "resident_register",
                      ("人口登记", "renkou_20260301.csv", "1b7706e2dd90ac35", 20931),
                      date(2008, 5, 9), "户籍登记,户主", "K-resident-1", 1.0),
        ],
    )  # fmt: skip
    limits = "单次自付下限 26000 元(示例县〔2025〕12 号,2026-01-01 起)"
    con.executemany(
        f"INSERT INTO finding VALUES ({_marks(13)})",
        [
            (household, man, "large_admission", "单次大额住院", 3, "86412.35", date(2026, 3, 6),
             NIGHT, "一次住院个人负担 86412.35 元", "核对住院票据和商业保险赔付",
             "示例县办法 第三条", limits, None),
            (household, man, "new_serious_disease", "新患重大疾病", 2, None, date(2026, 3, 6),
             NIGHT, "新确诊终末期肾病,需长期透析", "核对诊断证明", "示例县办法 第四条",
             "病种目录 30 类(示例县〔2025〕12 号,2026-01-01 起)\n回看 180 天(同上)",
             "住院数据自 2024-03-01 起,未满两年,不称“首次患病”"),
        ],
    )  # fmt: skip
    con.executemany(
        f"INSERT INTO proof VALUES ({_marks(9)})",
        [
            _proves("large_admission", man, keys[1], SETTLEMENT, "住院结算,个人负担 86,412.35 元"),
            _proves("large_admission", man, keys[0], DISCHARGE, "出院,总费用 152,300.00 元"),
            _proves("new_serious_disease", man, keys[0], DISCHARGE, "出院,主要诊断 N18.5"),
        ],
    )


def _happened(
    person: str,
    record: str,
    source: str,
    place: tuple[str, str, str, int],
    on: date,
    what: str,
    record_key: str,
    probability: float,
) -> tuple[object, ...]:
    title, file_name, delivery, line = place
    sure = probability == 1.0
    how, why = ("number_and_name", None) if sure else ("evidence", WHY)
    return (STORY, person, record, source, title, on, what, delivery, file_name, line, line - 1,
            record_key, how, probability, why)  # fmt: skip


def _proves(
    signal: str, person: str, record_key: str, place: tuple[str, str, str, int], what: str
) -> tuple[object, ...]:
    title, file_name, delivery, line = place
    return (signal, person, record_key, title, file_name, delivery, line, date(2026, 3, 6), what)


def _plain_household(con: duckdb.DuckDBPyConnection, number: int) -> None:
    household, person = f"H{number:06d}", f"P{number:06d}0"
    code, township = TOWNSHIPS[number % 3]
    signal, _, title, means, reference = SIGNALS[number % 2 * 2]
    state = ("issued", "carried", "open", "suppressed", "county")[number % 5]
    reason = {
        "carried": "超过本乡镇今日走访上限,顺延到明日",
        "suppressed": "已在低保",
        "county": "三次未办结",
    }
    found = NIGHT - timedelta(days=number)
    issued = state == "issued"
    file_name = "zufang_20260220.csv" if signal == "rent_arrears" else DISCHARGE[1]
    con.execute(
        f"INSERT INTO worklist VALUES ({_marks(15)})",
        [household, 1 + number % 3, state, reason.get(state), number, code, township,
         VILLAGES[township], order_number("370881", NIGHT, number) if issued else None,
         date(2026, 3, 12) if issued else None, found, signal, person,
         "赵钱孙李周吴郑王"[number % 8] + "**", means],
    )  # fmt: skip
    con.execute(
        f"INSERT INTO member VALUES ({_marks(13)})",
        [
            household,
            person,
            "王**",
            None,
            None,
            None,
            "1234",
            "alive",
            code,
            None,
            None,
            "alone",
            None,
        ],
    )
    con.execute(
        f"INSERT INTO finding VALUES ({_marks(13)})",
        [household, person, signal, title, 1 + number % 3, "3200.00", found, found, means,
         "上门核实", reference, "下限 3000 元(示例)", None],
    )  # fmt: skip
    con.execute(
        f"INSERT INTO proof VALUES ({_marks(9)})",
        [signal, person, f"K-{number}", title, file_name, DISCHARGE[2], number + 1, found, means],
    )


def _marks(count: int) -> str:
    return ", ".join(["?"] * count)
