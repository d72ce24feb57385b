"""Drawn identities, read and linked the way a night does it."""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from stdnum.iso7064 import mod_11_2

from matchers.identity_number import read_numbers
from matchers.link import AGREEMENTS, INPUTS, links, name_pairs_to_compare
from matchers.names import names_agree, read_names
from tests.drawn import drawn

TYPES = {"arrival": "int64", "row": "int64", "birth_date": "date"}
TEXTS = ("record_key", "record", "id_number", "name", "former_name", "sex")


def number(born: str, order: int = 11, place: str = "370881") -> str:
    """A made-up number with the right check character; an odd order is a man."""
    body = f"{place}{born.replace('-', '')}{order:03d}"
    return body + mod_11_2.calc_check_digit(body)


def identities(text: str) -> pa.Table:
    """The drawn rows with everything that matching reads from them."""
    header = text.strip().splitlines()[0].replace("|", " ").split()
    types = {name: type_ for name, type_ in TYPES.items() if name in header}
    return read(drawn(text, **types).to_pyarrow().to_pylist())


def read(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as dicts, enriched with what the readers of numbers and names say."""
    columns = {name: pa.array([r.get(name) for r in rows], pa.string()) for name in TEXTS}
    for name in ("arrival", "row"):
        columns[name] = pa.array([row.get(name, at) for at, row in enumerate(rows)], pa.int64())
    columns["birth_date"] = pa.array([row.get("birth_date") for row in rows], pa.date32())
    said = read_numbers(columns["id_number"])
    named = read_names(columns["name"], {})
    columns |= {
        "id_status": said["status"],
        "id_clean": said["number"],
        "id_birth_date": said["birth_date"],
        "id_sex": said["sex"],
        "name_key": named["name_key"],
        "former_name_key": read_names(columns["former_name"], {})["name_key"],
    }
    return pa.table(columns).select(list(INPUTS))


def linked(people: pa.Table) -> dict[str, dict[str, Any]]:
    """Links by record_key."""
    pairs_asked, links_asked = _questions()
    with duckdb.connect() as engine:
        engine.register("identities", people)
        engine.register("agreements", _answers(engine.sql(pairs_asked).to_arrow_table()))
        found = engine.sql(links_asked).to_arrow_table().to_pylist()
    assert len({link["record_key"] for link in found}) == len(found)
    return {link["record_key"]: link for link in found}


@cache
def _questions() -> tuple[str, str]:
    """Both steps compiled once: Ibis needs longer for that than the engine for a few rows."""
    people, answers = (
        ibis.table(INPUTS, name="identities"),
        ibis.table(AGREEMENTS, name="agreements"),
    )
    return (
        str(ibis.to_sql(name_pairs_to_compare(people), dialect="duckdb")),
        str(ibis.to_sql(links(people, answers), dialect="duckdb")),
    )


def _answers(pairs: pa.Table) -> pa.Table:
    left, right = pairs["left"].combine_chunks(), pairs["right"].combine_chunks()
    return pa.table({"left": left, "right": right, "agree": names_agree(left, right)})


def told(text: str) -> dict[str, tuple[str, str]]:
    """By record_key: the founder of its person and how it got there."""
    return {key: (link["founder"], link["how"]) for key, link in linked(identities(text)).items()}
