import pyarrow as pa
import pytest

from flows.linkage_report.name_kinds import name_kinds
from flows.linkage_report.terms import NAME_GROUPS


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("张伟", "ordinary"),
        ("欧阳娜娜", "ordinary"),
        ("李堃", "rare"),
        ("\U00020bb7野", "rare"),
        ("买买提·吐尔逊", "minority"),
        ("买买提吐尔逊", "minority"),
        ("阿·堃", "minority"),
        ("李?", "partial"),
        ("李□强", "partial"),
        ("JOHN SMITH", "latin"),
        ("", "latin"),
    ],
)
def test_a_name_is_of_the_kind_that_makes_it_hardest(name, kind):
    assert name_kinds(pa.table({"name_key": [name]}))["name_kind"].to_pylist() == [kind]


def test_no_names_have_no_kinds():
    asked = pa.table({"name_key": pa.array([], pa.string())})
    assert name_kinds(asked).num_rows == 0


def test_every_kind_has_a_group():
    names = pa.table({"name_key": ["张伟", "李堃", "买买提·吐尔逊", "李?", "ANNA"]})
    assert {*name_kinds(names)["name_kind"].to_pylist(), "missing"} == set(NAME_GROUPS)
