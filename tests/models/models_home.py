"""A small home whose records are known, without any night: a register, a hospital, some dirt."""

import random
from datetime import date, timedelta

import polars as pl
import pyarrow as pa
from stdnum.cn import ric

from flows import files
from flows.home import Home, existing_home
from flows.ledger import Ledger
from flows.site import init_home
from flows.tables import create_tables
from matchers.names import read_names

PEOPLE, STAYS, UNNUMBERED = 2600, 2300, 700
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"


def made(folder) -> Home:
    """The home, with 2,300 pairs that a number proves and 700 records without a number."""
    init_home(folder)
    home = existing_home(folder)
    Ledger(home.ledger)
    know(home, records())
    return home


def know(home: Home, rows: list[dict]) -> None:
    """Make these the records that are known now, read as a night reads them."""
    names = pl.from_arrow(read_names(pa.array(sorted({row["name"] for row in rows})), {}))
    readings = ["name_key", "name_pinyin", "name_bag", "surname_sound", "given_sound"]
    frame = pl.DataFrame(rows, infer_schema_length=None).join(
        names.select("value", *readings), left_on="name", right_on="value"
    )
    with files.duckdb_database(home.work) as connection:
        create_tables(connection)
        connection.execute("DELETE FROM identities; DELETE FROM delivery")
        connection.execute("INSERT INTO delivery (arrival, delivery) VALUES (1, 'a'), (2, 'b')")
        connection.register("incoming", frame.to_arrow())
        connection.execute("INSERT INTO identities BY NAME SELECT * FROM incoming")


def records(seed=7) -> list[dict]:
    """Register rows of everybody, hospital rows of some, the last of them without a number."""
    luck = random.Random(seed)
    people = [_person(luck, at) for at in range(PEOPLE)]
    register = [_row(one, "resident_register", "resident", 1, at) for at, one in enumerate(people)]
    stays = []
    for at in range(STAYS + UNNUMBERED):
        one = dict(people[at % PEOPLE])
        if luck.random() < 0.05:
            one["name"] = one["name"][0] + luck.choice(GIVEN) + one["name"][2:]
        if luck.random() < 0.04:
            one["birth_date"] += timedelta(days=luck.choice([1, 9, 31, 365]))
        if luck.random() < 0.2:
            one["phone_key"] = f"139{luck.randrange(10**8):08}"
        stays.append(_row(one, "hospital_discharge", "admission", 2, at, at < STAYS))
    return register + stays


def _person(luck: random.Random, at: int) -> dict:
    born = date(1940, 1, 1) + timedelta(days=luck.randrange(27_000))
    body = f"370881{born:%Y%m%d}{at % 1000:03}"
    number = body + ric.calc_check_digit(body + "0")
    given = "".join(luck.choice(GIVEN) for _ in range(luck.choice([1, 2, 2])))
    return {
        "name": luck.choice(SURNAMES) + given,
        "birth_date": born,
        "sex": "male" if at % 2 else "female",
        "phone_key": f"138{at:08}",
        "address": f"曲阜市姚村镇陈家寨村{at % 40}组{at}号",
        "number": number,
    }


def _row(one: dict, source: str, record: str, arrival: int, at: int, numbered=True) -> dict:
    said = {name: value for name, value in one.items() if name != "number"}
    number = one["number"] if numbered else None
    return {
        **said,
        "record_key": f"{source[:3]}{at}",
        "source": source,
        "record": record,
        "version": 1,
        "arrival": arrival,
        "row": at + 1,
        "known_from": arrival,
        "id_status": "valid" if numbered else "missing",
        "id_text": number,
        "id_clean": number,
        "id_birth_date": ric.get_birth_date(number) if number else None,
        "id_sex": one["sex"] if numbered else None,
        "township_code": "370881102" if at % 3 else None,
    }
