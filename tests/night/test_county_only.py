"""A stay that only the county may hear of, from the hospital's file to the village's sheet."""

import csv
import io
import zipfile

import pytest

from flows import files
from flows.ledger import Ledger
from flows.site import synthetic_nights
from flows.why_household import why_household
from tests.night import county

TOWNSHIP = "姚村镇"
BILL = "约6.8万元"
SHEETS = "工作单"


def told_of(after_first_night, folder, diagnosis):
    """The county on the night on which the man of 陈家寨村 came home, treated for another illness."""
    home = county.copy(after_first_night, folder / "home")
    policy = home.policy / "county.toml"
    listed = policy.read_text("utf-8").replace('"C0",', '"C0", "B19", "B20", "F99", "G00",', 1)
    policy.write_text(listed, "utf-8")
    night = synthetic_nights(home)[3]
    (stay,) = (home.root / "inbox-by-night" / str(night) / "hospital_discharge").glob("*.csv")
    text = stay.read_bytes()
    assert text.count(b"N18.5") == 1
    stay.write_bytes(text.replace(b"N18.5", diagnosis.encode()).replace(b"I74.3", b"-"))
    county.run(home, 3)
    return home, home.outbox / str(night)


def rows_of(outbox, place):
    """The printed rows of the list of a township, or of the county."""
    return [
        row
        for path in (outbox / SHEETS).glob(f"*_{place}_*.csv")
        for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    ]


def everything_sent(outbox):
    """All that the townships' sheets say, workbooks unpacked."""
    for path in (outbox / SHEETS).iterdir():
        if "_县级_" in path.name:
            continue
        if path.suffix == ".csv":
            yield path.read_bytes().decode("utf-8-sig")
        else:
            with zipfile.ZipFile(path) as book:
                yield from (book.read(name).decode("utf-8") for name in book.namelist())


def his_findings(home):
    """Signal to whether it stays at the county, of whoever bore the bill of that night."""
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        return snapshot.execute(
            "SELECT household_id, signal, is_sensitive FROM finding WHERE person_id = ("
            "SELECT person_id FROM finding WHERE signal = 'large_single_admission' "
            "AND measure BETWEEN 67500 AND 69000)"
        ).fetchall()


@pytest.mark.parametrize("diagnosis", ["B20.6", "F99.x"])
def test_his_village_is_told_nothing_and_the_county_looks(after_first_night, tmp_path, diagnosis):
    home, outbox = told_of(after_first_night, tmp_path, diagnosis)
    found = his_findings(home)
    assert {"new_serious_disease", "large_single_admission"} <= {row[1] for row in found}
    assert all(is_sensitive for __, signal, is_sensitive in found if "admission" in signal)
    ((household,),) = {row[:1] for row in found}

    ledger = Ledger(home.ledger)
    (order,) = [one for one in ledger.orders(ledger.position()) if one.household_id == household]
    assert order.township_code == home.config.site.county
    (his,) = [row for row in rows_of(outbox, "县级") if row["工作单号"] == order.order_no]
    assert "请在县级控制台查看" in his["走访原因"]

    sent = list(everything_sent(outbox))
    assert sent
    for text in sent:
        for word in (order.order_no, his["姓名"], BILL, diagnosis[:3], "艾滋", "HIV", "精神"):
            assert word not in text
    told = "\n".join(why_household(home, household))
    assert "状态:由县级处理——含不宜下发乡镇的情形,由县级统筹处理" in told
    assert "(只由县级处理)" in told


@pytest.mark.parametrize("diagnosis", ["B19.9", "G00.9"])
def test_with_the_code_beside_it_his_village_goes_as_ever(after_first_night, tmp_path, diagnosis):
    home, outbox = told_of(after_first_night, tmp_path, diagnosis)
    assert not any(is_sensitive for __, __, is_sensitive in his_findings(home))
    (his,) = [row for row in rows_of(outbox, TOWNSHIP) if BILL in row["走访原因"]]
    assert "之后可能需要较长时间休养和照料" in his["走访原因"]
    assert BILL not in "".join(cell for row in rows_of(outbox, "县级") for cell in row.values())
