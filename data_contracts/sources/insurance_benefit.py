"""Pensions, unemployment and other benefits that social insurance pays or paid."""

from ibis import _

from data_contracts.codes import spelled
from data_contracts.records.benefit import benefit
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

_BENEFITS = spelled(
    employee_pension="110 城镇职工养老金 企业职工养老金 职工基本养老金 机关事业单位养老金 "
    "城镇职工养老保险金",
    resident_pension="170 城乡居民养老金 居民养老金 城乡居民基本养老金",
    unemployment="210 失业保险金 失业金 失业人员失业金",
    injury="410 工伤保险待遇 工伤待遇 伤残津贴 工伤伤残津贴",
    survivor="供养亲属抚恤金 遗属待遇 遗属生活补助 抚恤金",
)

# AAE116 has no confirmed national numbering; a county that sends digits says theirs in an overlay.
_STATES = spelled(
    paying="正常发放 发放 在发 正常",
    suspended="暂停发放 暂停 停发待核",
    stopped="终止发放 停止发放 停发 终止 注销",
)

insurance_benefit = Source(
    name="insurance_benefit",
    title="社保待遇发放",
    supplier="人力资源和社会保障局",
    authority=Reference(
        title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
        article="国办发〔2023〕39号",
    ),
    grain="one row per benefit",
    delivery=DeliveryKind.FULL,
    cadence_days=30,
    key=("benefit_no",),
    own_key=True,
    dated_by="starts_on",
    complete_for="由本县社保发放待遇的人;外地发放的退休金不在其中",
    purposes=(Purpose.FIND, Purpose.WEIGH),
    columns={
        "benefit_no": Column(
            means="待遇编号",
            kind=Kind.TEXT,
            headers=("待遇编号", "待遇发放编号", "待遇核定编号", "待遇ID"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=40,
        ),
        "id_number": Column(
            means="证件号码",
            kind=Kind.ID_NUMBER,
            headers=("证件号码", "身份证号", "身份证号码", "公民身份号码", "AAC002", "AAC147"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="姓名",
            kind=Kind.NAME,
            headers=("姓名", "人员姓名", "AAC003"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "birth_date": Column(
            means="出生日期",
            kind=Kind.DATE,
            headers=("出生日期", "AAC006"),
            privacy=Privacy.IDENTITY,
        ),
        "phone": Column(
            means="手机号码",
            kind=Kind.PHONE,
            headers=("手机号码", "联系电话", "电话号码", "手机", "电话", "AAC067"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "benefit": Column(
            means="待遇类别",
            kind=Kind.CODE,
            headers=("待遇类别", "待遇类型", "待遇名称", "险种", "AAE140"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_BENEFITS,
        ),
        "benefit_status": Column(
            means="待遇发放状态",
            kind=Kind.CODE,
            headers=("待遇发放状态", "发放状态", "待遇状态", "AAE116"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_STATES,
        ),
        "monthly_amount": Column(
            means="月待遇(元)",
            kind=Kind.MONEY,
            headers=("月待遇", "月待遇金额", "待遇金额", "养老金", "月待遇(元)", "AAE019"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=0,
            at_most=200_000,
        ),
        "starts_on": Column(
            means="待遇开始日期",
            kind=Kind.DATE,
            headers=("待遇开始日期", "待遇享受开始日期", "开始享受日期"),
            may_be_future=True,
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "ends_on": Column(
            means="待遇终止日期",
            kind=Kind.DATE,
            headers=(
                "待遇终止日期",
                "待遇享受终止日期",
                "待遇停止日期",
                "停发日期",
            ),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
    },
    becomes=benefit,
    rules=(
        RowRule(
            name="ends_after_it_starts",
            holds=_.ends_on >= _.starts_on.truncate("M"),
            reason="待遇终止日期早于开始日期",
        ),
        RowRule(
            name="born_before_benefit",
            holds=_.starts_on >= _.birth_date,
            reason="出生日期晚于待遇开始日期",
        ),
    ),
    unused={
        "民族": "不得作为任何规则的输入,不接收",
        "开户银行": "银行信息入口即弃",
        "银行账号": "银行信息入口即弃",
        "停发原因": "多为自由文字,以死亡信息和走访为准",
        "养老金余额(元)": "账户余额,与困难发现无关",
        "单位名称": "与待遇无关",
        "缴费年限": "与困难发现无关",
        "备注": "自由文字,可能含无关个人情况",
    },
)
