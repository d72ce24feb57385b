"""Whether somebody's social insurance is being paid, and since when not."""

from data_contracts.terms import Fact, FactType, Record

enrolment = Record(
    name="enrolment",
    title="参保缴费状态",
    grain="one row per person, insurance and employer",
    columns={
        "insurance": Fact(
            type=FactType.STRING,
            means="险种",
            one_of=(
                "employee_pension",
                "resident_pension",
                "unemployment",
                "employee_medical",
                "resident_medical",
                "injury",
                "maternity",
            ),
        ),
        "payment_status": Fact(
            type=FactType.STRING, means="缴费状态", one_of=("paying", "paused", "ended")
        ),
        "status_since": Fact(type=FactType.DATE, means="状态变更日期"),
        "last_paid_month": Fact(type=FactType.DATE, means="最后缴费月份(该月一日)"),
        "contribution_base": Fact(type=FactType.MONEY, means="缴费基数(元/月)"),
    },
)
