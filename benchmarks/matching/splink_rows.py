"""The rows of a city as a careful user of Splink would prepare them, in DuckDB SQL.

Numbers are cleaned (width, blanks, quotes, 15 to 18 digits, placeholders away; a number that was
damaged but still looks like one stays, for the fuzzy level). Names lose blanks and notes in
brackets. Dates become ISO text. Addresses lose the province and city in front.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import duckdb

FIELDS = ("name", "id_number", "sex", "birth_date", "address", "phone")
WIDE, NARROW = "０１２３４５６７８９Ｘｘx", "0123456789XXX"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

RAW = """
create table raw_{name} as
select row_number() over () as row, {columns}
from read_csv('{file}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
"""
CLEAN = """
create table {name} as
with numbers as (
  select *,
    regexp_replace(translate(id_number, '{wide}', '{narrow}'), '[^0-9X*]', '', 'g') as digits,
    regexp_extract_all(birth_date, '[0-9]+') as parts
  from raw_{name}
), long as (
  select *, case when regexp_full_match(digits, '[1-9][0-9]{{14}}')
    then substr(digits, 1, 6) || '19' || substr(digits, 7) else digits end as body
  from numbers
), checked as (
  select *, case when regexp_full_match(body, '[1-9][0-9]{{16}}') and length(digits) = 15
    then body || substr('10X98765432', 1 + ({checksum}) % 11, 1) else body end as number
  from long
)
select
  '{name}:' || row as unique_id,
  nullif(regexp_replace(name, '[\\s　]|[(（].*$', '', 'g'), '') as name,
  case when regexp_full_match(number, '[1-9][0-9]{{16}}[0-9X]')
    and number not like '%000000' and number <> '123456789012345678'
    and length(list_distinct(regexp_extract_all(number, '.'))) > 3 then number end as id_no,
  case sex when '男' then 'M' when '1' then 'M' when '女' then 'F' when '2' then 'F' end as sex,
  case
    when length(parts) = 3
      then lpad(parts[1], 4, '0') || '-' || lpad(parts[2], 2, '0') || '-' || lpad(parts[3], 2, '0')
    when regexp_full_match(birth_date, '[0-9]{{8}}')
      then substr(birth_date, 1, 4) || '-' || substr(birth_date, 5, 2) || '-' || substr(birth_date, 7)
  end as dob,
  nullif(regexp_replace(address, '^湖南省|^(湖南省)?株洲市', ''), '') as address,
  case when length(regexp_replace(phone, '[^0-9]', '', 'g')) >= 11
    then right(regexp_replace(phone, '[^0-9]', '', 'g'), 11) end as phone
from checked
"""


def load(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """One clean table per department; returns their names."""
    spec = tomllib.loads((folder / "spec.toml").read_text("utf-8"))
    checksum = " + ".join(
        f"{weight} * try_cast(substr(body, {place}, 1) as int)"
        for place, weight in enumerate(WEIGHTS, start=1)
    )
    names = []
    for table in spec["table"]:
        told = table["columns"]
        columns = ", ".join(
            f'"{told[field]}" as {field}' if field in told else f"null::varchar as {field}"
            for field in FIELDS
        )
        file = str(folder / table["file"]).replace("'", "''")
        name = table["name"]
        connection.execute(RAW.format(name=name, columns=columns, file=file)).fetchall()
        sql = CLEAN.format(name=name, wide=WIDE, narrow=NARROW, checksum=checksum)
        connection.execute(sql).fetchall()
        connection.execute(f"drop table raw_{name}").fetchall()
        names.append(name)
    return names
