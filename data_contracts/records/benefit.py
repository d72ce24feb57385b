"""A pension, unemployment or other benefit that is or was paid."""

from data_contracts.terms import Fact, FactType, Record

benefit = Record(
    name="benefit",
    title="社保待遇",
    grain="one row per benefit",
    columns={
        "benefit": Fact(
            type=FactType.STRING,
            means="待遇类别",
            one_of=("employee_pension", "resident_pension", "unemployment", "injury", "survivor"),
        ),
        "benefit_status": Fact(
            type=FactType.STRING, means="发放状态", one_of=("paying", "suspended", "stopped")
        ),
        "monthly_amount": Fact(type=FactType.MONEY, means="月待遇(元)"),
        "starts_on": Fact(type=FactType.DATE, means="开始日期"),
        "ends_on": Fact(type=FactType.DATE, means="终止日期"),
    },
)
