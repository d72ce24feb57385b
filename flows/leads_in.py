"""Leads on their way into the inbox: met by a visitor next door, or told to somebody at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows import files, reference
from flows.excel_csv import excel_csv
from flows.home import Home
from flows.returns.taken import Lead

LEAD_SOURCE = "field_lead"
LEAD_HEADER = (
    *("线索编号", "困难群众姓名", "身份证号", "联系电话", "所在村(社区)", "住址"),
    *("反映日期", "线索渠道", "困难类别", "是否紧急"),
)


def pass_on_leads(home: Home, digest: str, leads: Sequence[Lead]) -> None:
    """A hardship somebody met next door takes the same road as any department's record."""
    if leads:
        townships = reference.townships(home.config.site.county)
        rows = _lead_rows(digest, leads, townships)
        put_leads(home, f"走访发现_{digest[:16]}.csv", rows)


def put_leads(home: Home, file_name: str, rows: Iterable[Sequence[str]]) -> None:
    """Put leads (columns of LEAD_HEADER) into the inbox as a delivery of their source."""
    files.write(home.inbox / LEAD_SOURCE / file_name, excel_csv([LEAD_HEADER, *rows]))


def _lead_rows(
    digest: str, leads: Iterable[Lead], townships: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for place, lead in enumerate(leads, start=1):
        yield (
            f"ZFX{digest[:12].upper()}-{place}",
            lead.name,
            lead.id_number or "",
            lead.phone,
            _village(lead, townships),
            lead.address,
            lead.reported_on.isoformat(),
            "走访发现",
            "其他",
            "否",
        )


def _village(lead: Lead, townships: Mapping[str, str]) -> str:
    """The village behind its township: two townships may each have a 陈家寨村."""
    if any(name in lead.village for name in townships.values()):
        return lead.village
    return f"{townships.get(lead.township_code or '', '')}{lead.village}"
