"""A trail to try things on: ten entries, an anchor after the sixth and after the last."""

from flows.audit.entries import Deed, read_line
from flows.audit.trail import Trail
from flows.audit.verifying import verified
from flows.home import Home

DEEDS = ("night", "publish", "why", "unmask", "release", "links", "night", "publish", "why", "why")


def trail_of(folder) -> Trail:
    """A trail of ten entries."""
    home = Home(folder)
    trail = Trail(home)
    for place, what in enumerate(DEEDS, start=1):
        entry = trail.note(
            Deed(what=what, on=f"P{place:08}", reason="核对电话"), "wang", "民政数据员"
        )
        if place in (6, 10):
            trail.keep_anchor(entry, "夜")
    return trail


def judged(trail, anchors=None):
    """What verifying says of the trail as it lies there now."""
    return verified(trail.lines(), trail.key, trail.anchors() if anchors is None else anchors)


def rewrite(trail, lines):
    """Replace the whole file, as somebody with access to it could."""
    trail.file.write_bytes(b"".join(line + b"\n" for line in lines))


def entries(trail):
    """The entries as values."""
    return [read_line(line) for line in trail.lines()]
