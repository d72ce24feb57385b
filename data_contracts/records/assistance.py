"""Help that civil affairs gives or gave: a standing category or one payment."""

from data_contracts.terms import Fact, FactType, Record

assistance = Record(
    name="assistance",
    title="救助台账",
    grain="one row per person and assistance granted",
    columns={
        "category": Fact(
            type=FactType.STRING,
            means="救助类别",
            one_of=(
                "dibao",
                "tekun",
                "low_income_margin",
                "rigid_expense",
                "monitored",
                "temporary",
                "medical_aid",
                "other",
            ),
        ),
        "grade": Fact(type=FactType.STRING, means="类别档次", one_of=("A", "B", "C")),
        "covered_alone": Fact(type=FactType.STRING, means="是否单人保", one_of=("yes", "no")),
        "area": Fact(type=FactType.STRING, means="城乡类别", one_of=("urban", "rural")),
        "approved_on": Fact(type=FactType.DATE, means="批准日期"),
        "exit_on": Fact(type=FactType.DATE, means="停发日期"),
        "monthly_amount": Fact(type=FactType.MONEY, means="月保障金额(元)"),
        "paid_amount": Fact(type=FactType.MONEY, means="一次性救助金额(元)"),
    },
)
