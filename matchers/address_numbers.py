"""The numbers in an address: group, house, building, unit and room, however they are written.

Each is found by the word behind it, wherever it stands, so nothing rests on the order.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

NUMBERS = ("group", "house", "building", "unit", "room")
"""From the widest to the narrowest."""

_NUMBER = r"[甲乙丙丁]?[A-Z]?[0-9]+[A-Z]?"
_BUILDING_WORD = r"(?:号楼|号栋|栋|幢|座|#楼?)"
_GROUP_WORD = r"(?:村民小组|小组|组|队|社|屯)"
_ROOM_WORD = r"(?:室|户|房|号)?"
_OTHER_WORD = r"号院|号门牌|号|单元|门洞|门|室|户|房|层|楼|弄|期|区"
_ALL = (
    rf"{_NUMBER}(?:-{_NUMBER})*(?:{_BUILDING_WORD}|{_GROUP_WORD}|{_OTHER_WORD})?"
    r"|[A-Z](?:座|栋|幢|区|号楼)"
)
_FORMS: dict[str, tuple[str, ...]] = {
    "group": (rf"(?P<n>[0-9]+){_GROUP_WORD}(?:[^区]|$)",),
    "house": (
        rf"(?P<n>{_NUMBER}(?:-{_NUMBER})*)(?:号院?|弄)(?:[^楼栋]|$)",
        rf"(?:^|[^-0-9A-Z栋幢座#楼层元门号])(?P<n>{_NUMBER})$",
    ),
    "building": (
        rf"(?P<n>[A-Z]?[0-9]+[A-Z]?|[A-Z]){_BUILDING_WORD}",
        r"(?P<n>[0-9]+)楼[0-9]+(?:单元|门)",
    ),
    "unit": (r"(?P<n>[0-9]+)(?:单元|门洞|门)",),
    "room": (
        rf"(?:{_BUILDING_WORD}|单元|门|层|[0-9]楼)(?P<n>[0-9]+[A-Z]?){_ROOM_WORD}$",
        r"(?P<n>[0-9]+[A-Z]?)(?:室|户|房)",
        r"号(?P<n>[0-9]{3,4})$",
    ),
}
"""How each number is written; the first form found counts."""
_FORMS_WITH_DASHES: dict[str, tuple[str, ...]] = {
    "building": (
        rf"(?:^|[^-0-9A-Z])(?P<n>{_NUMBER})-[0-9]+-[0-9]+{_ROOM_WORD}$",
        rf"(?:^|[^-0-9A-Z栋幢座#楼])(?P<n>{_NUMBER})-[0-9]{{3,4}}{_ROOM_WORD}$",
        r"(?P<n>[0-9]+)-[0-9]+(?:单元|门)",
    ),
    "unit": (
        rf"-(?P<n>[0-9]+)-[0-9]+{_ROOM_WORD}$",
        rf"{_BUILDING_WORD}(?P<n>[0-9]+)-[0-9]+{_ROOM_WORD}$",
    ),
    "room": (
        rf"-[0-9]+-(?P<n>[0-9]+[A-Z]?){_ROOM_WORD}$",
        rf"(?:{_BUILDING_WORD}|号)[0-9]+-(?P<n>[0-9]+[A-Z]?){_ROOM_WORD}$",
        rf"-(?P<n>[0-9]{{3,4}}[A-Z]?){_ROOM_WORD}$",
    ),
}
"""3-2-501 and the like; few addresses have a dash, so only those are searched."""
_ANNEX = r"附(?P<n>[0-9]+)号"
_BEFORE_A_ROOM = r"(?P<n>[0-9]+)号(?:[0-9]+(?:单元|门)|[0-9]{3,4}(?:室|户|房)?$)"


def read_numbers_of(text: pa.Array, on_street: pa.Array) -> dict[str, pa.Array]:
    """Each of NUMBERS for each address, without leading zeros; null where not said.

    In an estate 3号2单元501 is building 3; on a street it is house 3.
    """
    dashed = pc.match_substring(text, "-")
    found = {}
    for name, (form, *forms) in _FORMS.items():
        number = _found(text, form)
        for asked, more in (
            (pc.is_null(number), forms),
            (dashed, _FORMS_WITH_DASHES.get(name, ())),
        ):
            for other in more:
                number = _completed(number, asked, text, other)
        found[name] = number
    building = pc.if_else(on_street, pa.scalar(None, pa.string()), _found(text, _BEFORE_A_ROOM))
    is_building = pc.fill_null(pc.equal(found["house"], building), False)
    annex = pc.binary_join_element_wise(found["house"], _found(text, _ANNEX), "-")
    house = pc.coalesce(annex, found["house"])
    return found | {
        "house": pc.if_else(is_building, pa.scalar(None, pa.string()), house),
        "building": pc.coalesce(found["building"], building),
    }


def without_numbers(text: pa.Array) -> pa.Array:
    """The address with a bar for every number and the word behind it."""
    return pc.replace_substring_regex(text, _ALL, "|")


def _completed(number: pa.Array, asked: pa.Array, text: pa.Array, form: str) -> pa.Array:
    """The numbers, with those of another form where there is none yet."""
    lacking = pc.and_(asked, pc.is_null(number))
    return pc.replace_with_mask(number, lacking, _found(text.filter(lacking), form))


def _found(text: pa.Array, form: str) -> pa.Array:
    number = pc.struct_field(pc.extract_regex(text, form), "n")
    return pc.replace_substring_regex(number, r"^0+([0-9])", r"\1")
