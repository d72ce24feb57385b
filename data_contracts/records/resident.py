"""A person in the police register: household registration or floating population."""

from data_contracts.terms import Fact, FactType, Record

resident = Record(
    name="resident",
    title="人口登记",
    grain="one row per registered person and kind of registration",
    columns={
        "sex": Fact(type=FactType.STRING, means="性别", one_of=("male", "female")),
        "birth_date": Fact(type=FactType.DATE, means="出生日期"),
        "person_type": Fact(
            type=FactType.STRING, means="人口类别", one_of=("registered", "floating", "foreign")
        ),
        "household_kind": Fact(type=FactType.STRING, means="户别", one_of=("family", "collective")),
        "relation": Fact(
            type=FactType.STRING,
            means="与户主关系",
            one_of=(
                "head",
                "spouse",
                "son",
                "daughter",
                "grandchild",
                "parent",
                "grandparent",
                "sibling",
                "other",
                "none",
            ),
        ),
        "life_status": Fact(
            type=FactType.STRING,
            means="人口状态",
            one_of=("normal", "moved_out", "cancelled", "death_pending", "dead"),
        ),
        "status_on": Fact(type=FactType.DATE, means="状态日期"),
        "marital": Fact(
            type=FactType.STRING,
            means="婚姻状况",
            one_of=("single", "married", "widowed", "divorced", "unknown"),
        ),
        "lives_at_registered_address": Fact(
            type=FactType.STRING, means="人户一致", one_of=("yes", "no")
        ),
    },
)
