"""A disability that the federation of disabled people has assessed and issued a card for."""

from data_contracts.terms import Fact, FactType, Record

disability = Record(
    name="disability",
    title="残疾人证",
    grain="one row per person and card issued",
    columns={
        "disability": Fact(
            type=FactType.STRING,
            means="残疾类别",
            one_of=(
                "visual",
                "hearing",
                "speech",
                "physical",
                "intellectual",
                "mental",
                "multiple",
            ),
        ),
        "disability_grade": Fact(
            type=FactType.STRING,
            means="残疾等级(一级最重)",
            one_of=("1", "2", "3", "4"),
        ),
        "card_status": Fact(
            type=FactType.STRING,
            means="残疾人证状态",
            one_of=("valid", "expired", "cancelled"),
        ),
        "issued_on": Fact(type=FactType.DATE, means="发证日期"),
    },
)
