"""What the medical insurance paid and what was left to the patient, one row per settlement.

The refund flag stands on a refund and, as the national platform has it (refd_setl_flag), on the bill
that it cancels; without it a cancelled bill would look like a real one, so a file that lacks it is
refused. A refund names its bill (原结算ID) or repeats its number; how they pair is in transforms/bills.py.
"""

from decimal import Decimal

import ibis
from ibis import _

from data_contracts.codes import SEX, spelled
from data_contracts.records.settlement import settlement
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

# psn_cert_type of the national platform; 03 is not a passport here, as it is in hospitals.
_ID_TYPES = spelled(
    resident_id="01 1 居民身份证 居民身份证(户口簿)",
    hk_macau="04 05 港澳居民来往内地通行证 港澳居民居住证",
    taiwan="06 台湾居民来往大陆通行证 台湾居民居住证",
    foreign_permit="07 外国人永久居留证 外国人永久居留身份证",
    passport="08 外国人护照 护照",
    other="02 军官证 03 武警警官证 90 社会保障卡 99 其他",
)

_VISIT_KINDS = spelled(
    inpatient="21 住院 普通住院 22 外伤住院 23 转外诊治住院 24 急诊转住院 52 生育住院",
    outpatient="11 普通门诊 门诊 12 门诊挂号 13 急诊 51 生育门诊",
    chronic_outpatient="14 门诊慢特病 门诊慢性病 门诊特殊病 门诊大病",
    other="41 定点药店购药 药店购药 53 计划生育手术费 其他",
)

_INSURANCES = spelled(
    employee_medical="310 职工基本医疗保险 城镇职工基本医疗保险 职工医保",
    resident_medical="390 城乡居民基本医疗保险 居民医保 380 新型农村合作医疗 "
    "391 城镇居民基本医疗保险",
    other="320 公务员医疗补助 330 大额医疗费用补助 340 离休人员医疗保障 "
    "350 一至六级残疾军人医疗补助 360 老红军医疗保障 370 企业补充医疗保险 "
    "392 城乡居民大病医疗保险 399 其他特殊人员医疗保障 410 长期照护保险 510 生育保险",
)

_REFUND_FLAGS = spelled(
    yes="1 是 退费 已退费",
    no="0 否 正常 未退费",
)

_TOLERANCE = ibis.literal(Decimal("0.05"), "decimal(16, 2)")
"""Each part is rounded to the fen on its own, so the parts may miss the total by a few fen."""

_UNEXPLAINED = _.total_amount - _.fund_amount - _.personal_amount - _.hospital_amount

medical_settlement = Source(
    name="medical_settlement",
    title="医保结算",
    supplier="医疗保障局",
    authority=Reference(
        title="关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
        article="国办发〔2023〕39号",
    ),
    grain="one row per settlement or refund",
    delivery=DeliveryKind.APPEND,
    cadence_days=1,
    key=("settlement_no", "is_refund"),
    own_key=True,
    signed_by="total_amount",
    dated_by="settled_on",
    complete_for="在本县参加医疗保险的人,含异地直接结算;外县参保和未走医保的自费不在其中",
    purposes=(Purpose.FIND, Purpose.WEIGH),
    columns={
        "settlement_no": Column(
            means="结算编号",
            kind=Kind.TEXT,
            headers=("结算ID", "结算编号", "结算单号", "结算流水号", "setl_id"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            max_length=40,
        ),
        "original_no": Column(
            means="原结算编号(退费所冲销的结算)",
            kind=Kind.TEXT,
            headers=("原结算ID", "原结算编号", "原结算单号", "原结算流水号", "init_setl_id"),
            privacy=Privacy.PERSONAL,
            max_length=40,
        ),
        "institution_code": Column(
            means="定点医药机构编号",
            kind=Kind.TEXT,
            headers=("定点医药机构编号", "定点医药机构代码", "医疗机构编号", "fixmedins_code"),
            privacy=Privacy.ORDINARY,
            max_length=30,
        ),
        "is_refund": Column(
            means="退费标志",
            kind=Kind.CODE,
            headers=("退费结算标志", "退费标志", "是否退费", "refd_setl_flag"),
            privacy=Privacy.ORDINARY,
            need=Need.VALUE,
            codes=_REFUND_FLAGS,
        ),
        "id_type": Column(
            means="证件类型",
            kind=Kind.CODE,
            headers=("人员证件类型", "证件类型", "psn_cert_type"),
            privacy=Privacy.PERSONAL,
            codes=_ID_TYPES,
        ),
        "id_number": Column(
            means="证件号码",
            kind=Kind.ID_NUMBER,
            headers=("证件号码", "身份证号", "身份证号码", "公民身份号码", "certno"),
            privacy=Privacy.IDENTITY,
            need=Need.HEADER,
            max_length=50,
        ),
        "name": Column(
            means="人员姓名",
            kind=Kind.NAME,
            headers=("人员姓名", "姓名", "psn_name"),
            privacy=Privacy.IDENTITY,
            need=Need.VALUE,
            max_length=50,
        ),
        "sex": Column(
            means="性别",
            kind=Kind.CODE,
            headers=("性别", "gend"),
            privacy=Privacy.IDENTITY,
            codes=SEX,
        ),
        "birth_date": Column(
            means="出生日期", kind=Kind.DATE, headers=("出生日期", "brdy"), privacy=Privacy.IDENTITY
        ),
        "settled_on": Column(
            means="结算日期",
            kind=Kind.DATE,
            headers=("结算时间", "结算日期", "setl_time"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
        ),
        "visit_kind": Column(
            means="医疗类别",
            kind=Kind.CODE,
            headers=("医疗类别", "就诊类别", "med_type"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            codes=_VISIT_KINDS,
        ),
        "insurance": Column(
            means="险种类型",
            kind=Kind.CODE,
            headers=("险种类型", "险种", "参保险种", "insutype"),
            privacy=Privacy.PERSONAL,
            codes=_INSURANCES,
        ),
        "total_amount": Column(
            means="医疗费总额(元)",
            kind=Kind.MONEY,
            headers=("医疗费总额", "医疗总费用", "医疗费用总额", "医疗费总额(元)", "medfee_sumamt"),
            privacy=Privacy.PERSONAL,
            need=Need.VALUE,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
        "in_scope_amount": Column(
            means="符合政策范围金额(元)",
            kind=Kind.MONEY,
            headers=("符合政策范围金额", "政策范围内费用", "符合政策范围金额(元)", "inscp_scp_amt"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
        "fund_amount": Column(
            means="基金支付总额(元)",
            kind=Kind.MONEY,
            headers=("基金支付总额", "基金支付金额", "基金支付总额(元)", "fund_pay_sumamt"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
        "aid_amount": Column(
            means="其中医疗救助基金支出(元)",
            kind=Kind.MONEY,
            headers=("医疗救助基金支出", "医疗救助支出", "医疗救助基金支出(元)", "maf_pay"),
            privacy=Privacy.PERSONAL,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
        "hospital_amount": Column(
            means="医院负担金额(元)",
            kind=Kind.MONEY,
            headers=(
                "医院负担金额",
                "医院垫付",
                "医院负担金额(元)",
                "hosp_part_amt",
                "ownpay_hosp_part",
            ),
            privacy=Privacy.PERSONAL,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
        "personal_amount": Column(
            means="个人负担总金额(元)",
            kind=Kind.MONEY,
            headers=("个人负担总金额", "个人负担金额", "个人负担总金额(元)", "psn_part_amt"),
            privacy=Privacy.PERSONAL,
            need=Need.HEADER,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
        "cash_amount": Column(
            means="个人现金支出(元)",
            kind=Kind.MONEY,
            headers=(
                "个人现金支出",
                "现金支付金额",
                "个人现金支付",
                "个人现金支出(元)",
                "psn_cash_pay",
                "cash_payamt",
            ),
            privacy=Privacy.PERSONAL,
            at_least=-10_000_000,
            at_most=10_000_000,
        ),
    },
    becomes=settlement,
    rules=(
        RowRule(
            name="parts_make_the_total",
            holds=_UNEXPLAINED.abs() <= _TOLERANCE,
            reason="医疗费总额不等于基金支付、个人负担、医院负担之和",
        ),
        RowRule(
            name="only_refunds_are_negative",
            holds=(_.is_refund == "yes") | (_.total_amount >= 0),
            reason="不是退费,医疗费总额却为负数",
        ),
        RowRule(
            name="born_before_settled",
            holds=_.settled_on >= _.birth_date,
            reason="出生日期晚于结算日期",
        ),
    ),
    unused={
        "民族": "不得作为任何规则的输入,不接收",
        "naty": "不得作为任何规则的输入,不接收",
        "年龄": "由出生日期算得",
        "人员编号": "结算编号已足够,不再接收第二个个人编号",
        "人员类别": "与困难发现无关",
        "公务员标志": "与困难发现无关",
        "就诊ID": "结算编号已足够",
        "就诊凭证类型": "与困难发现无关",
        "病种名称": "结算只用于金额,诊断以病案首页为准",
        "病种编号": "结算只用于金额,诊断以病案首页为准",
        "全自费金额": "已含在个人负担总金额中",
        "个人账户支出": "已含在个人负担总金额中",
        "余额": "个人账户余额,与困难发现无关",
        "基本医疗保险统筹基金支出": "已含在基金支付总额中",
        "居民大病保险资金支出": "已含在基金支付总额中",
        "清算经办机构": "与困难发现无关",
    },
)
