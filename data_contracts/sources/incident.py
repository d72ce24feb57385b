"""Events the police attended: category, day, place, role and outcome. Never a narrative.

An address is kept only when the event was at somebody's home; it does not prove who lives there.
"""

import ibis
from ibis import _

from data_contracts.codes import spelled
from data_contracts.records.incident import incident as incident_record
from data_contracts.terms import (
    Column,
    DeliveryKind,
    Kind,
    Need,
    Privacy,
    Purpose,
    Reference,
    Source,
)

_CATEGORIES = spelled(
    fire="火灾 火警 失火",
    disaster="自然灾害 灾害 洪涝 地质灾害 房屋倒塌",
    traffic="交通事故 道路交通事故",
    accident="意外伤害 意外事故 安全事故 溺水 触电 煤气中毒",
    crime_injury="刑事伤害 故意伤害 伤害案件 殴打他人",
    domestic_violence="家庭暴力 家暴",
    suicide="自杀 轻生 自杀自伤",
    missing="走失 失踪 人员走失 人员失踪",
    abandonment="遗弃 遗弃案件 弃婴",
    other="其他 群众求助 求助",
)

_PLACES = spelled(
    home="住宅 家中 居民住宅 家庭 自家",
    road="道路 公路 街道",
    workplace="工作场所 单位 工地 厂区",
    public="公共场所 学校 商场 车站 医院",
    other="其他 田野 水域",
)

_ROLES = spelled(
    victim="受害人 受害者 被害人 伤者 伤员 死者 受灾人",
    party="当事人 涉事人 事主",
    caller="报警人 报案人 求助人",
    owner="户主 房主 房屋所有人",
)

_OUTCOMES = spelled(
    unharmed="无伤 无伤亡 未受伤",
    injured="伤 受伤 轻微伤 轻伤 重伤",
    disabled="残 致残 伤残",
    dead="亡 死亡",
)

incident = Source(
    name="incident",
    title="警情(含火灾、事故)",
    supplier="公安局",
    authority=Reference(title="政务数据共享条例", article="国务院令第809号"),
    grain="one row per incident and person",
    delivery=DeliveryKind.APPEND,
    cadence_days=1,
    key=("incident_no", "person_seq"),
    own_key=True,
    dated_by="occurred_on",
    complete_for="公安接处并登记到人的警情;未报警或未登记人员的不在其中",
    purposes=(Purpose.FIND,),
    at_least_rows=0,
    columns={
        "incident_no": Column(
            means="警情编号",
            kind=Kind.TEXT,
            headers=("警情编号", "接警编号", "接警单编号", "JJBH"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=40,
        ),
        "person_seq": Column(
            means="人员序号",
            kind=Kind.INTEGER,
            headers=("人员序号", "涉及人员序号", "RYXH"),
            privacy=Privacy.ORDINARY,
            need=Need.VALUE,
            at_least=0,
            at_most=9999,
        ),
        "id_number": Column(
            means="身份证号(已知时)",
            kind=Kind.ID_NUMBER,
            headers=("身份证号", "身份证号码", "公民身份号码", "证件号码", "GMSFHM"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="姓名(已知时)",
            kind=Kind.NAME,
            headers=("姓名", "人员姓名", "XM"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "phone": Column(
            means="联系电话",
            kind=Kind.PHONE,
            headers=("联系电话", "电话", "手机号码", "LXDH"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="发生地址(只在住宅内发生时保留)",
            kind=Kind.ADDRESS,
            headers=("发生地址", "发生地点", "警情地址", "发案地点"),
            privacy=Privacy.IDENTITY,
        ),
        "occurred_on": Column(
            means="发生日期",
            kind=Kind.DATE,
            headers=("发生时间", "发生日期", "发案时间", "FSSJ"),
            privacy=Privacy.SENSITIVE,
            need=Need.VALUE,
        ),
        "category": Column(
            means="警情类别",
            kind=Kind.CODE,
            headers=("警情类别", "警情类型", "JQLB"),
            privacy=Privacy.SENSITIVE,
            need=Need.VALUE,
            codes=_CATEGORIES,
        ),
        "place_kind": Column(
            means="发生场所",
            kind=Kind.CODE,
            headers=("发生场所", "场所类型", "场所"),
            privacy=Privacy.SENSITIVE,
            need=Need.HEADER,
            codes=_PLACES,
        ),
        "role": Column(
            means="人员角色",
            kind=Kind.CODE,
            headers=("人员角色", "角色", "涉警角色"),
            privacy=Privacy.SENSITIVE,
            need=Need.HEADER,
            codes=_ROLES,
        ),
        "outcome": Column(
            means="后果",
            kind=Kind.CODE,
            headers=("后果", "伤亡情况", "人员后果"),
            privacy=Privacy.SENSITIVE,
            codes=_OUTCOMES,
        ),
    },
    becomes=incident_record,
    by={"address": (_.place_kind == "home").ifelse(_.address, ibis.null("string"))},
    unused={
        "简要案情": "案情叙述一律不接收",
        "警情内容": "案情叙述一律不接收",
        "报警内容": "案情叙述一律不接收",
        "处警情况": "案情叙述一律不接收",
        "处理结果": "案情叙述一律不接收",
        "出警民警": "办案人员姓名,不接收",
        "管辖派出所": "按地址分派,不按派出所",
        "户籍地址": "以人口登记为准",
        "民族": "不得作为任何规则的输入,不接收",
        "前科": "不得作为任何规则的输入,不接收",
        "备注": "自由文字,常含案情",
    },
)
