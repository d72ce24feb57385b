"""Both sides of a comparison: records that seek their person, and what is known of people.

An entity is a person while links are being made: the 17 digits of a verified number, or, for who
has none, `-1 - rid` of its founding record.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.name_levels import NameLevel
from matchers.rows import text_columns
from matchers.verified import GENERATION, number_of

_CARRIED = (
    "rid", "is_register", "name_key", "name_bag", "surname_sound", "given_sound",
    "former_name_key", "former_name_bag", "birth_date", "birth_year", "birth_digits", "sex", "phone", "address",
    "household", "contact_phone",
)  # fmt: skip


def row_entity(rows: ir.Table) -> ir.IntegerValue:
    """The entity of somebody whom no verified number names."""
    return -1 - rows.rid


def seekers(rows: ir.Table, misfits: ir.Table) -> ir.Table:
    """Records without a number of their own; `claim` is the entity whose number they bear.

    A child under its mother's name and number keeps neither; they say who the mother is.
    """
    claiming = rows.inner_join(misfits, "rid")
    without = rows.filter(_.id_clean.isnull()).mutate(
        number=ibis.null("int64"), name_level=ibis.null("int8")
    )
    every = without.union(claiming.select(*without.columns))
    has_parents_number = _bears_parents_number(every)
    guardians_name = (every.guardian_name_key == every.name_key).fill_null(False)
    borrowed = has_parents_number | guardians_name
    own = {name: ibis.ifelse(borrowed, ibis.null(), every[name]) for name in _NAME_COLUMNS}
    guardian = every.guardian_number
    return every.select(
        *(name for name in _CARRIED if name not in _NAME_COLUMNS),
        *text_columns(rows),
        "contact_name_bag",
        contact_is_self=every.contact_name_key == every.name_key,
        **own,
        **_number_keys(_broken_number(every)),
        claim=every.number,
        claim_is_parent=has_parents_number,
        guardian=number_of(guardian),
        parent_name_bag=ibis.ifelse(
            borrowed, ibis.coalesce(every.name_bag, every.parent_name_bag), every.parent_name_bag
        ),
        guardian_name_bag=every.guardian_name_bag,
        guardian_phone=every.guardian_phone,
        month_and_day=month_and_day(every),
        id_status=every.id_status,
    )


def _bears_parents_number(rows: ir.Table) -> ir.BooleanValue:
    """A child's row with the name and number of its mother or of whoever is named as guardian."""
    younger = rows.birth_date.year() - rows.id_birth_date.year() >= GENERATION
    fits = rows.name_level >= int(NameLevel.PARTIAL)
    is_one_name = rows.name_level >= int(NameLevel.VARIANT)
    named = rows.name_key.isnull() & rows.parent_name_key.notnull()
    guardians = (rows.guardian_number == rows.id_clean).fill_null(False)
    return ((is_one_name & younger) | (fits & (guardians | named))).fill_null(False)


def _broken_number(rows: ir.Table) -> ir.StringValue:
    """What was typed, where it is some number and not a verified one."""
    is_one = rows.id_clean.isnull() & ~rows.id_status.isin(("placeholder", "missing"))
    return ibis.ifelse(is_one, rows.id_text, ibis.null("string"))


_NAME_COLUMNS = ("name_key", "name_bag", "surname_sound", "given_sound")


def known(rows: ir.Table, fits: ir.Table, registered: ir.Table) -> ir.Table:
    """What is known of people: rows that fit a number, and register rows that have none."""
    numbered = rows.inner_join(fits, "rid").mutate(entity=_.number)
    unnumbered = rows.semi_join(registered, "rid").mutate(entity=row_entity(rows))
    return ibis.union(_known(numbered, numbered.id_clean), _known(unnumbered, None))


def as_known(seekers: ir.Table) -> ir.Table:
    """Seekers as people of their own, for the comparison of leftovers with each other."""
    return seekers.mutate(entity=row_entity(seekers), id_whole=seekers.id_text)


def _known(rows: ir.Table, whole: ir.StringValue | None) -> ir.Table:
    text = rows.id_text if whole is None else whole
    if whole is not None:
        rows = _born_as_numbered(rows)
    return rows.select(
        "entity",
        *(name for name in _CARRIED if name != "sex"),
        *text_columns(rows),
        sex=ibis.coalesce(rows.id_sex, rows.sex),
        **_number_keys(text),
        id_whole=ibis.null("string") if whole is None else whole,
        month_and_day=month_and_day(rows),
    )


def _born_as_numbered(rows: ir.Table) -> ir.Table:
    """Where a row says no birth date, its holder's number does."""
    born = rows.id_birth_date
    digits = born.year() * 10_000 + born.month() * 100 + born.day()
    return rows.mutate(
        birth_date=ibis.coalesce(rows.birth_date, born),
        birth_year=ibis.coalesce(rows.birth_year, born.year().cast("int64")),
        birth_digits=ibis.coalesce(rows.birth_digits, digits.cast("int64")),
    )


def month_and_day(rows: ir.Table) -> ir.IntegerValue:
    """When the birthday is, whatever the year."""
    return (rows.birth_date.month() * 100 + rows.birth_date.day()).cast("int64")


def _number_keys(text: ir.StringValue) -> dict[str, ir.Value]:
    """Parts of a number of which a single slip leaves at least one whole."""
    long = text.length() >= 15
    nothing = ibis.null("string")
    tail = text.right(12)
    return {
        "id_text": text,
        "id_tail": ibis.ifelse(long, tail, nothing),
        "id_head": ibis.ifelse(long, text.substr(0, 15), nothing),
        "id_ends": ibis.ifelse(long, text.substr(0, 10) + text.right(4), nothing),
        "last_four": ibis.ifelse(long, text.right(4), nothing),
    }
