"""A registered right to a house or land. Most rural houses are not in this register."""

from data_contracts.terms import Fact, FactType, Record

property_right = Record(
    name="property_right",
    title="不动产权利",
    grain="one row per owner and real-estate unit",
    columns={
        "use": Fact(
            type=FactType.STRING,
            means="规划用途",
            one_of=("dwelling", "commercial", "parking", "other"),
        ),
        "area_m2": Fact(type=FactType.NUMBER, means="建筑面积(平方米)"),
        "registered_on": Fact(type=FactType.DATE, means="登记日期"),
        "cancelled_on": Fact(type=FactType.DATE, means="注销日期"),
        "right_status": Fact(
            type=FactType.STRING, means="权属状态", one_of=("current", "cancelled")
        ),
    },
)
