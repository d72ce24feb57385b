"""Deaths as police, crematorium, hospital or village report them; not all are confirmed."""

from ibis import _

from data_contracts.codes import SEX, spelled
from data_contracts.records.death import death as death_record
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

_CONFIRMATIONS = spelled(
    confirmed="已确认 确认 是 1",
    pending="待确认 待核实 未确认 否 0",
)

_REPORTERS = spelled(
    police="户籍注销 公安 公安局 公安司法部门死亡证明 法院宣告死亡判决",
    crematorium="殡葬火化 火化 火化证明 殡仪馆",
    hospital="医院死亡证明 医院 卫健 死亡医学证明 死亡医学证明(推断)书",
    village="村(居)委会 村(居)委会死亡证明 村委会 居委会 村居上报 村级上报",
)

death = Source(
    name="death",
    title="死亡信息",
    supplier="公安局、民政局(殡仪馆)、卫生健康局",
    authority=Reference(title="政务数据共享条例", article="国务院令第809号"),
    grain="one row per reported death",
    delivery=DeliveryKind.CHANGES,
    cadence_days=1,
    key=("report_no",),
    own_key=True,
    dated_by="reported_on",
    complete_for="在本县登记的死亡;在外地去世的人可能迟报或不报",
    purposes=(Purpose.FIND, Purpose.WEIGH, Purpose.REVIEW),
    at_least_rows=0,
    columns={
        "report_no": Column(
            means="登记编号",
            kind=Kind.TEXT,
            headers=("登记编号", "死亡登记编号", "死亡证明编号"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=40,
        ),
        "id_number": Column(
            means="证件号码",
            kind=Kind.ID_NUMBER,
            headers=("证件号码", "身份证号", "身份证号码", "公民身份号码"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="死者姓名",
            kind=Kind.NAME,
            headers=("姓名", "死者姓名"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "sex": Column(
            means="性别",
            kind=Kind.CODE,
            headers=("性别", "XB"),
            privacy=Privacy.IDENTITY,
            codes=SEX,
        ),
        "birth_date": Column(
            means="出生日期", kind=Kind.DATE, headers=("出生日期", "CSRQ"), privacy=Privacy.IDENTITY
        ),
        "registered_address": Column(
            means="户籍地址",
            kind=Kind.ADDRESS,
            headers=("户籍地址", "户口地址"),
            privacy=Privacy.IDENTITY,
        ),
        "died_on": Column(
            means="死亡日期",
            kind=Kind.DATE,
            headers=("死亡日期", "死亡时间"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "confirmed": Column(
            means="是否确认",
            kind=Kind.CODE,
            headers=("是否确认", "确认状态", "确认标志"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_CONFIRMATIONS,
        ),
        "reported_by": Column(
            means="信息来源",
            kind=Kind.CODE,
            headers=("信息来源", "数据来源", "来源"),
            privacy=Privacy.ORDINARY,
            codes=_REPORTERS,
        ),
        "reported_on": Column(
            means="登记日期",
            kind=Kind.DATE,
            headers=("登记日期", "登记时间", "报告日期", "上报日期"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
        ),
    },
    becomes=death_record,
    rules=(
        RowRule(
            name="reported_after_death",
            holds=_.died_on <= _.reported_on,
            reason="死亡日期晚于登记日期",
        ),
        RowRule(
            name="died_after_birth", holds=_.died_on >= _.birth_date, reason="死亡日期早于出生日期"
        ),
    ),
    unused={
        "死亡原因": "与家属是否需要帮助无关,不接收",
        "死亡地点": "与家属是否需要帮助无关,不接收",
        "证件类型": "由证件号码本身判断",
        "家属姓名": "家庭成员以人口登记为准",
        "火化日期": "死亡日期已足够",
        "居住地址": "住处以人口登记为准",
        "民族": "不得作为任何规则的输入,不接收",
        "备注": "自由文字,可能含无关个人情况",
    },
)
