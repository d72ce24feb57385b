"""A lease of public rental housing and what is owed on it."""

from data_contracts.terms import Fact, FactType, Record

tenancy = Record(
    name="tenancy",
    title="公租房租赁",
    grain="one row per lease",
    columns={
        "leased_from": Fact(type=FactType.DATE, means="租赁起始日期"),
        "leased_to": Fact(type=FactType.DATE, means="租赁终止日期"),
        "monthly_rent": Fact(type=FactType.MONEY, means="月租金(元)"),
        "arrears_months": Fact(type=FactType.INTEGER, means="欠租月数"),
        "arrears_amount": Fact(type=FactType.MONEY, means="欠租金额(元)"),
        "lease_status": Fact(type=FactType.STRING, means="租赁状态", one_of=("active", "ended")),
        "reported_on": Fact(type=FactType.DATE, means="数据日期"),
    },
)
