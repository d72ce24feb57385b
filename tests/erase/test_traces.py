"""What the last search takes for somebody's: a bare common name is somebody else's, too.

王伟, born 1974-01-30, 370881197401300231, telephone 13812345678.
"""

import pytest

from flows import files
from flows.erasure.remaining import remaining
from flows.erasure.traces import Traces
from flows.publish.protected import protected
from tests.night import county
from tests.returns.returned import workbook_of

TRACES = Traces(
    numbers=["370881197401300231", "370881740130023"],
    names=["王伟"],
    births=["1974-01-30"],
    phones=["13812345678"],
)
OTHER = "370881198505050017"


@pytest.mark.parametrize(
    ("row", "delivered", "own"),
    [
        # the number, however it is written
        (["李强", "370881197401300231"], True, True),
        (["370881 19740130 0231"], True, True),
        (["370881740130023", ""], True, True),
        # the name alone, or the day, or the telephone alone
        (["王伟", "山东省"], False, False),
        (["李强", "1974-01-30"], False, False),
        (["李强", "13812345678"], False, False),
        # the name with the day, as departments write it
        (["王 伟", "1974-01-30"], True, True),
        (["王伟", "19740130"], True, True),
        (["王伟", "1974/1/30"], True, True),
        (["王伟", "1974年1月30日"], True, True),
        (["王伟", "1974年01月30日"], True, True),
        (["王伟", "1974-01-31"], False, False),
        # the name with the telephone: in a department's row that may be a contact
        (["王伟", "138-1234-5678"], False, True),
        # a row that says by its number whose it is
        (["王伟", "1974-01-30", OTHER], False, False),
        (["李强", OTHER, "王伟", "13812345678"], False, False),
    ],
)
def test_a_row_is_theirs_by_number_or_by_name_with_something_of_theirs(row, delivered, own):
    assert (TRACES.in_delivered(row), TRACES.in_own(row)) == (delivered, own)


PASSWORD = "出门不忘带好钥匙"
ROWS = [["姓名", "登记电话"], ["王伟", "13812345678"]]
ALONE = [["姓名", "登记电话"], ["王伟", "13900000000"]]
ODD = "打不开"


@pytest.mark.parametrize(
    ("place", "content", "found"),
    [
        ("outbox/a.xlsx", protected(workbook_of(ROWS), PASSWORD), {"outbox": 1}),
        ("outbox/a.xlsx", protected(workbook_of(ALONE), PASSWORD), {}),
        ("outbox/a.xlsx", protected(workbook_of(ALONE), ODD * 3), {"outbox": 1}),
        ("outbox/a.xlsx", workbook_of(ROWS), {"outbox": 1}),
        ("outbox/a.csv", "姓名,电话\r\n王伟,13812345678\r\n".encode("gb18030"), {"outbox": 1}),
        ("outbox/晨报.html", "<p>王伟 13812345678</p>".encode(), {"outbox": 1}),
        ("quarantine/vehicle/a.csv", "姓名,生日\n王伟,1974-01-30\n".encode(), {"quarantine": 1}),
        ("held/vehicle/a.csv", "姓名,联系人电话\n王伟,13812345678\n".encode(), {}),
        ("archive/returns/a.csv", "姓名,电话\n王伟,13812345678\n".encode(), {"archive": 1}),
        (
            "state/alerts/a.json",
            '{"name": "王伟", "phone": "13812345678"}'.encode(),
            {"state/alerts": 1},
        ),
    ],
)
def test_every_place_is_searched_row_by_row_also_behind_our_password(
    place, content, found, before_any_night
):
    home = before_any_night
    files.write(home.list_password, PASSWORD)
    files.write(home.root / place, content)
    assert dict(remaining(home, TRACES)) == found


@pytest.fixture
def before_any_night(fresh_county, tmp_path):
    """A county whose people the search knows nothing of."""
    home = county.copy(fresh_county, tmp_path / "home")
    with files.ledger_database(home.ledger):
        return home


def test_a_person_is_found_in_the_ledger_and_in_the_working_database(after_first_night, tmp_path):
    home = county.copy(after_first_night, tmp_path / "home")
    assert not remaining(home, TRACES)
    with files.ledger_database(home.ledger) as ledger:
        ledger.execute("INSERT INTO entry (kind, who, body) VALUES ('note', '王伟', '13812345678')")
    with files.duckdb_database(home.work) as working:
        working.execute(
            "INSERT INTO identities BY NAME SELECT '王伟' AS name, DATE '1974-01-30' AS birth_date"
        )
    assert dict(remaining(home, TRACES)) == {"state/ledger.sqlite": 1, "state/work.duckdb": 1}
