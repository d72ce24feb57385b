"""How often each kind of dirt happens, by department.

A rate is the chance among the rows it can happen to (a lower-case x needs an X, a guardian's
number a child). Every row also draws a sloppiness (mean 1) that multiplies all its rates, so
slips come in company.
"""

from __future__ import annotations

TABLES = ("police", "hospital", "insurance", "property", "assistance")
Rates = dict[str, tuple[float, ...]]

# kind:                     police  hospital insurance property assistance
RATES: Rates = {
    # the whole row
    "columns_swapped":       (0.0000, 0.0020, 0.0005, 0.0010, 0.0015),
    "newborn_mother":        (0.0000, 0.1300, 0.0000, 0.0000, 0.0000),
    "newborn_note":          (0.0000, 0.1300, 0.0500, 0.0000, 0.0100),
    # the number: what stands there
    "number_missing":        (0.0012, 0.0560, 0.0052, 0.0190, 0.0100),
    "number_placeholder":    (0.0002, 0.0060, 0.0006, 0.0020, 0.0010),
    "number_one_digit":      (0.0005, 0.0090, 0.0036, 0.0060, 0.0080),
    "number_swapped":        (0.0002, 0.0036, 0.0014, 0.0022, 0.0035),
    "number_dropped":        (0.0001, 0.0026, 0.0008, 0.0016, 0.0025),
    "number_rounded":        (0.0000, 0.0030, 0.0036, 0.0030, 0.0100),
    "number_masked":         (0.0000, 0.0065, 0.0010, 0.0150, 0.0020),
    "number_relative":       (0.0003, 0.0056, 0.0022, 0.0050, 0.0070),
    "number_twin":           (0.0010, 0.0200, 0.0100, 0.0000, 0.0200),
    "number_guardian":       (0.0010, 0.0660, 0.0100, 0.0300, 0.0500),
    "number_row_above":      (0.0001, 0.0008, 0.0006, 0.0010, 0.0020),
    # the number: how it is written
    "number_15_digits":      (0.0002, 0.0030, 0.0010, 0.0120, 0.0020),
    "number_full_width":     (0.0002, 0.0020, 0.0008, 0.0030, 0.0040),
    "number_spaces":         (0.0005, 0.0080, 0.0040, 0.0080, 0.0120),
    "number_lower_x":        (0.0100, 0.2500, 0.0600, 0.1500, 0.2000),
    "number_leading_quote":  (0.0000, 0.0040, 0.0060, 0.0050, 0.0200),
    # the name
    "name_same_sound":       (0.0012, 0.0140, 0.0050, 0.0070, 0.0110),
    "name_near_sound":       (0.0002, 0.0040, 0.0010, 0.0015, 0.0030),
    "name_similar_shape":    (0.0010, 0.0060, 0.0030, 0.0040, 0.0060),
    "name_traditional":      (0.0010, 0.0020, 0.0015, 0.0060, 0.0015),
    "name_variant_surname":  (0.0150, 0.0600, 0.0400, 0.0500, 0.0500),
    "name_rare_lost":        (0.0300, 0.3000, 0.2200, 0.2500, 0.2500),
    "name_dot_missing":      (0.0100, 0.1500, 0.1000, 0.1200, 0.1000),
    "name_dot_other":        (0.0300, 0.2500, 0.2000, 0.2000, 0.2500),
    "name_truncated":        (0.0050, 0.1200, 0.0600, 0.1000, 0.0600),
    "name_former":           (0.0100, 0.0800, 0.0600, 0.1500, 0.0600),
    "name_note":             (0.0002, 0.0050, 0.0020, 0.0020, 0.0120),
    "name_turned":           (0.0000, 0.0010, 0.0003, 0.0005, 0.0008),
    "name_contact":          (0.0000, 0.0050, 0.0008, 0.0020, 0.0060),
    "name_spaces":           (0.0020, 0.0150, 0.0080, 0.0100, 0.0250),
    # birth date, sex
    "birth_missing":         (0.0010, 0.0180, 0.0080, 0.0000, 0.0150),
    "birth_one_digit":       (0.0012, 0.0070, 0.0030, 0.0000, 0.0070),
    "birth_day_month":       (0.0003, 0.0030, 0.0015, 0.0000, 0.0020),
    "birth_1_january":       (0.0010, 0.0120, 0.0030, 0.0000, 0.0060),
    "birth_lunar":           (0.0008, 0.0070, 0.0030, 0.0000, 0.0080),
    "birth_year_only":       (0.0000, 0.0050, 0.0010, 0.0000, 0.0080),
    "sex_wrong":             (0.0008, 0.0050, 0.0020, 0.0000, 0.0040),
    # phone, address
    "phone_missing":         (0.3000, 0.0700, 0.1500, 0.0800, 0.0800),
    "phone_relative":        (0.0500, 0.1000, 0.0900, 0.0800, 0.1500),
    "phone_old":             (0.1200, 0.0500, 0.0900, 0.1000, 0.0600),
    "phone_village":         (0.0000, 0.0010, 0.0300, 0.0000, 0.0400),
    "phone_mistyped":        (0.0050, 0.0100, 0.0060, 0.0060, 0.0100),
    "phone_written":         (0.0100, 0.0250, 0.0050, 0.0300, 0.0300),
    "address_missing":       (0.0020, 0.0400, 0.0300, 0.0050, 0.0150),
    "address_elsewhere":     (0.0000, 0.0500, 0.0400, 0.0000, 0.0150),
    "address_abbreviated":   (0.0150, 0.1000, 0.0500, 0.0300, 0.1200),
    "address_old":           (0.0500, 0.0800, 0.0500, 0.0000, 0.0600),
    # persons twice in the register (rows are added; police only)
    "double_same_number":    (0.0012, 0.0000, 0.0000, 0.0000, 0.0000),
    "double_two_numbers":    (0.8000, 0.0000, 0.0000, 0.0000, 0.0000),  # of those who own two
}  # fmt: skip

HARD = frozenset(
    (
        "columns_swapped",
        "newborn_mother",
        "newborn_note",
        "number_missing",
        "number_placeholder",
        "number_one_digit",
        "number_swapped",
        "number_dropped",
        "number_rounded",
        "number_masked",
        "number_relative",
        "number_twin",
        "number_guardian",
        "number_row_above",
    )
)
CEILING = 0.25
KINDS = tuple(RATES)
BIT = {kind: position for position, kind in enumerate(KINDS)}


def scaled(rates: Rates, times: float) -> Rates:
    """Every rate times a factor, but none driven above CEILING: half of a file is never dirt."""
    return {
        kind: tuple(min(rate * times, max(rate, CEILING)) for rate in row)
        for kind, row in rates.items()
    }


def without(rates: Rates, kind: str) -> Rates:
    """One kind switched off."""
    return rates | {known(kind): tuple(0.0 for _ in TABLES)}


def swapped(rates: Rates, kind: str, instead: str) -> Rates:
    """One kind's rate handed to another kind."""
    both = zip(rates[known(kind)], rates[known(instead)], strict=True)
    return without(rates, kind) | {instead: tuple(min(1.0, a + b) for a, b in both)}


def known(kind: str) -> str:
    """The kind, if there is one of that name."""
    if kind not in RATES:
        message = f"no dirt is called {kind}; there are {', '.join(KINDS)}"
        raise ValueError(message)
    return kind
