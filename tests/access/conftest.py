"""A county with a table of people, and a way to be each of them."""

from functools import partial

import pytest

from flows import files
from tests.cli.command import doorstep_here
from tests.night import county

PEOPLE = """\
账号,姓名,角色,乡镇代码
op,甲,运维员,
officer,乙,民政数据员,
reviewer,丙,核对员,
clerk,丁,乡镇经办,{township}
auditor,戊,审计员,
admin,己,管理员,
"""


@pytest.fixture
def home(after_first_night, tmp_path):
    """A county after its first night, with its clerk in the township of the first order."""
    copied = county.copy(after_first_night, tmp_path / "home")
    from flows.ledger import Ledger

    order = Ledger(copied.ledger).orders(10**9)[0]
    files.write(copied.policy / "people.csv", PEOPLE.format(township=order.township_code))
    return copied


@pytest.fixture
def run_as(monkeypatch, capsys):
    """Run a command in this process as somebody."""

    def run(account, *arguments):
        monkeypatch.setattr("flows.access.people.account_of", lambda _home: account)
        return partial(doorstep_here, monkeypatch, capsys)(*arguments)

    return run
