"""The sex that a cell names, in the codes of GB/T 2261.1-2003, in words or in Latin letters."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_NOISE = r"\.0+$|^性别|[\s'\"‘’“”`()\[\]\-:.、\x{200B}-\x{200F}\x{FEFF}]+"
_MALE = r"^0?1?(男|男性|男士|先生|男孩|男童|男婴|M|MALE|MAN|BOY|♂|)$"
_FEMALE = r"^0?2?(女|女性|女士|小姐|女孩|女童|女婴|F|FEMALE|WOMAN|GIRL|♀|)$"
_SAYS_SOMETHING = r"[^0]"


def read_sexes(values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """One row per value: 'male', 'female' or null; 0 and 9 are 'not known' and 'not stated'."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    text = pc.utf8_upper(pc.utf8_normalize(whole.cast(pa.string()), form="NFKC"))
    text = pc.replace_substring_regex(text, _NOISE, "")
    text = pc.if_else(pc.match_substring_regex(text, _SAYS_SOMETHING), text, pa.scalar(None))
    male = pc.fill_null(pc.match_substring_regex(text, _MALE), False)
    female = pc.fill_null(pc.match_substring_regex(text, _FEMALE), False)
    return pa.table(
        {
            "value": values,
            "sex": pc.case_when(pc.make_struct(male, female), "male", "female"),
        }
    )
