"""A small home in which four records of two sources are doubtful, without any night."""

from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl

from flows import files
from flows.home import Home, existing_home
from flows.ledger import Ledger
from flows.publish.cells import plain
from flows.site import init_home
from flows.tables import create_tables
from tests.drawn import drawn
from tests.review.review_tables import doubts

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

IDENTITIES = """
    record_key | source             | record    | dated      | name | former_name | id_number          | id_clean           | id_birth_date | id_sex | sex    | birth_date | phone       | address          | registered_address | household_no | household_hash | contact_name | contact_relation
    reg1       | resident_register  | resident  | 2020-01-01 | 陈西成 | 陈细成      | 370881196803078810 | 370881196803078810 | 1968-03-07    | male   |        |            | 13812345678 | 姚村镇陈家寨村3组21号 | 姚村镇陈家寨村3组21号   | 3708810012   | hh1            |              |
    reg2       | resident_register  | resident  | 2020-01-01 | 李兰   |             | 370881197003078829 | 370881197003078829 | 1970-03-07    | female | female | 1970-03-07 |             | 姚村镇陈家寨村3组21号 |                    | 3708810012   | hh1            |              |
    reg3       | resident_register  | resident  | 2020-01-01 | 王五   |             |                    |                    |               |        | male   | 1990-01-01 |             |                  |                    |              |                |              |
    hos1       | hospital_discharge | admission | 2026-11-02 | 陈细成 |             | 37088119680307881  |                    |               |        | male   | 1968-03-17 | 13812345679 | 曲阜市姚村镇陈家寨     |                    |              |                | 李兰         | 配偶
    hos2       | hospital_discharge | admission | 2026-11-03 | 王武   |             |                    |                    |               |        | male   | 1990-01-01 |             |                  |                    |              |                |              |
    """

DOUBTED = doubts("""
    pair      | probability | would_change
    hos1 reg1 | 0.62        | +red:large_single_admission
    hos2 reg3 | 0.48        |
    """)


def made(folder, doubted=DOUBTED, identities=IDENTITIES) -> Home:
    """The home with these doubts published and these identities known."""
    init_home(folder)
    home = existing_home(folder)
    Ledger(home.ledger)
    know(home, identities)
    publish(home, doubted)
    return home


def know(home, identities) -> None:
    """Make these the identities that are known now."""
    rows = drawn(identities).to_pyarrow()
    with files.duckdb_database(home.work) as connection:
        create_tables(connection)
        connection.execute("DELETE FROM identities")
        connection.register("incoming", rows)
        connection.execute("INSERT INTO identities BY NAME SELECT * FROM incoming")


def publish(home, doubted) -> None:
    """Make these the doubts of the published night."""
    files.remove(home.snapshot)
    with files.duckdb_database(home.snapshot) as connection:
        connection.register("incoming", doubted.to_arrow())
        connection.execute("CREATE TABLE doubt AS FROM incoming")


HEADER_LINE, FIRST_LINE = 5, 6


class Sheet:
    """An exported workbook in the hands of an officer."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book.worksheets[0]

    def columns(self):
        """Where each column stands."""
        return {cell.value: cell.column for cell in self.sheet[HEADER_LINE] if cell.value}

    def line_of(self, name):
        """The first line of the question that shows somebody of this name."""
        column = self.columns()["姓名"]
        for line in range(FIRST_LINE, self.sheet.max_row + 1):
            if plain(self.sheet.cell(line, column).value).startswith(name):
                return line - (line - FIRST_LINE) % 2
        raise LookupError(name)

    def text(self, line, title):
        """What stands in a cell."""
        return self.sheet.cell(line, self.columns()[title]).value

    def fill(self, name, answer, note=None):
        """Answer the question about somebody."""
        line = self.line_of(name)
        self.sheet.cell(line, self.columns()["您的判断"]).value = answer
        if note:
            self.sheet.cell(line, self.columns()["备注"]).value = note
        return self

    def save(self, path=None):
        """Save as Excel does, here or elsewhere."""
        self.book.save(path or self.path)
        return path or self.path
