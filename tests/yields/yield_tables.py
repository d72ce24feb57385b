"""Orders, visits and people drawn as they come: one line stands for `times` of them."""

from datetime import date, timedelta
from itertools import count

import polars as pl

from flows.ledger import WorkOrder
from flows.returns.taken import Visit
from flows.yields.rows import PEOPLE
from flows.yields.telling import yields
from tests.drawn import drawn

NIGHT = date(2026, 11, 21)
TOWNSHIPS = {"370881001": "鲁城街道", "370881101": "吴村镇"}
CODES = {
    "helped": "15",
    "procedure": "20",
    "known": "62",
    "county": "90",
    "too_rich": "30",
    "relieved": "33",
    "unwilling": "40",
    "gone": "52",
    "shut": "54",
}


def order(number, signals=("rent_arrears",), *, on=NIGHT, town="370881101", lead="P1", over=None):
    return WorkOrder(
        order_no=number,
        issued_on=on,
        household_id="H",
        township_code=town,
        severity=2,
        signals=list(signals),
        members=list(over or [lead]),
        printed={"lead": lead},
    )


def visit(number, *codes, on=NIGHT):
    return Visit(
        order_no=number,
        visited_on=on,
        visitor="",
        reached=None,
        codes=codes,
        amount=None,
        address=None,
        phone=None,
        needs="",
        note="",
        sheet="",
        line=2,
    )


def person(number, home=None, *, sex="female", age=40, town="370881101", has=True):
    return (home, number, sex, age, town, has)


def people_of(*rows):
    return pl.DataFrame(rows, schema=PEOPLE, orient="row")


def seen_of(*rows):
    schema = {"person_id": pl.String, "signal": pl.String, "first_found": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def told(text, *, unflagged=0):
    """The yield of a drawn county: each line is `times` households of one flagged person.

    Columns: times, signal (none: flagged by nothing), town, sex, age, has, found (days ago), issued
    (days ago; none: no order), result (a key of CODES; none: not visited), after (days).
    """
    people, seen, orders, visits = [], [], [], {}
    numbers = (f"{place:06d}" for place in count(1))
    for row in drawn(text).to_pyarrow().to_pylist():
        given = {name: value for name, value in row.items() if isinstance(value, str)}
        for _ in range(int(given["times"])):
            number = next(numbers)
            lead = f"P{number}"
            people.append(
                person(
                    lead,
                    f"H{number}",
                    sex=given.get("sex", "female"),
                    age=int(given.get("age", 40)),
                    town=given.get("town", "370881101"),
                    has=given.get("has", "yes") == "yes",
                )
            )
            signal = given.get("signal")
            if signal and signal != "random_sample":
                seen.append((lead, signal, _ago(given.get("found", "30"))))
            if "issued" in given:
                issued = _ago(given["issued"])
                orders.append(order(number, [signal], on=issued, town=people[-1][4], lead=lead))
            if "result" in given:
                on = issued + timedelta(days=int(given.get("after", 3)))
                visits[number] = visit(number, CODES[given["result"]], on=on)
    return yields(
        orders, visits, seen_of(*seen), people_of(*people), unflagged, NIGHT, townships=TOWNSHIPS
    )


def _ago(days):
    return NIGHT - timedelta(days=int(days))


def one(rows, group):
    """The row of a group."""
    (found,) = [row for row in rows if row["group"] == group]
    return found
