"""Refunds take their bills out exactly as somebody with the papers on a table would."""

from decimal import Decimal

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ON, days_ago, facts
from transforms.bills import burden, net_bills

BILLS = (
    "record_key | settlement_no | original_no | settled_on | is_refund | total_amount"
    " | person_id | institution_code\n"
)


def drawn_bills(rows):
    """Bills as 'number | original | days ago | flag | total', of ana; another person if added."""
    told = []
    for at, row in enumerate(line for line in rows.splitlines() if line.strip()):
        number, original, age, flag, total, *rest = (cell.strip() for cell in row.split("|"))
        person, institution = [*rest, *("ana", "H1")[len(rest) :]]
        told.append(
            f"r{at + 1} | {number} | {original} | {days_ago(int(age))} | {flag} | {total}"
            f" | {person} | {institution}"
        )
    bills = facts("settlement", BILLS + "\n".join(told))
    return bills.mutate(personal_amount=bills.total_amount)


def borne(rows, days=365):
    """What each person bore in the window, as the person total and as the sum of the amounts."""
    told = burden(drawn_bills(rows), "personal_amount", ON, days).to_pyarrow().to_pylist()
    sums = dict.fromkeys(sorted(row["person_id"] for row in told), Decimal(0))
    for row in told:
        sums[row["person_id"]] += row["amount"]
    assert all(row["person_total"] == sums[row["person_id"]] for row in told)
    return {person: int(total) for person, total in sums.items()}


SETTLED_ANEW = {
    "only the refund is flagged, and names its bill": """
        N |   | 40 | no  |  68000
        M | N | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "only the refund is flagged, and repeats the number": """
        N |   | 40 | no  |  68000
        N |   | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "only the refund is flagged, and has a number of its own": """
        N |   | 40 | no  |  68000
        M |   | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "both are flagged, and the refund names its bill": """
        N |   | 40 | yes |  68000
        M | N | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "both are flagged, and the refund repeats the number": """
        N |   | 40 | yes |  68000
        N |   | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "both are flagged, and the refund has a number of its own": """
        N |   | 40 | yes |  68000
        M |   | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "the bill came without the flag and again with it, and is named": """
        N |   | 40 | no  |  68000
        N |   | 40 | yes |  68000
        M | N | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "the bill came without the flag and again with it, and is not named": """
        N |   | 40 | no  |  68000
        N |   | 40 | yes |  68000
        M |   | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "the cancelled bill alone is flagged, its refund has not come": """
        N |   | 40 | yes |  68000
        P |   | 30 | no  |  65000
    """,
    "the cancelled bill alone is flagged after it came without the flag": """
        N |   | 40 | no  |  68000
        N |   | 40 | yes |  68000
        P |   | 30 | no  |  65000
    """,
    "the refund repeats the number and has no sign": """
        N |   | 40 | no  |  68000
        N |   | 30 | yes |  68000
        P |   | 30 | no  |  65000
    """,
    "the refund names its bill and has no sign": """
        N |   | 40 | no  |  68000
        M | N | 30 | yes |  68000
        P |   | 30 | no  |  65000
    """,
    "the cancelled bill was sent again with nothing in it": """
        N |   | 40 | no  |  68000
        N |   | 40 | yes |  0
        P |   | 30 | no  |  65000
    """,
    "the bill is older than our history, and named": """
        M | N | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "the bill is older than our history, and not named": """
        M |   | 30 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "the bill is older than the window, and named": """
        N |   | 400 | no  |  68000
        M | N | 30  | yes | -68000
        P |   | 30  | no  |  65000
    """,
    "the bill is older than the window, and not named": """
        N |   | 400 | no  |  68000
        M |   | 30  | yes | -68000
        P |   | 30  | no  |  65000
    """,
    "the bill was given back twice over": """
        N |   | 40 | no  |  68000
        M | N | 30 | yes | -68000
        O | N | 29 | yes | -68000
        P |   | 30 | no  |  65000
    """,
    "the bill was given back in two parts": """
        N |   | 40 | no  |  68000
        M | N | 30 | yes | -60000
        O | N | 29 | yes |  -8000
        P |   | 30 | no  |  65000
    """,
    "the refund came to somebody else's record, and names its bill": """
        N |   | 40 | no  |  68000
        M | N | 30 | yes | -68000 | ben
        P |   | 30 | no  |  65000
    """,
    "another bill of the very same amounts stands": """
        N |   | 40 | no  |  65000
        M | N | 30 | yes | -65000
        P |   | 30 | no  |  65000
    """,
    "settled anew for the same amounts on a later day, and not named": """
        N |   | 40 | no  |  65000
        M |   | 30 | yes | -65000
        P |   | 29 | no  |  65000
    """,
    "settled anew twice, all of it flagged": """
        N |   | 40 | yes |  68000
        M | N | 35 | yes | -68000
        O |   | 35 | yes |  66000
        Q | O | 30 | yes | -66000
        P |   | 30 | no  |  65000
    """,
}


@pytest.mark.parametrize("rows", SETTLED_ANEW.values(), ids=list(SETTLED_ANEW))
def test_a_bill_that_was_settled_anew_counts_once(rows):
    assert borne(rows) == {"ana": 65000}


@pytest.mark.parametrize("rows", SETTLED_ANEW.values(), ids=list(SETTLED_ANEW))
def test_whatever_the_order_in_which_the_rows_came(rows):
    backwards = "\n".join(reversed([line for line in rows.splitlines() if line.strip()]))
    assert borne(backwards) == {"ana": 65000}


PARTS = {
    "a part is given back and the bill named": (
        """
        N |   | 40 | no  | 10000
        M | N | 30 | yes | -3000
        """,
        7000,
    ),
    "a part is given back under the bill's number": (
        """
        N |   | 40 | no  | 10000
        N |   | 30 | yes | -3000
        """,
        7000,
    ),
    "a part is given back under the bill's number and has no sign": (
        """
        N |   | 40 | no  | 10000
        N |   | 30 | yes |  3000
        """,
        7000,
    ),
    "a part is given back under a number of its own": (
        """
        N |   | 40 | no  | 10000
        M |   | 30 | yes | -3000
        """,
        7000,
    ),
    "all but a fen of a yuan is given back": (
        """
        N |   | 40 | no  | 10000
        M | N | 30 | yes | -9999
        """,
        1,
    ),
    "a cancelled bill falls with the part of it that was given back": (
        """
        N |   | 40 | yes | 10000
        M | N | 30 | yes | -3000
        P |   | 30 | no  |  5000
        """,
        5000,
    ),
    "a part of a bill before the window says nothing of the window": (
        """
        N |   | 400 | no  | 10000
        M | N | 30  | yes | -3000
        P |   | 30  | no  |  5000
        """,
        5000,
    ),
    "a part may be of the bill in the window": (
        """
        N |   | 40 | no  | 10000
        M |   | 40 | yes | -3000
        """,
        7000,
    ),
    "a part cannot be of a later bill": (
        """
        M |   | 40 | yes | -3000
        N |   | 39 | no  | 10000
        """,
        10000,
    ),
    "a part cannot be of a smaller bill": (
        """
        N |   | 40 | no  |  2999
        M |   | 30 | yes | -3000
        """,
        2999,
    ),
    "a part cannot be of another institution's bill": (
        """
        N |   | 40 | no  | 10000 | ana | H1
        M |   | 30 | yes | -3000 | ana | H2
        """,
        10000,
    ),
    "a part may be of a bill of an institution that is not told": (
        """
        N |   | 40 | no  | 10000 | ana |
        M |   | 30 | yes | -3000 | ana | H2
        """,
        7000,
    ),
    "a refund of the same amount by another institution takes no bill": (
        """
        N |   | 40 | no  |  3000 | ana | H1
        M |   | 30 | yes | -3000 | ana | H2
        """,
        3000,
    ),
    "of two alike none is chosen, and the refund counts": (
        """
        N |   | 40 | no  |  3000
        O |   | 35 | no  |  3000
        M |   | 30 | yes | -3000
        """,
        3000,
    ),
    "of two alike of which one is before the window, the refund counts": (
        """
        N |   | 400 | no  |  3000
        O |   | 35  | no  |  3000
        P |   | 35  | no  |  5000
        M |   | 30  | yes | -3000
        """,
        5000,
    ),
    "of two alike the cancelled one is the refund's": (
        """
        N |   | 40 | yes |  3000
        O |   | 35 | no  |  3000
        M |   | 30 | yes | -3000
        """,
        3000,
    ),
    "of two equal bills, both before the window, one is given back within": (
        """
        N |   | 700 | no  |   900
        O |   | 690 | no  |   900
        M |   |  10 | yes |  -900
        P |   |  20 | no  | 14500
        """,
        14500,
    ),
    "of two equal bills, one before the window, one is given back": (
        """
        N |   | 700 | no  |   900
        O |   | 100 | no  |   900
        M |   |  10 | yes |  -900
        P |   |  20 | no  | 14500
        """,
        14500,
    ),
    "a bill of nothing takes and gives nothing": (
        """
        N |   | 40 | no  |  0
        M | N | 30 | yes |  0
        P |   | 30 | no  |  5000
        """,
        5000,
    ),
}


@pytest.mark.parametrize(("rows", "total"), PARTS.values(), ids=list(PARTS))
def test_what_is_given_back_in_part_or_of_nobody_knows_which_bill(rows, total):
    assert borne(rows) == {"ana": total}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("N |  | 40 | yes | 5000", {}),
        ("M |  | 40 | yes | -5000", {}),
        ("M | N | 40 | yes | -5000", {}),
        ("N |  | 40 | no | 5000\nM | N | 30 | yes | -5000", {}),
        ("N |  | 40 | no | 5000\nM |  | 30 | yes | -4000\nO |  | 30 | yes | -4000", {}),
        ("N |  | 40 | no | 5000\nM |  | 30 | yes | -2500\nO |  | 30 | yes | -2500", {"ana": 0}),
        ("N |  | 40 | no | 5000\nM |  | 30 | yes | -5000 | ben", {"ana": 5000}),
        ("N |  | 40 | no | 5000\nM | N | -1 | yes | -5000", {"ana": 5000}),
    ],
)
def test_nobody_bears_less_than_nothing(rows, left):
    assert borne(rows) == left


def test_a_correction_of_the_shares_counts_whatever_its_flag():
    head = "record_key | person_id | settlement_no | settled_on | is_refund | total_amount"
    for flag in ("yes", "no"):
        bills = facts(
            "settlement",
            f"""
            {head} | personal_amount
            a | ana | N | {days_ago(9)} | no     | 9000 | 4000
            b | ana | M | {days_ago(8)} | {flag} | 0    | -500
            """,
        )
        told = burden(bills, "personal_amount", ON, 365).to_pyarrow().to_pylist()
        assert {row["person_total"] for row in told} == {Decimal(3500)}


def test_equal_totals_of_which_the_person_bore_different_shares_are_different_bills():
    bills = facts(
        "settlement",
        f"""
        record_key | person_id | settled_on | is_refund | total_amount | personal_amount
        a | ana | {days_ago(9)} | no  |  9000 |  4000
        b | ana | {days_ago(9)} | no  |  9000 |  3000
        c | ana | {days_ago(8)} | yes | -9000 | -3000
        """,
    )
    assert keys(net_bills(bills, ON)) == {"a"}


@pytest.mark.parametrize("engine", ["duckdb", "pyspark"])
def test_the_rule_is_said_in_the_words_of_both_engines(engine):
    bills = ibis.table(facts("settlement").schema(), name="settlement")
    said = str(ibis.to_sql(burden(bills, "in_scope", ON, 365), dialect=engine))
    assert "original_no" in said


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.integers(-1, 5),
        st.sampled_from(["no", "no", "yes", ""]),
        st.sampled_from(["10", "20", ""]),
    ),
    max_size=10,
)


def standing_by_hand(entries):
    """In the order of days, bills first: once refunds have used up all bills alike, these fall."""
    numbered = [(f"r{at}", *entry) for at, entry in enumerate(entries) if entry[1] >= 0]
    waiting: dict[tuple[str, str], list[str]] = {}
    stands = {key for key, __, __, flag, amount in numbered if flag != "yes" or amount}
    for key, person, __, flag, amount in sorted(
        numbered, key=lambda each: (-each[2], each[3] == "yes", each[0])
    ):
        alike = waiting.setdefault((person, amount), [])
        if flag != "yes":
            alike.append(key)
        elif amount and alike:
            alike.append(key)
            refunds = sum(entries[int(one[1:])][2] == "yes" for one in alike)
            if 2 * refunds == len(alike):
                stands -= set(alike)
                alike.clear()
    return stands


@settings(max_examples=40, deadline=None)
@given(ENTRIES)
def test_refunds_without_a_number_pair_with_bills_as_by_hand(entries):
    head = "record_key | person_id | settled_on | is_refund | personal_amount\n"
    rows = [
        f"r{at} | {person} | {days_ago(age)} | {flag} | {'-' if flag == 'yes' and amount else ''}"
        f"{amount}"
        for at, (person, age, flag, amount) in enumerate(entries)
    ]
    left = net_bills(facts("settlement", head + "\n".join(rows)), ON)
    assert keys(left) == standing_by_hand(entries)


def keys(bills):
    return set(bills.record_key.to_pyarrow().to_pylist())
