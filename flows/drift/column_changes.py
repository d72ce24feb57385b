"""What changed in the columns of a delivery, figure by figure, against the last deliveries.

What a delivery must have before it to be compared: one full delivery is as the next; of others,
the first is often the past of years and the following ones are single days, so three are asked for
where that shows (shares, days) and one where it does not (units, forms).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from data_contracts.terms import DeliveryKind, Kind, Source
from flows.drift.bands import Band, band, middle_noise, share_noise
from flows.drift.change import Change, amount, day, percent
from flows.drift.profile import AMOUNTS, DAYS, FEWEST, SHARES_NEED, ColumnProfile, Profile

_SINGLE_DAYS = 3
_LEAST_TURNOVER = 0.2
_LEAST_GAP = 45.0
_TAILS_NEED = 100
"""So many rows before the tails of a distribution say anything."""

_FACTORS = {2: "元变为分(约 100 倍)", -2: "分变为元,或元变为百元(约 1/100)", 3: "千元变为元(约 1000 倍)",
            -3: "元变为千元(约 1/1000)", 4: "万元变为元(约 1 万倍)", -4: "元变为万元(约 1/10000)"}  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One column now and in the last deliveries that had it."""

    source: Source
    name: str
    title: str
    new: Profile
    now: ColumnProfile
    past: Sequence[Profile]

    @property
    def before(self) -> list[ColumnProfile]:
        """The column in the last deliveries."""
        return [one.columns[self.name] for one in self.past]

    @property
    def past_filled(self) -> float:
        """How many values say what is usual; a full delivery says the same ones again."""
        filled = [one.filled for one in self.before]
        return median(filled) if self.is_full else sum(filled)

    @property
    def is_full(self) -> bool:
        """Whether the source sends everything each time."""
        return self.source.delivery is DeliveryKind.FULL

    @property
    def turnover(self) -> float:
        """How much of a sample's noise is left: a full delivery speaks of the same records again."""
        known = self.new.shares.get("known", 0.0) if self.is_full else 0.0
        return max(_LEAST_TURNOVER, sqrt(1 - min(1.0, known)))

    def change(self, kind: str, said: str, english: str) -> Change:
        """A change of this column, which always asks a person."""
        return Change(
            kind=kind,
            column=self.name,
            said=f"“{self.title}”{said}",
            said_en=f"{self.name}: {english}",
            last=self.past[-1].night,
            holds=True,
        )


def column_changes(new: Profile, past: Sequence[Profile], source: Source) -> Iterator[Change]:
    """Every column that this and earlier deliveries have."""
    for name, now in new.columns.items():
        had = [one for one in past if name in one.columns]
        if had:
            yield from _of_column(Compared(source, name, new.titles[name], new, now, had))


def _of_column(one: Compared) -> Iterator[Change]:
    kind = one.source.columns[one.name].kind
    yield from _emptiness(one)
    if one.now.filled < FEWEST:
        return
    if kind is Kind.CODE:
        yield from _codes(one)
    elif kind in AMOUNTS:
        yield from _amounts(one)
    elif kind in DAYS:
        yield from _days(one)
    else:
        yield from _texts(one)


def _seasoned(one: Compared) -> bool:
    return one.is_full or len(one.past) >= _SINGLE_DAYS


def _emptiness(one: Compared) -> Iterator[Change]:
    if not _seasoned(one) or one.new.looked_at < SHARES_NEED:
        return
    shares = [1 - old.columns[one.name].filled / max(1, old.looked_at) for old in one.past]
    rows = (median if one.is_full else sum)([old.looked_at for old in one.past])
    noise = one.turnover * share_noise(median(shares), one.new.looked_at, rows)
    usual = band(shares, 0.05 if one.is_full else 0.1, noise)
    share = 1 - one.now.filled / one.new.looked_at
    if not usual.holds(share):
        said = f"为空的比例由 {percent(usual.usual)} 变为 {percent(share)}"
        yield one.change("empty", said, "the share of empty cells changed")


def _codes(one: Compared) -> Iterator[Change]:
    """A meaning whose share moved; many moved together where a code list was changed."""
    if not _seasoned(one) or one.now.filled < SHARES_NEED:
        return
    meanings = sorted({code for old in [one.now, *one.before] for code in old.codes})
    moved = []
    for meaning in meanings:
        shares = [old.codes.get(meaning, 0) / max(1, old.filled) for old in one.before]
        share = one.now.codes.get(meaning, 0) / one.now.filled
        noise = one.turnover * share_noise(median(shares), one.now.filled, one.past_filled)
        usual = band(shares, 0.03 if one.is_full else 0.1, noise)
        if not usual.holds(share):
            moved.append(f"{meaning} 由 {percent(usual.usual)} 变为 {percent(share)}")
    if moved:
        said = f"各代码的比例变了({';'.join(moved[:3])}),请核对代码表是否改过"
        yield one.change("codes", said, "the shares of the codes changed")


def _amounts(one: Compared) -> Iterator[Change]:
    moved = _figure(one, "middle", _least_factor(one), _spread_noise)
    if moved:
        usual, value = moved
        yield one.change(
            "unit",
            f"的中位数由约 {amount(usual.usual)} 变为约 {amount(value)}{_suspicion(value - usual.usual)}",
            "the size of the amounts changed; is the unit another?",
        )
        return
    moved = _figure(one, "ratio", 0.5, _ratio_noise)
    if moved:
        usual, value = moved
        yield one.change(
            "unit",
            f"与同一行其他金额之比变为原来的约 {amount(value - usual.usual)} 倍"
            f"{_suspicion(value - usual.usual)}",
            "the size of the amounts beside the others changed; is the unit another?",
        )
    elif one.now.figures.get("nonzero", 0) >= _TAILS_NEED:
        for tail, word in (("low", "最小的一成"), ("high", "最大的一成")):
            moved = _figure(one, tail, 0.8, _spread_noise)
            if moved:
                usual, value = moved
                yield one.change(
                    "unit",
                    f"{word}由约 {amount(usual.usual)} 变为约 {amount(value)},可能部分行的单位不同",
                    "part of the amounts have another size",
                )
                return


def _least_factor(one: Compared) -> float:
    return 0.15 if one.is_full else 0.5


def _suspicion(moved: float) -> str:
    for power, words in _FACTORS.items():
        if abs(moved - power) <= 0.3:
            return f",疑似单位由{words}"
    return ""


def _days(one: Compared) -> Iterator[Change]:
    """Days stand as far from the day that dates their row as always, and from today as always."""
    moved = _figure(one, "gap", _LEAST_GAP, _gap_noise)
    if moved:
        usual, value = moved
        said = f"与本行业务日期通常相差 {usual.usual:.0f} 天,现为 {value:.0f} 天,请核对日期是否错位"
        yield one.change("days", said, "the days have shifted beside the others of their rows")
    elif _seasoned(one):
        yield from _ages(one)


def _ages(one: Compared) -> Iterator[Change]:
    """Days of a full delivery stand still; of others they are as old as they always are."""

    def age(profile: Profile) -> float:
        return 0.0 if one.is_full else (profile.as_of or profile.night).toordinal()

    def value(profile: Profile) -> float:
        return profile.columns[one.name].figures["middle"] - age(profile)

    past = [value(old) for old in one.past if "middle" in old.columns[one.name].figures]
    if not past:
        return
    least = 45.0 if one.is_full else 90.0
    usual = band(past, least, _spread_noise(one))
    if not usual.holds(value(one.new)):
        said = (
            f"的中间日期由 {day(usual.usual + age(one.new))} 前后变为 "
            f"{day(one.now.figures['middle'])} 前后,请核对日期是否错位或日月颠倒"
        )
        yield one.change("days", said, "the days have shifted")


def _texts(one: Compared) -> Iterator[Change]:
    """Length and script of a text: another numbering, or the content of another column."""
    for what, least, words in (
        ("length", _least_length(one), "的常见长度由 {} 字变为 {} 字"),
        ("han", 0.3, "含汉字的比例由 {} 变为 {}"),
        ("digits", 0.3, "含数字的比例由 {} 变为 {}"),
    ):
        if what == "length" and not _has_length(one):
            continue
        noise = _no_noise if what == "length" else _half_noise
        moved = _figure(one, what, least, noise)
        if moved:
            usual, value = moved
            told = [f"{n:.0f}" if what == "length" else percent(n) for n in (usual.usual, value)]
            yield one.change(
                "form", f"{words.format(*told)},请核对该列内容", "the form of the texts changed"
            )
            return


def _is_number(one: Compared) -> bool:
    kind = one.source.columns[one.name].kind
    return one.name in one.source.key or kind in {Kind.ID_NUMBER, Kind.PHONE, Kind.PLACE_CODE}


def _has_length(one: Compared) -> bool:
    """Numbers keep their length from row to row; of free texts only many have a usual one."""
    return _is_number(one) or (_seasoned(one) and one.now.filled >= SHARES_NEED)


def _least_length(one: Compared) -> float:
    """Numbers keep their length; names and free texts vary, addresses most."""
    if _is_number(one):
        return 0.5
    return 6.0 if one.source.columns[one.name].kind in {Kind.ADDRESS, Kind.ICD10} else 1.5


def _figure(
    one: Compared, what: str, least: float, noise: Callable[[Compared], float]
) -> tuple[Band, float] | None:
    """The usual band of a figure and its value now, if the value left the band."""
    past = [old.figures[what] for old in one.before if what in old.figures]
    if not past or what not in one.now.figures:
        return None
    usual = band(past, least, noise(one))
    value = one.now.figures[what]
    return None if usual.holds(value) else (usual, value)


def _spread_noise(one: Compared) -> float:
    return one.turnover * _noise_of_middle(one, "spread")


def _ratio_noise(one: Compared) -> float:
    return _noise_of_middle(one, "ratio_spread")


def _gap_noise(one: Compared) -> float:
    return _noise_of_middle(one, "gap_spread")


def _noise_of_middle(one: Compared, spread: str) -> float:
    spreads = [old.figures[spread] for old in one.before if spread in old.figures]
    return middle_noise(median(spreads), one.now.filled, one.past_filled) if spreads else 0.0


def _half_noise(one: Compared) -> float:
    return share_noise(0.5, one.now.filled, one.past_filled)


def _no_noise(one: Compared) -> float:
    return 0.0
