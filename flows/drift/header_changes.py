"""What changed in the header, the writing and the coming of a delivery."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.terms import DeliveryKind, Source
from flows.drift.change import Change
from flows.drift.profile import Profile


def header_changes(new: Profile, last: Profile, source: Source) -> Iterator[Change]:
    """A column that is gone asks a person; what is new, moved or titled otherwise is told."""
    extra = [title for title in new.undeclared if title not in last.undeclared]
    maybe = f";新出现的列:{'、'.join(extra)},可能是改名" if extra else ""
    for name in last.titles:
        if name not in new.titles:
            yield _change(
                *("missing", name, last),
                f"以往有的列“{last.titles[name]}”({source.columns[name].means})本次没有{maybe}",
                f"the column {name} is no longer there",
                holds=True,
            )
    for name, title in new.titles.items():
        if name not in last.titles:
            said = f"新增了约定的列“{title}”,已读取"
            yield _change("added", name, last, said, f"the column {name} is new")
        elif title != last.titles[name]:
            said = f"列“{last.titles[name]}”改名为“{title}”,已按约定识别"
            yield _change("renamed", name, last, said, f"the column {name} has another title")
    if extra:
        said = f"出现未约定的列:{'、'.join(extra)},未读取"
        yield _change("extra", "", last, said, f"{len(extra)} undeclared columns are new")
    kept = [name for name in last.titles if name in new.titles]
    if [name for name in new.titles if name in last.titles] != kept:
        repeated = len(set(new.titles.values())) < len(new.titles)
        said = "而有几列同名,无法分辨谁是谁" if repeated else "已按列名读取"
        yield _change(
            *("order", "", last, f"列的顺序变了,{said}", "the columns are reordered"),
            holds=repeated,
        )


def form_changes(new: Profile, last: Profile) -> Iterator[Change]:
    """Another encoding or delimiter is read right; announced totals that stop coming are not safe."""
    if new.encoding != last.encoding:
        said = f"文件编码由 {last.encoding} 变为 {new.encoding},已按新编码读取"
        yield _change("encoding", "", last, said, "another encoding")
    elif new.delimiter != last.delimiter:
        yield _change("delimiter", "", last, "分隔符变了,已按新分隔符读取", "another delimiter")
    if last.announced and not new.announced:
        said = "以往随附行数或校验值(.ok 文件或表尾总数),本次没有,无法确认文件完整"
        yield _change("totals", "", last, said, "the announced totals are missing", holds=True)


def timing_changes(new: Profile, last: Profile, source: Source) -> Iterator[Change]:
    """A full delivery of an older day would undo what is known; the same day again is a correction.

    Only days that file names say are compared: the latest in the rows says nothing of the statement.
    """
    if source.delivery is not DeliveryKind.FULL or not (new.day_named and last.day_named):
        return
    if new.as_of is None or last.as_of is None:
        return
    if new.as_of < last.as_of:
        said = f"全量数据的日期 {new.as_of} 早于已接收的 {last.as_of},装载会退回旧数据"
        yield _change("older", "", last, said, "a full delivery of an older day", holds=True)
    elif new.as_of == last.as_of:
        said = f"同一数据日期 {new.as_of} 再次送来而内容不同,按更正处理"
        yield _change("corrected", "", last, said, "the same day again, corrected")


def _change(
    kind: str, column: str, last: Profile, said: str, english: str, *, holds: bool = False
) -> Change:
    return Change(
        kind=kind, column=column, said=said, said_en=english, last=last.night, holds=holds
    )
