"""Bodies that a text sets up for a work, which then have it, and those that make them up.
成立指挥部,负责… · 建立由A牵头、B、C参与的制度"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.facts.subjects import TAKES_UP, actors, taken_up
from loaders.facts.wording import MAY_BEFORE, OF_GROUP, SEATED, SET_UP, SET_UP_FOR, SET_UP_MANY, SETS_UP
from loaders.names.actors import counts
from loaders.names.units import Unit, only_units, read_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Role

_MAY: Final = 30  # code points before what is set up in which 可 makes it no duty


def set_up(text: str, start: int, end: int) -> Iterator[tuple[Unit, Role]]:
    """Who has a part in what `text[start:end]` sets up, and which."""
    first = sets_up.start() if (sets_up := SETS_UP.search(text, start, end)) else end
    for m in SET_UP_MANY.finditer(text, first, end):
        if not _may(text, start, m.start()):
            yield from ((unit, "LEADS") for unit in only_units(text, *m.span("units")))
    for m in SET_UP_FOR.finditer(text, first, end):
        begin, last = m.span("units")
        if _may(text, start, m.start()):
            continue
        named = _named(text, last, text[begin:last])
        for unit in only_units(text, begin, last) or [Unit(begin, last, named, collective=False)]:
            yield unit, "LEADS"
    for m in SEATED.finditer(text, start, end) if text.find("室设", start, end) >= 0 else ():
        begin, last = m.span("office")
        yield Unit(begin, last, _named(text, begin, m["office"]), collective=False), "LEADS"
    if any(text.find(word, start, end) >= 0 for word in ("由", "共同组成的", "牵头,")):  # most words hold none
        yield from ((unit, role) for unit, role in _made_up_of(text, start, end) if counts(unit.name, unit.collective))


def _named(text: str, at: int, words: str) -> str:
    """What `words` name; a bare 办公室 that of the body named before `at`."""
    return taken_up(text, at, words) if TAKES_UP.fullmatch(words) else words


def _may(text: str, start: int, at: int) -> bool:
    """Whether what stands at `at` may be set up, and need not."""
    return bool(MAY_BEFORE.search(text, max(start, at - _MAY), at))


def _made_up_of(text: str, start: int, end: int) -> Iterator[tuple[Unit, Role]]:
    """建立由A牵头、B、C参与的制度, 设立由A、B组成的工作组."""
    for m in SET_UP.finditer(text, start, end):
        yield from ((unit, "LEADS") for unit in (actors(text, *m.span("led")) if m["led"] else ()))
        role: Role = "PARTICIPATES" if m["led"] or m["people"] else "LEADS"
        yield from ((unit, role) for unit in actors(text, *m.span("joined")))
    for m in OF_GROUP.finditer(text, start, end):
        if actors(text, *m.span("led")):
            yield from ((unit, "PARTICIPATES") for unit in read_units(text, *m.span("joined"))[0])
