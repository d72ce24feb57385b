"""What lies in the archive is loaded only if it is what was accepted, byte for byte.

Its hash is noted with the acceptance; an erasure that wrote a file anew notes the new one. Homes of
earlier versions have the hash in the night's list, which is that of the archive unless rows were kept
out of the file; of those only what can be read is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows import files
from flows.erasure.erased import Rewritten, rewritten_files
from flows.erasure.suppressing import was_suppressed
from flows.errors import DoorstepError
from flows.home import Home
from flows.inputs import stored_list
from flows.ledger import Delivery, Ledger
from flows.receive import Judgement, Verdict
from flows.retention.retired import retired
from flows.sealing.container import BrokenSealError

ARCHIVED_SHA256 = "archived_sha256"
"""In the judgement of an accepted delivery: the hash of what was archived."""

_NAMED = 5


def kept_deliveries(ledger: Ledger) -> list[Delivery]:
    """The accepted deliveries that the archive still keeps, in the order of their arrival."""
    gone = retired(ledger)
    return [one for one in ledger.deliveries() if one.delivery not in gone]


def refuse_damaged(home: Home, ledger: Ledger, deliveries: Sequence[Delivery]) -> None:
    """Nothing is begun where one of these is missing from the archive or is not what was accepted."""
    faults = list(_faults(home, ledger, deliveries))
    if faults:
        raise DoorstepError(
            f"归档中有 {len(faults)} 个文件不是当时接收的内容:{'、'.join(faults[:_NAMED])}"
            f"{'等' if len(faults) > _NAMED else ''}。没有装载,台账和已发布的名单没有改动。"
            "请从备份恢复这些文件(doorstep restore 到新目录,再把同名文件复制回来)后重试。"
        )


def refuse_misread(
    delivery: Delivery, accepted: Mapping[str, Any], judged: Judgement, erased: Rewritten | None
) -> None:
    """What is read now must be what was judged at the acceptance, rows that the law took out apart."""
    rows = delivery.rows - (erased.rows if erased else 0)
    is_whole = not erased and not was_suppressed(accepted)
    if judged.rows == rows and (judged.verdict is Verdict.ACCEPTED or not is_whole):
        return
    verdict = "接收" if judged.verdict is Verdict.ACCEPTED else "不接收"
    raise DoorstepError(
        f"{delivery.archived} 现在读出 {judged.rows} 行、结论为{verdict},与当时接收的 {rows} 行不符,"
        "没有装载。请从备份恢复该文件;若它并未改变,请改用接收它时的程序版本。"
    )


def _faults(home: Home, ledger: Ledger, deliveries: Sequence[Delivery]) -> Iterator[str]:
    rewritten = rewritten_files(ledger)
    for one in deliveries:
        path = home.root / one.archived
        if not path.is_file():
            yield f"{one.archived}(缺失)"
            continue
        noted = _noted(home, ledger, one, rewritten.get(one.archived))
        try:
            found = files.sha256(files.read(path))
        except BrokenSealError:
            yield f"{one.archived}(密文不完整、被改动,或属于另一把密钥)"
            continue
        if noted not in {"", found}:
            yield f"{one.archived}(内容与接收时不同)"


def _noted(home: Home, ledger: Ledger, delivery: Delivery, erased: Rewritten | None) -> str:
    """The hash that a delivery was left with, or nothing where none was noted."""
    if erased:
        return erased.sha256
    night, number, accepted = ledger.acceptance(delivery.delivery)
    if ARCHIVED_SHA256 in accepted.judgement:
        return str(accepted.judgement[ARCHIVED_SHA256])
    asked = None if was_suppressed(accepted.judgement) else stored_list(home, night, number)
    listed = {one.delivery: one.sha256 for one in (asked.new_files if asked else ())}
    return listed.get(delivery.delivery, "")
