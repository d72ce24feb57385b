"""A death, reported by one of several offices; only some reports are confirmed."""

from data_contracts.terms import Fact, FactType, Record

death = Record(
    name="death",
    title="死亡信息",
    grain="one row per reported death",
    columns={
        "died_on": Fact(type=FactType.DATE, means="死亡日期"),
        "confirmed": Fact(type=FactType.STRING, means="是否确认", one_of=("confirmed", "pending")),
        "reported_by": Fact(
            type=FactType.STRING,
            means="信息来源",
            one_of=("police", "crematorium", "hospital", "village"),
        ),
        "reported_on": Fact(type=FactType.DATE, means="登记日期"),
    },
)
