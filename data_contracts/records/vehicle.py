"""A registered motor vehicle."""

from data_contracts.terms import Fact, FactType, Record

vehicle = Record(
    name="vehicle",
    title="机动车",
    grain="one row per vehicle",
    columns={
        "vehicle_use": Fact(
            type=FactType.STRING, means="使用性质", one_of=("private", "commercial")
        ),
        "vehicle_kind": Fact(
            type=FactType.STRING,
            means="车辆类型",
            one_of=("car", "truck", "bus", "motorcycle", "tractor", "other"),
        ),
        "registered_on": Fact(type=FactType.DATE, means="初次登记日期"),
        "value_amount": Fact(type=FactType.MONEY, means="登记价值(元)"),
        "vehicle_status": Fact(
            type=FactType.STRING, means="状态", one_of=("normal", "scrapped", "transferred")
        ),
    },
)
