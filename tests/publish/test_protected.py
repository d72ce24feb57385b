import io

import openpyxl
import pytest

from flows.errors import DoorstepError
from flows.publish.protected import list_password, opened, protected
from flows.publish.work_order_xlsx import work_order_xlsx
from tests.publish.order_lines import CHEN, township

PASSWORD = "曲阜-2026-冬"


def test_a_protected_list_opens_with_its_password_and_says_the_same():
    plain = work_order_xlsx(township())
    locked = protected(plain, PASSWORD)
    assert opened(locked, PASSWORD) == plain
    assert openpyxl.load_workbook(io.BytesIO(opened(locked, PASSWORD)))["陈家寨村"]["A6"].value


def test_without_the_password_nothing_of_it_can_be_read():
    locked = protected(work_order_xlsx(township()), PASSWORD)
    assert opened(locked, PASSWORD + "x") == locked
    for text in (CHEN.person_name, CHEN.order_no, "sharedStrings"):
        assert text.encode("utf-8") not in locked
        assert text.encode("utf-16-le") not in locked


def test_the_password_is_read_from_a_file_of_its_owner(tmp_path):
    path = tmp_path / "list_password"
    assert list_password(path) is None
    path.write_text(f"{PASSWORD}\n", encoding="utf-8")
    path.chmod(0o600)
    assert list_password(path) == PASSWORD


@pytest.mark.parametrize(
    ("mode", "text", "why"),
    [(0o640, PASSWORD, "其他用户"), (0o604, PASSWORD, "其他用户"), (0o600, "1234567", "8 位")],
)
def test_a_password_that_others_read_or_guess_is_refused(tmp_path, mode, text, why):
    path = tmp_path / "list_password"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(DoorstepError, match=why) as told:
        list_password(path)
    assert text not in str(told.value)


def test_what_comes_back_protected_is_opened_and_anything_else_stays_as_it_came():
    plain = work_order_xlsx(township())
    locked = protected(plain, PASSWORD)
    assert opened(locked, PASSWORD) == plain
    assert opened(locked, "another password") == locked
    assert opened(locked, None) == locked
    assert opened(plain, PASSWORD) == plain
    assert opened(locked[:512], PASSWORD) == locked[:512]
