"""How safe a house is, as the last survey graded it."""

from data_contracts.terms import Fact, FactType, Record

dangerous_house = Record(
    name="dangerous_house",
    title="房屋安全鉴定",
    grain="one row per surveyed house and occupant household",
    columns={
        "grade": Fact(type=FactType.STRING, means="鉴定等级", one_of=("A", "B", "C", "D")),
        "surveyed_on": Fact(type=FactType.DATE, means="鉴定日期"),
        "sole_dwelling": Fact(type=FactType.STRING, means="是否唯一住房", one_of=("yes", "no")),
        "repaired_on": Fact(type=FactType.DATE, means="改造竣工日期"),
    },
)
