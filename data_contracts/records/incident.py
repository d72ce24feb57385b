"""An event the police attended. Never a narrative."""

from data_contracts.terms import Fact, FactType, Record

incident = Record(
    name="incident",
    title="警情",
    grain="one row per incident and person",
    columns={
        "occurred_on": Fact(type=FactType.DATE, means="发生日期"),
        "category": Fact(
            type=FactType.STRING,
            means="警情类别",
            one_of=(
                "fire",
                "disaster",
                "traffic",
                "accident",
                "crime_injury",
                "domestic_violence",
                "suicide",
                "missing",
                "abandonment",
                "other",
            ),
        ),
        "place_kind": Fact(
            type=FactType.STRING,
            means="场所",
            one_of=("home", "road", "workplace", "public", "other"),
        ),
        "role": Fact(
            type=FactType.STRING, means="角色", one_of=("victim", "party", "caller", "owner")
        ),
        "outcome": Fact(
            type=FactType.STRING, means="后果", one_of=("unharmed", "injured", "disabled", "dead")
        ),
    },
)
