"""Edited, deleted, inserted, moved, cut short, written anew: each is found and its place named.

Ten entries; anchors after the sixth and the tenth. "key" says whether whoever did it had the key.

| what was done            | key | seen without any anchor | with an anchor           |
| ------------------------ | --- | ----------------------- | ------------------------ |
| entry 4 edited           | no  | at 4                    |                          |
| entry 4 edited, rehashed | no  | at 4                    |                          |
| entry 4 deleted          | no  | at 4                    |                          |
| a copy of 3 put after 6  | no  | at 7                    |                          |
| a made-up entry after 6  | no  | at 7                    |                          |
| entries 4 and 5 swapped  | no  | at 4                    |                          |
| the last two cut off     | no  | not seen                | at 9                     |
| all written anew         | no  | at 1                    |                          |
| all written anew         | yes | not seen                | at 1                     |
| all after 6 written anew | yes | not seen                | at 7                     |
"""

import json
from dataclasses import asdict, replace

import pytest

from flows.audit.entries import Deed, entered, read_line
from tests.audit.trails import entries, judged, rewrite, trail_of


@pytest.fixture
def trail(tmp_path):
    return trail_of(tmp_path)


def anew(trail, first, key):
    """The entries from a place on, made again with other reasons and a key."""
    kept = entries(trail)
    chain = kept[: first - 1]
    for old in kept[first - 1 :]:
        deed = Deed(what=old.what, on=old.on, reason="改写过的理由")
        last = chain[-1] if chain else None
        chain.append(entered(deed, last=last, at=old.at, who=old.who, role=old.role, key=key))
    return [entry.line.rstrip(b"\n") for entry in chain]


def edited(line, **changes):
    return json.dumps({**json.loads(line), **changes}, ensure_ascii=False, sort_keys=True).encode()


def made_up(trail, after, key):
    """An entry that fits the chain after a place, sealed with some key."""
    deed = Deed(what="why", on="P00000099")
    last = entries(trail)[after - 1]
    return entered(deed, last=last, at=last.at, who="li", role="x", key=key).line.rstrip(b"\n")


def rehashed(line, **changes):
    """An edited entry whose hash was made to fit, without the key."""
    old = read_line(line)
    deed = Deed(**{name: getattr(old, name) for name in asdict(Deed(what=""))})
    before = replace(old, number=old.number - 1, hash=old.previous)
    made = entered(
        replace(deed, **changes), last=before, at=old.at, who=old.who, role=old.role, key=b""
    )
    return replace(made, seal=old.seal).line.rstrip(b"\n")


NO_KEY = b"\x00" * 32

TAMPERED = {
    "edited": (lambda t, x: [*x[:3], edited(x[3], who="zhang"), *x[4:]], 4),
    "edited in its spacing alone": (lambda t, x: [*x[:3], edited(x[3]), *x[4:]], 4),
    "edited and rehashed": (lambda t, x: [*x[:3], rehashed(x[3], reason="别的"), *x[4:]], 4),
    "made unreadable": (lambda t, x: [*x[:3], b"{", *x[4:]], 4),
    "deleted": (lambda t, x: [*x[:3], *x[4:]], 4),
    "first deleted": (lambda t, x: x[1:], 1),
    "copied in": (lambda t, x: [*x[:6], x[2], *x[6:]], 7),
    "made up": (lambda t, x: [*x[:6], made_up(t, 6, NO_KEY), *x[6:]], 7),
    "made up with the key": (lambda t, x: [*x[:6], made_up(t, 6, t.key), *x[6:]], 8),
    "swapped": (lambda t, x: [*x[:3], x[4], x[3], *x[5:]], 4),
    "written anew without the key": (lambda t, x: anew(t, 1, NO_KEY), 1),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_the_chain_and_the_seal_name_the_first_entry_that_is_not_as_written(trail, how):
    tamper, broken = TAMPERED[how]
    rewrite(trail, tamper(trail, trail.lines()))
    found = judged(trail, anchors=())
    assert found.broken == broken
    assert found.entries == broken - 1
    assert found.problem


ANCHORED = {
    "cut short": (lambda t, x: x[:-2], 9),
    "emptied": (lambda t, x: [], 1),
    "written anew with the key": (lambda t, x: anew(t, 1, t.key), 1),
    "written anew with the key after an anchor": (lambda t, x: anew(t, 7, t.key), 7),
}


@pytest.mark.parametrize("how", ANCHORED)
def test_only_an_anchor_sees_a_trail_that_is_whole_and_not_the_one_that_was_written(trail, how):
    tamper, broken = ANCHORED[how]
    rewrite(trail, tamper(trail, trail.lines()))
    assert judged(trail, anchors=()).broken is None
    assert judged(trail).broken == broken


def test_what_nobody_touched_is_sound(trail):
    found = judged(trail)
    assert (found.entries, found.broken, found.torn, found.unfinished) == (10, None, 0, False)
