"""Documents that are no identity number, in one way of writing, so that they can be equal."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from matchers.number_texts import DATE, PHONE, looks_like

_CARRIERS = (
    (r"^([HM][0-9]{8})[0-9]{2}$", r"\1"),  # 港澳居民来往内地通行证 with the count of renewals
    (r"^([0-9]{8})[0-9]{2}[A-Z]$", r"\1"),  # 台湾居民来往大陆通行证 with the count and a letter
)
_OTHER = r"^[0-9A-Z]*[0-9][0-9A-Z]*$|^.{0,4}字?第?[0-9]{5,10}号?$"
_SHORTEST, _LONGEST = 6, 20
_TITLES = r"^(护照|港澳通行证|通行证|回乡证|台胞证|军官证|士兵证|出生证|出生医学证明|证件)?(号码?|编号|NO\.?)?"


def documents(text: pa.Array, status: pa.Array) -> pa.Array:
    """The document of texts that are foreign or of no known shape; null for all others."""
    bare = pc.replace_substring_regex(text, _TITLES, "")
    for written, kept in _CARRIERS:
        bare = pc.replace_substring_regex(bare, written, kept)
    length = pc.utf8_length(bare)
    fits = pc.and_(pc.greater_equal(length, _SHORTEST), pc.less_equal(length, _LONGEST))
    other = pc.and_(pc.equal(status, "bad_shape"), looks_like(bare, _OTHER))
    is_document = pc.and_(pc.or_(pc.equal(status, "foreign"), other), fits)
    something_else = pc.or_(looks_like(bare, DATE), looks_like(bare, PHONE))
    is_document = pc.and_not(is_document, something_else)
    return pc.if_else(pc.fill_null(is_document, False), bare, pa.scalar(None, pa.string()))
