"""All pages for the assessor by file name; `python -m flows.assessor.pages NAME` prints one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from flows.assessor.dengbao import render_dengbao
from flows.assessor.pia import render_pia
from flows.assessor.transparency import render_transparency

PAGES: dict[str, Callable[[], str]] = {
    "dengbao3.md": render_dengbao,
    "pia.md": render_pia,
    "transparency.zh.md": partial(render_transparency, "zh"),
    "transparency.en.md": partial(render_transparency, "en"),
}

if __name__ == "__main__":
    sys.stdout.write(PAGES[sys.argv[1]]())
