"""The police register: household registration (户籍) and floating population.

The backbone of matching and of households. One in four does not live where registered, so 现住址
and 户籍地址 are two columns and are never filled from one another.
"""

from ibis import _

from data_contracts.codes import KINSHIP, MARITAL, SEX, YES_NO, spelled
from data_contracts.records.resident import resident
from data_contracts.terms import (
    Column,
    DeliveryKind,
    Kind,
    Need,
    Privacy,
    Purpose,
    Reference,
    RowRule,
    Source,
)

_PERSON_TYPES = spelled(
    registered="01 1 户籍人口 户籍 常住人口 常住户籍",
    floating="02 2 流动人口 流动 暂住人口",
    foreign="03 3 境外人员 境外",
)

# Words only: 2 is 农业家庭户口 in GA 324.1 and 集体户 elsewhere, and a collective is no household.
_HOUSEHOLD_KINDS = spelled(
    family="家庭户 家庭户口 居民家庭户 居民家庭户口 农业家庭户口 非农业家庭户口 自理口粮户口",
    collective="集体户 集体户口 居民集体户口 农业集体户口 非农业集体户口",
)

# Words only: no national numbering could be confirmed.
_LIFE_STATES = spelled(
    normal="正常 在册 未注销",
    moved_out="迁出 已迁出",
    cancelled="注销 已注销 失踪 参军服役 出国(境)定居 加入外国国籍 赴港澳台定居 重复户口删除 "
    "虚假户口删除",
    death_pending="待确认死亡 死亡待确认 疑似死亡",
    dead="死亡 死亡注销 宣告死亡",
)

resident_register = Source(
    name="resident_register",
    title="人口登记(户籍与流动人口)",
    supplier="公安局",
    authority=Reference(title="政务数据共享条例", article="国务院令第809号"),
    grain="one row per registered person and kind of registration",
    delivery=DeliveryKind.FULL,
    cadence_days=7,
    key=("household_no", "id_number", "name", "person_type"),
    own_key=False,
    dated_by="status_on",
    complete_for="在本县有户籍或登记为流动人口的人;未登记的来县人员和户籍在外地的父母不在其中",
    purposes=(Purpose.FIND, Purpose.REVIEW),
    carries_current_address=True,
    columns={
        "household_no": Column(
            means="户号",
            kind=Kind.TEXT,
            headers=("户号", "户编号", "公安户籍编号", "HH", "hu_no"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=30,
        ),
        "id_number": Column(
            means="公民身份号码",
            kind=Kind.ID_NUMBER,
            headers=("公民身份号码", "身份证号", "身份证号码", "证件号码", "GMSFHM", "gmsfhm"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="姓名",
            kind=Kind.NAME,
            headers=("姓名", "XM", "xm"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "former_name": Column(
            means="曾用名",
            kind=Kind.NAME,
            headers=("曾用名", "CYM", "cym"),
            privacy=Privacy.IDENTITY,
            max_length=50,
        ),
        "sex": Column(
            means="性别",
            kind=Kind.CODE,
            headers=("性别", "XB", "xb"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=SEX,
        ),
        "birth_date": Column(
            means="出生日期",
            kind=Kind.DATE,
            headers=("出生日期", "CSRQ", "csrq"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "phone": Column(
            means="联系电话",
            kind=Kind.PHONE,
            headers=("联系电话", "手机号码", "电话", "LXDH"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="现住址",
            kind=Kind.ADDRESS,
            headers=("现住址", "现住详址", "现住地址", "现居住地址", "实际居住地址"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
        ),
        "registered_address": Column(
            means="户籍地址",
            kind=Kind.ADDRESS,
            headers=("户籍地址", "户籍详址", "户口地址", "户籍地详址"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
        ),
        "place_code": Column(
            means="现住区划代码",
            kind=Kind.PLACE_CODE,
            headers=("现住区划", "现住区划代码", "现住地区划代码", "现住地行政区划代码"),
            privacy=Privacy.IDENTITY,
            max_length=12,
        ),
        "person_type": Column(
            means="人口类别",
            kind=Kind.CODE,
            headers=("人口类别", "人口类型", "人员类别", "person_type"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_PERSON_TYPES,
        ),
        "household_kind": Column(
            means="户别",
            kind=Kind.CODE,
            headers=("户别", "户类型", "户口类别"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_HOUSEHOLD_KINDS,
        ),
        "relation": Column(
            means="与户主关系",
            kind=Kind.CODE,
            headers=("与户主关系", "与户主的关系", "户主关系", "YHZGX"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=KINSHIP,
        ),
        "life_status": Column(
            means="人口状态",
            kind=Kind.CODE,
            headers=("人口状态", "人员状态", "户籍状态"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_LIFE_STATES,
        ),
        "status_on": Column(
            means="状态日期",
            kind=Kind.DATE,
            headers=("状态日期", "状态变更日期", "人口状态日期"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "marital": Column(
            means="婚姻状况",
            kind=Kind.CODE,
            headers=("婚姻状况", "婚姻", "HYZK"),
            privacy=Privacy.PERSONAL,
            purposes=(Purpose.FIND,),
            codes=MARITAL,
        ),
        "lives_at_registered_address": Column(
            means="人户一致",
            kind=Kind.CODE,
            headers=("人户一致", "人户一致标识", "是否人户一致", "人户(房)一致标识"),
            privacy=Privacy.PERSONAL,
            purposes=(Purpose.FIND,),
            codes=YES_NO,
        ),
    },
    becomes=resident,
    rules=(
        RowRule(
            name="born_before_status",
            holds=_.status_on >= _.birth_date,
            reason="出生日期晚于状态日期",
        ),
    ),
    unused={
        "民族": "不得作为任何规则的输入,不接收",
        "MZ": "不得作为任何规则的输入,不接收",
        "宗教信仰": "不得作为任何规则的输入,不接收",
        "籍贯": "与困难发现无关",
        "出生地": "与困难发现无关",
        "户主姓名": "户主由户号和与户主关系得知",
        "别名绰号": "与困难发现无关",
        "姓名拼音": "由姓名算得",
        "身高": "与困难发现无关",
        "血型": "与困难发现无关",
        "文化程度": "与困难发现无关",
        "兵役状况": "与困难发现无关",
        "服务处所": "工作单位与困难发现无关",
        "工作单位": "工作单位与困难发现无关",
        "职业": "多年不更新,不可信",
        "人员标签": "公安内部标签,不接收",
        "派出所": "按地址分派,不按派出所",
        "其他住址": "含义不明,现住址另有一列",
        "是否人户分离": "含义与人户一致相反,请提供人户一致",
        "未落户原因": "自由文字,可能含无关个人情况",
        "何时何因迁出/注销": "自由文字,请提供人口状态和状态日期",
    },
)
