"""Who pays which social insurance, through whom, and since when no longer.

Most farmers have no employment insurance: no row says nothing about work. An employer number is
empty where somebody pays alone (城乡居民, 灵活就业).
"""

from ibis import _

from data_contracts.codes import SEX, spelled
from data_contracts.records.enrolment import enrolment
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

# AAE140 where it and the medical insurance's insutype differ: 410 is work injury, not 长期照护.
_INSURANCES = spelled(
    employee_pension="110 城镇职工基本养老保险 企业职工基本养老保险 职工养老 职工养老保险",
    resident_pension="170 城乡居民基本养老保险 居民养老 居民养老保险",
    unemployment="210 失业保险",
    employee_medical="310 城镇职工基本医疗保险 职工基本医疗保险 职工医保 职工医疗",
    resident_medical="390 城乡居民基本医疗保险 居民医保 居民医疗 380 新型农村合作医疗 391 "
    "城镇居民基本医疗保险",
    injury="410 工伤保险",
    maternity="510 生育保险",
)

_STATES = spelled(
    paying="1 参保缴费 正常参保 正常缴费 正常",
    paused="2 暂停缴费 暂停参保 中断缴费 暂停",
    ended="3 终止缴费 终止参保 终止",
)

insurance_enrolment = Source(
    name="insurance_enrolment",
    title="参保缴费状态",
    supplier="人力资源和社会保障局、医疗保障局",
    authority=Reference(
        title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
        article="国办发〔2023〕39号",
    ),
    grain="one row per person, insurance and employer",
    delivery=DeliveryKind.FULL,
    cadence_days=30,
    key=("insured_no", "insurance", "employer_no"),
    own_key=True,
    dated_by="status_since",
    complete_for="在本县参保的人;外地参保和从未参保的人不在其中",
    purposes=(Purpose.FIND, Purpose.WEIGH),
    columns={
        "insured_no": Column(
            means="个人编号",
            kind=Kind.TEXT,
            headers=("个人编号", "人员编号", "AAC001", "psn_no", "psnNo"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=30,
        ),
        "insurance": Column(
            means="险种",
            kind=Kind.CODE,
            headers=("险种", "险种类型", "参保险种", "AAE140", "insutype"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_INSURANCES,
        ),
        "employer_no": Column(
            means="单位编号(个人参保时为空)",
            kind=Kind.TEXT,
            headers=("单位编号", "单位代码", "AAB001", "emp_no"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            max_length=40,
        ),
        "id_number": Column(
            means="证件号码",
            kind=Kind.ID_NUMBER,
            headers=(
                "证件号码",
                "身份证号",
                "身份证号码",
                "公民身份号码",
                "AAC002",
                "AAC147",
                "certno",
            ),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="姓名",
            kind=Kind.NAME,
            headers=("姓名", "人员姓名", "AAC003", "psn_name", "psnName"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "sex": Column(
            means="性别",
            kind=Kind.CODE,
            headers=("性别", "AAC004", "gend"),
            privacy=Privacy.IDENTITY,
            codes=SEX,
        ),
        "birth_date": Column(
            means="出生日期",
            kind=Kind.DATE,
            headers=("出生日期", "AAC006", "brdy"),
            privacy=Privacy.IDENTITY,
        ),
        "phone": Column(
            means="手机号码",
            kind=Kind.PHONE,
            headers=("手机号码", "联系电话", "手机", "电话", "AAC067"),
            privacy=Privacy.IDENTITY,
            max_length=40,
        ),
        "address": Column(
            means="常住地址(登记时所填)",
            kind=Kind.ADDRESS,
            headers=("常住地址", "通讯地址", "常住所在地地址", "AAE006"),
            privacy=Privacy.IDENTITY,
        ),
        "payment_status": Column(
            means="缴费状态",
            kind=Kind.CODE,
            headers=(
                "缴费状态",
                "个人缴费状态",
                "参保状态",
                "AAC031",
                "psn_insu_stas",
                "psnInsuStas",
            ),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            codes=_STATES,
        ),
        "status_since": Column(
            means="状态变更日期",
            kind=Kind.DATE,
            headers=("状态变更日期", "缴费状态变更日期", "变更日期", "状态日期"),
            may_be_future=True,
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "last_paid_month": Column(
            means="最后缴费年月",
            kind=Kind.MONTH,
            headers=("最后缴费年月", "最后缴费月份", "最近缴费年月", "末次缴费年月"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
        ),
        "contribution_base": Column(
            means="缴费基数(元/月)",
            kind=Kind.MONEY,
            headers=("缴费基数", "月缴费基数", "缴费基数(元)", "基数", "psnClctstd"),
            privacy=Privacy.PERSONAL,
            at_least=0,
            at_most=1_000_000,
        ),
    },
    becomes=enrolment,
    rules=(
        RowRule(
            name="born_before_status",
            holds=_.status_since >= _.birth_date,
            reason="出生日期晚于状态变更日期",
        ),
    ),
    unused={
        "民族": "不得作为任何规则的输入,不接收",
        "AAC005": "不得作为任何规则的输入,不接收",
        "单位名称": "不得向用人单位透露走访,单位编号已足够",
        "AAB004": "不得向用人单位透露走访,单位编号已足够",
        "户籍地址": "以人口登记为准",
        "AAC010": "以人口登记为准",
        "户籍性质": "以人口登记为准",
        "工资": "缴费基数已足够",
        "个人缴费金额": "缴费基数已足够",
        "开始年月": "只问何时中断",
        "结束年月": "系统常填 999912,不可作最后缴费年月",
        "暂停参保日期": "可填将来日期,不等于状态变更日期",
        "paus_insu_date": "可填将来日期,不等于状态变更日期",
        "离退休标志": "待遇以待遇发放数据为准",
        "生存状态": "以死亡信息为准",
    },
)
