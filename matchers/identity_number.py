"""What an identity number says, whatever has been done to it on the way here.

A number is 17 digits and a check character (GB 11643-1999, ISO 7064 MOD 11-2); before 1999 it had
15 digits. Place codes are not judged: the code of an abolished county stays valid for life.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from matchers.number_digits import LENGTH, are_men, birth_days, characters, completed, verified
from matchers.number_documents import documents
from matchers.number_embedded import embedded
from matchers.number_repairs import lost_one_digit
from matchers.number_texts import (
    CUT_OFF,
    DATE,
    DIGITS_LOST,
    FILLER,
    FOREIGN,
    MASK,
    SAYS_NOTHING,
    SCIENTIFIC,
    looks_like,
    plain,
)

STATUSES = (
    "valid",
    "converted15",
    "bad_checksum",
    "masked",
    "placeholder",
    "scientific",
    "foreign",
    "dropped",
    "several",
    "bad_shape",
    "bad_date",
    "missing",
)
USABLE = ("valid", "converted15")
"""Only with these is there a number to compare by equality."""

_TEXT = pa.string()
_FIFTEEN = r"(^|[^0-9X])[0-9]{15}([^0-9X]|$)"


def read_numbers(values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """One row per value: its status and, where it is usable, the number and what it says.

    `text` is what was typed in one way of writing, null where it says nothing; `document` is a
    foreign or other document, for equality only.
    """
    typed = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    typed = typed.cast(_TEXT)
    odd = ~verified(typed)
    answers = _read_odd(typed.filter(pa.array(odd)))
    status, number, text, document = (
        pc.replace_with_mask(usual, pa.array(odd), answers[name])
        for name, usual in {
            "status": pa.repeat("valid", len(typed)),
            "number": typed,
            "text": typed,
            "document": pa.nulls(len(typed), _TEXT),
        }.items()
    )
    born, sex = _said(number)
    return pa.table(
        {
            "value": values, "status": status, "number": number, "birth_date": born, "sex": sex,
            "text": text, "document": document,
        }
    )  # fmt: skip


def _said(number: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Birth date and sex in each number; null where there is none."""
    known = pc.is_valid(number)
    matrix = characters(number.filter(known))
    born, sex = pa.nulls(len(number), pa.int32()), pa.nulls(len(number), _TEXT)
    men = pa.array(are_men(matrix))
    return (
        pc.replace_with_mask(born, known, pa.array(birth_days(matrix)[0])).cast(pa.date32()),
        pc.replace_with_mask(sex, known, pc.if_else(men, "male", "female")),
    )


def _read_odd(typed: pa.Array) -> dict[str, pa.Array]:
    """Everything that is not a verified number as it stands."""
    text = plain(typed)
    shaped = _eighteen(text)
    found, several = embedded(text, pc.is_valid(shaped))
    whole = pc.coalesce(shaped, found)
    usable = pa.array(verified(whole))
    good = pc.if_else(looks_like(text, _FIFTEEN), "converted15", "valid")
    faults = _faults(text, whole, several)
    nothing = pa.scalar(None, _TEXT)
    status = pc.if_else(usable, good, faults)
    silent = pc.is_in(status, pa.array(["missing", "placeholder"]))
    return {
        "status": status,
        "number": pc.if_else(usable, whole, nothing),
        "text": pc.if_else(silent, nothing, text),
        "document": documents(text, status),
    }


def _eighteen(text: pa.Array) -> pa.Array:
    """The text as an 18-character number where it has the shape of one, or of its old form."""
    modern = looks_like(text, r"^[1-8][0-9]{16}[0-9X]$")
    old = pc.and_not(looks_like(text, r"^[1-8][0-9]{14}$"), looks_like(text, CUT_OFF))
    whole = pc.if_else(modern, text, pa.scalar(None, _TEXT))
    return pc.replace_with_mask(whole, old, completed(text.filter(old)))


def _faults(text: pa.Array, whole: pa.Array, several: pa.Array) -> pa.Array:
    """The first of these that applies; the order is the meaning."""
    no_date = pa.array(~birth_days(characters(pc.fill_null(whole, "0" * LENGTH)))[1])
    cases = {
        "missing": pc.or_(pc.is_null(text), looks_like(text, SAYS_NOTHING)),
        "scientific": looks_like(text, SCIENTIFIC),
        "placeholder": looks_like(text, FILLER),
        "several": several,
        "masked": pc.and_(looks_like(text, MASK), looks_like(text, r"[0-9]")),
        "foreign": pc.and_not(looks_like(text, FOREIGN), looks_like(text, DATE)),
        "dropped": lost_one_digit(text),
        "bad_shape": pc.is_null(whole),
        "bad_date": no_date,
    }
    conditions = pc.make_struct(*cases.values(), field_names=list(cases))
    rounded_or_wrong = pc.if_else(looks_like(text, DIGITS_LOST), "scientific", "bad_checksum")
    return pc.case_when(conditions, *cases, rounded_or_wrong)
