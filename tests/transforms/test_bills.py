"""Refunds take their bills out exactly as somebody with the papers on a table would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ON, days_ago, facts
from transforms.bills import net_bills

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
    """In the order of days, bills first, each refund takes the earliest bill still open."""
    numbered = [(f"r{at}", *entry) for at, entry in enumerate(entries) if entry[1] >= 0]
    open_bills: dict[tuple[str, str], list[str]] = {}
    stands = set()
    for key, person, __, refund, amount in sorted(
        numbered, key=lambda each: (-each[2], each[3] == "yes", each[0])
    ):
        waiting = open_bills.setdefault((person, amount), [])
        if refund != "yes":
            waiting.append(key)
            stands.add(key)
        elif waiting:
            stands.remove(waiting.pop(0))
        else:
            stands.add(key)
    return stands


@settings(max_examples=40, deadline=None)
@given(ENTRIES)
def test_refunds_pair_with_bills_as_by_hand(entries):
    head = "record_key | person_id | settled_on | is_refund | personal_amount\n"
    rows = [
        f"r{at} | {person} | {days_ago(age)} | {refund} | {amount}"
        for at, (person, age, refund, amount) in enumerate(entries)
    ]
    left = net_bills(facts("settlement", head + "\n".join(rows)), ON)
    assert set(left.record_key.to_pyarrow().to_pylist()) == standing_by_hand(entries)
