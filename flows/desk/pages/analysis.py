"""分析笔记: the notebooks behind the same login."""

from __future__ import annotations

from starlette.responses import Response

from flows.desk.notebooks import notebook_titles
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_


def analysis(visit: Visit) -> Response:
    """A list of them."""
    return visit.show("analysis.html.j2", notebooks=notebook_titles())


PAGES = (Page("/analysis", analysis, needs=Need.NOTEBOOKS, title=N_("分析笔记"), menu=90),)
