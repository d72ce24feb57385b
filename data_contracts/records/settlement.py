"""A medical bill as the insurance settled it; a refund is a row of its own that names its bill."""

from data_contracts.terms import Fact, FactType, Record

settlement = Record(
    name="settlement",
    title="医保结算",
    grain="one row per settlement",
    columns={
        "settlement_no": Fact(type=FactType.STRING, means="结算编号"),
        "original_no": Fact(type=FactType.STRING, means="原结算编号"),
        "institution_code": Fact(type=FactType.STRING, means="定点医药机构编号"),
        "settled_on": Fact(type=FactType.DATE, means="结算日期"),
        "visit_kind": Fact(
            type=FactType.STRING,
            means="医疗类别",
            one_of=("inpatient", "outpatient", "chronic_outpatient", "other"),
        ),
        "insurance": Fact(
            type=FactType.STRING,
            means="险种",
            one_of=("employee_medical", "resident_medical", "other"),
        ),
        "is_refund": Fact(type=FactType.STRING, means="退费标志", one_of=("yes", "no")),
        "total_amount": Fact(type=FactType.MONEY, means="医疗费总额(元)"),
        "in_scope_amount": Fact(type=FactType.MONEY, means="符合政策范围金额(元)"),
        "fund_amount": Fact(type=FactType.MONEY, means="基金支付总额(元)"),
        "aid_amount": Fact(type=FactType.MONEY, means="医疗救助基金支出(元)"),
        "hospital_amount": Fact(type=FactType.MONEY, means="医院负担金额(元)"),
        "personal_amount": Fact(type=FactType.MONEY, means="个人负担总金额(元)"),
        "cash_amount": Fact(type=FactType.MONEY, means="个人现金支出(元)"),
    },
)
