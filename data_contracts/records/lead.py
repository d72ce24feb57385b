"""Somebody told us of a person in need: a hotline, a village, a visitor or the person."""

from data_contracts.terms import Fact, FactType, Record

lead = Record(
    name="lead",
    title="困难线索",
    grain="one row per lead and person",
    columns={
        "reported_on": Fact(type=FactType.DATE, means="反映日期"),
        "channel": Fact(
            type=FactType.STRING,
            means="线索渠道",
            one_of=("hotline", "village", "visitor", "self"),
        ),
        "need": Fact(
            type=FactType.STRING,
            means="困难类别",
            one_of=("illness", "income", "housing", "care", "disaster", "schooling", "other"),
        ),
        "urgent": Fact(type=FactType.STRING, means="是否紧急", one_of=("yes", "no")),
    },
)
