"""Where the segments of sentences begin in which a duty may have its subject."""

from __future__ import annotations

from typing import Final

from loaders.facts.wording import (
    BROKEN,
    BY_REQUEST,
    EACH_MUST,
    FRONTED,
    GLUED_GROUP,
    GLUED_HEADING,
    GLUED_LINE,
    HEAD,
    IN_QUOTES,
    JOINED_BY,
    OPENS_LINE,
)
from loaders.names.units import are_sure, only_units

_REQUEST: Final = 24  # code points in which it is told whose demand is met
_BROKEN: Final = 42  # code points of the shortest line that is taken for no heading


def segment_heads(text: str, start: int, end: int) -> list[int]:
    """Where segments of sentences begin in `text[start:end]`, in order."""
    heads = [mark.end() for mark in HEAD.finditer(text, start, end)]
    broken = {mark.end() for mark in BROKEN.finditer(text, start, end) if _is_broken(text, mark.start())}
    broken.update(at for quoted in IN_QUOTES.finditer(text, start, end) for at in (quoted.start() + 1, quoted.end()))
    broken.update(at for at in heads if text[at - 1] == "求" and BY_REQUEST.search(text, max(0, at - _REQUEST), at))
    heads = [at for at in heads if at not in broken] if broken else heads
    groups = (m for m in GLUED_GROUP.finditer(text, start, end) if OPENS_LINE.search(text, max(0, m.start() - 10), m.start()))
    glued = [group.end() for group in groups]
    glued += [
        m.start()
        for m in EACH_MUST.finditer(text, start, end)
        if GLUED_HEADING.search(text, max(start, m.start() - 20), m.start())
    ]
    glued += [m.start() for m in FRONTED.finditer(text, start, end)]
    glued += [m.end() for m in JOINED_BY.finditer(text, start, end)]
    lines = GLUED_LINE.finditer(text, max(0, start - 1), end)
    glued += [line.end() for line in lines if are_sure(only_units(text, *line.span("unit")))]
    return [start, *(sorted([*heads, *glued]) if glued else heads)]


def _is_broken(text: str, at: int) -> bool:
    """Whether the line end at `at` stands inside a sentence: a long line before it ends in no mark."""
    if at < _BROKEN:
        return False
    before = text[at - _BROKEN : at].rstrip(" ")
    return "\n" not in before and "\u4e00" <= before[-1:] <= "\u9fff"
