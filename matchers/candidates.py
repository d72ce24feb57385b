"""Who could a record be? Equality keys bring together pairs that are worth comparing.

Each key is a list of columns that must be equal. A block (the known people under one value) that is
larger than the key's bound tells too little and is left out: other keys must find those pairs.
Keys come in waves. Only records that the first wave did not settle are sought in the next, weaker
one, so that almost everybody costs one or two comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.workbench import Workbench


@dataclass(frozen=True)
class Key:
    """Columns of the seeking record that must equal columns of a known one; blocks up to `bound`.

    Keys that are `plain` text are looked up several at a time: there are many of them.
    """

    name: str
    seeker: tuple[str, ...]
    known: tuple[str, ...]
    bound: int = 60
    plain: bool = False


def same(name: str, *columns: str, bound: int = 60) -> Key:
    """A key of columns that have one name on both sides."""
    return Key(name, columns, columns, bound)


STRONG = (
    same("name and birth date", "name_bag", "birth_date"),
    Key(
        "former name and birth date", ("former_name_bag", "birth_date"), ("name_bag", "birth_date")
    ),
    same("document", "id_text", bound=20),
    same("end of the number", "id_tail", bound=20),
    same("start of the number", "id_head", bound=20),
    same("both ends of the number", "id_ends", bound=20),
)
"""Most records find their person by one of these."""

WEAK = (
    same("surname and birth date", "surname_sound", "birth_date"),
    same("given name and birth date", "given_sound", "birth_date"),
    Key("contact and birth date", ("contact_name_bag", "birth_date"), ("name_bag", "birth_date")),
    same("name and month and day", "name_bag", "month_and_day", bound=30),
    same("name and birth year", "name_bag", "birth_year", bound=30),
    same("name and phone", "name_bag", "phone"),
    same("name and end of the number", "name_bag", "last_four", bound=30),
    same("birth date and phone", "birth_date", "phone"),
    same("phone", "phone", bound=12),
    Key("phone of the contact", ("contact_phone",), ("phone",), bound=12),
    same("name", "name_bag", bound=30),
)
"""For records whose name, number or birth date is wrong."""

PARENTS = tuple(
    Key(name, ("parent_name_bag", phone), ("name_bag", "phone"))
    for name, phone in (
        ("parent and phone", "phone"),
        ("parent and phone of the contact", "contact_phone"),
        ("parent and phone of the guardian", "guardian_phone"),
    )
)
"""For a record of 张三's child: the parent, with whom the child may be found."""

LAST = (
    same("name and place", "name_bag", "place", bound=30),
    same("birth date and sex", "birth_date", "sex", bound=80),
    same("birth date and postcode", "birth_date", "postcode"),
)
"""For common names without a birth date, and for names that are no help at all."""


def text_keys(columns: Sequence[str]) -> tuple[Key, ...]:
    """Keys for tables without Chinese names: two plain fields agree, or one that is rare."""
    names = [name for name in ("given_name", "surname") if name in columns]
    others = [name for name in columns if name not in names]
    marks = [*others, "birth_date", "address"]
    pairs = [*product(names, marks), *combinations(others, 2), *product(others, ["birth_date"])]
    keys = [same(" and ".join(pair), *pair) for pair in dict.fromkeys(pairs)]
    if len(names) == 2:
        keys.append(same("both names", *names))
    keys += [same(name, name, bound=12) for name in marks if name != "birth_date"]
    keys += [same(f"{name} and birth year", name, "birth_year", bound=30) for name in names]
    return tuple(replace(key, plain=True) for key in keys)


def candidates(
    bench: Workbench, name: str, seekers: ir.Table, known: ir.Table, keys: Sequence[Key]
) -> ir.Table:
    """Distinct pairs (rid, entity) that share a key, but never a record with itself."""
    usable = [key for key in keys if {*key.seeker} <= {*seekers.columns}]
    usable = [key for key in usable if {*key.known} <= {*known.columns}]
    found = [_pairs(seekers, known, key) for key in usable if not key.plain]
    found += [_pairs_by_marks(seekers, known, keys) for keys in _together(usable)]
    return bench.keep(name, ibis.union(*found, distinct=True))


_AT_ONCE = 10
"""Plain keys that are looked up together; more would take more memory."""


def _together(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    for bound in sorted({key.bound for key in keys}):
        alike = [key for key in keys if key.plain and key.bound == bound]
        for start in range(0, len(alike), _AT_ONCE):
            yield alike[start : start + _AT_ONCE]


def _pairs_by_marks(seekers: ir.Table, known: ir.Table, keys: Sequence[Key]) -> ir.Table:
    """As `_pairs`, for several keys of one bound: a mark is a key with the values it has."""
    sought = marked(seekers, "rid", [(str(at), key.seeker) for at, key in enumerate(keys)])
    offered = marked(known, "entity", [(str(at), key.known) for at, key in enumerate(keys)])
    small = offered.group_by("mark").agg(size=_.count()).filter(_.size <= keys[0].bound)
    met = sought.join(offered.semi_join(small, "mark"), "mark")
    return met.select("rid", "entity").distinct()


BETWEEN = "\x1f"
"""Between the name of a mark and its values."""


def marked(rows: ir.Table, owner: str, ways: Sequence[tuple[str, Sequence[str]]]) -> ir.Table:
    """Distinct (owner, mark): each way's name with the values of its columns, where all are there."""
    marks = [_mark(rows, name, columns) for name, columns in ways]
    told = rows.select(owner, mark=ibis.array(marks).unnest())
    return told.filter(_.mark.notnull()).distinct()


def _mark(rows: ir.Table, name: str, columns: Sequence[str]) -> ir.StringValue:
    """Null where a value is; a value that holds the sign between can only add a candidate."""
    mark = ibis.literal(name)
    for column in columns:
        mark = mark + BETWEEN + rows[column].cast("string")
    return mark


def _pairs(seekers: ir.Table, known: ir.Table, key: Key) -> ir.Table:
    names = [f"key_{place}" for place in range(len(key.seeker))]
    sought = _keyed(seekers, "rid", key.seeker, names)
    offered = _keyed(known, "entity", key.known, names)
    wanted = offered.semi_join(sought.select(*names).distinct(), names).distinct()
    bounded = wanted.group_by(*names).agg(size=_.count()).filter(_.size <= key.bound)
    return sought.join(wanted.semi_join(bounded, names), names).select("rid", "entity").distinct()


def _keyed(rows: ir.Table, owner: str, columns: Sequence[str], names: Sequence[str]) -> ir.Table:
    keys = {name: rows[column] for name, column in zip(names, columns, strict=True)}
    keyed = rows.select(owner, **keys)
    return keyed.filter([keyed[name].notnull() for name in names])
