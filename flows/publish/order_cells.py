"""What the left side of the workbook says: an order in seven cells, each readable on its own.

The CSV gives every fact a column; on A4 that would be print for ants, so here they are grouped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flows.publish.cells import plain, shortened, shown_phone, typeset
from flows.publish.work_orders import ORDER_NUMBER_HEADER, SEVERITY_WORDS, SEX_WORDS, OrderLine

WHOM, VILLAGE = "走访对象", "村或社区"
WHERE_WIDTH, MOST_ADDRESS_LINES = 23, 12


@dataclass(frozen=True)
class PrefilledColumn:
    """One locked column: its header, its width and what it says of an order."""

    title: str
    width: float
    text: Callable[[OrderLine], str]


def whom(line: OrderLine) -> str:
    """Whom to ask for, and how to be sure it is the right person."""
    age = "" if line.age is None else f"{line.age}岁"
    number = plain(line.number_last4)
    about = plain(f"{SEX_WORDS[line.sex]} {age}")
    known = f"证件尾号 {number[-4:]}" if number.strip("*") else "证件号不详"
    size = f"全户{line.household_size}人"
    return "\n".join(part for part in (plain(line.person_name), about, known, size) if part)


def when(line: OrderLine) -> str:
    """How urgent it is, by when to go, who is to go, and since when it is known."""
    provisional = "\n(暂定)" if line.due_provisional else ""
    due = f"{line.due_on}前{provisional}"
    going = typeset(f"\n指派:{plain(line.visitor)}") if plain(line.visitor) else ""
    return f"{SEVERITY_WORDS[line.severity]}\n{due}{going}\n首次发现\n{line.first_found}"


def where(line: OrderLine) -> str:
    """How to find them, and how sure that is."""
    phone = shown_phone(line.phone) or "电话不详"
    address = shortened(plain(line.address), WHERE_WIDTH, MOST_ADDRESS_LINES)
    address = address or typeset("住址不详,请向村或社区了解")
    basis = typeset(f"(住址来自:{plain(line.address_basis)})") if plain(line.address_basis) else ""
    return "\n".join(part for part in (phone, address, basis) if part)


def why(line: OrderLine) -> str:
    """Why they are visited, what to know beforehand, and what came of the last visit."""
    note = typeset(f"说明:{plain(line.note)}") if plain(line.note) else ""
    last = typeset(f"上次:{plain(line.last_visit)}") if plain(line.last_visit) else ""
    return "\n".join(part for part in (_listed(line.reasons), note, last) if part)


def what(line: OrderLine) -> str:
    """What to find out, and which programmes to speak of; whom to ask for them the guide tells."""
    titles = "、".join(dict.fromkeys(plain(offer).partition("(")[0] for offer in line.offers))
    offers = typeset(f"可以介绍:{titles}") if titles else ""
    return "\n".join(part for part in (_listed(line.verify), offers) if part)


def _listed(texts: tuple[str, ...]) -> str:
    """The different sentences one below the other, numbered when there are several."""
    sentences = list(dict.fromkeys(typeset(plain(text)) for text in texts))
    if len(sentences) < 2:
        return "".join(sentences)
    return "\n".join(f"{at}. {sentence}" for at, sentence in enumerate(sentences, 1))


PREFILLED = (
    PrefilledColumn(ORDER_NUMBER_HEADER, 11, lambda line: line.order_no),
    PrefilledColumn(WHOM, 14, whom),
    PrefilledColumn("紧急程度和期限", 12, when),
    PrefilledColumn(VILLAGE, 9, lambda line: plain(line.village_name) or "不详"),
    PrefilledColumn("电话和住址", WHERE_WIDTH, where),
    PrefilledColumn("走访原因", 25, why),
    PrefilledColumn("请核实", 22, what),
)
