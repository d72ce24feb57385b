"""Holders of a disability card (残疾人证): kind, grade, day of issue, whether the card is valid.

The card's own number is not taken in: it is the identity number with kind and grade behind it.
"""

from data_contracts.codes import spelled
from data_contracts.records.disability import disability
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

# GB/T 26341-2010, numbered as in the last digits of the card number.
_KINDS = spelled(
    visual="1 视力 视力残疾 盲 低视力",
    hearing="2 听力 听力残疾",
    speech="3 言语 言语残疾",
    physical="4 肢体 肢体残疾",
    intellectual="5 智力 智力残疾",
    mental="6 精神 精神残疾",
    multiple="7 多重 多重残疾",
)

_GRADES = {
    spelling: str(grade)
    for grade, word in enumerate("一二三四", start=1)
    for spelling in (str(grade), f"{grade}级", word, f"{word}级")
}

_STATES = spelled(
    valid="有效 正常 在用 已发证 持证",
    expired="过期 已过期 到期 失效 冻结 已冻结",
    cancelled="注销 已注销 作废 吊销 收回",
)

disability_register = Source(
    name="disability_register",
    title="残疾人证持证台账",
    supplier="残疾人联合会",
    authority=Reference(
        title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
        article="国办发〔2023〕39号",
    ),
    grain="one row per person and card issued",
    delivery=DeliveryKind.FULL,
    cadence_days=30,
    optional=True,
    key=("id_number", "name", "issued_on"),
    own_key=False,
    dated_by="issued_on",
    complete_for="在本县办理残疾人证的人;没有办证不等于没有残疾",
    purposes=(Purpose.FIND, Purpose.WEIGH),
    columns={
        "id_number": Column(
            means="身份证号",
            kind=Kind.ID_NUMBER,
            headers=("身份证号", "身份证号码", "公民身份号码", "证件号码", "残疾人身份证号"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="姓名",
            kind=Kind.NAME,
            headers=("姓名", "残疾人姓名", "持证人姓名"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "phone": Column(
            means="联系电话",
            kind=Kind.PHONE,
            headers=("联系电话", "电话", "手机号码", "手机", "固定电话"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="现住址",
            kind=Kind.ADDRESS,
            headers=("现住址", "现居住地址", "家庭住址", "居住地址", "住址"),
            privacy=Privacy.IDENTITY,
        ),
        "disability": Column(
            means="残疾类别",
            kind=Kind.CODE,
            headers=("残疾类别", "残疾类型", "残疾种类", "主要残疾类别"),
            privacy=Privacy.SENSITIVE,
            need=Need.VALUE,
            codes=_KINDS,
        ),
        "disability_grade": Column(
            means="残疾等级",
            kind=Kind.CODE,
            headers=("残疾等级", "残疾级别", "残疾程度", "主要残疾等级"),
            privacy=Privacy.SENSITIVE,
            need=Need.VALUE,
            codes=_GRADES,
        ),
        "card_status": Column(
            means="残疾人证状态",
            kind=Kind.CODE,
            headers=("残疾人证状态", "证件状态", "持证状态", "残疾证状态"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_STATES,
        ),
        "issued_on": Column(
            means="发证日期",
            kind=Kind.DATE,
            headers=("发证日期", "残疾人证发证日期", "签发日期", "批准日期", "办证日期"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
    },
    becomes=disability,
    unused={
        "残疾人证号": "由身份证号加类别、等级组成,各另有一列",
        "首次发证日期": "等级加重也换发新证,按本次发证日期看",
        "有效期至": "以证件状态为准",
        "残疾详情": "多重残疾的细目,类别和等级已足够",
        "致残原因": "病情叙述,不接收",
        "评定医院": "与困难发现无关",
        "评定医师": "医师姓名,不接收",
        "监护人姓名": "以人口登记为准",
        "户籍地址": "以人口登记为准",
        "两项补贴金额": "补贴不计入家庭收入",
        "开户银行": "银行信息入口即弃",
        "银行账号": "银行信息入口即弃",
        "民族": "不得作为任何规则的输入,不接收",
        "备注": "自由文字,可能含病情",
    },
)
