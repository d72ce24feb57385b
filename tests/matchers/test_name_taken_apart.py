"""A rare character in parts: what counts as one, and what is another name."""

import pyarrow as pa
import pytest

from matchers.name_comparison import compare_names
from matchers.name_levels import NameLevel


@pytest.mark.parametrize(
    ("whole", "parted", "is_one"),
    [
        ("李晨頔", "李晨由页", True),
        ("马红骉", "马红马马马", True),
        ("张頔文", "张由页文", True),
        ("刘骉", "刘马马马", True),
        ("刘骉", "刘志强", False),
        ("李晨頔", "李晨由页山石", False),
        ("李晨頔", "王晨由页", False),
        ("李晨頔", "李辰由页", False),
        ("李晨明", "李晨日月", False),
    ],
    ids=[
        "two",
        "three",
        "inside",
        "one thrice",
        "anything",
        "too many",
        "surname",
        "rest",
        "common",
    ],
)
def test_a_rare_character_may_be_written_as_its_parts(whole, parted, is_one):
    (level,) = compare_names(pa.array([whole]), pa.array([parted])).to_pylist()
    assert (level == NameLevel.PARTIAL) == is_one
