"""Small towns of people who are easily taken for one another, and what departments write of them."""

from hypothesis import strategies as st

from tests.matchers.linking import OTHER, REGISTER, Record, broken, masked, number

NAMES = [
    "陈大成",
    "陈达城",
    "陈大方",
    "李秀英",
    "李秀",
    "陈志远",
    "王强",
    "张伟",
    "买买提·吐尔逊",
    "欧阳修远",
]
BIRTHS = ["1963-05-14", "1963-05-15", "1965-08-22", "1993-11-07", "1993-07-11", "2024-03-12"]
PHONES = ["13800000001", "13800000002", "13800000003"]

people = st.builds(
    lambda name, born, order, phone, home: {
        "name": name, "birth": born, "number": number(born, order), "phone": phone,
        "household": home, "sex": "男" if order % 2 else "女",
    },
    st.sampled_from(NAMES),
    st.sampled_from(BIRTHS),
    st.integers(10, 14),
    st.sampled_from(PHONES),
    st.sampled_from(["h1", "h2", "h3"]),
)  # fmt: skip

cells = st.fixed_dictionaries(
    {
        "number": st.sampled_from(
            ["own", "own", "own", "none", "none", "another", "broken", "masked"]
        ),
        "name": st.sampled_from(["own", "own", "own", "own", "none", "another", "part", "child"]),
        "birth": st.sampled_from(["own", "own", "own", "own", "none", "another", "year"]),
        "phone": st.sampled_from(["own", "none", "another"]),
        "sex": st.sampled_from(["own", "own", "none"]),
        "household": st.sampled_from(["own", "none"]),
        "contact": st.sampled_from(["none", "none", "another"]),
    }
)

ALTERED = {
    "broken": broken,
    "masked": masked,
    "part": lambda name: f"{name[0]}?{name[2:]}",
    "child": lambda name: f"{name}之子",
    "year": lambda born: born[:4],
}


def said(one: dict[str, str], another: dict[str, str], how: dict[str, str]) -> Record:
    """What a department writes of one person, some of it another person's."""
    record: Record = {}
    for field, kind in how.items():
        own = another["name"] if field == "contact" else one[field]
        if kind != "none":
            record[field] = another[field.replace("contact", "name")] if kind == "another" else own
        if kind in ALTERED:
            record[field] = ALTERED[kind](own)
    return record


@st.composite
def towns(draw: st.DrawFn) -> list[Record]:
    """Up to a dozen rows: register entries, some without a number, and other departments' rows."""
    living = draw(st.lists(people, min_size=2, max_size=4))
    rows = [
        {**one, "source": REGISTER, "number": one["number"] if draw(st.booleans()) else None}
        for one in living
        if draw(st.integers(0, 3))
    ]
    person = st.sampled_from(living)
    sources = st.sampled_from([OTHER, OTHER, "school", REGISTER])
    for _ in range(draw(st.integers(3, 8))):
        rows.append({**said(draw(person), draw(person), draw(cells)), "source": draw(sources)})
    return [{**row, "rid": at} for at, row in enumerate(rows, 1)]
