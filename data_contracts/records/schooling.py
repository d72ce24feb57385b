"""A pupil's or student's school year: which stage, what it costs the family, whether they attend."""

from data_contracts.terms import Fact, FactType, Record

schooling = Record(
    name="schooling",
    title="在学情况",
    grain="one row per pupil and school year",
    columns={
        "year_begins_on": Fact(type=FactType.DATE, means="学年开始日期(按九月一日)"),
        "stage": Fact(
            type=FactType.STRING,
            means="就读学段",
            one_of=(
                "preschool",
                "compulsory",
                "high_school",
                "vocational",
                "college",
                "university",
            ),
        ),
        "own_cost": Fact(type=FactType.MONEY, means="资助后家庭自付学年费用(元)"),
        "aid_amount": Fact(type=FactType.MONEY, means="学年资助金额(元)"),
        "enrolment_status": Fact(
            type=FactType.STRING,
            means="在学状态",
            one_of=("enrolled", "left", "dropout_suspected"),
        ),
        "reported_on": Fact(type=FactType.DATE, means="数据日期"),
    },
)
