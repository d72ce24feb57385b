"""What an answer would change, said before the answer."""

import pytest

from flows.review.effects import Belonging, effects

HE = Belonging(person_id="P1", household_id="H1", people=3)
WIFE = Belonging(person_id="P2", household_id="H1", people=3)
STRANGER = Belonging(person_id="P3", household_id="H2", people=2)
ALONE = Belonging(person_id="P4", household_id="H3", people=1)


@pytest.mark.parametrize(("one", "other", "changes", "said"), [
    (HE, WIFE, [], ["同一户的两个人并为一人"]),
    (HE, STRANGER, [], ["其中一户少一人"]),
    (HE, ALONE, [], ["其中一户只有此人,随之取消"]),
    (HE, ALONE, ["+red:rent_arrears"], ["随之取消", "若是同一人,将新增预警"]),
    (HE, HE, ["-red:rent_arrears"], ["另立一人,家庭可能随之拆分", "若不是,将取消预警"]),
    (None, HE, ["+red:rent_arrears"], ["若是同一人,将新增预警"]),
    (None, HE, [], []),
])  # fmt: skip
def test_joining_parting_and_findings_are_told(one, other, changes, said):
    found = effects(one, other, changes)
    assert len(found) == len(said)
    assert all(words in line for words, line in zip(said, found, strict=True))


def test_a_sensitive_kind_is_not_named_to_reviewers():
    from transforms.signals import SIGNALS

    name = next(name for name, signal in SIGNALS.items() if signal.is_sensitive)
    assert "敏感情形" in effects(HE, STRANGER, [f"+red:{name}"])[1]
